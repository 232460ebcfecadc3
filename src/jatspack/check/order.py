"""Whether what stands together in the tree stands in the order of the source.

Words are compared within a unit, units within a region: a table, a list of references, the keywords, an abstract, the
text of the body. Where regions stand is the tag set's business, so that floats, notes and back matter may move.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from operator import itemgetter

from lxml import etree
from rapidfuzz.distance import LCSseq

from jatspack.check.matching import Matching
from jatspack.check.words import CELL, KEYWORD, Unit
from jatspack.jats.models import names

_BESIDE = 4  # words before and after one that moved, which tell its place from its like elsewhere
_LEAST = 3  # words that tell a stretch from its like elsewhere
_REGIONS = names("abstract trans-abstract kwd-group table ref-list fn-group body ack app bio glossary notes")
# In any order: captions of several languages stand where the tag set wants them, floats where they are mentioned.
_FREE = names("contrib-group aff aff-alternatives author-notes article-meta journal-meta front fig table-wrap")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of a source unit from index `first` on that stand together in one unit of the tree."""

    source: tuple[int, int]  # of the unit, and of its word: where it stands in the source
    tree: tuple[int, int]
    unit: Unit
    twin: Unit
    words: tuple[str, ...]


def longest_increasing(values: Sequence[int]) -> Iterator[int]:
    """Indexes of a longest increasing subsequence, last first (patience sorting)."""
    tails: list[int] = []
    last: list[int] = []
    before = [-1] * len(values)
    for n, value in enumerate(values):
        at = bisect_left(tails, value)
        if at == len(tails):
            tails.append(value)
            last.append(n)
        else:
            tails[at], last[at] = value, n
        before[n] = last[at - 1] if at else -1
    n = last[-1] if last else -1
    while n >= 0:
        yield n
        n = before[n]


def out_of_order(matching: Matching, source: list[Unit], tree: list[Unit]) -> Iterator[tuple[Unit, int]]:
    """Words that stand in another order than in the source, as (unit, index); of a piece that moved its first."""
    pieces = list(_pieces(matching, source, tree))
    if moved := _torn(list(_within(matching)), matching):
        yield from _telling(moved, matching.layout.source)
    regions: defaultdict[etree._Element, list[_Piece]] = defaultdict(list)
    known: dict[etree._Element, etree._Element | None] = {}
    for piece in pieces:
        region = _region(piece.twin, known)
        if region is not None:
            regions[region].append(piece)
    several = _several(regions)
    for found in regions.values():
        row = sorted(
            (p for p in found if p.twin.table or p.twin.kind == KEYWORD or p.words not in several),
            key=lambda p: p.source,
        )
        rank = {tree: n for n, tree in enumerate(sorted(p.tree for p in row))}
        for n in _moved([rank[p.tree] for p in row], [p.words for p in row]):
            yield row[n].unit, row[n].source[1]


def _moved(places: Sequence[int], values: Sequence[object]) -> list[int]:
    """Which of the values stand out of order. Equal ones may have been paired crosswise: no more are named than
    no pairing at all could keep in order."""
    if all(a < b for a, b in pairwise(places)):
        return []
    numbers: dict[object, int] = {}
    own = [numbers.setdefault(value, len(numbers)) for value in values]
    there = [own[n] for n in sorted(range(len(places)), key=places.__getitem__)]
    staying = set(longest_increasing(places))
    return [n for n in range(len(places)) if n not in staying][: len(own) - LCSseq.similarity(own, there)]


