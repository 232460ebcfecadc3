"""Names of scripts without gaps that nothing parts: from one another, from a title before, from an address behind."""

from __future__ import annotations

import re
from functools import cache

from jatspack.recognize.lexicon import Lexicon

HAN = re.compile(r"[\u3400-\u9fff々]+")
LENGTHS = (3, 2)  # characters of a Chinese name, the usual one first
COMPOUND_LENGTHS = (4, 3)
LONGEST_RUN = 40
SHORTEST_TITLE = 6  # characters before the first name
CITY = 2  # characters of a place that its address repeats


def named(word: str, start: int, lexicon: Lexicon) -> tuple[int, ...]:
    """The lengths that a Chinese name may have which begins at `start`; none where no surname stands there."""
    if word[start : start + 2] in lexicon.words("compound-surname"):
        return COMPOUND_LENGTHS
    return LENGTHS if word[start : start + 1] in lexicon.words("surname") else ()


@cache
def _ranks(lexicon: Lexicon) -> dict[str, int]:
    """Surnames by how common they are, as the lexicon orders them."""
    return {word: n for n, word in enumerate(lexicon.words("surname"))}


def part_names(word: str, lexicon: Lexicon) -> list[str]:
    """``刘福珍吴江`` is two names: the fewest, with the commonest surnames; the word itself if it can't be parted."""
    if not 4 <= len(word) <= LONGEST_RUN or not HAN.fullmatch(word) or len(word) in named(word, 0, lexicon):
        return [word]
    rank = _ranks(lexicon)
    best: list[tuple[int, int, int] | None] = [(0, 0, 0)]  # up to each place: names, their surnames' ranks, last length
    for end in range(1, len(word) + 1):
        ways = []
        for n in (2, 3, 4):
            before = best[end - n] if n <= end else None
            if before and n in named(word, end - n, lexicon):
                ways.append((before[0] + 1, before[1] + rank.get(word[end - n], 0), n))
        best.append(min(ways, default=None))
    if best[-1] is None:
        return [word]
    out, end = [], len(word)
    while end:
        last = best[end]
        assert last is not None
        out.append(word[end - last[2] : end])
        end -= last[2]
    return out[::-1]


def name_before_address(run: str, institution: int, rest: str, lexicon: Lexicon) -> int:
    """Where the names end that an address is glued to: ``朱雄伟中国科学院…``; 0 where nothing shows it.

    What follows must begin with a word that institutions begin with, or with a place that the address repeats in
    its `rest`. `institution` is where the word for an institution stands in the run.
    """
    opening = lexicon.pattern("place-name")
    found = {}
    for end in range(LENGTHS[-1], min(institution - CITY + 1, LONGEST_RUN)):
        begin = opening.match(run, end)
        if begin is None and run[end : end + CITY] not in rest:
            continue
        names = part_names(run[:end], lexicon)
        if all(len(n) in named(n, 0, lexicon) for n in names):
            found[end] = begin is not None
    sure = [end for end, opens in found.items() if opens]
    return (sure or list(found) or [0])[0]


def name_behind_title(run: str, lexicon: Lexicon) -> int:
    """Where the name begins that a title is glued to: ``…的影响陈明``; 0 where no surname stands there."""
    if len(run) < SHORTEST_TITLE:
        return 0
    lengths = (*COMPOUND_LENGTHS[:1], *LENGTHS)
    return next(
        (len(run) - n for n in lengths if n in named(run, len(run) - n, lexicon) and _whole(run, n, lexicon)), 0
    )


def _whole(run: str, length: int, lexicon: Lexicon) -> bool:
    """Four characters are a name only behind a surname of two."""
    return length < 4 or run[-length : 2 - length] in lexicon.words("compound-surname")
