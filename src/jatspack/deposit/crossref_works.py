"""Crossref's citation_list and relations: the works that the article cites, and those that it belongs to."""

from __future__ import annotations

import re

from lxml import etree

from jatspack.deposit.job import Account
from jatspack.deposit.xml import add, leaf
from jatspack.jats.record import Cited, Record

# JATS publication-type -> Crossref citation/@type.
_TYPES = {
    "journal": "journal_article", "book": "book", "chapter": "book_chapter", "thesis": "dissertation",
    "conference": "conference_paper", "confproc": "conference_paper", "conf-proc": "conference_paper",
    "data": "dataset", "dataset": "dataset", "software": "software", "standard": "standard", "patent": "patent",
    "report": "report", "preprint": "preprint", "web": "web_resource", "webpage": "web_resource",
    "website": "web_resource",
}  # fmt: skip
# JATS related-article-type -> Crossref relationship-type; what the article is to the other work.
_RELATIONS = {
    "translated-article": "isTranslationOf", "translation": "hasTranslation", "preprint": "hasPreprint",
    "commentary-article": "isCommentOn", "letter": "hasReply", "letter-in-reply": "hasReply",
    "peer-reviewed-article": "isReviewOf", "peer-review": "hasReview", "companion": "hasRelatedMaterial",
    "continued-by": "isContinuedBy", "continues": "continues", "object-of-concern": "isCommentOn",
}  # fmt: skip
_DOI, _ISSN = re.compile(r"10\.[0-9]{4,9}/.{1,200}"), re.compile(r"[0-9]{4}-?[0-9]{3}[0-9X]")
_ISBN = re.compile(r"(97[89]-)?[0-9][0-9 -]+[0-9X]")
_PLACES = (
    ("volume", "volume", 32),
    ("issue", "issue", 32),
    ("fpage", "first_page", 32),
    ("edition", "edition_number", 15),
)


def citation_list(article: etree._Element, record: Record, account: Account) -> None:
    """Each work with its parts and its printed text, which Crossref matches where the parts do not do."""
    if not record.cited:
        return
    home = add(article, "citation_list")
    keys: set[str] = set()
    for number, work in enumerate(record.cited, 1):
        key = " ".join(work.id.split())[:128]
        key = f"ref-{number}" if not key or key in keys else key
        keys.add(key)
        _citation(add(home, "citation", key=key, type=_TYPES.get(work.kind, "")), work, account)


def _citation(element: etree._Element, work: Cited, account: Account) -> None:
    parts = work.parts
    if _ISSN.fullmatch(parts.get("issn", "")):
        add(element, "issn", parts["issn"])
    in_journal = work.kind in ("journal", "")
    leaf(element, "journal_title" if in_journal else "volume_title", parts.get("source", ""))
    author = next((a.surname or a.full for a in work.authors), "") or parts.get("collab", "")
    leaf(element, "author", author)
    for part, tag, longest in _PLACES:
        leaf(element, tag, account.fit(f"{part} of reference {work.label or work.id}", parts.get(part, ""), longest))
    leaf(element, "elocation_id", parts.get("elocation-id", ""))
    leaf(element, "cYear", parts.get("year", ""))
    if _DOI.fullmatch(parts.get("doi", "")):
        add(element, "doi", parts["doi"])
    isbn = parts.get("isbn", "")
    if 10 <= len(isbn) <= 17 and _ISBN.fullmatch(isbn):
        add(element, "isbn", isbn)
    title = parts.get("article-title") or parts.get("chapter-title") or parts.get("data-title") or ""
    leaf(element, "article_title", title)
    add(element, "unstructured_citation", work.text)


def relations(article: etree._Element, record: Record, space: str) -> None:
    """Works of which the JATS says how the article is related to them, in words that Crossref has."""
    known = [(r, _RELATIONS[r.kind]) for r in record.related if r.kind in _RELATIONS]
    if not known:
        return
    program = add(article, f"{space}program", name="relations")
    for related, kind in known:
        same = kind in ("isTranslationOf", "hasTranslation", "hasPreprint")
        tag = "intra_work_relation" if same else "inter_work_relation"
        item = add(program, "related_item")
        add(item, tag, related.identifier, relationship_type=kind, identifier_type=related.scheme)
