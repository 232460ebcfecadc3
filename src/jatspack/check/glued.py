"""Words that the source prints glued together and the tree has apart: the end of a label and the start of its text."""

from __future__ import annotations

from collections import defaultdict, deque
from itertools import accumulate, islice

from jatspack.check.row import Row
from jatspack.check.words import Unit

SPELT = -2  # the place of a word that stands there in parts
_LABEL = 4  # words of a label before a border
_JOINED = 8  # words of the source that are looked at
_RIVALS = 4  # places of the same letters that are looked at
_NONE: deque[tuple[int, int]] = deque()
_SHORTEST_GLUED = 4  # letters or digits: 23 is hardly ever a 2 and a 3


def part(row: Row, source: list[Unit], placed: list[list[int]]) -> None:
    """A word glued from the end of a label and the start of its text is no loss where the two stand apart."""
    if not any(-1 in places for places in placed):
        return
    free: defaultdict[str, deque[tuple[int, int]]] = defaultdict(deque)
    for border in row.cuts:
        joined = row.words[border]
        if row.taken[border] or border in row.spare:
            continue  # a mark put by the program is no part of a printed word
        for n in range(border - 1, max(border - _LABEL, 0) - 1, -1):
            if row.taken[n] or n in row.spare:
                break
            joined = row.words[n] + joined
            free[joined].append((n, border + 1))
    if not free:
        return
    for unit, places in zip(source, placed, strict=True):
        i = 0
        while i < len(places):
            end = _joined(row, unit.words, places, i, free) if places[i] == -1 else i
            places[i:end] = [SPELT] * (end - i)
            i = max(end, i + 1)


def _joined(
    row: Row, words: tuple[str, ...], placed: list[int], i: int, free: dict[str, deque[tuple[int, int]]]
) -> int:
    """The end of the lost words from i on that stand parted at the border of two units; i for none."""
    text = ""
    for m in range(i, min(i + _JOINED, len(words))):
        if placed[m] != -1:
            break
        text += words[m]
        there = free.get(text, _NONE)
        while there and any(row.taken[slice(*there[0])]):
            there.popleft()
        for start, end in islice(there, _RIVALS):
            if not any(row.taken[start:end]) and _parted(row, words[i : m + 1], start, end):
                row.taken[start:end] = b"\x01" * (end - start)
                return m + 1
    return i


def _parted(row: Row, words: tuple[str, ...], start: int, end: int) -> bool:
    """Whether the row parts these words, and only where one unit ends and the next begins."""
    ends = set(accumulate(len(word) for word in words))
    at = list(accumulate(len(word) for word in row.words[start:end]))
    cuts = {n for n, length in enumerate(at[:-1], start + 1) if length not in ends}
    return ends <= set(at) and bool(cuts) and cuts <= row.cuts


def halve(row: Row, source: list[Unit], placed: list[list[int]]) -> None:
    """A word glued from two (a number and a year, a label and its text) that stand far apart in the tree."""
    lost = [(n, i) for n, places in enumerate(placed) for i, place in enumerate(places) if place == -1]
    if not lost:
        return
    free: defaultdict[str, list[int]] = defaultdict(list)
    for start, end in row.free():
        for at in range(start, end):
            if at not in row.spare:
                free[row.words[at]].append(at)
    for n, i in lost:
        word = source[n].words[i]
        for cut in range(1, len(word)) if len(word) >= _SHORTEST_GLUED else ():
            left, right = free.get(word[:cut]), free.get(word[cut:])
            if left and right and row.unit_of[left[-1]] != row.unit_of[right[0]]:
                row.taken[left.pop()] = row.taken[right.pop(0)] = 1
                placed[n][i] = SPELT
                break
