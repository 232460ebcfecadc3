"""The two files read and checked; everything that is wrong is told with file, line and remedy."""

from __future__ import annotations

import io
import tomllib
from os.path import isfile
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from jatspack.config.article import ArticleConfig
from jatspack.config.base import Model
from jatspack.config.journal import JournalConfig
from jatspack.config.run import Config, Places
from jatspack.config.targets import KINDS, SECRETS, variable
from jatspack.config.toml import Path as Key
from jatspack.config.toml import line_index, line_of
from jatspack.findings import UsageError

LARGEST = 5_000_000  # bytes
MOST_TOLD = 20  # mistakes of one file
_DEEPEST = 500  # dots of a key, each of which takes longer to read than the one before

T = TypeVar("T", bound=Model)


def load(journal: Path | None = None, article: Path | None = None) -> Config:
    """Read the two files (either may be None); UsageError names file, line and remedy for anything wrong."""
    general, files = JournalConfig(), dict[str, bytes]()
    beside = journal or article
    folder = beside.parent if beside else None
    if journal is not None:
        general, _, files["journal.toml"] = read_toml(journal, JournalConfig)
    if article is None:
        return Config(journal=general, files=files, folder=folder)
    own, lines, files["article.toml"] = read_toml(article, ArticleConfig)
    return Config(journal=general, article=own, places=Places(article.name, lines), files=files, folder=folder)


def discover(source: Path, journal: Path | None = None) -> Config:
    """Configuration of a source file: `journal` or journal.toml beside it; <stem>.toml or article.toml beside it."""
    config = load(*beside(source, journal))
    return config if config.folder else config.model_copy(update={"folder": source.parent})


def beside(source: Path, journal: Path | None = None) -> tuple[Path | None, Path | None]:
    """The two files that `discover` takes for a source file; None for one that is not there."""
    folder = source.parent
    names = (f"{source.stem}.toml", "article.toml")
    own = next((folder / name for name in names if isfile(folder / name)), None)  # no error for a name too long
    if journal is None and isfile(folder / "journal.toml"):
        journal = folder / "journal.toml"
    return journal, None if own is not None and own.name == "journal.toml" else own


def read_toml(path: Path, model: type[T]) -> tuple[T, dict[Key, int], bytes]:
    """A TOML file as its model, the line of each key, and its bytes; UsageError names file, line and remedy for what is
    wrong."""
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path}: larger than {LARGEST // 1_000_000} MB; this is no configuration")
        raw = path.read_bytes()
        text = io.TextIOWrapper(io.BytesIO(raw), "utf-8").read()  # line ends as in a text file
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}); give a UTF-8 TOML file") from error
    if any(line.partition("=")[0].count(".") > _DEEPEST for line in text.split("\n")):
        raise UsageError(f"{path}: nested too deeply; `jatspack init` shows the form")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise UsageError(_not_toml(path, text, error)) from error
    index = line_index(text)
    try:
        return model.model_validate(data), index, raw
    except (ValidationError, RecursionError) as error:
        if isinstance(error, RecursionError):
            raise UsageError(f"{path}: nested too deeply; `jatspack init` shows the form") from error
        told: list[dict[str, Any]] = [{**e, "loc": _place(e["loc"])} for e in error.errors()]
        problems = list(dict.fromkeys(f"{path}:{line_of(index, e['loc'])}: {_said(e)}" for e in told))
        more = [f"{path}: and {len(problems) - MOST_TOLD} more"] if len(problems) > MOST_TOLD else []
        raise UsageError("\n".join([*problems[:MOST_TOLD], *more])) from error


def _not_toml(path: Path, text: str, error: Exception) -> str:
    if isinstance(error, RecursionError):
        return f"{path}: nested too deeply; `jatspack init` shows the form"
    said = str(error)
    _, _, after = said.partition("(at line ")
    digits = after.partition(",")[0]
    line = int(digits) if digits.isdigit() else text.count("\n") + 1
    said = said.partition(" (at ")[0]
    hint = "a key may stand once, a [table] too" if "overwrite" in said or "twice" in said else "see https://toml.io"
    return f"{path}:{line}: not valid TOML: {said[:1].lower()}{said[1:200]}; {hint}"


def _place(where: Key) -> Key:
    """The keys of a place; pydantic names the kind of a target as well."""
    return (*where[:2], *where[3:]) if where[:1] == ("targets",) and where[2:3] and where[2] in KINDS else where


def _said(error: dict[str, Any]) -> str:
    where: Key = error["loc"]
    kind, message = error["type"], str(error["msg"]).removeprefix("Value error, ")
    given = error.get("input")
    names = [str(part) for part in where if not isinstance(part, int) and part not in _UNION and part != "[key]"]
    key = ".".join(names)[:200]
    if names[:1] == ["targets"] and (told := _of_a_target(kind, key, names)):
        return told
    if kind == "extra_forbidden":
        return f"unknown key “{key}”; `jatspack init` writes a file with all keys"
    if kind == "missing":
        return f"“{key}” is missing; add it to this entry"
    if kind == "list_type" and isinstance(given, dict) and len(where) == 1:
        return f"“{key}” is a list: write [[{key}]] in two brackets, once for each entry"
    if kind == "string_type" and isinstance(given, int | float):
        return f'“{key}”: write the value in quotes: {key.rpartition(".")[2]} = "{given}"'
    if where and where[-1] == "[key]":
        return f"“{key}”: not a language tag; write it like kk, en or zh-Hans"
    if kind == "string_pattern_mismatch":
        shown = "it" if names[:1] == ["targets"] else repr(str(given)[:60])  # what is a secret in the wrong place
        message = f"{shown} has not the form that is wanted ({error['ctx']['pattern']})"
    return f"“{key}”: {message[:1].lower()}{message[1:]}"


def _of_a_target(kind: str, key: str, names: list[str]) -> str:
    """What is special about the mistakes of a target; values are not shown, as they may be secrets in a wrong place."""
    if kind == "extra_forbidden" and len(names) > 2 and SECRETS.search(names[-1]):
        what = variable(names[1], "…")
        return f"“{key}”: no file holds credentials; give them in the environment ({what}) or the keyring"
    if kind.startswith("union_tag") or kind == "model_attributes_type":
        return f"“{key}.kind” says what it is: {', '.join(KINDS)}"
    if kind == "string_pattern_mismatch" and len(names) == 2:
        return f"“{key}”: a target's name has small letters, digits and -, such as zenodo"
    return ""


_UNION = frozenset({"str", "list[str]", "constrained-str", "dict[str,constrained-str]"})  # branches, not keys
