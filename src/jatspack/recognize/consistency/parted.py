"""Words that a space or a line end has cut in two: the whole form stands elsewhere, and one half is no word.

The two printings of one reference are evidence too: what one of them has as one word and the other as two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from jatspack.article import Article
from jatspack.config import entry
from jatspack.findings import Finding, finding
from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.words import LONGEST, Words, case_parts, is_ending
from jatspack.richtext import Rich

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 6  # letters of a word that was cut
_HALF = 2
_COMMON = 2  # how often a word stands that is surely one
_SHORT_TWIN = 5
_PART = 4  # letters of what may be a word by itself


def parted_words(words: Words, article: Article) -> Iterator[Finding]:
    """Findings `word-split` for cut words, `space-lost` and `word-split` for what twins print otherwise."""
    yield from _cut(words)
    yield from _twins(article)


def _found(code: str, line: int, word: str, suggestion: str, why: str) -> Finding:
    correction = entry("replace", find=word, by=suggestion, lines=str(line))
    return finding(code, (line, line), correction=correction, word=word, suggestion=suggestion, why=why)


def _cut(words: Words) -> Iterator[Finding]:
    for whole in sorted(words.pairs & words.counts.keys()):
        if not _SHORTEST <= len(whole) <= LONGEST:
            continue
        for cut in range(_HALF, len(whole) - _HALF + 1):
            a, b = whole[:cut], whole[cut:]
            if words.counts[a] and words.counts[b]:
                yield from _places(words, whole, a, b)


def _places(words: Words, whole: str, a: str, b: str) -> Iterator[Finding]:
    """Where the halves stand side by side and nowhere else, if the whole is common or its end a known ending."""
    if max(words.counts[a], words.counts[b]) > words.counts[whole]:
        return
    if words.counts[whole] < _COMMON and not is_ending(b):
        return  # where spaces were lost the whole is no word
    row = re.compile(rf"(?<![^\W\d_]){re.escape(a)}\s{re.escape(b)}(?![^\W\d_])", re.IGNORECASE)
    found = [(rich, match) for rich, plain in words.pieces_with(a) for match in row.finditer(plain)]
    if max(words.counts[a], words.counts[b]) > len(found):
        return
    for rich, match in found:
        halves = match[0].split()
        if halves[1].islower():
            why = "the joined form stands elsewhere"
            yield _found("word-split", rich.line_at(match.start()), " ".join(halves), "".join(halves), why)


# --- twins --------------------------------------------------------------------


def _twins(article: Article) -> Iterator[Finding]:
    for group in article.reference_lists:
        for reference in group.references:
            for one, other in pairwise(reference.citations):
                yield from _compare(one.text.text, other.text.text)
                yield from _compare(other.text.text, one.text.text)


def _compare(one: Rich, other: Rich) -> Iterator[Finding]:
    """A word of one printing that is two words of the other."""
    whole = {match[0].casefold(): match for match in _WORD.finditer(one.text) if len(match[0]) >= _SHORT_TWIN}
    row = list(_WORD.finditer(other.text))
    for a, b in pairwise(row):
        match = whole.get((a[0] + b[0]).casefold())
        if match is None or other.text[a.end() : b.start()].strip():
            continue
        if len(case_parts(match[0])) > 1 or (_is_word(a[0]) and _is_word(b[0])):
            parted = f"{match[0][: len(a[0])]} {match[0][len(a[0]) :]}"
            why = "the other printing of the reference has two words"
            yield _found("space-lost", one.line_at(match.start()), match[0], parted, why)
        elif b[0].islower():
            why = "the other printing of the reference has one word"
            yield _found("word-split", other.line_at(a.start()), f"{a[0]} {b[0]}", match[0], why)


def _is_word(half: str) -> bool:
    """Whether it may stand by itself: a function word, or long enough and no ending."""
    folded = half.casefold()
    return folded in _function_words() or (len(folded) >= _PART and not is_ending(folded))


@cache
def _function_words() -> frozenset[str]:
    return frozenset(lexicon().words("stopword"))
