"""XML for the targets: elements that are not there without content, the same bytes for the same values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from jatspack.jats.inline import clean
from jatspack.jats.record import Text

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XSI_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"


def document(tag: str, space: str, schema: str, prefixes: Mapping[str | None, str]) -> etree._Element:
    """The root element of a document that names its schema; `prefixes` are its namespaces beside xsi."""
    spaces: Any = {**prefixes, "xsi": "http://www.w3.org/2001/XMLSchema-instance"}
    root = etree.Element(f"{{{space}}}{tag}", nsmap=spaces)
    root.set(XSI_LOCATION, f"{space} {schema}")
    return root


def add(parent: etree._Element, tag: str, text: str = "", /, **attributes: str) -> etree._Element:
    """A child of the parent's namespace, or of one that the tag names.

    In an attribute's name `_` stands for `-`, and `__` for `_`; attributes without value are left out.
    """
    space = etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{space}}}{tag}" if space and not tag.startswith("{") else tag)
    element.text = clean(text) or None
    for name, value in attributes.items():  # `__` is a `_`, `_` a `-`
        if value:
            element.set(name.replace("__", " ").replace("_", "-").replace(" ", "_"), clean(value))
    return element


def leaf(parent: etree._Element, tag: str, text: str, /, **attributes: str) -> etree._Element | None:
    """The same, but only where there is text."""
    return add(parent, tag, text, **attributes) if clean(text).strip() else None


def in_language(element: etree._Element, lang: str) -> etree._Element:
    """Set xml:lang, if the language is known."""
    if lang:
        element.set(XML_LANG, lang)
    return element


def styled(parent: etree._Element, text: Text, tags: dict[str, str]) -> None:
    """Fill an element with a text; `tags` names the element for each style, other styles are left out."""
    for run, styles in text.runs:
        home = parent
        for style in sorted(styles & tags.keys()):
            home = add(home, tags[style])
        words = clean(run)
        if home is not parent:
            home.text = (home.text or "") + words
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + words
        else:
            parent.text = (parent.text or "") + words


def written(root: etree._Element) -> bytes:
    """The bytes of a document, indented where no text is touched."""
    _indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _indent(root: etree._Element, level: int = 0) -> None:
    children = list(root)
    if not children or _has_text(root, children):
        return
    root.text = "\n" + "  " * (level + 1)
    for child in children:
        child.tail = "\n" + "  " * (level + 1)
        _indent(child, level + 1)
    children[-1].tail = "\n" + "  " * level


def _has_text(root: etree._Element, children: Iterable[etree._Element]) -> bool:
    return any((t or "").strip() for t in (root.text, *(c.tail for c in children)))
