"""Links that show one address and lead to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import unquote

from jatspack.article import Article
from jatspack.config import entry
from jatspack.findings import Finding, finding
from jatspack.read.document import Document
from jatspack.recognize.identifiers import find_emails
from jatspack.recognize.walk import iter_rich
from jatspack.richtext import Rich

_SHOWN = re.compile(r"(?:https?://|www\.)\S+|10\.\d{4,9}/\S+", re.IGNORECASE)
_LEAD = re.compile(r"^(?:https?://)?(?:www\.|dx\.)*(?:doi\.org/(?=10\.))?", re.IGNORECASE)


def differing_links(document: Document, article: Article, texts: Sequence[Rich]) -> Iterator[Finding]:
    """E-mail addresses as the source has them, web addresses as the article has them now."""
    told: set[tuple[str, str]] = set()
    for _, rich in iter_rich(document.blocks):
        if any(run.href.startswith("mailto:") for run in rich):
            for line, shown, href in _linked(rich):
                yield from _mail(article, shown, href, line, told)
    for text in texts:
        if any(run.href.startswith("http") for run in text):
            for line, shown, href in _linked(text):
                yield from _address(shown, href, line, told)


def _linked(text: Rich) -> Iterator[tuple[int, str, str]]:
    """(line, what is shown, where it leads) of each link."""
    for href, runs in groupby(text, key=lambda run: run.href):
        if href:
            row = list(runs)
            yield row[0].line, "".join(run.text for run in row).strip(), href


def _mail(article: Article, shown: str, href: str, line: int, told: set[tuple[str, str]]) -> Iterator[Finding]:
    target = unquote(href.removeprefix("mailto:").partition("?")[0]).strip()
    printed, meant = find_emails(shown), find_emails(target)
    if len(printed) != 1 or len(meant) != 1 or printed[0].value.casefold() == meant[0].value.casefold():
        return
    one, other = printed[0].value, meant[0].value
    person = next((p for p in article.contributors if one in p.emails), None)
    if (one, other) in told or (person is None and any(other in p.emails for p in article.contributors)):
        return  # corrected already
    told.add((one, other))
    if person is not None:
        emails = list(dict.fromkeys(other if mail == one else mail for mail in person.emails))
        correction = entry("contributors", find=one, email=emails)
    else:
        correction = ""
    yield finding("link-differs", (line, line), correction=correction, text=one, target=other)


def _address(shown: str, href: str, line: int, told: set[tuple[str, str]]) -> Iterator[Finding]:
    match = _SHOWN.fullmatch("".join(shown.split()))
    if not match or (shown, href) in told:
        return
    one, other = _plain(match[0]), _plain(href)
    if one.startswith(other) or other.startswith(one):  # cut where a line ended
        return
    told.add((shown, href))
    correction = entry("replace", find=shown, by=href, lines=str(line)) if line else ""
    yield finding("link-differs", (line, line), correction=correction, text=shown, target=href)


def _plain(address: str) -> str:
    """An address without what may differ between text and target."""
    bare = _LEAD.sub("", unquote(address).replace("\\", "")).casefold()
    return re.sub(r"[\s\u00ad‐-]", "", bare).rstrip("/.,;:)")
