"""Printed dates in any language, with ISO forms and offsets: ``Received: July 12, 2024; Accepted 3 Sept. 2024``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from jatspack.recognize.lexicon import LabelMatch, lexicon

# Label roles and the date types of JATS (date/@date-type, pub-date); "" is a date without a label.
TYPES = {"received": "received", "revised": "rev-recd", "accepted": "accepted", "published": "pub"}
_NEAR = 40  # characters between a label's end and the date it names
_DIGITS = {  # Arabic, Persian, Devanagari and full-width digits
    first + n: str(n) for first in (0x660, 0x6F0, 0x966, 0xFF10) for n in range(10)
}
_NUMERIC = re.compile(
    r"(?<![\d./-])(?:(?P<y1>(?:19|20)\d\d)\s?[-./‐–]\s?(?P<m1>\d{1,2})(?:\s?[-./‐–]\s?(?P<d1>\d{1,2}))?"
    r"|(?P<a>\d{1,2})\s?[-./‐–]\s?(?P<b>\d{1,2})\s?[-./‐–]\s?(?P<y2>(?:19|20)\d\d))(?![\d]|[./-]\d)"
)
_SIGN = "[\u3400-\u9fff\uac00-\ud7af]"  # behind year, month and day in Chinese, Japanese and Korean
_EAST = re.compile(rf"(?P<y>(?:19|20)\d\d)\s*{_SIGN}\s*(?P<m>\d{{1,2}})\s*{_SIGN}(?:\s*(?P<d>\d{{1,2}})\s*{_SIGN})?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ORDINAL = r"(?:(?:[º°ª.]|-?[^\W\d_]{1,3})(?!\w))?"  # 1st, 1er, 1º, 1., 12-го
_DAY = re.compile(rf"(?<![\d.,/-])(\d{{1,2}}){_ORDINAL}[«»\"”“]?[\s.,]{{0,2}}(?:[^\W\d_]{{1,3}}\s)?$")
_DAY_AFTER = re.compile(rf"[\s.,]{{0,2}}(\d{{1,2}}){_ORDINAL}(?!\d)(?!\s?[:.]\s?\d)")
_TO_YEAR = re.compile(r"[\s.,]{0,3}(?:[^\W\d_]{1,6}\.?\s)?((?:19|20)\d\d)(?!\d)")
_YEAR_BEFORE = re.compile(r"(?<!\d)((?:19|20)\d\d)[.\s,]{0,2}(?:[^\W\d_]{1,6}\.?\s)?\s*$")
_BARE_YEAR = re.compile(r"\s*((?:19|20)\d\d)(?!\d|\s?[./–-]\s?\d)")
_BACK = 24  # characters before a month or a day in which the rest of the date stands
_Span = tuple[int, int, str]  # start, end, ISO form


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date in a text. `date_type` as in JATS (received, rev-recd …) or ``""``; `iso` as exact as the print."""

    date_type: str
    iso: str
    start: int
    end: int
    label_start: int = -1
    label_langs: tuple[str, ...] = ()


def find_dates(text: str) -> list[PrintedDate]:
    """All dates in order, each with its label: the one before it, in order where two labels stand before two dates,
    or the one right behind it where the text begins with a date.

    Placeholders (``Received: date``, ``XX.XX.2024``, ``-``) are no dates. Day comes before month unless that is
    impossible. A bare year counts only right behind a label.
    """
    plain = text.translate(_DIGITS)
    if not _YEAR.search(plain):
        return []
    labels = _labels(plain)
    langs = tuple(dict.fromkeys(lang for label in labels for lang in label.langs))
    dates = list(_dates(plain, langs))
    dates += [d for d in _years(plain, labels) if not any(a <= d[0] < b for a, b, _ in dates)]
    dates.sort()
    named = _behind(labels, dates) or _before(labels, dates)
    return [_printed(date, named.get(date[0])) for date in dates]


def _printed(date: _Span, label: LabelMatch | None) -> PrintedDate:
    start, end, iso = date
    if label is None:
        return PrintedDate("", iso, start, end)
    return PrintedDate(TYPES[label.role], iso, start, end, label.start, label.langs)


def _labels(text: str) -> list[LabelMatch]:
    """Date labels in order; of two that begin alike the longer one. A word that some print for one event and some
    for another (received, accepted) is taken for the event that no other label of the text names."""
    found: dict[int, list[LabelMatch]] = {}
    for match in lexicon().labels_in(text, tuple(TYPES), bare=True):
        found.setdefault(match.start, []).append(match)
    sure = {rows[0].role for rows in found.values() if len(rows) == 1}
    return [next((m for m in rows if m.role not in sure), rows[0]) for rows in found.values()]


