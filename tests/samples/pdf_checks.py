"""What PDF/UA-1 (ISO 14289-1) and PDF/A-3 (ISO 19005-3) ask of a file's structure, read with pikepdf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote"}
TABLES = {"Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Caption"}
PIECES = {"Span", "Quote", "Note", "Reference", "Code", "Link", "Figure", "Formula"}
STANDARD = {*GROUPS, *TABLES, *PIECES, "P", *(f"H{n}" for n in range(1, 7)), "L", "LI", "Lbl", "LBody"}
CHILDREN = {
    "L": {"LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"Caption", "THead", "TBody", "TFoot", "TR"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}
NO_TEXT = {"Document", "Art", "Sect", "Div", "BlockQuote", *CHILDREN}  # hold other elements only


@dataclass(frozen=True)
class Element:
    """An element of the structure tree, with the languages and roles that it stands in."""

    node: Any
    role: str
    path: tuple[str, ...]
    language: str


def elements(pdf: pikepdf.Pdf) -> list[Element]:
    """All structure elements in reading order."""

    def walk(node: Any, path: tuple[str, ...], language: str) -> Iterator[Element]:
        role = str(node.S).removeprefix("/")
        language = str(node.get("/Lang", language))
        yield Element(node, role, path, language)
        for kid in kids(node):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from walk(kid, (*path, role), language)

    found: list[Element] = []
    for top in pdf.Root.StructTreeRoot.K:
        found += walk(top, (), str(pdf.Root.Lang))
    return found


def kids(node: Any) -> list[Any]:
    """What an element holds."""
    held = node.get("/K", [])
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def marks(pdf: pikepdf.Pdf, element: Element) -> Iterator[tuple[Any, int]]:
    """Page (as objgen) and identifier of each piece of content that an element holds itself."""
    for kid in kids(element.node):
        if isinstance(kid, int):
            yield element.node.Pg.objgen, kid
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
            yield kid.Pg.objgen, int(kid.MCID)


def structure_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What is wrong with the tree, the content and the way back from the one to the other."""
    found = elements(pdf)
    yield from _shape(found)
    yield from _headings(found)
    yield from _tables(found)
    held = [(mark, e) for e in found for mark in marks(pdf, e)]
    if len({mark for mark, _ in held}) != len(held):
        yield "content that two elements hold"
    parents = _parents(pdf)
    for page in pdf.pages:
        yield from _content(pdf, page, {mark[1]: e for mark, e in held if mark[0] == page.objgen}, parents)
    yield from _links(pdf, found, parents)


def _shape(found: list[Element]) -> Iterator[str]:
    identified = [str(e.node.ID) for e in found if "/ID" in e.node]
    if len(set(identified)) != len(identified):
        yield "an identifier used twice"
    for e in found:
        inner = {str(kid.S)[1:] for kid in kids(e.node) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid}
        text = any(isinstance(kid, int) or kid.get("/Type") == "/MCR" for kid in kids(e.node))
        if e.role not in STANDARD:
            yield f"no standard role: {e.role}"
        if not e.language:
            yield f"{e.role} without a language"
        if wrong := inner - CHILDREN.get(e.role, inner):
            yield f"{e.role} holds {wrong}"
        if text and e.role in NO_TEXT:
            yield f"{e.role} holds text"
        if e.role in ("Figure", "Formula") and not str(e.node.get("/Alt", "")).strip():
            yield f"{e.role} without alternative text"
        if e.role == "Note" and "/ID" not in e.node:
            yield "Note without ID"


def _headings(found: list[Element]) -> Iterator[str]:
    level = 0
    for e in found:
        if re.fullmatch("H[1-6]", e.role):
            now = int(e.role[1])
            if now > level + 1:
                yield f"{e.role} after a heading of level {level}"
            level = now
    if not any(e.role == "H1" for e in found):
        yield "no H1"


def _tables(found: list[Element]) -> Iterator[str]:
    for table in (e.node for e in found if e.role == "Table"):
        rows = [row for row in _below(table) if row.S == "/TR"]
        width, taken, headed = 0, {}, False
        for n, row in enumerate(rows):
            at = 0
            for cell in kids(row):
                facts = cell.get("/A", {})
                while (n, at) in taken:
                    at += 1
                headed |= cell.S == "/TH"
                if cell.S == "/TH" and str(facts.get("/Scope", "")) not in ("/Row", "/Column", "/Both"):
                    yield "TH without Scope"
                for down in range(int(facts.get("/RowSpan", 1))):
                    for across in range(int(facts.get("/ColSpan", 1))):
                        taken[n + down, at + across] = True
            width = max([width, *(column + 1 for _, column in taken)])
        if len(taken) != width * len(rows):
            yield f"a table of {len(rows)} rows and {width} columns has {len(taken)} places"
        if not headed:
            yield "a table without header cells"


def _below(node: Any) -> Iterator[Any]:
    for kid in kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _below(kid)


def _parents(pdf: pikepdf.Pdf) -> dict[int, Any]:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    keys = [int(key) for key in numbers[::2]]
    assert keys == sorted(set(keys))
    assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) > keys[-1]
    return dict(zip(keys, numbers[1::2], strict=True))


def _content(pdf: pikepdf.Pdf, page: Any, owners: dict[int, Element], parents: dict[int, Any]) -> Iterator[str]:
    """Everything painted is marked, as an artifact or as content that the tree holds."""
    back, seen = parents[int(page.StructParents)], set()
    depth: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BMC", "BDC"):
            facts = operands[1] if name == "BDC" else {}
            depth.append("" if "/MCID" not in facts else "content")
            if depth[-1]:
                mcid = int(facts["/MCID"])
                seen.add(mcid)
                if mcid not in owners:
                    yield f"content {mcid} that no element holds"
                elif back[mcid].objgen != owners[mcid].node.objgen:
                    yield f"content {mcid} leads back to another element"
            elif str(operands[0]) == "/Artifact":
                depth[-1] = "artifact"
        elif name == "EMC":
            depth.pop()
        elif name in ("Tj", "TJ", "'", '"', "Do", "f", "S", "B", "f*", "B*", "s", "b", "sh") and not any(depth):
            yield f"painted without a mark: {name}"
    if seen != set(owners):
        yield f"content in the tree that the page has not: {set(owners) - seen}"
    if page.get("/Tabs") != "/S":
        yield "tabs do not follow the structure"


def _links(pdf: pikepdf.Pdf, found: list[Element], parents: dict[int, Any]) -> Iterator[str]:
    links = {e.node.objgen for e in found if e.role == "Link"}
    for note in (note for page in pdf.pages for note in page.get("/Annots", [])):
        if parents[int(note.StructParent)].objgen not in links:
            yield "a link that no Link element holds"
        if not str(note.get("/Contents", "")).strip():
            yield "a link without description"
        if int(note.get("/F", 0)) != 4:
            yield "a link that is not printed"
