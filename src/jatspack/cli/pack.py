"""jatspack pack"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jatspack.cli import options


def pack(
    article: Annotated[Path, typer.Argument(help="A JATS file made elsewhere.")],
    output: options.OutputOption = Path("out"),
    config: options.ConfigOption = None,
    only: options.OnlyOption = None,
    no_pdf: options.NoPdfOption = False,
    force: options.ForceOption = False,
    json: options.JsonOption = False,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> None:
    """Make HTML, PDF and a bag from JATS that was made elsewhere.

    Example:  jatspack pack article.xml -o out/
    """
    from jatspack.config import discover
    from jatspack.pipeline import pack as run
    from jatspack.report import in_order, reported

    package = run(
        article,
        discover(article, config),
        output=output,
        only=options.outputs(only, no_pdf),
        force=force,
        progress=options.stage_printer(verbose),
    )
    if json:
        rows = [reported(f).model_dump() for f in in_order(package.findings)]
        options.print_json({"outputs": sorted(p.name for p in package.written), "findings": rows})
    elif not quiet:
        print(f"{article.name} -> {output}: {', '.join(p.name for p in package.written)}")
        options.print_findings(in_order(package.findings), article.name, everything=verbose)
    raise typer.Exit(int(package.exit))
