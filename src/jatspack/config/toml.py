"""TOML as text: on which line each key stands (tomllib does not tell), and entries written for pasting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

Path = tuple[str | int, ...]
_KEY = re.compile(r"""\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+))*)\s*""")
_PIECE = re.compile(r""""((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+)""")
_STRING = re.compile(r'"""|' + r"'''" + r"""|"(?:[^"\\]|\\.)*"|'[^']*'|[#\[\]{}]""")


def line_index(text: str) -> dict[Path, int]:
    """Path of each table and key, as tomllib nests them, to its line. For text that tomllib has read."""
    out: dict[Path, int] = {}
    counts: Counter[Path] = Counter()
    table: Path = ()
    for number, row in _statements(text):
        if row.lstrip().startswith("["):
            double = row.lstrip().startswith("[[")
            key = _KEY.match(row.lstrip().lstrip("["))
            table = _into(_pieces(key[1]) if key else (), counts, double)
            if double:
                counts[table] += 1
                table = (*table, counts[table] - 1)
            out.setdefault(table, number)
        elif (key := _KEY.match(row)) and row[key.end() : key.end() + 1] == "=":
            pieces = _pieces(key[1])
            for n in range(1, len(pieces) + 1):
                out.setdefault((*table, *pieces[:n]), number)
    return out


def _into(pieces: tuple[str, ...], counts: Counter[Path], double: bool) -> Path:
    """The path of a header: inside a list of tables it means the last one."""
    path: Path = ()
    for n, piece in enumerate(pieces):
        path = (*path, piece)
        if counts[path] and not (double and n == len(pieces) - 1):
            path = (*path, counts[path] - 1)
    return path


def _pieces(key: str) -> tuple[str, ...]:
    return tuple(a or b or c for a, b, c in _PIECE.findall(key))


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """(line, its text) of each line that begins a statement: no comment, no inside of a string or an array."""
    quote, depth = "", 0
    for number, row in enumerate(text.split("\n"), 1):
        at = 0
        if not quote and not depth and row.strip() and not row.lstrip().startswith("#"):
            yield number, row
            if row.lstrip().startswith("["):
                continue
        while at < len(row):
            if quote:
                end = row.find(quote, at)
                while quote == '"""' and end > 0 and _escaped(row, end):
                    end = row.find(quote, end + 1)
                if end < 0:
                    break
                at, quote = end + 3, ""
                continue
            found = _STRING.search(row, at)
            if not found or found[0] == "#":
                break
            at = found.end()
            if found[0] in ('"""', "'''"):
                quote = found[0]
            elif found[0] in "[{":
                depth += 1
            elif found[0] in "]}":
                depth -= 1


def _escaped(row: str, at: int) -> bool:
    before = row[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def line_of(index: dict[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it that has one."""
    for n in range(len(path), 0, -1):
        if path[:n] in index:
            return index[path[:n]]
    return 1


def entry(table: str, **values: str | bool | int | list[str]) -> str:
    """An entry of a list in article.toml: `[[table]]` and its keys. It can be put at the end of any article.toml.

    entry("replace", find="educa- tion", by="education", lines="57"). Empty values are written too: they remove.
    """
    return "\n".join([f"[[{table}]]", *(f"{key} = {_value(value)}" for key, value in values.items())])


def _value(value: str | bool | int | list[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    out = []
    for char in text:
        if char in '"\\':
            out.append("\\" + char)
        elif char < " " or char == "\x7f":
            out.append(f"\\u{ord(char):04x}")
        else:
            out.append(char)
    return f'"{"".join(out)}"'
