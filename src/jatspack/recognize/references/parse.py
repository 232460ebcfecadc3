"""One printed reference taken apart. The text stays as printed; parts are stretches of it.

What has a form of its own (DOI, address, numbers) is found by that form (facts.py); which words are whose (names,
title, container, publisher) is what the statistical model says (model.py), and names are taken apart by authors.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jatspack.article import Citation, Origin, Part, Tagged
from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.references.abbreviated import abbreviation
from jatspack.recognize.references.authors import names_role, read_people
from jatspack.recognize.references.bounds import bounded
from jatspack.recognize.references.facts import (
    Facts,
    addresses,
    ending_volume,
    page_parts,
    plain_pages,
    plain_volume,
    volume_parts,
    year_part,
)
from jatspack.recognize.references.model import Stretch, label
from jatspack.recognize.references.statements import standard_number
from jatspack.recognize.references.stretches import GB_TYPE, SENTENCE
from jatspack.richtext import Rich

GB_KIND = {"J": "journal", "M": "book", "D": "thesis", "C": "confproc", "N": "newspaper", "P": "patent", "R": "report",
           "S": "standard", "EB": "webpage", "DB": "data", "CP": "software", "G": "book"}  # fmt: skip
WHOLE_WORKS = frozenset({"book", "thesis", "report", "webpage", "patent", "standard", "data", "software", "other"})
LAST_YEAR = re.compile(r"[\s,.;(–—-]+(?:1[5-9]|20)\d\d[\s).,–—-]*$")
BETWEEN = re.compile(r"[\s,.]*(\d{1,4})\s*[,;(]\D{0,12}")
ONE_LETTER_TOWN = re.compile(r"\.\s?[:：;,–—-]")  # M.: stands for a town, R.M . for no one
SHORTEST = 3  # characters of a title
EAST_END = re.compile(
    r"(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])[.．。]\s*(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])"
)
SHORT_END = re.compile(r"\.\s+(?=[^\W\d_a-zа-я][^\W\d_]{3})")  # a full stop behind an initial, where no other is
EDGE = " \t\n\u2028.,;:：，。．、،؛-–—/|"
QUOTES = '“”„"«»‘’‹›「」『』《》〈〉'
BRACKETS = {")": "(", "）": "（", "]": "[", "］": "［"}


def parse_reference(text: Rich, lang: str = "") -> Citation:
    """The parts of a reference (JATS mixed-citation) and its publication-type (JATS4R); its language as given."""
    plain = text.text
    stretches, sure = label(text)
    stretches = bounded(plain, stretches)
    facts = Facts()
    addresses(plain, facts)
    _numbers(plain, stretches, facts)
    kind = _kind(plain, stretches, facts)
    parts = [_with_target(p, text) for p in facts.parts]
    kind, works = _works(plain, stretches, kind, facts)
    for part in (*_people(plain, stretches), *works, *_imprint(plain, stretches)):
        if facts.free(part.start, part.end):
            parts.append(part)
        elif shorter := _before(plain, part, facts):
            parts.append(shorter)
    if volume := _volume_between(plain, parts):
        parts.append(volume)
    parts.sort(key=lambda p: (p.start, -p.end))
    kept: list[Part] = []
    for part in parts:
        if not kept or part.start >= kept[-1].end:
            kept.append(part)
    origin = Origin((text.lines,), f"reference: {kind or 'unknown kind'}", round(sure, 2))
    return Citation(lang, Tagged(text, tuple(kept)), kind, origin)


def _with_target(part: Part, text: Rich) -> Part:
    """A link goes where the source's link goes, not where a damaged print of it would."""
    href = text.run_at(part.start).href if part.tag == "ext-link" else ""
    if not href.startswith(("http://", "https://")):
        return part
    kept = tuple((k, v) for k, v in part.attributes if k != "xlink:href")
    return Part(part.tag, part.start, part.end, (*kept, ("xlink:href", href)))


def _volume_between(plain: str, parts: Sequence[Part]) -> Part | None:
    """American Roads 20, no. 3: the number between the journal and the issue, where no volume was found."""
    first = {tag: next((p for p in parts if p.tag == tag), None) for tag in ("source", "issue", "volume")}
    source, issue = first["source"], first["issue"]
    if first["volume"] or source is None or issue is None:
        return None
    found = BETWEEN.fullmatch(plain, source.end, issue.start)
    return Part("volume", found.start(1), found.end(1)) if found else None


