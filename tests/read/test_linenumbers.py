"""Line numbers of a manuscript's margin."""

from __future__ import annotations

from pathlib import Path

import pytest

from jatspack.read import read_source
from jatspack.read.document import Document, Paragraph

SENTENCE = "the carts went over the salt road in spring and came back before the first snow fell "
LINES = [(SENTENCE[n % 5 * 4 :] + SENTENCE)[:60].strip() for n in range(14)]


def document(tmp_path: Path, lines: list[str]) -> Document:
    source = tmp_path / "article.md"
    source.write_text("# Salt\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return read_source(source)


def body(found: Document) -> str:
    return " ".join(block.text.plain for block in found.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize("gap", [" ", "  ", ""])
def test_numbers_of_wrapped_lines_go_and_are_accounted_for(tmp_path: Path, gap: str) -> None:
    found = document(tmp_path, [f"{n}{gap}{line}" for n, line in enumerate(LINES, 12)])
    assert body(found) == " ".join(LINES)
    assert [r.text for r in found.removed if r.reason == "line-number"] == [str(n) for n in range(12, 26)]


@pytest.mark.parametrize(
    "lines",
    [
        [f"{n} {line}." for n, line in enumerate(LINES, 1)],  # sentences, or references
        [f"{n}. {line}" for n, line in enumerate(LINES, 1)],  # a list
        [f"{n} Salt {n + 5}" for n in range(1, 14)],  # contents
        [f"{1990 + 7 * n} {line}" for n, line in enumerate(LINES)],  # years
    ],
)
def test_other_numbers_stay(tmp_path: Path, lines: list[str]) -> None:
    assert not [r for r in document(tmp_path, lines).removed if r.reason == "line-number"]
