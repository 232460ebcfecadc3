"""The mends for speed change no byte of a PDF; fonts that fontTools cut hold no time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fontTools.misc import timeTools

from jatspack.config import Theme
from jatspack.render import PdfSettings, pdf
from jatspack.render.pdf import laid_out
from jatspack.render.theme import open_theme

PRINT = """
import hashlib, sys
from jatspack.render import mends
from jatspack.render.pdf import pdf
for name in sys.argv[1:]:
    assert callable(getattr(mends, name))
    setattr(mends, name, lambda: None)
rows = "".join(f"<tr><td style='margin-inline: 2pt'>{n}</td><td dir=rtl><b>{n * n}</b></td></tr>" for n in range(80))
text = "<p id=p>Words and <i>more words</i> that fill <a href='#p'>a few lines</a> of a page.</p>" * 60
page = f"<html lang=en><head><title>T</title></head><body><h1>T</h1>{text}<table>{rows}</table></body></html>"
print(hashlib.sha256(pdf(page)).hexdigest())
"""


def digest(*without: str) -> str:
    return subprocess.run([sys.executable, "-c", PRINT, *without], capture_output=True, text=True, check=True).stdout


def test_the_mends_for_speed_change_no_byte() -> None:
    assert digest() == digest("_compressed_once", "_plain_properties")


def test_fonts_cut_by_fonttools_hold_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<html lang=en><head><title>T</title></head><body><h1>T</h1><p>Words.</p></body></html>"
    pdf(page)
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)
    printed = []
    for now in (4_000_000_000, 4_000_000_999):
        monkeypatch.setattr(timeTools.time, "time", lambda now=now: now)
        printed.append(pdf(page))
    assert printed[0] == printed[1]


SECTIONS = "".join(
    f"<section><h2>Section {n}</h2><p>{'Words and more words. ' * (18 + n % 9)}</p></section>" for n in range(90)
)


def is_heading(box: Any) -> bool:
    return box.element_tag == "h2" and type(box).__name__ == "BlockBox"


def body(content: str) -> str:
    return f'<html lang="en"><body><main><article><div class="body">{content}</div></article></main></body></html>'


@pytest.mark.parametrize("theme", ["journal", "two-column"])
def test_a_heading_at_the_head_of_a_page_or_column_has_no_space_above(theme: str) -> None:
    heads = []
    for box in laid_out(body(SECTIONS), PdfSettings(theme=theme))[1:]:
        parts = [*(b for b in box.descendants() if getattr(b, "is_column", False))] or [box]
        for part in parts:
            top = part.content_box_y()
            heads += [b.margin_top for b in part.descendants() if is_heading(b) and b.position_y == top]
    assert len(heads) > 1
    assert set(heads) == {0}


def test_columns_are_balanced_with_a_few_layouts(calls: Callable[[Callable[[], object]], int], tmp_path: Path) -> None:
    """Not with one for each pixel of the height that is to be found."""
    text = "".join(f"<h2>T</h2><p>{'Words of a paragraph, and more of them. ' * (25 + n % 3)}</p>" for n in range(8))
    page = body(f"{text}<figure><table>{'<tr><td>a</td></tr>' * 5}</table></figure>")
    (tmp_path / "unbalanced").mkdir()
    (tmp_path / "unbalanced" / "a.css").write_text(".columns { column-fill: auto !important }")
    (tmp_path / "unbalanced" / "theme.toml").write_text('base = "two-column"')
    plain = PdfSettings(theme=open_theme(Theme(name="unbalanced"), tmp_path))
    balanced = calls(lambda: laid_out(page, PdfSettings(theme="two-column")))
    assert balanced < 3 * calls(lambda: laid_out(page, plain))
