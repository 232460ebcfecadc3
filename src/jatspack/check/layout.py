"""Which free word of the tree each word of the source became, where whole units did not tell.

Stretches of three words that stand together on both sides are laid first. They show at which places of the tree a
unit is at home; what is missing there is filled in before anything is looked for elsewhere, so that a lone "of" never
takes the place of one that belongs to a sentence, and a word that was lost is not made up for by a stranger.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from jatspack.check.glued import halve, part
from jatspack.check.row import Row
from jatspack.check.words import CELL, LABEL, Unit

_LONGEST = 8  # words by which rivals for a place are compared
_RIVALS = 16  # places before and after the last one that are compared
TELLING = 3  # words that stand together and are hardly anybody else's
_WAITING = -3  # a word that is accounted for
_MARK = 5  # letters of such a word that takes a place which nobody else wants: which mark was meant, is not sure
# Sweeps: how many words stand together, and which places are asked.
_ONCE, _HOME, _ANY = "places of words that stand once on both sides", "places of units that are at home there", "all"
_SWEEPS = ((3, _ONCE), (2, _HOME), (1, _HOME), (3, _ANY), (1, _HOME), (2, _ANY), (1, _ANY))
_NOBODY: Mapping[int, set[int]] = {}


class Layout:
    """The row of the tree's words, and the units of the source that look for theirs in it."""

    def __init__(self, source: list[Unit], tree: list[Unit], spoken_for: Mapping[int, set[int]] = _NOBODY) -> None:
        self.source, self.row = source, Row(tree)
        self.placed = [[-1] * len(unit.words) for unit in source]
        for unit, placed in zip(source, self.placed, strict=True):
            for i in spoken_for.get(id(unit), ()):
                placed[i] = _WAITING
        self.lent: set[tuple[int, int]] = set()  # short words that are accounted for: id() of the unit, index
        self.fewest = 1  # words of a stretch
        self.kept = 0

    def lay(self) -> None:
        """Find a place for as many words as there are."""
        self.row.close_derived(True)
        for n, (length, asked) in enumerate(_SWEEPS):
            if length == 1 and n > 2:
                part(self.row, self.source, self.placed)  # before lone numbers take halves (表12001 → 表1, 2001)
            self._lay(length, asked)
        for unit, placed in zip(self.source, self.placed, strict=True):
            for i, place in enumerate(placed):
                if place == _WAITING and len(unit.words[i]) <= _MARK:
                    placed[i] = -1
                    self.lent.add((id(unit), i))
        self.row.close_derived(False)
        for length, asked in _SWEEPS[1:]:
            self._lay(length, asked)
        part(self.row, self.source, self.placed)
        halve(self.row, self.source, self.placed)
        self._give_back()
        waiting = any(_WAITING in placed for placed in self.placed)
        self.placed = [[-1 if place == _WAITING else place for place in placed] for placed in self.placed]
        if waiting:
            self.fewest = TELLING
            self._lay(TELLING, _ANY)  # what is accounted for, and stands there all the same
        self.kept = sum(place != -1 for placed in self.placed for place in placed)

    def _lay(self, length: int, asked: str) -> None:
        if not any(-1 in placed for placed in self.placed):
            return
        places = self._places_once(length) if asked == _ONCE else self.row.places(self._open(length), length)
        at = 0
        for unit, placed in zip(self.source, self.placed, strict=True):
            if -1 in placed:
                homes = {self.row.group(place) for place in placed if place >= 0}
                if homes or asked != _HOME:
                    at = self._sweep(unit, placed, at, length, places, homes, asked == _HOME)
            elif placed and placed[-1] >= 0:
                at = placed[-1] + 1

    def lost(self) -> Iterator[tuple[Unit, int]]:
        """Words of the source without a place."""
        for unit, placed in zip(self.source, self.placed, strict=True):
            for i, place in enumerate(placed):
                if place == -1:
                    yield unit, i

    def added(self) -> Iterator[tuple[Unit, int]]:
        """Words of the tree that no word of the source became, but for those that may be added."""
        for start, end in self.row.free():
            for at in range(start, end):
                if at not in self.row.spare:
                    n = self.row.unit_of[at]
                    yield self.row.units[n], at - self.row.starts[n]

    def _open(self, length: int) -> set[tuple[str, ...]]:
        """So many words from each on that has no place."""
        return {
            unit.words[i : i + length]
            for unit, placed in zip(self.source, self.placed, strict=True)
            if -1 in placed
            for i, place in enumerate(placed)
            if place == -1 and i + length <= len(placed)
        }

    def _places_once(self, length: int) -> dict[tuple[str, ...], list[int]]:
        """Of the words that stand once in the row those that stand once in the source."""
        often: Counter[tuple[str, ...]] = Counter()
        for unit in self.source:
            often.update(zip(*(unit.words[n:] for n in range(length)), strict=False))
        return self.row.place_of_each({key for key, count in often.items() if count == 1}, length)

    def _sweep(
        self,
        unit: Unit,
        placed: list[int],
        at: int,
        length: int,
        places: dict[tuple[str, ...], list[int]],
        homes: set[int],
        at_home: bool,
    ) -> int:
        """Place what stands in stretches of `length` words or more; where the last of them ends."""
        row, taken, size, words = self.row.words, self.row.taken, len(self.row.words), unit.words
        going = False  # the word before stands right before `at`
        for i, word in enumerate(words):
            if placed[i] != -1:
                at, going = (placed[i] + 1, True) if placed[i] >= 0 else (at, False)
                continue
            if going and at < size and row[at] == word and not taken[at] and self._follows(at):
                place = at
            else:
                telling = length >= TELLING and placed[i : i + length].count(-1) == length
                near = [
                    place
                    for place in self._near(places.get(words[i : i + length], []), at)
                    if not taken[place] and self._fits(unit, i, place, telling, homes, at_home)
                ]
                place = self._best(words, placed, i, at, near, homes)
                if place < 0:
                    going = False
                    continue
                self._backwards(words, placed, i, place)
            taken[place] = 1
            placed[i] = place
            if not at_home:
                homes.add(self.row.group(place))
            at, going = place + 1, True
        return at

    def _backwards(self, words: tuple[str, ...], placed: list[int], i: int, place: int) -> None:
        """What stands before a stretch on both sides belongs to it."""
        row, taken = self.row.words, self.row.taken
        while i and place and placed[i - 1] == -1 and not taken[place - 1] and words[i - 1] == row[place - 1]:
            if not self._follows(place):
                return
            i, place = i - 1, place - 1
            taken[place] = 1
            placed[i] = place

    def _follows(self, place: int) -> bool:
        """Whether a place belongs to what stands right before it."""
        return self.row.group(place) == self.row.group(place - 1)

    def _fits(self, unit: Unit, i: int, place: int, telling: bool, homes: set[int], at_home: bool) -> bool:
        """Whether a unit's word may go there: what can do without a word takes none from far away."""
        spare = place in self.row.spare
        if not spare and (id(unit), i) in self.lent and not unit.words[i].isdigit():
            return False
        if spare and not self._leads(unit, i, place):
            return False
        if self.row.group(place) in homes:
            return True
        if at_home or not spare:
            return not at_home and (id(unit), i) not in self.lent
        return unit.kind != CELL and (telling or not homes)

    def _leads(self, unit: Unit, i: int, place: int) -> bool:
        """Whether what stands there is no label, or one that stands before the same words as in the source."""
        n = self.row.unit_of[place]
        if self.row.units[n].kind != LABEL:
            return True
        behind, over = self.row.starts[n + 1], i + self.row.starts[n + 1] - place
        return len(unit.words) <= over or (behind < len(self.row.words) and unit.words[over] == self.row.words[behind])

    def _near(self, places: list[int], at: int) -> list[int]:
        """Of many places the nearest; where none of them is free, the first free ones, and the others are forgotten."""
        if len(places) <= 2 * _RIVALS:
            return places
        taken, middle = self.row.taken, bisect_left(places, at)
        near = places[max(middle - _RIVALS, 0) : middle + _RIVALS]
        if all(taken[place] for place in near):
            places[:] = [place for place in places if not taken[place]]
            near = places[:_RIVALS]
        return near

    def _best(
        self, words: tuple[str, ...], placed: list[int], i: int, at: int, places: Sequence[int], homes: set[int]
    ) -> int:
        """Of the free places the one with the longest stretch, one at home and the nearest to `at` among equals; -1
        for none."""
        row, taken, size = self.row.words, self.row.taken, len(self.row.words)
        best, best_rank = -1, (0, False, False, 0)
        for place in places:
            length, most = 1, min(len(words) - i, size - place, _LONGEST)
            while (
                length < most
                and row[place + length] == words[i + length]
                and not taken[place + length]
                and placed[i + length] == -1
            ):
                length += 1
            # a word that may be added can do without
            rank = (length, self.row.group(place) in homes, place not in self.row.spare, -abs(place - at))
            if length >= self.fewest and (best < 0 or rank > best_rank):
                best, best_rank = place, rank
        return best

    def _give_back(self) -> None:
        """A word of the source that went to a place that can do without it stands for one that cannot."""
        lent: Counter[tuple[int, str]] = Counter()
        for at in self.row.spare:
            if self.row.taken[at]:
                lent[self.row.group(at), self.row.words[at]] += 1
        if not lent:
            return
        for start, end in self.row.free():
            for at in range(start, end):
                key = self.row.group(at), self.row.words[at]
                if at not in self.row.spare and lent[key] > 0:
                    lent[key] -= 1
                    self.row.taken[at] = 1

    def runs(self) -> Iterator[tuple[Unit, Unit, list[int], list[int]]]:
        """Words of one unit that stand together in one unit of the tree: both units, and the indexes in both."""
        for unit, placed in zip(self.source, self.placed, strict=True):
            own: list[int] = []
            for i, place in enumerate(placed):
                if place < 0:
                    continue
                if own and self.row.unit_of[placed[own[-1]]] != self.row.unit_of[place]:
                    yield self._run(unit, placed, own)
                    own = []
                own.append(i)
            if own:
                yield self._run(unit, placed, own)

    def _run(self, unit: Unit, placed: list[int], own: list[int]) -> tuple[Unit, Unit, list[int], list[int]]:
        n = self.row.unit_of[placed[own[0]]]
        return unit, self.row.units[n], own, [placed[i] - self.row.starts[n] for i in own]
