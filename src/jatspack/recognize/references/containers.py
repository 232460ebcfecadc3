"""Where the journal, the book and the imprint of a reference begin and end: rules of bounds.py."""

from __future__ import annotations

import re
from functools import cache

from jatspack.recognize.countries import country_in
from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.references.authors import read_names
from jatspack.recognize.references.model import Stretch
from jatspack.recognize.references.stretches import CONTAINERS, starting, until
from jatspack.recognize.references.vocabulary import alternatives, known

DOUBLE_SLASH = re.compile(r"(?<![:/])(?<!:\s)//(?!/)\s*")  # not of https: //
DASHED = re.compile(r"\s[–—-]\s*(?:1[5-9]|20)\d\d\b|[.,]\s+(?:1[5-9]|20)\d\d\b")
YEAR_NAME = re.compile(r"[(\[]?(?:1[5-9]|20)\d\d[a-z]?[)\]]?[.,:;]?\s+([^\W\d_][^\d,;:()]{1,60})[,.;:\s]*")
HOUSE = re.compile(r"\s*[:：]\s*(?=[^\W\d_]{2})")
IMPRINT = re.compile(r"\s*\((?=[^()]{3,120}[:;,][^()]{0,60}\b(?:1[5-9]|20)\d\d\s*\))")
SENTENCE_STOP = re.compile(r"(?<=[^\W\d_]{3})\s?[.。．](?=\s|$)")
COUNTRY_TAIL = re.compile(r"\s?,\s*([^\W\d_][^\d,.;:()]{2,40})[\s,.]*$")
YEAR_STOP = re.compile(r"(?<=\d{4})\s?[.](?=\s|$)")
YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
WORDS_OF_ACTS = frozenset({"title", "journal", "book", "author", "genre", "series", "note", "publisher"})
DIGIT = re.compile(r"\d")
NAMES_AT_MOST = 160  # characters of editors' names
NUMBERED = frozenset({"year", "volume", "pages", "size", "url", "doi", "note"})


