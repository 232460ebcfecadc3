"""The sure things in a reference: DOI, address, year, volume, issue, pages. Found first, kept out of the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from jatspack.article import Part
from jatspack.recognize.identifiers import find_dois
from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.references.model import Stretch

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"”»]+[^\s<>\"”».,;:)\]]")
BOOK_NUMBERS = (
    ("isbn", re.compile(r"ISBN(?:-1[03])?\s?:?\s?((?:97[89][-‐–\s]?)?\d(?:[-‐–\s]?\d){8}[-‐–\s]?[\dXxХх])(?!\d)")),
    ("issn", re.compile(r"ISSN\s?:?\s?(\d{4}[-‐–]\d{3}[\dXxХх])(?!\d)")),
)
YEAR = re.compile(
    r"(?<![\d/.-])(1[5-9]\d\d|20[0-4]\d|[۱١][۲-۴٢-٤][۰-۹٠-٩]{2}|[۲٢][۰٠][۰-۹٠-٩]{2})([a-zа-г]?)(?![\d/-]|\.\d)"
)
TWO_YEARS = re.compile(r"(?<!\d)1[5-9]\d\d\s?/\s?((?:1[5-9]|20)\d\d)(?!\d)")  # first printed / printed again
YEAR_IN_BRACKETS = re.compile(
    r"[(（\[]\s*(?:[^()（）\[\]]{0,20}[\s,.])?(1[5-9]\d\d|20[0-4]\d)([a-z]?)(?:[,\s][^()（）]{0,25})?\s*[)）\]]"
)
VOLUME_ISSUE = re.compile(
    r"(?:(?<![\d.,-])|(?<=(?:19|20)\d\d,))(\d{1,4})\s?[(（]"
    r"\s?(\d{1,4}(?:[-–/]\d{1,4})?|[A-Z]\d{0,2}|[^\W\d]{2,12}\.? ?\d*)\s?[)）]"
)
VOLUME_PAGE = re.compile(
    r"[\s,]*([A-Z]?\d{1,4}),\s*([A-Z]?\d{1,7})\s*(?=[(（]\d{4}[)）][\s.;]*(?:$|\[))"
)  # 12, 345 (2010)
SLASHED = re.compile(r"(?<![\d./])(\d{1,4})\s?/\s?(\d{1,3}(?:[-–]\d{1,3})?)(?![\d/])")
PAGES = re.compile(r"(?<![\d.,/-])([A-Za-zСсe]?\d{1,7})\s?[-–—‑−~]+\s?([A-Za-z]?\d{1,7})(?![\d/-])")
SINGLE_PAGE = re.compile(r"(?<![^\W_])(?:[A-Za-z]{1,2}?\d[\d.]*\d|[A-Za-z]?\d)(?![^\W_])")
DOTTED = re.compile(r"(?<![\d.])(\d{1,3})\.(\d{1,2})(?![\d.])")
BARE_NUMBER = re.compile(r"(?<![^\W_])(?:[A-Z]?\d{1,4}(?:[-–]\d{1,4})?|[IVXLC]{1,7}(?!\.\s?\d))(?![^\W_])")
NUMBER = r"(\d{1,4}(?:\s?[-–/]\s?\d{1,4})?|[IVXLC]{1,7}\b|[A-Z]\d{1,3})"


END_NUMBER = re.compile(r"(?<=[^\W\d_]{2})[.,]?\s(\d{1,4})[\s.,;:]*$")
NEXT_NUMBER = re.compile(r"\s*[.,]\s*(\d{1,3}(?:[-–/]\d{1,3})?)\s*(?=[(（](?!\d{4}[)）][\s.;]*(?:$|\[)))")


@dataclass(slots=True)
class Facts:
    """Parts found, by tag, and where the first of those behind the title begins."""

    parts: list[Part] = field(default_factory=list)

    def get(self, *tags: str) -> Part | None:
        return next((p for p in self.parts if p.tag in tags), None)

    def free(self, start: int, end: int) -> bool:
        return all(p.end <= start or p.start >= end for p in self.parts)

    def add(self, tag: str, start: int, end: int, *attributes: tuple[str, str]) -> bool:
        if end > start and self.free(start, end):
            self.parts.append(Part(tag, start, end, tuple(attributes)))
            return True
        return False


@cache
def _labelled(kind: str) -> re.Pattern[str]:
    words = sorted((w for w in lexicon().words(kind) if w), key=len, reverse=True)
    alternatives = "|".join(re.escape(w) for w in words) or "(?!)"
    value = NUMBER if kind != "pages" else r"([A-Za-z]?\d{1,6})(?:\s?[-–—‑−~]+\s?([A-Za-z]?\d{1,6}))?"
    return re.compile(rf"(?<![^\W\d_])(?:{alternatives})\.?\s?:?\s?{value}(?![\d])", re.IGNORECASE)


def addresses(text: str, facts: Facts) -> None:
    """DOIs, ISBN and ISSN, addresses."""
    for doi in find_dois(text):
        start = text.find(doi.value[:7], doi.start)
        facts.add("pub-id", start if start >= 0 else doi.start, doi.end, ("pub-id-type", "doi"))
    for tag, number in BOOK_NUMBERS:
        for found in number.finditer(text):
            facts.add(tag, found.start(1), found.end(1))
    for url in URL.finditer(text):
        doi_inside = next((p for p in facts.parts if url.start() <= p.start < url.end()), None)
        if doi_inside is None:
            href = url[0] if url[0].startswith("http") else f"http://{url[0]}"
            facts.add("ext-link", url.start(), url.end(), ("ext-link-type", "uri"), ("xlink:href", href))


def year_part(text: str, stretches: Sequence[Stretch], facts: Facts) -> None:
    """The year: in the first stretch that holds one; else the last in the text that is no day of access."""
    for stretch in stretches:
        match = YEAR.search(text, stretch.start, stretch.end)
        if match and facts.add("year", match.start(1), match.end(2)):
            return
    found = [m for m in YEAR.finditer(text) if facts.free(m.start(), m.end()) and not _accessed(text, m)]
    dashed = [m for m in found if re.search(r"(?:[-–—.,;:(（]|год[ау]?|年)\s*$", text[: m.start()])]
    if dashed or found:
        best = (dashed or found)[-1]
        facts.add("year", best.start(1), best.end(2))
    elif again := TWO_YEARS.search(text):
        facts.add("year", again.start(1), again.end(1))


def _accessed(text: str, year: re.Match[str]) -> bool:
    """A year in the date on which a page was looked at."""
    before = text[max(0, year.start() - 40) : year.start()]
    return lexicon().pattern("accessed").search(before) is not None


def volume_parts(text: str, start: int, end: int, facts: Facts) -> None:
    """Volume and issue in a stretch that holds them: 12(3); Vol. 12, no. 3; 12/3; 12.3; № 3."""
    piece = text[:end]
    paged = VOLUME_PAGE.match(text, start)
    if paged:
        facts.add("volume", paged.start(1), paged.end(1))
        facts.add("fpage" if len(paged[2]) < 6 else "elocation-id", paged.start(2), paged.end(2))
        return
    for pattern in (VOLUME_ISSUE, SLASHED, DOTTED):
        match = pattern.search(piece, start)
        if match and not YEAR.fullmatch(match[2]):
            facts.add("volume", match.start(1), match.end(1))
            facts.add("issue", match.start(2), match.end(2))
            return
    for kind in ("volume", "issue"):
        for match in _labelled(kind).finditer(piece, start):
            if facts.get(kind) is None and facts.add(kind, match.start(1), match.end(1)):
                break
    for match in BARE_NUMBER.finditer(piece, start):
        missing = [k for k in ("volume", "issue") if facts.get(k) is None]
        if not missing or missing == ["volume"]:
            return
        if not YEAR.fullmatch(match[0]):
            facts.add(missing[0], match.start(), match.end())


def page_parts(text: str, start: int, end: int, facts: Facts) -> None:
    """First and last page, or the one number, in a stretch that holds them."""
    if facts.get("fpage", "elocation-id") is not None:
        return
    labelled = [m for m in _labelled("pages").finditer(text[:end], start) if m[2]]
    match = labelled[0] if labelled else PAGES.search(text[:end], start)
    if match and facts.free(match.start(1), match.end(2)):
        facts.add("fpage", match.start(1), match.end(1))
        facts.add("lpage", match.start(2), match.end(2))
        return
    single = SINGLE_PAGE.search(text[:end], start)
    if single:
        tag = "fpage" if re.fullmatch(r"[A-Z]?\d{1,5}", single[0]) else "elocation-id"
        facts.add(tag, single.start(), single.end())


def plain_volume(text: str, start: int, facts: Facts) -> None:
    """A volume and issue that no stretch was taken for, where their form leaves no doubt: 12(3)."""
    for match in VOLUME_ISSUE.finditer(text, start):
        free = facts.free(match.start(), match.end())
        if free and not YEAR.fullmatch(match[2]) and not YEAR.fullmatch(match[1]):
            facts.add("volume", match.start(1), match.end(1))
            facts.add("issue", match.start(2), match.end(2))
            return
    for kind in ("volume", "issue"):
        for match in _labelled(kind).finditer(text, start):
            if not YEAR.fullmatch(match[1]) and facts.add(kind, match.start(1), match.end(1)):
                break


def ending_volume(text: str, start: int, end: int, facts: Facts) -> None:
    """The number that a journal's name ends with is its volume; one behind it and before a bracket is the issue."""
    found = END_NUMBER.search(text, start, end)
    if found is None or YEAR.fullmatch(found[1]) or not facts.add("volume", found.start(1), found.end(1)):
        return
    issue = NEXT_NUMBER.match(text, found.end(1))
    if issue and not YEAR.fullmatch(issue[1]):
        facts.add("issue", issue.start(1), issue.end(1))


