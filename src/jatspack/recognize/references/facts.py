"""The sure things in a reference: DOI, address, year, volume, issue, pages. Found first, kept out of the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from jatspack.article import Part
from jatspack.recognize.identifiers import find_dois
from jatspack.recognize.lexicon import lexicon

URL = re.compile(r"(?:https?://|www\.)[^\s<>\"”»]+[^\s<>\"”».,;:)\]]")
YEAR = re.compile(r"(?<![\d/.-])(1[5-9]\d\d|20[0-4]\d)([a-zа-г]?)(?![\d/-]|\.\d)")
YEAR_IN_BRACKETS = re.compile(
    r"[(（\[]\s*(?:[^()（）\[\]]{0,20}[\s,.])?(1[5-9]\d\d|20[0-4]\d)([a-z]?)(?:[,\s][^()（）]{0,25})?\s*[)）\]]"
)
VOLUME_ISSUE = re.compile(
    r"(?:(?<![\d.,-])|(?<=(?:19|20)\d\d,))(\d{1,4})\s?[(（]"
    r"\s?(\d{1,4}(?:[-–/]\d{1,4})?|[A-Z]\d{0,2}|[^\W\d]{2,12}\.? ?\d*)\s?[)）]"
)
SLASHED = re.compile(r"(?<![\d./])(\d{1,4})\s?/\s?(\d{1,3}(?:[-–]\d{1,3})?)(?![\d/])")
COMMA_PAIR = re.compile(r"(?<![\d.,])(\d{1,4}),\s?(\d{1,3})(?=\s*[(,:])")
PAGES = re.compile(r"(?<![\d.,/-])([A-Za-zСсe]?\d{1,7})\s?[-–—‑−~]+\s?([A-Za-z]?\d{1,7})(?![\d/-])")
ELOCATION = re.compile(r"(?<![\w.-])(e\d{3,8}|[A-Z]?\d{5,8}|\d{1,3}\.e\d+)(?![\w-])")
NUMBER = r"(\d{1,4}(?:\s?[-–/]\s?\d{1,4})?|[IVXLC]{1,7}\b|[A-Z]\d{1,3})"


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


def find_facts(text: str, after_names: int) -> Facts:
    """All facts of a reference. `after_names` is where its authors end; a year right behind them is the year."""
    facts = Facts()
    for doi in find_dois(text):
        start = text.find(doi.value[:7], doi.start)
        facts.add("pub-id", start if start >= 0 else doi.start, doi.end, ("pub-id-type", "doi"))
    for url in URL.finditer(text):
        doi_inside = next((p for p in facts.parts if url.start() <= p.start < url.end()), None)
        if doi_inside is None:
            href = url[0] if url[0].startswith("http") else f"http://{url[0]}"
            facts.add("ext-link", url.start(), url.end(), ("ext-link-type", "uri"), ("xlink:href", href))
    _year(text, after_names, facts)
    _volume_issue(text, after_names, facts)
    _pages(text, after_names, facts)
    facts.parts.sort(key=lambda p: p.start)
    return facts


def _year(text: str, after_names: int, facts: Facts) -> None:
    near = YEAR_IN_BRACKETS.match(text, _skip(text, after_names))
    if near is None:
        near = next((m for m in [YEAR.match(text, _skip(text, after_names))] if m), None)
    if near is not None:
        facts.add("year", near.start(1), near.end(2))
        return
    bracketed = [m for m in YEAR_IN_BRACKETS.finditer(text) if facts.free(m.start(1), m.end(2))]
    plain = [m for m in YEAR.finditer(text, after_names) if facts.free(m.start(), m.end()) and not _accessed(text, m)]
    dashed = [m for m in plain if re.search(r"(?:[-–—.,;:]|год[ау]?|年)\s*$", text[: m.start()])]
    candidates = [m for m in bracketed if m.start() > after_names + 10] or dashed or plain
    if candidates:
        best = _not_in_title(text, candidates)
        facts.add("year", best.start(1), best.end(2))


def _not_in_title(text: str, found: list[re.Match[str]]) -> re.Match[str]:
    """Of several years the last one before the pages: earlier ones are in the title as a rule."""
    pages = [m.start() for m in PAGES.finditer(text) if not YEAR.fullmatch(m[1])]
    before = [m for m in found if not pages or m.start() < pages[-1] + 12]
    return (before or found)[-1]


def _accessed(text: str, year: re.Match[str]) -> bool:
    """A year in the date on which a page was looked at."""
    before = text[max(0, year.start() - 40) : year.start()]
    return lexicon().pattern("accessed").search(before) is not None


def _skip(text: str, at: int) -> int:
    match = re.compile(r"[\s.,;:，。．]*").match(text, at)
    return match.end() if match else at


def _volume_issue(text: str, start: int, facts: Facts) -> None:
    for match in VOLUME_ISSUE.finditer(text, start):
        if not YEAR.fullmatch(match[2]) and not YEAR.fullmatch(match[1]) and facts.free(match.start(), match.end()):
            facts.add("volume", match.start(1), match.end(1))
            facts.add("issue", match.start(2), match.end(2))
            break
    for kind in ("volume", "issue"):
        if facts.get(kind) is None:
            for match in _labelled(kind).finditer(text, start):
                if not YEAR.fullmatch(match[1]) and facts.add(kind, match.start(1), match.end(1)):
                    break
    if facts.get("volume", "issue") is None:
        for pattern in (SLASHED, COMMA_PAIR):
            found = next((m for m in pattern.finditer(text, start) if facts.free(m.start(), m.end())), None)
            if found and not YEAR.fullmatch(found[1]):
                facts.add("volume", found.start(1), found.end(1))
                facts.add("issue", found.start(2), found.end(2))
                return
    if facts.get("volume") is None:
        bare = re.compile(
            r"(?:,|[^\W\d_.]|;)\s(\d{1,3})(?=\s*[,:：(]\s*(?:[A-Za-z]?\d|[^\W\d_]{1,3}\.\s?\d|№))|[;；，,]\s?(\d{1,3})(?=[:：]\s?\d)"
        )
        for match in bare.finditer(text, start):
            group = 1 if match[1] else 2
            if facts.add("volume", match.start(group), match.end(group)):
                break


def _pages(text: str, start: int, facts: Facts) -> None:
    labelled = [m for m in _labelled("pages").finditer(text, start) if facts.free(m.start(1), m.end())]
    for match in labelled:
        if match[2]:
            facts.add("fpage", match.start(1), match.end(1))
            facts.add("lpage", match.start(2), match.end(2))
            return
    ranges = [
        m
        for m in PAGES.finditer(text, start)
        if facts.free(m.start(), m.end()) and not (YEAR.fullmatch(m[1]) and YEAR.fullmatch(m[2]))
    ]
    year, volume = facts.get("year"), facts.get("volume", "issue")
    anchor = max((p.end for p in (volume, year) if p), default=start)
    behind = [m for m in ranges if m.start() >= anchor] or [m for m in ranges if m.start() > 0.4 * len(text)]
    if behind:
        facts.add("fpage", behind[0].start(1), behind[0].end(1))
        facts.add("lpage", behind[0].start(2), behind[0].end(2))
        return
    for match in labelled:
        if facts.add("fpage", match.start(1), match.end(1)):
            return
    if volume is not None:
        single = re.compile(r"\s*[)）]?\s*[:：,，]\s?([A-Za-z]?\d{1,7})(?![\d-])").match(text, volume.end)
        issue = facts.get("issue")
        if issue is not None:
            single = re.compile(r"\s*[)）]?\s*[:：,，]\s?([A-Za-z]?\d{1,7})(?![\d-])").match(text, issue.end) or single
        if single and not YEAR.fullmatch(single[1]):
            tag = "elocation-id" if not single[1].isdigit() or len(single[1]) >= 5 else "fpage"
            facts.add(tag, single.start(1), single.end(1))
