"""Dublin Core terms (DCMI Metadata Terms), in which SWORD describes a deposit."""

from __future__ import annotations

from typing import Any

from lxml import etree

from jatspack.deposit import languages
from jatspack.deposit.dublin_core import elements
from jatspack.deposit.xml import add, in_language
from jatspack.jats.record import Record

ATOM, DCTERMS = "http://www.w3.org/2005/Atom", "http://purl.org/dc/terms/"
CONTEXT = "https://swordapp.github.io/swordv3/swordv3.jsonld"
# Elements that have a closer term.
_TERMS = {"description": "abstract", "source": "bibliographicCitation", "date": "issued"}


def terms(record: Record) -> list[tuple[str, str, str]]:
    """(term, language, value), in the order of the element set."""
    rows, titles = [], 0
    for name, lang, value in elements(record):
        term = _TERMS.get(name, name)
        if name == "title":
            titles += 1
            term = "title" if titles == 1 else "alternative"
        rows.append((term, lang, value))
    return rows


def entry(record: Record | None, title: str, identifier: str, updated: str) -> bytes:
    """An Atom entry (RFC 4287) with the terms as its own children: SWORD 2.0 Profile, section 6.3.3.

    `identifier` is how the deposit is found again; `updated` is an RFC 3339 time.
    """
    spaces: Any = {None: ATOM, "dcterms": DCTERMS}
    root = etree.Element(f"{{{ATOM}}}entry", nsmap=spaces)
    add(root, f"{{{ATOM}}}title", title or identifier)
    add(root, f"{{{ATOM}}}id", f"info:jatspack/{identifier}")
    add(root, f"{{{ATOM}}}updated", updated)
    rows = terms(record) if record is not None else [("title", "", title)]
    makers = [[value for term, _, value in rows if term == wanted] for wanted in ("creator", "publisher")]
    for name in makers[0] or makers[1] or [identifier]:  # Atom must have an author
        author = etree.SubElement(root, f"{{{ATOM}}}author")
        add(author, f"{{{ATOM}}}name", name)
    for term, lang, value in [("identifier", "", identifier), *rows]:
        if value:
            element = add(root, f"{{{DCTERMS}}}{term}", value)
            in_language(element, languages.tag(lang))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def document(record: Record | None, title: str, identifier: str) -> dict[str, Any]:
    """The Metadata Document of SWORD 3.0: each term once, several values in one text."""
    rows = terms(record) if record is not None else [("title", "", title)]
    values: dict[str, list[str]] = {"identifier": [identifier]}
    for term, _, value in rows:
        if value:
            values.setdefault(term, []).append(value)
    known = {f"dcterms:{term}": "; ".join(dict.fromkeys(texts)) for term, texts in values.items()}
    return {"@context": CONTEXT, "@type": "Metadata", "dc:title": title or identifier, **known}
