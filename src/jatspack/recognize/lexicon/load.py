"""The lexicon's files: one TOML file per language beside this module.

Values are ``'word | other word'``; lists of strings do as well. ``{old,new} {house,barn}`` stands for the four phrases
that it can be read as. The short form is read by one regular expression,
because tomllib takes a quarter of a second for all languages; a file that uses anything else goes through tomllib.
"""

from __future__ import annotations

import re
import tomllib
from itertools import product
from pathlib import Path

Tables = dict[str, dict[str, str]]
_LINE = re.compile(r"""^(?:\[([\w-]+)\]|"?([\w|-]+)"? = '([^'\n]*)')$|^.+$""", re.MULTILINE)
_CHOICE = re.compile(r"\{([^{}]*)\}")
FOLDER = Path(__file__).parent


def read(path: Path) -> Tables:
    """The tables of one file; keys before the first table are in table ``""``.

    ValueError names a file that is no TOML.
    """
    text = path.read_text("utf-8")
    tables: Tables = {"": {}}
    table = tables[""]
    for match in _LINE.finditer(text):
        name, key, value = match.groups()
        if key:
            table[key] = _spelled_out(value)
        elif name:
            table = tables.setdefault(name, {})
        elif match[0].strip() and not match[0].startswith("#"):
            return _read_slowly(path, text)
    return tables


def _read_slowly(path: Path, text: str) -> Tables:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from error
    tables: Tables = {"": {}}
    for name, value in raw.items():
        if isinstance(value, dict):
            tables[name] = {str(k): _flat(v) for k, v in value.items()}
        else:
            tables[""][name] = _flat(value)
    return tables


def _flat(value: object) -> str:
    return _spelled_out(" | ".join(map(str, value)) if isinstance(value, list) else str(value))


def _spelled_out(value: str) -> str:
    """The value with every choice in braces made."""
    if "{" not in value:
        return value
    out = []
    for phrase in value.split(" | "):
        pieces = _CHOICE.split(phrase)  # text, choices, text, …
        options = (piece.split(",") if k % 2 else [piece] for k, piece in enumerate(pieces))
        out += ["".join(chosen) for chosen in product(*options)]
    return " | ".join(out)


def read_all(folder: Path = FOLDER) -> dict[str, Tables]:
    """Every language's tables by its tag (the file's key ``language``)."""
    out = {}
    for path in sorted(folder.glob("*.toml")):
        tables = read(path)
        out[tables[""]["language"]] = tables
    return out
