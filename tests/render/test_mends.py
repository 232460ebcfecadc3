"""The mends for speed change no byte of a PDF."""

from __future__ import annotations

import subprocess
import sys

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
    assert digest() == digest("_known_pages", "_compressed_once", "_plain_properties")
