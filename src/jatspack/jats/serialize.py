"""Bytes of a JATS tree: always the same for the same tree, and fit to be read by a person."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from jatspack.jats.models import ELEMENT_ONLY

# version: public identifier, system identifier (JATS Journal Publishing, as each version's DTD says of itself)
DOCTYPES = {
    "1.1": ("-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.1 20151215//EN", "JATS-journalpublishing1.dtd"),
    "1.2": ("-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2 20190208//EN", "JATS-journalpublishing1.dtd"),
    "1.3": ("-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.3 20210610//EN", "JATS-journalpublishing1-3.dtd"),
}


def serialize(tree: etree._ElementTree) -> bytes:
    """UTF-8 with declaration and DOCTYPE; element-only content is indented, mixed content is left alone.

    A tree that was read from a file keeps its DOCTYPE; one that was built gets that of its @dtd-version.
    """
    root = deepcopy(tree.getroot())
    _indent(root, 0)
    public, system = tree.docinfo.public_id, tree.docinfo.system_url  # type: ignore[attr-defined]
    if not system:
        public, system = DOCTYPES.get(root.get("dtd-version", ""), ("", ""))
    kind = f'PUBLIC "{public}"' if public else "SYSTEM"
    doctype = f'<!DOCTYPE {root.tag} {kind} "{system}">\n' if system else ""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' + doctype
    return (head + etree.tostring(root, encoding="unicode") + "\n").encode("utf-8")


def fragment(element: etree._Element) -> str:
    """One element as text, indented, without what its document declares for others."""
    alone = deepcopy(element)
    alone.tail = None
    _indent(alone, 0)
    etree.cleanup_namespaces(alone)
    return etree.tostring(alone, encoding="unicode")


def _indent(element: etree._Element, depth: int) -> None:
    if element.tag not in ELEMENT_ONLY or not len(element) or _has_text(element):
        return
    inner = "\n" + "  " * (depth + 1)
    element.text = inner
    for child in element:
        _indent(child, depth + 1)
        child.tail = inner
    element[-1].tail = "\n" + "  " * depth


def _has_text(element: etree._Element) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)
