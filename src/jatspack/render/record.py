"""What a catalogue says of an article, read from its JATS once: for citations, BibTeX, RIS and JSON-LD.

What the JATS does not give is empty here, and stays absent in whatever is made from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from jatspack.render import names
from jatspack.render.dates import iso
from jatspack.render.links import doi_url, orcid_url, safe_href
from jatspack.render.names import XML_LANG, plain

XLINK_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text and its language (BCP 47; "" where the JATS says none)."""

    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name in one language. `family` is empty where a name is not taken apart; `full` is all of it."""

    lang: str
    full: str
    family: str = ""
    given: str = ""
    suffix: str = ""
    body: bool = False  # of a group or an institution


@dataclass(frozen=True, slots=True)
class Person:
    """An author, with a name for each language that has one; the article's own language first."""

    names: tuple[Name, ...]
    orcid: str = ""
    affiliations: tuple[tuple[Tagged, ...], ...] = ()  # each in its languages

    def name(self, lang: str) -> Name:
        """The name in a language, or else the first."""
        return next((name for name in self.names if name.lang == lang), self.names[0])


@dataclass(frozen=True, slots=True)
class Award:
    """Who paid, and the number that the award has there."""

    funder: str
    number: str


@dataclass(frozen=True, slots=True)
class Record:
    """The article in its catalogue's terms. Titles, abstracts and keywords by language, the own one first."""

    lang: str
    titles: tuple[Tagged, ...]
    abstracts: tuple[Tagged, ...]
    keywords: tuple[Tagged, ...]
    authors: tuple[Person, ...]
    journals: tuple[Tagged, ...]
    abbreviated: str
    issns: tuple[str, ...]
    publisher: str
    place: str
    date: str  # ISO 8601, as much of it as there is
    volume: str
    issue: str
    first_page: str
    last_page: str
    article_number: str
    doi: str  # as an address
    url: str
    licence: str
    copyright_year: str
    copyright_holder: str
    awards: tuple[Award, ...]
    cited: tuple[str, ...]  # DOIs of the works in its list, as addresses

    @property
    def pages(self) -> str:
        """The range of pages."""
        return self.first_page + (f"-{self.last_page}" if self.last_page not in ("", self.first_page) else "")


def title(texts: tuple[Tagged, ...], lang: str) -> str:
    """The text in a language, or else the first; "" for none."""
    return next((row.text for row in texts if row.lang == lang), texts[0].text if texts else "")


def read(tree: etree._ElementTree) -> Record:
    """The record of a JATS article."""
    root = tree.getroot()
    lang = root.get(XML_LANG, "")
    none = etree.Element("none")
    meta, journal = root.find("front/article-meta"), root.find("front/journal-meta")
    meta, journal = none if meta is None else meta, none if journal is None else journal

    def text(path: str, within: etree._Element = meta) -> str:
        found = within.find(path)
        return "" if found is None else plain(found)

    def tagged(*paths: str, within: etree._Element = meta) -> tuple[Tagged, ...]:
        rows = [Tagged(_lang(e, lang), plain(e)) for path in paths for e in within.iterfind(path)]
        return tuple(sorted((row for row in rows if row.text), key=lambda row: row.lang != lang))

    permissions = "permissions/"
    licence = meta.find(permissions + "license")
    published = next((date for date in meta.iterfind("pub-date") if iso(date)), none)
    self_uri = next((e for e in meta.iterfind("self-uri") if e.get("content-type") != "pdf"), none)
    ids = {e.get("pub-id-type"): plain(e) for e in meta.iterfind("article-id")}
    return Record(
        lang=lang,
        titles=tagged("title-group/article-title", "title-group/trans-title-group/trans-title"),
        abstracts=tuple(_abstracts(meta, lang)),
        keywords=tagged("kwd-group/kwd"),
        authors=tuple(_people(meta, lang)),
        journals=tagged(
            "journal-title-group/journal-title", "journal-title-group/trans-title-group/trans-title", within=journal
        ),
        abbreviated=text("journal-title-group/abbrev-journal-title", journal),
        issns=tuple(dict.fromkeys(t for t in (plain(e) for e in journal.iterfind("issn")) if t)),
        publisher=text("publisher/publisher-name", journal),
        place=text("publisher/publisher-loc", journal),
        date=iso(published),
        volume=text("volume"),
        issue=text("issue"),
        first_page=text("fpage"),
        last_page=text("lpage"),
        article_number=text("elocation-id"),
        doi=doi_url(ids.get("doi", "")),
        url=safe_href(self_uri.get(XLINK_HREF, "")),
        licence=safe_href(licence.get(XLINK_HREF, "")) if licence is not None else "",
        copyright_year=text(permissions + "copyright-year"),
        copyright_holder=text(permissions + "copyright-holder"),
        awards=tuple(_awards(meta)),
        cited=tuple(_cited(root)),
    )


