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
from jatspack.render import PdfSettings, mends_columns, pdf
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
    assert digest() == digest("_compressed_once", "_plain_properties", "_features_freed")


HELD = """
import ctypes, gc, sys
from jatspack.render import mends
from jatspack.render.pdf import pdf
for name in sys.argv[1:]:
    setattr(mends, name, lambda: None)
names = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()
Mallinfo = type("Mallinfo", (ctypes.Structure,), {"_fields_": [(name, ctypes.c_size_t) for name in names]})
mallinfo = getattr(ctypes.CDLL(None), "mallinfo2", None)
if mallinfo is None:
    sys.exit("no mallinfo2")
mallinfo.restype = Mallinfo
text = "<p>Words and <i>more words</i> that fill <b>a few lines</b> of a page.</p>" * 30
held = []
for _ in range(6):
    pdf(f"<html lang=en><head><title>T</title></head><body><h1>T</h1>{text}</body></html>")
    gc.collect()
    held.append(mallinfo().uordblks + mallinfo().hblkhd)
print(held[-1] - held[2])
"""


def bytes_held(*without: str) -> int:
    """What three documents after the third leave in memory, beside Python's own objects."""
    done = subprocess.run([sys.executable, "-c", HELD, *without], capture_output=True, text=True, check=False)
    if "no mallinfo2" in done.stderr:
        pytest.skip("the C library does not tell what it holds")
    return int(done.stdout)


def test_documents_leave_nothing_in_memory() -> None:
    held = bytes_held()
    assert held < 40_000
    assert bytes_held("_features_freed") > held + 40_000


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


def test_columns_laid_out_in_one_pass_are_those_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    table = f"<figure><table>{'<tr><td>a</td><td>b</td></tr>' * 9}</table></figure>"
    note = '<p>Words<sup><a class="fn" href="#n">1</a></sup> with a note.</p>'
    notes = '<section class="notes"><ol><li id="n"><div><p>The note.</p></div></li></ol></section>'
    pages = [body(part) for part in (SECTIONS[:9000] + "</p></section>", table + SECTIONS[:2400] + "</p></section>")]
    pages += [page.replace('lang="en"', 'lang="fa" dir="rtl"') for page in pages] + [body(note * 30 + notes)]
    settings = PdfSettings(theme="two-column")
    one = [pdf(page, settings=settings) for page in pages]
    passes = []
    monkeypatch.setattr(mends_columns, "_may_be_filled", passes.append)
    assert one == [pdf(page, settings=settings) for page in pages]
    assert passes


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


PICTURE = "<img alt='x' style='height: 5cm; width: 5cm' src='data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22/>'>"


def test_balanced_columns_do_not_part_a_figure_from_its_caption() -> None:
    figure = f"<figure>{PICTURE}<figcaption><p>Caption of the figure.</p><p>And once more.</p></figcaption></figure>"
    table = "<figure><table><tr>" + "<td>Characteristically</td>" * 6 + "</tr></table></figure>"
    for lines in range(1, 7):
        text = "Words of a paragraph, and more of them. " * lines
        (first, *_) = laid_out(
            body(f"{figure}<h2>T</h2><p>{text}</p>{table}<p>End.</p>"), PdfSettings(theme="two-column")
        )
        columns = [box for box in first.descendants() if getattr(box, "is_column", False)]
        holders = [
            n for n, column in enumerate(columns) if any(b.element_tag == "figcaption" for b in column.descendants())
        ]
        pictures = [n for n, column in enumerate(columns) if any(b.element_tag == "img" for b in column.descendants())]
        assert holders == pictures
