"""A valid JATS article of any size, for what is measured of large files.

Made of tests/check/sound.xml: its sections, notes and references as often as the size asks, each copy with ids and
numbers of its own; one list 60 deep and one paragraph of 500 KB.
"""

from __future__ import annotations

import re
from pathlib import Path

SOUND = Path(__file__).resolve().parents[1] / "tests" / "check" / "sound.xml"
_ID = re.compile(r'\b(id|rid)="([^"]*)"')
_LABEL = re.compile(r"<label>(\(?)(Fig\. |Table )?(\d+)(\.?\)?)</label>")
DEEP = 60
LONG = 500_000  # characters of the long paragraph


def article(size: int) -> bytes:
    """About `size` bytes of JATS."""
    text = SOUND.read_text("utf-8")
    parts = [_between(text, *ends) for ends in (("<body>", "</body>"), ("<fn-group>", "</fn-group>"))]
    parts.append(_between(text, "<title>References</title>", "</ref-list>"))
    own = {found[2] for part in parts for found in _ID.finditer(part) if found[1] == "id"}
    copies = max(1, size // sum(map(len, parts)))
    for part in parts:
        text = text.replace(part, "".join(_copy(part, n, own) for n in range(copies)), 1)
    deep = '<list list-type="bullet"><list-item><p>a</p>' * DEEP + "</list-item></list>" * DEEP
    long = "word " * (LONG // 5)
    rest = f"<sec><title>Rest</title>{deep}<p>{long}</p></sec>\n"
    return text.replace("</body>", rest + "</body>", 1).encode()


def _between(text: str, start: str, end: str) -> str:
    at = text.index(start) + len(start)
    return text[at : text.index(end, at)]


def _copy(part: str, n: int, own: set[str]) -> str:
    def ids(found: re.Match[str]) -> str:
        names = (f"{name}-{n}" if name in own else name for name in found[2].split())
        return f'{found[1]}="{" ".join(names)}"'

    numbered = _LABEL.sub(lambda m: f"<label>{m[1]}{m[2] or ''}{int(m[3]) + 2 * n}{m[4]}</label>", part)
    return _ID.sub(ids, numbered)
