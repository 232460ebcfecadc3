"""The statistics of languages that take less memory: the same answers as py3langid's own."""

from __future__ import annotations

from array import array

import numpy as np
import py3langid
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jatspack.recognize.ngrams import Transitions, Weights, identifier


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "Оқушылардың оқу жетістіктері",
        "ТРЕВОЖНОСТЬ У СТУДЕНТОВ",
        "Oʻzbekiston iqtisodiyoti",
        "Die Würde des Menschen ist unantastbar. " * 12,
        "计算机科学与技术",
        "العربية",
    ],
)
def test_the_same_numbers(text: str) -> None:
    assert identifier().rank(text) == py3langid.rank(text)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=80))
def test_transitions_are_those_given(numbers: list[int]) -> None:
    kept = Transitions(array("I", numbers))
    assert [kept[at] for at in range(len(numbers))] == numbers


@given(st.lists(st.lists(st.sampled_from([-13.5, -2.25, -4.0]), min_size=3, max_size=3), min_size=1, max_size=9))
def test_weights_are_those_given(rows: list[list[float]]) -> None:
    table = np.array(rows, np.float16)
    backwards = np.arange(len(rows))[::-1]
    assert (Weights(table)[backwards] == table[::-1]).all()
