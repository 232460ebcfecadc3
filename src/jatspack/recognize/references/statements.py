"""Where names, title and container meet, told by the form of one of them: rules of bounds.py.

A name ends with its initials, a statement of responsibility begins with a slash, a thesis is named behind its title,
a title stands before [J], in 「」 or in quotation marks.
"""

from __future__ import annotations

import itertools
import re
from functools import cache

from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.references.authors import leading_names, names_role, read_names
from jatspack.recognize.references.model import Stretch
from jatspack.recognize.references.stretches import CONTAINERS, GB_TYPE, SENTENCE, WORDY, starting, trimmed, until
from jatspack.recognize.references.tokens import is_function_word

SLASH = re.compile(r"\s*(?<![/:])/(?!/)\s*")
SMALL = re.compile(r"(?<![^\W\d_])[^\W\d_]{4,}")
QUOTED_END = re.compile(r",\s*[„“\"«](?=[^„“”\"«»]{4,120}[”“\"»][\s,.]*$)")
DATED = re.compile(r"\s*[(\[](\d{4})[)\]]\s*[.،,:]?\s*(?=[^\W\d_]{2})")
CASELESS = re.compile(r"[\u0590-\u07ff\u0900-\u0dff\u10a0-\u10ff]")
LAST_SMALL = re.compile(r"(?<![^\W\d_])([^\W\d_A-ZА-Я]{1,4})\s*$")
BODY = re.compile(r"\s*[^.．\[\]]{2,30}[.．]\s*(?=[^\d\s])")
EAST_TITLE = re.compile(r"「[^「」]{2,200}」|〈[^〈〉]{2,200}〉")
EAST_WORK = re.compile(r"『[^『』]{2,150}』|《[^《》]{2,150}》")
EAST_HOUSE = re.compile(r"[\s.,、，]*[^\W\d_][^\d、，,.。:：]{1,30}(?=[、，,]\s*\d{4})")
GB_HOUSE = re.compile(
    r"\s*[.．]\s*([^\W\d_][^\d:：/.]{1,40}[:：]\s*[^\W\d_][^\d:：/]{2,60}?)(?=\s*[,，:：.．]\s*\d|\s*[.．]?$)"
)
NUMBERED = frozenset({"year", "volume", "pages", "size", "url", "doi"})
BEHIND_NAMES = re.compile(r"(?:\s+(?![^\W\d_]+,)|[.,:]\s+)(?!(?:[^\W\d_]\.|[^\W\d_a-z][^\W\d_]*\s[^\W\d_]\.)|[(&])")
BEFORE_GENRE = re.compile(r"[\s.:–—-]+$")


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
    return any(w not in _joining() for w in words)


@cache
def _joining() -> frozenset[str]:
    kinds = ("particle", "conjunction", "et-al", "and-others")
    return frozenset(word for kind in kinds for word in lexicon().words(kind))


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


