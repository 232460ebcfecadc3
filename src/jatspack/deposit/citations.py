"""The article for reference managers: BibTeX (bibtexparser), RIS (rispy) and CSL-JSON, in its own language."""

from __future__ import annotations

import json
from typing import Any

from anyascii import anyascii

from jatspack.deposit import languages
from jatspack.deposit.job import Account, Job
from jatspack.jats.identifiers import doi_address
from jatspack.jats.record import Name, Record

_SPECIAL = str.maketrans({
    "\\": r"{\textbackslash}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
    "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
})  # fmt: skip


def bibtex(job: Job, account: Account) -> dict[str, bytes]:
    """One @article; UTF-8, as biber and every newer BibTeX read it."""
    record = job.record
    _needs(account, record)
    if account.refused:
        return {}
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field

    names = [person.names[0] for person in record.authors]
    values = {
        "author": " and ".join(map(_bibtex_name, names)),
        "title": f"{{{_escaped(record.title)}}}",
        "journal": _escaped(_journal(record)),
        "year": record.year,
        "month": record.date[5:7].lstrip("0"),
        "volume": _escaped(record.volume),
        "number": _escaped(record.issue),
        "pages": _escaped(record.pages.replace("-", "--") or record.article_number),
        "publisher": _escaped(record.journal.publisher),
        "issn": ", ".join(record.journal.issns),
        "doi": _balanced(record.doi),
        "url": _balanced(record.url or doi_address(record.doi)),
        "language": languages.tag(record.lang),
        "keywords": _escaped(", ".join(_keywords(record))),
        "abstract": _escaped(" ".join(_abstract(record).split())),
    }
    key = _key(names[0] if names else None) + record.year
    fields = [Field(name, value) for name, value in values.items() if value]
    text = write_string(Library([Entry("article", key, fields)])).strip() + "\n"
    return {f"{job.stem}.bib": text.encode("utf-8")}


def _key(name: Name | None) -> str:
    """The first author's surname in plain small letters."""
    letters = anyascii(name.surname or name.full).lower() if name is not None else ""
    return "".join(c for c in letters if c.isascii() and c.isalpha())[:60] or "article"


def _escaped(text: str) -> str:
    return text.translate(_SPECIAL)


def _balanced(text: str) -> str:
    """An address with no brace in it: in these fields nothing is escaped."""
    return text.replace("{", "%7B").replace("}", "%7D")


def _bibtex_name(name: Name) -> str:
    if not name.surname:
        return f"{{{_escaped(name.full)}}}"
    parts = (name.surname, name.suffix, name.given)
    return ", ".join(f"{{{_escaped(p)}}}" if " and " in f" {p} " or "," in p else _escaped(p) for p in parts if p)


def ris(job: Job, account: Account) -> dict[str, bytes]:
    """One entry of the type JOUR."""
    record = job.record
    _needs(account, record)
    if account.refused:
        return {}
    import rispy

    values: dict[str, Any] = {
        "type_of_reference": "JOUR",
        "authors": [person.names[0].listed for person in record.authors],
        "title": record.title,
        "translated_title": record.titles[1].plain if len(record.titles) > 1 else "",
        "secondary_title": _journal(record),
        "alternate_title1": record.journal.abbreviated,
        "year": record.year,
        "date": record.date.replace("-", "/") if len(record.date) > len("YYYY") else "",
        "volume": record.volume,
        "number": record.issue,
        "start_page": record.first_page or record.article_number,
        "end_page": record.last_page,
        "publisher": record.journal.publisher,
        "issn": ", ".join(record.journal.issns),
        "doi": record.doi,
        "urls": [address] if (address := record.url or doi_address(record.doi)) else [],
        "keywords": _keywords(record),
        "language": languages.tag(record.lang),
        "abstract": " ".join(_abstract(record).split()),
    }
    text: str = rispy.dumps([{key: value for key, value in values.items() if value}])
    return {f"{job.stem}.ris": (text.partition("\n")[2].strip() + "\n").encode("utf-8")}  # the first line is a number


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
