"""In which order a list of names prints surname and given names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.names import is_initial

CAPITALS = 3.0  # what one name's evidence weighs
INITIALS = 3.0
ENDING = 1.5
COMMON = 1.0


def surname_first(names: Iterable[Sequence[str]], lexicon: Lexicon) -> bool | None:
    """Whether surnames stand first, as capitals, initials, endings and common surnames show; None if nothing does."""
    votes = sum(_vote(words, lexicon) for words in names if len(words) > 1)
    return None if not votes else votes > 0


def _vote(words: Sequence[str], lexicon: Lexicon) -> float:
    """Above zero: this name begins with its surname; below: it ends with it."""
    first, last = words[0], words[-1]
    short = [len(w) == 2 and w.isupper() for w in (first, last)]  # WU is a surname or two initials
    initial = [is_initial(w, lexicon) and not s for w, s in zip((first, last), short, strict=True)]
    if initial[0] != initial[1]:
        return INITIALS if initial[1] else -INITIALS
    capital = [len(w) > 2 and w.isupper() for w in (first, last)]
    if capital[0] != capital[1]:
        return CAPITALS if capital[0] else -CAPITALS
    vote = 0.0
    ending = [bool(lexicon.pattern("surname-ending").fullmatch(w)) for w in (first, last)]
    if ending[0] != ending[1]:
        vote += ENDING if ending[0] else -ENDING
    common = [w.casefold() in lexicon.words("surname") for w in (first, last)]
    if common[0] != common[1]:
        vote += COMMON if common[0] else -COMMON
    return vote
