"""The mends for speed change no byte of a PDF; fonts that fontTools cut hold no time."""

from __future__ import annotations

import subprocess
import sys

import pytest
from fontTools.misc import timeTools

from jatspack.render import pdf

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
