"""Words of the pages themselves (Contents, Received …), needed where the article prints none.

They stand in languages/, one file for each language (BCP 47); what a file does not have is taken from en.toml. To add
a language, add a file. `date` says how a date is written: {day} {month} {year} are numbers, {name} is the month's name
from `months`; `code-…` is how a classification code is announced.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

FALLBACK = "en"
RTL_LANGUAGES = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "ku-Arab", "ps", "sd", "syr", "ug", "ur", "yi"])
RTL_SCRIPTS = frozenset(["Arab", "Hebr", "Syrc", "Thaa", "Nkoo"])


@cache
def _languages() -> frozenset[str]:
    return frozenset(file.name.removesuffix(".toml") for file in (files("jatspack.render") / "languages").iterdir())


@cache
def _words(tag: str) -> Mapping[str, str]:
    return tomllib.loads((files("jatspack.render") / "languages" / f"{tag}.toml").read_text("utf-8"))


def word(key: str, lang: str) -> str:
    """The word for `key` in a language: the tag itself, then without its subtags, then English; "" for none."""
    tag = lang
    while tag:
        if tag in _languages() and (found := _words(tag).get(key)):
            return found
        tag = tag.rpartition("-")[0]
    return _words(FALLBACK).get(key, "")


@cache
def autonym(lang: str) -> str:
    """A language's name in itself (CLDR), as it begins a line; the tag where CLDR has none."""
    import langcodes
    from langcodes.tag_parser import LanguageTagError

    try:
        name = langcodes.get(lang).autonym()
    except (LanguageTagError, LookupError):
        return lang
    return name[:1].upper() + name[1:]


def direction(lang: str) -> str:
    """The direction of a language's usual script, "rtl" or "ltr" (HTML's ``dir``)."""
    subtags = lang.split("-")
    scripts = [part for part in subtags[1:] if len(part) == 4]
    if scripts:
        return "rtl" if scripts[0].title() in RTL_SCRIPTS else "ltr"
    return "rtl" if subtags[0].lower() in RTL_LANGUAGES else "ltr"
