"""Text made to exhaust a parser is refused before pandoc sees it."""

from __future__ import annotations

import re
from pathlib import Path

from jatspack.findings import UnreadableInput
from jatspack.read.limits import Limits

_QUOTES = re.compile(r"(?: {0,3}>)+")
_MARKERS = re.compile(r"\s*(?:(?:[-+*>]|\d{1,9}[.)])\s+)+")
_BRACKETS = re.compile(r"[\[\]]")
_MARKS = "*_[`~^$<"


def check_nesting(lines: list[str], path: Path, limits: Limits) -> None:
    """UnreadableInput beyond `limits.depth` (quotes, lists, brackets) or `limits.marks` (of one paragraph)."""
    depth = marks = 0
    for n, line in enumerate(lines, 1):
        if not line.strip():
            depth = marks = 0  # neither a link nor emphasis reaches beyond its paragraph
            continue
        if line.lstrip()[:1] in "-+*>0123456789":
            _markers(line, path, n, limits)
        opening = line.count("[")
        if opening + depth > limits.depth:
            _brackets(line, depth, path, n, limits)
        depth = max(0, depth + opening - line.count("]"))
        if "<td" not in line:  # HTML tables have thousands of marks, and pandoc does not look into them
            marks += sum(map(line.count, _MARKS))
            if marks > limits.marks:
                raise UnreadableInput(
                    f"{path}:{n}: more than {limits.marks} marks such as * and [ stand in one paragraph; "
                    "this is no article text, take them out"
                )


def _markers(line: str, path: Path, at: int, limits: Limits) -> None:
    quotes, markers = _QUOTES.match(line), _MARKERS.match(line)
    if quotes and quotes[0].count(">") > limits.depth:
        _refuse(path, at, "quotation marks", limits)
    if markers and len(markers[0].split()) > limits.depth:
        _refuse(path, at, "list marks", limits)


def _brackets(line: str, depth: int, path: Path, at: int, limits: Limits) -> None:
    for bracket in _BRACKETS.findall(line):
        depth = depth + 1 if bracket == "[" else max(0, depth - 1)
        if depth > limits.depth:
            _refuse(path, at, "brackets", limits)


def _refuse(path: Path, line: int, what: str, limits: Limits) -> None:
    raise UnreadableInput(
        f"{path}:{line}: {what} are nested more than {limits.depth} deep; this is no article text, take them out"
    )