def _before(plain: str, part: Part, facts: Facts) -> Part | None:
    """The part up to the first fact inside it, where it has no parts of its own and enough is left."""
    end = min((p.start for p in facts.parts if p.start > part.start and p.start < part.end), default=part.end)
    while end > part.start and plain[end - 1].isspace():
        end -= 1
    started_in = any(p.start <= part.start < p.end for p in facts.parts)
    return (
        None if part.parts or started_in or end - part.start < 4 else Part(part.tag, part.start, end, part.attributes)
    )


def _numbers(plain: str, stretches: list[Stretch], facts: Facts) -> None:
    """Year, volume, issue, pages: inside what the model takes for them, by their forms."""
    year_part(plain, [s for s in stretches if s.label == "year"], facts)
    for stretch in stretches:
        if stretch.label == "volume":
            volume_parts(plain, stretch.start, stretch.end, facts)
    paged = [s for s in stretches if s.label == "pages"]
    for stretch in sorted(
        paged, key=lambda s: (lexicon().pattern("pages").search(plain[s.start : s.end]) is None, -s.start)
    ):
        page_parts(plain, stretch.start, stretch.end, facts)
    behind = max((s.end for s in stretches if s.label in ("title", "author", "journal")), default=0)
    if facts.get("volume") is None and (journals := [s for s in stretches if s.label == "journal"]):
        ending_volume(plain, journals[-1].start, journals[-1].end, facts)
    if facts.get("volume", "issue") is None:
        plain_volume(plain, behind, facts)
    if facts.get("fpage", "elocation-id") is None:
        plain_pages(plain, behind, facts)


def _kind(plain: str, stretches: list[Stretch], facts: Facts) -> str:
    """publication-type (JATS4R, Citations)."""
    has = {s.label for s in stretches}
    words = {name: " ".join(plain[s.start : s.end] for s in stretches if s.label == name) for name in has}
    marked = GB_TYPE.search(plain)
    if marked:
        return GB_KIND.get(marked[1], "other")
    aside = words.get("genre", "") + " " + words.get("marker", "")
    for kind in ("thesis", "patent"):
        if aside.strip() and lexicon().pattern(kind).search(aside):
            return kind
    if standard_number(plain, stretches):
        return "standard"
    if "book" in has and "journal" not in has:
        return "confproc" if lexicon().pattern("conference").search(words["book"]) else "book"
    return _kind_by_parts(has, facts)


def _kind_by_parts(has: set[str], facts: Facts) -> str:
    if "journal" in has or ("title" in has and "volume" in has and "publisher" not in has):
        return "journal"
    if "genre" in has:
        return "report"
    if "title" not in has:
        return "other"
    imprint = has & {"publisher", "place", "edition", "size", "editor"}
    if "pages" in has and not imprint:
        return "journal"
    return "webpage" if not imprint and facts.get("ext-link") else "book"


def _people(plain: str, stretches: list[Stretch]) -> list[Part]:
    """The groups of persons, each in its role."""
    out: list[Part] = []
    for stretch in stretches:
        if stretch.label not in ("author", "editor"):
            continue
        people = read_people(plain, stretch.start, stretch.end, institution=stretch.label == "author" and not out)
        if people:
            edited = stretch.label == "editor" or names_role(plain[people[-1].end : stretch.end])
            translated = edited and lexicon().pattern("translated-by").search(plain[stretch.start : people[0].start])
            role = "translator" if translated else "editor" if edited else "author"
            kind = (("person-group-type", role),)
            out.append(Part("person-group", people[0].start, people[-1].end, kind, tuple(people)))
    return out


