"""Words before a year: which are names, in which forms they are looked up, and what may stand between them."""

from __future__ import annotations

import re
from functools import cache

from jatspack.recognize.citations.works import HAN, key
from jatspack.recognize.lexicon import lexicon

GLUED = 4  # letters of "etal"


@cache
def joining_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Single words that stand between names; of them those for "and others"; function words of institutions."""
    words = lexicon().words
    phrases = [phrase for kind in ("et-al", "and-others") for phrase in words(kind)]
    others = {w.strip(".") for phrase in phrases for w in (*phrase.split(), phrase.replace(" ", ""))}
    inner = {w.strip(".") for kind in ("conjunction", "particle", "see") for p in words(kind) for w in p.split()}
    conjunctions = {w for p in words("conjunction") for w in p.split()}
    return frozenset(inner | others), frozenset(others - conjunctions), frozenset(words("stopword"))


@cache
def _glued() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """ "etal", and the "et" of "et al.", of all languages that abbreviate it."""
    phrases = [phrase.split() for kind in ("et-al", "and-others") for phrase in lexicon().words(kind)]
    abbreviated = [words for words in phrases if len(words) > 1 and words[-1].endswith(".")]
    whole = {"".join(words).strip(".") for words in abbreviated}
    first = {words[0] for words in abbreviated if len(words[0]) > 1}
    return tuple(sorted(w for w in whole if len(w) >= GLUED)), tuple(sorted(first))


def unglued(word: str, et_al: bool) -> tuple[str, frozenset[str], bool]:
    """A name to which an engine glued its "et al.", or only the first word of it; whether it was all of it."""
    low, (whole, first) = word.casefold(), _glued()
    for said in whole:
        if low.endswith(said) and len(low) > len(said) + 1:
            return word[: -len(said)], keys_of(word[: -len(said)]), True
    forms = keys_of(word)
    if et_al:
        for said in first:
            if low.endswith(said) and len(low) > len(said) + 1:
                forms |= keys_of(word[: -len(said)])
    return word, forms, False


def keys_of(word: str) -> frozenset[str]:
    """The name as it is looked up: all of it, and the first part of a double one."""
    parts = re.split(r"[-‐]\s?", word)
    return frozenset({key(word), *(key(p) for p in parts[:1] if len(parts) > 1 and len(p) > 2)})


def han_names(run: str, at: int) -> tuple[list[tuple[int, str, frozenset[str]]], bool, bool]:
    """Chinese names at the end of a run of characters: parted by 和, 与; the last words may be 等.

    Then whether "and others" is among them, and whether there is nothing else than such words.
    """
    between, others, _ = joining_words()
    signs = "".join(w for w in between | others if HAN.fullmatch(w) and len(w) == 1)
    out = []
    pieces = list(re.finditer(f"[^{signs}·]+", run)) if signs else []
    for piece in pieces:
        for size in (4, 3, 2):
            name = piece[0][-size:]
            if len(name) == size:
                out.append((at + piece.end() - size, name, frozenset({name, key(name)})))
    return out, any(sign in run for sign in signs if sign in others), all(len(p[0]) < 2 for p in pieces)
