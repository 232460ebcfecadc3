"""The article that lies beside the project: its sections and its damaged words."""

from __future__ import annotations

import json

import pytest

from jatspack.article import Section
from jatspack.read.document import ListBlock, Paragraph

read = pytest.importorskip("jatspack.read")


@pytest.fixture(scope="module")
def seed(shared):
    folder = shared / "seed"
    if not folder.is_dir():
        pytest.skip("no seed article")
    return read.read_source(folder / "article.md"), json.loads((folder / "expected.json").read_text("utf-8"))


def test_sections_and_lists(seed):
    from jatspack.recognize.body import build_body
    from jatspack.recognize.lexicon import lexicon

    document, expected = seed
    text = [block.text.plain if isinstance(block, Paragraph) else "" for block in document.blocks]
    start = next(n for n, line in enumerate(text) if line.startswith(expected["sections"][0]))
    end = next(
        n
        for n, block in enumerate(document.blocks)
        if n > start
        and not hasattr(block, "blocks")
        and getattr(block, "text", None)
        and block.text.plain.startswith(expected["references"]["list_titles"][0])
    )
    result = build_body(document.blocks[start:end], lexicon(), "en")
    sections = [block for block in result.blocks if isinstance(block, Section)]
    assert [section.title.plain for section in sections] == expected["sections"]
    assert len(sections) == len(result.blocks)
    for title, inner in expected["subsections"].items():
        section = next(one for one in sections if one.title.plain == title)
        assert [one.title.plain for one in section.blocks if isinstance(one, Section)] == inner
    methods = sections[1]
    assert [len(block.items) for block in methods.blocks if isinstance(block, ListBlock)] == [8]


def test_damaged_words(seed):
    from jatspack.recognize.words import read_words, suspicious_words

    document, expected = seed
    reported = {row.data["word"] for row in suspicious_words(read_words(document))}
    for line in expected["expected_findings"]:
        if line.startswith("words "):
            assert set(line.split(": ")[1].split(", ")) <= reported
