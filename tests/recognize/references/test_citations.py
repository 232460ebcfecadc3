"""Mentions in the text and the works that they name."""

from __future__ import annotations

import pytest
from article_reader import Read

from jatspack.article import Article
from jatspack.recognize.walk import iter_article

HEAD = "# The water of small lakes\n\nAda Byron\n\n## Introduction\n\n"

NUMBERED = [
    "Reed A. Lakes of the north // Water. – 2001. – № 3. – С. 1–9.",
    "Stone B. Rivers of the south. Water. 2004;4(2):10–19.",
    "Brook C, Pond D. Springs. Water. 2009;5:20–29.",
    "Lake E. Wells. Oslo: Water Press; 2010.",
    "Rain F. Clouds. Water. 2011;6:1–3.",
    "Snow G. Ice. Water. 2012;7:4–6.",
]

DATED = [
    "Ardilla, J., & Müller, K. (2018). Lakes of the north. *Water*, *3*(1), 1–9.",
    "Beck, A. (2018a). Rivers of the south. *Water*, *4*(2), 10–19.",
    "Beck, A. (2018b). Springs of the west. *Water*, *4*(3), 20–29.",
    "de Vries, H. (2005). *Wells*. Water Press.",
    "García-Márquez, L., Ruiz, P., & Soto, M. (2020). Snow and ice. *Water*, *7*, 4–6.",
    "Kim, S. (2011). Dew. *Water*, *9*, 1–2.",
    "Kim, S. (2011). Fog. *Water*, *9*, 3–4.",
    "Van der Berg, T. (2016). Mist. *Water*, *9*, 5–6.",
    "World Lake Organization. (2019). *Lakes of the world*. WLO.",
    "Иванов, И. И. (2017). Озёра севера. *Вода*, *2*, 3–8.",
    "Өмірзақов, Ә. (2015). Көлдер. *Су*, *1*, 3–8.",
    "张三, 李四. 湖泊研究[J]. 水利学报, 2018, 3(2): 1-9.",
]


def links(article: Article) -> list[tuple[str, str]]:
    """(linked text, first word of the work) of all links to references."""
    works = {r.id: r.citations[0].text.text.plain for one in article.reference_lists for r in one.references}
    out: list[tuple[str, str]] = []
    last = None
    for _, text in iter_article(article):
        for run in text:
            if run.xref is None or run.xref.ref_type != "bibr":
                last = None
            elif last is run.xref:
                out[-1] = (out[-1][0] + run.text, out[-1][1])
            else:
                out.append((run.text, works[run.xref.rid].split(maxsplit=1)[0].strip(".,")))
                last = run.xref
    return out


def by_number(read: Read, text: str) -> list[tuple[str, str]]:
    entries = "\n".join(f"{n}. {e}" for n, e in enumerate(NUMBERED, 1))
    known = "Lakes [1]. Rivers [2]. Springs [3].\n\n"
    return links(read(f"{HEAD}{known}{text}\n\n## References\n\n{entries}\n")[0])[3:]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ice melts [6].", [("6", "Snow")]),
        ("Ice melts \\[6\\].", [("6", "Snow")]),
        ("Ice melts [1, 3-5].", [("1", "Reed"), ("3", "Brook"), ("5", "Rain")]),
        ("Ice melts [1; 2].", [("1", "Reed"), ("2", "Stone")]),
        ("Ice melts [3, p. 5].", [("3", "Brook")]),
        ("Лёд тает [3, с. 5; 4, с. 1–2].", [("3", "Brook"), ("4", "Lake")]),
        ("Мұз ериді [3, 5 б.].", [("3", "Brook")]),
        ("冰融化［4，5］。", [("4", "Lake"), ("5", "Rain")]),
        ("Ice melts [\\[1,](#page-8-4) [4\\]](#page-9-0).", [("1", "Reed"), ("4", "Lake")]),
        ("Ice melts [2]–[4].", [("2", "Stone"), ("4", "Lake")]),
        ("Ice melts [2–\n4].", [("2", "Stone"), ("4", "Lake")]),
        ("The array x=[1] and the year [2010] are no citations, nor is [45].", []),
    ],
)
def test_numbers(read: Read, text: str, wanted: list[tuple[str, str]]) -> None:
    assert by_number(read, text) == wanted


@pytest.mark.parametrize("mark", ["<sup>{}</sup>", "^{}^"])
def test_superscripts(read: Read, mark: str) -> None:
    entries = "\n".join(f"{n}. {e}" for n, e in enumerate(NUMBERED, 1))
    text = f"Lakes{mark.format(1)} are wet.{mark.format('2,3')} Ice{mark.format('4–6')} of 10 m{mark.format(2)} melts."
    found = links(read(f"{HEAD}{text}\n\n## References\n\n{entries}\n")[0])
    assert found == [("1", "Reed"), ("2", "Stone"), ("3", "Brook"), ("4", "Lake"), ("6", "Snow")]


