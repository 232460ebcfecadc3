from __future__ import annotations

import pytest
from body_makers import FAKE, MORE, TEXT, body, h, p, table

from jatspack.article import Article, Figure, Formula, Section, TableWrap
from jatspack.read.document import Cell, Heading, Paragraph, Table
from jatspack.recognize.body import link_mentions


def of(result, kind) -> list:
    return [block for block in result.blocks if isinstance(block, kind)]


@pytest.mark.parametrize(
    ("caption", "label", "text"),
    [
        ("**Figure 1.** Rain in May.", "Figure 1.", "Rain in May."),
        ("Fig. 1 – Rain in May", "Fig. 1", "Rain in May"),
        ("Рис. 1. Дождь в мае", "Рис. 1.", "Дождь в мае"),
        ("1-сурет. Мамырдағы жаңбыр", "1-сурет.", "Мамырдағы жаңбыр"),
        ("图1五月的雨", "图1", "五月的雨"),
        ("*Gambar 1: Hujan di bulan Mei*", "Gambar 1:", "Hujan di bulan Mei"),
    ],
)
@pytest.mark.parametrize("below", [True, False])
def test_captions_beside_images(caption, label, text, below):
    pair = [p("![](rain.png)"), p(caption)]
    result = body(p(TEXT), *(pair if below else reversed(pair)), p(MORE))
    (figure,) = of(result, Figure)
    assert figure.graphics == ["rain.png"]
    assert [(row.label, row.text.plain) for row in figure.captions] == [(label, text)]


def test_caption_in_the_alt_text_and_none_at_all():
    first, second = of(body(p("![Figure 1. Rain in May](a.png)"), p(TEXT), p("![](b.png)")), Figure)
    assert (first.captions[0].label, first.captions[0].text.plain, first.alt) == ("Figure 1.", "Rain in May", "")
    assert second.captions == []


def test_one_caption_in_two_languages_and_in_two_paragraphs():
    glued = body(p("![](a.png)\n图1.五月的雨 Fig.1 Rain in May"), lang="zh")
    (figure,) = of(glued, Figure)
    assert [(row.label, row.text.plain) for row in figure.captions] == [("图1.", "五月的雨"), ("Fig.1", "Rain in May")]
    apart = body(p("Tabela 1. Chuva em maio"), p("Table 1. Rain in May"), table("a|b", "1|2"), lang="pt")
    (wrap,) = of(apart, TableWrap)
    assert [row.label for row in wrap.captions] == ["Tabela 1.", "Table 1."]


def test_several_images_under_one_caption_with_a_line_between():
    result = body(p("![](a.png)"), p("![](b.png)"), p("(a) Rain. (b) Snow."), p("**Figure 1.** Water."), p(TEXT))
    (figure,) = of(result, Figure)
    assert figure.graphics == ["a.png", "b.png"]
    assert figure.captions[0].text.plain == "Water. (a) Rain. (b) Snow."


def test_a_sentence_that_starts_with_a_mention_is_no_caption():
    result = body(
        p("Figure 1 shows the rain of May."), p("![](a.png)"), p("**Figure 1.** Rain."), p("Table 1 gives it all.")
    )
    assert len(of(result, Figure)) == 1
    assert len(of(result, Paragraph)) == 2


def test_tables_with_caption_title_and_notes():
    result = body(
        p("Таблица 1"), p("Дожди по месяцам"), table("Май|3", "Июнь|4"), p("Примечание: по данным станции."), p(TEXT),
        p("2-кесте – Қар"), table("a|b", "1|2"), p("^a^ орташа"), lang="ru",
    )  # fmt: skip
    first, second = of(result, TableWrap)
    assert (first.captions[0].label, first.captions[0].text.plain) == ("Таблица 1", "Дожди по месяцам")
    assert [note.text.plain for note in first.notes] == ["Примечание: по данным станции."]
    assert (second.captions[0].label, second.captions[0].text.plain) == ("2-кесте", "Қар")
    assert len(second.notes) == 1


