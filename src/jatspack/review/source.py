"""The source, line by line: what each was taken for, what became of it, what was found there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jatspack.read.document import Lines
from jatspack.recognize import DOUBT
from jatspack.report import Report, Role
from jatspack.review import words
from jatspack.review.things import Thing, Things

MOST_LINES = 25_000  # shown of one source
MOST_CHARACTERS = 4_000_000
LONGEST_LINE = 4000
AROUND = 2  # lines shown before and after one that matters, where not all are
TOGETHER = 250  # lines of one chunk: what is off the screen is not laid out
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(slots=True)
class Row:
    """A line. `role` stands where something begins only, `colour` at each line; `leads` is the thing it became."""

    number: int
    text: str
    colour: str = ""
    role: str = ""
    doubt: str = ""  # the role that it might have instead
    leads: Thing | None = None
    removed: str = ""  # why it is not in the XML
    findings: dict[str, tuple[str, int]] = field(default_factory=dict)  # severity: (id of the first, how many)
    lang: str = ""
    rtl: bool = False
    gap: int = 0  # lines left out before this one
    more: int = 0  # characters of it that are not shown


@dataclass(slots=True)
class SourceView:
    """The lines to show, in chunks; `legend` are the roles that occur."""

    chunks: list[list[Row]]
    legend: list[tuple[str, str]]
    total: int
    shown: frozenset[int]
    gap: int = 0  # lines left out after the last one


def source_view(
    text: str, report: Report, things: Things, places: Sequence[tuple[str, str, Sequence[Lines]]]
) -> SourceView:
    """The lines of the source; `places` are (id, severity, lines) of the findings in it."""
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    shown = _shown(lines, [x for _, _, found in places for x in found], things.all)
    rows = {n: Row(n, lines[n - 1][:LONGEST_LINE], more=max(0, len(lines[n - 1]) - LONGEST_LINE)) for n in shown}
    legend = _roles(rows, report.roles)
    _things(rows, things.all)
    _said_once(rows)
    for ident, severity, found in places:
        for first, _ in found[:1]:
            if first in rows:
                there, count = rows[first].findings.get(severity, (ident, 0))
                rows[first].findings[severity] = (there, count + 1)
    _left_out(rows, report)
    before = 0
    for n, row in rows.items():
        row.gap, before = n - before - 1, n
        row.lang, row.rtl = things.languages.get(n, ""), bool(_RTL.search(row.text))
    ordered = list(rows.values())
    chunks = [ordered[i : i + TOGETHER] for i in range(0, len(ordered), TOGETHER)]
    return SourceView(chunks, legend, len(lines), frozenset(rows), len(lines) - before)


def _shown(lines: Sequence[str], found: Iterable[Lines], things: Iterable[Thing]) -> list[int]:
    """All lines; of a source that is too long those where something was found or recognised, until it is enough."""
    total = len(lines)
    if total <= MOST_LINES and sum(map(len, lines)) <= MOST_CHARACTERS:
        return list(range(1, total + 1))
    out: set[int] = set()
    characters = 0
    for first, last in [*found, *(pair for thing in things for pair in thing.lines)]:
        for n in range(max(1, first - AROUND), min(total, min(last, first + 20 * AROUND) + AROUND) + 1):
            if n not in out:
                characters += min(len(lines[n - 1]), LONGEST_LINE)
                if len(out) >= MOST_LINES or characters > MOST_CHARACTERS:
                    return sorted(out)
                out.add(n)
    return sorted(out)


def _roles(rows: dict[int, Row], roles: Sequence[Role]) -> list[tuple[str, str]]:
    """Colour each line, and name the first one of each stretch; the names that occur."""
    legend: dict[tuple[str, str], None] = {}
    for role in roles:
        first, last = role.lines
        label, colour = words.role(role.role)
        legend[label, colour] = None
        if (row := rows.get(first)) and not row.colour:
            doubtful = bool(role.runner_up) and role.margin < DOUBT
            row.role, row.doubt = label, words.role(role.runner_up)[0] if doubtful else ""
        for n in range(first, last + 1):
            if (row := rows.get(n)) and not row.colour:
                row.colour = colour
    return list(legend)


def _said_once(rows: dict[int, Row]) -> None:
    """A line that goes on with what the line before it began need not be named again."""
    before, called = Row(0, ""), ""
    for row in rows.values():
        goes_on = before.number == row.number - 1 and before.colour == row.colour and before.leads is row.leads
        if not goes_on or (row.role and row.role != called):
            called = row.role
        elif not row.doubt:
            row.role = ""
        before = row


def _things(rows: dict[int, Row], things: Sequence[Thing]) -> None:
    """Each line leads to the thing that was read from it, or that it belongs to; the nearest one, where several."""
    width: dict[int, int] = defaultdict(lambda: 1 << 30)
    for thing in things:
        for own, stretches in ((True, thing.lines), (False, thing.covers)):
            for first, last in stretches:
                size = last - first + (0 if own else 1000)
                for n in range(first, last + 1):
                    if n in rows and size < width[n]:
                        rows[n].leads, width[n] = thing, size


def _left_out(rows: dict[int, Row], report: Report) -> None:
    """Lines that were taken for nothing because they are not in the XML: page numbers, comments."""
    for account in report.words.accounts if report.words else ():
        row = rows.get(account.line)
        if row and not row.colour:
            row.colour, row.removed = "removed", account.reason
