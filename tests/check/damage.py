"""Small ways to damage a JATS tree, for the tests of what notices them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

Damage = Callable[[etree._Element], None]
SPACES = {"xml": "http://www.w3.org/XML/1998/namespace", "mml": "http://www.w3.org/1998/Math/MathML"}


def find(root: etree._Element, path: str, n: int = 0) -> etree._Element:
    """The n-th element of a path; IndexError where there is none, so that no damage is done to nothing."""
    found: Any = root.xpath(path, namespaces=SPACES)
    return found[n]


def edit(old: str, new: str, path: str = ".") -> Damage:
    """Replace a piece of text, the first that is found below a path."""

    def damage(root: etree._Element) -> None:
        for element in _below(find(root, path)):
            if element.text and old in element.text:
                element.text = element.text.replace(old, new, 1)
                return
            if element.tail and old in element.tail and element is not root:
                element.tail = element.tail.replace(old, new, 1)
                return
        raise AssertionError(f"{old!r} is not there")

    return damage


def _below(element: etree._Element) -> Iterator[etree._Element]:
    return element.iter(etree.Element)


def drop(path: str, n: int = 0) -> Damage:
    """Take an element out; the text behind it stays."""

    def damage(root: etree._Element) -> None:
        element = find(root, path, n)
        parent = element.getparent()
        assert parent is not None
        tail, before = element.tail or "", element.getprevious()
        parent.remove(element)
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail

    return damage


def swap(path: str, first: int, second: int) -> Damage:
    """Let two elements change places."""

    def damage(root: etree._Element) -> None:
        one, other = find(root, path, first), find(root, path, second)
        for element in (one, other):
            assert not (element.tail or "").strip()
        copies = deepcopy(one), deepcopy(other)
        for element, copy in ((one, copies[1]), (other, copies[0])):
            parent = element.getparent()
            assert parent is not None
            parent.replace(element, copy)

    return damage


def again(path: str, n: int = 0) -> Damage:
    """Put a copy of an element behind it."""

    def damage(root: etree._Element) -> None:
        element = find(root, path, n)
        copy = deepcopy(element)
        copy.tail = None
        element.addnext(copy)

    return damage


def move(path: str, to: str, n: int = 0) -> Damage:
    """Put an element at the end of another one."""

    def damage(root: etree._Element) -> None:
        find(root, to).append(find(root, path, n))

    return damage


def add(to: str, xml: str) -> Damage:
    """Put a new element at the end of another one."""

    def damage(root: etree._Element) -> None:
        find(root, to).append(etree.fromstring(xml))

    return damage
