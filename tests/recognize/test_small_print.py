"""What stands around and between: licences, codes beside a DOI, notes of titles, stars before names, thanks."""

from __future__ import annotations

from pathlib import Path

import pytest

from jatspack.article import Article, Section, TableWrap
from jatspack.config import Config
from jatspack.read import read_source
from jatspack.read.document import Paragraph
from jatspack.recognize import recognize
from jatspack.recognize.front.permissions import licence_address, permissions
from jatspack.recognize.lexicon import lexicon
from jatspack.richtext import Rich

ARTICLE = """{above}

# Depth of rivers in spring and settlement{mark}

{names}

{abstract}

# Introduction

Rivers shape the land through which they run, and people settle where water is near (Reed, 2001).

{body}

# References

Reed, A. (2001). Rivers and towns. *River Journal*, 3(2), 12-19.
"""
PARTS = {
    "above": "River Journal",
    "mark": "",
    "names": "Anna Reed, Carl Brook\n\nInstitute of Rivers, Oak College, Springfield",
    "abstract": "**Abstract.** The paper treats the depth of rivers in spring. The river is deeper in spring.",
    "body": "",
}


@pytest.fixture
def read(tmp_path: Path):
    def read(**parts: str) -> Article:
        path = tmp_path / "article.md"
        path.write_text(ARTICLE.format(**PARTS | parts), "utf-8")
        return recognize(read_source(path), Config())[0]

    return read


BY = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("text", "holder", "licence", "address"),
    [
        ("© 2022 The Authors. Open access under the CC BY 4.0 license.", "© 2022 The Authors.",
         "Open access under the CC BY 4.0 license.", BY),
        ("© Reed, 2022", "© Reed, 2022", "", ""),
        (f"This article is distributed under {BY[:-1]}.", "", f"This article is distributed under {BY[:-1]}.", BY),
        ("© The Authors 2022, licensed under CC BY-NC-ND 3.0", "", "© The Authors 2022, licensed under CC BY-NC-ND 3.0",
         "https://creativecommons.org/licenses/by-nc-nd/3.0/"),
        ("© 2022 The Authors. This is an open access article under the CC BY license.", "© 2022 The Authors.",
         "This is an open access article under the CC BY license.", ""),
        ("Licensed under CC BY", "", "", ""),
        ("Rivers are open to all.", "", "", ""),
    ],
)  # fmt: skip
def test_copyright_and_licence(text: str, holder: str, licence: str, address: str) -> None:
    found = permissions(Rich.of(text), lexicon())
    assert [part.plain for part in found] == [holder, licence]
    assert licence_address(found[1]) == address


def test_a_printed_licence_is_the_articles(read) -> None:
    found = read(abstract=f"{PARTS['abstract']}\n\n© 2022 The Authors. Open access under the CC BY 4.0 license.")
    assert (found.copyright.plain, found.licence_url) == ("© 2022 The Authors.", BY)
    assert not any("©" in note.text.plain for note in found.author_notes)


def test_a_code_and_a_doi_in_one_line(read) -> None:
    found = read(above="МРНТИ 16.21.33 https://doi.org/10.5555/river.2023.09")
    assert {i.kind: i.value for i in found.identifiers} == {"irsti": "16.21.33", "doi": "10.5555/river.2023.09"}
    assert [title.lang for title in found.titles] == ["en"]


def test_a_doi_amid_the_body_is_the_articles(read) -> None:
    found = read(body="The river is deep.\n\nhttps://doi.org/10.5555/river.2023.09\n\nThe valley is wide.")
    assert [i.value for i in found.identifiers] == ["10.5555/river.2023.09"]


def test_a_footnote_of_the_title(read) -> None:
    found = read(mark="[^t]", body="[^t]: Read at the River Days.")
    (run,) = [run for run in found.titles[0].text if run.xref]
    (note,) = found.footnotes
    assert run.xref is not None
    assert run.xref.rid == note.id
    assert [block.text.plain for block in note.blocks if isinstance(block, Paragraph)] == ["Read at the River Days."]


def test_a_star_before_a_name_is_that_names(read) -> None:
    addresses = "¹Oak College, Springfield\n\n²Elm University, Shelbyville\n\n\\*c.brook@elm.example"
    found = read(names=f"Anna Reed¹, \\*Carl Brook²\n\n{addresses}")
    assert [(c.corresponding, c.emails) for c in found.contributors] == [(False, []), (True, ["c.brook@elm.example"])]


def test_thanks_under_their_heading_open_no_section_of_their_own(read) -> None:
    found = read(body="# UCAPAN TERIMA KASIH\n\nTerima kasih kepada kepala sekolah.")
    assert [(s.title.plain, len(s.blocks)) for s in found.back if s.kind == "ack"] == [("UCAPAN TERIMA KASIH", 1)]


def test_a_letter_before_the_word_for_tables_is_no_number(read) -> None:
    body = "A Tabela 1 mostra os resultados.\n\nTabela 1 – Rios\n\n| Rio | km |\n|---|---|\n| Sul | 12 |"
    section = next(block for block in read(body=body).body if isinstance(block, Section))
    (table,) = [block for block in section.blocks if isinstance(block, TableWrap)]
    assert [caption.text.plain for caption in table.captions] == ["Rios"]
