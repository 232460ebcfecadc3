"""Words that references are printed with, as regular expressions made from the lexicon; and names of publishers.

known.toml lists what belongs to no language: publishing houses, the places where they print, codes of states.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from jatspack.recognize.lexicon import lexicon

DASH = "-‐‑‒–—−~～"


def alternatives(*kinds: str, drop: frozenset[str] = frozenset()) -> str:
    """The words of some kinds as an alternation, longest first; dots at their ends and stems' endings are free."""
    words = {w for kind in kinds for w in lexicon().words(kind)} - drop
    forms = {_form(w) for w in words if w}
    return "|".join(sorted(forms, key=lambda f: (-len(f), f))) or "(?!)"


def _form(word: str) -> str:
    stem = word.rstrip(".*").lstrip("*")
    body = re.escape(stem).replace(r"\ ", r"\s+").replace("’", "['’]")
    return (r"[^\W\d_]*" if word.startswith("*") else "") + body + (r"[^\W\d_]*" if word.endswith("*") else "")


@cache
def words(*kinds: str) -> re.Pattern[str]:
    """Words of the kinds anywhere, as whole words where the script has words."""
    return re.compile(rf"(?<![^\W\d_])(?:{alternatives(*kinds)})(?![^\W\d_](?<![\u3400-\u9fff]))\.?", re.IGNORECASE)


@cache
def known(table: str) -> re.Pattern[str]:
    """Names of a table of known.toml, as whole words, in the case printed there."""
    names = sorted(tables()[table], key=len, reverse=True)
    body = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in names) or "(?!)"
    return re.compile(rf"(?<![^\W\d_])(?:{body})(?![^\W\d_](?<![\u3400-\u9fff]))")


@cache
def topics(table: str) -> dict[str, tuple[str, ...]]:
    """A table of topics.toml: endings, or whole words, that titles are made of, by language."""
    raw = tomllib.loads((Path(__file__).parent / "topics.toml").read_text("utf-8"))
    return {lang: tuple(value.split()) for lang, value in raw[table].items()}


@cache
def tables() -> dict[str, list[str]]:
    """The tables of known.toml."""
    raw = tomllib.loads((Path(__file__).parent / "known.toml").read_text("utf-8"))
    return {name: value.split(" | ") for name, value in raw.items()}
