"""Notes gathered behind the text become footnotes, tied to their marks."""

from __future__ import annotations

from pathlib import Path

import pytest

import jatspack
from jatspack.article import Article

FRONT = (
    "# The Salt Road and its Toll Houses\n\nIda Kornfeld\n\n"
    "Abstract: Toll houses shaped the trade in salt for a century.\n\n"
)
BODY = (
    "# Introduction\n\nThe road was old when the first ledger was opened{1}, and the keepers knew it{2}. "
    "Carts came in spring and left before the snow, and nobody counted the mules.\n\n"
    "# Ledgers\n\nEvery keeper wrote his own hand{3}. The sums were checked in town by a clerk who never travelled, "
    "and the errors were forgiven at the end of the year.\n\n"
)
NOTES = (
    "The ledger lies in the town archive today.",
    "The keepers were paid in salt until the reform.",
    "Three hands can be told apart in the second volume.",
)
REFERENCES = (
    "# References\n\nKornfeld, I. (2001). The salt carts. Old Roads Press.\n\n"
    "Marsh, T. (1998). Tolls. *Road History*, 4(2), 11–19.\n"
)


def article(tmp_path: Path, text: str) -> Article:
    source = tmp_path / "article.md"
    source.write_text(text, encoding="utf-8")
    package = jatspack.convert(source, only=["jats"])
    assert package.exit == 0
    return package.article


def marked(form: str) -> str:
    return BODY.format("", *(form.format(n) for n in (1, 2, 3)))


def texts(found: Article) -> list[tuple[str, str]]:
    return [(note.label, note.blocks[0].text.plain) for note in found.footnotes]  # type: ignore[union-attr]


WANTED = [(str(n), text) for n, text in enumerate(NOTES, 1)]
LISTED = "\n".join(f"{n}. {text}" for n, text in WANTED)
PARAGRAPHS = "\n\n".join(f"{n}. {text}" for n, text in WANTED)
RAISED = "\n\n".join(f"<sup>{n}</sup> {text}" for n, text in WANTED)
ALONE = "\n".join(f"{n}\n{text}" for n, text in WANTED)
IN_BRACKETS = "\n\n".join(f"[{n}] {text}" for n, text in WANTED)


@pytest.mark.parametrize("mark", ["<sup>{}</sup>", "[{}]", " [{}]"])
@pytest.mark.parametrize("notes", [LISTED, PARAGRAPHS, RAISED, ALONE, IN_BRACKETS])
@pytest.mark.parametrize("heading", ["# Notes", "**Notes**", "## Примечания", "# Notas"])
def test_notes_under_a_heading(tmp_path: Path, mark: str, notes: str, heading: str) -> None:
    found = article(tmp_path, f"{FRONT}{marked(mark)}{heading}\n\n{notes}\n\n{REFERENCES}")
    assert texts(found) == WANTED
    assert len(found.reference_lists[0].references) == 2


@pytest.mark.parametrize(("notes", "behind"), [(RAISED, False), (ALONE, False), (ALONE, True)])
def test_notes_without_a_heading(tmp_path: Path, notes: str, behind: bool) -> None:
    parts = [REFERENCES, notes] if behind else [notes, REFERENCES]
    found = article(tmp_path, FRONT + marked("<sup>{}</sup>") + "\n\n".join(parts) + "\n")
    assert texts(found) == WANTED


def test_marks_are_links(tmp_path: Path) -> None:
    source = tmp_path / "article.md"
    source.write_text(f"{FRONT}{marked('[{}]')}# Notes\n\n{PARAGRAPHS}\n\n{REFERENCES}", encoding="utf-8")
    jats = jatspack.convert(source, only=["jats"]).jats.decode()
    assert [f'<xref ref-type="fn" rid="fn-{n}">[{n}]</xref>' in jats for n in (1, 2, 3)] == [True] * 3
    assert "<title>Notes</title>" not in jats


def test_numbers_that_cite_a_numbered_list_are_no_marks(tmp_path: Path) -> None:
    references = "# References\n\n" + "\n\n".join(
        f"[{n}] Marsh T. Tolls, part {n}. Road History, 199{n}, 4({n}), 11-19." for n in (1, 2, 3)
    )
    found = article(tmp_path, f"{FRONT}{marked('[{}]')}# Notes\n\n{PARAGRAPHS}\n\n{references}\n")
    assert not found.footnotes


def test_numbered_paragraphs_without_marks_stay(tmp_path: Path) -> None:
    found = article(tmp_path, f"{FRONT}{marked('')}# Notes\n\n{PARAGRAPHS}\n\n{REFERENCES}")
    assert not found.footnotes
