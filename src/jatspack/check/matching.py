"""Which word of the source became which word of the tree.

Units that are equal to the word are paired first, with their like where there is one: a cell with a cell, a title
with a title. What is left is laid out word by word. Every word of the tree answers for one word of the source at most.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from jatspack.check.layout import TELLING, Layout
from jatspack.check.words import KEYWORD, LABEL, Unit, line_of

# A label is a part of a printed line, a keyword of a line of keywords: other units of the same words come first.
_LAST = {LABEL: 2, KEYWORD: 1}

_Key = tuple[str, int, tuple[str, ...]]  # kind, table, words


@dataclass(slots=True)
class Matching:
    """Equal units, and how the words of all others were laid out."""

    tree: list[Unit] = field(default_factory=list)
    pairs: list[tuple[Unit, Unit]] = field(default_factory=list)
    layout: Layout = field(default_factory=lambda: Layout([], []))
    _lines: dict[int, list[tuple[int, Unit, int]]] = field(default_factory=dict)

    @property
    def kept(self) -> int:
        """Words of the source that stand in the tree."""
        return sum(len(unit.words) for unit, _ in self.pairs) + self.layout.kept

    def line(self, unit: Unit, index: int) -> int:
        """The source line beside which a word of the tree stands; 0 where nothing of the source stands before it."""
        if not self._lines:
            self._lines = self._sources()
        rows = self._lines.get(id(unit), [])
        near = max((row for row in rows if row[0] <= index), key=itemgetter(0), default=next(iter(rows), None))
        return line_of(near[1], near[2]) if near else 0

    def _sources(self) -> dict[int, list[tuple[int, Unit, int]]]:
        """For the id() of a unit of the tree: its indexes, and the source's unit and index that stand there. Where a
        unit has none, those of the end of the unit before it."""
        out: defaultdict[int, list[tuple[int, Unit, int]]] = defaultdict(list)
        for unit, twin, own, there in self.layout.runs():
            out[id(twin)] += [(n, unit, i) for i, n in zip(own, there, strict=True)]
        paired = {id(twin): unit for unit, twin in self.pairs}
        before: list[tuple[int, Unit, int]] = []
        for twin in self.tree:
            if id(twin) in paired:
                unit = paired[id(twin)]
                before = [(0, unit, len(unit.words) - 1)]
            elif 2 * len(rows := out[id(twin)]) >= len(twin.words):
                before = [(0, *max(rows, key=itemgetter(0))[1:])]
            else:
                out[id(twin)] = before  # what stands there is hardly the source's
        return out


def match(source: list[Unit], tree: list[Unit], spoken_for: Mapping[int, set[int]] | None = None) -> Matching:
    """Pair the words of the source with those of the tree.

    `spoken_for` has for the id() of a unit the indexes of words that need not be there: of two equal words the other
    one is looked for first.
    """
    spoken_for = spoken_for or {}
    source = sorted(source, key=lambda unit: len(spoken_for.get(id(unit), ())) == len(unit.words))
    waiting: defaultdict[tuple[str, ...], deque[Unit]] = defaultdict(deque)
    alike: defaultdict[_Key, deque[Unit]] = defaultdict(deque)
    # What may be added comes last: a statement that is repeated in the front must not take the printed one's words.
    for unit in sorted(tree, key=lambda unit: (len(unit.optional) == len(unit.words), _LAST.get(unit.kind, 0))):
        waiting[unit.words].append(unit)
        if unit.kind:
            alike[unit.kind, unit.table, unit.words].append(unit)
    tables = _tables(source, tree)
    claimed = set(tables.values())
    out = Matching(tree)
    rest: list[Unit] = []
    paired: set[int] = set()
    for unit in source:
        if len(unit.words) >= TELLING and len(spoken_for.get(id(unit), ())) == len(unit.words):
            rest.append(unit)  # another one may print the same within a longer text: see Layout.lay
            continue
        table = tables.get(unit.table, 0)
        twin = _next(alike.get((unit.kind, table, unit.words)), paired) if unit.kind else None
        twin = twin or _next(waiting.get(unit.words), paired)
        if (
            twin is None
            or (unit.key and twin.kind == LABEL)  # the index of an address is no section's number
            or (unit.kind and twin.kind != unit.kind and (twin.optional or twin.kind == KEYWORD))
            or (twin.table != table and twin.table in claimed)
        ):
            rest.append(unit)
        else:
            paired.add(id(twin))
            out.pairs.append((unit, twin))
    out.layout = Layout(rest, [unit for unit in tree if id(unit) not in paired], spoken_for)
    out.layout.lay()
    return out


def _tables(source: list[Unit], tree: list[Unit]) -> dict[int, int]:
    """Which table of the source became which of the tree: the one with most of the cells that stand in one alone."""
    there: dict[tuple[str, ...], set[int]] = {}
    for unit in tree:
        if unit.table:
            there.setdefault(unit.words, set()).add(unit.table)
    votes: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for unit in source:
        if unit.table and len(found := there.get(unit.words, ())) == 1:
            votes[unit.table].update(found)
    return {table: count.most_common(1)[0][0] for table, count in votes.items()}


def _next(units: deque[Unit] | None, paired: set[int]) -> Unit | None:
    while units:
        if id(units[0]) not in paired:
            return units[0]
        units.popleft()
    return None
