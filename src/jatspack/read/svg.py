"""SVG images: only drawings, no programs and nothing fetched from elsewhere."""

from __future__ import annotations

import re
from typing import Any

_ELEMENTS = frozenset(("script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener"))
_LOCAL = re.compile(r"\s*(?:#|data:image/(?:png|jpe?g|gif|webp)[;,]|$)", re.I)
_CSS_FETCH = re.compile(r"@import|url\(\s*['\"]?(?!\s*(?:#|data:image/(?:png|jpe?g|gif|webp)[;,]))", re.I)
_HREF = frozenset(("href", "src", "data", "action", "formaction"))


def refused(data: bytes) -> str:
    """Why the SVG is refused, "" where it is fine. Entities are not expanded, nothing is loaded."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return f"it is no well-formed SVG ({error})"
    if etree.QName(root).localname.lower() != "svg":
        return "it is no SVG"
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
        return "it declares entities"
    before = root.getprevious()
    while before is not None:
        if isinstance(before, etree._ProcessingInstruction):
            return "it asks for a style sheet"
        before = before.getprevious()
    for element in root.iter():
        why = _element(element)
        if why:
            return why
    return ""


def _element(element: object) -> str:
    from lxml import etree

    if isinstance(element, etree._Entity | etree._ProcessingInstruction):
        return "it has entities or processing instructions"
    if not isinstance(element, etree._Element) or not isinstance(element.tag, str):
        return ""
    name = etree.QName(element).localname.lower()
    if name in _ELEMENTS:
        return f"it holds <{name}>"
    if name == "style" and _CSS_FETCH.search("".join(map(str, element.itertext()))):
        return "its styles load something from elsewhere"
    for key, value in element.attrib.items():
        attribute = etree.QName(str(key)).localname.lower()
        text = str(value)
        if attribute.startswith("on"):
            return f"it holds a program ({attribute})"
        if attribute in _HREF and not _LOCAL.match(text) and not (name == "a" and re.match(r"https?:", text)):
            return "it refers to something outside itself"
        if _CSS_FETCH.search(text):
            return "its styles load something from elsewhere"
    return ""
