"""References with their parts told apart, and the citations that lead to them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from jatspack.article import Article, Citation, Part, ReferenceList
from jatspack.read.document import Lines
from jatspack.recognize.walk import iter_article
from jatspack.review import words
from jatspack.review.things import Segment, Thing, Things, joined, one_line, readable, segments

MOST = 3000  # references shown; the report in JSON has all
_GROUPS = frozenset({"person-group", "string-date"})  # parts whose parts are told one by one


@dataclass(slots=True)
class Printed:
    """A reference as printed in one language: the text in its parts, and the parts alone."""

    thing: Thing
    lang: str
    kind: str
    segments: list[Segment]
    parts: list[Segment]


@dataclass(slots=True)
class Work:
    """One work of the list; `cited` are the lines of the citations that lead to it."""

    label: str
    printed: list[Printed]
    cited: tuple[Lines, ...]
    citations: int


@dataclass(slots=True)
class Works:
    """A list of references."""

    thing: Thing
    title: str
    works: list[Work]
    left_out: int = 0


@dataclass(slots=True)
class References:
    """All lists; `linked` citations lead to a work, `cited` works are led to."""

    lists: list[Works] = field(default_factory=list)
    works: int = 0
    cited: int = 0
    linked: int = 0
    legend: list[tuple[str, str]] = field(default_factory=list)  # (label, colour) of the parts that occur


def references(article: Article, things: Things) -> References:
    """The lists, and their things."""
    cites = _citations(article)
    lists = [_list(one, cites, things) for one in article.reference_lists]
    out = References(lists)
    ids = [reference.id for one in article.reference_lists for reference in one.references]
    out.works, out.cited = len(ids), sum(i in cites for i in ids)
    out.linked = sum(len(lines) for lines in cites.values())
    seen = {(s.label, s.colour): None for one in lists for w in one.works for p in w.printed for s in p.segments}
    out.legend = [(label, colour) for label, colour in seen if label]
    return out


def _citations(article: Article) -> dict[str, list[int]]:
    """Id of a reference: the source line of each citation that leads to it."""
    out: dict[str, list[int]] = defaultdict(list)
    for _, text in iter_article(article):
        for run in text:
            if run.xref and run.xref.ref_type == "bibr":
                for rid in run.xref.rid.split():
                    out[rid].append(run.line)
    return out


def _list(one: ReferenceList, cites: dict[str, list[int]], things: Things) -> Works:
    thing = things.add("References", one_line(one.title), one.origin, one.lang)
    out = Works(thing, one_line(one.title), [], max(0, len(one.references) - MOST))
    for reference in one.references[:MOST]:
        lines = cites.get(reference.id, [])
        what = f"Reference {reference.label.strip('.[]() ')}".strip()
        printed = [_printed(citation, what, things) for citation in reference.citations]
        out.works.append(Work(reference.label, printed, joined((n, n) for n in lines), len(lines)))
    return out


def _printed(citation: Citation, what: str, things: Things) -> Printed:
    text, parts = citation.text.text, citation.text.parts
    thing = things.add(what, one_line(text), citation.origin, citation.lang)
    cut = segments(text, [(p.tag, p.start, p.end) for p in parts])
    told = [Segment(readable(text[p.start : p.end]), *words.part(p.tag)) for part in parts for p in _told(part)]
    return Printed(thing, citation.lang, citation.publication_type, cut, told)


def _told(part: Part) -> list[Part]:
    """The parts of a group, or the part itself."""
    return [inner for p in part.parts for inner in _told(p)] if part.tag in _GROUPS and part.parts else [part]
