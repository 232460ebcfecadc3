"""DOAJ's article metadata: JSON of its API (version 4) and XML of its uploads (doajArticles.xsd, version 1.1).

Sources: DOAJ's documentation of the API and of XML uploads. Lists hold at most six keywords.
"""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree

from jatspack.deposit import languages
from jatspack.deposit.checked import checked
from jatspack.deposit.job import Account, Job
from jatspack.deposit.xml import add, leaf, written
from jatspack.jats.identifiers import doi_address
from jatspack.jats.record import Record, Text

_MOST_KEYWORDS, _LONGEST_ABSTRACT = 6, 30_000
# What DOAJ's schema takes as an address.
_ADDRESS = re.compile(r"https?://([^/:]+\.[^\W\d_]{2,10}|([0-9]{1,3}\.){3}[0-9]{1,3})(:[0-9]+)?(.*)?")


def make(job: Job, account: Account) -> dict[str, bytes]:
    """The article for the API and for an upload."""
    record = job.record
    address = record.url if _ADDRESS.fullmatch(record.url) else doi_address(record.doi)
    account.needs(title=record.title, journal=record.journal.titles, issn=record.journal.issns, date=record.date)
    account.needs(authors=record.authors, full_text=address)
    account.wants(doi=record.doi, abstract=record.summaries, keywords=record.keywords)
    account.wants(publisher=record.journal.publisher)
    if account.refused:
        return {}
    text = json.dumps(_article(record, address, account), ensure_ascii=False, indent=1) + "\n"
    root = _records(record, address)
    checked(root, "doaj", account)
    return {f"{job.stem}.doaj.json": text.encode("utf-8"), f"{job.stem}.doaj.xml": written(root)}


def _issns(record: Record) -> dict[str, str]:
    """By kind. One of which the JATS does not say the kind is the print one, which every journal may have."""
    own = record.journal
    kinds = {"pissn": own.issn_print, "eissn": own.issn_electronic}
    if own.issn_other and not any(kinds.values()):
        kinds["pissn"] = own.issn_other
    if kinds["pissn"] == kinds["eissn"]:
        kinds["pissn"] = ""
    return {kind: number for kind, number in kinds.items() if number}


def _article(record: Record, address: str, account: Account) -> dict[str, Any]:
    """The JSON: one language, the article's own; DOAJ has but one title and abstract there."""
    identifiers = [{"type": "doi", "id": record.doi}] if record.doi else []
    identifiers += [{"type": kind, "id": number} for kind, number in _issns(record).items()]
    keywords = _of(record.keywords, record.lang)
    if len(keywords) > _MOST_KEYWORDS:
        account.left_out("some keywords", f"there are {len(keywords)}, {_MOST_KEYWORDS} are allowed")
    abstract = next((a.plain for a in record.summaries), "")
    year, month = [*record.date.split("-"), ""][:2]
    bibjson: dict[str, Any] = {
        "title": record.title,
        "identifier": identifiers,
        "author": [_author(person) for person in record.authors],
        "year": year,
        "month": month.lstrip("0"),
        "start_page": record.first_page or record.article_number,
        "end_page": record.last_page,
        "abstract": account.fit("abstract", abstract, _LONGEST_ABSTRACT),
        "keywords": keywords[:_MOST_KEYWORDS],
        "link": [{"type": "fulltext", "url": address, "content_type": "HTML"}],
        "journal": {
            "title": record.journal.titles[0].plain,
            "publisher": record.journal.publisher,
            "volume": record.volume,
            "number": record.issue,
            "language": [languages.short(record.lang).upper()] if languages.short(record.lang) else [],
        },
    }
    bibjson["journal"] = {key: value for key, value in bibjson["journal"].items() if value}
    return {"bibjson": {key: value for key, value in bibjson.items() if value}}


def _author(person: Any) -> dict[str, str]:
    row = {
        "name": person.names[0].full,
        "affiliation": person.affiliations[0][0].text if person.affiliations else "",
        "orcid_id": person.orcid,
    }
    return {key: value for key, value in row.items() if value}


def _of(keywords: tuple[Text, ...], lang: str) -> list[str]:
    """The keywords in a language; in the first that there is where that has none."""
    wanted = lang if any(k.lang == lang for k in keywords) else keywords[0].lang if keywords else ""
    return [k.plain for k in keywords if k.lang == wanted]


def _records(record: Record, address: str) -> etree._Element:
    """The XML: titles, abstracts and keywords in all languages."""
    root = etree.Element("records")
    row = add(root, "record")
    leaf(row, "language", languages.bibliographic(record.lang))
    leaf(row, "publisher", record.journal.publisher)
    add(row, "journalTitle", record.journal.titles[0].plain)
    issns = _issns(record)
    leaf(row, "issn", issns.get("pissn", ""))
    leaf(row, "eissn", issns.get("eissn", ""))
    add(row, "publicationDate", record.date)
    leaf(row, "volume", record.volume)
    leaf(row, "issue", record.issue)
    leaf(row, "startPage", record.first_page or record.article_number)
    leaf(row, "endPage", record.last_page)
    leaf(row, "doi", record.doi)
    leaf(row, "publisherRecordId", record.publisher_id)
    leaf(row, "documentType", record.kind)
    for title in record.titles:
        add(row, "title", title.plain, language=languages.bibliographic(title.lang))
    _authors(row, record)
    for abstract in record.summaries:
        add(row, "abstract", abstract.plain, language=languages.bibliographic(abstract.lang))
    add(row, "fullTextUrl", address, format="html")
    for lang in dict.fromkeys(k.lang for k in record.keywords):
        group = add(row, "keywords", language=languages.bibliographic(lang))
        for keyword in _of(record.keywords, lang):
            add(group, "keyword", keyword)
    return root


def _authors(row: etree._Element, record: Record) -> None:
    """Authors point at the list of affiliations by number."""
    homes = list(dict.fromkeys(rows[0].text for p in record.authors for rows in p.affiliations))
    authors = add(row, "authors")
    for person in record.authors:
        author = add(authors, "author")
        add(author, "name", person.names[0].full)
        leaf(author, "email", person.emails[0] if person.emails and person.corresponding else "")
        for rows in dict.fromkeys(person.affiliations):
            add(author, "affiliationId", str(homes.index(rows[0].text) + 1))
        leaf(author, "orcid_id", person.orcid)
    if homes:
        listed = add(row, "affiliationsList")
        for number, home in enumerate(homes, 1):
            add(listed, "affiliationName", home, affiliationId=str(number))
