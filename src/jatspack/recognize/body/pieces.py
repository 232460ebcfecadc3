"""The flow taken to pieces that may belong to one float: images, tables, captions, and the lines between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from jatspack.article import Caption
from jatspack.read.document import Block, Heading, Lines, Paragraph, Rule, Table
from jatspack.recognize.body.captions import CaptionPiece, Label, caption_pieces, images_of, label_at, make_caption
from jatspack.recognize.body.context import Item, Work, lines_of, span
from jatspack.richtext import EMPTY, HARD_BREAK, OBJECT, Image, Rich, Run

_LINE = re.compile(f"[\n{HARD_BREAK}]")
_COLON = re.compile(r"\s*:\s+(?=\S)")
_SUB_CAPTION = re.compile(r"\s*[(（]a[)）]", re.IGNORECASE)
_CLOSED = re.compile(r"[.?!:;。？！：；]\s*$")
TITLE_LENGTH = 250  # of a paragraph that may be the title below a label that stands alone
SHORT_LINE = 40


@dataclass(slots=True)
class Pictures:
    """Images that stand together, and what they become."""

    images: list[Image]
    lines: Lines
    captions: list[Caption] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    rule: str = "image"


@dataclass(slots=True)
class Grid:
    """A table and what belongs to it."""

    table: Table | None
    lines: Lines
    captions: list[Caption] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    rule: str = "table"


Piece = Item | Pictures | Grid | CaptionPiece


def take_apart(blocks: Sequence[Block], work: Work) -> list[Piece]:
    """All pieces, with what plainly belongs to a caption already in it."""
    pieces: list[Piece] = []
    for block in blocks:
        pieces.extend(_pieces(block, work))
    _drop_placeholders(pieces, work)
    _colon_captions(pieces, work)
    _titles_below_labels(pieces)
    _sub_captions(pieces)
    return pieces


def _pieces(block: Block, work: Work) -> list[Piece]:
    if isinstance(block, Table):
        grid = Grid(block if not block.caption else replace(block, caption=EMPTY), block.lines)
        if block.caption:
            label = label_at(block.caption.text, work.lexicon)
            text = block.caption[label.end :] if label else block.caption
            grid.captions.append(make_caption(label, text, work))
        return [grid]
    if isinstance(block, Heading):
        found = caption_pieces(block, work)
        return list(found) or [block]
    if not isinstance(block, Paragraph):
        return [block]
    out: list[Piece] = []
    lines = [line for part in _part_images(block) for line in _part_labels(part, work)]
    for part in lines:
        images = images_of(part)
        if images:
            last = out[-1] if out else None
            if isinstance(last, Pictures):
                last.images += images
                last.lines = span(last.lines, part.lines)
            else:
                out.append(Pictures(images, part.lines))
        else:
            out.extend(caption_pieces(part, work) or [part])
    return out


def _part_images(paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph parted where lines hold nothing but images."""
    text = paragraph.text
    if not any(isinstance(run.object, Image) for run in text):
        return [paragraph]
    parts: list[tuple[bool, list[Rich]]] = []
    start = 0
    for end in [*(match.end() for match in _LINE.finditer(text.text)), len(text)]:
        line = text[start:end]
        start = end
        alone = bool(images_of(Paragraph(line, (0, 0))))
        if parts and (parts[-1][0] == alone or not line.plain):
            parts[-1][1].append(line)
        else:
            parts.append((alone, [line]))
    if len(parts) == 1:
        return [paragraph]
    whole = [Rich.join(lines).strip() for _, lines in parts]
    return [Paragraph(part, part.lines) for part in whole if part.plain]


