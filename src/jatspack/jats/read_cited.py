"""The reference list of a JATS tree: each work's printed text and its tagged parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from jatspack.jats.identifiers import bare_doi, web_address
from jatspack.jats.inline import XLINK
from jatspack.jats.read_people import name
from jatspack.jats.read_text import line
from jatspack.jats.record import Cited, Name

_CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation")
_PARTS = (
    "year", "article-title", "chapter-title", "part-title", "data-title", "source", "volume", "issue", "fpage", "lpage",
    "elocation-id", "publisher-name", "publisher-loc", "edition", "conf-name", "issn", "isbn", "collab",
)  # fmt: skip


def cited(root: etree._Element) -> Iterator[Cited]:
    """The works in all reference lists, in their order; of a work in several languages the first printing."""
    for n, ref in enumerate(root.iterfind("back//ref"), 1):
        citation = next(ref.iter(*_CITATIONS), None)
        if citation is None or not (text := _printed(citation)):
            continue
        label = ref.find("label")
        parts = _parts(citation)
        for other in ref.iter(*_CITATIONS):  # what one printing lacks and another has is the same work's
            if "doi" not in parts and (doi := _parts(other).get("doi", "")):
                parts["doi"] = doi
        names = tuple(who for e in _authors(citation) if (who := name(e)).full)
        kind = citation.get("publication-type") or citation.get("citation-type") or ""
        yield Cited(ref.get("id") or f"ref-{n}", line(label) if label is not None else "", text, kind, parts, names)


def _parts(citation: etree._Element) -> dict[str, str]:
    out: dict[str, str] = {}
    for tag in _PARTS:
        found = next((text for e in citation.iter(tag) if (text := line(e))), "")
        if found:
            out[tag] = found
    for element in citation.iter("pub-id", "ext-link", "uri"):
        kind = element.get("pub-id-type") or element.get("ext-link-type") or ""
        given = line(element) if element.tag == "pub-id" else element.get(XLINK + "href") or line(element)
        if (doi := bare_doi(given)) and (element.tag != "pub-id" or kind == "doi"):
            out.setdefault("doi", doi)
        elif element.tag == "pub-id" and kind:
            out.setdefault(kind, line(element))
        elif address := web_address(given):
            out.setdefault("uri", address)
    return out


def _authors(citation: etree._Element) -> list[etree._Element]:
    """The first group of people; without groups, the names that stand for themselves."""
    group = citation.find("person-group")
    home = citation if group is None else group
    return [e for e in home if e.tag in ("name", "string-name", "collab")]


def _printed(citation: etree._Element) -> str:
    """The text as printed. Parts that nothing stands between (element-citation) are put together with full stops."""
    if any((t or "").strip() for t in (citation.text, *(e.tail for e in citation))):
        return line(citation)
    pieces = []
    for element in citation:
        if element.tag == "person-group":
            pieces.append(", ".join(who.listed.replace(",", "") for e in element if (who := _who(e)) is not None))
        elif isinstance(element.tag, str) and element.tag != "issn":
            pieces.append(line(element))
    return re.sub(r"\.(\.| \.)+", ".", ". ".join(piece for piece in pieces if piece))


def _who(element: etree._Element) -> Name | None:
    return name(element) if element.tag in ("name", "string-name", "collab") else None
