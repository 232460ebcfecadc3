from __future__ import annotations

from pathlib import Path

import pytest

from jatspack.read.document import Document, Paragraph, Source
from jatspack.recognize.words import case_parts, read_words, suspicious_words
from jatspack.richtext import Rich, Run


def found(*paragraphs: str) -> list[tuple[str, int, str, str]]:
    blocks = [Paragraph(Rich.of(text, n + 1), (n + 1, n + 1)) for n, text in enumerate(paragraphs)]
    document = Document(Source(Path("a.md"), b"", "utf-8", "", ""), list(blocks))
    rows = suspicious_words(read_words(document))
    return [(row.code, row.lines[0][0], row.data["word"], row.data["suggestion"]) for row in rows]


@pytest.mark.parametrize(
    ("texts", "word", "suggestion"),
    [
        (("a school named after SabyrAltynov in the town",), "SabyrAltynov", "Sabyr Altynov"),
        (("Orhan Gümüş wrote it.", "OrhanGümüş wrote it."), "OrhanGümüş", "Orhan Gümüş"),
        (("институт имени АбаяКунанбаева в городе",), "АбаяКунанбаева", "Абая Кунанбаева"),
        (("He studied in Konya for years.", "He lives in Konyacity, Turkey."), "Konyacity", "Konya city"),
        (("Études rurales is a journal.", "Étudesrurales, vol. 2"), "Étudesrurales", "Études rurales"),
    ],
)
def test_lost_spaces(texts, word, suggestion):
    assert found(*texts) == [("space-lost", len(texts), word, suggestion)]


@pytest.mark.parametrize(
    ("texts", "word"),
    [
        (("ауылдағы мектеп-теріне барды",), "мектеп-теріне"),
        (("The harvest was late.", "The har-vest was late."), "har-vest"),
        (("it was a long inves-\ntigation of the matter, an investigation",), "inves-tigation"),
    ],
)
def test_split_words(texts, word):
    assert [(row[0], row[2]) for row in found(*texts)] == [("word-split", word)]


@pytest.mark.parametrize(
    "text",
    [
        "McDonald wrote JavaScript for the iPhone and measured pH with PyTorch on GitHub.",
        "The MyMapper tool draws maps. MyMapper is slow. We like MyMapper.",
        "The socioeconomic map and the socio-economic table; co-operation, cooperation.",
        "A well-known north-west wind, case-sensitive and water-soluble.",
        "Further work is needed. Furthermore, more rain fell.",
        "See https://example.org/FooBarBaz/QuxCorge and a.SmithJones@example.org.",
        "әдет-ғұрып пен салт-дәстүр, көші-қон",
        "BIDS数据的格式与ComCor方法和ComCor参数",
        "DNA, mRNA, NaCl, kWh and MgSO4 in the USA",
    ],
)
def test_no_false_alarms(text):
    assert found(text) == []


def test_code_is_no_text():
    run = Run("loadTableFromFile", frozenset({"monospace"}), line=1)
    document = Document(Source(Path("a.md"), b"", "utf-8", "", ""), [Paragraph(Rich((run,)), (1, 1))])
    assert suspicious_words(read_words(document)) == []


def test_case_parts():
    assert case_parts("HISTORYSeries") == ["HISTORY", "Series"]
    assert case_parts("APPs") == ["APPs"]
    assert case_parts("plain") == ["plain"]
