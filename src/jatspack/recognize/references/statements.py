"""Where names, title, container and imprint meet, told by the form of one of them: rules of bounds.py.

A name ends with its initials, a statement of responsibility begins with a slash, a thesis is named behind its title,
and an entry ends with place, publisher and year.
"""

from __future__ import annotations

import itertools
import re
from functools import cache

from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.references.authors import names_role, read_names
from jatspack.recognize.references.model import Stretch
from jatspack.recognize.references.stretches import CONTAINERS, starting, until
from jatspack.recognize.references.vocabulary import alternatives, known

SLASH = re.compile(r"\s*(?<![/:])/(?!/)\s*")
SMALL = re.compile(r"(?<![^\W\d_])[^\W\d_]{4,}")
IMPRINT = re.compile(
    r"(?:(?<=[^\W\d_]{3}[.?!])|(?<=[\d\])»”\"][.?!»”\"]))\s+(?P<town>[^\W\d_a-z][^\d.:;?!/()]{1,30}?)\s?:\s+"
    r"(?P<house>[^\W\d_](?:[^\d:;().]|(?<![^\W\d_]{3})\.|[.](?=[;,])){1,60}?)(?P<stop>[;,])\s*(?=(?:1[5-9]|20)\d\d\b)"
)
QUOTED_END = re.compile(r",\s*[„“\"«](?=[^„“”\"«»]{4,120}[”“\"»][\s,.]*$)")
BEFORE_GENRE = re.compile(r"[\s.:–—-]+$")
WORDY = re.compile(r"[^\W\d_]{3}")
BOOK_NUMBER = re.compile(r"\W*IS[BS]N\b")
NUMBERS = frozenset({"year", "volume", "pages"})


def names_run_out(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Ivanov I.I. Problems of water / I.I. Ivanov, P.P. Petrov // A name ends with its initials; words behind them
    that no comma or "and" joins are the title's, and a slash behind the title brings back the names."""
    n = next((n for n, s in enumerate(stretches) if s.label == "author"), -1)
    if n < 0 or any(s.label == "title" for s in stretches[:n]):
        return stretches
    one = stretches[n]
    names, end = read_names(plain[: one.end], one.start)
    rest = plain[end : one.end]
    opened = re.match(r"\.?\s+(?=[^\W\d_a-z])", rest)
    slash = SLASH.search(rest)
    if not names or opened is None or names_role(rest) or not _prose(rest[: slash.start() if slash else None]):
        return stretches
    after = stretches[n + 1] if n + 1 < len(stretches) else None
    joined = slash is None and after is not None and after.label == "title"
    title = Stretch("title", end + opened.end(), after.end if joined and after else one.end)
    out = [*stretches[:n], until(one, end + opened.end()), title]
    if slash:
        out[-1] = until(title, end + slash.start())
        out.append(Stretch("author", end + slash.end(), one.end))
    return [*out, *stretches[n + 2 if joined else n + 1 :]]


def _prose(text: str) -> bool:
    """Whether words in small letters stand there that join no names and are no part of one."""
    words = [w for w in SMALL.findall(text) if w.islower()]
    joining = {w for kind in ("particle", "conjunction", "et-al", "and-others") for w in lexicon().words(kind)}
    return any(w not in joining for w in words)


def thesis(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Title: thesis of a candidate of sciences. What stands before the word for a thesis is the title, where no
    other is."""
    if any(s.label in ("title", *CONTAINERS) for s in stretches):
        return stretches
    out: list[Stretch] = []
    for stretch in stretches:
        word = (
            lexicon().pattern("thesis").search(plain[: stretch.end], stretch.start)
            if stretch.label == "genre"
            else None
        )
        joint = BEFORE_GENRE.search(plain, stretch.start, word.start()) if word else None
        if word and joint and WORDY.search(plain, stretch.start, joint.start()):
            out += [Stretch("title", stretch.start, joint.start()), starting(stretch, word.start())]
        else:
            out.append(stretch)
    return out


def patent(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Patent RU 2345678. Title: the word and the number are no author."""
    if not stretches or stretches[0].label != "author" or lexicon().pattern("patent").match(plain) is None:
        return stretches
    first = stretches[0]
    return (
        [Stretch("genre", first.start, first.end), *stretches[1:]]
        if re.search(r"\d{4}", plain[: first.end])
        else stretches
    )


def quoted_journal(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Title, „Journal” 2010, 45: what is quoted at the end of a title, behind a comma, is where it stands."""
    out: list[Stretch] = []
    held = any(s.label in CONTAINERS for s in stretches)
    for n, stretch in enumerate(stretches):
        numbered = {s.label for s in stretches[n + 1 :]} & {"volume", "pages"}
        quoted = QUOTED_END.search(plain[: stretch.end], stretch.start + 8) if stretch.label == "title" else None
        if quoted and numbered and not held:
            out += [until(stretch, quoted.start()), Stretch("journal", quoted.start() + 1, stretch.end)]
        else:
            out.append(stretch)
    return out


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
