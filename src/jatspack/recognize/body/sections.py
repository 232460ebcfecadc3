"""The tree of sections: heads with their ranks, and the blocks that stand under each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jatspack.article import BodyBlock, Figure, Formula, Origin, Section, TableWrap
from jatspack.findings import finding
from jatspack.read.document import Heading, Paragraph, Rule, Table
from jatspack.recognize.body.context import Item, Work, lines_of, span
from jatspack.recognize.body.heads import Head, find_heads
from jatspack.recognize.body.levels import rank_heads
from jatspack.richtext import HARD_BREAK, Rich

_CLOSING_MARK = re.compile(r"\s*(?:[.:：。]|(?<=\s)[-–—]+|[–—]+)\s*$")
_RULES = {"marked": "heading", "paragraph": "heading-paragraph", "run-in": "run-in-head", "item": "numbered-line"}
_CERTAIN = 3.5  # weight of evidence from which a head is beyond doubt


@dataclass(slots=True)
class _Open:
    section: Section
    rank: float
    head: Head


def build_sections(items: list[Item], work: Work, *, prefix: str = "sec") -> list[BodyBlock]:
    """Nest the flow into sections; ids follow the place in the tree (`sec-2-1`)."""
    heads = find_heads(items, work)
    ranks = rank_heads(heads)
    by_place = {head.at: (head, rank) for head, rank in zip(heads, ranks, strict=True)}
    top: list[BodyBlock] = []
    open_sections: list[_Open] = []
    for n, item in enumerate(items):
        if n in by_place:
            head, rank = by_place[n]
            section, first = _section(head, work)
            while open_sections and open_sections[-1].rank >= rank:
                open_sections.pop()
            (open_sections[-1].section.blocks if open_sections else top).append(section)
            open_sections.append(_Open(section, rank, head))
            if first is not None:
                section.blocks.append(first)
            continue
        block = _block(item)
        if block is not None:
            (open_sections[-1].section.blocks if open_sections else top).append(block)
    _number_ids(top, work, prefix)
    for block in top:
        if isinstance(block, Section):
            _doubtful_ends(block, work)
    return top


def _section(head: Head, work: Work) -> tuple[Section, Paragraph | None]:
    text = head.text
    label = ""
    if head.number:
        label = head.number.label
        text = text[head.number.end :]
    mark = _CLOSING_MARK.search(text.text)
    if mark and mark.start() > 0 and not text.text.rstrip().endswith(".."):
        work.account(text[mark.start() :], head.lines[0], "heading-punctuation")
        text = text[: mark.start()]
    title = _unstyled(text.strip())
    sure = min(1.0, head.weight / _CERTAIN)
    lines = head.text.lines if head.form == "run-in" and head.text.lines[0] else head.lines
    origin = Origin((lines,), _RULES[head.form], round(sure, 2))
    section = Section("", title, [], origin, label, head.sec_type)
    first = Paragraph(head.rest, span(head.rest.lines) if head.rest.lines[0] else head.lines) if head.rest else None
    return section, first


def _unstyled(title: Rich) -> Rich:
    """Bold, underline and italic of a whole title are how it looks, not what it says; line ends are spaces."""
    for style in ("bold", "italic", "underline"):
        if title.all(style):
            title = title.without(style)
    return title.without("bold") if HARD_BREAK not in title.text else title.without("bold").normalized()


def _block(item: Item) -> BodyBlock | None:
    """A flow item as a body block; what is no head any more is a paragraph."""
    match item:
        case Heading():
            return Paragraph(item.text, item.lines)
        case Rule():
            return None
        case Table():
            return None
    return item


def _number_ids(blocks: list[BodyBlock], work: Work, prefix: str) -> None:
    def number(inner: list[BodyBlock], above: str) -> None:
        n = 0
        for block in inner:
            if isinstance(block, Section):
                n += 1
                block.id = f"{above}-{n}"
                number(block.blocks, block.id)

    for block in blocks:
        if isinstance(block, Section):
            block.id = work.ids.next(prefix)
            number(block.blocks, block.id)


def _doubtful_ends(section: Section, work: Work) -> None:
    """Run-in subsections of one paragraph each, but the last of two: the last paragraph may close the section."""
    inner = [block for block in section.blocks if isinstance(block, Section)]
    for block in inner:
        _doubtful_ends(block, work)
    run_in = [block for block in inner if block.origin.rule == "run-in-head"]
    if len(run_in) < 3 or len(run_in) != len(inner):
        return
    sizes = [len(block.blocks) for block in run_in]
    last = run_in[-1].blocks
    if sizes[-1] > 1 and max(sizes[:-1]) == 1 and not any(isinstance(block, Section) for block in last):
        lines = _lines(last[1])
        work.findings.append(
            finding("section-end-doubtful", lines, section=section.title.plain, subsection=run_in[-1].title.plain)
        )


def _lines(block: BodyBlock) -> tuple[int, int]:
    if isinstance(block, Section):
        return block.origin.lines[0]
    if isinstance(block, Figure | TableWrap | Formula):
        return lines_of(block)
    return block.lines
