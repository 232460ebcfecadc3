"""Tables that are nothing but layout: their cells' blocks stand for them."""

from __future__ import annotations

from jatspack.read.document import Block, Cell, Heading, ListBlock, Paragraph, Table
from jatspack.richtext import Image

_PROSE = 220  # characters: a cell of data is hardly ever longer


def dissolve_layout(blocks: list[Block]) -> list[Block]:
    """The blocks with layout tables replaced by what stands in their cells, row by row."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and is_layout(block):
            out.extend(inner for row in (*block.head, *block.body) for cell in row for inner in cell.blocks)
        else:
            out.append(block)
    return out


def is_layout(table: Table) -> bool:
    """Whether a table carries no data: one cell, one column of prose, sections, or images with their captions."""
    if table.caption:
        return False
    rows = [row for row in (*table.head, *table.body) if any(_has_content(cell) for cell in row)]
    filled = [[cell for cell in row if _has_content(cell)] for row in rows]
    cells = [cell for row in filled for cell in row]
    if len(cells) <= 1:
        return True
    if any(isinstance(block, Heading) for cell in cells for block in cell.blocks):
        return True
    if any(_has_image(cell) for cell in cells):
        return all(_has_image(cell) or _length(cell) < _PROSE for cell in cells) and len(rows) <= 4
    widest = max(len(row) for row in filled)
    prose = sum(_is_prose(cell) for cell in cells)
    if widest == 1:
        return prose * 2 >= len(cells)
    return len(rows) == 1 and prose == len(cells)


def _is_prose(cell: Cell) -> bool:
    return _length(cell) > _PROSE or len(cell.blocks) > 1 or any(isinstance(block, ListBlock) for block in cell.blocks)


def _has_content(cell: Cell) -> bool:
    return any(not isinstance(block, Paragraph) or block.text.plain for block in cell.blocks)


def _has_image(cell: Cell) -> bool:
    runs = (run for block in cell.blocks if isinstance(block, Paragraph) for run in block.text)
    return any(isinstance(run.object, Image) for run in runs)


def _length(cell: Cell) -> int:
    return sum(len(block.text) for block in cell.blocks if isinstance(block, Paragraph | Heading))
