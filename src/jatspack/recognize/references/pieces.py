"""What a reference section is cut into before its entries are told apart: list items and printed lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jatspack.richtext import HARD_BREAK, Rich

LINE = re.compile(f"\\s*[\n{HARD_BREAK}]\\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A list item, or a line of a paragraph."""

    text: Rich
    label: str = ""  # the number that the list itself gives
    gap: bool = False  # begins a block
    hard: bool = False  # the author broke the line before it
    item: bool = False


def joined(pieces: Iterable[Rich]) -> Rich:
    """Lines of one entry made running text again; line ends stay what they are to a reader."""
    parts: list[Rich] = []
    for piece in pieces:
        if parts:
            parts.append(Rich.of("\n", piece.lines[0]))
        parts.append(piece)
    return Rich.join(parts)
