from __future__ import annotations

import pytest
from body_makers import MORE, TEXT, body, h, ol, outline, p

from jatspack.article import Section
from jatspack.read.document import Paragraph


def titles(result) -> list[str]:
    return [block.title.plain for block in result.blocks if isinstance(block, Section)]


def test_marked_headings_nest_by_level():
    result = body(
        h(2, "Introduction"), p(TEXT), h(2, "Methods"), p(TEXT), h(3, "Sampling"), p(TEXT), h(2, "Results"), p(MORE)
    )
    assert outline(result.blocks) == [("Introduction", []), ("Methods", [("Sampling", [])]), ("Results", [])]
    assert [block.id for block in result.blocks] == ["sec-1", "sec-2", "sec-3"]
    assert result.blocks[1].blocks[1].id == "sec-2-1"


@pytest.mark.parametrize("levels", [(1, 1, 1, 1), (1, 3, 4, 1), (4, 2, 2, 4)])
def test_numbering_wins_over_wrong_levels(levels):
    a, b, c, d = levels
    result = body(
        h(a, "1. Introduction"),
        p(TEXT),
        h(b, "2 Methods"),
        h(c, "2.1Sampling"),
        p(TEXT),
        h(c, "2.2. Weighing"),
        p(TEXT),
        h(d, "3. Results"),
        p(MORE),
    )
    assert outline(result.blocks) == [
        ("Introduction", []), ("Methods", [("Sampling", []), ("Weighing", [])]), ("Results", []),
    ]  # fmt: skip
    assert [block.label for block in result.blocks] == ["1.", "2", "3."]
    assert [block.sec_type for block in result.blocks] == ["intro", "methods", "results"]


def test_letters_and_roman_numbers():
    result = body(
        h(2, "I. PENDAHULUAN"), p(TEXT), h(2, "II. METODE"), h(3, "A. Bahan"), p(TEXT), h(4, "A.1. Air"), p(TEXT),
        h(3, "B. Alat"), p(TEXT), h(2, "III. SIMPULAN"), p(TEXT),
    )  # fmt: skip
    assert outline(result.blocks) == [
        ("PENDAHULUAN", []), ("METODE", [("Bahan", [("Air", [])]), ("Alat", [])]), ("SIMPULAN", []),
    ]  # fmt: skip


def test_run_in_heads_and_italic_lines_below_them():
    result = body(
        p(f"**Introduction.** {TEXT}"), p(MORE), p("*Early work:*"), p(TEXT), p("*Later work:*"), p(TEXT),
        p("*The last ten years:*"), p(TEXT), p(f"**Methods and Materials.** {TEXT}"),
        p("*Old maps* are the ground of this work, and they were drawn by hand."), p(f"**Conclusion.** {MORE}"),
    )  # fmt: skip
    assert outline(result.blocks) == [
        ("Introduction", [("Early work", []), ("Later work", []), ("The last ten years", [])]),
        ("Methods and Materials", []), ("Conclusion", []),
    ]  # fmt: skip
    first = result.blocks[0].blocks[0]
    assert isinstance(first, Paragraph)
    assert first.text.plain == TEXT
    assert (".", "heading-punctuation") in [(row.text, row.reason) for row in result.accounted]


def test_run_in_subsections_and_the_paragraph_that_may_close_them():
    result = body(
        p(f"**Results.** {TEXT}"),
        p(f"*Wind and snow:* {TEXT}"),
        p(f"*Rain and hail:* {TEXT}"),
        p(f"*Sun and dust:* {TEXT}"),
        p(MORE),
        p(f"**Discussion.** {TEXT}"),
        p(f"*Wind and snow:* {MORE}"),
    )
    results = result.blocks[0]
    assert [inner.title.plain for inner in results.blocks[1:]] == ["Wind and snow", "Rain and hail", "Sun and dust"]
    assert [row.code for row in result.findings] == ["section-end-doubtful"]


@pytest.mark.parametrize(
    "text",
    [
        "**This whole sentence is printed in bold because the author thought that it matters more than the others.**",
        "*E. coli* grew on every plate that we looked at.",
        "**Note:** the values are rounded to whole numbers here.",
        "**Theorem 2.** Every finite lattice of this kind is complete.",
        "3D printing and 2D drawing were compared in the second week of the course.",
    ],
)
def test_no_heads(text):
    result = body(h(2, "Introduction"), p(TEXT), p(text), p(MORE), h(2, "Results"), p(TEXT))
    assert outline(result.blocks) == [("Introduction", []), ("Results", [])]


def test_a_number_and_a_title_alone_are_a_head_not_a_list():
    result = body(
        ol(1, "Introduction"),
        p(TEXT),
        ol(2, "Methods"),
        p(TEXT),
        p("2.1 Sampling of soils"),
        p(TEXT),
        ol(3, "Results"),
        p(TEXT),
    )
    assert outline(result.blocks) == [("Introduction", []), ("Methods", [("Sampling of soils", [])]), ("Results", [])]
    assert [block.label for block in result.blocks] == ["1.", "2.", "3."]


def test_bold_paragraphs_below_marked_headings():
    result = body(
        h(2, "Features"),
        p(TEXT),
        p("**General design**"),
        p(TEXT),
        p("**Reuse and remixing**"),
        p(TEXT),
        h(2, "Background"),
        p(TEXT),
    )
    assert outline(result.blocks) == [
        ("Features", [("General design", []), ("Reuse and remixing", [])]),
        ("Background", []),
    ]


def test_capitals_are_above_small_letters_on_one_level():
    result = body(
        h(1, "INTRODUCTION"),
        p(TEXT),
        h(1, "RESULTS"),
        h(1, "Growth in the dark"),
        p(TEXT),
        h(1, "Growth in light"),
        p(TEXT),
        h(1, "METHODS"),
        h(1, "Cell lines"),
        p(TEXT),
    )
    assert [title for title, _ in outline(result.blocks)] == ["INTRODUCTION", "RESULTS", "METHODS"]


def test_chinese_numbers_glued_to_titles():
    result = body(
        h(1, "引言"),
        p("雨下了三天。"),
        h(1, "1材料与方法"),
        h(1, "1.1试验动物"),
        p("羊。"),
        h(1, "2结果"),
        p("好。"),
        h(1, "3讨论"),
        p("完。"),
    )
    assert outline(result.blocks) == [("引言", []), ("材料与方法", [("试验动物", [])]), ("结果", []), ("讨论", [])]
