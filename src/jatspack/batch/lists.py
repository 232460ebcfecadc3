"""Lists of articles: a path a line, or a table (CSV, TSV) with facts of each article.

A table has a head. `source` is the article; `journal` and `article` are its journal.toml and article.toml; every other
column is a key of article.toml (`doi`, `volume`, `titles.en`, `keywords.ru`) and wins over that file. Several values of
one cell are parted by `;` where the key takes a list.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from jatspack.batch.task import Source
from jatspack.config import ArticleConfig
from jatspack.findings import UsageError

TABLES = {".csv": ",", ".tsv": "\t"}
SOURCE, JOURNAL, ARTICLE = "source", "journal", "article"
LARGEST = 200_000_000  # bytes of a list


def read_lines(lines: Iterable[str], folder: Path, name: str) -> list[Source]:
    """A path a line, relative to `folder`; empty lines are passed over. A file that is not there fails when read."""
    texts = ((n, line.rstrip("\r\n")) for n, line in enumerate(lines, 1))
    return [Source(_path(text, folder), "", place=f"{name}:{n}") for n, text in texts if text]


def read_table(path: Path) -> list[Source]:
    """The rows of a table; UsageError names file, line and column of what is wrong."""
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path}: larger than {LARGEST // 1_000_000} MB; part the list")
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file, delimiter=TABLES[path.suffix.lower()], strict=True)
            head = [cell.strip() for cell in next(rows, [])]
            _check_head(head, path)
            return [_row(dict(zip(head, row, strict=False)), path, line) for line, row in _filled(rows, head, path)]
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8; save it as UTF-8") from error
    except csv.Error as error:
        raise UsageError(f"{path}: is no table ({error}); save it as CSV or TSV once more") from error


def _check_head(head: list[str], path: Path) -> None:
    if SOURCE not in head:
        raise UsageError(f"{path}:1: has no column {SOURCE!r}; its first line names the columns")
    for n, name in enumerate(head):
        top = name.partition(".")[0]
        if head.index(name) != n:
            raise UsageError(f"{path}:1: the column {name!r} is there twice")
        if name not in (SOURCE, JOURNAL, ARTICLE) and top not in ArticleConfig.model_fields:
            raise UsageError(
                f"{path}:1: unknown column {name!r}; besides {SOURCE}, {JOURNAL} and {ARTICLE}, columns are keys of "
                "article.toml: `jatspack init --article` shows them"
            )


def _filled(rows: Iterator[list[str]], head: list[str], path: Path) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of the rows that are not empty."""
    for row in rows:
        line = rows.line_num  # type: ignore[attr-defined]
        if any(row):
            if len(row) > len(head):
                raise UsageError(f"{path}:{line}: has {len(row)} cells, the first line {len(head)}; mend the row")
            yield line, row


def _row(cells: dict[str, str], path: Path, line: int) -> Source:
    place = f"{path.name}:{line}"
    folder = path.parent
    if not cells.get(SOURCE, "").strip():
        raise UsageError(f"{path}:{line}: {SOURCE!r} is empty; name the article's file")
    named = {key: cells[key].strip() for key in (JOURNAL, ARTICLE) if cells.get(key, "").strip()}
    files = {key: _path(name, folder) for key, name in named.items()}
    facts = _facts({k: v.strip() for k, v in cells.items() if k not in (SOURCE, JOURNAL, ARTICLE) and v.strip()})
    try:
        ArticleConfig.model_validate(facts)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{path}:{line}: {key!r}: {first['msg']}; correct the cell") from error
    return Source(_path(cells[SOURCE].strip(), folder), "", files.get(JOURNAL), files.get(ARTICLE), facts, place)


def _facts(cells: dict[str, str]) -> dict[str, object]:
    """Cells by dotted key as the nested values of article.toml."""
    out: dict[str, object] = {}
    for key, text in cells.items():
        top, _, rest = key.partition(".")
        value: object = [part.strip() for part in text.split(";") if part.strip()] if top == "keywords" else text
        if not rest:
            out[top] = value
        else:
            inner = out.setdefault(top, {})
            if isinstance(inner, dict):
                inner[rest] = value
    return out


def _path(name: str, folder: Path) -> Path:
    return Path(os.path.abspath(folder / name))
