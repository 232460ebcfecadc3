"""Whole articles of a few lines, each in another manner of printing, and the front matter they should give."""

from __future__ import annotations

from pathlib import Path

from jatspack.article import Article, Section
from jatspack.config import Config
from jatspack.read import read_source
from jatspack.recognize import recognize

FRONTS = Path(__file__).with_name("fronts")


def article(name: str) -> Article:
    return recognize(read_source(FRONTS / f"{name}.md"), Config())[0]


def langs(rows: list) -> list[str]:
    return [row.lang for row in rows]


def test_a_chinese_journal_with_notes_between_byline_and_abstract() -> None:
    found = article("zh")
    assert langs(found.titles) == langs(found.abstracts) == langs(found.keywords) == ["zh-Hans", "en"]
    assert [(d.date_type, d.iso) for d in found.dates] == [("received", "2023-03-05"), ("rev-recd", "2023-06-01")]
    assert {i.kind: i.value for i in found.identifiers} == {
        "clc": "TV14",
        "document-code": "A",
        "publisher-id": "1000-0000(2023)05-0001-08",
    }
    assert [b.title.plain for b in found.abstracts[0].blocks if isinstance(b, Section)] == [
        "目的",
        "方法",
        "结果",
        "结论",
    ]
    assert {s.kind for s in found.back} == {"funding", "bio"}


def test_byline_before_title_and_a_third_language_behind_the_references() -> None:
    found = article("kk")
    assert langs(found.titles) == langs(found.abstracts) == langs(found.keywords) == ["kk", "ru", "en"]
    assert {i.kind: i.value for i in found.identifiers} == {"udc": "556.5", "irsti": "37.27.21"}
    assert [langs(c.names) for c in found.contributors] == [["kk", "ru", "en"]] * 2
    assert [len(found.reference_lists), len(found.reference_lists[0].references)] == [1, 2]


def test_plain_lines_and_an_abstract_in_a_language_that_nothing_else_has() -> None:
    found = article("de")
    assert [t.text.plain for t in found.titles] == [
        "Jahreszeitliche Schwankungen der Schwebstofffracht in Gebirgsflüssen"
    ]
    assert langs(found.abstracts) == ["de", "en", "fr"]
    assert len(found.abstracts[0].blocks) == 2
    assert [k.plain for k in found.keywords[0].keywords] == ["Fluss", "Schwebstoff", "Schnee", "Pegel"]
    assert [(d.date_type, d.iso) for d in found.dates] == [("received", "2021-03-03"), ("accepted", "2021-06-12")]


def test_labels_in_cells_and_a_title_over_two_headings() -> None:
    found = article("table")
    assert [t.text.plain for t in found.titles] == ["VARIACIÓN ESTACIONAL DE LOS SEDIMENTOS EN LOS RÍOS DE MONTAÑA"]
    assert langs(found.abstracts) == langs(found.keywords) == ["es", "en"]
    assert [len(a.blocks) for a in found.abstracts] == [1, 1]
    assert [d.iso for d in found.dates] == ["2021-03-03", "2021-06-12"]


def test_fields_and_an_abstract_with_headings_of_its_own() -> None:
    found = article("fields")
    assert [t.text.plain for t in found.titles] == ["Seasonal change of sediment in mountain rivers"]
    assert [b.title.plain for b in found.abstracts[0].blocks if isinstance(b, Section)] == [
        "Background",
        "Methods",
        "Results",
        "Conclusions",
    ]
    assert [k.plain for k in found.keywords[0].keywords] == ["rivers", "sediment", "snow"]
    assert [b.title.plain for b in found.body if isinstance(b, Section)] == ["Background"]


def test_a_publishers_front_page() -> None:
    found = article("publisher")
    assert [t.text.plain for t in found.titles] == ["Seasonal change of sediment in mountain rivers"]
    assert [len(a.blocks) for a in found.abstracts] == [1]
    assert [k.plain for k in found.keywords[0].keywords] == ["Rivers", "Sediment", "Snow"]
    assert [d.date_type for d in found.dates] == ["received", "rev-recd", "accepted", "pub"]


def test_scripts_with_separators_of_their_own() -> None:
    for lang in ("ar", "ja"):
        found = article(lang)
        assert found.language == lang
        assert langs(found.abstracts) == langs(found.keywords) == [lang, "en"]
        assert [len(k.keywords) for k in found.keywords] == [3, 3]
