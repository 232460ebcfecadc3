"""Options that mean the same in every command, and what commands print alike."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from jatspack.findings import Finding, Severity

OutputOption = Annotated[Path, typer.Option("-o", "--output", help="Folder for what is made.", show_default=True)]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="journal.toml to use instead of the one beside the input.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the report as JSON for machines.")]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing but errors.")]
VerboseOption = Annotated[
    bool, typer.Option("-v", "--verbose", help="Print every finding and the seconds of each stage.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace what an earlier run left in the output folder.")]
OnlyOption = Annotated[
    list[str] | None, typer.Option("--only", help="Make only this: jats, html, pdf or bag (may be repeated).")
]
NoPdfOption = Annotated[bool, typer.Option("--no-pdf", help="Make everything but the PDF.")]
SHOWN = 12  # findings printed without -v


def outputs(only: list[str] | None, no_pdf: bool) -> list[Any]:
    """The outputs asked for; JATS is always made."""
    wanted = set(only) if only else {"jats", "html", "pdf", "bag"}
    return sorted(wanted - {"pdf"} if no_pdf else wanted)


def place(finding: Finding, source: str) -> str:
    """file:line of a finding."""
    name = finding.file or source
    return f"{name}:{finding.lines[0][0]}" if finding.lines and finding.lines[0][0] else name


def print_findings(findings: Sequence[Finding], source: str, *, everything: bool) -> None:
    """Findings a line each, the worst first; info only on request."""
    chosen = [f for f in findings if everything or f.severity is not Severity.INFO]
    for found in chosen if everything else chosen[:SHOWN]:
        remedy = f" -> {found.remedy}" if found.remedy else ""
        print(f"  {found.severity.value:7} {place(found, source)}: {found.message} [{found.code}]{remedy}")
    hidden = len(findings) - (len(chosen) if everything else min(len(chosen), SHOWN))
    if hidden:
        print(f"  … and {hidden} more in the report (-v prints all)")


def print_json(data: object) -> None:
    """JSON for machines on stdout."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    print()


def stage_printer(verbose: bool) -> Any:
    """A progress function for the pipeline: seconds of each stage to stderr with -v."""
    if not verbose:
        return None

    def tell(stage: str, seconds: float) -> None:
        print(f"  {seconds:6.3f} s  {stage}", file=sys.stderr)

    return tell
