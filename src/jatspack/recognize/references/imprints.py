"""Where the imprint begins and ends: place, publisher, edition, translator, address. Rules of bounds.py."""

from __future__ import annotations

import itertools
import re
from functools import cache

from jatspack.recognize.countries import country_in
from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.references.model import Stretch
from jatspack.recognize.references.stretches import CONTAINERS, WORDY, starting, until
from jatspack.recognize.references.vocabulary import alternatives, known

IMPRINT = re.compile(
    r"(?:(?<=[^\W\d_]{3}[.?!])|(?<=[\d\])»”\"][.?!»”\"]))\s+(?P<town>[^\W\d_a-z][^\d.:;?!/()]{1,30}?)\s?:\s+"
    r"(?P<house>[^\W\d_](?:[^\d:;().]|(?<![^\W\d_]{3})\.|[.](?=[;,])){1,60}?)(?P<stop>[;,])\s*(?=(?:1[5-9]|20)\d\d\b)"
)
BOOK_NUMBER = re.compile(r"\W*IS[BS]N\b")
HOUSE = re.compile(r"[^\W\d_a-z][^\W\d_]{2,}(?:\s[^\d.,;:]+)?")  # words, no abbreviation
NUMBERS = frozenset({"year", "volume", "pages"})
TOWN_HOUSE = re.compile(r"[\s(\[.,;]*([^\W\d_a-z][^\d.:：;?!/()]{1,30}?)\s?[:：]\s*(?=[^\W\d_]{2})")


