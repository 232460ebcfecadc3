"""The article for reference managers: BibTeX, RIS and CSL-JSON, in its own language."""

from __future__ import annotations

import json

from jatspack.deposit import languages
from jatspack.deposit.job import Account, Job
from jatspack.jats import bibliography
from jatspack.jats.record import Record


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
    item = {"id": record.doi or job.stem} | bibliography.csl_item(record, record.lang)
    if not languages.tag(record.lang):
        item.pop("language", None)
    text = json.dumps([item], ensure_ascii=False, indent=1) + "\n"
    return {f"{job.stem}.csl.json": text.encode("utf-8")}


def _needs(account: Account, record: Record) -> None:
    account.needs(title=record.title)
    account.wants(authors=record.authors, date=record.date, journal=record.journal.titles)
