"""Any word of an article dropped, printed twice, changed or exchanged with the next one: it is noticed everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from check.test_conservation import EN, ES, KK, SAMPLES, ZH, converted
from jatspack.check import conservation
from jatspack.check.words import words

WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+|[\u3400-\u9fff]|\d+")
MATHML = "{http://www.w3.org/1998/Math/MathML}"
CONFIGURED = {"journal-meta", "permissions"}  # what no source has
STRANGER = "zqx"


@cache
def places(sample: str) -> list[tuple[int, bool, int, int]]:
    """All words of the tree: number of the element, whether in its tail, start and end there."""
    tree = converted(SAMPLES / sample / "article.md")[3]
    out = []
    for n, element in enumerate(tree.getroot().iter()):
        for tail, text in ((False, element.text), (True, element.tail)):
            owner = element.getparent() if tail else element
            if text and owner is not None and not _outside(owner):
                out += [(n, tail, found.start(), found.end()) for found in WORD.finditer(text)]
    return out


def _outside(element: etree._Element) -> bool:
    return any(str(e.tag).startswith(MATHML) or e.tag in CONFIGURED for e in (element, *element.iterancestors()))


def damaged(text: str, start: int, end: int, kind: str) -> str:
    """The text with one word damaged."""
    word = text[start:end]
    match kind:
        case "dropped":
            return text[:start] + text[end:]
        case "twice":
            return f"{text[:end]} {word} {text[end:]}"
        case "changed":
            return text[:start] + STRANGER + text[end:]
    following = WORD.search(text, end)
    if following is None:
        return text
    return text[:start] + following[0] + text[end : following.start()] + word + text[following.end() :]


@pytest.mark.parametrize("sample", [EN, ES, KK, ZH])
@settings(deadline=None)
@given(data=st.data())
def test_a_damaged_word_is_noticed(sample: str, data: st.DataObject) -> None:
    document, article, config, tree = converted(SAMPLES / sample / "article.md")
    n, tail, start, end = data.draw(st.sampled_from(places(sample)))
    kind = data.draw(st.sampled_from(["dropped", "twice", "changed", "exchanged"]))
    copy = deepcopy(tree)
    element = _element(copy, n)
    before = (element.tail if tail else element.text) or ""
    after = damaged(before, start, end, kind)
    assume(words(after) != words(before))
    # stretches of a formula stand in others of the same paragraph: which of two became which, nobody can tell
    assume(kind != "exchanged" or element.tag != "tex-math")
    if tail:
        element.tail = after
    else:
        element.text = after
    result = conservation(document, article, copy, config)
    assert not result.complete, (kind, before[max(0, start - 30) : end + 30])


def _element(tree: etree._ElementTree, number: int) -> etree._Element:
    elements: Iterator[etree._Element] = tree.getroot().iter()
    return next(element for n, element in enumerate(elements) if n == number)
