"""Tables drawn with characters, as pandoc writes them: grid, multiline and simple tables become pipe tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import east_asian_width

from jatspack.read.draft import Draft

_BORDER = re.compile(r"\s{0,3}\+(?:[-=:]+\+)+\s*$")
_GRID_ROW = re.compile(r"\s{0,3}[|+].*[|+]\s*$")
_RULE = re.compile(r"\s{0,3}-{2,}(?: +-{2,})+\s*$")  # over columns: dashes with gaps
_FRAME = re.compile(r"\s{0,3}-{5,}\s*$")  # first and last line of a multiline table
_MOST_ROWS = 20_000  # lines of one table
_WIDE = frozenset("WF")

Span = tuple[int, int]
Row = tuple[int, list[str]]  # the line where it begins, its cells
Table = tuple[int, int, bool, list[Row]]  # first and last line, whether the first row is a head


def redraw(draft: Draft) -> None:
    """Replace drawn tables by pipe tables; the lines keep their places in the source."""
    at = 0
    while at < len(draft.lines):
        line = draft.lines[at]
        table, end = None, at
        if not draft.code[at] and line[:4].lstrip()[:1] in ("+", "-"):
            if _BORDER.match(line):
                end = _grid_end(draft.lines, at)
                table = _grid(draft.lines, at, end)
            else:
                table = _simple(draft.lines, at)
        at = _put(draft, *table) if table else end + 1


def _put(draft: Draft, first: int, last: int, head: bool, rows: list[Row]) -> int:
    """Write the rows where the table stood; the index after it."""
    for n in range(first, last + 1):
        draft.lines[n] = ""
    width = max(len(cells) for _, cells in rows)
    if not head:
        rows = [(first, [""] * width), *rows]
    written = [(rows[0][0], _row(rows[0][1])), (rows[0][0], "|" + " --- |" * width)]
    written += [(line, _row(cells)) for line, cells in rows[1:]]
    places = [draft.line_of[line] for line, _ in written]
    size = last + 1 - first
    draft.lines[first : last + 1] = [text for _, text in written] + [""] * max(size - len(written), 0)
    draft.line_of[first : last + 1] = places + draft.line_of[last + 1 - max(size - len(written), 0) : last + 1]
    draft.code[first : last + 1] = [False] * max(size, len(written))
    end = first + max(size, len(written))
    if end < len(draft.lines) and draft.lines[end].strip() and len(written) >= size:
        draft.insert(end, "")
    return end


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(re.sub(r"(?<!\\)\|", r"\\|", cell) for cell in cells) + " |"


# --- grid tables ----------------------------------------------------------------


def _grid_end(lines: list[str], at: int) -> int:
    end = at
    while end + 1 < len(lines) and _GRID_ROW.match(lines[end + 1]):
        end += 1
    return end


def _grid(lines: list[str], at: int, end: int) -> Table | None:
    """The grid table on these lines."""
    if end - at < 2 or not _BORDER.match(lines[end]):
        return None
    edges = sorted({n for line in lines[at : end + 1] if _BORDER.match(line) for n in _places(line)})
    rows: list[Row] = []
    head, begin = 0, at + 1
    for n in range(at + 1, end + 1):
        if not _BORDER.match(lines[n]):
            continue
        if n > begin:
            rows.append((begin, _cells(lines[begin:n], edges)))
        if "=" in lines[n] and not head:
            head = len(rows)
        begin = n + 1
    return (at, end, head == 1, rows) if rows else None


def _places(line: str) -> list[int]:
    """Columns of the crosses; a wide letter takes two."""
    return [n for n, letter in enumerate(line) if letter == "+"]


def _cells(lines: list[str], edges: list[int]) -> list[str]:
    """The cells of one row, their lines joined; a cell over several columns stands in the first of them."""
    out = [""] * (len(edges) - 1)
    for line in lines:
        spread = _spread(line)
        columns = [n for n, edge in enumerate(edges) if spread[edge : edge + 1] in ("|", "+")] or [0, len(edges) - 1]
        for left, right in pairwise(columns):
            text = spread[edges[left] + 1 : edges[right]].replace("\0", "").strip()
            out[left] = f"{out[left]} {text}".strip()
    return out


def _spread(line: str) -> str:
    """The line with a filler behind each letter that is two columns wide."""
    if line.isascii():
        return line
    return "".join(letter + "\0" if east_asian_width(letter) in _WIDE else letter for letter in line)


# --- simple and multiline tables --------------------------------------------------


def _simple(lines: list[str], at: int) -> Table | None:
    """The table here whose columns are told by a line of dashes with gaps."""
    if _RULE.match(lines[at]):
        return _under_rule(lines, at)
    if not _FRAME.match(lines[at]) or (at and lines[at - 1].strip()):
        return None
    for rule in range(at + 1, min(at + 8, len(lines))):
        if _RULE.match(lines[rule]):
            return _framed(lines, at, rule)
        if not lines[rule].strip():
            return None
    return None


def _under_rule(lines: list[str], rule: int) -> Table | None:
    """A head of one line (or none) above the rule; rows to the next empty line, or to another rule."""
    head = rule > 0 and bool(lines[rule - 1].strip()) and (rule < 2 or not lines[rule - 2].strip())
    columns = _columns(lines[rule])
    end = rule
    closed = False
    while end + 1 < min(len(lines), rule + _MOST_ROWS) and lines[end + 1].strip() and not closed:
        end += 1
        closed = bool(_RULE.match(lines[end]) or _FRAME.match(lines[end]))
    last = end - closed
    if last == rule or (not head and not closed):
        return None
    rows = [(n, _by_column(lines[n], columns)) for n in ([rule - 1] if head else []) + list(range(rule + 1, last + 1))]
    return rule - head, end, head, rows


def _framed(lines: list[str], first: int, rule: int) -> Table | None:
    """A multiline table: rows of several lines, an empty line between two, a line of dashes at the end."""
    columns = _columns(lines[rule])
    stop = min(len(lines), rule + _MOST_ROWS)
    end = next((n for n in range(rule + 1, stop) if _FRAME.match(lines[n])), 0)
    if not end:
        return None
    rows: list[Row] = []
    if rule > first + 1:
        rows.append((first + 1, _joined(lines[first + 1 : rule], columns)))
    begin = rule + 1
    for n in range(rule + 1, end + 1):
        if n == end or not lines[n].strip():
            if n > begin:
                rows.append((begin, _joined(lines[begin:n], columns)))
            begin = n + 1
    return (first, end, rule > first + 1, rows) if rows else None


def _columns(rule: str) -> list[Span]:
    return [match.span() for match in re.finditer(r"-+", rule)]


def _joined(lines: list[str], columns: list[Span]) -> list[str]:
    each = [_by_column(line, columns) for line in lines]
    return [" ".join(part for part in parts if part) for parts in zip(*each, strict=True)]


def _by_column(line: str, columns: list[Span]) -> list[str]:
    """The line cut where the gaps between the columns are; a word that reaches over a gap is not cut."""
    spread = _spread(line)
    cuts = [0]
    for (_, stop), (start, _) in pairwise(columns):
        gap = next((n for n in range(start, stop - 1, -1) if not spread[n - 1 : n].strip()), start)
        cuts.append(max(gap, cuts[-1]))
    return [spread[a:b].replace("\0", "").strip() for a, b in zip(cuts, [*cuts[1:], len(spread)], strict=True)]
