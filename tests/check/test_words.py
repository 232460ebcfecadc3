"""The account of words: complete where nothing happened, and broken on purpose in many ways."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from jatspack.article import Accounted, Article, Caption, Figure, Footnote, Origin, Section, Title
from jatspack.check import conservation
from jatspack.check.order import longest_increasing
from jatspack.check.words import words
from jatspack.config import ArticleConfig, Config
from jatspack.jats import build
from jatspack.read.document import Cell, Document, Heading, ListBlock, Paragraph, Removed, Source, Table
from jatspack.richtext import OBJECT, Math, Note, Rich, Run, Xref

HERE = Origin(((1, 1),), "test")
FIRST = "Bees gather honey in the early morning hours."
SECOND = "Wasps gather nothing of the kind at noon."
THIRD = "Hornets sleep until the sun has gone down."


def _document(*blocks: object, removed: tuple[Removed, ...] = ()) -> Document:
    source = Source(Path("a.md"), b"", "utf-8", "", hashlib.sha256(b"").hexdigest())
    return Document(source, list(blocks), removed=list(removed))  # type: ignore[arg-type]


def _par(text: str, line: int, *more: Run) -> Paragraph:
    return Paragraph(Rich((Run(text, line=line), *more)), (line, line))


def _table(line: int) -> Table:
    row = tuple(Cell((_par(text, line),)) for text in ("alpha", "beta", "gamma"))
    return Table((row,), (row,), (line, line))


def _case() -> tuple[Document, Article]:
    note = Note((_par("A note on nectar.", 9),), "1")
    blocks = [
        Heading(1, Rich.of("On Bees", 1), (1, 1)),
        _par(FIRST, 3, Run(OBJECT, object=note, line=3)),
        _par(SECOND, 5),
        _par(THIRD, 6),
        ListBlock(False, ((_par("first thing", 7),), (_par("second thing", 8),)), (7, 8)),
        _table(10),
        _par("E-mail: bee@hive.example", 12),
        _par("with ", 13, Run(OBJECT, object=Math(r"\frac{a}{b}"), line=13)),
    ]
    first = Paragraph(Rich((Run(FIRST, line=3), Run("1", frozenset({"sup"}), xref=Xref("fn", "fn-1"), line=3))), (3, 3))
    article = Article(
        language="en",
        titles=[Title("en", Rich.of("On Bees"), HERE)],
        body=[first, *blocks[2:6], _par("bee@hive.example", 12), blocks[7]],  # type: ignore[list-item]
        footnotes=[Footnote("fn-1", "1", [_par("A note on nectar.", 9)], HERE)],
        accounted=[Accounted(12, "E-mail:", "label made an element")],
    )
    return _document(*blocks, removed=(Removed(4, "Page 17", "page number"),)), article


def test_nothing_lost_and_nothing_added() -> None:
    document, article = _case()
    result = conservation(document, article, build(article, Config()))
    assert result.complete, result
    assert result.findings == []
    assert result.total == result.kept + result.accounted_words
    assert [(r.line, r.reason) for r in result.accounted] == [(4, "page number"), (12, "label made an element")]


def _paragraph(root: etree._Element, n: int) -> etree._Element:
    return root.findall("body/p")[n]


def _drop_paragraph(root: etree._Element) -> None:
    _paragraph(root, 1).getparent().remove(_paragraph(root, 1))  # type: ignore[union-attr]


def _drop_word(root: etree._Element) -> None:
    _paragraph(root, 1).text = SECOND.replace("nothing ", "")


def _drop_line_end(root: etree._Element) -> None:
    _paragraph(root, 1).text = SECOND.removesuffix(" at noon.")


def _repeat_word(root: etree._Element) -> None:
    _paragraph(root, 1).text = SECOND.replace("nothing", "nothing nothing")


def _repeat_paragraph(root: etree._Element) -> None:
    etree.SubElement(root.find("body"), "p").text = SECOND  # type: ignore[arg-type]


def _repeat_row(root: etree._Element) -> None:
    body = next(root.iter("tbody"))
    body.append(etree.fromstring(etree.tostring(body[0])))


def _change_word(root: etree._Element) -> None:
    _paragraph(root, 1).text = SECOND.replace("noon", "dawn")


def _change_digit(root: etree._Element) -> None:
    _paragraph(root, 1).text = SECOND.replace("noon", "2 noon")


def _mistype(root: etree._Element) -> None:
    _paragraph(root, 1).text = SECOND.replace("kind", "kinb")


def _swap_words(root: etree._Element) -> None:
    _paragraph(root, 1).text = SECOND.replace("gather nothing", "nothing gather")


def _swap_halves(root: etree._Element) -> None:
    _paragraph(root, 1).text = "of the kind at noon. Wasps gather nothing"


def _swap_paragraphs(root: etree._Element) -> None:
    one, other = _paragraph(root, 1), _paragraph(root, 2)
    one.text, other.text = other.text, one.text


def _move_paragraph_to_end(root: etree._Element) -> None:
    root.find("body").append(_paragraph(root, 1))  # type: ignore[union-attr]


def _lose_note(root: etree._Element) -> None:
    next(root.iter("fn-group")).getparent().remove(next(root.iter("fn-group")))  # type: ignore[union-attr]


def _lose_formula(root: etree._Element) -> None:
    next(root.iter("tex-math")).text = ""


def _change_formula(root: etree._Element) -> None:
    next(root.iter("tex-math")).text = r"\frac{b}{a}"


def _lose_cell(root: etree._Element) -> None:
    next(root.iter("td")).text = ""


def _swap_cells_of_rows(root: etree._Element) -> None:
    next(root.iter("td")).text = "beta"


def _lose_title(root: etree._Element) -> None:
    next(root.iter("article-title")).text = ""


def _lose_item(root: etree._Element) -> None:
    items = next(root.iter("list"))
    items.remove(items[0])


def _invent_attribution(root: etree._Element) -> None:
    etree.SubElement(root.find("body"), "p").text = "Courtesy of nobody"  # type: ignore[arg-type]


def _invent_keyword(root: etree._Element) -> None:
    group = etree.SubElement(root.find("front/article-meta"), "kwd-group")  # type: ignore[arg-type]
    etree.SubElement(group, "kwd").text = "apiculture"


def _lose_address(root: etree._Element) -> None:
    _paragraph(root, 3).text = ""


def _lose_last_letter(root: etree._Element) -> None:
    _paragraph(root, 2).text = THIRD.replace("Hornets", "Hornet")


def _glue_and_lose(root: etree._Element) -> None:
    _paragraph(root, 2).text = THIRD.replace("the sun", "thesu")


BREAKS = [
    _drop_paragraph, _drop_word, _drop_line_end, _repeat_word, _repeat_paragraph, _repeat_row, _change_word,
    _change_digit, _mistype, _swap_words, _swap_halves, _swap_paragraphs, _move_paragraph_to_end, _lose_note,
    _lose_formula, _change_formula, _lose_cell, _swap_cells_of_rows, _lose_title, _lose_item, _invent_attribution,
    _invent_keyword, _lose_address, _lose_last_letter, _glue_and_lose,
]  # fmt: skip


@pytest.mark.parametrize("damage", BREAKS, ids=lambda f: f.__name__.strip("_"))
def test_damage_is_noticed(damage: Callable[[etree._Element], None]) -> None:
    document, article = _case()
    tree = build(article, Config())
    damage(tree.getroot())
    result = conservation(document, article, tree)
    assert not result.complete
    assert result.findings
    assert all(f.severity == "error" for f in result.findings)


def test_a_loss_names_its_line() -> None:
    document, article = _case()
    tree = build(article, Config())
    _drop_word(tree.getroot())
    result = conservation(document, article, tree)
    assert [(w.text, w.line) for w in result.missing] == [("nothing", 5)]
    assert result.findings[0].lines == ((5, 5),)


def test_a_label_glued_to_its_text_is_kept_where_the_two_stand_apart() -> None:
    caption = [Caption("en", "Figure 3", Rich.of("6061 bees in flight"))]
    article = Article(body=[Figure("fig-1", caption, [], "", HERE)])
    assert conservation(_document(_par("Figure 36061 bees in flight", 2)), article, build(article, Config())).complete


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("A long inter national line", "A long international line"),
        ("A long international line", "A long inter national line"),
        ("Number 36061 shows bees", "Number 3 6061 shows bees"),
    ],
)
def test_words_spelt_together_or_apart_are_noticed(source: str, tree: str) -> None:
    article = Article(body=[_par(tree, 1)])
    result = conservation(_document(_par(source, 1)), article, build(article, Config()))
    assert {f.code for f in result.findings} == {"words-lost", "words-added"}
    assert all(f.lines == ((1, 1),) for f in result.findings)


def test_configuration_may_give_words_of_the_front_only() -> None:
    config = Config(article=ArticleConfig(subjects={"en": "Wasps"}))
    article = Article(body=[_par("Bees", 1)])
    assert conservation(_document(_par("Bees", 1)), article, build(article, config), config).complete
    article.body.append(_par("Wasps", 1))
    assert not conservation(_document(_par("Bees", 1)), article, build(article, config), config).complete


def test_unused_front_matter_is_listed() -> None:
    document = _document(_par("Bees", 2))
    document.metadata = {"bibliography": "bees.bib", "title": "On Bees"}
    article = Article(titles=[Title("en", Rich.of("On Bees"), HERE)], body=[_par("Bees", 2)])
    result = conservation(document, article, build(article, Config()))
    assert result.complete
    assert [r.text for r in result.accounted] == ["bibliography"]


def test_one_section_may_take_a_run_in_heading() -> None:
    document = _document(_par("Introduction. Bees fly.", 1))
    article = Article(body=[Section("s", Rich.of("Introduction"), [_par("Bees fly.", 1)], HERE)])
    assert conservation(document, article, build(article, Config())).complete


def test_words() -> None:
    assert words("Гүлдер-2 co\u00adoperate H₂O 蜜蜂 ﬁn") == [
        "гүлдер",
        "2",
        "cooperate",
        "h",
        "2",
        "o",
        "蜜",
        "蜂",
        "fin",
    ]
    assert words("https://orcid.org/0000-0001") == words("orcid.org/0000-0001") == ["0000", "0001"]


def test_longest_increasing() -> None:
    assert sorted(longest_increasing([3, 1, 2, 5, 4])) in ([1, 2, 3], [1, 2, 4])
    assert list(longest_increasing([])) == []


def test_many_equal_words_do_not_slow_it_down(calls: Callable[[Callable[[], object]], int]) -> None:
    document = _document(*(_par("one two " * 40 + str(n), n) for n in range(200)))
    article = Article(body=[_par("two one " * 40 + str(n), n) for n in range(200)])
    tree = build(article, Config())
    assert calls(lambda: conservation(document, article, tree)) < 3_000_000


def test_many_equal_units_do_not_slow_it_down(calls: Callable[[Callable[[], object]], int]) -> None:
    def cost(number: int) -> int:
        document = _document(*(_par("one two", n) for n in range(number)))
        tree = build(article := Article(body=[_par("two one", n) for n in range(number)]), Config())
        return calls(lambda: conservation(document, article, tree))

    assert cost(800) < 5 * cost(200)


def test_a_text_that_is_wholly_lost_does_not_slow_it_down(calls: Callable[[Callable[[], object]], int]) -> None:
    def cost(number: int) -> int:
        rows = [Accounted(n, "one two", "noise") for n in range(number)]
        article = Article(body=[_par("zero", 1)], accounted=rows)
        document = _document(*(_par("one two three " * 9 + str(n), n) for n in range(number)))
        tree = build(article, Config())
        return calls(lambda: conservation(document, article, tree))

    assert cost(400) < 5 * cost(100)
