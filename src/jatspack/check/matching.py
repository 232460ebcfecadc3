"""Which word of the source became which word of the tree.

Units that are equal to the word are paired first. What is left is laid out in sweeps: three words that stand
together on both sides, then two, then single words, so that a lone "of" never takes the place of one that
belongs to a sentence. Every word of the tree answers for one word of the source at most.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from rapidfuzz.distance import LCSseq

from jatspack.check.words import Unit

_LONGEST = 8  # words by which rivals for a place are compared
_RIVALS = 16  # places before and after the last one that are compared
_JOINED = 12  # words that may be one on the other side
_SHORTEST_GLUED = 4  # letters or digits: 23 is hardly ever a 2 and a 3
_SPELT = -2  # the place of a word that stands there, together with another or in parts


@dataclass(slots=True)
class Matching:
    """Words without a partner, as (unit, index), and words of one unit that changed their order."""

    lost: list[tuple[Unit, int]] = field(default_factory=list)
    added: list[tuple[Unit, int]] = field(default_factory=list)
    moved: list[tuple[Unit, int]] = field(default_factory=list)
    pairs: list[tuple[Unit, Unit]] = field(default_factory=list)  # equal units, in the order of the source
    kept: int = 0


def match(source: list[Unit], tree: list[Unit]) -> Matching:
    """Pair the words of the source with those of the tree."""
    out = Matching()
    by_words: defaultdict[tuple[str, ...], deque[Unit]] = defaultdict(deque)
    # What may be added comes last: a statement that is repeated in the front must not take the printed one's words.
    tree = sorted(tree, key=lambda unit: len(unit.optional) == len(unit.words))
    for unit in sorted(tree, key=lambda unit: unit.element is not None and unit.element.tag == "label"):
        by_words[unit.words].append(unit)  # a label is a part of a printed line: a cell of the same number comes first
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
    _Layout(rest, [u for u in tree if id(u) not in paired]).lay(out)
    return out


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


class _Layout:
    """The words of the tree that are not spoken for, in one row, and the units that look for theirs in it."""

    def __init__(self, source: list[Unit], tree: list[Unit]) -> None:
        self.source = source
        self.units = tree
        self.row = [word for unit in tree for word in unit.words]
        self.starts = [0, *accumulate(len(unit.words) for unit in tree)]  # of each unit, and the end of the last
        self.printed = self.starts[sum(len(unit.optional) < len(unit.words) for unit in tree)]  # see match
        self.taken = bytearray(len(self.row))
        self.spare = frozenset(at + n for unit, at in zip(tree, self.starts, strict=False) for n in unit.optional)
        self.placed = [[-1] * len(unit.words) for unit in source]

    def lay(self, out: Matching) -> None:
        for length in (3, 2, 1):
            if length == 1:
                self._rejoin(out)  # before lone numbers take the halves of what was parted (表12001 → 表1, 2001)
            places = self._places(length)
            at = 0
            for unit, placed in zip(self.source, self.placed, strict=True):
                if -1 in placed:
                    at = self._sweep(unit.words, placed, at, length, places)
                elif placed and placed[-1] >= 0:
                    at = placed[-1] + 1
        for unit, placed in zip(self.source, self.placed, strict=True):
            out.kept += sum(place >= 0 for place in placed)
            self._order(unit, placed, out)
        self._rejoin(out)
        self._halves(out)
        self._give_back()
        for unit, placed in zip(self.source, self.placed, strict=True):
            out.lost += [(unit, i) for i, place in enumerate(placed) if place == -1]
        for start, end in self._free():
            n = bisect_right(self.starts, start) - 1
            unit, offset = self.units[n], self.starts[n]
            out.added += [(unit, at - offset) for at in range(start, end) if at - offset not in unit.optional]

    def _places(self, length: int) -> dict[tuple[str, ...], list[int]]:
        """Where the free words of the row stand, by `length` words."""
        out: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        row, taken = self.row, self.taken
        shifted = [row[n:] for n in range(length)]
        for at, key in enumerate(zip(*shifted, strict=False)):
            if not taken[at]:
                out[key].append(at)
        return out

    def _sweep(
        self, words: tuple[str, ...], placed: list[int], at: int, length: int, places: dict[tuple[str, ...], list[int]]
    ) -> int:
        """Place what stands in stretches of `length` words or more; where the last of them ends."""
        row, taken, size = self.row, self.taken, len(self.row)
        going = False  # the word before stands right before `at`
        for i, word in enumerate(words):
            if placed[i] != -1:
                at, going = (placed[i] + 1, True) if placed[i] >= 0 else (at, False)
                continue
            if going and at < size and row[at] == word and not taken[at]:
                place = at
            else:
                place = self._best(words, placed, i, at, places.get(words[i : i + length], ()))
                if place < 0:
                    going = False
                    continue
            taken[place] = 1
            placed[i] = place
            at, going = place + 1, True
        return at

    def _best(self, words: tuple[str, ...], placed: list[int], i: int, at: int, places: Sequence[int]) -> int:
        """Of the free places the one with the longest stretch, the nearest to `at` among equals; -1 for none."""
        row, taken, size = self.row, self.taken, len(self.row)
        best, best_rank = -1, (0, False, 0)
        if len(places) > 2 * _RIVALS:
            middle = bisect_left(places, at)
            near = places[max(middle - _RIVALS, 0) : middle + _RIVALS]
            places = near if not all(taken[p] for p in near) else [p for p in places if not taken[p]][:_RIVALS]
        for place in places:
            if taken[place]:
                continue
            length, most = 1, min(len(words) - i, size - place, _LONGEST)
            while (
                length < most
                and row[place + length] == words[i + length]
                and not taken[place + length]
                and placed[i + length] == -1
            ):
                length += 1
            rank = (length, place not in self.spare, -abs(place - at))  # a word that may be added can do without
            if best < 0 or rank > best_rank:
                best, best_rank = place, rank
        return best

    def _order(self, unit: Unit, placed: list[int], out: Matching) -> None:
        """Words that stand in one unit of the tree, but not in the order of the source."""
        if all(a < b for a, b in pairwise(placed) if a >= 0):
            return
        by_unit: defaultdict[int, list[int]] = defaultdict(list)
        for i, place in enumerate(placed):
            if place >= 0:
                by_unit[bisect_right(self.starts, place) - 1].append(i)
        for n, indexes in by_unit.items():
            if len(indexes) * 2 < len(self.units[n].words):
                continue  # words that found their like in another text
            staying = set(longest_increasing([placed[i] for i in indexes]))
            moved = [i for k, i in enumerate(indexes) if k not in staying]
            if moved:
                # equal words may have been paired crosswise: count what no pairing at all could keep in order
                most = LCSseq.similarity(unit.words, self.units[n].words)
                out.moved += [(unit, i) for i in moved[: max(len(indexes) - most, 0)]]

    # --- words spelt together or apart ----------------------------------------

    def _rejoin(self, out: Matching) -> None:
        """Words that were parted on one side and are one on the other are no loss."""
        free: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for start, end in self._free(across=True):
            for n in range(start, end):
                joined = ""
                for m in range(n, min(n + _JOINED, end)):
                    joined += self.row[m]
                    free[joined].append((n, m + 1))
        for unit, placed in zip(self.source, self.placed, strict=True):
            i = 0
            while i < len(placed):
                end = i + 1
                if placed[i] == -1:
                    end = self._joined(unit.words, placed, i, free)
                    out.kept += end - i
                    placed[i:end] = [_SPELT] * (end - i)
                i = max(end, i + 1)

    def _joined(self, words: tuple[str, ...], placed: list[int], i: int, free: dict[str, list[tuple[int, int]]]) -> int:
        """The end of the lost words from i on that stand, spelt together or apart, in the tree; i for none."""
        text = ""
        for m in range(i, min(i + _JOINED, len(words))):
            if placed[m] != -1:
                break
            text += words[m]
            for start, end in free.get(text, ()):
                if not any(self.taken[start:end]) and (m > i or end > start + 1):
                    self.taken[start:end] = b"\x01" * (end - start)
                    return m + 1
        return i

    def _give_back(self) -> None:
        """A word of the source that went to a place that can do without it stands for one that cannot."""
        lent = Counter(self.row[at] for at in self.spare if self.taken[at])
        for start, end in self._free():
            for at in range(start, end):
                if at not in self.spare and lent[self.row[at]] > 0:
                    lent[self.row[at]] -= 1
                    self.taken[at] = 1

    def _halves(self, out: Matching) -> None:
        """A word glued from two (a number and a year, a label and its text) that stand apart in the tree."""
        lost = [(n, i) for n, placed in enumerate(self.placed) for i, place in enumerate(placed) if place == -1]
        if not lost:
            return
        free: defaultdict[str, list[int]] = defaultdict(list)
        for start, end in self._free():
            for at in range(start, end):
                free[self.row[at]].append(at)
        for n, i in lost:
            word = self.source[n].words[i]
            for cut in range(1, len(word)) if len(word) >= _SHORTEST_GLUED else ():
                left, right = free.get(word[:cut]), free.get(word[cut:])
                if left and right and right[0] < self.printed and (left is not right or len(left) > 1):
                    self.taken[left.pop()] = self.taken[right.pop(0)] = 1
                    self.placed[n][i] = _SPELT
                    out.kept += 1
                    break

    def _free(self, *, across: bool = False) -> Iterator[tuple[int, int]]:
        """Stretches of free words; `across` the ends of units only where these are no marks put by the program."""
        limits = [(0, self.printed)] if across else pairwise(self.starts)
        for start, end in limits:
            at = self.taken.find(0, start, end)
            while at >= 0:
                stop = self.taken.find(1, at, end)
                stop = end if stop < 0 else stop
                yield at, stop
                at = self.taken.find(0, stop, end)
