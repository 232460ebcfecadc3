"""Numbers of volumes, issues and pages beside the words that count them: ``Cilt 7, Sayı 2, s. 45-58``, ``第 4 期``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jatspack.article import IssueKind
from jatspack.recognize.lexicon import Lexicon

_NUMBER = r"\d{1,4}(?:[-–/]\d{1,4})?"
_NO_YEAR = r"(?!(?:1[6-9]|20)\d\d(?!\d))"
_BEHIND = re.compile(rf"[\s.:]*{_NO_YEAR}({_NUMBER})(?![\d\w])")
_BEFORE = re.compile(rf"(?<![\d.,/-]){_NO_YEAR}({_NUMBER})[\s.]{{0,2}}$")
_RANGE = re.compile(r"[\s.:]*([A-Za-z]?\d{1,6})\s?[-–—~]\s?([A-Za-z]?\d{1,6})(?![\d\w])")
# Andean Biology 12(3): 101–115; Andean Biology 12 (2020) 101–115
_COMPACT = re.compile(
    r"[^\W\d_][.,]?\s+(?P<volume>\d{1,4})\s?[(（]\s?(?P<bracket>\d{1,4})\s?[)）]\s?[:,，：]?\s?"
    r"(?P<first>\d{1,6})\s?[-–—]\s?(?P<last>\d{1,6})(?![\d\w])"
)
_ELOCATION = re.compile(r"(?<![^\W_])e\d{3,8}(?![^\W_])")
_WORDS = ("volume", "issue", "pages")
_FIRST_YEAR = 1600  # a larger number in brackets is a year


def counted(text: str, lexicon: Lexicon) -> Iterator[tuple[IssueKind, str]]:
    """(kind, value) of the volumes, issues and pages that a line counts, in order; one kind may come twice."""
    places = sorted((m.start(), m.end(), kind) for kind in _WORDS for m in lexicon.pattern(kind).finditer(text))
    compact = _COMPACT.search(text)
    if compact and all(kind == "pages" for _, _, kind in places):
        yield "volume", compact["volume"]
        if int(compact["bracket"]) < _FIRST_YEAR:
            yield "issue", compact["bracket"]
        yield from _pages(compact["first"], compact["last"])
        return
    used = 0  # digits up to here belong to a word already
    starts = {start for start, _, _ in places}
    for start, end, kind in sorted(places, key=lambda p: (p[0], p[2] != "pages")):
        if start < used:
            continue
        if kind == "pages":
            if pages := _RANGE.match(text, end):
                used = pages.end()
                yield from _pages(pages[1], pages[2])
            continue
        behind, before = _BEHIND.match(text, end), _BEFORE.search(text[:start], used)
        if behind and before and not {behind.end(), behind.end() + 1, behind.end() + 2} & starts:
            continue  # the number may belong to either word
        number = before or behind  # 12. évf. 3. sz.: behind stands the number of the next word
        if number:
            used = max(number.end(), end)
            yield ("volume" if kind == "volume" else "issue"), number[1]
    if used and (elocation := _ELOCATION.search(text)):
        yield "elocation-id", elocation[0]


def _pages(first: str, last: str) -> Iterator[tuple[IssueKind, str]]:
    """A range of pages; 1101-15 is left alone, for 1115 is not printed."""
    if not (first.isdigit() and last.isdigit() and int(last) < int(first)):
        yield "fpage", first
        yield "lpage", last
