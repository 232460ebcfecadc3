from __future__ import annotations

from jatspack.article import Article, BackSection, Caption, Figure, Footnote, Origin, Section, TableWrap
from jatspack.read.document import Cell, Definitions, Heading, ListBlock, Paragraph, Quote, Table
from jatspack.recognize.walk import iter_article, replace_article
from jatspack.richtext import OBJECT, Note, Rich, Run

HERE = Origin(((1, 1),), "test")


def p(text: str) -> Paragraph:
    return Paragraph(Rich.of(text, 1), (1, 1))


def article() -> Article:
    table = Table(((Cell((p("head"),)),),), ((Cell((p("cell"),)),),), (1, 1), Rich.of("own caption"))
    wrap = TableWrap("tbl-1", [Caption("en", "Table 1", Rich.of("of table"))], table, HERE, [p("below")])
    note = Note((p("in the note"),))
    body = [
        Section("sec-1", Rich.of("title"), [p("text"), wrap], HERE),
        ListBlock(False, ((p("item"), Heading(3, Rich.of("inner head"), (1, 1))),), (1, 1)),
        Quote((p("quoted"),), (1, 1)),
        Definitions(((Rich.of("term"), (p("meaning"),)),), (1, 1)),
        Figure("fig-1", [Caption("en", "Fig. 1", Rich.of("of figure"))], [], "", HERE),
        Paragraph(Rich((Run("mark"), Run(OBJECT, object=note))), (1, 1)),
    ]
    back = [BackSection("back-1", "ack", Rich.of("thanks"), [p("to all")], HERE)]
    return Article(body=body, back=back, footnotes=[Footnote("fn-1", "1", [p("foot")], HERE)])


EXPECTED = [
    "title", "text", "of table", "own caption", "head", "cell", "below", "item", "inner head", "quoted", "term",
    "meaning", "of figure", "mark" + OBJECT, "in the note", "thanks", "to all", "foot",
]  # fmt: skip


def test_every_text_is_met_once():
    assert sorted(text.text for _, text in iter_article(article())) == sorted(EXPECTED)


def test_every_text_is_replaced():
    changed = article()
    replace_article(changed, lambda text, place: Rich.of(text.text.upper()) if OBJECT not in text.text else text)
    upper = sorted(text if OBJECT in text else text.upper() for text in EXPECTED)
    assert sorted(text.text for _, text in iter_article(changed)) == upper
