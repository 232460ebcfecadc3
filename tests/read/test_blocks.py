"""Blocks, runs and their source lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jatspack.read.document import Code, Document, Heading, ListBlock, Paragraph, Quote, Table
from jatspack.richtext import HARD_BREAK, OBJECT, Image, Math, Note

Read = Callable[[str], Document]


def text_of(document: Document) -> str:
    return "|".join(b.text.text for b in document.blocks if isinstance(b, Heading | Paragraph))


def test_runs_know_style_and_line(read: Read) -> None:
    (block,) = read("\n*A. Smith\\*<sup>1</sup>*  \nsecond **line**\nthird").blocks
    assert isinstance(block, Paragraph)
    assert block.lines == (2, 4)
    assert [(r.text, sorted(r.style), r.line) for r in block.text] == [
        ("A. Smith*", ["italic"], 2),
        ("1", ["italic", "sup"], 2),
        (HARD_BREAK, [], 2),
        ("second ", [], 3),
        ("line", ["bold"], 3),
        ("\n", [], 3),
        ("third", [], 4),
    ]


@pytest.mark.parametrize("tex", ["^{1,2*}", "{ }^{(*)}", "^ { 1 }", "^1", r"^{\dagger}", "_{2}"])
def test_a_formula_that_is_a_mark(read: Read, tex: str) -> None:
    (block,) = read(f"Name${tex}$").blocks
    assert isinstance(block, Paragraph)
    assert block.text.runs[1].style == ({"sub"} if "_" in tex else {"sup"})
    assert block.text.runs[1].object is None


def test_formulas(read: Read) -> None:
    one, two = read("Where $ x_1 $ and $5 or $10, $y$7.\n\n$$\na\n\n= b \\tag{1}\n$$").blocks
    assert isinstance(one, Paragraph)
    assert isinstance(two, Paragraph)
    assert [r.object.tex for r in one.text if isinstance(r.object, Math)] == ["x_1", "y"]
    assert "$5 or $10," in one.text.text
    math = two.text.runs[0].object
    assert isinstance(math, Math)
    assert math.display
    assert r"\tag{1}" in math.tex
    assert two.lines[0] == 3


@pytest.mark.parametrize("text", ["a $$$$ b", "$$$$$$ x", "# $$ $$"])
def test_dollars_with_nothing_between_them_are_text(read: Read, text: str) -> None:
    (block,) = read(text).blocks
    assert isinstance(block, Heading | Paragraph)
    assert block.text.text == text.removeprefix("# ")
    assert all(run.object is None for run in block.text.runs)


def test_escaped_brackets_are_text_or_formulas(read: Read) -> None:
    document = read("See \\[1\\] and [\\[18\\]](#page-8-4), \\[x = \\alpha\\].")
    assert text_of(document) == f"See [1] and [18], {OBJECT}."
    assert not any(r.href for b in document.blocks if isinstance(b, Paragraph) for r in b.text)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("10~20 cm and 30~40 cm", "10~20 cm and 30~40 cm"),
        ("**关键词：**古籍", "关键词：古籍"),
        ("由**“引文”**组成", "由“引文”组成"),
        ("0.57** and 0.63**", "0.57** and 0.63**"),
        ("[J](作者甲,乙)", "[J](作者甲,乙)"),
        ("[J](作者.题名[J].刊名)", "[J](作者.题名[J].刊名)"),
        ("[3](p.45) [a](b.example/c)", "[3](p.45) a"),
        ("p <b and c> d", "p <b and c> d"),
        ("0.1<p<0.5 of `a~b`", "0.1<p<0.5 of a~b"),
        ("[3]: https://a.example/x\n\nas in [3]", "[3]: https://a.example/x|as in [3]"),
        ("A. Smith\n\n(1) one", "A. Smith|(1) one"),
        ("2018. A year", "2018. A year"),
        ("   \u200bzero\u200bwidth", "zerowidth"),
    ],
)
def test_text_is_what_is_meant(read: Read, source: str, shown: str) -> None:
    assert text_of(read(source)) == shown


def test_numbers_of_lists_are_those_printed(read: Read) -> None:
    blocks = read("1. a\n2. b\n5. c\n\n   more\n7) d").blocks
    assert [(b.start, len(b.items), b.item_lines) for b in blocks if isinstance(b, ListBlock)] == [
        (1, 2, ((1, 1), (2, 2))),
        (5, 1, ((3, 5),)),
        (7, 1, ((6, 6),)),
    ]


def test_pipe_table_without_delimiter_and_with_gaps(read: Read) -> None:
    before, table, after = read("Table 1\n| a | b |\n\n| 1<br>2 | x |\n| 3 | 4 | 5 |\nText").blocks
    assert isinstance(table, Table)
    assert [len(row) for row in (*table.head, *table.body)] == [3, 3, 3]
    cell = table.body[1][2].blocks[0]
    assert isinstance(cell, Paragraph)
    assert (cell.text.text, cell.lines) == ("5", (5, 5))
    assert isinstance(table.body[0][0].blocks[0], Paragraph)
    assert table.body[0][0].blocks[0].text.text == f"1{HARD_BREAK}2"
    assert isinstance(before, Paragraph)
    assert isinstance(after, Paragraph)
    assert after.lines == (6, 6)


def test_html_table(read: Read) -> None:
    (table, after) = read(
        "<html><body><table>\n<tr><th rowspan=2>A</th><th colspan='2'>B</th></tr>\n\n"
        "<tr><td>0.1<D<0.6</td><td>$x^2$<sup>a</sup></td></tr></table></body></html>\nText"
    ).blocks
    assert isinstance(table, Table)
    assert table.origin == "html"
    assert (table.head[0][0].rowspan, table.head[0][1].colspan) == (2, 2)
    first, second = (cell.blocks[0] for cell in table.body[0])
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert first.text.text == "0.1<D<0.6"
    assert first.lines == (4, 4)
    assert isinstance(second.text.runs[0].object, Math)
    assert second.text.runs[1].style == {"sup"}
    assert after.lines == (5, 5)


def test_footnotes(read: Read) -> None:
    document = read("A[^1], again[^1].\n\n[^1]: Note *one*.\n\n    More.\n\n[^0]: Copyright box.\n\nB[^x].")
    (first, box, last) = document.blocks
    assert isinstance(first, Paragraph)
    notes = [r.object for r in first.text if isinstance(r.object, Note)]
    assert [(n.label, [b.lines for b in n.blocks]) for n in notes] == [("1", [(3, 3), (5, 5)]), ("1", [])]
    assert text_of(document).split("|")[1:] == ["[^0]: Copyright box.", "B[^x]."]
    assert sorted(f.code for f in document.findings) == ["note-missing", "note-unused"]
    assert (box.lines, last.lines) == ((7, 7), (9, 9))


def test_containers_are_dissolved(read: Read) -> None:
    document = read('<div align="center">\n**Title**\n</div>\n\n<center><img src="a.png" alt="x"></center>\n\n> quoted')
    first, second, third = document.blocks
    assert isinstance(first, Paragraph)
    assert first.text.all("bold")
    assert isinstance(second, Paragraph)
    assert isinstance(second.text.runs[0].object, Image)
    assert isinstance(third, Quote)


def test_indented_text_is_no_code_and_fences_are(read: Read) -> None:
    first, second = read("    Indented words of a paragraph\n\n```py\n# no heading\n<!-- kept -->\n```").blocks
    assert isinstance(first, Paragraph)
    assert second == Code("# no heading\n<!-- kept -->", (3, 6), "py")


def test_scripts_and_bad_links_are_left_out(read: Read) -> None:
    document = read("a <script>alert(1)</script> b [x](javascript:alert) [](https://orcid.org/0000-0002-1825-0097)")
    assert text_of(document) == "a  b x https://orcid.org/0000-0002-1825-0097"
    assert {f.code for f in document.findings} == {"html-dropped", "link-refused"}
    assert ("alert(1)", "<script>") in [(r.text, r.reason) for r in document.removed]


def test_a_link_whose_text_is_its_address_is_written_as_the_address(read: Read) -> None:
    (block,) = read(r"[https://a.example/b\\_c](https://a.example/b_c) and [d\\_e](https://a.example/d_e)").blocks
    assert isinstance(block, Paragraph)
    assert block.text.text == r"https://a.example/b_c and d\_e"
