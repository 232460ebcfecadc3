"""Which word of the source became which word of the tree.

Units that are equal to the word are paired first. What is left is laid out in stretches: a stretch goes on as
long as both sides agree, and a new one starts where the next words of the source stand in the tree, as near
after the last one as may be. So every word of the tree answers for one word of the source at most.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from dataclasses import dataclass, field
from itertools import accumulate

from jatspack.check.words import Unit

_NEAR = 40  # a single word is looked for this many words ahead before anywhere else
_TRIES = 12  # places of a pair of words that are compared


@dataclass(slots=True)
class Matching:
    """Words without a partner, as (unit, index), and stretches of one unit that changed their order."""

    lost: list[tuple[Unit, int]] = field(default_factory=list)
    added: list[tuple[Unit, int]] = field(default_factory=list)
    moved: list[tuple[Unit, int]] = field(default_factory=list)
    pairs: list[tuple[Unit, Unit]] = field(default_factory=list)  # equal units, in the order of the source
    kept: int = 0


def match(source: list[Unit], tree: list[Unit]) -> Matching:
    """Pair the words of the source with those of the tree."""
    out = Matching()
    by_words: defaultdict[tuple[str, ...], deque[Unit]] = defaultdict(deque)
    for unit in tree:
        by_words[unit.words].append(unit)
    rest = []
    paired: set[int] = set()
    for unit in source:
        same = by_words.get(unit.words)
        if same:
            twin = same.popleft()
            paired.add(id(twin))
            out.pairs.append((unit, twin))
            out.kept += len(unit.words)
        else:
            rest.append(unit)
    _Layout([u for u in tree if id(u) not in paired]).lay(rest, out)
    return out


class _Layout:
    """The words of the tree that are not spoken for, in one row."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = units
        self.row = [word for unit in units for word in unit.words]
        self.starts = [0, *accumulate(len(unit.words) for unit in units)][:-1]
        self.taken = bytearray(len(self.row) + 1)
        self.taken[-1] = 1
        self.row.append("")
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.row):
            self.places[word].append(at)

    def unit_at(self, at: int) -> int:
        return bisect_right(self.starts, at) - 1

    def lay(self, source: list[Unit], out: Matching) -> None:
        lost: list[tuple[Unit, int, int]] = []  # unit, index, where it would stand
        next_at = 0
        for unit in source:
            placed: list[int] = []
            at = next_at
            i, words = 0, unit.words
            while i < len(words):
                if self.row[at] == words[i] and not self.taken[at]:
                    place = at
                else:
                    place = self._find(words, i, at)
                    if place < 0:
                        lost.append((unit, i, at))
                        placed.append(-1)
                        i += 1
                        continue
                self.taken[place] = 1
                placed.append(place)
                at = place + 1
                i += 1
            next_at = at
            self._order(unit, placed, out)
            out.kept += sum(place >= 0 for place in placed)
        self._rejoin(lost, out)
        self._leftover(out)

    def _find(self, words: tuple[str, ...], i: int, at: int) -> int:
        """Where the words from i on stand: the longest stretch, the nearest after `at` among equals; -1 for nowhere."""
        places = self.places.get(words[i])
        if not places:
            return -1
        taken, row = self.taken, self.row
        first = bisect_right(places, at - 1)
        ordered = places[first : first + _TRIES] + places[max(first - _TRIES, 0) : first]
        free = [p for p in ordered if not taken[p]] or [p for p in places if not taken[p]][:_TRIES]
        if not free:
            return -1
        if len(free) == 1 or i + 1 == len(words):
            return free[0]
        best, best_score = -1, -1.0
        for place in free:
            length, most = 1, min(len(words) - i, 8)
            while length < most and row[place + length] == words[i + length] and not taken[place + length]:
                length += 1
            score = length + (0.5 if 0 <= place - at < _NEAR else 0.0)
            if score > best_score:
                best, best_score = place, score
        return best

    def _order(self, unit: Unit, placed: list[int], out: Matching) -> None:
        """Stretches that stand in one unit of the tree, but not in the order of the source."""
        last: dict[int, int] = {}
        for i, place in enumerate(placed):
            if place < 0:
                continue
            where = self.unit_at(place)
            if place < last.get(where, -1):
                out.moved.append((unit, i))
            else:
                last[where] = place

    def _rejoin(self, lost: list[tuple[Unit, int, int]], out: Matching) -> None:
        """Words that were parted on one side and are one on the other are no loss."""
        free: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for start, end in self._free_stretches():
            for n in range(start, end):
                joined = ""
                for m in range(n, min(n + 12, end)):
                    joined += self.row[m]
                    free[joined].append((n, m + 1))
        n = 0
        while n < len(lost):
            end = self._joined(lost, n, free)
            if end > n:
                out.kept += end - n
                n = end
            else:
                out.lost.append(lost[n][:2])
                n += 1

    def _joined(self, lost: list[tuple[Unit, int, int]], n: int, free: dict[str, list[tuple[int, int]]]) -> int:
        """The end of the stretch of lost words from n on that stands, spelt together or apart, in the tree."""
        text = ""
        for m in range(n, min(n + 12, len(lost))):
            if m > n and (lost[m][0] is not lost[n][0] or lost[m][1] != lost[m - 1][1] + 1):
                break
            text += lost[m][0].words[lost[m][1]]
            for start, end in free.get(text, ()):
                if not any(self.taken[start:end]):
                    self.taken[start:end] = b"\x01" * (end - start)
                    return m + 1
        return n

    def _free_stretches(self) -> list[tuple[int, int]]:
        out = []
        for n, start in enumerate(self.starts):
            end = start + len(self.units[n].words)
            at = start
            while at < end:
                if self.taken[at]:
                    at += 1
                    continue
                stop = at
                while stop < end and not self.taken[stop]:
                    stop += 1
                out.append((at, stop))
                at = stop
        return out

    def _leftover(self, out: Matching) -> None:
        for start, end in self._free_stretches():
            unit = self.units[self.unit_at(start)]
            offset = self.starts[self.unit_at(start)]
            out.added += [(unit, at - offset) for at in range(start, end) if at - offset not in unit.optional]
