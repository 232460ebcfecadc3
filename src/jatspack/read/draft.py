"""The text while it is being repaired: what went from it is recorded line by line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from jatspack.findings import Finding
from jatspack.read.document import Removed

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)$")


@dataclass(slots=True)
class Draft:
    """The text while it is being repaired: lines for pandoc, and for each of them its line in the source."""

    lines: list[str]
    line_of: list[int]
    removed: list[Removed] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    code: list[bool] = field(default_factory=list)  # lines of fenced code: not to be touched

    def remove(self, at: int, text: str, reason: str, put: str = "") -> None:
        """Record what went from the line with index `at`."""
        if text.strip():
            self.removed.append(Removed(self.line_of[at], text.strip(), reason, put))

    def blank(self, at: int, reason: str) -> None:
        """Take a whole line out; it stays as an empty one."""
        self.remove(at, self.lines[at], reason)
        self.lines[at] = ""

    def substitute(self, pattern: re.Pattern[str], reason: str, put: str | Callable[[re.Match[str]], str] = "") -> None:
        """Replace every match outside code, each with a record."""
        for at, line in enumerate(self.lines):
            if self.code[at] or not pattern.search(line):
                continue

            def record(match: re.Match[str], at: int = at) -> str:
                new = put if isinstance(put, str) else put(match)
                if new != match[0]:
                    self.remove(at, match[0], reason, new.strip())
                return new

            self.lines[at] = pattern.sub(record, line)

    def insert(self, at: int, line: str) -> None:
        """A line that the source does not have, before the one with index `at`."""
        self.lines.insert(at, line)
        self.line_of.insert(at, self.line_of[min(at, len(self.line_of) - 1)])
        self.code.insert(at, False)

    def delete(self, at: int) -> None:
        """The line with index `at`, which holds nothing, is gone; those after it keep their source lines."""
        del self.lines[at], self.line_of[at], self.code[at]


def fenced(lines: list[str]) -> list[bool]:
    """Which lines are of fenced code blocks, the fences themselves included."""
    out = [False] * len(lines)
    opened, start = "", 0
    for at, line in enumerate(lines):
        match = _FENCE.match(line)
        if not match:
            continue
        mark, rest = match[1], match[2]
        if not opened:
            if "`" not in rest or mark[0] == "~":
                opened, start = mark, at
        elif mark[0] == opened[0] and len(mark) >= len(opened) and not rest.strip():
            out[start : at + 1] = [True] * (at + 1 - start)
            opened = ""
    return out  # a fence that is never closed is no fence: half the article would be code