def plain_pages(text: str, start: int, facts: Facts) -> None:
    """Pages that no stretch was taken for: behind a word for pages, or a range behind year and volume."""
    for match in _labelled("pages").finditer(text, start):
        if match[2] and facts.free(match.start(1), match.end()):
            facts.add("fpage", match.start(1), match.end(1))
            facts.add("lpage", match.start(2), match.end(2))
            return
    for match in _labelled("pages").finditer(text, start):
        if match[0][0].isalpha() and facts.free(match.start(), match.end()) and not YEAR.fullmatch(match[1]):
            facts.add("fpage", match.start(1), match.end(1))
            return
    anchor = max((p.end for p in facts.parts if p.tag in ("volume", "issue") and p.end > start), default=0)
    if anchor:
        range_ = re.compile(rf"[^\w]*{PAGES.pattern}").match(text, anchor)
        if range_ and not YEAR.fullmatch(range_[1]):
            facts.add("fpage", range_.start(1), range_.end(1))
            facts.add("lpage", range_.start(2), range_.end(2))
            return
        single = re.compile(r"[)）]?\s*[:：,，]?\s?([A-Za-z]?\d{1,7})(?=\s*[.,;]|\s*$)").match(text, anchor)
        if single and not YEAR.fullmatch(single[1]):
            facts.add("fpage" if len(single[1]) < 6 else "elocation-id", single.start(1), single.end(1))
