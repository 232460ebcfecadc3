"""MODS 3.8 (Library of Congress): the article, with the journal as its host.

It uses only what MODS 3.4 had already: the newest schema that a registry's package carries, which proves it.
"""

from __future__ import annotations

from lxml import etree

from jatspack.deposit import languages
from jatspack.deposit.job import Account, Job
from jatspack.deposit.xml import add, document, in_language, leaf, written
from jatspack.jats.identifiers import doi_address
from jatspack.jats.record import Person, Record

MODS = "http://www.loc.gov/mods/v3"
# JATS contrib-type -> MARC relator term and code.
_RELATORS = {
    "author": ("author", "aut"), "editor": ("editor", "edt"), "translator": ("translator", "trl"),
    "reviewer": ("reviewer", "rev"),
}  # fmt: skip


def make(job: Job, account: Account) -> dict[str, bytes]:
    """The record as mods:mods."""
    record = job.record
    account.needs(title=record.title)
    account.wants(authors=record.authors, date=record.date, journal=record.journal.titles, abstract=record.summaries)
    if account.refused:
        return {}
    root = document("mods", MODS, "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd", {None: MODS})
    root.set("version", "3.8")
    for number, title in enumerate(record.titles):
        info = add(root, "titleInfo", type="translated" if number else "", lang=languages.bibliographic(title.lang))
        add(info, "title", title.plain)
        if (subtitle := record.subtitles.get(title.lang)) is not None:
            add(info, "subTitle", subtitle.plain)
    for person in record.people:
        _name(root, person)
    add(root, "typeOfResource", "text")
    add(root, "genre", "journal article", authority="local")
    if record.journal.publisher or record.date:
        origin = add(root, "originInfo")
        leaf(origin, "publisher", record.journal.publisher)
        leaf(origin, "dateIssued", record.date, encoding="w3cdtf", keyDate="yes")
    if code := languages.bibliographic(record.lang):
        add(add(root, "language"), "languageTerm", code, type="code", authority="iso639-2b")
    add(add(root, "physicalDescription"), "internetMediaType", "application/xml")
    for abstract in record.summaries:
        element = add(root, "abstract", abstract.plain, lang=languages.bibliographic(abstract.lang))
        in_language(element, languages.tag(abstract.lang))
    for lang in dict.fromkeys(k.lang for k in record.keywords):
        for keyword in record.keywords:
            if keyword.lang == lang:
                add(add(root, "subject", lang=languages.bibliographic(lang)), "topic", keyword.plain)
    for scheme, code in record.codes:
        add(root, "classification", code, authority=scheme)
    _host(root, record)
    leaf(root, "identifier", record.doi, type="doi")
    if address := doi_address(record.doi) or record.url:
        add(add(root, "location"), "url", address, usage="primary display")
    for text in record.licence.texts:
        add(root, "accessCondition", text.plain, type="use and reproduction")
    if record.licence.url and not record.licence.texts:
        add(root, "accessCondition", record.licence.url, type="use and reproduction")
    return {f"{job.stem}.mods.xml": written(root)}


def _name(root: etree._Element, person: Person) -> None:
    """The name in the article's own language: a second mods:name would be a second person."""
    name = person.names[0]
    known = {"authorityURI": "https://orcid.org", "valueURI": person.orcid} if person.orcid else {}
    kind = "corporate" if name.body else "personal"
    element = add(root, "name", type=kind, lang=languages.bibliographic(name.lang), **known)
    if name.surname:
        add(element, "namePart", name.surname, type="family")
        leaf(element, "namePart", name.given, type="given")
        leaf(element, "namePart", name.suffix, type="termsOfAddress")
    else:
        add(element, "namePart", name.full)
    leaf(element, "displayForm", name.full)
    for rows in person.affiliations:
        add(element, "affiliation", rows[0].text)
    term, code = _RELATORS.get(person.role, ("contributor", "ctb"))
    role = add(element, "role")
    add(role, "roleTerm", term, type="text", authority="marcrelator")
    add(role, "roleTerm", code, type="code", authority="marcrelator")


def _host(root: etree._Element, record: Record) -> None:
    journal = record.journal
    if not journal.titles:
        return
    host = add(root, "relatedItem", type="host")
    add(add(host, "titleInfo"), "title", journal.titles[0].plain)
    if journal.abbreviated:
        add(add(host, "titleInfo", type="abbreviated"), "title", journal.abbreviated)
    for number in journal.issns:
        add(host, "identifier", number, type="issn")
    details = (("volume", record.volume), ("issue", record.issue), ("article", record.article_number))
    if not (any(value for _, value in details) or record.first_page or record.date):
        return
    part = add(host, "part")
    for kind, value in details:
        if value:
            add(add(part, "detail", type=kind), "number", value)
    if record.first_page:
        extent = add(part, "extent", unit="pages")
        add(extent, "start", record.first_page)
        leaf(extent, "end", record.last_page)
    leaf(part, "date", record.date, encoding="w3cdtf")
