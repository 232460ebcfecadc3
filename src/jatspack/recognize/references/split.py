"""Blocks of a reference section cut into entries, one for each work.

The blocks become pieces: list items and printed lines. A list with numbers is cut by them: an entry begins where
the next number stands, at the start of a piece or inside it. Without numbers each line is judged by how it begins,
how the line before it ends, and whether there was room left for its first word (see openings.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jatspack.article import Origin
from jatspack.read.document import Block, Heading, Lines, ListBlock, Paragraph
from jatspack.recognize.references.numbers import by_number, is_numbered
from jatspack.recognize.references.openings import by_opening
from jatspack.recognize.references.pieces import LINE, Piece
from jatspack.recognize.units import flat
from jatspack.richtext import HARD_BREAK, Rich


@dataclass(frozen=True, slots=True)
class ReferenceSection:
    """A reference list as found: its title, its blocks in order, the language of its title.

    `apart`: running text stands between it and the list before: it belongs to that text, and is no twin.
    """

    title: Rich
    blocks: list[Block]
    lang: str
    origin: Origin
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One reference as printed; `label` is its number with the signs around it, or empty."""

    text: Rich
    label: str = ""

    @property
    def lines(self) -> Lines:
        return self.text.lines


def split_entries(blocks: Sequence[Block]) -> list[Entry]:
    """Entries in printed order; an entry that a page break cut in two is put together."""
    pieces = [piece for block in blocks for piece in _pieces(block)]
    found = by_number(pieces) if is_numbered(pieces) else [("", text) for text in by_opening(pieces)]
    return [Entry(text, label) for label, text in found if text.plain]


def _pieces(block: Block) -> Iterator[Piece]:
    match block:
        case ListBlock():
            for n, item in enumerate(block.items):
                text = _joined(piece for inner in item for piece in flat(inner))
                label = block.delimiter.replace("1", str(block.start + n)) if block.ordered else ""
                yield Piece(text.strip(), label, gap=True, item=True)
        case Paragraph(text, _) | Heading(_, text, _):
            yield from _lines(text)
        case _:
            for text in flat(block):
                yield from _lines(text)


def _joined(texts: Iterator[Rich]) -> Rich:
    parts: list[Rich] = []
    for text in texts:
        if parts:
            parts.append(Rich.of(" "))
        parts.append(text)
    return Rich.join(parts)


def _lines(text: Rich) -> Iterator[Piece]:
    """The printed lines of a paragraph."""
    at, gap, hard = 0, True, False
    for end in (*LINE.finditer(text.text), None):
        line = text[at : end.start() if end else len(text)]
        if line.plain:
            yield Piece(line.strip(), gap=gap, hard=hard)
            gap, hard = False, False
        if end:
            at, hard = end.end(), hard or HARD_BREAK in end[0]
