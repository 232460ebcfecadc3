"""Dates of a JATS tree: as ISO 8601, and as a language writes them."""

from __future__ import annotations

import re

from lxml import etree

from jatspack.render.words import word

_ISO = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z", re.ASCII)


def _parts(date: etree._Element) -> tuple[str, int, int]:
    def number(tag: str, most: int) -> int:
        text = (date.findtext(tag) or "").strip()
        return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= most else 0

    return (date.findtext("year") or "").strip(), number("month", 12), number("day", 31)


def iso(date: etree._Element) -> str:
    """YYYY, YYYY-MM or YYYY-MM-DD of a ``date`` or ``pub-date``; "" where its year is no year."""
    given = str(date.get("iso-8601-date", "")).strip()
    if _ISO.match(given):
        return given
    year, month, day = _parts(date)
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return ""
    return year + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")


def written(date: etree._Element, lang: str) -> str:
    """A date as the language writes it; year and month or year alone stay ISO 8601."""
    year, month, day = _parts(date)
    if not (year and month and day):
        return iso(date) or year
    pattern, months = word("date", lang), word("months", lang).split()
    return pattern.format(day=day, month=month, year=year, name=months[month - 1] if months else month)
