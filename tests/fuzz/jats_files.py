"""Files for `jatspack validate`: good JATS that was damaged by element or by byte, documents of the grammar, noise."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from lxml import etree

import jatspack
from check.breaks import SOUND
from check.documents import documents
from check.grammar import Grammar
from check.mutations import mutated
from fuzz.articles import SAMPLES, configurations
from fuzz.cases import ODD, PLACES, Case, edited
from jatspack.check import targets
from jatspack.check.schemas import schema

PIECES = [piece.encode() for piece in ODD["jats"]] + [b"\xff\xfe", b"\xff"]
DOCTYPES = [piece for piece in PIECES if piece.startswith(b"<!DOCTYPE a")]
TEXTS = [text for text in ODD["article"] if all(c >= " " and c not in "\ufffe\uffff" for c in text)]
TEXTS += [
    "",
    "x" * 5000,
    "a" * 300 + " " * 300,
    "1" * 400,
    "99999999999999999999",
    "-1",
    "2024-02-30",
    "\u202e\u0661",
    "((((" * 50,
]
GRAMMAR = Grammar(schema("jatspack.rng"))
ENCODINGS = ["utf-8"] * 12 + ["utf-16", "utf-32", "latin-1", "koi8-r", "utf-8-sig"]


GOOD = [SOUND, *sorted(SAMPLES.glob("*/article.md"))]


@cache
def good(path: Path) -> etree._Element:
    """Good JATS: one written by hand, or what is made of a sample."""
    data = path.read_bytes() if path == SOUND else jatspack.convert(path, only=["jats"]).jats
    return etree.fromstring(data)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Good JATS with some elements or attributes out of place."""
    root = good(draw(st.sampled_from(GOOD)))
    for seed in draw(st.lists(st.integers(0, 1 << 16), max_size=draw(st.sampled_from([0, 0, 1, 8])))):
        if len(root) > 0 and any(e.attrib for e in root.iter(etree.Element)):
            root = mutated(root, seed)[1]
    root = _retold(root, draw(st.lists(st.tuples(PLACES, st.sampled_from(TEXTS)), max_size=6)))
    if draw(st.sampled_from([False, False, False, True])):
        root = _nested(root, draw(PLACES), draw(st.sampled_from([2, 30, 100, 240])))
    doctype = draw(st.sampled_from(DOCTYPES + [b""] * 5))
    return doctype + etree.tostring(root)


def _retold(root: etree._Element, changes: list[tuple[int, str]]) -> etree._Element:
    """The same with other words or values at some places: the grammar knows no difference."""
    root = deepcopy(root)
    elements = list(root.iter(etree.Element))
    for at, text in changes:
        element = elements[len(elements) * at >> 20]
        if element.attrib and at % 3 == 0:
            element.set(sorted(element.attrib)[at % len(element.attrib)], text)
        elif element.text and at % 3 == 1:
            element.text = text
        else:
            element.text = f"{element.text or ''}{text}" if element.text else element.text
            element.tail = f"{element.tail}{text}" if element.tail and element.tail.strip() else element.tail
    return root


def _nested(root: etree._Element, at: int, depth: int) -> etree._Element:
    """The same with one element in as many of its like."""
    root = deepcopy(root)
    elements = list(root.iter(etree.Element))
    inner = elements[len(elements) * at >> 20]
    for _ in range(depth):
        outer = etree.Element(inner.tag, dict(inner.attrib))
        if inner is root:
            root = outer
        elif (parent := inner.getparent()) is not None:
            parent.replace(inner, outer)
        outer.append(inner)
        inner = outer
    return root


@st.composite
def jats_bytes(draw: st.DrawFn) -> bytes:
    """The bytes of a file that may be JATS."""
    data = draw(st.one_of(
        damaged(), damaged(), damaged(), documents(GRAMMAR).map(etree.tostring), st.just(SOUND.read_bytes()),
        st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join), st.binary(max_size=200),
    ))  # fmt: skip
    encoding = draw(st.sampled_from(ENCODINGS))
    if encoding != "utf-8":
        head = f"<?xml version='1.0' encoding='{encoding}'?>"
        data = (head + data.decode("utf-8", "replace")).encode(encoding, "xmlcharrefreplace")
    return draw(edited(data, PIECES, draw(st.sampled_from([0, 1, 1, 6]))))


@st.composite
def jats_files(draw: st.DrawFn) -> Case:
    """A file, and how it is to be checked."""
    options: dict[str, object] = {
        "profile": draw(st.booleans()),
        "rules": draw(st.sampled_from([*targets()] + ["default"] * 3)),
    }
    return Case({"article.xml": draw(jats_bytes())}, "article.xml", options)


@st.composite
def received(draw: st.DrawFn) -> Case:
    """A file for `jatspack export` and `jatspack pack`, with a configuration now and then."""
    files: dict[str, bytes | object] = {"article.xml": draw(jats_bytes())}
    if draw(st.sampled_from([False, False, True])):
        files["journal.toml"] = draw(st.sampled_from(configurations()))
    return Case(files, "article.xml", {})