def slashed(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """``//`` is a sure sign (GOST R 7.0.5): the title ends before it, the container begins behind it."""
    slash = DOUBLE_SLASH.search(plain)
    if slash is None:
        return stretches
    behind = [s.label for s in stretches if s.end > slash.end()]
    name = "book" if "book" in behind and "volume" not in behind else "journal"
    stops = [s.start for s in stretches if s.label in NUMBERED and s.start > slash.end() + 2]
    stop = min([*stops, *(m.start() for m in [DASHED.search(plain, slash.end())] if m), len(plain)])
    before = [until(s, slash.start()) for s in stretches if s.start < slash.start()]
    titles = [s for s in before if s.label == "title"]
    if not titles and len(before) > 1:
        last = before[-1]
        before[-1] = Stretch("title", last.start, last.end)
    return [*before, Stretch(name, slash.end(), stop), *(s for s in stretches if s.start >= stop)]


def chapter(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Title. In: Names (eds.). Book. What stands before "In" is the title, what follows the editors the book's."""
    within = _within().search(plain)
    role = _role().search(plain, within.end(), within.end() + NAMES_AT_MOST) if within else None
    if within is None or role is None or (role[0][0] == "," and read_names(plain, within.end())[1] != role.start()):
        return stretches
    named = [s for s in stretches if s.start < within.start()]
    start = max((s.end for s in named if s.label in ("author", "year")), default=0)
    if any(s.label in CONTAINERS for s in named) or not re.search(r"[^\W\d_]{3}", plain[start : within.start()]):
        return stretches
    numbers = (s for s in stretches if s.label in (*NUMBERED, "edition") and DIGIT.search(plain, s.start, s.end))
    towns = (s for s in stretches if s.label == "place" and known("places").match(plain, s.start))
    bounds = [s.start for s in (*numbers, *towns) if s.start > role.end() + 2]
    stop = SENTENCE_STOP.search(plain, role.end())
    end = min([*bounds, *([stop.start()] if stop else []), len(plain)])
    return [
        *(s for s in named if s.label in ("author", "year")),
        Stretch("title", start, within.start()),
        Stretch("editor", within.start(), role.end()),
        Stretch("book", role.end(), end),
        *(starting(s, end) for s in stretches if s.end > end),
    ]


@cache
def _within() -> re.Pattern[str]:
    """In: · In : · In.: · Em: behind the end of a sentence."""
    return re.compile(rf"(?<=[.?!»”\"]\s)(?=[^\W\d_a-zа-я])(?i:{alternatives('in')})(?:\s?[.:]{{1,2}}|(?=\s))\s+")


@cache
def _role() -> re.Pattern[str]:
    """(eds.). · (Org.), · (Hrsg.): · , editors."""
    words = rf"(?i:{alternatives('editor')})"
    return re.compile(
        rf"(?:[(（\[]\s*{words}[^()（）\[\]]{{0,12}}[)）\]]\s*[.,:]*"
        rf"|,\s{words}\s?[.:](?=\s[^\W\d_a-z](?:[^\W\d_]{{2}}|\s)))\s+"
    )


def behind_year(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """1992, ApJ, 400, 699: a name between year and volume is the journal's, where nothing else is."""
    if any(s.label in CONTAINERS for s in stretches):
        return stretches
    out: list[Stretch] = []
    for n, stretch in enumerate(stretches):
        name = YEAR_NAME.fullmatch(plain, stretch.start, stretch.end) if stretch.label == "year" else None
        numbered = n + 1 < len(stretches) and stretches[n + 1].label == "volume"
        if name and numbered and lexicon().month(name[1].casefold()) is None:
            out += [Stretch("year", stretch.start, name.start(1)), Stretch("journal", name.start(1), stretch.end)]
        else:
            out.append(stretch)
    return out


def house(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Berlin: Campus. Behind the place and a colon stands who published it."""
    out: list[Stretch] = []
    for n, stretch in enumerate(stretches):
        colon = HOUSE.search(plain, stretch.start, stretch.end) if stretch.label == "place" else None
        if colon is None or any(s.label == "publisher" for s in stretches[n + 1 : n + 2]):
            out.append(stretch)
        else:
            out.append(Stretch("place", stretch.start, colon.start()))
            out.append(Stretch("publisher", colon.end(), stretch.end))
    return out


def container_end(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """A book's title ends before "edited by", and before the town where it was printed."""
    out: list[Stretch] = []
    for stretch in stretches:
        if stretch.label != "book":
            out.append(stretch)
            continue
        start = stretch.start + 8
        edited = _edited().search(plain, start, stretch.end)
        end = edited.start() if edited else stretch.end
        town = next(
            (m for m in known("places").finditer(plain, start, end) if plain[: m.start()].rstrip()[-1:] in ",."), None
        )
        house = re.compile(r"[^:]{0,25}:\s*").match(plain, town.end(), end) if town else None
        if town and (house or not re.search(r"[^\W\d_]\s+[^\W\d_]{4,}", plain[town.end() : end])):
            out.append(Stretch("book", stretch.start, town.start()))
            out.append(Stretch("place", town.start(), house.end() if house else end))
            if house:
                out.append(Stretch("publisher", house.end(), end))
        else:
            out.append(Stretch("book", stretch.start, end))
        if edited:
            out.append(Stretch("editor", edited.start(), stretch.end))
    return out


@cache
def _edited() -> re.Pattern[str]:
    return re.compile(rf"(?<=[,.(])\s*(?i:{alternatives('editor')})\s+(?=[^\W\d_a-z])")


def imprint(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """(Boulder: Westview Press, 1998): place, publisher and year in brackets are no words of the title."""
    found = next(
        (m for s in stretches if s.label == "title" for m in IMPRINT.finditer(plain, s.start + 4, s.end)), None
    )
    if found is None:
        return stretches
    start, close = found.end(), plain.index(")", found.end())
    colon, comma = plain.find(":", start, close), plain.rfind(",", start, close)
    if comma <= colon:
        return stretches
    parts = [Stretch("place", start, colon)] if colon >= 0 else []
    parts += [Stretch("publisher", max(colon + 1, start), comma), Stretch("year", comma, close)]
    before = [until(s, found.start()) for s in stretches if s.start < found.start()]
    return [*before, *parts, *(starting(s, close + 1) for s in stretches if s.end > close + 1)]


def legal(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Country. Law no. 9.985 of 18 July 2000. The act with its number and date is the title, who made it the author."""
    act = _act().search(plain)
    if act is None or not any(s.start <= act.start() < s.end and s.label in WORDS_OF_ACTS for s in stretches):
        return stretches
    stop = SENTENCE_STOP.search(plain, act.end()) or YEAR_STOP.search(plain, act.end())
    end = stop.start() if stop else len(plain)
    author = [Stretch("author", 0, act.start())] if plain[: act.start()].strip(" .,") else []
    behind = [starting(s, end) for s in stretches if s.end > end]
    years = [Stretch("year", m.start(), m.end()) for m in YEAR.finditer(plain, act.end(), end)][-1:]
    dated = [Stretch("title", act.start(), years[0].start), *years] if years else [Stretch("title", act.start(), end)]
    return [*author, *dated, *behind]


@cache
def _act() -> re.Pattern[str]:
    """At the beginning or behind a full stop the word for a legal act, and its number not far behind."""
    words = alternatives("legal-act")
    return re.compile(
        rf"(?:\A|(?<=[.,]\s))(?i:{words})(?![^\W\d_])[^.;\d]{{0,40}}?(?i:n[.º°o]{{0,2}}|no\.|nr\.?|№)\s?\d"
    )


def located(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """El Camino, Argentina, 3 sep. 2017. A country behind a newspaper's name and a comma is where it is printed."""
    out: list[Stretch] = []
    for stretch in stretches:
        tail = COUNTRY_TAIL.search(plain, stretch.start, stretch.end) if stretch.label in CONTAINERS else None
        named = country_in(tail[1]) if tail else []
        if tail and named and named[0][0] == 0 and named[0][1] == len(tail[1]):
            out += [until(stretch, tail.start()), Stretch("place", tail.start(1), stretch.end)]
        else:
            out.append(stretch)
    return out