def _part_labels(paragraph: Paragraph, work: Work) -> list[Paragraph]:
    """A paragraph parted before lines that are a styled label and nothing else, and before the short line above."""
    text = paragraph.text
    starts = [0, *(match.end() for match in _LINE.finditer(text.text))]
    if len(starts) == 1:
        return [paragraph]
    cuts: list[int] = []
    for n, start in enumerate(starts):
        line = text[start : starts[n + 1] if n + 1 < len(starts) else len(text)].strip()
        label = label_at(line.text, work.lexicon) if n and line.all("bold") and len(line) < SHORT_LINE else None
        if label and label.end >= len(line):
            above = text[starts[n - 1] : start].plain
            cuts.append(starts[n - 1] if len(above) < SHORT_LINE and not _CLOSED.search(above) else start)
            cuts.append(start)
    if not cuts:
        return [paragraph]
    edges = sorted({0, *cuts, len(text)})
    parts = [text[a:b].strip() for a, b in pairwise(edges)]
    return [Paragraph(part, part.lines if part.lines[0] else paragraph.lines) for part in parts if part.plain]


def _drop_placeholders(pieces: list[Piece], work: Work) -> None:
    """The same short line before several captions stands for the images that an extractor left out."""
    before = [n - 1 for n, piece in enumerate(pieces) if n and isinstance(piece, CaptionPiece)]
    lines = {n: piece.text.plain for n in before if isinstance(piece := pieces[n], Paragraph)}
    counted = Counter(lines.values())
    often = {line for line, n in counted.items() if n > 1 and len(line) < SHORT_LINE and OBJECT not in line}
    for n, line in lines.items():
        if line in often:
            place = piece_lines(pieces[n])
            work.account(line, place[0], "float-placeholder")
            pieces[n] = Rule(place)


def piece_lines(piece: Piece) -> Lines:
    """Source lines of anything in the flow of floats."""
    return piece.lines if isinstance(piece, Pictures | Grid | CaptionPiece) else lines_of(piece)


def _colon_captions(pieces: list[Piece], work: Work) -> None:
    """`: The caption` beside a table is how pandoc writes one."""
    for n, piece in enumerate(pieces):
        match = _COLON.match(piece.text.text) if isinstance(piece, Paragraph) else None
        if not match or not isinstance(piece, Paragraph):
            continue
        beside = [pieces[m] for m in (n - 1, n + 1) if 0 <= m < len(pieces)]
        grid = next((one for one in beside if isinstance(one, Grid) and not one.captions), None)
        if grid is not None:
            text = piece.text[match.end() :]
            label = label_at(text.text, work.lexicon)
            grid.captions.append(make_caption(label, text[label.end :] if label else text, work))
            grid.labels += [label] if label else []
            grid.lines = span(grid.lines, piece.lines)
            pieces[n] = Rule(piece.lines)


def _titles_below_labels(pieces: list[Piece]) -> None:
    """A label that stands alone takes the short paragraph after it for its title, where the float is near."""
    for n, piece in enumerate(pieces):
        if not isinstance(piece, CaptionPiece) or piece.label.end < len(piece.text.text.rstrip()):
            continue
        title = pieces[n + 1] if n + 1 < len(pieces) else None
        after = pieces[n + 2] if n + 2 < len(pieces) else None
        before = pieces[n - 1] if n else None
        if not isinstance(title, Paragraph) or len(title.text) > TITLE_LENGTH or not title.text.plain:
            continue
        below = isinstance(after, Grid if piece.label.kind == "table" else Pictures)
        styled = title.text.all("italic") or title.text.all("bold")
        if below or (styled and isinstance(before, Grid | Pictures)):
            glue = Rich((Run(" ", line=title.lines[0]),))
            piece.text, piece.lines = piece.text.strip() + glue + title.text, span(piece.lines, title.lines)
            piece.label.end = min(piece.label.end + 1, len(piece.text))
            piece.weight += 1.0
            pieces[n + 1] = Rule(title.lines)


def _sub_captions(pieces: list[Piece]) -> None:
    """A line "(a) … (b) …" between images and their caption belongs to the caption."""
    for n in range(1, len(pieces) - 1):
        before, line, after = pieces[n - 1 : n + 2]
        if (
            not isinstance(before, Pictures)
            or not isinstance(line, Paragraph)
            or not _SUB_CAPTION.match(line.text.text)
        ):
            continue
        if isinstance(after, CaptionPiece) and after.label.kind == "figure" and len(line.text) < TITLE_LENGTH:
            after.text = after.text + Rich((Run(HARD_BREAK, line=line.lines[0]),)) + line.text
            after.lines = span(line.lines, after.lines)
            pieces[n] = Rule(line.lines)
