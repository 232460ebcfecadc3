"""The four promises in numbers, from the report alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Literal

from jatspack.recognize import DOUBT
from jatspack.report import Account, Report
from jatspack.review.body import plural
from jatspack.review.things import DOUBTFUL, Thing

State = Literal["kept", "broken", "not checked", "recorded"]
LOWEST = 3  # fields named as the least sure ones
_DIGITS = 12  # of a digest; the whole one stands among the files
MOST = 200  # rows of words told for one reason


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise: its name, how it stands, what was counted: (name, value)."""

    name: str
    state: State
    rows: list[tuple[str, str]]


def promises(report: Report, things: list[Thing]) -> list[Promise]:
    """Valid, complete, accountable, reproducible."""
    return [_valid(report), _complete(report), _accountable(report, things), _reproducible(report)]


def _valid(report: Report) -> Promise:
    checks = report.validation
    counts = Counter(f.severity for f in report.findings if f.file.endswith(".xml"))
    rows = [
        ("DTD", checks.dtd or "no official DTD installed"),
        ("Profile", checks.profile or "not asked for"),
        ("Rules", checks.rules),
        ("Found in the XML", f"{plural(counts['error'], 'error')}, {plural(counts['warning'], 'warning')}"),
    ]
    return Promise("Valid", "kept" if checks.valid else "broken", rows)


def _complete(report: Report) -> Promise:
    words = report.words
    if words is None:
        return Promise("Nothing lost, nothing made up", "not checked", [("Words", "made elsewhere: no source text")])
    moved = any(f.code == "words-moved" for f in report.findings)
    rows = [
        ("Words of the source", f"{words.total:,}"),
        ("In the XML", f"{words.kept:,}"),
        ("Accounted for", f"{words.accounted:,}"),
        ("Missing", f"{len(words.missing):,}"),
        ("Made up", f"{len(words.invented):,}"),
        ("Order", "differs from the source" if moved else "as in the source"),
    ]
    broken = words.missing or words.invented or moved
    return Promise("Nothing lost, nothing made up", "broken" if broken else "kept", rows)


def _accountable(report: Report, things: list[Thing]) -> Promise:
    if report.words is None:
        return Promise("Accountable", "not checked", [("Fields", "made elsewhere: nothing was recognised here")])
    fields = report.fields
    placed = sum(bool(f.lines) for f in fields)
    doubtful = sum(t.doubtful for t in things)
    blocks = sum(bool(r.runner_up) and r.margin < DOUBT for r in report.roles)
    rows = [
        ("Fields", f"{len(fields):,}"),
        ("With source lines", f"{placed:,}"),
        (f"Doubtful fields (below {DOUBTFUL})", f"{doubtful:,}"),
        ("Doubtful blocks", f"{blocks:,} of {len(report.roles):,}"),
    ]
    if placed < len(fields):
        rows.insert(2, ("Without", f"{len(fields) - placed:,}, from the configuration"))
    return Promise("Accountable", "kept", rows)


def _reproducible(report: Report) -> Promise:
    digests = sum(bool(made.sha256) for made in report.outputs)
    rows = [
        ("Program", f"{report.program} {report.version}"),
        ("Source", f"SHA-256 {report.source.sha256[:_DIGITS]}…"),
        ("Configuration", f"SHA-256 {report.configuration.sha256[:_DIGITS]}…"),
        ("Outputs with a digest", f"{digests}"),
    ]
    return Promise("Reproducible", "recorded", rows)


def least_sure(things: list[Thing]) -> list[Thing]:
    """The things that the program is least sure of."""
    return sorted((t for t in things if t.confidence < 1), key=lambda t: t.confidence)[:LOWEST]


@dataclass(frozen=True, slots=True)
class Accounts:
    """Words accounted for with one reason; `left_out` rows are too many to show."""

    reason: str
    rows: list[Account]
    left_out: int


def accounts(report: Report) -> list[Accounts]:
    """Words that are not text of the XML, by reason, the most frequent reason first."""
    found: dict[str, list[Account]] = defaultdict(list)
    for account in report.words.accounts if report.words else ():
        found[account.reason].append(account)
    order = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Accounts(reason, rows[:MOST], max(0, len(rows) - MOST)) for reason, rows in order[:MOST]]
