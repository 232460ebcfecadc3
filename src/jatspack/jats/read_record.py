"""JATS of any origin -> Record: front matter; jats.read_people has the people, jats.read_cited the reference list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from jatspack.jats.identifiers import bare_doi, issn, ror_address, web_address
from jatspack.jats.inline import XLINK
from jatspack.jats.read_cited import cited
from jatspack.jats.read_people import people
from jatspack.jats.read_text import lang_of, line, text_of
from jatspack.jats.record import (
    Abstract,
    Award,
    Journal,
    Licence,
    Part,
    Published,
    Record,
    Related,
    Text,
    first_of_each,
)

ALI = "{http://www.niso.org/schemas/ali/1.0/}"
_ISO = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z")
_NOT_PROSE = ("title", "label", "sec", "object-id", "alt-title")
_PRINT, _ONLINE = ("print", "ppub"), ("electronic", "online", "online-only", "epub", "web")
_MOST_CITED = 20_000  # far above any reference list


def read_record(tree: etree._ElementTree) -> Record:
    """The record of a JATS article."""
    root = tree.getroot()
    lang = root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    lang = "" if lang == "und" else lang
    front = root.find("front")
    nothing = etree.Element("nothing")
    meta = front.find("article-meta") if front is not None else None
    journal_meta = front.find("journal-meta") if front is not None else None
    meta, journal_meta = nothing if meta is None else meta, nothing if journal_meta is None else journal_meta
    ids = {e.get("pub-id-type", ""): line(e) for e in reversed(meta.findall("article-id"))}
    own, pdf = _addresses(meta)
    history = {d.get("date-type", ""): iso(d) for d in meta.iterfind("history/date") if iso(d)}
    return Record(
        lang=lang,
        kind=root.get("article-type", ""),
        titles=_by_language(
            _titles(meta, "title-group/article-title", "title-group/trans-title-group/trans-title"), lang
        ),
        subtitles={
            t.lang: t for t in _titles(meta, "title-group/subtitle", "title-group/trans-title-group/trans-subtitle")
        },
        abstracts=tuple(sorted(_abstracts(meta), key=lambda a: a.lang != lang)),
        keywords=_by_language(_keywords(meta), lang, once=False),
        codes=tuple(_codes(meta)),
        sections=_by_language(_sections(meta), lang),
        people=tuple(people(meta, lang)),
        journal=_journal(journal_meta),
        published=tuple(_published(meta)),
        received=history.get("received", ""),
        accepted=history.get("accepted", ""),
        volume=_line(meta, "volume"),
        issue=_line(meta, "issue"),
        first_page=_line(meta, "fpage"),
        last_page=_line(meta, "lpage"),
        article_number=_line(meta, "elocation-id"),
        doi=bare_doi(ids.get("doi", "")),
        publisher_id=ids.get("publisher-id", ""),
        url=own,
        pdf_url=pdf,
        licence=_licence(meta, lang),
        awards=tuple(dict.fromkeys(_awards(meta))),
        funding=tuple(t for e in meta.iterfind("funding-group/funding-statement") if (t := text_of(e)).plain),
        cited=tuple(c for c, _ in zip(cited(root), range(_MOST_CITED), strict=False)),
        related=tuple(dict.fromkeys(_related(root))),
    )


def iso(date: etree._Element) -> str:
    """YYYY, YYYY-MM or YYYY-MM-DD of a `date` or `pub-date`; "" where its year is no year."""
    if _ISO.match(given := date.get("iso-8601-date", "").strip()[:10]):
        return given
    out = _line(date, "year")
    if not re.fullmatch("[0-9]{4}", out):
        return ""
    for tag, most in (("month", 12), ("day", 31)):
        number = _line(date, tag)
        if not (re.fullmatch("[0-9]{1,2}", number) and 1 <= int(number) <= most):
            break
        out += f"-{int(number):02}"
    return out


def _line(parent: etree._Element, path: str) -> str:
    found = parent.find(path)
    return "" if found is None else line(found)


def _titles(meta: etree._Element, *paths: str) -> Iterator[Text]:
    for path in paths:
        yield from (text for e in meta.iterfind(path) if (text := text_of(e)).plain)


def _by_language(texts: Iterable[Text], lang: str, *, once: bool = True) -> tuple[Text, ...]:
    """The article's own language first; one text for each language, where there can be but one."""
    rows = sorted(texts, key=lambda text: text.lang != lang)
    return first_of_each(rows, lambda row: row.lang) if once else tuple(dict.fromkeys(rows))


def _abstracts(meta: etree._Element) -> Iterator[Abstract]:
    for element in (*meta.iterfind("abstract"), *meta.iterfind("trans-abstract")):
        parts = tuple(part for part in _parts(element, "") if part.paragraphs)
        if parts:
            yield Abstract(lang_of(element), parts, element.get("abstract-type", ""))


def _parts(element: etree._Element, title: str) -> Iterator[Part]:
    """Text of its own, then its sections; a section within a section is a part like another."""
    prose = [e for e in element if isinstance(e.tag, str) and e.tag not in _NOT_PROSE]
    yield Part(title, tuple(text for e in prose if (text := text_of(e)).plain))
    for section in element.iterfind("sec"):
        yield from _parts(section, _line(section, "title"))


