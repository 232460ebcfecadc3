"""Small operations on the tree that WeasyPrint parsed (xml.etree), where text belongs to the element before it."""

from __future__ import annotations

from collections.abc import Collection
from xml.etree import ElementTree as ET

Parents = dict[ET.Element, ET.Element]


def parents_of(root: ET.Element) -> Parents:
    """The parent of every element but the root."""
    return {child: parent for parent in root.iter() for child in parent}


def classes(element: ET.Element) -> set[str]:
    """The classes of an element."""
    return set(element.get("class", "").split())


def add_class(element: ET.Element, *names: str) -> None:
    """Add classes that the element has not yet."""
    have = element.get("class", "").split()
    element.set("class", " ".join([*have, *(name for name in names if name not in have)]))


def text_of(element: ET.Element) -> str:
    """All text of an element, white space folded."""
    return " ".join("".join(element.itertext()).split())


def detach(element: ET.Element, parents: Parents) -> ET.Element:
    """Take an element out and keep the text after it where it was."""
    parent = parents[element]
    at = list(parent).index(element)
    if element.tail:
        if at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)
    return element


def split_at(element: ET.Element, box: ET.Element, parents: Parents) -> list[ET.Element]:
    """Cut every ancestor of `element` below `box` in two, so that `element` becomes a child of `box` by itself.

    The first half keeps the id; the second is of class "continued". A half that would be empty is not made; headings
    that nothing would follow in the first half stay with `element`. Returns what now stands for the element.
    """
    parts = [element]
    parent = parents[element]
    while parent is not box:
        after = ET.Element(parent.tag, {k: v for k, v in parent.attrib.items() if k != "id"})
        add_class(after, "continued")
        at = list(parent).index(parts[0])
        after.text, parts[-1].tail = parts[-1].tail, None
        after.extend(list(parent)[at + len(parts) :])
        for child in list(parent)[at:]:
            parent.remove(child)
        for child in after:
            parents[child] = after
        tail, parent.tail = parent.tail, None
        alone = _only_headings(parent)
        if alone and not _empty(parent):
            parent.extend(parts)
            parts = [parent]
        above = parents[parent]
        place = list(above).index(parent)
        if not alone:
            place += 1
        else:
            above.remove(parent)
        pieces = [*parts, *([] if _empty(after) else [after])]
        pieces[-1].tail = tail
        for n, piece in enumerate(pieces):
            above.insert(place + n, piece)
            parents[piece] = above
        parent = above
    return parts


def _empty(element: ET.Element) -> bool:
    return not len(element) and not (element.text or "").strip()


def _only_headings(element: ET.Element) -> bool:
    return not (element.text or "").strip() and all(
        child.tag in HEADINGS and not (child.tail or "").strip() for child in element
    )


HEADINGS: Collection[str] = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