def untitled(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Shevchenko T. H. Kobzar. A reference has a title: where none was seen it stands behind the last initials."""
    n = next((n for n, s in enumerate(stretches) if s.label == "author"), -1)
    if n < 0 or any(s.label == "title" for s in stretches) or any(s.label == "book" for s in stretches):
        return stretches
    one = stretches[n]
    end = leading_names(plain[: one.end], one.start)
    rest = plain[end : one.end]
    if end == one.start or not WORDY.search(rest) or names_role(rest) or not BEHIND_NAMES.match(rest):
        return stretches
    if any(lexicon().pattern(kind).match(rest.lstrip(" ,[")) for kind in ("et-al", "and-others")):
        return stretches
    title = trimmed(plain, Stretch("title", end, one.end))
    return [*stretches[:n], until(one, end), title, *stretches[n + 1 :]]


def caseless_names(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """In scripts without capitals initials alone tell a name: what was taken for the beginning of a title."""
    n = next((n for n, s in enumerate(stretches) if s.label != "number"), -1)
    if n < 0 or any(s.label == "author" for s in stretches) or not CASELESS.match(plain, stretches[n].start):
        return stretches
    one = stretches[n]
    end = leading_names(plain, one.start)
    while n < len(stretches) and stretches[n].end <= end:
        n += 1
    if end == one.start or n == len(stretches):
        return stretches
    rest = [trimmed(plain, starting(stretches[n], end)), *stretches[n + 1 :]]
    titled = any(s.label == "title" for s in rest) or rest[0].label in NUMBERED
    rest = rest if titled else _titled(plain, rest)
    return [s for s in stretches if s.end <= one.start] + [Stretch("author", one.start, end), *rest]


def dated_names(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Names (year). Title: in scripts without capitals nothing else tells where the names end."""
    out: list[Stretch] = []
    for stretch in stretches:
        year = DATED.search(plain[: stretch.end], stretch.start) if stretch.label == "author" else None
        if year and year.start() > stretch.start and CASELESS.match(plain, year.end()):
            out += [until(stretch, year.start()), Stretch("year", year.start(1), year.end(1))]
            out.append(Stretch("title", year.end(), stretch.end))
        else:
            out.append(stretch)
    return out


def _titled(plain: str, rest: list[Stretch]) -> list[Stretch]:
    """The first sentence behind the names is the title."""
    stop = SENTENCE.search(plain, rest[0].start, rest[0].end)
    first = Stretch("title", rest[0].start, stop.start() + 1 if stop else rest[0].end)
    return [first, *([starting(rest[0], stop.end())] if stop else []), *rest[1:]]


def body_first(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """World Health Organization. Title. A first sentence that names an institution is who published the second."""
    n = next((n for n, s in enumerate(stretches) if s.label != "number"), -1)
    if n < 0 or any(s.label == "author" for s in stretches) or stretches[n].label not in ("title", *CONTAINERS):
        return stretches
    one = stretches[n]
    stop = SENTENCE.search(plain, one.start, one.end)
    words = plain[one.start : stop.start()].split() if stop else []
    head = " ".join(words[:3])
    if not stop or not 1 < len(words) <= 8 or not lexicon().pattern("institution").search(head):
        return stretches
    if (
        len(plain[stop.end() : one.end].split()) < 2
        and stretches[n + 1 : n + 2] != []
        and stretches[n + 1].label != one.label
    ):
        return stretches
    names = Stretch("author", one.start, stop.start() + 1)
    return [*stretches[:n], names, Stretch("title", stop.end(), one.end), *stretches[n + 1 :]]


def whole_body(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Ministry of | Education. No name ends with a small word: it goes on to the full stop."""
    out = list(stretches)
    for n, (one, after) in enumerate(itertools.pairwise(stretches)):
        last = LAST_SMALL.search(plain, one.start, one.end) if one.label == "author" else None
        small = last is not None and (is_function_word(last[1]) or last[1] in lexicon().words("particle"))
        if last is None or not small or after.label not in ("title", *CONTAINERS):
            continue
        stop = SENTENCE.search(plain, after.start, after.end)
        if stop:
            out[n : n + 2] = [
                until(Stretch("author", one.start, after.end), stop.start() + 1),
                starting(after, stop.end()),
            ]
            break
    return out


def numbered_first(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Patent RU 2345678. Title · ISO 9001:2015, Title: the word and the number are no author."""
    first = next((s for s in stretches if s.label != "number"), None)
    if first is None or first.label != "author":
        return stretches
    numbered = lexicon().pattern("patent").match(plain, first.start) and re.search(r"\d{4}", plain[: first.end])
    if not numbered and not standard_number(plain, stretches):
        return stretches
    return [Stretch("genre", s.start, s.end) if s is first else s for s in stretches]


def standard_number(plain: str, stretches: list[Stretch]) -> bool:
    """Whether a reference begins with a word for standards and its number: GOST 7.1-2003."""
    start = next((s.start for s in stretches if s.label != "number"), 0)
    word = lexicon().pattern("standard").match(plain, start)
    return (
        word is not None and re.compile(r"[^\W\d_/ ]{0,3}[/ ]?[^\W\d_]{0,3}\s?\d").match(plain, word.end()) is not None
    )


def gb_title(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Names. Title[J]. What stands between the names and the mark of the kind is the title (GB/T 7714)."""
    marked = GB_TYPE.search(plain)
    if marked is None:
        return stretches
    begin = stretches[0].end if stretches[0].label == "number" else 0
    names = next((s for s in stretches if s.label == "author" and s.start < marked.start()), None)
    before = [s for s in stretches if s.label in ("author", "year") and s.end <= marked.start()] if names else []
    start = max((s.end for s in before), default=begin)
    author = sorted(before, key=lambda s: s.start)
    body = BODY.match(plain, begin, marked.start()) if names is None else None
    if body:
        author, start = [Stretch("author", begin, body.end())], body.end()
    if not plain[start : marked.start()].strip(" .．,，") or (names and plain[begin : names.start].strip()):
        return stretches
    title = trimmed(plain, Stretch("title", start, marked.start()))
    behind = [starting(s, marked.start()) for s in stretches if s.end > marked.start()]
    number = [s for s in stretches[:1] if s.label == "number"]
    return [*number, *author, title, *(_house_behind(plain, marked.end(), behind) if marked[0][1] == "M" else behind)]


def _house_behind(plain: str, end: int, behind: list[Stretch]) -> list[Stretch]:
    """Book[M]. Town: House, 1957. Behind a book that stands in no other come the town and the house."""
    house = GB_HOUSE.match(plain, end)
    if house is None:
        return behind
    rest = [starting(s, house.end()) for s in behind if s.end > house.end()]
    head = [until(s, house.start(1)) for s in behind if s.start < house.start(1)]
    return [*head, Stretch("publisher", house.start(1), house.end()), *rest]


def east_quotes(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Names「Title」『Journal』 · Names『Book』House: the marks say which is which."""
    title, work = EAST_TITLE.search(plain), EAST_WORK.search(plain)
    if title and work and work.start() < title.start():
        return stretches
    first, last = title or work, work or title
    if first is None or last is None:
        return stretches
    begin = stretches[0].end if stretches[0].label == "number" else 0
    before = [
        until(s, first.start())
        for s in stretches
        if s.start < first.start() and s.label in ("number", "year", "author")
    ]
    if not any(s.label == "author" for s in before) and plain[begin : first.start()].strip():
        stop = min([s.start for s in before if s.label == "year"], default=first.start())
        before = sorted([*before, Stretch("author", begin, stop)], key=lambda s: s.start)
    out = [*before, Stretch("title", first.start(), first.end())]
    behind = [starting(s, last.end()) for s in stretches if s.end > last.end()]
    if title and work:
        numbered = any(s.label in ("volume", "pages") for s in behind)
        out.append(Stretch("journal" if numbered else "book", work.start(), work.end()))
    house = EAST_HOUSE.match(plain, last.end())
    if house and not any(s.label == "volume" for s in behind):
        out.append(Stretch("publisher", last.end(), house.end()))
        behind = [starting(s, house.end()) for s in behind if s.end > house.end()]
    return [*out, *behind]


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
