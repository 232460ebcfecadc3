"""The features of a printed reference: what the statistical model (model.py) sees of it.

No feature names a word of the text. A word is its shape (capital, digits, length), the kinds of words of the lexicon
that it belongs to, and its place between quotes, brackets, full stops and the year; so that what was learned from
generated references (bench/training/) holds for words, names and languages that were never seen.

Words are many and their shapes and kinds few: the features that rest on these alone are made once and remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from jatspack.recognize.references.tokens import YEAR, Token, dotted, word_features

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
_STOPS = frozenset(".:0123456789")  # behind an abbreviation
_FAR = 10  # words
_TO_GO = ("", *(f"e={n}" for n in range(1, 7)), "e=m")
_MOST = 4096  # words, pairs of words, and places that are remembered


@dataclass(frozen=True, slots=True, eq=False)
class _Word:
    """Shape and kinds of a word; an object for each two of them."""

    shape: str
    kind: str
    topical: bool  # a word as titles have it
    own: tuple[str, str, str]  # the features of the word alone
    titles: tuple[str, ...]  # with how many words of titles follow, itself among them, three at most: t


class _Pair(NamedTuple):
    """Features that rest on two words that stand side by side, without and with a space between them."""

    kinds: tuple[str, str]  # of the second: kp
    shapes: tuple[str, str]  # of the second: p
    earlier: tuple[str, str]  # of the word behind both, which may have a space before it: pp
    kinds_next: str  # of the first: kn
    shapes_next: str  # of the first: n
    later: str  # of the word before both: nn
    before: str  # of the second: pk
    after: str  # of the first: nk
    shape_next: str  # of the second
    titles: tuple[str, ...]  # of the second, with how many words of titles stand before it: tb
    three: tuple[str, str]  # of the second, but for the shape of a third: w


class _Place(NamedTuple):
    """Inside quotes or brackets; what was seen before; which sentence; how many years follow."""

    inside: str
    seen: str  # of W, Y, Q, I: a word, a year, a quotation, "In"
    clause: str
    years: str


@lru_cache(_MOST)
def _word(shape: str, kind: str) -> _Word:
    return _Word(
        shape,
        kind,
        kind in ("Top", "Stop") or (kind == "-" and shape in ("x3", "x4")),
        ("s=" + shape, "k=" + kind, "ks=" + kind + shape),
        tuple(f"t={n}{shape}" for n in range(4)),
    )


@lru_cache(_MOST)
def _pair(one: _Word, two: _Word) -> _Pair:
    shapes, spaced = one.shape + two.shape, one.shape + "_" + two.shape
    kinds = one.kind + two.kind
    return _Pair(
        ("kp=" + kinds, "kp=" + one.kind + "_" + two.kind),
        ("p=" + shapes, "p=" + spaced),
        ("pp=" + shapes, "pp=" + shapes + "_"),
        "kn=" + kinds,
        "n=" + shapes,
        "nn=" + shapes,
        "pk=" + one.kind,
        "nk=" + two.kind,
        two.shape,
        tuple(f"tb={n}{shapes}" for n in range(4)),
        ("w=" + shapes, "w=" + spaced),
    )


@lru_cache(_MOST)
def _placed(place: _Place, shape: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The features q, c, cs, and y, d."""
    inside, seen, clause, years = place
    sentence = "q=" + inside + shape, "c=" + clause + seen, "cs=" + clause + shape
    return sentence, ("y=" + seen + inside, "d=" + years + shape)


@lru_cache(_MOST)
def _counted(number: int, seen: str, shape: str) -> tuple[str, str]:
    """The features i and is of the words from the first on; all from the tenth on are alike."""
    return f"i={number if number < _FAR else 'm'}{seen}", f"is={number if number < 4 else 'm'}{seen}{shape}"


