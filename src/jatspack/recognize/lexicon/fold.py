"""Words made comparable: case, accents, spacing and hyphens aside.

Printed labels come as ``КЛЮЧЕВЫЕ СЛОВА``, ``К л ю ч е в ы е  с л о в а``, ``Key-words``, ``Resumé`` or ``摘 要``.
A folded text has no case, no accents and no gaps (white space, hyphens, apostrophes, dots, invisible characters).
"""

from __future__ import annotations

import re
import unicodedata

# Combining marks that a careless keyboard leaves out: Latin, Greek and Cyrillic accents, Hebrew and Arabic vowel
# points. Vowel signs of Indic scripts and Japanese voicing marks are letters and stay.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670"
# Tatweel, soft hyphen, zero-width and direction marks; apostrophes; hyphens; dots and middle dots; white space.
_GAPS = "\\s\u0640\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff'’‘ʼʻ`´ʹ\\-‐‑‒.·"
_DROP = re.compile(f"[{_MARKS}{_GAPS}]+")
_DROP_KEEPING_LINES = re.compile(f"[{_MARKS}{_GAPS.replace(chr(92) + 's', chr(92) + 't ' + chr(0xA0))}]+")
# Letters that have no decomposition, and Arabic letters that keyboards confuse.
_SAME = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ی": "ي", "ى": "ي", "ک": "ك", "ہ": "ه"})
_LINKING = re.compile(r"[\u0640\u00ad\u200b-\u200f\u2060\ufeff\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]")
WORDLESS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")  # scripts that put no space between


def fold(text: str) -> str:
    """The text without case, accents and gaps."""
    return _DROP.sub("", unicodedata.normalize("NFKD", text.casefold()).translate(_SAME))


def fold_lines(text: str) -> list[str]:
    """`fold` of every line; one pass over all of them."""
    return _DROP_KEEPING_LINES.sub("", unicodedata.normalize("NFKD", text.casefold()).translate(_SAME)).split("\n")


class _Table(dict[int, str]):
    """Code point -> folded characters, for str.translate; filled as characters turn up."""

    def __missing__(self, code: int) -> str:
        value = self[code] = fold(chr(code))
        return value


class Erasing(dict[int, str | None]):
    """The same with None for what is folded to nothing: str.translate is several times as fast then in plain ASCII."""

    def __missing__(self, code: int) -> str | None:
        value = self[code] = FOLDED[code] or None
        return value


FOLDED = _Table()
ERASING = Erasing()


def is_link(char: str) -> bool:
    """Whether a character belongs to the letter before it: an accent, a soft hyphen, a joiner."""
    return bool(_LINKING.match(char))
