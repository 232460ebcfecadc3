"""Tables drawn with characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from jatspack.read import read_source
from jatspack.read.document import Table

GRID = """
+-----------+-------------+
| Name      | Число       |
+===========+=============+
| **lake**  | 1           |
| and river |             |
+-----------+-------------+
| 北京      | 2 | 3       |
+-----------+-------------+
"""
SIMPLE = """
  Right     Left    Center words
-------     ------  ------------
     12     ab cd        12
    123     e            —

: Each as pandoc draws it.
"""
HEADLESS = """
-------     ------
     12     ab
    123     cd
-------     ------
"""
MULTILINE = """
-------------------------------------------
 Centered   Default           Right
  Header    Aligned         Aligned
----------- ------- -----------------------
   First    row     A row that
                    spans lines.

  Second    row     Another one.
-------------------------------------------
"""
FORMS = {
    "grid": (GRID, [["Name", "Число"], ["lake and river", "1"], ["北京", "2 | 3"]], 3),
    "simple": (SIMPLE, [["Right", "Left", "Center words"], ["12", "ab cd", "12"], ["123", "e", "—"]], 3),
    "headless": (HEADLESS, [["12", "ab"], ["123", "cd"]], 3),
    "multiline": (
        MULTILINE,
        [
            ["Centered Header", "Default Aligned", "Right Aligned"],
            ["First", "row", "A row that spans lines."],
            ["Second", "row", "Another one."],
        ],
        4,
    ),
}


def _tables(path: Path, text: str) -> list[Table]:
    path.write_text(text, encoding="utf-8")
    return [block for block in read_source(path).blocks if isinstance(block, Table)]


@pytest.mark.parametrize("form", FORMS)
def test_drawn_tables_are_tables(form: str, tmp_path: Path) -> None:
    text, cells, line = FORMS[form]
    (table,) = _tables(tmp_path / "a.md", f"Text before it.\n{text}\nText after it.\n")
    rows = [row for row in (*table.head, *table.body) if any(cell.blocks for cell in row)]
    assert [[" ".join(b.text.plain for b in cell.blocks) for cell in row] for row in rows] == cells  # type: ignore[union-attr]
    assert line <= table.lines[0] <= line + 1


@pytest.mark.parametrize(
    "text",
    [
        "A heading\n---------\n\ntext -- with --- dashes\n",
        "---\n\nText.\n\n-----\n\nMore.\n",
        "```\n+---+---+\n| a | b |\n+---+---+\n```\n",
        "+---+\n" * 50,
        "--- ---\n\nText.\n",
    ],
)
def test_what_is_no_table_stays(text: str, tmp_path: Path) -> None:
    assert _tables(tmp_path / "a.md", f"Text.\n\n{text}\n") == []


def test_borders_without_end_take_no_long_time(tmp_path: Path) -> None:
    assert _tables(tmp_path / "a.md", "Text.\n\n" + "+---+\n" * 30_000) == []
