"""jatspack validate"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from jatspack.cli import options, show
from jatspack.findings import Exit, UnreadableInput


def validate(
    files: Annotated[list[Path], typer.Argument(help="JATS files, made by jatspack or by anyone.")],
    json: options.JsonOption = False,
    quiet: options.QuietOption = False,
) -> None:
    """Check JATS files: official DTD, rules, links; with line numbers.

    Example:  jatspack validate out/article.xml other/*.xml

    A file that cannot be read does not keep the others from being checked; the exit status is then 3.
    """
    from jatspack.pipeline import validate as check
    from jatspack.report import in_order, reported

    status, rows = Exit.DONE, {}
    for path in files:
        try:
            result = check(path)
        except UnreadableInput as error:
            print(f"jatspack: {error}", file=sys.stderr)
            status = error.exit
            continue
        found = in_order(result.findings)
        if not result.valid:
            status = max(status, Exit.FINDINGS)
        if json:
            findings = [reported(f, str(path)).model_dump() for f in found]
            rows[str(path)] = {"valid": result.valid, "dtd": result.dtd_name, "findings": findings}
        elif not quiet:
            print(f"{path}: {'valid' if result.valid else 'NOT valid'} ({result.dtd_name or 'no DTD'})")
            show.findings(found, str(path), everything=True)
    if json:
        show.as_json(rows)
    raise typer.Exit(int(status))
