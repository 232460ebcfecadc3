"""A document cut into units: the pieces that get a role each.

A unit is a heading, a paragraph, a list item, a table … or a part of a paragraph, where lines or labels
inside it show that it holds more than one thing (a byline above its affiliations, keywords with a DOI
glued on). Cutting too finely does no harm: neighbouring units of one role are put together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from jatspack.read.document import (
    Block,
    Code,
    Definitions,
    Heading,
    Lines,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from jatspack.recognize.lexicon import LabelMatch, Lexicon
from jatspack.recognize.lines import LEAD_IN, LINE_END, line_starts, wrapped_at
from jatspack.recognize.people.seams import seams
from jatspack.richtext import HARD_BREAK, OBJECT, Image, Math, Rich

Kind = Literal["heading", "paragraph", "item", "table", "image", "formula", "quote", "code"]
NUMBERING = re.compile(r"(?:(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})(?:[.)．、]\s*|\s+)|§\s*\d+\.?\s*)")
# Labels that begin a new unit wherever they stand in a paragraph of the front matter.
CUTTING = frozenset(
    {
        "abstract", "keywords", "clc", "udc", "irsti", "jel", "doi", "document-code", "article-number", "bbk",
        "authors", "title", "running-title", "supervisor", "received", "accepted", "revised", "published",
        "corresponding-author", "article-type", "email", "orcid", "citation", "funding",
    }
)  # fmt: skip
CODES = frozenset({"clc", "document-code", "article-number", "doi", "udc", "irsti", "bbk"})
CODE_VALUE = re.compile(r"[A-Z]{0,2}\d")
CODE_LINE = 200  # characters; in a longer text such a word is a word
# … and in a reference list, where most of those words stand inside entries too.
CUTTING_LISTS = frozenset({"abstract", "keywords", "received", "accepted", "udc", "corresponding-author", "supervisor"})
LISTS = ("references", "sources")
# A year; or a number before it, in brackets, with a full stop, alone on its line.
DOI_FIRST = re.compile(r"\s*10\.\d{4,9}/\S+\s+(?=\S)")
ENTRY_SIGN = re.compile(
    r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)|\A\s*(?:[\[［(（]\s?\d{1,3}\s?[\]］)）]|\d{1,3}(?:[.)．、]|\s*[\n\u2028]))"
)
AFFILIATION_BRACKET = re.compile(r"[(（]\s*(?=\S[^()（）]{7,})")
FRONT = 14  # blocks in which names and addresses are looked for, besides those behind the references
SHORT_LINE = 140  # characters; a longer unit is no label alone


@dataclass(slots=True)
class Unit:
    """One piece of the document. `block` is an index into Document.blocks (of a dissolved table: the table's)."""

    index: int
    block: int
    text: Rich
    kind: Kind
    level: int = 0
    joined: Literal["block", "line", "label"] = "block"  # how it parts from the unit before it
    labels: list[LabelMatch] = field(default_factory=list)
    whole_labels: list[LabelMatch] = field(default_factory=list)
    source: Block | None = None  # the block itself where the unit is all of it
    listed: bool = False  # the last heading or label before it names a reference list, or a part of one
    sublist: bool = False  # a heading below that of a reference list

    @property
    def lines(self) -> Lines:
        lines = self.text.lines
        return lines if lines[0] or self.source is None else self.source.lines


def cut(blocks: Sequence[Block], lexicon: Lexicon) -> list[Unit]:
    """All units of a document, in order, with the labels that stand at their start."""
    out: list[Unit] = []
    listed = edge = False
    level = 0  # of the heading of the reference list
    column = wrapped_at(blocks)
    for n, block in enumerate(blocks):
        edge = edge or listed
        for unit in _cut_block(n, block, lexicon, listed, column, n < FRONT or edge):
            unit.index, unit.listed = len(out), listed
            find_labels(unit, lexicon)
            out.append(unit)
            named = any(label.role in LISTS for label in unit.whole_labels)
            unit.sublist = unit.kind == "heading" and listed and 0 < level < unit.level and not unit.whole_labels
            if named and unit.kind == "heading" and (not listed or not 0 < level < unit.level):
                level = unit.level
            if unit.kind == "heading" or unit.whole_labels:
                listed = named or unit.sublist
            elif not listed and unit.labels and unit.kind == "paragraph":
                listed = _begins_list(unit.text, lexicon) and ENTRY_SIGN.search(unit.text.text) is not None
    return out


def find_labels(unit: Unit, lexicon: Lexicon) -> None:
    """Fill in the labels that stand at the start of a unit, and those that are the whole unit."""
    text = unit.text.text
    if unit.kind not in ("heading", "paragraph", "item") or not text.strip():
        return
    start = _at(LEAD_IN, text, 0)
    unit.labels = lexicon.label_at(text, start)
    if not unit.labels and (numbered := _at(NUMBERING, text, start)) > start:
        unit.labels = lexicon.label_at(text, numbered)
    if len(text) < SHORT_LINE:
        unit.whole_labels = lexicon.label_whole(text[start:])
        if not unit.whole_labels and (numbered := _at(NUMBERING, text, start)) > start:
            unit.whole_labels = lexicon.label_whole(text[numbered:])


def _at(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _cut_block(n: int, block: Block, lexicon: Lexicon, listed: bool, column: float, edge: bool) -> Iterator[Unit]:
    match block:
        case Heading(level, text, _):
            yield Unit(0, n, text, "heading", level, source=block)
        case Paragraph(text, _):
            yield from _cut_paragraph(n, block, text, lexicon, listed, column, edge)
        case ListBlock():
            yield from _cut_list(n, block)
        case Table():
            if parts := layout_paragraphs(block, lexicon):
                for part in parts:
                    yield from _cut_paragraph(n, part, part.text, lexicon)
            else:
                yield Unit(0, n, Rich.join(flat(block)), "table", source=block)
        case Quote():
            yield Unit(0, n, flat_text(block), "quote", source=block)
        case Code(text, lines, _):
            yield Unit(0, n, Rich.of(text, lines[0]), "code", source=block)
        case Definitions():
            yield Unit(0, n, flat_text(block), "paragraph", source=block)


def _cut_list(n: int, block: ListBlock) -> Iterator[Unit]:
    for i, item in enumerate(block.items):
        text = Rich.join(piece for b in item for piece in flat(b))
        yield Unit(0, n, text, "item", joined="line" if i else "block", source=block)


def _cut_paragraph(
    n: int,
    block: Block,
    text: Rich,
    lexicon: Lexicon,
    listed: bool = False,
    column: float = 0.0,
    edge: bool = False,
) -> Iterator[Unit]:
    objects = [run.object for run in text if run.object]
    if objects and not text.text.replace(OBJECT, "").strip():
        kind: Kind | None = None
        if any(isinstance(o, Image) for o in objects):
            kind = "image"
        elif any(isinstance(o, Math) and o.display for o in objects):
            kind = "formula"
        if kind:
            yield Unit(0, n, text, kind, source=block)
            return
    if heading := _list_heading(text, lexicon):
        cuts = [heading]  # what follows is cut no further: its lines are those of entries
    elif (listed or _begins_list(text, lexicon)) and ENTRY_SIGN.search(text.text):
        cuts = sorted(_label_cuts(text, lexicon, CUTTING_LISTS))
    else:
        found = line_starts(text, lexicon, CUTTING, column) | _label_cuts(text, lexicon, CUTTING)
        doi = DOI_FIRST.match(text.text)
        found |= {doi.end()} if doi else set()
        if edge:  # a label behind the address is none of its names
            end = min(found, default=len(text))
            found |= seams(text[:end], lexicon)
        cuts = sorted(found)
    if not cuts:
        yield Unit(0, n, text, "paragraph", source=block)
        return
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        piece = text[start:end].strip()
        if piece:
            at_line = start == 0 or LINE_END.search(text.text[:start][-3:]) is not None
            yield Unit(0, n, piece, "paragraph", joined="block" if not start else "line" if at_line else "label")


def _list_heading(text: Rich, lexicon: Lexicon) -> int:
    """Where the first line of a paragraph ends if it is the heading of a reference list; else 0."""
    end = LINE_END.search(text.text, 0, SHORT_LINE)
    if not end or not lexicon.label_whole(text.text[: end.start()].strip(), LISTS):
        return 0
    return end.end() if text.text[end.end() :].strip() else 0


def _begins_list(text: Rich, lexicon: Lexicon) -> bool:
    """A paragraph that opens with "References:" or the like, set off."""
    found = lexicon.label_at(text.text, _at(LEAD_IN, text.text, 0), LISTS[:1])
    return any(m.delimiter.strip() or text.run_at(m.start).style for m in found)


def _label_cuts(text: Rich, lexicon: Lexicon, roles: frozenset[str]) -> set[int]:
    """Offsets of labels inside the paragraph that begin something else; a label at the start is no cut."""
    out = set()
    matches = lexicon.labels_in(text.text, roles)
    if len(text) < CODE_LINE:  # a code's label may have nothing but a space behind it
        codes = lexicon.labels_in(text.text, roles & CODES, bare=True)
        matches += [m for m in codes if not m.delimiter.strip() and CODE_VALUE.match(text.text, m.end)]
    for match in matches:
        start = match.start
        while start and text.text[start - 1] in "【[(（*_":
            start -= 1
        if text.text[:start].strip() and (match.role in CODES or _stands_out(text, match)):
            out.add(start)
    return out


def _stands_out(text: Rich, match: LabelMatch) -> bool:
    """A label in running text is only one if it is set off: by a delimiter and by style, script or a sentence end."""
    before = text.text[: match.start].rstrip(" 【[(（*_")
    if not match.delimiter.strip():
        return False
    if text.run_at(match.start).style and not text.run_at(max(len(before) - 1, 0)).style:
        return True
    cjk = "\u3400" <= text.text[match.start] <= "\u9fff"
    return cjk or before.endswith((".", ";", "。", "；", "\n", HARD_BREAK, "!", "?", "”", ")"))


def layout_paragraphs(table: Table, lexicon: Lexicon) -> list[Paragraph]:
    """The cells of a table used for layout only, as paragraphs; empty for a real table.

    Such a table holds labelled fields of the front matter: two or more cells begin with different labels.
    """
    cells = [cell for row in (*table.head, *table.body) for cell in row]
    roles: set[str] = set()
    for cell in cells:
        for piece in (p for b in cell.blocks for p in flat(b)):
            text = piece.text
            roles.update(m.role for m in lexicon.label_at(text, _at(LEAD_IN, text, 0), CUTTING))
    if "abstract" not in roles or len(roles) < 2:
        return []
    out = []
    for cell in cells:
        for block in cell.blocks:
            for piece in flat(block):
                for part in piece.split(re.compile(f"{HARD_BREAK}\\s*{HARD_BREAK}")):
                    if part.plain:
                        out.append(Paragraph(part.strip(), part.lines))
    return out


def flat(block: Block) -> Iterator[Rich]:
    """All rich text of a block, in order."""
    match block:
        case Heading(_, text, _) | Paragraph(text, _):
            yield text
        case ListBlock():
            for item in block.items:
                for inner in item:
                    yield from flat(inner)
        case Table():
            yield block.caption
            for row in (*block.head, *block.body):
                for cell in row:
                    for inner in cell.blocks:
                        yield from flat(inner)
        case Quote():
            for inner in block.blocks:
                yield from flat(inner)
        case Definitions():
            for term, definitions in block.items:
                yield term
                for inner in definitions:
                    yield from flat(inner)
        case Code(text, lines, _):
            yield Rich.of(text, lines[0])
        case Rule():
            return


def flat_text(block: Block) -> Rich:
    """All rich text of a block, a line for each piece."""
    parts: list[Rich] = []
    for piece in flat(block):
        if parts:
            parts.append(Rich.of("\n"))
        parts.append(piece)
    return Rich.join(parts)
