"""TeX that pandoc's reader would refuse, and what it is asked instead."""

from __future__ import annotations

import pytest

from jatspack.jats.tex import readable
from jatspack.read.pandoc import mathml


@pytest.mark.parametrize(
    "tex",
    [
        r"{ \bf x } _ { 1 } + \cal L",
        r"3 0 \ \mathrm { \textmu m o l / L }",
        r"2 5 \mathrm { ~ \textdegree C }",
        r"a = b \label{eq:one} \tag{1}",
        r"\mathring \mathbf { A }",
        r"1 . 2 \AA ^ { 3 }",
        r"\textcircled { 1 } x",
        r"3 7 ^ { \prime } 1 2 \"".replace('\\"', '"'),
        r"\textrm { \small{ a } }",
        r"x \thinspace \mathnormal { p }",
    ],
)
def test_pandoc_understands_what_it_is_asked(tex: str) -> None:
    assert mathml([tex]) == [None]
    assert mathml([readable(tex)]) != [None]


@pytest.mark.parametrize("tex", [r"\frac{a}{b}", r"\bfseries", r"\mathrm{d}x", r"\alpha_{1}", r"\text{если } x > 0"])
def test_what_is_understood_says_the_same(tex: str) -> None:
    assert mathml([readable(tex)]) == mathml([tex])


def test_long_formulas_take_no_long_time() -> None:
    assert len(readable(r"{\bf x}" * 50_000)) > 50_000
