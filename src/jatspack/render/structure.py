"""The structure tree of a PDF (ISO 32000-1, 14.7): what a screen reader reads, made from WeasyPrint's boxes.

It stands in for WeasyPrint's own, which makes one element for every box and begins anew on every page. Here one
element of the page's HTML is one element of the tree, however many lines, columns and pages it runs over. Languages,
scopes of table headers, notes, formulas and list bodies are told (ISO 14289-1, PDF/UA-1); running heads and repeated
table heads are artifacts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

# HTML's elements in PDF's words (ISO 32000-1, 14.8.4). What is not here has no role, only its content.
_ROLES = {
    "article": "Art",
    "section": "Sect",
    "aside": "Sect",
    "blockquote": "BlockQuote",
    "figure": "Div",
    "p": "P",
    "pre": "P",
    **{f"h{n}": f"H{n}" for n in range(1, 7)},
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "caption": "Caption",
    "figcaption": "Caption",
    "img": "Figure",
    "code": "Code",
    "q": "Quote",
}
_INLINE = frozenset({"Span", "Link", "Note", "Formula", "Code", "Quote", "Lbl", "Reference"})
_GROUPS = frozenset({"Document", "Art", "Sect", "Div", "BlockQuote"})  # hold blocks; text in them is a paragraph
_TABLE_PARTS = {
    "Table": frozenset({"Caption", "THead", "TBody", "TFoot", "TR"}),
    "THead": frozenset({"TR"}),
    "TBody": frozenset({"TR"}),
    "TFoot": frozenset({"TR"}),
    "TR": frozenset({"TH", "TD"}),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a page's content: the page (from 0) and its marked content identifier."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Target:
    """A link's annotation on a page."""

    page: int
    annotation: Any


@dataclass(eq=False, slots=True)
class Node:
    """An element of the structure tree. `role` is "" for what only holds its content together."""

    role: str
    block: bool = True
    language: str = ""
    alternative: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    source: ET.Element | None = None
    kids: list[Node | Mark | Target] = field(default_factory=list)


class Tree:
    """The structure tree, while it grows page by page."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self._known: dict[tuple[int, str], Node] = {}
        self._scale = 0.75  # points of a CSS pixel

    def add_page(self, number: int, page: Any, tags: dict[Any, dict[str, Any]]) -> None:
        """The content of a page; `tags` are the marked contents of its stream, by box."""
        for child in page.children:
            self._add(child, self.root, number, page, tags)

    def _add(self, box: Any, parent: Node, number: int, page: Any, tags: dict[Any, dict[str, Any]]) -> None:
        box = getattr(box, "_box", box)  # a placeholder of what is positioned
        if is_artifact(box):
            return
        if box in tags and not hasattr(box, "replacement"):
            parent.kids.append(Mark(number, tags[box]["mcid"]))
            return
        node = self._node(box, parent)
        if box.link_annotation:
            node.kids.append(Target(number, box.link_annotation))
        if box in tags:
            node.kids.append(Mark(number, tags[box]["mcid"]))
            node.attributes.setdefault("Layout", {"BBox": self._area(box, page)})
        for child in getattr(box, "children", ()):
            self._add(child, node, number, page, tags)

    def _node(self, box: Any, parent: Node) -> Node:
        """The element of a box: its parent's for an anonymous box, the known one for a box that goes on elsewhere."""
        element, tag = box.element, box.element_tag
        if element is None or tag in ("html", "body", "main"):
            return parent
        key = (id(element), tag)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _new_node(box, element, tag, parent.role)
            parent.kids.append(known)
            if tag.endswith("::footnote-call"):  # the note is read where it is called
                note = Node("Note", block=False, language=element.get("lang") or "", source=element)
                self._known[id(element), element.tag] = note
                parent.kids.append(note)
        return known

    def _area(self, box: Any, page: Any) -> tuple[float, float, float, float]:
        left, top = box.content_box_x(), box.content_box_y()
        right, bottom = left + box.width, top + box.height
        height = page.margin_height()
        points = [round(side * self._scale, 2) for side in (left, height - bottom, right, height - top)]
        return points[0], points[1], points[2], points[3]


def is_artifact(box: Any) -> bool:
    """Whether a box is no part of the text: running heads, heads of tables that go on."""
    return getattr(box, "artifact", False) or type(box).__name__ == "MarginBox"


def _new_node(box: Any, element: ET.Element, tag: str, around: str) -> Node:
    classes = (element.get("class") or "").split()
    block = not any(kind.__name__ == "InlineLevelBox" for kind in type(box).__mro__)
    pseudo = "::" in tag
    node = Node("" if pseudo else _role(element, tag, classes, around), block, source=element)
    if pseudo:
        node.role = "Lbl" if tag in ("li::marker", "span::footnote-marker") else ""
        node.block = False
        return node
    node.language = element.get("lang") or ""
    if node.role in ("Figure", "Formula"):
        node.alternative = element.get("alt") or ""
    elif node.role in ("TH", "TD"):
        node.attributes["Table"] = _cell(box, element, node.role)
    return node


def _role(element: ET.Element, tag: str, classes: list[str], around: str) -> str:
    if tag == "a":
        return "Link" if element.get("href") else ""
    if "footnote" in classes:
        return "Note"
    if tag == "img" and "math" in classes:
        return "Formula"
    if around == "LI" and ("label" in classes or "mark" in classes):
        return "Lbl"
    return _ROLES.get(tag, "")


