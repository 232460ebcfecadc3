"""jatspack pack"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jatspack import early
from jatspack.cli import options, show


def pack(
    article: Annotated[Path, typer.Argument(help="A JATS file made elsewhere; its images lie beside it.")],
    output: options.OutputOption = Path("out"),
    config: options.ConfigOption = None,
    only: options.OnlyOption = None,
    no_pdf: options.NoPdfOption = False,
    serialize: options.SerializeOption = None,
    theme: options.ThemeOption = None,
    force: options.ForceOption = False,
    json: options.JsonOption = False,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> None:
    """Make HTML, PDF and a bag from JATS that was made elsewhere.

    Example:  jatspack pack article.xml -o out/

    The XML itself stays as it is, byte for byte. A file that does not validate is reported and not packed.
    """
    wanted = options.outputs(only, no_pdf)
    early.start(wanted, read=False)
    from jatspack.pipeline import pack as run

    package = run(
        article,
        options.configuration(article, config, serialize),
        output=output,
        only=wanted,
        theme=theme,
        force=force,
        progress=show.progress(quiet=quiet, verbose=verbose),
    )
    if json:
        show.report(package)
    elif not quiet:
        show.package(package, article.name, everything=verbose)
    raise typer.Exit(int(package.exit))
