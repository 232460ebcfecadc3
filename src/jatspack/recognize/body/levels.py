"""The levels of heads: what stands under what, whatever level the source printed.

Heads that look alike have one rank; ranks come from numbering first, then from heading levels where these
agree with the numbering or are all there is, then from looks. Nesting follows from ranks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from jatspack.recognize.body.heads import CORE, Head

# How far below the marked headings each look stands; smaller is higher.
_LOOKS = {"bold": 0.2, "bold italic": 0.35, "underline": 0.5, "italic": 0.8, "plain": 0.3}
_CAPITALS = -0.15
_RUN_IN = 0.4
_COLON = 0.1  # a head that ends in a colon announces what comes: it stands below one that ends in a full stop


@dataclass(frozen=True, slots=True)
class _Marks:
    """What the document's own marking tells."""

    by_level: dict[int, float]  # heading level -> rank
    told: bool  # whether heading levels differ in a way that means something
    deepest_number: float
    schemes: dict[str, int]
    closings: frozenset[str]  # of bold heads that stand alone; a run-in head with the same one looks like them


def rank_heads(heads: list[Head]) -> list[float]:
    """A rank for each head: a head stands under the nearest one before it with a smaller rank."""
    marks = _marks(heads)
    ranks = [_rank(head, marks) for head in heads]
    ranks = _lift_core(heads, ranks)
    return _part_core(heads, ranks)


def _marks(heads: list[Head]) -> _Marks:
    numbered = [head for head in heads if head.number]
    schemes = _scheme_depths(numbered)
    by_level: dict[int, list[float]] = defaultdict(list)
    for head in numbered:
        if head.form == "marked":
            by_level[head.level].append(_number_rank(head, schemes))
    levels = sorted({head.level for head in heads if head.form == "marked"})
    deepest = max((_number_rank(head, schemes) for head in numbered), default=0.0)
    means = {level: sum(ranks) / len(ranks) for level, ranks in by_level.items()}
    rising = all(means[a] < means[b] + 0.01 for a, b in zip(sorted(means), sorted(means)[1:], strict=False))
    told = len(levels) > 1 and rising
    table: dict[int, float] = {}
    for n, level in enumerate(levels):
        if level in means:
            table[level] = float(round(min(by_level[level]))) if not rising else float(round(means[level]))
        elif means:
            higher = [table[other] for other in levels[:n] if other in table]
            lower = [means[other] for other in means if other > level]
            table[level] = max(higher) + 1.0 if higher else max(min(lower) - 1.0, 1.0) if lower else 1.0
        else:
            table[level] = float(n + 1)
    closings = frozenset(h.closing for h in heads if h.form not in ("marked", "run-in") and "bold" in h.style)
    return _Marks(table, told, deepest, schemes, closings - {""})


def _scheme_depths(numbered: list[Head]) -> dict[str, int]:
    """Depth at which each numbering scheme starts: the one that comes first is outermost."""
    order: list[str] = []
    for head in numbered:
        if head.number and head.number.scheme not in order and head.form != "run-in":
            order.append(head.number.scheme)
    return {scheme: n for n, scheme in enumerate(order)}


def _number_rank(head: Head, schemes: dict[str, int]) -> float:
    if head.number is None:
        return 1.0
    return float(head.number.depth + schemes.get(head.number.scheme, len(schemes)))


def _rank(head: Head, marks: _Marks) -> float:
    if head.number and (head.form != "run-in" or head.number.depth > 1):
        return _number_rank(head, marks.schemes)
    if head.form == "marked":
        if marks.told or not marks.deepest_number:
            rank = marks.by_level.get(head.level, 1.0)
        elif head.sec_type or marks.deepest_number <= 1.0:
            rank = 1.0
        else:
            rank = marks.deepest_number + 1.0
        return rank + (_CAPITALS if head.capitals and not marks.told else 0.0)
    base = max([*marks.by_level.values(), marks.deepest_number], default=0.0) + 1.0
    look = " ".join(sorted(head.style & {"bold", "italic"})) or ("underline" if "underline" in head.style else "plain")
    rank = base + _LOOKS[look] + (_CAPITALS if head.capitals else 0.0)
    if head.form == "run-in" and "bold" in head.style and head.closing not in marks.closings:
        rank += _RUN_IN
    if "bold" not in head.style and head.closing == ":":
        rank += _COLON
    return rank


def _lift_core(heads: list[Head], ranks: list[float]) -> list[float]:
    """The look in which most of the usual main sections are printed is the top level."""
    core: dict[float, set[str]] = defaultdict(set)
    for head, rank in zip(heads, ranks, strict=True):
        if head.sec_type in CORE:
            core[rank].add(head.sec_type)
    if not core or not ranks:
        return ranks
    top = max(core, key=lambda rank: (len(core[rank]), -rank))
    higher = {rank for rank in ranks if rank < top}
    if len(core[top]) < 3 or not higher or any(core.get(rank) for rank in higher):
        return ranks
    return [max(rank, top) if rank < top else rank for rank in ranks]


def _part_core(heads: list[Head], ranks: list[float]) -> list[float]:
    """Marked headings all of one level, none numbered: a usual main section right before another head holds it."""
    top = min(ranks, default=0.0)
    same = {n for n, rank in enumerate(ranks) if rank == top and heads[n].form == "marked" and not heads[n].number}
    core = {n for n in same if heads[n].sec_type in CORE}
    if len({heads[n].sec_type for n in core}) < 3 or len(core) == len(same):
        return ranks
    empty = [n for n in core if n + 1 in same and n + 1 not in core and heads[n + 1].at == heads[n].at + 1]
    if not empty:
        return ranks
    start = min(empty)
    parted = list(ranks)
    for n in same:
        if n > start and not heads[n].sec_type:
            parted[n] = top + 0.5
    return parted
