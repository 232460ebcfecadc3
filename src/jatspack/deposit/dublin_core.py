"""Dublin Core as OAI-PMH carries it (oai_dc, version 2.0): the fifteen elements, each as often as there is a value."""

from __future__ import annotations

from jatspack.deposit import languages
from jatspack.deposit.job import Account, Job
from jatspack.deposit.xml import document, in_language, leaf, written
from jatspack.jats.identifiers import doi_address
from jatspack.jats.record import Record

OAI_DC, DC = "http://www.openarchives.org/OAI/2.0/oai_dc/", "http://purl.org/dc/elements/1.1/"


def make(job: Job, account: Account) -> dict[str, bytes]:
    """The record as oai_dc:dc."""
    record = job.record
    account.needs(title=record.title)
    account.wants(authors=record.authors, date=record.date, abstract=record.summaries, licence=record.licence.url)
    account.wants(language=languages.tag(record.lang))
    if account.refused:
        return {}
    schema = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
    root = document("dc", OAI_DC, schema, {"oai_dc": OAI_DC, "dc": DC})
    for name, lang, value in elements(record):
        element = leaf(root, f"{{{DC}}}{name}", value)
        if element is not None:
            in_language(element, languages.tag(lang))
    return {f"{job.stem}.oai_dc.xml": written(root)}


def elements(record: Record) -> list[tuple[str, str, str]]:
    """(element, language, value), in the order of the element set."""
    rows = [("title", t.lang, t.plain) for t in record.titles]
    rows += [("creator", p.names[0].lang, p.names[0].listed) for p in record.authors]
    rows += [("subject", k.lang, k.plain) for k in record.keywords]
    rows += [("subject", "", f"{scheme.upper()} {code}") for scheme, code in record.codes]
    rows += [("description", a.lang, a.plain) for a in record.summaries]
    rows += [("publisher", "", record.journal.publisher)]
    rows += [("contributor", p.names[0].lang, p.names[0].listed) for p in record.people if p.role != "author"]
    rows += [
        ("date", "", record.date),
        ("type", "", "Text"),
        ("type", "", record.kind),
        ("format", "", "application/xml"),
    ]
    rows += [
        ("identifier", "", doi_address(record.doi)),
        ("identifier", "", record.url),
        ("source", "", source(record)),
    ]
    rows += [("language", "", languages.tag(record.lang))]
    rows += [("relation", "", f"urn:ISSN:{number}") for number in record.journal.issns]
    rows += [("relation", "", doi_address(r.identifier) if r.scheme == "doi" else r.identifier) for r in record.related]
    rows += [("rights", t.lang, t.plain) for t in record.licence.texts] + [("rights", "", record.licence.url)]
    rows += [("rights", "", record.licence.copyright)]
    return list(dict.fromkeys(row for row in rows if row[2].strip()))


def source(record: Record) -> str:
    """Where the article stands, in one line and no language: journal, volume(issue), pages."""
    number = record.volume + (f"({record.issue})" if record.issue else "")
    journal = record.journal.titles[0].plain if record.journal.titles else ""
    return ", ".join(text for text in (journal, number, record.pages or record.article_number) if text)
