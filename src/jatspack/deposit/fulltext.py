"""The full text as PMC and Portico take it: a zip of JATS, PDF and images, renamed after journal, volume and article.

Sources: PMC's file submission specifications (names of packages and files); Portico asks for the same with the
publisher's own names, as long as they are unique. The XML is the same but for the names of its images.
"""

from __future__ import annotations

import copy
import posixpath
import re
from typing import Any
from urllib.parse import unquote

from lxml import etree

from jatspack.deposit.job import Account, Job
from jatspack.deposit.packed import zipped
from jatspack.jats.inline import XLINK

_LETTERS = {"graphic": "g", "inline-graphic": "i", "media": "m", "supplementary-material": "s"}


def pmc(job: Job, account: Account) -> dict[str, bytes]:
    """The package of PMC."""
    record = job.record
    account.needs(title=record.title, issn=record.journal.issns, journal=record.journal.titles, date=record.date)
    account.needs(publisher=record.journal.publisher, journal_id=_name(job), pages=_own(job))
    account.wants(licence=record.licence.url, abstract=record.abstracts, pdf=job.files.get(f"{job.stem}.pdf"))
    return {} if account.refused else {f"{_base(job)}.zip": _package(job, _base(job), account)}


def portico(job: Job, account: Account) -> dict[str, bytes]:
    """The package of Portico."""
    record = job.record
    account.needs(title=record.title, issn=record.journal.issns, journal=record.journal.titles)
    account.needs(journal_id=_name(job), pages=_own(job))
    account.wants(date=record.date, publisher=record.journal.publisher, pdf=job.files.get(f"{job.stem}.pdf"))
    return {} if account.refused else {f"{_base(job)}.portico.zip": _package(job, _base(job), account)}


def _name(job: Job) -> str:
    own = job.record.journal
    return own.id or (own.issns[0].replace("-", "") if own.issns else "")


def _own(job: Job) -> str:
    """What tells the article from the others of its issue."""
    record = job.record
    return record.first_page or record.article_number or record.publisher_id or record.doi.rpartition("/")[2]


def _base(job: Job) -> str:
    parts = (_name(job), job.record.volume, job.record.issue, _own(job))
    return "-".join(re.sub(r"[^A-Za-z0-9._]+", "_", part) for part in parts if part).strip("._-") or job.stem


def _package(job: Job, base: str, account: Account) -> bytes:
    tree: Any = copy.deepcopy(job.tree)
    files, names, counts = dict[str, bytes](), dict[str, str](), dict[str, int]()
    for element in tree.getroot().iter(*_LETTERS):
        href = element.get(XLINK + "href", "")
        key = posixpath.normpath(unquote(href))
        if not href or href.startswith(("http:", "https:", "data:")):
            continue
        if key not in job.files:
            account.left_out(f"the file {href}", "it does not lie beside the JATS", "put it there under this name")
            continue
        if key not in names:
            letter = _LETTERS[element.tag]
            counts[letter] = counts.get(letter, 0) + 1
            ending = re.sub(r"[^a-z0-9]", "", posixpath.splitext(key)[1].lower())
            names[key] = f"{base}-{letter}{counts[letter]:03}.{ending}"
            files[names[key]] = job.files[key]
        element.set(XLINK + "href", names[key])
    data = etree.tostring(tree, xml_declaration=True, encoding="UTF-8") + b"\n" if names else job.jats
    inside = {f"{base}.xml": data}
    if pdf := job.files.get(f"{job.stem}.pdf"):
        inside[f"{base}.pdf"] = pdf
    return zipped({**inside, **files}, job.when)