def _within(matching: Matching) -> Iterator[tuple[Unit, int]]:
    """Words that came from one unit of the source to one of the tree, and changed their order there.

    Which unit of the source stands first in a unit of the tree is not asked, but what two of them have in common
    may have been paired crosswise.
    """
    layout = matching.layout
    by_unit: defaultdict[int, list[tuple[Unit, int, int]]] = defaultdict(list)
    for unit, placed in zip(layout.source, layout.placed, strict=True):
        for i, place in enumerate(placed):
            if place >= 0:
                by_unit[layout.row.unit_of[place]].append((unit, i, place))
    for found in by_unit.values():
        if all(a[2] < b[2] for a, b in pairwise(found)):
            continue
        crossing = {found[n][2] for n in _moved([f[2] for f in found], [f[0].words[f[1]] for f in found])}
        for _, own in groupby(found, key=lambda f: id(f[0])):
            rows = list(own)
            there = " ".join(unit.words[i] for unit, i, _ in sorted(rows, key=itemgetter(2)))
            if f" {there} " in f" {' '.join(rows[0][0].words)} ":
                continue  # its words stand like this in another place of the same unit, whose words went elsewhere
            for n in _moved([f[2] for f in rows], [f[0].words[f[1]] for f in rows]):
                if rows[n][2] in crossing or len(rows) == len(found):
                    yield rows[n][:2]


def _torn(moved: list[tuple[Unit, int]], matching: Matching) -> list[tuple[Unit, int]]:
    """Without words that stand in the tree among the same neighbours: they were paired crosswise with their like."""
    if not moved:
        return []
    there = f" {' '.join(matching.layout.row.words)} "
    around = [(unit, i, unit.words[max(0, i - _BESIDE) : i + _BESIDE + 1]) for unit, i in moved]
    return [(unit, i) for unit, i, near in around if len(near) <= 2 * _LEAST or f" {' '.join(near)} " not in there]


def _telling(moved: list[tuple[Unit, int]], source: list[Unit]) -> Iterator[tuple[Unit, int]]:
    """Without stretches that stand in the source more than once: which became which, nobody can tell. `source`: the
    units that are not in the tree as a whole."""
    text = " ".join(chain.from_iterable(unit.words for unit in source))
    for _, run in groupby(enumerate(moved), key=lambda row: (id(row[1][0]), row[1][1] - row[0])):
        rows = [row for _, row in run]
        if len(rows) < _LEAST or text.count(" ".join(unit.words[i] for unit, i in rows)) < 2:
            yield from rows


def _pieces(matching: Matching, source: list[Unit], tree: list[Unit]) -> Iterator[_Piece]:
    first = {id(unit): n for n, unit in enumerate(source)}
    often, there_often = Counter(unit.words for unit in source), Counter(unit.words for unit in tree)
    position = {id(unit): n for n, unit in enumerate(tree)}
    for unit, twin in matching.pairs:
        if often[unit.words] == there_often[unit.words] == 1 or unit.kind == CELL:
            yield _Piece((first[id(unit)], 0), (position[id(twin)], 0), unit, twin, unit.words)
    for unit, twin, own, there in matching.layout.runs():
        words = tuple(unit.words[i] for i in own)
        if there_often[words] > 1:
            continue  # a unit of its own elsewhere, too: which became which, nobody can tell
        if len(own) >= _LEAST or (twin.kind == KEYWORD and len(own) == len(twin.words)):
            yield _Piece((first[id(unit)], own[0]), (position[id(twin)], min(there)), unit, twin, words)


def _region(unit: Unit, known: dict[etree._Element, etree._Element | None]) -> etree._Element | None:
    """The element in which a unit has an order; None where any order is right."""
    element = unit.element
    assert element is not None
    if element.tag == "mixed-citation" and (before := element.getprevious()) is not None and before.tag == element.tag:
        return None  # the same work as printed in another list, which has an order of its own
    parent = element.getparent()
    if parent is None or element.tag == "alt-text" or (element.tag == "title" and parent.tag == "ref-list"):
        return None
    if parent not in known:
        known[parent] = next(
            (e for e in (parent, *parent.iterancestors()) if e.tag in _REGIONS or e.tag in _FREE), None
        )
    found = known[parent]
    if found is None or found.tag in _FREE:
        return None
    outer = found.getparent()
    return None if outer is not None and outer.tag == "front" else found  # running matter is gathered there


def _several(regions: dict[etree._Element, list[_Piece]]) -> set[tuple[str, ...]]:
    """Words that stand in more than one region: which became which, nobody can tell."""
    seen: dict[tuple[str, ...], etree._Element] = {}
    out: set[tuple[str, ...]] = set()
    for region, pieces in regions.items():
        for piece in pieces:
            if seen.setdefault(piece.words, region) is not region:
                out.add(piece.words)
    return out
