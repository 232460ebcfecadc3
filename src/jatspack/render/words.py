"""Words of the pages themselves (Contents, Received …), by language. All of them stand in words.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

FALLBACK = "en"
RTL_LANGUAGES = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "ku-Arab", "ps", "sd", "syr", "ug", "ur", "yi"])
RTL_SCRIPTS = frozenset(["Arab", "Hebr", "Syrc", "Thaa", "Nkoo"])


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("jatspack.render") / "words.toml").read_text("utf-8"))


def word(key: str, lang: str) -> str:
    """The word for `key` in a language: the tag itself, then without its subtags, then English; "" for none."""
    tag = lang
    while tag:
        if found := _words().get(tag, {}).get(key):
            return found
        tag = tag.rpartition("-")[0]
    return _words()[FALLBACK].get(key, "")


def direction(lang: str) -> str:
    """The direction of a language's usual script, "rtl" or "ltr" (HTML's ``dir``)."""
    subtags = lang.split("-")
    scripts = [part for part in subtags[1:] if len(part) == 4]
    if scripts:
        return "rtl" if scripts[0].title() in RTL_SCRIPTS else "ltr"
    return "rtl" if subtags[0].lower() in RTL_LANGUAGES else "ltr"