def _cell(box: Any, element: ET.Element, role: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if role == "TH":
        rows = element.get("scope") in ("row", "rowgroup")
        found["Scope"] = "/Row" if rows else "/Column"
    for name, span in (("ColSpan", box.colspan), ("RowSpan", box.rowspan)):
        if span != 1:
            found[name] = span
    return found


def tidy(node: Node, language: str = "") -> None:
    """Put a tree into the shape that PDF/UA asks for: languages once, no elements without a role, text in paragraphs,
    list items with bodies, nothing but rows and cells in a table."""
    language = _settle(node, language)
    kids: list[Node | Mark | Target] = []
    for kid in node.kids:
        if isinstance(kid, Node):
            tidy(kid, language)
            kids += _without_role(kid)
        else:
            kids.append(kid)
    node.kids = kids
    if node.role in _GROUPS:
        node.kids = _in_paragraphs(kids)
    elif node.role == "L":
        node.kids = _items(kids)
    elif node.role == "LI":
        node.kids = _item(kids)
    elif node.role in _TABLE_PARTS:
        if node.role == "Table":
            _head(node)
        node.kids = [kid for kid in kids if isinstance(kid, Node) and kid.role in _TABLE_PARTS[node.role]]
    elif node.role != "Note":
        node.kids = [_unlabelled(kid) for kid in kids]


def _settle(node: Node, language: str) -> str:
    """A language is told where it changes; an element without a role that tells one gets a role for it."""
    if node.language in ("", language):
        node.language = ""
        return language
    if not node.role:
        node.role = "Div" if node.block else "Span"
    return node.language


def _without_role(node: Node) -> list[Node | Mark | Target]:
    """What a node leaves in its parent: itself, its content, or a paragraph of its content."""
    if node.role:
        return [node] if node.kids or node.role in ("TH", "TD") else []
    if node.block and node.kids and all(map(_is_inline, node.kids)):
        return [Node("P", kids=node.kids)]
    return _in_paragraphs(node.kids) if node.block else node.kids


def _is_inline(kid: Node | Mark | Target) -> bool:
    return not isinstance(kid, Node) or kid.role in _INLINE or (kid.role == "Figure" and not kid.block)


def _in_paragraphs(kids: list[Node | Mark | Target]) -> list[Node | Mark | Target]:
    """Text beside blocks becomes paragraphs."""
    found: list[Node | Mark | Target] = []
    for kid in kids:
        if not _is_inline(kid):
            found.append(kid)
        elif found and isinstance(found[-1], Node) and found[-1].source is None and found[-1].role == "P":
            found[-1].kids.append(_unlabelled(kid))
        else:
            found.append(Node("P", kids=[_unlabelled(kid)]))
    return found


def _unlabelled(kid: Node | Mark | Target) -> Node | Mark | Target:
    """A label outside a list is a piece of text."""
    if isinstance(kid, Node) and kid.role == "Lbl":
        kid.role = "Span"
    return kid


def _items(kids: list[Node | Mark | Target]) -> list[Node | Mark | Target]:
    """The items of a list: a term and its description are one; what stands between two belongs to the first."""
    found: list[Node] = []
    for kid in kids:
        role = kid.role if isinstance(kid, Node) else ""
        if role == "LI":
            assert isinstance(kid, Node)
            found.append(kid)
        elif role == "Lbl":
            found.append(Node("LI", kids=[kid]))
        elif role == "LBody" and found and not _has(found[-1], "LBody"):
            found[-1].kids.append(kid)
        else:
            if not found:
                found.append(Node("LI"))
            body = next((k for k in found[-1].kids if isinstance(k, Node) and k.role == "LBody"), None)
            if body is None:
                body = Node("LBody")
                found[-1].kids.append(body)
            body.kids.append(kid)
    return list(found)


def _head(table: Node) -> None:
    """A table that tells no headers is headed by its first row."""
    rows = [node for node in nodes(table) if node.role == "TR"]
    if rows and not any(cell.role == "TH" for row in rows for cell in nodes(row)):
        for cell in rows[0].kids:
            if isinstance(cell, Node) and cell.role == "TD":
                cell.role = "TH"
                cell.attributes.setdefault("Table", {})["Scope"] = "/Column"


def _has(node: Node, role: str) -> bool:
    return any(isinstance(kid, Node) and kid.role == role for kid in node.kids)


def _item(kids: list[Node | Mark | Target]) -> list[Node | Mark | Target]:
    """A list item: a label, if it begins with one, and a body."""
    label = kids[:1] if kids and isinstance(kids[0], Node) and kids[0].role == "Lbl" else []
    body = [_unlabelled(kid) for kid in kids[len(label) :]]
    return [*label, Node("LBody", kids=body)]


def nodes(node: Node) -> Iterator[Node]:
    """A node and all below it, in reading order."""
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from nodes(kid)


def describe_figures(root: Node) -> int:
    """Give figures without an alternative text that of their caption; returns how many remain without one."""
    lacking = 0
    for node in nodes(root):
        if node.role == "Figure" and not node.alternative:
            lacking += 1
        captions = [kid.source for kid in node.kids if isinstance(kid, Node) and kid.role == "Caption"]
        text = " ".join(" ".join(c.itertext()) for c in captions if c is not None)
        for figure in nodes(node) if text.strip() else ():
            if figure.role == "Figure" and not figure.alternative:
                figure.alternative = " ".join(text.split())
    return lacking
