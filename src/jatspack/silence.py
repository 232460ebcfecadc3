"""Findings that article.toml silences, with its reasons: they stay in the report, and bother nobody any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jatspack.config import Config
from jatspack.config.article import Silence
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
        told = [k for k, f in enumerate(out) if f.code == entry.finding and _means(entry, f, lines)]
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


def _means(entry: Silence, found: Finding, lines: Sequence[str]) -> bool:
    if not entry.find:
        return True
    wanted = letters(entry.find)
    if wanted and wanted in letters(found.message):
        return True
    quoted = [] if found.file else [lines[a - 1 : b] for a, b in found.lines if 0 < a <= len(lines)]
    return bool(wanted) and any(wanted in letters(" ".join(rows)) for rows in quoted)


def _apart(found: Finding, line: int) -> int:
    return min((0 if a <= line <= b else min(abs(line - a), abs(line - b)) for a, b in found.lines), default=10**9)
