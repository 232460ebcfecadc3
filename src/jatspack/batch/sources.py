"""Which articles: folders, files, patterns, and lists of them.

A folder is searched with all below it for files that may be raw text; hidden ones, and what a batch made, are passed
over, links to folders are not followed. A list names its files relative to itself.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from jatspack.archive import shown
from jatspack.batch.lists import TABLES, read_lines, read_table
from jatspack.batch.task import Source
from jatspack.findings import UsageError

ENDINGS = (".md", ".markdown", ".mkd", ".txt", ".text")
STDIN = "-"


def collect(given: Sequence[str], output: Path, stdin: TextIO) -> list[Source]:
    """The articles that the arguments of the command name, each once, in order of their names.

    Raises UsageError for an argument that names nothing, and for a list that cannot be read.
    """
    found: dict[Path, Source] = {}
    tops = [top for one in given for top in _tops(one, output, stdin)]
    root = Path(os.path.commonpath([top for top, _ in tops])) if tops else Path()
    for _, sources in tops:
        for source in sources:
            found[source.path] = replace(source, name=_shown(source.path, root))
    return sorted(found.values(), key=lambda source: source.name)


def _tops(given: str, output: Path, stdin: TextIO) -> Iterator[tuple[Path, list[Source]]]:
    """(the folder that the names begin below, what is in it) of one argument."""
    path = Path(os.path.abspath(given))
    if given == STDIN:
        sources = read_lines(stdin, Path.cwd(), "-")
    elif path.is_dir():
        yield path, [Source(file, "") for file in _below(path, output)]
        return
    elif path.is_file():
        sources = read_table(path) if path.suffix.lower() in TABLES else [Source(path, "")]
    elif glob.has_magic(given):
        paths = sorted(Path(os.path.abspath(name)) for name in glob.iglob(given, recursive=True))
        sources = [Source(file, "") for file in paths if file.is_file()]
    else:
        raise UsageError(f"{given}: there is no such file or folder; check the path")
    if not sources:
        raise UsageError(f"{given}: names no article; give a folder, files, a pattern in quotes, or a list")
    yield Path(os.path.commonpath([source.path.parent for source in sources])), sources


def _below(folder: Path, output: Path) -> Iterator[Path]:
    """Files of a folder that may be raw text."""
    made = os.path.abspath(output)

    def unreadable(error: OSError) -> None:
        raise UsageError(f"{error.filename}: cannot be read ({error.strerror}); give the right to read it") from error

    for top, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(f for f in folders if f[0] != "." and os.path.join(top, f) != made)
        for name in _texts(files):
            yield Path(top, name)


def _texts(names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if name[0] != "." and name.lower().endswith(ENDINGS))


def _shown(path: Path, root: Path) -> str:
    """The path below the root."""
    return shown(path.relative_to(root).as_posix())
