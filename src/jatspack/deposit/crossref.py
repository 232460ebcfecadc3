"""Crossref deposit XML, schema 5.5.0: the article in its issue and journal, with its reference list.

Crossref's schema documentation says what each element is for; the lengths are the schema's.
"""

from __future__ import annotations

import re

from lxml import etree

from jatspack.deposit import languages
from jatspack.deposit.crossref_people import contributors
from jatspack.deposit.crossref_works import citation_list, relations
from jatspack.deposit.job import Account, Job
from jatspack.deposit.xml import add, document, in_language, leaf, styled, written
from jatspack.jats.record import Abstract, Published, Record, Text

CROSSREF = "http://www.crossref.org/schema/5.5.0"
ALI, FUNDREF = "http://www.crossref.org/AccessIndicators.xsd", "http://www.crossref.org/fundref.xsd"
JATS, RELATIONS = "http://www.ncbi.nlm.nih.gov/JATS1", "http://www.crossref.org/relations.xsd"
_SPACES = {None: CROSSREF, "ai": ALI, "fr": FUNDREF, "jats": JATS, "rel": RELATIONS}
_FACES = {"bold": "b", "italic": "i", "sub": "sub", "sup": "sup"}
_JATS_FACES = {"bold": "bold", "italic": "italic", "sub": "sub", "sup": "sup"}
_DOI = re.compile(r"10\.[0-9]{4,9}/.{1,200}")
_MOST_TITLES, _MOST_JOURNAL_TITLES, _MOST_DATES = 20, 10, 10
_YEARS = range(1400, 2201)


def make(job: Job, account: Account) -> dict[str, bytes]:
    """The deposit of one article."""
    record, given = job.record, job.config.journal
    name = account.fit("depositor", given.deposit.depositor_name or given.bag.source_organization, 130)
    email = account.fit("e-mail", given.deposit.depositor_email or given.bag.contact_email, 200, 6)
    registrant = account.fit("registrant", given.deposit.registrant or record.journal.publisher, 255)
    doi = record.doi if _DOI.fullmatch(record.doi) else ""
    dates = [d for d in record.published if int(d.iso[:4]) in _YEARS][:_MOST_DATES]
    journals = [t for t in record.journal.titles if account.fit("journal title", t.plain, 255)][:_MOST_JOURNAL_TITLES]
    account.needs(doi=doi, title=record.title, date=dates, journal=journals, issn=record.journal.issns)
    account.needs(url=record.url, depositor=name, email=email, registrant=registrant)
    account.wants(
        authors=record.authors, abstract=record.abstracts, references=record.cited, licence=record.licence.url
    )
    account.wants(pages=record.first_page or record.article_number, volume=record.volume or record.issue)
    if account.refused:
        return {}
    batch = document("doi_batch", CROSSREF, "https://www.crossref.org/schemas/crossref5.5.0.xsd", _SPACES)
    batch.set("version", "5.5.0")
    stamp = job.when.strftime("%Y%m%d%H%M%S").zfill(14)
    head = add(batch, "head")
    add(head, "doi_batch_id", f"{re.sub(r'[^A-Za-z0-9.-]+', '-', doi)[:80]}-{stamp}")
    add(head, "timestamp", stamp + "000")
    depositor = add(head, "depositor")
    add(depositor, "depositor_name", name)
    add(depositor, "email_address", email)
    add(head, "registrant", registrant)
    journal = add(add(batch, "body"), "journal")
    _journal(journal, record, journals, account)
    _issue(journal, record, dates, account)
    _article(journal, record, doi, dates, account)
    return {f"{job.stem}.crossref.xml": written(batch)}


def _journal(parent: etree._Element, record: Record, titles: list[Text], account: Account) -> None:
    meta = add(parent, "journal_metadata", language=languages.crossref(titles[0].lang))
    for title in titles:
        add(meta, "full_title", title.plain)
    leaf(meta, "abbrev_title", account.fit("abbreviated title", record.journal.abbreviated, 150))
    own = record.journal
    for number, medium in ((own.issn_print, "print"), (own.issn_electronic, "electronic"), (own.issn_other, "")):
        leaf(meta, "issn", number, media__type=medium)


