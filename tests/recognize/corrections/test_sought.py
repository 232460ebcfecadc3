"""Words are found where one regular expression with their bounds finds them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jatspack.recognize.corrections.sought import Sought
from jatspack.wording import NO_SPACE

LETTER = rf"[^\W\d_{NO_SPACE}]"


def plainly(find: str, text: str) -> list[tuple[int, int]]:
    words = [re.escape(word).replace(r"\-", r"-\s*") for word in find.split()]
    before, after = "", ""
    for kind in (LETTER, r"\d"):
        before = f"(?<!{kind})" if re.match(kind, find.strip()) else before
        after = f"(?!{kind})" if re.search(kind + r"\Z", find.strip()) else after
    return [m.span() for m in re.finditer(before + r"\s+".join(words) + after, text)] if words else []


@given(st.text("ab1- .中", max_size=4), st.text("ab1- .中\n_", max_size=14))
def test_where_words_stand(find: str, text: str) -> None:
    assert list(Sought(find).spans(text)) == plainly(find, text)


@pytest.mark.parametrize(
    ("find", "text", "places"),
    [
        ("road", "a road, roads, inroad, road", [(2, 6), (23, 27)]),
        ("new road", "new \n road", [(0, 10)]),
        ("well-known", "well-\nknown", [(0, 11)]),
        ("中国", "在中国的", [(1, 3)]),
        ("12", "112, 12, 12a", [(5, 7), (9, 11)]),
        ("a-a", "xa-a-a", [(3, 6)]),
        ("", "anything", []),
    ],
)
def test_examples(find: str, text: str, places: list[tuple[int, int]]) -> None:
    assert list(Sought(find).spans(text)) == places
