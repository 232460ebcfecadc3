"""Findings that article.toml silences, with its reasons: they stay in the report, and bother nobody any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
        ours = [k for k, f in enumerate(out) if f.code == entry.finding]
        told = [k for k in ours if not entry.find or _has(entry.find, out[k].message)]
        told = told or [k for k in ours if _has(entry.find, _source(out[k], lines))]
        if entry.lines and len(told) > 1:
            first = int(entry.lines.partition("-")[0])
            told = sorted(told, key=lambda k: _apart(out[k], first))[:1]
        if not told:
            out.append(finding("silence-unused", *place, file=config.places.name, silenced=entry.finding))
        elif KINDS[entry.finding].severity is Severity.ERROR:
            out.append(finding("silence-refused", *place, file=config.places.name, silenced=entry.finding))
        else:
            for k in told:
                out[k] = replace(out[k], silenced=f"{entry.reason} ({config.places.rule('silence', n)})")
    return out


def _has(find: str, text: str) -> bool:
    wanted = letters(find)
    return bool(wanted) and wanted in letters(text)


def _source(found: Finding, lines: Sequence[str]) -> str:
    """The source lines that a finding is about."""
    return "" if found.file else " ".join(row for a, b in found.lines if a > 0 for row in lines[a - 1 : b])


def _apart(found: Finding, line: int) -> int:
    return min((0 if a <= line <= b else min(abs(line - a), abs(line - b)) for a, b in found.lines), default=10**9)
