"""jatspack convert"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jatspack.cli import options
from jatspack.findings import Severity

if TYPE_CHECKING:
    from jatspack.pipeline import Package


def convert(
    article: Annotated[
        Path, typer.Argument(help="The raw text: Markdown-ish, from an extractor, OCR or a word processor.")
    ],
    output: options.OutputOption = Path("out"),
    config: options.ConfigOption = None,
    only: options.OnlyOption = None,
    no_pdf: options.NoPdfOption = False,
    force: options.ForceOption = False,
    json: options.JsonOption = False,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> None:
    """Convert a raw article into JATS, HTML, PDF, a report and a bag.

    Example:  jatspack convert article.md -o out/

    journal.toml beside the article (see `jatspack init`) says what the text does not; article.toml, or a file with
    the article's name and the ending .toml, holds facts of this one article.
    """
    from jatspack.config import discover
    from jatspack.pipeline import convert as run

    package = run(
        article,
        discover(article, config),
        output=output,
        only=options.outputs(only, no_pdf),
        force=force,
        progress=options.stage_printer(verbose),
    )
    if json and package.report is not None:
        sys.stdout.write(package.report.to_json().decode("utf-8"))
    elif not quiet:
        _print(package, article, verbose)
    raise typer.Exit(int(package.exit))


def _print(package: Package, article: Path, verbose: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    from jatspack.report import in_order

    report, found = package.report, package.article
    assert report is not None
    assert found is not None
    table = Table(title=f"{article.name} -> {package.folder}", title_justify="left", show_header=False)
    lines = {
        "verdict": f"{report.verdict}; {report.validation.dtd or 'no DTD'}",
        "words": f"{report.words.total}: {report.words.kept} kept, {report.words.accounted} accounted for, "
        f"{len(report.words.missing)} missing, {len(report.words.invented)} added",
        "titles": ", ".join(t.lang for t in found.titles),
        "authors": "; ".join(f"{c.names[0].given_names} {c.names[0].surname}".strip() for c in found.contributors),
        "abstracts": ", ".join(a.lang for a in found.abstracts),
        "keywords": ", ".join(f"{k.lang} {len(k.keywords)}" for k in found.keywords),
        "references": ", ".join(str(len(r.references)) for r in found.reference_lists),
        "findings": ", ".join(
            f"{sum(f.severity is s for f in package.findings)} {s.value}" for s in Severity
        ),
        "made": ", ".join(p.name for p in package.written),
    }  # fmt: skip
    for name, value in lines.items():
        table.add_row(name, value or "none")
    Console(highlight=False).print(table)
    options.print_findings(in_order(package.findings), article.name, everything=verbose)
