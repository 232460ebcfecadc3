"""jatspack convert"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jatspack import early
from jatspack.cli import options, show


def convert(
    article: Annotated[
        Path, typer.Argument(help="The raw text: Markdown-ish, from an extractor, OCR or a word processor.")
    ],
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
    """Convert a raw article into JATS, HTML, PDF, a report and a bag.

    Example:  jatspack convert article.md -o out/

    Example:  jatspack convert article.md --only jats --json | jq .findings

    Example:  jatspack convert article.md --serialize zip

    What to look at afterwards: article.report.html, source and result side by side, with every doubt and finding.

    journal.toml beside the article (see `jatspack init`) says what the text does not; article.toml, or a file with
    the article's name and the ending .toml, holds facts of this one article and corrects what was misread in it
    (see `jatspack init --article`).
    """
    wanted = options.outputs(only, no_pdf)
    early.start(wanted, read=True)
    from jatspack.pipeline import convert as run

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
