"""Findings that article.toml silences, with its reasons: they stay in the report, and bother nobody any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from jatspack.config import Config
from jatspack.findings import KINDS, Finding, Severity, finding
from jatspack.wording import letters


def silence(findings: Sequence[Finding], config: Config, source: str = "") -> list[Finding]:
    """The findings, the silenced ones with their reason; entries that silence nothing, or an error, are findings.

    `source` is the text whose lines findings without a file name: an entry may quote it.
    """
    out, lines = list(findings), source.split("\n")
    for n, entry in enumerate(config.article.silence):
        line = config.places.line("silence", n)
        place = [(line, line)] if line else []
        told = meant(entry, out, lines)
        if not told:
            out.append(finding("silence-unused", *place, file=config.places.name, silenced=entry.finding))
        elif KINDS[entry.finding].severity is Severity.ERROR:
            out.append(finding("silence-refused", *place, file=config.places.name, silenced=entry.finding))
        else:
            for k in told:
                out[k] = replace(out[k], silenced=f"{entry.reason} ({config.places.rule('silence', n)})")
    return out


class Chosen(Protocol):
    """An entry of article.toml that is about findings."""

    @property
    def finding(self) -> str: ...
    @property
    def find(self) -> str: ...
    @property
    def lines(self) -> str: ...


def meant(entry: Chosen, findings: Sequence[Finding], source: Sequence[str]) -> list[int]:
    """Indexes of the findings that an entry names: by its code, words of the message or of the source, and line."""
    ours = [k for k, f in enumerate(findings) if f.code == entry.finding]
    told = [k for k in ours if not entry.find or _has(entry.find, findings[k].message)]
    told = told or [k for k in ours if _has(entry.find, _source(findings[k], source))]
    if entry.lines and len(told) > 1:
        first = int(entry.lines.partition("-")[0])
        told = sorted(told, key=lambda k: _apart(findings[k], first))[:1]
    return told


def _has(find: str, text: str) -> bool:
    wanted = letters(find)
    return bool(wanted) and wanted in letters(text)


def _source(found: Finding, lines: Sequence[str]) -> str:
    """The source lines that a finding is about."""
    return "" if found.file else " ".join(row for a, b in found.lines if a > 0 for row in lines[a - 1 : b])


def _apart(found: Finding, line: int) -> int:
    return min((0 if a <= line <= b else min(abs(line - a), abs(line - b)) for a, b in found.lines), default=10**9)
