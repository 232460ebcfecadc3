"""A printed reference as tokens: words, numbers and signs, each with its shape and its kinds of words."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.references.vocabulary import tables, topics

TOKEN = re.compile(
    r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]+(?:[’'ʼ‐-][^\W\d_\u3040-\u30ff\u3400-\u9fff]+)*|\d+|[\u3040-\u30ff\u3400-\u9fff]|[^\w\s]|_"
)
YEAR = re.compile(r"1[4-9]\d\d|20[0-4]\d")
_KINDS = {
    "in": "In", "et-al": "Et", "and-others": "Et", "volume": "Vol", "issue": "Iss", "pages": "Pp", "editor": "Ed",
    "edition": "Edn", "translated-by": "Tr", "accessed": "Acc", "available": "Url", "thesis": "Dis",
    "conference": "Conf", "journal": "Jou", "patent": "Pat", "publisher": "Pub", "series": "Ser", "part": "Part",
    "preprint": "Rep", "dataset": "Data", "standard": "Std", "law": "Law", "no-date": "Nd", "in-press": "Press",
    "conjunction": "And", "particle": "Prt", "noble-particle": "Prt", "stopword": "Stop", "institution": "Inst",
    "month": "Mon",
}  # fmt: skip
NAME = 2  # letters; a longer capitalised word may be a surname
_WORDS = 32768  # that are remembered
_DASHES = frozenset("-‐‑‒–—−―~")


class Token(NamedTuple):
    """A word, a number, one sign, or one Han character. `gap`: whether a space stands before it."""

    text: str
    start: int
    end: int
    gap: bool


def tokenize(text: str) -> list[Token]:
    """The tokens of a reference, in order."""
    out: list[Token] = []
    last = -1
    for match in TOKEN.finditer(text):
        start, end = match.span()
        out.append(Token(match[0], start, end, start > last))
        last = end
    return out


@cache
def _kinds() -> dict[str, str]:
    """Casefolded words -> the kinds of the lexicon that they belong to, as one short string."""
    found: dict[str, set[str]] = {}
    for kind, short in _KINDS.items():
        if kind == "month":
            continue
        for phrase in lexicon().words(kind):
            words = phrase.rstrip(".*").split()
            if len(words) == 1:
                found.setdefault(words[0].rstrip("."), set()).add(short)
            elif words and short not in ("Stop", "Law", "Inst", "Std"):
                found.setdefault(words[0].rstrip("."), set()).add(short + "1")
    for name, short in (("places", "Place"), ("publishers", "House"), ("journals", "Jou"), ("states", "State")):
        for phrase in tables()[name]:
            words = phrase.casefold().split()
            key = words[0].rstrip(".,")
            if len(key) > 1 and (len(words) == 1 or "Stop" not in found.get(key, ())):
                found.setdefault(key, set()).add(short if len(words) == 1 else short + "1")
    told = {word: "+".join(sorted(kinds)) for word, kinds in found.items()}
    for name, short in (("given", "Giv"), ("abbreviations", "Abb")):
        for phrase in tables()[name]:
            told.setdefault(phrase.casefold(), short)
    for listed in topics("words").values():
        for word in listed:
            told.setdefault(word, "Top")
    return told


@cache
def dotted() -> frozenset[str]:
    """Words that are words of the lexicon only with their full stop: *ford.* is "translated", Ford is a name."""
    plain, dotted = set[str](), set[str]()
    for kind in _KINDS:
        for phrase in lexicon().words(kind):
            (dotted if phrase.endswith(".") else plain).add(phrase.split()[0].rstrip(".*"))
    return frozenset(word for word in dotted - plain if len(word) > NAME)


@cache
def _endings() -> frozenset[str]:
    return frozenset(ending for endings in topics("endings").values() for ending in endings)


def _topical(word: str) -> bool:
    """Whether a word ends as the words of titles do, and has a stem before that."""
    return any(word[-n:] in _endings() for n in range(2, min(8, len(word) - 2)))


@lru_cache(_WORDS)
def _month(word: str) -> bool:
    return lexicon().month(word) is not None


@lru_cache(_WORDS)
def word_features(word: str) -> tuple[str, str]:
    """(shape, kinds) of a token."""
    return _shape(word), _kind(word)


def _kind(word: str) -> str:
    if not word[0].isalpha():
        return "-"
    folded = word.casefold()
    kinds = _kinds().get(folded, "")
    if not kinds and len(word) > 2 and _month(folded):
        kinds = "Mon"
    if not kinds and len(word) > 4 and _topical(folded):
        kinds = "Top"
    return kinds or "-"


def is_function_word(word: str) -> bool:
    """A word like "of" or "the", which titles hold and names do not; no particle of names and no "and"."""
    kinds = word_features(word)[1].split("+")
    return (
        "Stop" in kinds
        and not {"And", "Et", "Et1", "Ed", "In"}.intersection(kinds)
        and word.casefold() not in _particles()
    )


@cache
def _particles() -> frozenset[str]:
    """Particles of names in at least two languages; "of" is one in English titles of nobility alone."""
    return frozenset(word for word, languages in lexicon().words("particle").items() if len(languages) > 1)


def _shape(word: str) -> str:
    first = word[0]
    if first.isdigit():
        return "Y4" if YEAR.fullmatch(word) else f"9{min(len(word), 5)}"
    if not first.isalpha():
        return "dash" if first in _DASHES else first
    if "\u3040" <= first <= "\u9fff":
        return "Han"
    if len(word) == 1:
        return "X" if first.isupper() else "x"
    if word.isupper():
        return "XX" if len(word) <= 3 else "XXX"
    if word.islower():
        return "x" + str(min(len(word), 4))
    if first.isupper():
        return "Xx" if word[1:].islower() else "XxX"
    return "xX" if any(c.isupper() for c in word) else "o" + str(min(len(word), 4))
