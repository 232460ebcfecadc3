"""DSpace Simple Archive Format: a zip of one item with dublin_core.xml, a list of its files, and the files."""

from __future__ import annotations

from lxml import etree

from jatspack.deposit import languages
from jatspack.deposit.checked import checked
from jatspack.deposit.dublin_core import source
from jatspack.deposit.job import Account, Job
from jatspack.deposit.packed import bundle, zipped
from jatspack.deposit.xml import add, written
from jatspack.jats.identifiers import doi_address
from jatspack.jats.record import Record

_ITEM = "item_000"


def make(job: Job, account: Account) -> dict[str, bytes]:
    """The archive with one item."""
    record = job.record
    account.needs(title=record.title)
    account.wants(authors=record.authors, date=record.date, abstract=record.summaries, licence=record.licence.url)
    account.wants(pdf=job.files.get(f"{job.stem}.pdf"))
    if account.refused:
        return {}
    root = etree.Element("dublin_core", schema="dc")
    for element, qualifier, lang, value in values(record):
        add(root, "dcvalue", value, element=element, qualifier=qualifier or "none", language=languages.tag(lang))
    checked(root, "dspace", account)
    files = bundle(job)
    contents = "".join(f"{name}\tbundle:ORIGINAL{_primary(name, job)}\n" for name in files)
    inside = {"dublin_core.xml": written(root), "contents": contents.encode("utf-8"), **files}
    return {f"{job.stem}.dspace.zip": zipped({f"{_ITEM}/{name}": data for name, data in inside.items()}, job.when)}


def _primary(name: str, job: Job) -> str:
    """What a reader opens first: the PDF, else the XML."""
    first = f"{job.stem}.pdf" if f"{job.stem}.pdf" in job.files else f"{job.stem}.xml"
    return "\tprimary:true" if name == first else ""


def values(record: Record) -> list[tuple[str, str, str, str]]:
    """(element, qualifier, language, value) of DSpace's Dublin Core registry."""
    journal = record.journal
    rows = [("title", "", t.lang, t.plain) for t in record.titles[:1]]
    rows += [("title", "alternative", t.lang, t.plain) for t in record.titles[1:]]
    rows += [("contributor", "author", p.names[0].lang, p.names[0].listed) for p in record.authors]
    known = {"editor": "editor", "supervisor": "advisor"}
    others = [p for p in record.people if p.role != "author"]
    rows += [("contributor", known.get(p.role, "other"), p.names[0].lang, p.names[0].listed) for p in others]
    rows += [("date", "issued", "", record.date), ("date", "accepted", "", record.accepted)]
    rows += [("date", "submitted", "", record.received)]
    rows += [("description", "abstract", a.lang, a.plain) for a in record.summaries]
    rows += [("description", "sponsorship", t.lang, t.plain) for t in record.funding]
    rows += [("subject", "", k.lang, k.plain) for k in record.keywords]
    rows += [("subject", "other", "", f"{scheme.upper()} {code}") for scheme, code in record.codes]
    rows += [("identifier", "doi", "", record.doi), ("identifier", "uri", "", doi_address(record.doi) or record.url)]
    rows += [("identifier", "issn", "", number) for number in journal.issns]
    rows += [("identifier", "citation", "", source(record)), ("publisher", "", "", journal.publisher)]
    rows += [("relation", "ispartof", t.lang, t.plain) for t in journal.titles[:1]]
    rows += [("language", "iso", "", languages.short(record.lang)), ("type", "", "", "Article")]
    rows += [("rights", "", t.lang, t.plain) for t in record.licence.texts] + [
        ("rights", "uri", "", record.licence.url)
    ]
    rows += [("rights", "holder", "", record.licence.holder)]
    return list(dict.fromkeys(row for row in rows if row[3].strip()))
