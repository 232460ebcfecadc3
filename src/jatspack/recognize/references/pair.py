"""Two lists of the same works: the original script and a romanised or translated one."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from jatspack.article import Reference, ReferenceList, Tagged
from jatspack.findings import Finding, finding
from jatspack.recognize.people.romanize import romanize

DIGITS = re.compile(r"\d+")
SAME_WORK = 55.0  # likeness from which on two entries are one work


def pair(one: ReferenceList, other: ReferenceList) -> dict[int, int]:
    """Index in `one` -> index in `other`; empty where the two are lists of different works.

    Lists are twins only if each entry of the second has its work in the first.
    """
    if len(other.references) > len(one.references) or len(one.references) > 1.5 * len(other.references) + 1:
        return {}
    out: dict[int, int] = {}
    for j, candidate in enumerate(other.references):
        scores = [(likeness(r, candidate, i == j), i) for i, r in enumerate(one.references) if i not in out]
        best, i = max(scores, default=(0.0, -1))
        if best >= SAME_WORK:
            out[i] = j
    return out if len(out) == len(other.references) else {}


def likeness(one: Reference, other: Reference, same_place: bool) -> float:
    """0 to 100: the numbers that both print, their DOIs, and their romanised words."""
    a, b = one.citations[0].text.text.plain, other.citations[0].text.text.plain
    numbers_a, numbers_b = set(DIGITS.findall(a)), set(DIGITS.findall(b))
    shared = len(numbers_a & numbers_b) / max(len(numbers_a | numbers_b), 1)
    words = fuzz.token_set_ratio(_romanized(a), _romanized(b))
    return 0.5 * words + 35.0 * shared + (15.0 if same_place else 0.0)


def _romanized(text: str) -> str:
    return " ".join(romanize(w) for w in text.split())


def compare_twins(one: ReferenceList, other: ReferenceList) -> list[Finding]:
    """Titles of one language that differ between two printings of one work."""
    out = []
    for i, j in pair(one, other).items():
        first, second = one.references[i].citations[0], other.references[j].citations[0]
        titles = [_title(c.text) for c in (first, second)]
        if not all(titles) or titles[0] == titles[1]:
            continue
        keys = ["".join(c for c in t.casefold() if c.isalnum()) for t in titles]
        if keys[0] != keys[1] and 75.0 < fuzz.ratio(*keys) < 100.0:
            lines = (*first.origin.lines, *second.origin.lines)
            out.append(
                finding("twin-title-differs", *lines, label=one.references[i].label, one=titles[0], other=titles[1])
            )
    return out


def _title(tagged: Tagged) -> str:
    for part in tagged.parts:
        if part.tag in ("article-title", "chapter-title"):
            return " ".join(tagged.text.text[part.start : part.end].split())
    return ""
