"""Options that mean the same in every command."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from jatspack.config import Config
    from jatspack.run import Output


class Serialize(StrEnum):
    """What a bag can be serialised into."""

    ZIP = "zip"
    TAR = "tar"
    TAR_GZ = "tar.gz"
    NONE = "none"


OutputOption = Annotated[Path, typer.Option("-o", "--output", help="Folder for what is made.", show_default=True)]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="journal.toml to use instead of the one beside the input.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the report as JSON for machines.")]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing but errors.")]
VerboseOption = Annotated[
    bool, typer.Option("-v", "--verbose", help="Print every finding and the seconds of each stage.")
]
LangOption = Annotated[str, typer.Option("--lang", help="BCP 47 tag of the text's language, if it is known.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace what an earlier run left in the output folder.")]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option("--only", help="Make only jats, html, pdf, deposit, report or bag (repeat it, or part by commas)."),
]
SerializeOption = Annotated[
    Serialize | None,
    typer.Option(
        "--serialize", help="The bag as one file, or none: a folder.", show_default="as in journal.toml, else none"
    ),
]
NoPdfOption = Annotated[bool, typer.Option("--no-pdf", help="Make everything but the PDF.")]
ThemeOption = Annotated[
    str | None,
    typer.Option(
        "--theme", help="Look of the PDF: journal, two-column, manuscript, or a theme's folder beside journal.toml."
    ),
]


def outputs(only: list[str] | None, no_pdf: bool) -> list[Output]:
    """The outputs asked for; the pipeline refuses unknown ones. JATS and report.json are always made."""
    wanted = {name.strip() for names in only or ["jats,html,pdf,deposit,report,bag"] for name in names.split(",")}
    return sorted(wanted - {"pdf"} if no_pdf else wanted)  # type: ignore[arg-type]


def configuration(source: Path, journal: Path | None, serialize: Serialize | None) -> Config:
    """The configuration of a source file; what the command line says of it wins."""
    from jatspack.config import discover

    config = discover(source, journal)
    if serialize is None:
        return config
    output = config.journal.output.model_copy(update={"serialize": serialize.value})
    return config.model_copy(update={"journal": config.journal.model_copy(update={"output": output})})
