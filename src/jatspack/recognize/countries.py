"""Names of countries in any language of the lexicon, with their ISO 3166-1 codes.

Names come from pycountry's translations; what people write besides (``USA``, ``РФ``, ``P.R. China``) stands in
lexicon/countries/extra.toml. One index per script, made when a text in that script turns up.
"""

from __future__ import annotations

import importlib.util
import json
import re
import struct
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
    if printed[0] != printed[0].title():
        return False
    short = name.replace(".", "").replace(" ", "")
    return not (len(short) <= 4 and short.isupper()) or printed.upper() == printed


@cache
def _names(script: str) -> Phrases:
    """All names in the languages of a script. ``Korea, Republic of`` is also known as it is said."""
    names: dict[str, str] = {}
    form = _FORMS[script]
    for code, others in _extra().items():
        names.update((name, code) for name in others if form.match(name))
    for lang in lexicon().languages:
        of = lexicon().script(lang)
        if _GROUP.get(of, of) == script:
            for name, code in _translated(lang):
                names.setdefault(name, code)
    for name in [n for n in names if ", " in n]:
        head, _, rest = name.partition(", ")
        names.setdefault(f"{rest} {head}", names[name])
    return Phrases(Entry(name, code, "") for name, code in names.items())


@cache
def country_codes() -> frozenset[str]:
    """All codes of ISO 3166-1 alpha-2."""
    return frozenset(code for code, _ in _english())


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


def _translated(lang: str) -> Iterator[tuple[str, str]]:
    """(name, code) in one language, from gettext's compiled catalogue."""
    if lang == "en":
        yield from ((name, code) for code, name in _english())
        return
    for locale in _LOCALES.get(lang, [lang]):
        path = _folder() / "locales" / locale / "LC_MESSAGES" / "iso3166-1.mo"
        if path.exists():
            names = _catalogue(path.read_bytes())
            yield from ((names[name], code) for code, name in _english() if name in names)


def _catalogue(data: bytes) -> dict[str, str]:
    """Messages of a .mo file (GNU gettext manual, "The Format of GNU MO Files"), little or big endian."""
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, originals, translations = struct.unpack_from(f"{order}3I", data, 8)
    ids = struct.unpack_from(f"{order}{2 * count}I", data, originals)
    texts = struct.unpack_from(f"{order}{2 * count}I", data, translations)
    rows = zip(ids[::2], ids[1::2], texts[::2], texts[1::2], strict=True)
    return {data[b : b + a].decode(): data[d : d + c].decode() for a, b, c, d in rows if a}