def _issue(parent: etree._Element, record: Record, dates: list[Published], account: Account) -> None:
    volume, issue = account.fit("volume", record.volume, 32), account.fit("issue", record.issue, 32)
    if not (volume or issue):
        return
    element = add(parent, "journal_issue")
    for date in dates:
        _date(element, "publication_date", date.iso[:4], _medium(date, record))
    if volume:
        add(add(element, "journal_volume"), "volume", volume)
    leaf(element, "issue", issue)


def _article(parent: etree._Element, record: Record, doi: str, dates: list[Published], account: Account) -> None:
    article = add(parent, "journal_article", publication__type="full_text", language=languages.crossref(record.lang))
    _titles(article, record, account)
    contributors(article, record, account)
    for abstract in record.abstracts:
        _abstract(article, abstract)
    for date in dates:
        _date(article, "publication_date", date.iso, _medium(date, record))
    if record.accepted and int(record.accepted[:4]) in _YEARS:
        _date(article, "acceptance_date", record.accepted, "")
    if first := account.fit("first page", record.first_page, 32):
        pages = add(article, "pages")
        add(pages, "first_page", first)
        leaf(pages, "last_page", account.fit("last page", record.last_page, 32))
    if number := account.fit("article number", record.article_number, 32):
        add(add(article, "publisher_item"), "item_number", number, item__number__type="article_number")
    _funding(article, record)
    if len(record.licence.url) >= len("http://a.b"):
        access = add(article, f"{{{ALI}}}program", name="AccessIndicators")
        add(access, "license_ref", record.licence.url, applies__to="vor")
    relations(article, record, f"{{{RELATIONS}}}")
    _addresses(article, record, doi)
    citation_list(article, record, account)


def _titles(article: etree._Element, record: Record, account: Account) -> None:
    """The own title first. A translation stands with the original beside it, which alone may name a language here."""
    own = record.titles[0]
    if len(record.titles) > _MOST_TITLES:
        account.left_out("some titles", f"there are {len(record.titles)}, {_MOST_TITLES} are allowed")
    for title in record.titles[:_MOST_TITLES]:
        element = add(article, "titles")
        for tag, text in (("title", title), ("subtitle", record.subtitles.get(title.lang))):
            if text is not None:
                styled(add(element, tag), text, _FACES)
        if title is not own:
            styled(add(element, "original_language_title", language=languages.crossref(own.lang)), own, _FACES)


def _abstract(article: etree._Element, abstract: Abstract) -> None:
    home = in_language(add(article, f"{{{JATS}}}abstract"), languages.tag(abstract.lang))
    if abstract.kind:
        home.set("abstract-type", abstract.kind)
    section = home
    for part in abstract.parts:  # a section must have a title: what has none goes on where the one before ended
        if part.title:
            section = add(home, "sec")
            add(section, "title", part.title)
        for paragraph in part.paragraphs:
            styled(add(section, "p"), paragraph, _JATS_FACES)


def _date(parent: etree._Element, tag: str, iso: str, medium: str) -> None:
    """Month, day, year: in this order."""
    element = add(parent, tag, media__type=medium)
    year, month, day = [*iso.split("-"), "", ""][:3]
    leaf(element, "month", month)
    leaf(element, "day", day)
    add(element, "year", year)


def _medium(date: Published, record: Record) -> str:
    """On what it was published: as the date says, or as the journal's only ISSN does; else Crossref's "other"."""
    known = date.medium
    if not known and bool(record.journal.issn_print) != bool(record.journal.issn_electronic):
        known = "print" if record.journal.issn_print else "electronic"
    return {"print": "print", "electronic": "online"}.get(known, "other")


def _funding(article: etree._Element, record: Record) -> None:
    if not record.awards:
        return
    program = add(article, f"{{{FUNDREF}}}program", name="fundref")
    for award in record.awards:
        group = add(program, "assertion", name="fundgroup")
        if award.funder:
            funder = add(group, "assertion", award.funder, name="funder_name")
            kind = "ror" if "ror.org" in award.funder_id else "funder_identifier"
            leaf(funder, "assertion", award.funder_id, name=kind)
        leaf(group, "assertion", award.number, name="award_number")


def _addresses(article: etree._Element, record: Record, doi: str) -> None:
    data = add(article, "doi_data")
    add(data, "doi", doi)
    add(data, "resource", record.url)
    if record.pdf_url:
        mining = add(data, "collection", property="text-mining")
        add(add(mining, "item"), "resource", record.pdf_url, mime__type="application/pdf")