def features(tokens: Sequence[Token], italics: Sequence[bool] = ()) -> list[list[str]]:
    """The features of every token. `italics`: whether it is printed slanted; empty where nothing is known of it."""
    words = _words(tokens)
    start, end = _word("<", "<"), _word(">", ">")
    pairs = [_pair(one, two) for one, two in pairwise((start, start, *words, end, end))]
    places = _places(tokens)
    count = len(tokens)
    topical = [*accumulate((word.topical for word in words), initial=0)]
    topical += topical[-1:] * 4
    any_slanted = any(italics)
    rows = []
    for i, token in enumerate(tokens):
        gap, word, place = token.gap, words[i], places[i]
        behind, ahead = pairs[i + 1], pairs[i + 2]
        sentence, years = _placed(place, word.shape)
        row = [
            "b",
            *word.own,
            behind.kinds[gap],
            ahead.kinds_next,
            word.titles[min(topical[i + 5] - topical[i], 3)],
            behind.titles[min(topical[i] - topical[i - 4 if i > 4 else 0], 3)],
            behind.shapes[gap],
            ahead.shapes_next,
            behind.before,
            ahead.after,
            pairs[i].earlier[gap],
            pairs[i + 3].later,
            behind.three[gap] + ahead.shape_next,
            *sentence,
            *_counted(i if i < _FAR else _FAR, place.seen, word.shape),
            _TO_GO[min(count - i, 7)],
            *years,
        ]
        if any_slanted:
            row.append(f"it={italics[i]}{italics[i - 1] if i else italics[i]}")
        rows.append(row)
    return rows


def _words(tokens: Sequence[Token]) -> list[_Word]:
    """Shape and kinds of each; a name that is a word of the lexicon only with its full stop, and has none, is none."""
    words = [_word(*word_features(token.text)) for token in tokens]
    with_stop = dotted()
    for i, (word, following) in enumerate(pairwise(tokens)):
        if word.text[0].isupper() and following.text[0] not in _STOPS and word.text.casefold() in with_stop:
            words[i] = _word(words[i].shape, "-")
    return words


def _places(tokens: Sequence[Token]) -> list[_Place]:
    """Where every token stands."""
    out = []
    depth, quoted, clause = 0, False, 0
    word = year = quotation = opened = ""
    years = [bool(t.text[0].isdigit() and YEAR.fullmatch(t.text)) for t in tokens]
    left = sum(years)
    here = _Place("", "", "0", str(min(left, 2)))
    for i, token in enumerate(tokens):
        text = token.text
        first = text[0]
        if first.isalpha():
            out.append(here)
            changed = False
            if not word and (len(text) > 2 or "\u3040" <= first <= "\u9fff"):
                word, changed = "W", True
            if not opened and first.isupper() and "In" in word_features(text)[1].split("+"):
                opened, changed = "I", True
            if changed:
                here = here._replace(seen=word + year + quotation + opened)
            continue
        turn = _QUOTES.get(text)
        if text in _CLOSE:
            depth = max(depth - 1, 0)
        quoted = quoted and turn != -1
        inside = "(" if depth else ("«" if quoted else "")
        out.append(here if inside == here.inside else here._replace(inside=inside))
        if "\u3040" <= first <= "\u9fff":
            word = "W"
        if text in _OPEN:
            depth += 1
        elif turn == 1 or text == '"':
            quoted = text != '"' or not quoted
            quotation = "Q"
        elif years[i]:
            year = "Y"
            left -= 1
        elif text in ".。．":
            clause += _ends_sentence(tokens, i)
        elif text == "/" and i and tokens[i - 1].text == "/":
            clause += 1
            opened = "I"
        inside = "(" if depth else ("«" if quoted else "")
        here = _Place(inside, word + year + quotation + opened, str(min(clause, 5)), str(min(left, 2)))
    return out


def _ends_sentence(tokens: Sequence[Token], i: int) -> bool:
    """A full stop behind a word that is no initial and no short abbreviation in capitals."""
    word = tokens[i - 1].text if i else ""
    return len(word) > 2 or not word.isalpha() or word.islower()
