"""Two lists of the same works: the original script and a romanised or translated one."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz

from jatspack.article import Reference, ReferenceList, Tagged
from jatspack.findings import Finding, finding
from jatspack.recognize.people.romanize import romanize

DIGITS = re.compile(r"\d+")
SAME_WORK = 55.0  # likeness from which on two entries are one work
NEAR = 2  # places by which the order of two lists may differ
COMMON = 8  # entries with a number from which on it does not tell works apart


@dataclass(frozen=True, slots=True)
class _Signs:
    """What is compared of an entry; made once."""

    numbers: frozenset[str]
    words: str


def pair(one: ReferenceList, other: ReferenceList) -> dict[int, int]:
    """Index in `one` -> index in `other`; empty where the two are lists of different works.

    Lists are twins only if each entry of the second has its work in the first.
    """
    if len(other.references) > len(one.references) or len(one.references) > 1.5 * len(other.references) + 1:
        return {}
    first = [_signs(r) for r in one.references]
    holders: dict[str, list[int]] = defaultdict(list)
    for i, signs in enumerate(first):
        for number in signs.numbers:
            holders[number].append(i)
    out: dict[int, int] = {}
    for j, reference in enumerate(other.references):
        signs = _signs(reference)
        near = set(range(max(j - NEAR, 0), min(j + NEAR + 1, len(first))))
        for number in signs.numbers:
            if len(holders[number]) <= COMMON:
                near.update(holders[number])
        scores = [(_likeness(first[i], signs, i == j), i) for i in sorted(near) if i not in out]
        best, i = max(scores, default=(0.0, -1))
        if best < SAME_WORK:
            return {}
        out[i] = j
    return out


def _signs(reference: Reference) -> _Signs:
    text = reference.citations[0].text.text.plain
    return _Signs(frozenset(DIGITS.findall(text)), " ".join(romanize(w) for w in text.split()))


def _likeness(one: _Signs, other: _Signs, same_place: bool) -> float:
    """0 to 100: the numbers that both print, their DOIs, and their romanised words."""
    shared = len(one.numbers & other.numbers) / max(len(one.numbers | other.numbers), 1)
    return 0.5 * fuzz.token_set_ratio(one.words, other.words) + 35.0 * shared + (15.0 if same_place else 0.0)


def compare_twins(one: ReferenceList, other: ReferenceList, pairs: dict[int, int]) -> list[Finding]:
    """Titles of one language that differ between two printings of one work."""
    out = []
    for i, j in pairs.items():
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