def _works(plain: str, stretches: list[Stretch], kind: str, facts: Facts) -> tuple[str, list[Part]]:
    """The kind, and title, container and series. The title of a work of its own is its source (JATS4R)."""
    container = _longest([s for s in stretches if s.label in ("journal", "book")])
    title = next((s for s in stretches if s.label == "title" and s.end - s.start > SHORTEST), None)
    if title is None and container and container.label == "journal" and not facts.get("volume", "issue", "year"):
        title, container = Stretch("title", container.start, container.end), None
    whole = title or container
    paged = ("fpage",) if kind == "journal" else ()
    cut = title is None and container is not None and abbreviation(plain[container.start : container.end])
    if whole and not cut and (title is None or container is None) and facts.get("volume", "issue", *paged):
        breaks = list(SENTENCE.finditer(plain, whole.start + 4, whole.end))
        breaks = breaks or list(EAST_END.finditer(plain, whole.start + 4, whole.end))
        breaks = breaks or list(SHORT_END.finditer(plain, whole.start + 24, whole.end))
        if breaks:  # a volume is a journal's: its name is the last sentence of what was taken for one
            container = Stretch("journal", breaks[-1].end(), whole.end)
            title = Stretch("title", whole.start, breaks[-1].start() + (plain[breaks[-1].start()] in "?!"))
            kind = "journal"
    own = container is None and (kind in WHOLE_WORKS or title is None)
    tag = "source" if own else ("chapter-title" if kind == "book" else "article-title")
    found = [_part(tag, plain, title)] if title else []
    if container:
        start, end = _after_in(plain, container), container.end
        dated = LAST_YEAR.search(plain[start:end])
        found.append(_part("source", plain, Stretch(container.label, start, start + dated.start() if dated else end)))
    found += [_part("series", plain, s) for s in stretches if s.label == "series"]
    return kind, [p for p in found if p]


def _after_in(plain: str, stretch: Stretch) -> int:
    """Behind the word or sign that opens a container: In, In:, //."""
    opened = re.compile(r"[\s(]*//\s*").match(plain, stretch.start, stretch.end)
    if opened:
        return opened.end()
    word = lexicon().pattern("in").match(plain, stretch.start)
    parted = plain[stretch.start].isupper() or plain[: stretch.start].rstrip()[-1:] in '”"»“’'
    if word is None or word.end() >= stretch.end or not parted:
        return stretch.start
    gap = re.compile(r"\s*[:：]?\s*").match(plain, word.end())
    rest = plain[gap.end() : gap.end() + 1] if gap else ""
    return (
        gap.end()
        if gap and (":" in gap[0] or rest.isupper() or not rest.isalpha() or not rest.islower())
        else stretch.start
    )


def _imprint(plain: str, stretches: list[Stretch]) -> list[Part]:
    stretches = _one_house(plain, stretches)
    tags = {"place": "publisher-loc", "publisher": "publisher-name", "edition": "edition"}
    seen: set[str] = set()
    out = []
    for stretch in stretches:
        tag = tags.get(stretch.label)
        part = _part(tag, plain, stretch) if tag and tag not in seen else None
        if part:
            seen.add(part.tag)
            out.append(part)
    return out


def _one_house(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """A place with nothing between it and the publisher is the beginning of its name: "Istanbul University" "Press"."""
    out: list[Stretch] = []
    for stretch in stretches:
        last = out[-1] if out else None
        between = plain[last.end : stretch.start] if last else ""
        glued = not between.strip() and last is not None and plain[last.end - 1].isalnum()
        glued = glued and plain[stretch.start] not in ":："
        if last and glued and {last.label, stretch.label} == {"place", "publisher"}:
            out[-1] = Stretch("publisher", last.start, stretch.end)
        else:
            out.append(stretch)
    return out


def _longest(stretches: list[Stretch]) -> Stretch | None:
    return max(stretches, key=lambda s: s.end - s.start, default=None)


def _part(tag: str, plain: str, stretch: Stretch) -> Part | None:
    """The stretch without the punctuation around it."""
    start, end = stretch.start, stretch.end
    while start < end and (plain[start] in EDGE or plain[start] in QUOTES or plain[start] in "([（［"):
        start += 1
    while end > start and (plain[end - 1] in EDGE or plain[end - 1] in QUOTES or _stray(plain, start, end)):
        end -= 1
    least = 1 if tag == "publisher-loc" and ONE_LETTER_TOWN.match(plain, end) else 2
    if end - start < least or not any(c.isalpha() for c in plain[start:end]):
        return None
    return Part(tag, start, end)


def _stray(plain: str, start: int, end: int) -> bool:
    """A closing bracket that nothing inside opens, or one that nothing closes."""
    last = plain[end - 1]
    if last in BRACKETS:
        return plain.count(BRACKETS[last], start, end) < plain.count(last, start, end)
    return last in BRACKETS.values()
