"""Extractor noise out, with a record of all that went, before pandoc parses the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from jatspack.findings import Finding
from jatspack.read.document import Removed


@dataclass(slots=True)
class Repaired:
    """Lines for pandoc, and for each of them its line in the source."""

    lines: list[str]
    line_of: list[int]
    removed: list[Removed] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def repair(text: str) -> Repaired:
    """The text without noise."""
    lines = text.split("\n")
    return Repaired(lines, list(range(1, len(lines) + 1)))