def test_small_digits_are_superscripts(read: Read) -> None:
    entries = "\n".join(f"{n}. {e}" for n, e in enumerate(NUMBERED, 1))
    found = links(read(f"{HEAD}Lakes¹ are wet.²,³ A pond of 5 km² froze.⁴\n\n## References\n\n{entries}\n")[0])
    assert [work for _, work in found] == ["Reed", "Stone", "Brook", "Lake"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Lakes are wet (Ardilla & Müller, 2018).", ["Ardilla"]),
        ("As Ardilla and Müller (2018) say, lakes are wet.", ["Ardilla"]),
        ("Lakes are wet (ARDILLA; MÜLLER, 2018, p. 5).", ["Ardilla"]),
        ("Ardilla’s (2018) lakes are wet.", ["Ardilla"]),
        ("Ardilla and Mueller (2018: 7) saw it.", ["Ardilla"]),
        ("Snow falls (García-Márquez et al., 2020; de Vries, 2005).", ["García-Márquez", "de"]),
        ("Garcia‐Marquez et al. (2020) saw snow.", ["García-Márquez"]),
        ("Wells are deep (see de Vries 2005).", ["de"]),
        ("Mist rises (Van der Berg, 2016).", ["Van"]),
        ("Rivers run (Beck, 2018a, 2018b).", ["Beck", "Beck"]),
        ("Rivers run (Beck 2018a, b).", ["Beck", "Beck"]),
        ("Lakes of the world (World Lake Organization, 2019).", ["World"]),
        ("Lakes of the world (WLO, 2019).", ["World"]),
        ("Озёра глубоки (Иванов, 2017: 5).", ["Иванов"]),
        ("Озёра глубоки [Иванов 2017: 5].", ["Иванов"]),
        ("По мнению Иванова (2017), озёра глубоки.", ["Иванов"]),
        ("Көлдер терең (Өмірзақов, 2015, 4-б.).", ["Өмірзақов"]),
        ("湖泊很深（张三等，2018）。", ["张三"]),
        ("根据张三和李四（2018）的研究，湖泊很深。", ["张三"]),
        ("正如Ardilla 和Müller(2018)所说，湖泊很深（Beck等，2018b）。", ["Ardilla", "Beck"]),
        ("Snow (García-Márquez etal.,2O20) is cold.", ["García-Márquez"]),
        ("Fog is dew (Kim, 2011).", []),
        ("Nobody knows (Ardilla, 1999).", []),
        ("In 2018 the lake froze; from 2015 to 2020 it did not (May 2005).", []),
    ],
)
def test_authors_and_years(read: Read, text: str, wanted: list[str]) -> None:
    known = "Lakes (Ardilla & Müller, 2018), wells (de Vries, 2005) and rivers (Beck, 2018a).\n\n"
    article, _ = read(f"{HEAD}{known}{text}\n\n## References\n\n" + "\n\n".join(DATED) + "\n")
    assert [len(one.references) for one in article.reference_lists] == [len(DATED)]
    assert [work for _, work in links(article)[3:]] == wanted


def test_what_fits_several_or_none_is_told(read: Read) -> None:
    text = "Fog is dew (Kim, 2011). Lakes: Ardilla (1999). Rivers: Nemo et al. (2001).\n\n"
    _, findings = read(f"{HEAD}{text}\n\n## References\n\n" + "\n\n".join(DATED) + "\n")
    told = {f.code: f.lines[0][0] for f in findings if f.code.startswith("citation")}
    assert told == {"citation-ambiguous": 7, "citation-year-differs": 7, "citation-without-reference": 7}


def test_letters_that_the_list_does_not_print(read: Read) -> None:
    article, _ = read(f"{HEAD}Dew (Kim, 2011a) and fog (Kim, 2011b).\n\n## References\n\n" + "\n\n".join(DATED) + "\n")
    rids = [run.xref.rid for _, text in iter_article(article) for run in text if run.xref]
    assert rids == ["ref-6", "ref-7"]


def test_captions_cells_notes_and_abstract_are_linked(read: Read) -> None:
    text = (
        "# The water of small lakes\n\nAda Byron\n\n**Abstract.** Lakes are wet (de Vries, 2005) and many.\n\n"
        "## Introduction\n\nLakes^[A note on wells (de Vries, 2005).] are deep.\n\n"
        "Table 1. Wells (de Vries, 2005).\n\n| Well | Source |\n|---|---|\n| one | de Vries (2005) |\n\n"
    )
    article, _ = read(f"{text}\n\n## References\n\n" + "\n\n".join(DATED) + "\n")
    assert len(links(article)) == 3
    assert any(run.xref for b in article.abstracts[0].blocks for run in b.text)  # type: ignore[union-attr]
