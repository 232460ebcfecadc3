"""What OCR engines and extractors do to a first page, and the article that is read all the same."""

from __future__ import annotations

from pathlib import Path

from jatspack.article import Article, Paragraph, Section
from jatspack.config import Config
from jatspack.read import read_source
from jatspack.recognize import recognize

PROSE = "The salt carts went over the pass in spring and came back before the first snow fell on the toll houses. " * 3


def article(tmp_path: Path, text: str) -> Article:
    source = tmp_path / "article.md"
    source.write_text(text, encoding="utf-8")
    return recognize(read_source(source), Config())[0]


def titles(found: Article) -> list[str]:
    return [block.title.plain for block in found.body if isinstance(block, Section)]


def test_the_body_begins_at_the_heading_with_number_one(tmp_path: Path) -> None:
    parts = [f"# {n}. {name}\n\n{PROSE}" for n, name in enumerate(("Carts and mules", "Tolls", "Snow"), 1)]
    found = article(tmp_path, f"# Salt\n\nIda Kornfeld\n\n**Abstract.** {PROSE}\n\n" + "\n\n".join(parts))
    assert titles(found) == ["Carts and mules", "Tolls", "Snow"]
    assert len(found.abstracts) == 1


def test_the_journals_name_among_numbered_headings_is_no_section(tmp_path: Path) -> None:
    parts = [f"# {n}. Part {n}\n\n{PROSE}\n\n# Road Studies\n\n{PROSE}" for n in range(1, 7)]
    found = article(tmp_path, f"# Salt\n\nIda Kornfeld\n\n**Abstract.** {PROSE}\n\n" + "\n\n".join(parts))
    assert titles(found) == [f"Part {n}" for n in range(1, 7)]


def test_a_line_beside_the_labelled_abstract_is_a_note(tmp_path: Path) -> None:
    text = (
        f"# Salt\n\nIda Kornfeld and Mara Lindqvist\n\nSummary\n\n{PROSE}\n\n"
        "+I. Kornfeld and M. Lindqvist made an equal contribution.\n\nKeywords: salt, roads, tolls\n\n"
        f"# Introduction\n\n{PROSE}"
    )
    found = article(tmp_path, text)
    assert [a.lang for a in found.abstracts] == ["en"]
    notes = [
        *found.author_notes,
        *found.front_notes,
        *(b for b in found.abstracts[0].blocks if isinstance(b, Paragraph)),
    ]
    assert any("equal contribution" in note.text.plain for note in notes)


def test_two_addresses_in_brackets(tmp_path: Path) -> None:
    text = (
        "# 盐路与关卡研究\n\n林月 高婷 沈波\n\n(江海大学历史系，南京 210000)(山城中学，重庆 400000)\n\n"
        f"摘要：{'本文研究盐路与关卡的历史，分析其贸易与税收的变化。' * 4}\n\n关键词：盐路；关卡；贸易\n\n# 1 引言\n\n"
        + "盐路早于账簿。"
        * 20
    )
    found = article(tmp_path, text)
    assert [t.text.plain for a in found.affiliations for _, t in a.texts] == [
        "江海大学历史系，南京 210000",
        "山城中学，重庆 400000",
    ]


def test_a_second_columns_author_stands_amid_a_sentence(tmp_path: Path) -> None:
    text = (
        "# Counting the carts of a salt road in winter\n\n"
        "Ida Kornfeld University of Graz ikornfeld@graz.example.org\n\n# Abstract\n\n"
        f"{PROSE}\n\n# 1. Introduction\n\n{PROSE} However, in many problems such as those\n\n"
        "Mara Lindqvist University of Leeds mlindqvist@leeds.example.org\n\n"
        f"counting carts on a road, the keepers were wrong. {PROSE}\n\n# 2. Roads\n\n{PROSE}"
    )
    found = article(tmp_path, text)
    assert [(c.names[0].surname, c.emails) for c in found.contributors] == [
        ("Kornfeld", ["ikornfeld@graz.example.org"]),
        ("Lindqvist", ["mlindqvist@leeds.example.org"]),
    ]
