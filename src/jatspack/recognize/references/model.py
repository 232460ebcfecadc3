"""The statistical model of references: a linear-chain conditional random field (CRFsuite), asked in this module only.

It was trained on references that bench/training/ makes up. Labels: number, author, editor, year, title, journal, book
(a container that is no journal), series, volume (issue with it), pages, size, edition, genre, marker ([J], [online]),
place, publisher, doi, url, note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import groupby
from operator import itemgetter
from typing import Any

from jatspack.recognize.references.features import features
from jatspack.recognize.references.tokens import Token, tokenize
from jatspack.richtext import Rich

_ISLAND = 4  # tokens; so short a stretch between two of one label belongs to them


@dataclass(frozen=True, slots=True)
class Stretch:
    """A labelled stretch of the text."""

    label: str
    start: int
    end: int


@cache
def _tagger() -> Any:
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    with as_file(files("jatspack.recognize.references") / "model.crfsuite") as path:
        tagger.open(str(path))
    return tagger


def label(text: Rich) -> tuple[list[Stretch], float]:
    """The stretches of a printed reference in order, and how sure a label is on average (0 to 1)."""
    tokens = tokenize(_western(text.text))
    if not tokens:
        return [], 0.0
    tagger = _tagger()
    emphasis, hanging = _emphasis(text, tokens)
    labels = tagger.tag(features(tokens, emphasis))
    sure = float(tagger.probability(labels)) ** (1 / len(tokens))
    return _stretches(tokens, _smooth(_of_one_kind(labels, emphasis, hanging))), sure


def _western(plain: str) -> str:
    """The text with the digits that the model knows, years of the Iranian calendar as years of its century (it looks
    at what stands around them), and words that are joined by no space as one. As long as the text itself."""
    plain = plain.replace("\u200c", "\u0640")
    if not _OTHER_DIGIT.search(plain):
        return plain
    return _OTHER_DIGIT.sub(lambda found: str(int(found[0])), _SOLAR_YEAR.sub("2000", plain))


def _of_one_kind(labels: list[str], emphasis: list[bool], hanging: frozenset[int]) -> list[str]:
    """What stands in italics is one title or one container, numbers in it aside; italics that end and begin anew
    behind a title are its container."""
    out = list(labels)
    start, titled = 0, -1
    for end in range(1, len(emphasis) + 1):
        if end < len(emphasis) and emphasis[end] == emphasis[start] and end - 1 not in hanging:
            continue
        inside = [name for name in labels[start:end] if name in _TITLES]
        if emphasis[start] and end - start > _ISLAND and len(inside) * 2 >= end - start:
            most = max(_TITLES, key=inside.count)
            if most == "title" and titled == start:
                most = "journal" if "volume" in labels[end:] else "book"
            titled = end if most == "title" else titled
            out[start:end] = [name if name in _NUMBERS else most for name in labels[start:end]]
        elif emphasis[start] and end - start > _ISLAND and "title" not in labels:
            out[start:end] = ["title"] * (end - start)
        start = end
    return out


def _emphasis(text: Rich, tokens: list[Token]) -> tuple[list[bool], frozenset[int]]:
    """Which tokens are italic or bold, nothing where all or none are; which are signs that hang on such a word."""
    flags: list[tuple[int, bool]] = []
    at = 0
    for run in text:
        flags.append((at + len(run.text), bool(run.style & {"italic", "bold"})))
        at += len(run.text)
    out: list[bool] = []
    hung = set()
    n = 0
    for token in tokens:
        while n < len(flags) - 1 and flags[n][0] <= token.start:
            n += 1
        hanging = bool(out) and out[-1] and token.text in ".,;:" and not token.gap
        if hanging and not flags[n][1]:
            hung.add(len(out))
        out.append(flags[n][1] or hanging)
    return (out, frozenset(hung)) if any(out) and not all(out) else ([], frozenset())


def _smooth(labels: list[str]) -> list[str]:
    out = list(labels)
    at = 0
    while at < len(out):
        end = at
        while end < len(out) and out[end] == out[at]:
            end += 1
        if at > 0 and end < len(out) and end - at <= _ISLAND and out[at - 1] == out[end] and out[end] in _WHOLE:
            out[at:end] = [out[end]] * (end - at)
        at = end
    return out


_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_SOLAR_YEAR = re.compile(r"(?<!\d)[\u06f1\u0661][\u06f3\u06f4\u0663\u0664](?![0-9])\d(?![0-9])\d(?!\d)")
_TITLES = ("title", "journal", "book")
_NUMBERS = frozenset({"volume", "year", "pages"})
_WHOLE = frozenset({"author", "title", "journal", "book", "publisher", "editor"})


def _stretches(tokens: list[Token], labels: list[str]) -> list[Stretch]:
    out: list[Stretch] = []
    for name, same in groupby(zip(tokens, labels, strict=True), key=itemgetter(1)):
        inside = [token for token, _ in same]
        out.append(Stretch(name, inside[0].start, inside[-1].end))
    return out
