"""jatspack validate"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from jatspack.cli import checked, options, show
from jatspack.findings import Exit, UnreadableInput, UsageError

ENDINGS = (".xml", ".nxml")  # of the files that are checked in a folder


def validate(
    files: Annotated[
        list[str], typer.Argument(help="JATS files of any origin; folders of them (.xml, .nxml); - for standard input.")
    ],
    profile: Annotated[
        bool, typer.Option("--profile", help="Check also the strict profile of what jatspack itself writes.")
    ] = False,
    rules: Annotated[
        str, typer.Option("--rules", help="Whose rules: default, jats4r, scielo or pmc.", show_default=True)
    ] = "default",
    json: options.JsonOption = False,
    sarif: Annotated[bool, typer.Option("--sarif", help="Print SARIF 2.1.0, for code scanners and editors.")] = False,
    quiet: options.QuietOption = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Print every finding, with what to do.")] = False,
) -> None:
    """Check JATS files of versions 1.0 to 1.3: well-formedness, official DTD, rules, links.

    Example:  jatspack validate out/article.xml other/

    Example:  unzip -p issue.zip a.xml | jatspack validate -

    Each finding is a line  file:line:column: severity: message [code]  and each file has a verdict: valid, NOT valid,
    or not proved, where it uses what only a DTD that is not installed could judge (see jatspack schemas).

    The DTD is that of the DOCTYPE, else of dtd-version. Named characters (&ndash;) are those of the official DTD;
    other entities are refused, and nothing is fetched. The first 1000 findings of each check are told (of the DTD's,
    in files over 250 KB, the first 100), and files up to 100 MB are read.

    Exit status: 0 all valid; 1 errors were found; 3 a file could not be read (the others are checked all the same).
    """
    if json and sarif:
        raise UsageError("give --json or --sarif, not both")
    status, done, verdicts = Exit.DONE, list[checked.Checked](), Counter[str]()
    for name in _each(files):
        one = _check(name, profile=profile, rules=rules)
        if one.result is None:
            print(f"jatspack: {show.printable(one.error)}", file=sys.stderr)
            status = Exit.UNREADABLE
        elif not one.result.valid:
            status = max(status, Exit.FINDINGS)
        verdicts[one.verdict] += 1
        if json or sarif:
            done.append(one)
            continue
        for line in checked.lines(one, quiet=quiet, verbose=verbose):
            print(line)
    if json:
        show.as_json(checked.as_rows(done))
    elif sarif:
        show.as_json(checked.as_sarif(done))
    elif verdicts.total() > 1 and not quiet:
        print(checked.total(verdicts))
    raise typer.Exit(int(status))


def _check(name: str, *, profile: bool, rules: str) -> checked.Checked:
    from jatspack.pipeline import LARGEST_JATS
    from jatspack.pipeline import validate as check

    try:
        source = sys.stdin.buffer.read(LARGEST_JATS + 1) if name == checked.STDIN else Path(name)
        if isinstance(source, Path) and source.is_dir():
            raise UnreadableInput(f"{name}: there is no file with the ending {' or '.join(ENDINGS)} in this folder")
        return checked.Checked(name, check(source, profile=profile, rules=rules))
    except UnreadableInput as error:
        return checked.Checked(name, None, str(error))


def _each(names: list[str]) -> Iterator[str]:
    """Files as they are; instead of a folder the files in it and below, hidden ones left out. Each file once."""
    seen: set[str] = set()
    for name in names:
        found = sorted(_below(name)) if name != checked.STDIN and Path(name).is_dir() else [name]
        for file in found or [name]:
            if file not in seen:
                seen.add(file)
                yield file


def _below(folder: str) -> Iterator[str]:
    for top, folders, files in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        found = (Path(top, f) for f in files if f.lower().endswith(ENDINGS) and not f.startswith("."))
        yield from (str(path) for path in found if path.is_file())
