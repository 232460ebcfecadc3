"""Names that run into an address or out of a title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.people.cutting import names_before_address, names_behind_title
from jatspack.richtext import Rich


@pytest.mark.parametrize(
    "text",
    [
        "Mara Lindqvist *, Tomas Berg † | State Key Laboratory of River Physics, Uppsala University, Sweden",
        "Jun-Ho Park‡ |Institute of Botany, Seoul",
        "LIN Yue，GAO Ting*，SHEN Bo |Key Laboratory of Wetlands, Jianghai University",
        "Ida Kornfeld, Paul Renner |(Department of History, University of Graz, Austria)",
        "Zoe HARPER |University of Leeds",
        "林月，高婷*，沈波|(江海大学湿地研究所，南京 210000)",
        "林月 高婷 沈波|浙江江海大学湿地研究所",
        "何 月，马 婷*|石河子江海大学",
    ],
)
def test_names_before_an_address(text: str) -> None:
    names, address = text.split("|")
    assert names + address == (whole := names + address)
    assert whole[: names_before_address(Rich.of(whole), lexicon())].strip() == names.strip()


@pytest.mark.parametrize(
    "text",
    [
        "State Key Laboratory of River Physics, Uppsala University, Sweden",
        "Department of History, University of Graz, Austria",
        "浙江江海大学湿地研究所，杭州 310000",
        "The road was old when the keepers of the Institute of Roads counted their mules.",
        "",
    ],
)
def test_an_address_alone_holds_no_names(text: str) -> None:
    assert names_before_address(Rich.of(text), lexicon()) == 0


@pytest.mark.parametrize(
    "text",
    [
        "盐碱胁迫对湿地植物种子萌发的影响|林小月1,2 高婷 沈波*（江海大学湿地研究所，南京 210000）",
        "盐碱胁迫对湿地植物种子萌发的影响|林月」 高小婷² 沈波",
    ],
)
def test_names_behind_a_title(text: str) -> None:
    title, _ = text.split("|")
    assert names_behind_title(text.replace("|", ""), lexicon()) == len(title)


@pytest.mark.parametrize(
    "text", ["盐碱胁迫对湿地植物种子萌发的影响", "林月 高小婷 沈波", "关键词：盐碱 湿地 种子萌发", "The salt road 1927"]
)
def test_a_title_alone_is_not_cut(text: str) -> None:
    assert names_behind_title(text, lexicon()) == 0


@given(st.text(alphabet="林月高婷沈波大学研究所的影响 ,，*（）1²」Ab.", max_size=60))
def test_any_text_is_cut_inside_or_not_at_all(text: str) -> None:
    assert 0 <= names_behind_title(text, lexicon()) <= len(text)
    assert 0 <= names_before_address(Rich.of(text), lexicon()) <= len(text)
