"""Citations that do not agree with the list: told at their line, with a correction that settles it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from jatspack.run import Package

TEXT = """# The Flight of Bees over Cold Water

Anna Berg

**Abstract.** Bees avoid cold water. We watched forty hives beside three lakes during two long summers.

# Introduction

"""
BY_NUMBER = """

# References

1. Berg A. Bees at home // Journal of Hives. 2001. V. 3. No. 2. P. 11-19.
2. Falk J., Lind M. Paths in the air // Annals of Flight. 2004. V. 8. No. 1. P. 5-9.
3. Иванов П. П. Пчёлы и вода // Вестник пчеловодства. 2010. № 3. С. 15-19.
4. Holm K. Scales for hives. Oslo: Birch Press, 1999. 200 p.
"""
BY_NAME = """

# References

Berg, A. (2001). Bees at home. *Journal of Hives*, 3(2), 11-19.

Falk, J., & Lindqvist, M. (2004). Paths in the air. *Annals of Flight*, 8(1), 5-9.

Falk, J., & Lindqvist, M. (2009). More paths in the air. *Annals of Flight*, 13(1), 5-9.

Lindqvist, M. (2010). Ponds. *Annals of Flight*, 14(1), 15-19.

Lindqvist, M. (2010). Brooks. *Annals of Flight*, 14(2), 25-29.

Rosenberg, O. (2015). Rivers. *Annals of Flight*, 19(2), 25-29.
"""
NUMBERS = "Bees fly far [1]. Their paths were drawn [2]. Water is cold [3]. They are weighed [4]. "
NAMES = "Bees fly far (Berg, 2001). Their paths were drawn (Falk & Lindqvist, 2004), and again by them (2009). "
CODES = {
    "citation-year-differs", "citation-author-differs", "citation-without-reference", "citation-ambiguous",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "words", "correction"),
    [
        (NUMBERS + "Falk et al. [1] saw it." + BY_NUMBER, "citation-author-differs", "Falk", "Falk J., Lind M. Paths"),
        (NUMBERS + "Иванов и др. [4] видели их." + BY_NUMBER, "", "", ""),
        (NUMBERS + "Falk (2005) [2] saw it." + BY_NUMBER, "citation-year-differs", "2005", 'by = "Falk (2004"'),
        (NUMBERS + "So they say [7]." + BY_NUMBER, "citation-without-reference", "[7]", "references = []"),
        (NUMBERS + "So they say [2, 7]." + BY_NUMBER, "citation-without-reference", "[7]", "references = []"),
        (NAMES + "Berg (2003) says so." + BY_NAME, "citation-year-differs", "Berg (2003)", 'by = "Berg (2001"'),
        (NAMES + "Falk and Lindqvist (2014) say so." + BY_NAME, "citation-year-differs", "2014", 'Lindqvist (2004"'),
        (NAMES + "Rosenborg (2015) says so." + BY_NAME, "citation-author-differs", "Rosenborg", 'by = "Rosenberg"'),
        (NAMES + "So it is (Berg, 2003)." + BY_NAME, "citation-year-differs", "Berg (2003)", 'by = "Berg, 2001"'),
        (NAMES + "Yes (Berg, 2001; Woods, 2010)." + BY_NAME, "citation-without-reference", "Woods (2010)", "Woods"),
        (NAMES + "Woods (2010) says so." + BY_NAME, "citation-without-reference", "Woods (2010)", "references = []"),
        (NAMES + "Lindqvist (2010) says so." + BY_NAME, "citation-ambiguous", "Lindqvist (2010)", "Ponds"),
    ],
)
def test_told_and_settled(converted: Callable[..., Package], text: str, code: str, words: str, correction: str) -> None:
    before = converted(TEXT + text)
    found = [f for f in before.findings if f.code in CODES]
    assert [f.code for f in found] == ([code] if code else [])
    for one in found:
        assert words in one.message
        assert one.lines == ((9, 9),)
        assert correction in one.correction
        after = converted(TEXT + text, one.correction)
        assert not [f for f in after.findings if f.code in CODES or f.code.startswith("correction-")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Falk et al. [2, 3] and Falk & Lind [2] saw it, and Berg (2001) [1].",
        "Иванова и др. [3] видели; работы Иванова и др. [3].",
        "Smith et al. [3] is printed there in another script.",
        "It lies in [0, 1] or in [100], the matrix a[7] and the year [2018].",
        "As K. Holm et al. [4] say.",
    ],
)
def test_no_false_alarms_by_number(converted: Callable[..., Package], sentence: str) -> None:
    package = converted(TEXT + NUMBERS + sentence + BY_NUMBER)
    assert [f.message for f in package.findings if f.code in CODES] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "In *The Courage of Bees* (1953) it was said.",
        "The Law of Hives in the Kingdom of Norway (1814) is old.",
        "It was in Oslo (Norway, 2010; Bergen, 2011) and there (Winter, 2012).",
        "Bergetal. (2001) and (Falket al., 2004) say so.",
        "The war (1940) was over; Oslo (in winter) is cold.",
    ],
)
def test_no_false_alarms_by_name(converted: Callable[..., Package], sentence: str) -> None:
    package = converted(TEXT + NAMES + sentence + BY_NAME)
    assert [f.message for f in package.findings if f.code in CODES] == []


def test_a_known_number_beside_an_unknown_one_is_linked(converted: Callable[..., Package]) -> None:
    root = etree.fromstring(converted(TEXT + NUMBERS + "So they say [2, 7]." + BY_NUMBER).jats)
    assert [x.get("rid") for x in root.iterfind(".//body//xref")].count("ref-2") == 2


def test_a_citation_inside_a_formula_counts(converted: Callable[..., Package]) -> None:
    text = NUMBERS.replace("They are weighed [4].", r"They are $50 \% ^ { [ 4 ] }$ of all.")
    assert not [f for f in converted(TEXT + text + BY_NUMBER).findings if f.code == "reference-never-cited"]


def test_a_reference_that_is_never_cited_can_be_accepted(converted: Callable[..., Package]) -> None:
    text = TEXT + NUMBERS.replace("[4]", "") + BY_NUMBER
    (found,) = [f for f in converted(text).findings if f.code == "reference-never-cited"]
    (silenced,) = [f for f in converted(text, found.correction).findings if f.code == "reference-never-cited"]
    assert silenced.silenced


def test_of_several_that_fit_the_first_author_s_is_offered(converted: Callable[..., Package]) -> None:
    """Whatever order the interpreter gives to sets: six citations would not all come out right by chance."""
    first = ["温忠麟", "侯杰泰", "张厚粲", "杨国枢", "黄希庭", "林崇德"]
    second = ["刘红云", "孟庆茂", "王晓丽", "陈会昌", "赵国祥", "周宗奎"]
    cited = "".join(f"这一点已有研究（{name}等，2004）。\n\n" for name in first)
    listed = "".join(
        f"{other}，{name}，马什.(2004).教育科学导论.心理学报,36(2),186-194.\n\n"
        f"{name}，{other}，马什.(2004).结构方程模型检验.心理科学,27(1),11-19.\n\n"
        for name, other in zip(first, second, strict=True)
    )
    found = [f for f in converted(f"{TEXT}{cited}# References\n\n{listed}").findings if f.code == "citation-ambiguous"]
    assert len(found) == len(first)
    for name, one in zip(first, found, strict=True):
        assert f'references = ["{name}，' in one.correction