def book_number(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """ISBN 0-306-40615-2: a number of the book, no series of it."""
    return [Stretch("note", s.start, s.end) if BOOK_NUMBER.match(plain, s.start, s.end) else s for s in stretches]


def before_address(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Journal. URL: https://… The word that brings the address is no part of what stands before it."""
    out = list(stretches)
    for n, (one, after) in enumerate(itertools.pairwise(stretches)):
        word = _available().search(plain[: one.end], one.start) if after.label == "url" else None
        if word and one.label in ("title", *CONTAINERS) and WORDY.search(plain, one.start, word.start()):
            out[n] = until(one, word.start())
    return out


@cache
def _available() -> re.Pattern[str]:
    return re.compile(rf"[\s.,;–—-]+(?i:{alternatives('available')})\s*[:：]?\s*$")


def ending_imprint(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Title. Geneva: WHO; 2020. A town, a colon, a house and the year: where one of the two is known for what it is."""
    if any(s.label == "volume" for s in stretches):
        return stretches
    for found in IMPRINT.finditer(plain, stretches[0].start if stretches else 0):
        start, colon, end = found.start("town"), found.end("town"), found.end("house")
        told = {s.label for s in stretches if s.start < end and s.end > start}
        sure = found["stop"] == ";" or {"place", "publisher"} & told or known("places").match(plain, start)
        if {"place", "publisher"} <= told:
            return stretches
        if not sure or len(found["town"].split()) > 4:
            continue
        between = [Stretch("place", start, colon), Stretch("publisher", found.start("house"), end)]
        before = _unpublished([until(s, start) for s in stretches if s.start < start])
        return [*before, *between, *(starting(s, end) for s in stretches if s.end > end and _kept(plain, s, end))]
    return stretches


def _unpublished(before: list[Stretch]) -> list[Stretch]:
    """What stands before the imprint is no publisher or place: the title, or, where there is one, a note to it."""
    name = "note" if any(s.label in ("title", *CONTAINERS) for s in before) else "title"
    out: list[Stretch] = []
    for stretch in before:
        label = name if stretch.label in ("place", "publisher") else stretch.label
        if out and label == name == out[-1].label:
            out[-1] = Stretch(name, out[-1].start, stretch.end)
        else:
            out.append(Stretch(label, stretch.start, stretch.end))
    return out


def _kept(plain: str, stretch: Stretch, end: int) -> bool:
    """Whether anything of a stretch is left behind the imprint."""
    return stretch.label in NUMBERS or any(c.isalnum() for c in plain[max(stretch.start, end) : stretch.end])


def parted_publisher(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Ankara: Pegem. A publisher with a colon in it begins with the town, where no other is."""
    if any(s.label == "place" for s in stretches):
        return stretches
    out: list[Stretch] = []
    for stretch in stretches:
        town = TOWN_HOUSE.match(plain, stretch.start, stretch.end) if stretch.label == "publisher" else None
        named = town and (len(town[1].split()) > 4 or lexicon().pattern("institution").search(town[1]))
        if town and not named and not any(c.isdigit() for c in plain[town.end() : stretch.end]):
            turned = known("publishers").search(town[1]) is not None
            first, second = ("publisher", "place") if turned else ("place", "publisher")
            out += [Stretch(first, stretch.start, town.end()), Stretch(second, town.end(), stretch.end)]
        else:
            out.append(stretch)
    return out


def named_house(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Title, Editura Academiei, Bucuresti: a word for publishers behind a comma opens the imprint."""
    if any(s.label == "publisher" for s in stretches):
        return stretches
    out: list[Stretch] = []
    for stretch in stretches:
        word = (
            _house_word().search(plain[: stretch.end], stretch.start + 4)
            if stretch.label in ("title", "book")
            else None
        )
        if word is None:
            out.append(stretch)
            continue
        comma = plain.find(",", word.end(), stretch.end)
        out += [until(stretch, word.start()), Stretch("publisher", word.end(), comma if comma > 0 else stretch.end)]
        if comma > 0 and WORDY.search(plain, comma, stretch.end):
            out.append(Stretch("place", comma + 1, stretch.end))
    return out


@cache
def _house_word() -> re.Pattern[str]:
    short = frozenset(w for w in lexicon().words("publisher") if w.endswith(".") or w.startswith("*"))
    return re.compile(rf",\s+(?=[^\W\d_a-zа-я])(?=(?i:{alternatives('publisher', drop=short)})\s+[^\W\d_a-zа-я])")


def translated(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Title. Translated by Names. The translator is no part of the title."""
    out: list[Stretch] = []
    for stretch in stretches:
        found = (
            _translated().search(plain[: stretch.end], stretch.start + 4)
            if stretch.label in ("title", "book")
            else None
        )
        if found:
            out += [until(stretch, found.start()), Stretch("editor", found.start(), stretch.end)]
        else:
            out.append(stretch)
    return out


@cache
def _translated() -> re.Pattern[str]:
    return re.compile(rf"(?<=[.,;])\s+(?i:{alternatives('translated-by')})\s+(?=[^\W\d_a-zа-я])")


def edition(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Handbook of education (2nd ed.: words before the bracket are the title's."""
    out = list(stretches)
    for n, (one, after) in enumerate(itertools.pairwise(stretches)):
        bracket = plain.find("(", after.start + 1, after.end) if after.label == "edition" else -1
        whole = bracket > 0 and one.label in ("title", *CONTAINERS) and plain[: one.end].rstrip()[-1:].isalnum()
        if whole and WORDY.search(plain, after.start, bracket):
            out[n], out[n + 1] = Stretch(one.label, out[n].start, bracket), starting(after, bracket)
    return out


def town_alone(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Title. Brasilia; 2019. What was taken for a journal is a town that is known, where no volume follows."""
    if any(s.label in ("volume", "pages", "place") for s in stretches):
        return stretches
    out = []
    for stretch in stretches:
        words = plain[stretch.start : stretch.end].strip(" .,;:")
        town = stretch.label in CONTAINERS and known("places").fullmatch(words)
        out.append(Stretch("place", stretch.start, stretch.end) if town else stretch)
    return out


def comma_imprint(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Paris, Retz · Wiley-VCH, Weinheim: what was taken for a place is a place and a house, one of the two known."""
    if any(s.label == "publisher" for s in stretches):
        return stretches
    out: list[Stretch] = []
    for stretch in stretches:
        comma = plain.find(",", stretch.start, stretch.end) if stretch.label == "place" else -1
        if comma < 0 or plain.find(",", comma + 1, stretch.end - 1) > 0:
            out.append(stretch)
            continue
        halves = [plain[stretch.start : comma].strip(), plain[comma + 1 : stretch.end].strip(" ,;")]
        town_first = known("places").fullmatch(halves[0]) and HOUSE.fullmatch(halves[1]) and not _region(halves[1])
        if not town_first and not (known("publishers").fullmatch(halves[0]) and known("places").fullmatch(halves[1])):
            out.append(stretch)
            continue
        first, second = ("place", "publisher") if town_first else ("publisher", "place")
        out += [Stretch(first, stretch.start, comma), Stretch(second, comma + 1, stretch.end)]
    return out


def _region(words: str) -> bool:
    """A state, a country, a town, or a month: no house."""
    named = any(known(table).fullmatch(words) for table in ("states", "places"))
    return named or bool(country_in(words)) or lexicon().month(words) is not None
