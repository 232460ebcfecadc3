"""Changes to a document that know nothing of its grammar, as accidents and other people's programs make them."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from random import Random

from lxml import etree

Mutation = Callable[[etree._Element, etree._Element, Random], None]  # the element, its document, what decides


def _removed(element: etree._Element, root: etree._Element, random: Random) -> None:
    _parent(element).remove(element)


def _doubled(element: etree._Element, root: etree._Element, random: Random) -> None:
    element.addnext(deepcopy(element))


def _renamed(element: etree._Element, root: etree._Element, random: Random) -> None:
    element.tag = random.choice(list(root.iter(etree.Element))).tag


def _moved(element: etree._Element, root: etree._Element, random: Random) -> None:
    inside = set(element.iter())
    others = [e for e in root.iter(etree.Element) if e not in inside]
    home = random.choice(others)
    home.insert(random.randint(0, len(home)), element)


def _behind_the_next(element: etree._Element, root: etree._Element, random: Random) -> None:
    following = element.getnext()
    if following is not None:
        following.addnext(element)


def _unwrapped(element: etree._Element, root: etree._Element, random: Random) -> None:
    for child in reversed(element):
        element.addnext(child)
    _parent(element).remove(element)


def _emptied(element: etree._Element, root: etree._Element, random: Random) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


def _with_text(element: etree._Element, root: etree._Element, random: Random) -> None:
    element.text = (element.text or "") + "astray"


def _without_attribute(element: etree._Element, root: etree._Element, random: Random) -> None:
    if element.attrib:
        del element.attrib[random.choice(sorted(element.attrib))]


def _with_other_value(element: etree._Element, root: etree._Element, random: Random) -> None:
    if element.attrib:
        element.set(random.choice(sorted(element.attrib)), random.choice(["", "astray", "1 2", "2024-13-01", "x:y"]))


def _with_attribute_of_another(element: etree._Element, root: etree._Element, random: Random) -> None:
    other = random.choice([e for e in root.iter(etree.Element) if e.attrib])
    name = random.choice(sorted(other.attrib))
    element.set(name, other.attrib[name])


MUTATIONS: tuple[Mutation, ...] = (
    _removed, _doubled, _renamed, _moved, _behind_the_next, _unwrapped, _emptied, _with_text, _without_attribute,
    _with_other_value, _with_attribute_of_another,
)  # fmt: skip


def mutated(root: etree._Element, seed: int) -> tuple[str, etree._Element]:
    """A copy of a document with one change at a place of it, and what was changed."""
    random, root = Random(seed), deepcopy(root)
    mutation = MUTATIONS[seed % len(MUTATIONS)]
    element = random.choice(list(root.iter(etree.Element))[1:])
    name = f"{element.tag}{mutation.__name__} ({seed})"
    mutation(element, root, random)
    return name, root


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent
