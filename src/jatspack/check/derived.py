"""What the program writes in a form of its own: identifiers, dates, numbers, marks, statements that are repeated.

Such words need no word of the source that became them; they need one that they were made from. The other way round,
what was recognised must stand in the tree in the form that it was given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from jatspack.article import Article, Origin
from jatspack.check.words import Unit, words
from jatspack.config import Config
from jatspack.jats.models import names
from jatspack.jats.people import ORCID
from jatspack.read.document import Lines, Paragraph

_DATES = names("date pub-date")
_LONG = 8  # letters and digits that are no piece of other numbers by chance
_NOWHERE = Origin((), "")


def unfounded(
    root: etree._Element, units: Iterable[Unit], source: Iterable[Unit], article: Article, config: Config | None
) -> list[str]:
    """Words in a form of the program's own that neither the source nor the configuration gives, and copies that are
    none."""
    source = list(source)
    there = " ".join(" ".join(unit.words) for unit in source)
    linked = {run.href for unit in source if unit.rich for run in unit.rich.runs if run.href}
    given = [" ".join(words(text)) for text in (*linked, *_texts(article, config))]
    text = f" {there} \n " + " \n ".join(given) + " "
    joined = text.replace(" ", "")
    out: list[str] = []
    for unit in units:
        element = unit.element
        if element is None or not unit.derived:
            continue
        parent = element.getparent()
        if parent is not None and parent.tag in _DATES:
            continue  # see missing_fields
        whole = "".join(unit.words)
        if f" {' '.join(unit.words)} " not in text and (len(whole) < _LONG or whole not in joined):
            out += unit.words
    return [*out, *_no_copies(article, root)]


def _no_copies(article: Article, root: etree._Element) -> Iterator[str]:
    """Words of statements of the front matter that were not recognised like this for the back matter."""
    blocks = [block for section in article.back for block in section.blocks]
    printed = [words(block.text.plain) for block in blocks if isinstance(block, Paragraph)]
    for element in root.iterfind("front/article-meta/funding-group/funding-statement"):
        statement = words(_text(element))
        if statement not in printed:
            yield from statement


def _texts(article: Article, config: Config | None) -> Iterator[str]:
    for row in (*article.given, *article.accounted):
        yield row.text
    yield from (identifier.printed for identifier in article.identifiers)
    yield from (fact.printed for fact in article.issue)
    if config is not None:
        yield from leaves(config.journal.model_dump(mode="json"))
        yield from leaves(config.article.model_dump(mode="json"))


def leaves(value: object) -> Iterator[str]:
    """All texts and numbers of a configuration."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


# --- what was recognised, and does not stand there -----------------------------


def missing_fields(article: Article, root: etree._Element) -> Iterator[tuple[str, Lines]]:
    """Identifiers, dates, labels and marks that the tree does not have as they were recognised, with their lines."""
    for have, wanted in ((_identifiers(root), _known(article)), (_dates(root), _dated(article))):
        for value, origin in wanted:
            if have[value] > 0:
                have[value] -= 1
            else:
                yield value, next(iter(origin.lines), (0, 0))
    yield from _marks(article, root)


def _identifiers(root: etree._Element) -> Counter[str]:
    meta = root.find("front/article-meta")
    found = meta.iter("article-id", "contrib-id", "email") if meta is not None else ()
    return Counter((element.text or "").removeprefix(ORCID) for element in found)


def _known(article: Article) -> Iterator[tuple[str, Origin]]:
    for kind in ("publisher-id", "doi"):
        yield from [(i.value, i.origin) for i in article.identifiers if i.kind == kind and i.value][:1]
    for person in article.contributors:
        for value in (person.orcid, *person.emails):
            if value:
                yield value, person.origin


def _dates(root: etree._Element) -> Counter[str]:
    out: Counter[str] = Counter()
    for element in root.iterfind("front/article-meta//*"):
        if element.tag in _DATES and element.get("iso-8601-date"):
            out["-".join(element.findtext(tag) or "" for tag in ("year", "month", "day")).rstrip("-")] += 1
    return out


def _dated(article: Article) -> Iterator[tuple[str, Origin]]:
    dates = {(d.date_type, d.iso if d.date_type == "rev-recd" else ""): d for d in reversed(article.dates)}
    for date in dates.values():
        yield date.iso, date.origin


def _marks(article: Article, root: etree._Element) -> Iterator[tuple[str, Lines]]:
    """Labels of affiliations, notes and references, and the marks behind the authors' names."""
    labels = {a.id: (a.label, a.origin) for a in article.affiliations}
    labels |= {n.id: (n.label, n.origin) for n in article.footnotes}
    for entry in (reference for found in article.reference_lists for reference in found.references):
        labels[entry.id] = (entry.label, entry.citations[0].origin if entry.citations else _NOWHERE)
    for element in root.iter("aff", "aff-alternatives", "fn", "ref"):
        label, origin = labels.get(element.get("id", ""), ("", _NOWHERE))
        for inner in element.iter("label"):
            if label and inner.getparent() is not None and words(_text(inner)) != words(label):
                yield label, next(iter(origin.lines), (0, 0))
    notes = {str(note.get("id")): words(note.findtext("label") or "") for note in root.iter("fn")}
    for mark in root.iter("xref"):
        known = notes.get(mark.get("rid", "")) if mark.get("ref-type") == "fn" else None
        if known and words(_text(mark)) != known:
            yield " ".join(known), (0, 0)
    people = sorted(article.contributors, key=lambda c: (c.contrib_type != "author", c.contrib_type))
    for contrib, person in zip(root.iterfind("front/article-meta/contrib-group/contrib"), people, strict=False):
        for mark in contrib.iterfind("xref[@ref-type='aff']"):
            label, _ = labels.get(mark.get("rid", ""), ("", _NOWHERE))
            if label and words(_text(mark)) != words(label):
                yield label, next(iter(person.origin.lines), (0, 0))


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))
