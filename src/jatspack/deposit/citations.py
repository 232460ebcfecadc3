"""The article for reference managers: BibTeX, RIS and CSL-JSON, in its own language."""

from __future__ import annotations

import json
from typing import Any

from jatspack.deposit import languages
from jatspack.deposit.job import Account, Job
from jatspack.jats import bibliography
from jatspack.jats.record import Name, Record


def bibtex(job: Job, account: Account) -> dict[str, bytes]:
    """One @article."""
    _needs(account, job.record)
    text = bibliography.bibtex(job.record, job.record.lang)
    return {} if account.refused else {f"{job.stem}.bib": text.encode("utf-8")}


def ris(job: Job, account: Account) -> dict[str, bytes]:
    """One entry of the type JOUR."""
    _needs(account, job.record)
    text = bibliography.ris(job.record, job.record.lang)
    return {} if account.refused else {f"{job.stem}.ris": text.encode("utf-8")}


def csl_json(job: Job, account: Account) -> dict[str, bytes]:
    """A list with one item, as citation processors read it (schema csl-data.json, version 1.0.2)."""
    record = job.record
    _needs(account, record)
    if account.refused:
        return {}
    parts = [int(part) for part in record.date.split("-") if part]
    values: dict[str, Any] = {
        "title": record.title,
        "container-title": _journal(record),
        "container-title-short": record.journal.abbreviated,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.pages,
        "number": record.article_number,
        "DOI": record.doi,
        "ISSN": ", ".join(record.journal.issns),
        "URL": record.url,
        "publisher": record.journal.publisher,
        "publisher-place": record.journal.place,
        "language": languages.tag(record.lang),
        "keyword": ", ".join(_keywords(record)),
        "abstract": _abstract(record),
        "author": [_csl_name(p.names[0]) for p in record.authors],
        "editor": [_csl_name(p.names[0]) for p in record.people if p.role == "editor"],
        "translator": [_csl_name(p.names[0]) for p in record.people if p.role == "translator"],
        "issued": {"date-parts": [parts]} if parts else {},
    }
    item = {"id": record.doi or job.stem, "type": "article-journal"} | {k: v for k, v in values.items() if v}
    text = json.dumps([item], ensure_ascii=False, indent=1) + "\n"
    return {f"{job.stem}.csl.json": text.encode("utf-8")}


def _csl_name(name: Name) -> dict[str, str]:
    if not (name.surname and name.given):
        return {"literal": name.full}
    return {"family": name.surname, "given": name.given, **({"suffix": name.suffix} if name.suffix else {})}


def _needs(account: Account, record: Record) -> None:
    account.needs(title=record.title)
    account.wants(authors=record.authors, date=record.date, journal=record.journal.titles)


def _journal(record: Record) -> str:
    return record.journal.titles[0].plain if record.journal.titles else ""


def _keywords(record: Record) -> list[str]:
    return [k.plain for k in record.keywords if k.lang == record.lang]


def _abstract(record: Record) -> str:
    return next((a.plain for a in record.summaries if a.lang == record.lang), "")
