"""Names of countries in any language of the lexicon, with their ISO 3166-1 codes.

Names come from pycountry's translations; what people write besides (``USA``, ``РФ``, ``P.R. China``) stands in
lexicon/countries/extra.toml. One index per script, made when a text in that script turns up.
"""

from __future__ import annotations

import gettext
import importlib.util
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jatspack.recognize.lexicon import Entry, Phrases, lexicon
from jatspack.recognize.lexicon.load import FOLDER, read

_LOCALES = {"zh-Hans": ["zh_CN"], "zh-Hant": ["zh_TW"], "sr-Cyrl": ["sr"], "sr-Latn": ["sr@latin"]}
_LOCALES |= {"uz-Latn": ["uz"], "pt": ["pt", "pt_BR"], "uz-Cyrl": []}
# First letters of what each script's languages may write; every script's index also holds the short Latin codes.
_SCRIPTS = {
    "Latn": r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]",
    "Cyrl": r"[\u0400-\u052f]",
    "Grek": r"[\u0370-\u03ff]",
    "Armn": r"[\u0530-\u058f]",
    "Geor": r"[\u10a0-\u10ff\u1c90-\u1cbf]",
    "Hebr": r"[\u0590-\u05ff]",
    "Arab": r"[\u0600-\u06ff\u0750-\u077f]",
    "Deva": r"[\u0900-\u097f]",
    "Hani": r"[\u3040-\u30ff\u3400-\u9fff]",
    "Hang": r"[\uac00-\ud7af]",
}
_FORMS = {script: re.compile(form) for script, form in _SCRIPTS.items()}
_GROUP = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani", "Kore": "Hang"}


def country_in(text: str) -> list[tuple[int, int, str]]:
    """(start, end, alpha-2 code) of every country named in the text, left to right; the longest name at each place.

    A name must begin with a capital where the script has them, and an abbreviation must be in capitals: ``us`` is
    a pronoun, ``turkey`` a bird.
    """
    out: list[tuple[int, int, str]] = []
    for script, form in _FORMS.items():
        if form.search(text):
            out += _in_script(text, script)
    return sorted(out)


def _in_script(text: str, script: str) -> Iterator[tuple[int, int, str]]:
    names = _names(script)
    at = 0
    for found in names.finditer(text):
        if found.start() < at:
            continue
        printed = found.group()
        codes = [e.tag for e in found.entries if _agrees(printed, e.phrase)]
        if codes:
            at = found.end()
            yield found.start(), at, codes[0]


def _agrees(printed: str, name: str) -> bool:
    if printed[0].islower():
        return False
    short = name.replace(".", "").replace(" ", "")
    return not (len(short) <= 4 and short.isupper()) or printed.upper() == printed


@cache
def _names(script: str) -> Phrases:
    """All names in the languages of a script; English, which others borrow, comes last."""
    entries: list[Entry] = []
    for lang in lexicon().languages:
        of = lexicon().script(lang)
        if _GROUP.get(of, of) == script:
            entries += _translated(lang)
    form = _FORMS[script]
    for code, names in _extra().items():
        entries += [Entry(name, code, "") for name in names if form.match(name)]
    return Phrases(entries)


@cache
def _extra() -> dict[str, list[str]]:
    tables = read(FOLDER / "countries" / "extra.toml")
    return {code: [name.strip() for name in value.split("|")] for code, value in tables["names"].items()}


@cache
def _english() -> tuple[tuple[str, str], ...]:
    """(alpha-2 code, name) for every name that ISO 3166-1 has."""
    rows = json.loads((_folder() / "databases" / "iso3166-1.json").read_text("utf-8"))["3166-1"]
    keys = ("name", "common_name", "official_name")
    return tuple((row["alpha_2"], row[key]) for row in rows for key in keys if key in row)


def _folder() -> Path:
    """Where pycountry lies. Its data are read directly: importing it takes longer than reading them."""
    spec = importlib.util.find_spec("pycountry")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _translated(lang: str) -> Iterator[Entry]:
    if lang == "en":
        for code, name in _english():
            yield from _straight(name, code, lang)
        return
    for locale in _LOCALES.get(lang, [lang]):
        path = _folder() / "locales" / locale / "LC_MESSAGES" / "iso3166-1.mo"
        if not path.exists():
            continue
        with path.open("rb") as file:
            catalogue = gettext.GNUTranslations(file)
        for code, name in _english():
            translated = catalogue.gettext(name)
            if translated != name:
                yield from _straight(translated, code, lang)


def _straight(name: str, code: str, lang: str) -> Iterator[Entry]:
    """``Korea, Republic of`` as it is sorted and as it is said."""
    yield Entry(name, code, lang)
    head, comma, rest = name.partition(", ")
    if comma:
        yield Entry(f"{rest} {head}", code, lang)
