"""Names glued to a title, to one another or to an address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jatspack.article import Name
from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.people.byline import parse_byline
from jatspack.recognize.people.runs import part_names
from jatspack.recognize.people.seams import seams
from jatspack.richtext import Math, Rich, Run


def parted(*texts: str) -> list[str]:
    """The pieces of a paragraph between its seams; a text in ^…^ is raised."""
    text = Rich(tuple(Run(t.strip("^"), frozenset({"sup"} if t.startswith("^") else ()), line=1) for t in texts))
    cuts = sorted(seams(text, lexicon()))
    return [text.text[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


@pytest.mark.parametrize(
    "pieces",
    [
        ("李晓明 王芳赵文博", "(江南大学食品学院，无锡 214122)"),
        ("李晓明1.2，王 芳1*", "（1.湖滨学院生物系，无锡214122；2.无锡市农科院，无锡214000）"),
        ("李晓明", "中国农业大学草地研究所，北京100193"),
        ("李晓明，王芳", "石门大学化学系，石门415300"),
        ("水稻叶片衰老与氮素供应关系的研究进展", "李晓明 王 芳 赵文博*", "（江南大学农学院，无锡 214122）"),
        ("Anna Berg1, Li Wei1,2, b*", "1Institute of Snow Research, Tromsø, Norway"),
        ("Anna Berg*, Li Wei †", "State Laboratory of Ice, Academy of Sciences, Oslo"),
        ("Anna BERG", "University of the North"),
        ("Петров П. С. Сидорова А. Б.", "Институт степи Уральского отделения РАН, Оренбург"),
        ("Петренко О. В.", "Національний університет лісового господарства, Львів"),
        ("Mara Lindqvist *, Tomas Berg †", "State Key Laboratory of River Physics, Uppsala University, Sweden"),
        ("Jun-Ho Park‡", "Institute of Botany, Seoul"),
        ("LIN Yue，GAO Ting*，SHEN Bo", "Key Laboratory of Wetlands, Jianghai University"),
        ("Ida Kornfeld, Paul Renner", "(Department of History, University of Graz, Austria)"),
        ("Zoe HARPER", "University of Leeds"),
        ("林月，高婷*，沈波", "(江海大学湿地研究所，南京 210000)"),
        ("林月 高婷 沈波", "浙江江海大学湿地研究所"),
        ("何 月，马 婷*", "石河子江海大学"),
        ("盐碱胁迫对湿地植物种子萌发的影响", "林小月1,2 高婷 沈波*", "（江海大学湿地研究所，南京 210000）"),
        ("盐碱胁迫对湿地植物种子萌发的影响", "林月」 高小婷² 沈波"),
        ("Ana Ruiz¹, João Sá²", "¹ Universidad del Sur, Cádiz"),
    ],
)
def test_where_an_address_begins(pieces: tuple[str, ...]) -> None:
    assert parted("".join(p + (" " if p[-1:].isascii() or p[-1:] in "¹²" else "") for p in pieces)) == list(pieces)


@pytest.mark.parametrize(
    "text",
    [
        "State Key Laboratory of River Physics, Uppsala University, Sweden",
        "浙江江海大学湿地研究所，杭州 310000",
        "The road was old when the keepers of the Institute of Roads counted their mules.",
        "盐碱胁迫对湿地植物种子萌发的影响",
        "林月 高小婷 沈波",
        "关键词：盐碱 湿地 种子萌发",
        "The salt road 1927",
        "",
        "Stanford University, Department of Physics, Stanford, CA",
        "Ethics committee of the University of the North",
        "北京大学医学院，北京100191",
        "高原湖泊沉积物中磷的形态与分布",
        "江南大学食品学院 无锡",
        "Das Institut für Eis untersuchte 12 Proben (Universität Graz) im Winter.",
        "Hospital Pan American, Zheng Clinic",
        "Anna Berg and Pan Zheng, Li Wei",
    ],
)
def test_no_seam(text: str) -> None:
    assert parted(text) == [text]


def test_raised_marks_are_seams() -> None:
    assert parted("Anna Berg", "^a^", " and Li Wei", "^b^", " ", "^a^", " Institute of Ice, Oslo") == [
        "Anna Berga and Li Weib",
        "a Institute of Ice, Oslo",
    ]


def test_letters_in_formulas_are_marks() -> None:
    text = Rich.of("Anna Berg ", 1) + Rich((Run("￼", object=Math(r"\boldsymbol { a , b }", False), line=1),))
    text = text + Rich.of(" and Li Wei ", 1) + Rich((Run("￼", object=Math("a", False), line=1),))
    text = text + Rich.of(" Institute of Ice, Oslo", 1)
    assert text.text[max(seams(text, lexicon())) :].strip() == "Institute of Ice, Oslo"


@pytest.mark.parametrize(
    ("run", "names"),
    [
        ("李晓明王芳", ["李晓明", "王芳"]),
        ("李明王芳", ["李明", "王芳"]),
        ("张洁汪燕秋", ["张洁", "汪燕秋"]),
        ("欧阳修文", ["欧阳修文"]),
        ("王小波", ["王小波"]),
        ("高原湖泊沉积物", ["高原湖泊沉积物"]),
        ("山田太郎", ["山田太郎"]),
    ],
)
def test_runs_of_names(run: str, names: list[str]) -> None:
    assert part_names(run, lexicon()) == names


def test_what_an_engine_makes_of_raised_figures() -> None:
    found = parse_byline(Rich.of("李晓明」王芳‘赵文博1.2，周 红b，陈静", 1), "zh-Hans", lexicon())
    assert [(p.name, p.marks) for p in found] == [
        (Name("zh-Hans", s, g, style="eastern"), marks)
        for s, g, marks in (
            ("李", "晓明", []),
            ("王", "芳", []),
            ("赵", "文博", ["1", "2"]),
            ("周", "红", ["b"]),
            ("陈", "静", []),
        )
    ]


@given(st.text(alphabet="林月高婷沈波大学研究所的影响 ,，*（）1²」Ab.", max_size=60))
def test_any_text_is_cut_inside_or_not_at_all(text: str) -> None:
    assert all(0 < seam < len(text) for seam in seams(Rich.of(text, 1), lexicon()))


@pytest.mark.parametrize("piece", ["李", "李明 ", "A. ", "Li1 ", "Li ", "(", "大学", "Institute ", "1,a"])
def test_work_grows_with_the_text(piece: str, calls: Callable[[Callable[[], object]], int]) -> None:
    def work(count: int) -> int:
        text = Rich.of(piece * count + " Institute of Ice", 1)
        return calls(lambda: seams(text, lexicon()))

    work(10)
    assert work(200) < 30 * work(20)
