"""Dates of a JATS file: days that there are, in years that an article can have, said the same way twice."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

from lxml import etree

from jatspack.check.fault import Fault, fault

_YEARS = range(1600, 2101)  # from the first journals on; an article to come is no article yet


def check_dates(tree: etree._ElementTree) -> Iterator[Fault]:
    """Dates of publication and history that cannot be, or that are not what their @iso-8601-date says."""
    for element in tree.getroot().iter("date", "pub-date", "copyright-year"):
        yield from _year(element) if element.tag == "copyright-year" else _date(element)


def _date(element: etree._Element) -> Iterator[Fault]:
    year, month, day = (_number(element.findtext(tag)) for tag in ("year", "month", "day"))
    months = month is None or 1 <= month <= 12
    days = 31 if month is None or year is None or not months else monthrange(max(year, 1), month)[1]
    if not months or (day is not None and not 1 <= day <= days):
        yield fault("date-impossible", element, date=_shown(element))
        return
    found = element.find("year")
    if found is not None:
        yield from _year(found)
    iso = (element.get("iso-8601-date") or "").partition("T")[0].replace("-", "")
    said = (f"{year:04}" if year is not None else "") + "".join(f"{n:02}" for n in (month, day) if n is not None)
    if iso.isdigit() and said and not (iso.startswith(said) or said.startswith(iso)):
        yield fault("date-differs", element, date=_shown(element), iso=element.get("iso-8601-date", ""))


def _year(element: etree._Element) -> Iterator[Fault]:
    year = _number(element.text)
    if year is not None and year not in _YEARS:
        yield fault("year-impossible", element, year=str(year))


def _number(text: str | None) -> int | None:
    """Names of months and years in words are nobody's mistake."""
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) <= 4 else None


def _shown(element: etree._Element) -> str:
    return "-".join(filter(None, ((element.findtext(tag) or "").strip() for tag in ("year", "month", "day"))))
