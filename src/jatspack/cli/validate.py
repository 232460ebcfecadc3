"""jatspack validate"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jatspack.cli import options
from jatspack.findings import Exit


def validate(
    files: Annotated[list[Path], typer.Argument(help="JATS files, made by jatspack or by anyone.")],
    json: options.JsonOption = False,
    quiet: options.QuietOption = False,
) -> None:
    """Check JATS files: official DTD, rules, links; with line numbers.

    Example:  jatspack validate out/article.xml other/*.xml
    """
    from jatspack.pipeline import validate as check
    from jatspack.report import in_order, reported

    results = {str(path): check(path) for path in files}
    if json:
        options.print_json(
            {
                name: {
                    "valid": result.valid,
                    "dtd": result.dtd_name,
                    "findings": [reported(f).model_dump() for f in in_order(result.findings)],
                }
                for name, result in results.items()
            }
        )
    elif not quiet:
        for name, result in results.items():
            print(f"{name}: {'valid' if result.valid else 'NOT valid'} ({result.dtd_name or 'no DTD'})")
            options.print_findings(in_order(result.findings), name, everything=True)
    raise typer.Exit(int(Exit.DONE if all(r.valid for r in results.values()) else Exit.FINDINGS))
