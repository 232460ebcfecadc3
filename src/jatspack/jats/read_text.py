"""Texts of a JATS tree on one line, with their language and the styles that catalogues keep."""

from __future__ import annotations

import re

from lxml import etree

from jatspack.jats.inline import XML
from jatspack.jats.record import STYLES, Text

_APART = frozenset({"p", "title", "sec", "list-item", "disp-formula", "disp-quote", "td", "th", "break", "def"})
_LEFT_OUT = frozenset({"fn", "label", "index-term", "graphic", "alt-text", "object-id"})
_MARKS = frozenset({"fn", "table-fn", "aff", "corresp", "author-notes"})


def lang_of(element: etree._Element) -> str:
    """The language that holds for an element; "" for none, or for one that is said to be unknown (und)."""
    node: etree._Element | None = element
    while node is not None:
        if found := node.get(XML + "lang"):
            return "" if found == "und" else found
        node = node.getparent()
    return ""


def line(element: etree._Element) -> str:
    """The text of an element on one line, without notes, their marks, labels, and the TeX beside MathML."""
    return text_of(element).plain


def text_of(element: etree._Element) -> Text:
    """The same, with language and styles. An element of its own that is a text as a whole has no style."""
    runs: list[tuple[str, frozenset[str]]] = []

    def walk(node: etree._Element, styles: frozenset[str]) -> None:
        runs.append((node.text or "", styles))
        for child in node:
            if _is_said(child, node):
                own = styles | {child.tag} if child.tag in STYLES else styles
                if child.tag in _APART:
                    runs.append((" ", styles))
                walk(child, own)
                if child.tag in _APART:
                    runs.append((" ", styles))
            runs.append((child.tail or "", styles))

    walk(element, frozenset())
    return Text(lang_of(element), _tidy(runs))


def _is_said(child: etree._Element, parent: etree._Element) -> bool:
    if not isinstance(child.tag, str):
        return False
    if child.tag == "tex-math":  # where there is no MathML, the TeX is all that is there
        return not (parent.tag == "alternatives" and len(parent) > 1)
    if child.tag in _LEFT_OUT:
        return False
    return not (child.tag == "xref" and child.get("ref-type") in _MARKS)


def _tidy(runs: list[tuple[str, frozenset[str]]]) -> tuple[tuple[str, frozenset[str]], ...]:
    """One space between words, none at the ends; neighbours of the same styles are one run; no styles all over."""
    out: list[tuple[str, frozenset[str]]] = []
    space = True  # none at the beginning
    for piece, styles in runs:
        text = re.sub(r"\s+", " ", piece)
        text = text.lstrip(" ") if space else text
        if not text:
            continue
        space = text.endswith(" ")
        if out and out[-1][1] == styles:
            out[-1] = (out[-1][0] + text, styles)
        else:
            out.append((text, styles))
    while out and not out[-1][0].rstrip(" "):
        out.pop()
    if out:
        out[-1] = (out[-1][0].rstrip(" "), out[-1][1])
        common = frozenset.intersection(*(styles for _, styles in out))
        if common:
            out = [(text, styles - common) for text, styles in out]
    return tuple(out)
