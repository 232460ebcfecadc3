"""Formulas that OCR engines make of marks, circled numbers and names."""

from __future__ import annotations

import pytest

from jatspack.read.marks import as_words


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"^{1,2*}", (("1,2*", "sup"),)),
        (r"{ }^{(*)}", (("(*)", "sup"),)),
        (r"\cdot ^ { 1 }", (("1", "sup"),)),
        (r"\ S", (("§", None),)),
        (r"\dagger", (("†", None),)),
        (r"\textcircled { 1 2 }", ()),
        (r"\textcircled { 12 }", (("⑫", None),)),
        (r"\textcircled{B}", (("Ⓑ", None),)),
        (r"\mathsf { L } \mathsf { i } ^ { 1 , 3 , \star }", (("Li", None), ("1,3,*", "sup"))),
        (r"M a ^ { 2 , 3 }", (("Ma", None), ("2,3", "sup"))),
    ],
)
def test_marks_are_words(tex: str, words: tuple[tuple[str, str | None], ...]) -> None:
    assert as_words(tex) == words


@pytest.mark.parametrize(
    "tex", [r"x^2", r"\mathrm{SO}_4^{2-}", r"a^{i,j}", r"x_i", r"\alpha", r"R^{1,2}", r"2 \times 3"]
)
def test_formulas_stay(tex: str) -> None:
    assert as_words(tex, "the") == ()


def test_one_number_is_a_mark_behind_a_name_only() -> None:
    tex = r"\mathrm { B o } ^ { 2 }"
    assert as_words(tex, "Anna Lee, GAO ") == (("Bo", None), ("2", "sup"))
    assert as_words(tex, "of the number ") == ()
    assert as_words(r"\mathrm{cm}^2", "of 5 ") == ()
