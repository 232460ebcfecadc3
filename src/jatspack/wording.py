"""What a word is when words are counted: a run of letters or a run of digits of the text in NFKC, case-folded.

A character of a script that parts no words is one word. Soft hyphens and zero-width characters are nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from jatspack.richtext import Math, Run

RAISED = frozenset({"sup", "sub"})
_SIGN = re.compile(r"\\([a-zA-Z]+)")
_SIGNS = {"sim": "~", "lfloor": "[", "rfloor": "]", "times": "×", "cdot": "·"}
_TAG = re.compile(r"\\tag\b\*?")  # TeX that makes a label of a formula's number

NO_SPACE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
_SPACED = re.compile(r"[^\W\d_]+|\d+")  # the same as _ANY where no script is without spaces, and twice as fast
_ANY = re.compile(rf"[{NO_SPACE}]|[^\W\d_{NO_SPACE}]+|\d+")
_UNSPACED = re.compile(f"[{NO_SPACE}]")
_NOTHING = ("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff")
_ORCID = re.compile(r"(?:https?://)?(?:www\.)?orcid\.org/(?=\d)")  # printed in many forms, written in one


def words(text: str) -> list[str]:
    """The words of a plain text."""
    text = folded(text)
    return word_pattern(text).findall(text)


def folded(text: str) -> str:
    """The text as its words are compared."""
    text = unicodedata.normalize("NFKC", text).casefold()
    for nothing in _NOTHING:
        text = text.replace(nothing, "")
    return _ORCID.sub(" ", text) if "orcid.org/" in text else text


def word_pattern(text: str) -> re.Pattern[str]:
    """What finds the words of a folded text."""
    return _ANY if _UNSPACED.search(text) else _SPACED


def letters(text: str) -> str:
    """Letters and digits alone: what stays when spaces, marks and styles change."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def spelt(tex: str) -> str:
    """The characters that a formula spells: ``\\mathrm { S } 5 1 2 . 1 + 1`` is S512.1+1."""
    text = _SIGN.sub(lambda found: _SIGNS.get(found[1], ""), tex)
    return re.sub(r"[\s{}^_\\]", "", text)


def rich_text(runs: Sequence[Run]) -> str:
    """The text of runs, formulas as TeX; raised and lowered text stands apart from the word that carries it."""
    out: list[str] = []
    raised: frozenset[str] = frozenset()
    for run in runs:
        now = run.style & RAISED
        if now != raised:
            out.append(" ")
            raised = now
        out.append(f" {_TAG.sub(' ', run.object.tex)} " if isinstance(run.object, Math) else run.text)
    return "".join(out)
