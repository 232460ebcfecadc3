"""A printed reference as tokens with features: what the statistical model (model.py) sees of it.

No feature names a word of the text. A word is its shape (capital, digits, length), the kinds of words of the lexicon
that it belongs to, and its place between quotes, brackets, full stops and the year; so that what was learned from
generated references (bench/references/) holds for words, names and languages that were never seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

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
_OPEN, _CLOSE = "([{（［【〔", ")]}）］】〕"
_QUOTES = {
    "“": 1,
    "”": -1,
    "«": 1,
    "»": -1,
    "„": 1,
    "‹": 1,
    "›": -1,
    "「": 1,
    "」": -1,
    "『": 1,
    "』": -1,
    "《": 1,
    "》": -1,
}
STOPS = frozenset(".:0123456789")  # behind an abbreviation
NAME = 2  # letters; a longer capitalised word may be a surname
_WORDS = 32768  # that are remembered
_DASHES = frozenset("-‐‑‒–—−―~")


@dataclass(frozen=True, slots=True)
class Token:
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
        out.append(Token(match[0], match.start(), match.end(), match.start() > last))
        last = match.end()
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
def _dotted() -> frozenset[str]:
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
    kinds = _kind(word).split("+")
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


def features(tokens: Sequence[Token], italics: Sequence[bool] = ()) -> list[list[str]]:
    """The features of every token. `italics`: whether it is printed slanted; empty where nothing is known of it."""
    base = [word_features(token.text) for token in tokens]
    for i, (word, following) in enumerate(pairwise(tokens)):
        if word.text[0].isupper() and following.text[0] not in STOPS and word.text.casefold() in _dotted():
            base[i] = (base[i][0], "-")
    places = _places(tokens)
    rows = []
    count = len(tokens)
    topical = [0]
    for shape, kind in base:
        topical.append(topical[-1] + (kind in ("Top", "Stop") or (kind == "-" and shape in ("x3", "x4"))))
    any_slanted = any(italics)
    for i, token in enumerate(tokens):
        shape, kind = base[i]
        before, before_kind = base[i - 1] if i else ("<", "<")
        before2 = base[i - 2][0] if i > 1 else "<"
        after, after_kind = base[i + 1] if i + 1 < count else (">", ">")
        after2 = base[i + 2][0] if i + 2 < count else ">"
        inside, seen, clause, years = places[i]
        gap = "_" if token.gap else ""
        row = [
            "b",
            "s=" + shape,
            "k=" + kind,
            "ks=" + kind + shape,
            "kp=" + before_kind + gap + kind,
            "kn=" + kind + after_kind,
            "t=" + str(min(topical[min(i + 5, count)] - topical[i], 3)) + shape,
            "tb=" + str(min(topical[i] - topical[max(i - 4, 0)], 3)) + before + shape,
            "p=" + before + gap + shape,
            "n=" + shape + after,
            "pk=" + before_kind,
            "nk=" + after_kind,
            "pp=" + before2 + before + gap,
            "nn=" + after + after2,
            "w=" + before + gap + shape + after,
            "q=" + inside + shape,
            "c=" + clause + seen,
            "cs=" + clause + shape,
            "i=" + (str(i) if i < 10 else "m") + seen,
            "is=" + (str(i) if i < 4 else "m") + seen + shape,
            "e=" + (str(count - i) if count - i < 7 else "m"),
            "y=" + seen + inside,
            "d=" + years + shape,
        ]
        if any_slanted:
            row.append(f"it={italics[i]}{italics[i - 1] if i else italics[i]}")
        rows.append(row)
    return rows


def _places(tokens: Sequence[Token]) -> list[tuple[str, str, str, str]]:
    """For every token: inside quotes or brackets; what was seen before; which sentence; how many years follow."""
    out = []
    depth, quoted, clause = 0, False, 0
    seen = {"W": False, "Y": False, "Q": False, "I": False}  # a word, a year, a quotation, "In"
    years_left = sum(YEAR.fullmatch(t.text) is not None for t in tokens)
    for i, token in enumerate(tokens):
        text = token.text
        first = text[0]
        if text in _CLOSE:
            depth = max(depth - 1, 0)
        quoted = quoted and _QUOTES.get(text) != -1
        inside = "(" if depth else ("«" if quoted else "")
        out.append((inside, "".join(k for k, v in seen.items() if v), str(min(clause, 5)), str(min(years_left, 2))))
        seen["W"] = seen["W"] or (len(text) > 2 and first.isalpha()) or "\u3040" <= first <= "\u9fff"
        if text in _OPEN:
            depth += 1
        elif _QUOTES.get(text) == 1 or text == '"':
            quoted = text != '"' or not quoted
            seen["Q"] = True
        elif first.isdigit():
            if YEAR.fullmatch(text):
                seen["Y"] = True
                years_left -= 1
        elif text in ".。．":
            clause += _ends_sentence(tokens, i)
        elif text == "/" and i and tokens[i - 1].text == "/":
            clause += 1
            seen["I"] = True
        elif first.isupper() and "In" in _kind(text).split("+"):
            seen["I"] = True
    return out


def _ends_sentence(tokens: Sequence[Token], i: int) -> bool:
    """A full stop behind a word that is no initial and no short abbreviation in capitals."""
    word = tokens[i - 1].text if i else ""
    return len(word) > 2 or not word.isalpha() or word.islower()
