"""The PDF's metadata as XMP (ISO 16684-1), from the JATS: Dublin Core, PRISM 2.0, rights, and what standards it keeps.

PDF/A wants every property described that is not its own (ISO 19005-3, 6.6.2.3): `_DESCRIBED` does it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from jatspack.jats.read import facts, plain

_XML = "{http://www.w3.org/XML/1998/namespace}"
_SPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_DESCRIBED = {
    "pdfuaid": ("PDF/UA identification", {"part": ("internal", "Integer", "Part of ISO 14289")}),
    "prism": (
        "PRISM basic metadata",
        {
            name: ("external", "Text", meaning)
            for name, meaning in {
                "doi": "Digital Object Identifier of the article",
                "url": "Address of the article",
                "publicationName": "Title of the journal",
                "issn": "ISSN of the printed journal",
                "eIssn": "ISSN of the electronic journal",
                "volume": "Volume",
                "number": "Issue",
                "startingPage": "First page",
                "endingPage": "Last page",
                "publicationDate": "Date of publication",
            }.items()
        },
    ),
}
_BEGIN = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_END = b'\n<?xpacket end="r"?>'


def packet(
    tree: etree._ElementTree | None, page: Any, producer: str, date: str, claims: Mapping[str, Mapping[str, str]]
) -> bytes:
    """The XMP packet of an article, or, where there is no JATS, of a page (WeasyPrint's DocumentMetadata).

    `producer` is the program that wrote the PDF; `date` is when (ISO 8601; "" leaves it out); `claims` are the
    properties of pdfaid and pdfuaid by which the file says what standards it keeps.
    """
    root = etree.Element(_name("x:xmpmeta"), nsmap={"x": _SPACES["x"]})
    rdf = etree.SubElement(root, _name("rdf:RDF"), nsmap={k: v for k, v in _SPACES.items() if k != "x"})
    about = etree.SubElement(rdf, _name("rdf:Description"), {_name("rdf:about"): ""})
    for prefix, values in claims.items():
        for key, value in values.items():
            _text(about, f"{prefix}:{key}", value)
    _text(about, "pdf:Producer", producer)
    _text(about, "xmp:CreatorTool", page.generator or "jatspack")
    for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
        _text(about, key, date)
    _text(about, "dc:format", "application/pdf")
    if tree is not None:
        _describe(about, tree)
    else:
        _alternatives(about, "dc:title", {page.lang or "": page.title or ""}, page.lang or "")
        _list(about, "dc:creator", "Seq", page.authors)
        _list(about, "dc:language", "Bag", [page.lang or ""])
    used = [prefix for prefix in _DESCRIBED if any(child.tag.startswith(f"{{{_SPACES[prefix]}}}") for child in about)]
    _extensions(about, used)
    etree.indent(root)
    return _BEGIN + etree.tostring(root, encoding="utf-8") + _END


def _describe(about: etree._Element, tree: etree._ElementTree) -> None:
    known, root = facts(tree), tree.getroot()
    front: Any = root.find("front")
    meta = front.find("article-meta") if front is not None else None
    language = known.language
    _alternatives(about, "dc:title", known.titles, language)
    _list(about, "dc:creator", "Seq", known.authors)
    _list(about, "dc:publisher", "Bag", [known.publisher])
    _list(about, "dc:language", "Bag", known.languages)
    if meta is None:
        return
    abstracts = {
        a.get(f"{_XML}lang", language): _abstract(a) for a in reversed(meta.xpath("abstract | trans-abstract"))
    }
    _alternatives(about, "dc:description", abstracts, language)
    keywords = [plain(kwd) for kwd in meta.iterfind("kwd-group/kwd")]
    _list(about, "dc:subject", "Bag", keywords)
    _text(about, "pdf:Keywords", ", ".join(keywords))
    doi = known.doi
    _text(about, "dc:identifier", f"doi:{doi}" if doi else "")
    _list(about, "dc:date", "Seq", [known.published])
    _rights(about, meta.find("permissions"), language)
    journal = front.find("journal-meta")
    numbers = journal.iterfind("issn") if journal is not None else ()
    issn = {number.get("publication-format") or number.get("pub-type"): plain(number) for number in numbers}
    for key, value in {
        "doi": doi,
        "url": f"https://doi.org/{doi}" if doi else "",
        "publicationName": known.journal,
        "issn": issn.get("print") or issn.get("ppub") or issn.get(None),
        "eIssn": issn.get("electronic") or issn.get("epub"),
        "volume": meta.findtext("volume"),
        "number": meta.findtext("issue"),
        "startingPage": meta.findtext("fpage"),
        "endingPage": meta.findtext("lpage"),
        "publicationDate": known.published,
    }.items():
        _text(about, f"prism:{key}", value or "")


def _rights(about: etree._Element, permissions: Any, language: str) -> None:
    if permissions is None:
        return
    statement, licence = permissions.findtext("copyright-statement") or "", permissions.find("license")
    texts = {}
    address = ""
    if licence is not None:
        address = licence.get("{http://www.w3.org/1999/xlink}href", "")
        texts = {licence.get(f"{_XML}lang", language): plain(p) for p in reversed(licence.findall("license-p"))}
    if statement:
        texts[language] = " ".join(filter(None, [statement, texts.get(language)]))
    _alternatives(about, "dc:rights", texts, language)
    _text(about, "xmpRights:WebStatement", address)
    if texts or address:
        _text(about, "xmpRights:Marked", "True")


def _abstract(abstract: etree._Element) -> str:
    return " ".join(text for part in abstract.iter("p") if (text := plain(part)))


def _name(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def _text(about: etree._Element, name: str, value: str) -> None:
    if value := value.strip():
        etree.SubElement(about, _name(name)).text = value


def _list(about: etree._Element, name: str, kind: str, values: Iterable[str]) -> None:
    if values := [value for value in values if value]:
        box = etree.SubElement(etree.SubElement(about, _name(name)), _name(f"rdf:{kind}"))
        for value in values:
            etree.SubElement(box, _name("rdf:li")).text = value


def _alternatives(about: etree._Element, name: str, texts: Mapping[str, str], own: str) -> None:
    """A text in several languages; the article's own is the default, and stands first."""
    ordered = sorted(((lang, text) for lang, text in texts.items() if text), key=lambda item: item[0] != own)
    if not ordered:
        return
    box = etree.SubElement(etree.SubElement(about, _name(name)), _name("rdf:Alt"))
    for lang, text in [("x-default", ordered[0][1]), *ordered]:
        if lang:
            etree.SubElement(box, _name("rdf:li"), {f"{_XML}lang": lang}).text = text


def _extensions(about: etree._Element, used: Iterable[str]) -> None:
    box: etree._Element | None = None
    for prefix in used:
        if box is None:
            box = etree.SubElement(etree.SubElement(about, _name("pdfaExtension:schemas")), _name("rdf:Bag"))
        title, properties = _DESCRIBED[prefix]
        schema = etree.SubElement(box, _name("rdf:li"), {_name("rdf:parseType"): "Resource"})
        _text(schema, "pdfaSchema:schema", title)
        _text(schema, "pdfaSchema:namespaceURI", _SPACES[prefix])
        _text(schema, "pdfaSchema:prefix", prefix)
        holder = etree.SubElement(etree.SubElement(schema, _name("pdfaSchema:property")), _name("rdf:Seq"))
        for name, (category, kind, meaning) in properties.items():
            row = etree.SubElement(holder, _name("rdf:li"), {_name("rdf:parseType"): "Resource"})
            for key, value in (("name", name), ("valueType", kind), ("category", category), ("description", meaning)):
                _text(row, f"pdfaProperty:{key}", value)
