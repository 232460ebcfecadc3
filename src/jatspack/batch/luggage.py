"""The files of an article packed for a worker that does not see them, and unpacked there.

Packed is what a conversion reads: the source, its two configuration files, the look of the PDF, the images that the
text names. What cannot travel without a change, such as a link or a file that cannot be read, is for the caller to
convert at home.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from jatspack.batch.inputs import configuration_files
from jatspack.batch.parcel import Blobs, Luggage, Mark
from jatspack.batch.task import Options, Source
from jatspack.config import JournalConfig, read_toml
from jatspack.findings import Stop
from jatspack.read.limits import DEFAULT
from jatspack.read.media import candidates

LARGEST = 200_000_000  # bytes of one article with all that belongs to it
_MOST_NAMES = 2000  # in one text
_CACHED = 1000  # configuration files
_NAMED = re.compile(
    r"""\]\(\s*(?:<([^<>\n]+)>|([^\s()]+(?:\([^\s()]*\)[^\s()]*)*))"""  # ](path), ](<path>)
    r"""|\bsrc\s*=\s*["']([^"'\n]+)["']"""
    r"""|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?([^\s<>]+)""",  # [label]: path
    re.M | re.I,
)


class _Stays(Exception):
    """This article cannot travel."""


def marks(source: Source, options: Options) -> dict[Path, Mark]:
    """What tells the files of an article, and their folders, from others of the same names on another disk."""
    files = [source.path, *filter(None, configuration_files(source, options))]
    return {path: mark(path) for path in dict.fromkeys([*files, *(file.parent for file in files)])}


def mark(path: Path) -> Mark:
    """The number that the disk gave a file, its size, and when it was changed."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def pack(source: Source, options: Options, blobs: Blobs, also: Collection[str] = ()) -> Luggage | None:
    """The files of an article; their contents are put into `blobs`. None where it cannot travel.

    Images are looked for where Markdown and HTML name them; `also` are names that a worker has missed.
    """
    found: Blobs = {}
    try:
        luggage = _packed(source, options, found, also)
    except (_Stays, OSError, Stop, ValueError):
        return None
    blobs |= found
    return luggage


def _packed(source: Source, options: Options, blobs: Blobs, also: Collection[str]) -> Luggage:
    journal, article = configuration_files(source, options)
    folders = [source.path.parent, *(path.parent for path in (journal, article) if path)]
    homes = {folder: str(n) for n, folder in enumerate(dict.fromkeys(folders))}
    files: dict[str, str] = {}

    def put(path: Path, home: Path, name: str) -> str:
        place = f"{homes[home]}/{name}"
        if place not in files:
            data = _data(path)
            files[place] = digest = sha256(data).hexdigest()
            blobs[digest] = data
            if sum(map(len, blobs.values())) > LARGEST:
                raise _Stays
        return place

    text = put(source.path, source.path.parent, source.path.name)
    settings = [put(path, path.parent, path.name) if path else None for path in (journal, article)]
    if journal and "pdf" in options.only:
        for path in _look(journal, options.theme, mark(journal)):
            put(path, journal.parent, path.relative_to(journal.parent).as_posix())
    written = normalize("NFC", blobs[files[text]].decode("utf-8", "replace"))
    for path, name in _images(source.path.parent, [*_names(written), *also]):
        put(path, source.path.parent, name)
    return Luggage(files, tuple(homes), text, *settings)


def _data(path: Path) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > DEFAULT.media_bytes:
        raise _Stays
    return path.read_bytes()


def _names(text: str) -> Iterator[str]:
    """What may be the path of an image."""
    for n, match in enumerate(_NAMED.finditer(text)):
        if n == _MOST_NAMES:
            raise _Stays
        name = next(filter(None, match.groups()))
        if not name.startswith(("#", "data:")) and "://" not in name:
            yield name


def _images(folder: Path, names: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """(file, relative path) of the names that are files below the folder."""
    root = os.path.realpath(folder)
    for name in dict.fromkeys(names):
        for candidate in candidates(name):
            path = os.path.normpath(os.path.join(root, candidate))
            if not path.startswith(f"{root}/"):
                break
            if os.path.lexists(path) and os.path.realpath(path) != path:
                raise _Stays  # through a link: the file's own name is not that which the text has
            if os.path.isfile(path):
                yield Path(path), os.path.relpath(path, root)
                break


@lru_cache(_CACHED)
def _look(journal: Path, theme: str | None, _: Mark) -> tuple[Path, ...]:
    """The files of the look that a journal.toml asks for."""
    from jatspack.render.theme import belongings

    look = read_toml(journal, JournalConfig)[0].theme
    return tuple(belongings(look.model_copy(update={"name": theme}) if theme else look, journal.parent))


def missed(source: Source, luggage: Luggage, images: Mapping[str, str]) -> list[str]:
    """Names of images that a worker did not find, and that lie here without having travelled. `images` are digests by
    name as in Outcome."""
    absent = [name for name, digest in images.items() if not digest]
    try:
        return [name for path, name in _images(source.path.parent, absent) if f"0/{name}" not in luggage.files]
    except (_Stays, ValueError):
        return absent


def unpack(luggage: Luggage, source: Source, blobs: Blobs, folder: Path) -> Source:
    """The same article with its files in `folder`."""
    for name, digest in luggage.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(blobs[digest])
    journal, article = (folder / name if name else None for name in (luggage.journal, luggage.article))
    return replace(source, path=folder / luggage.source, journal=journal, article=article)


def homewards(luggage: Luggage | None, folder: Path) -> dict[str, str]:
    """The folders of an article that travelled, each with its name at home."""
    homes = luggage.homes if luggage else ()
    return {str(folder / str(n)): str(home) for n, home in enumerate(homes)}
