"""Printed dates in any language, with ISO forms and offsets: ``Received: July 12, 2024; Accepted 3 Sept. 2024``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from jatspack.recognize.lexicon import LabelMatch, lexicon

# Label roles and the date types of JATS (date/@date-type, pub-date); "" is a date without a label.
TYPES = {"received": "received", "revised": "rev-recd", "accepted": "accepted", "published": "pub"}
_NEAR = 40  # characters between a label's end and the date it names
_DIGITS = {
    ord(c): str(n)
    for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９")
    for n, c in enumerate(row)
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
_TO_YEAR = re.compile(r"[\s.,]{0,3}(?:[^\W\d_]{1,4}\.?\s)?((?:19|20)\d\d)(?!\d)")
_YEAR_BEFORE = re.compile(r"(?<!\d)((?:19|20)\d\d)[.\s,]{0,2}(?:[^\W\d_]{1,4}\.?\s)?\s*$")


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
    """All dates, each with the label nearest before it; one label names one date only.

    Placeholders (``Received: date``, ``XX.XX.2024``, ``-``) are no dates. Day comes before month unless that is
    impossible. A bare year counts only right behind a label.
    """
    plain = text.translate(_DIGITS)
    labels = _labels(plain)
    out: list[PrintedDate] = []
    used: set[int] = set()
    for start, end, iso in _dates(plain):
        label = _label_for(start, labels, [d.end for d in out], used)
        if label is None:
            out.append(PrintedDate("", iso, start, end))
        else:
            used.add(label.start)
            out.append(PrintedDate(TYPES[label.role], iso, start, end, label.start, label.langs))
    return out


def _labels(text: str) -> list[LabelMatch]:
    """Date labels in order; of two that begin alike the longer one."""
    out: list[LabelMatch] = []
    for match in lexicon().labels_in(text, tuple(TYPES), bare=True):
        if not out or match.start > out[-1].start:
            out.append(match)
    return out


def _label_for(start: int, labels: list[LabelMatch], ends: list[int], used: set[int]) -> LabelMatch | None:
    before = [m for m in labels if m.start < start and m.start not in used]
    if not before:
        return None
    nearest = before[-1]
    if any(nearest.start < end <= start for end in ends) or start - nearest.end > _NEAR:
        return None
    return nearest


def _dates(text: str) -> Iterator[tuple[int, int, str]]:
    found = [*_numeric(text), *_east(text), *_worded(text)]
    at = -1
    for start, end, iso in sorted(found, key=lambda f: (f[0], -f[1])):
        if start >= at:
            yield start, end, iso
            at = end


def _numeric(text: str) -> Iterator[tuple[int, int, str]]:
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


def _east(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _EAST.finditer(text):
        iso = _iso(match["y"], match["m"], match["d"])
        if iso:
            yield match.start(), match.end(), iso


def _worded(text: str) -> Iterator[tuple[int, int, str]]:
    """Dates whose month is a word: day month year, month day year, year month day, month year."""
    for found in lexicon().pattern("month").finditer(text):
        months = {int(e.tag) for e in found.entries}
        if len(months) != 1:
            continue
        month, start, end = months.pop(), found.start(), found.end()
        before = _DAY.search(text[max(0, start - 16) : start])
        offset = max(0, start - 16)
        year = _TO_YEAR.match(text, end)
        if before and year:
            iso = _iso(year[1], month, before[1])
            if iso:
                yield offset + before.start(), year.end(), iso
                continue
        after = _DAY_AFTER.match(text, end)
        if after and not before:
            year = _TO_YEAR.match(text, after.end())
            if year and (iso := _iso(year[1], month, after[1])):
                yield start, year.end(), iso
                continue
        first = _YEAR_BEFORE.search(text[max(0, start - 14) : start])
        if first and (iso := _iso(first[1], month, after[1] if after else None)):
            yield max(0, start - 14) + first.start(), after.end() if after else end, iso
            continue
        year = _TO_YEAR.match(text, end)
        if year and not before:
            yield start, year.end(), _iso(year[1], month, None)


@cache
def _iso(year: str, month: str | int, day: str | int | None) -> str:
    """ISO 8601, or the empty string for a day that no calendar has."""
    try:
        if day is None:
            return date(int(year), int(month), 1).isoformat()[:7]
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