def _lang(element: etree._Element, default: str) -> str:
    node: etree._Element | None = element
    while node is not None:
        if found := node.get(XML_LANG):
            return found
        node = node.getparent()
    return default


def _abstracts(meta: etree._Element, lang: str) -> Iterator[Tagged]:
    for element in (*meta.iterfind("abstract"), *meta.iterfind("trans-abstract")):
        body = " ".join(plain(child) for child in element if child.tag not in ("title", "label"))
        if body and not element.get("abstract-type"):
            yield Tagged(_lang(element, lang), body)


def _people(meta: etree._Element, lang: str) -> Iterator[Person]:
    homes = {e.get("id"): e for e in meta.iter("aff", "aff-alternatives") if e.get("id")}
    for contrib in meta.iterfind("contrib-group/contrib"):
        if contrib.get("contrib-type", "author") != "author":
            continue
        found = sorted((_name(e, lang) for e in names.candidates(contrib)), key=lambda name: name.lang != lang)
        found = [name for name in found if name.full]
        if not found:
            continue
        marks = [xref.get("rid", "") for xref in contrib.iterfind("xref") if xref.get("ref-type") == "aff"]
        linked = [homes[i] for rid in marks for i in rid.split() if i in homes]
        orcids = [orcid_url(plain(e)) for e in contrib.iterfind("contrib-id") if e.get("contrib-id-type") == "orcid"]
        affiliations = tuple(_address(home, lang) for home in (*linked, *contrib.iterfind("aff")))
        yield Person(tuple(found), next(filter(None, orcids), ""), affiliations)


def _name(element: etree._Element, default: str) -> Name:
    family, given, suffix = (
        " ".join((element.findtext(tag) or "").split()) for tag in ("surname", "given-names", "suffix")
    )
    body = element.tag in ("collab", "on-behalf-of")
    return Name(_lang(element, default), names.full_name(element), family, given, suffix, body)


def _address(home: etree._Element, lang: str) -> tuple[Tagged, ...]:
    affs = home.findall("aff") if home.tag == "aff-alternatives" else [home]
    rows = [Tagged(_lang(aff, lang), names.affiliation(aff, lang)) for aff in affs]
    return tuple(sorted(rows, key=lambda row: row.lang != lang))


def _awards(meta: etree._Element) -> Iterator[Award]:
    for group in meta.iterfind("funding-group/award-group"):
        funders = [plain(e) for e in group.iterfind("funding-source")]
        for number in [plain(e) for e in group.iterfind("award-id")] or [""]:
            yield Award(next(filter(None, funders), ""), number)


def _cited(root: etree._Element) -> Iterator[str]:
    for ref in root.iterfind(".//ref"):
        dois = (doi_url(plain(e)) for e in ref.iter("pub-id") if e.get("pub-id-type") == "doi")
        if doi := next(filter(None, dois), ""):
            yield doi