def _keywords(meta: etree._Element) -> Iterator[Text]:
    """What readers look for; groups that are codes of a scheme are no keywords."""
    for group in meta.iterfind("kwd-group"):
        if group.get("kwd-group-type", "author") in ("author", "author-keywords", "author-generated", ""):
            yield from (text for e in group.iter("kwd") if (text := text_of(e)).plain)


def _codes(meta: etree._Element) -> Iterator[tuple[str, str]]:
    for group in meta.iterfind("article-categories/subj-group"):
        scheme = group.get("subj-group-type", "")
        if scheme and scheme.lower() not in ("heading", "toc-heading", "section", "display-channel", "articles"):
            yield from ((scheme, code) for e in group.iter("subject") if (code := line(e)))


def _sections(meta: etree._Element) -> Iterator[Text]:
    for group in meta.iterfind("article-categories/subj-group"):
        if group.get("subj-group-type", "heading").lower() in ("heading", "toc-heading", "section"):
            yield from (text for e in group.iterfind("subject") if (text := text_of(e)).plain)


def _journal(meta: etree._Element) -> Journal:
    numbers: dict[str, str] = {}
    for element in meta.iterfind("issn"):
        medium = (element.get("publication-format") or element.get("pub-type") or "").lower()
        kind = "print" if medium in _PRINT else "electronic" if medium in _ONLINE else ""
        if number := issn(line(element)):
            numbers.setdefault(kind, number)
    group = "journal-title-group/"
    titles = [*_titles(meta, group + "journal-title", group + "trans-title-group/trans-title", "journal-title")]
    first, rest = titles[:1], titles[1:]  # the first is the journal's own name, whatever the article's language
    ids = {e.get("journal-id-type", ""): line(e) for e in reversed(meta.findall("journal-id"))}
    return Journal(
        titles=(*first, *(t for t in rest if t.lang != first[0].lang)),
        abbreviated=_line(meta, group + "abbrev-journal-title") or _line(meta, "abbrev-journal-title"),
        id=ids.get("publisher-id", ""),
        issn_print=numbers.get("print", ""),
        issn_electronic=numbers.get("electronic", ""),
        issn_other=numbers.get("", ""),
        publisher=_line(meta, "publisher/publisher-name"),
        place=_line(meta, "publisher/publisher-loc"),
    )


def _published(meta: etree._Element) -> Iterator[Published]:
    for date in meta.iterfind("pub-date"):
        kind = (date.get("publication-format") or date.get("pub-type") or "").lower()
        if date.get("date-type", "pub") in ("pub", "epub", "ppub", "collection", "") and (when := iso(date)):
            yield Published(when, "print" if kind in _PRINT else "electronic" if kind in _ONLINE else "")


def _addresses(meta: etree._Element) -> tuple[str, str]:
    """The article's own address, and that of its PDF."""
    own = pdf = ""
    for element in meta.iterfind("self-uri"):
        address = web_address(element.get(XLINK + "href") or line(element))
        if "pdf" in element.get("content-type", "").lower() or address.lower().endswith(".pdf"):
            pdf = pdf or address
        else:
            own = own or address
    return own, pdf


def _licence(meta: etree._Element, lang: str) -> Licence:
    permissions = meta.find("permissions")
    if permissions is None:
        return Licence()
    url, texts = "", list[Text]()
    for element in permissions.iterfind("license"):
        named = [element.get(XLINK + "href", ""), *(line(e) for e in element.iter(ALI + "license_ref"))]
        linked = [e.get(XLINK + "href", "") for e in element.iter("ext-link")]
        licences = [a for a in map(web_address, linked) if "creativecommons.org/" in a]
        url = url or next(filter(None, [*map(web_address, named), *licences]), "")
        texts += [text for e in element.iterfind("license-p") if (text := text_of(e)).plain]
    words = [_line(permissions, f"copyright-{part}") for part in ("statement", "year", "holder")]
    return Licence(url, _by_language(texts, lang, once=False), *words)


def _awards(meta: etree._Element) -> Iterator[Award]:
    for group in meta.iterfind("funding-group/award-group"):
        numbers = [line(e) for e in group.iterfind("award-id")] or [""]
        for source in group.findall("funding-source") or [etree.Element("nobody")]:
            institution = source.find(".//institution")
            ids = [line(e) for e in source.iter("institution-id")] + [source.get(XLINK + "href", "")]
            known = [ror_address(i) or (bare_doi(i) and f"https://doi.org/{bare_doi(i)}") for i in ids]
            funder = line(institution if institution is not None else source)
            for number in numbers:
                if funder or number:
                    yield Award(funder, next(filter(None, known), ""), number)


def _related(root: etree._Element) -> Iterator[Related]:
    for element in root.iter("related-article", "related-object"):
        kind = element.get("related-article-type") or element.get("link-type") or ""
        given = element.get(XLINK + "href") or element.get("object-id") or ""
        scheme = element.get("ext-link-type") or element.get("object-id-type") or ""
        if doi := bare_doi(given):
            yield Related(kind, "doi", doi)
        elif scheme in ("uri", "url", "") and (address := web_address(given)):
            yield Related(kind, "uri", address)
