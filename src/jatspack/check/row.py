"""The words of the tree that no unit of the source took whole, in one row, and what is known of each place in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from itertools import accumulate, compress, pairwise

from lxml import etree

from jatspack.check.words import Unit
from jatspack.jats.models import names

_LABELLING = 4  # words of a label, and the first of its text: Table S 1 | 2005
# What belongs together: a label and its text, the keywords of a group, the people and what is said of them.
_GROUPS = names("ref fn list-item fig table-wrap disp-formula kwd-group contrib-group aff corresp front")
_FREE = bytes([1]) + bytes(255)  # table: 1 for a place that is not taken
_ALONE = names("body back sec abstract trans-abstract")


class Row:
    """Places are numbers: indexes of `words`."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = units
        self.words = [word for unit in units for word in unit.words]
        self.starts = [0, *accumulate(len(unit.words) for unit in units)]  # of each unit, and the end of the last
        self.unit_of = [n for n, unit in enumerate(units) for _ in unit.words]
        self.taken = bytearray(len(self.words))
        starts = list(zip(units, self.starts, strict=False))
        self.spare = frozenset(at + n for unit, at in starts for n in unit.optional)  # places that may stay free
        self.cuts = frozenset(at + n for unit, at in starts for n in _cuts(unit)) - {0}
        self._derived = [(at, at + len(unit.words)) for unit, at in starts if unit.derived]
        known: dict[etree._Element, int] = {}
        self._group = [known.setdefault(_group(unit), len(known)) for unit in units]

    def group(self, place: int) -> int:
        """What a place belongs to, as a number."""
        return self._group[self.unit_of[place]]

    def close_derived(self, closed: bool) -> None:
        """Keep what the program writes in a form of its own from being taken, or let it be taken again."""
        for start, end in self._derived:
            self.taken[start:end] = (b"\x01" if closed else b"\x00") * (end - start)

    def places(self, wanted: Set[tuple[str, ...]], length: int) -> dict[tuple[str, ...], list[int]]:
        """Where those of the wanted words, so many each, stand that are free."""
        out: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        firsts = {key[0] for key in wanted}
        words = self.words
        for at in compress(range(len(words) - length + 1), self.taken.translate(_FREE)) if firsts else ():
            if words[at] in firsts and (key := tuple(words[at : at + length])) in wanted:
                out[key].append(at)
        return out

    def place_of_each(self, wanted: Set[tuple[str, ...]], length: int) -> dict[tuple[str, ...], list[int]]:
        """Where those of the wanted words, so many each, stand that are free, needed, and there once."""
        out: dict[tuple[str, ...], list[int]] = {}
        again: set[tuple[str, ...]] = set()
        for at, key in enumerate(zip(*(self.words[n:] for n in range(length)), strict=False)):
            if key in wanted and not self.taken[at] and at not in self.spare:
                if key in out:
                    again.add(key)
                else:
                    out[key] = [at]
        for key in again:
            del out[key]
        return out

    def free(self) -> Iterator[tuple[int, int]]:
        """Stretches of free words of one unit."""
        for start, end in pairwise(self.starts):
            at = self.taken.find(0, start, end)
            while at >= 0:
                stop = self.taken.find(1, at, end)
                stop = end if stop < 0 else stop
                yield at, stop
                at = self.taken.find(0, stop, end)


def _cuts(unit: Unit) -> range:
    """Where the program may part a printed word: before a unit, and behind the label that a caption's second
    language begins with."""
    parent = unit.element.getparent() if unit.element is not None and unit.element.tag == "p" else None
    return range(min(_LABELLING, len(unit.words)) if parent is not None and parent.tag == "caption" else 1)


def _group(unit: Unit) -> etree._Element:
    """The element that a unit belongs to; the unit's own where it stands for itself."""
    element = unit.element
    assert element is not None
    parent = element.getparent()
    if unit.derived:
        return element
    if element.tag in ("label", "title") and parent is not None and parent.tag == "sec":
        return parent
    for outer in (element, *element.iterancestors()):
        if outer.tag in _ALONE:
            break
        if outer.tag in _GROUPS:
            return outer
    return element