def test_caption_without_image_is_kept_and_told():
    result = body(p(TEXT), p("Figura 3 Localização do parque e das áreas de coleta"), p(MORE), lang="pt")
    (figure,) = of(result, Figure)
    assert figure.graphics == []
    assert [row.code for row in result.findings] == ["figure-without-image"]


def test_layout_table_gives_up_its_cells():
    cell = Cell((Heading(2, p("Methods").text, (1, 1)), p(TEXT)))
    result = body(Table((), ((cell,),), (1, 3)), p(MORE))
    assert [block.title.plain for block in of(result, Section)] == ["Methods"]


def test_late_floats_go_where_they_are_named():
    result = body(
        h(2, "Results"), p("The rain is in Fig. 1."), p(MORE), h(2, "Discussion"), p(TEXT),
        late=(p("![](a.png)"), p("**Figure 1.** Rain."), p("Farewell to all who read this far.")),
    )  # fmt: skip
    assert [type(block).__name__ for block in result.blocks[0].blocks] == ["Paragraph", "Figure", "Paragraph"]
    assert [block.text.plain for block in result.late] == ["Farewell to all who read this far."]


@pytest.mark.parametrize(
    ("text", "tex", "label"),
    [
        ("$$a=b \\tag{1}$$", "a=b", "(1)"),
        ("$$a=b$$ (2)", "a=b", "(2)"),
        ("$$a=b \\qquad (3)$$", "a=b", "(3)"),
        ("$$a=b$$", "a=b", ""),
        ("$$a=b$$,", "a=b ,", ""),
    ],
)
def test_formulas(text, tex, label):
    (formula,) = of(body(p("It holds that"), p(text), p("where a is rain.")), Formula)
    assert (formula.tex, formula.label, formula.id) == (tex, label, "eq-1")


def test_formula_inside_a_paragraph():
    result = body(p("It holds that $$a=b$$\n(4)\nwhere a is rain."))
    assert [type(block).__name__ for block in result.blocks] == ["Paragraph", "Formula", "Paragraph"]
    assert result.blocks[1].label == "(4)"


def linked(*blocks, lang="en") -> tuple[list[tuple[str, str, str]], list[str]]:
    result = body(*blocks, lang=lang)
    article = Article(body=result.blocks)
    findings = link_mentions(article, FAKE)
    runs = [run for block in of(result, Paragraph) for run in block.text if run.xref]
    return [(run.text, run.xref.ref_type, run.xref.rid) for run in runs], [row.data["mention"] for row in findings]


def test_mentions():
    rows, missing = linked(
        p("See Figs. 1 and 2, Table 1 and Eq. (1); Fig. 7 is lost."),
        p("![](a.png)"), p("**Figure 1.** A."), p(TEXT), p("![](b.png)"), p("**Figure 2.** B."), p(TEXT),
        p("Table 1. C"), table("a|b", "1|2"), p("$$a=b$$ (1)"),
    )  # fmt: skip
    assert rows == [
        ("Figs. 1", "fig", "fig-1"),
        ("2", "fig", "fig-2"),
        ("Table 1", "table", "tbl-1"),
        ("Eq. (1", "disp-formula", "eq-1"),
    ]
    assert missing == ["Fig. 7"]


def test_mentions_in_other_languages():
    rows, _ = linked(
        p("Бұл 1-кестеде және 1-суретте көрсетілген. См. таблицу 1, рис. 1. 如图1所示。"),
        p("1-кесте – Қар"), table("a|b", "1|2"), p("![](a.png)"), p("1-сурет. Жаңбыр"), lang="kk",
    )  # fmt: skip
    assert [row[:2] for row in rows] == [
        ("1-кестеде", "table"), ("1-суретте", "fig"), ("таблицу 1", "table"), ("рис. 1", "fig"), ("图1", "fig"),
    ]  # fmt: skip