def _years(text: str, labels: list[LabelMatch]) -> Iterator[_Span]:
    for label in labels:
        year = _BARE_YEAR.match(text, label.end)
        if year:
            yield year.start(1), year.end(1), year[1]


def _behind(labels: list[LabelMatch], dates: list[_Span]) -> dict[int, LabelMatch]:
    """``2020年3月2日受理``: every date has a label right behind it."""
    if not dates or len(labels) != len(dates) or labels[0].start < dates[0][0]:
        return {}
    pairs = list(zip(dates, labels, strict=True))
    return {d[0]: label for d, label in pairs} if all(0 <= label.start - d[1] <= 2 for d, label in pairs) else {}


def _before(labels: list[LabelMatch], dates: list[_Span]) -> dict[int, LabelMatch]:
    """Labels and the dates behind them: one to one, or a row of labels with a row of as many dates."""
    out: dict[int, LabelMatch] = {}
    waiting: list[LabelMatch] = []
    events: list[tuple[int, LabelMatch | _Span]] = [(m.start, m) for m in labels]
    events += [(d[0], d) for d in dates]
    row: list[_Span] = []
    for _, event in [*sorted(events, key=lambda e: e[0]), (0, None)]:
        if isinstance(event, tuple):
            row.append(event)
            continue
        if row:
            out |= _pair(waiting, row)
            waiting, row = [], []
        if event is not None:
            waiting.append(event)
    return out


def _pair(labels: list[LabelMatch], dates: list[_Span]) -> dict[int, LabelMatch]:
    if not labels or dates[0][0] - labels[-1].end > _NEAR:
        return {}
    if len(labels) == len(dates):
        return {d[0]: label for d, label in zip(dates, labels, strict=True)}
    return {dates[0][0]: labels[-1]}


def _dates(text: str, langs: Sequence[str]) -> Iterator[_Span]:
    found = [*_numeric(text), *_east(text), *_worded(text, langs)]
    at = -1
    for start, end, iso in sorted(found, key=lambda f: (f[0], -f[1])):
        if start >= at:
            yield start, end, iso
            at = end


def _numeric(text: str) -> Iterator[_Span]:
    for match in _NUMERIC.finditer(text):
        if match["y1"]:
            iso = _iso(match["y1"], match["m1"], match["d1"])
        else:
            day, month = int(match["a"]), int(match["b"])
            if month > 12 >= day:
                day, month = month, day
            iso = _iso(match["y2"], month, day)
        if iso:
            yield match.start(), match.end(), iso


def _east(text: str) -> Iterator[_Span]:
    for match in _EAST.finditer(text):
        iso = _iso(match["y"], match["m"], match["d"])
        if iso:
            yield match.start(), match.end(), iso


def _worded(text: str, langs: Sequence[str]) -> Iterator[_Span]:
    """Dates whose month is a word: day month year, month day year, year month day, year day month, month year."""
    for found in lexicon().pattern("month").finditer(text):
        numbers = {e.tag for e in found.entries if e.lang in langs} or {e.tag for e in found.entries}
        if len(numbers) == 1:
            span = _around(text, found.start(), found.end(), int(numbers.pop()))
            if span:
                yield span


def _around(text: str, start: int, end: int, month: int) -> _Span | None:
    """The date around a month's name, as exact as it is printed."""
    back = max(0, start - _BACK)
    before = _DAY.search(text[back:start])
    after = None if before else _DAY_AFTER.match(text, end)
    head = back + before.start() if before else start
    tail = after.end() if after else end
    day = before[1] if before else after[1] if after else None
    following = _TO_YEAR.match(text, tail)
    back = max(0, head - _BACK)
    year = following or _YEAR_BEFORE.search(text[back:head])
    if year is None and after:  # the number behind the month is no day
        following = year = _TO_YEAR.match(text, end)
        day, tail = None, end
    iso = _iso(year[1], month, day) if year else ""
    if not iso or year is None:
        return None
    return (head, following.end(), iso) if following else (back + year.start(), tail, iso)


@cache
def _iso(year: str, month: str | int, day: str | int | None) -> str:
    """ISO 8601, or the empty string for a day that no calendar has."""
    try:
        if day is None:
            return date(int(year), int(month), 1).isoformat()[:7]
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
