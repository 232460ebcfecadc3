"""Words that no element took stand in the notes of the front matter."""

from __future__ import annotations

from pathlib import Path

from jatspack.article import Article
from jatspack.check import conservation, keep_unplaced
from jatspack.config import Config
from jatspack.jats import build
from jatspack.read import read_source
from jatspack.read.document import Document
from jatspack.recognize import recognize

TEXT = """# Water in *old* maps

**A. Berg**

## Introduction

The first paragraph tells of rivers $Q^2$ and 北京 lakes.

## Results

The second paragraph tells of seas.
"""


def _read(tmp_path: Path) -> tuple[Article, Document]:
    path = tmp_path / "a.md"
    path.write_text(TEXT, encoding="utf-8")
    document = read_source(path)
    return recognize(document, Config())[0], document


def test_lost_words_are_kept_and_told(tmp_path: Path) -> None:
    article, document = _read(tmp_path)
    del article.body[0]
    words = conservation(document, article, build(article, Config()))
    assert [w.text for w in words.missing][:3] == ["introduction", "the", "first"]
    found = keep_unplaced(article, words)
    assert found.lines[0] == (5, 5)
    assert "rivers" in [p.text.plain.split()[5] for p in article.unplaced if len(p.text.plain.split()) > 5]
    tree = build(article, Config())
    assert conservation(document, article, tree).complete
    notes = tree.find("front/notes[@notes-type='unplaced']")
    assert notes is not None
    assert "北京" in "".join(notes.itertext())
    assert notes.find(".//tex-math") is not None


def test_a_lost_word_is_printed_as_it_was(tmp_path: Path) -> None:
    article, document = _read(tmp_path)
    article.titles[0].text = article.titles[0].text[:9]
    words = conservation(document, article, build(article, Config()))
    keep_unplaced(article, words)
    assert [p.text.plain for p in article.unplaced] == ["old maps"]
    assert "italic" in article.unplaced[0].text.runs[0].style
