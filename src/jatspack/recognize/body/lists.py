"""Lists that are printed as paragraphs: bullets, ticks, dashes after a colon, numbers and letters in a row."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from jatspack.article import Figure, Formula, TableWrap
from jatspack.read.document import Block, Definitions, Heading, ListBlock, Paragraph, Quote
from jatspack.recognize.body.context import Item, Work, span
from jatspack.richtext import HARD_BREAK, Rich

_LINE = f"[\n{HARD_BREAK}]"
# Marks that are nothing but bullets, and dashes that are bullets only in company.
BULLET = re.compile(r"\s*([✓✔☑✗✘•●○◦▪▫■□◆◇◊►▸▶➢➤➔→⇒‣⁃∙·*\uf0b7\uf0a7\uf0fc\uf0d8])\s*(?=[^\s*])")
DASH = re.compile(r"\s*([-–—−])\s+(?=\S)")
_NUMBER = re.compile(r"\s*([(（]?)(\d{1,2}|[a-zа-я])([.)）])\s*(?=\S)")
# Items that follow a colon in running text, each after a dash (or bullet) and closed by a semicolon or a line end.
_AFTER_COLON = re.compile(rf"(?:(?<=[:：])|(?<=[;；.])|{_LINE})\s*([-–—•▪●✓])\s+(?=\S)")
_LINE_ITEM = re.compile(rf"{_LINE}\s*([-–—•▪●✓])\s+(?=\S)")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed mark at the start of a paragraph."""

    kind: Literal["bullet", "dash", "number", "letter"]
    printed: str
    end: int
    value: int = 0
    delimiter: Literal["1.", "1)", "(1)"] = "1."


def recognise_lists(items: list[Item], work: Work) -> list[Item]:
    """Turn runs of marked paragraphs into lists; the printed marks are accounted for."""
    parted: list[Item] = []
    for item in items:
        parted.extend(_part_inside(item) if isinstance(item, Paragraph) else [item])
    out: list[Item] = []
    at = 0
    while at < len(parted):
        group = _group(parted, at)
        if group:
            out.append(_list(group, work))
            at += len(group)
        else:
            out.append(parted[at])
            at += 1
    return out


def mark_of(text: Rich) -> Mark | None:
    """The list mark at the start of a paragraph, if any."""
    printed = text.text
    if match := BULLET.match(printed):
        return Mark("bullet", match[1], match.end())
    if match := DASH.match(printed):
        return Mark("dash", match[1], match.end())
    if match := _NUMBER.match(printed):
        delimiter: Literal["1.", "1)", "(1)"] = "1." if match[3] == "." else "(1)" if match[1] else "1)"
        if match[2].isdigit():
            return Mark("number", match.group().strip(), match.end(), int(match[2]), delimiter)
        if delimiter != "1.":
            first = "a" if match[2] <= "z" else "а"
            return Mark("letter", match.group().strip(), match.end(), ord(match[2]) - ord(first) + 1, delimiter)
    return None


def _group(items: list[Item], at: int) -> list[tuple[Paragraph, Mark]]:
    """The list that starts at `at`: paragraphs with the same kind of mark, numbers going up by one."""
    group: list[tuple[Paragraph, Mark]] = []
    for item in items[at:]:
        mark = mark_of(item.text) if isinstance(item, Paragraph) else None
        if mark is None or not isinstance(item, Paragraph) or (group and not _goes_on(group[-1][1], mark)):
            break
        group.append((item, mark))
    if not group:
        return []
    first = group[0][1]
    if first.kind == "bullet" and (first.printed not in "*·" or len(group) >= _FEWEST):
        return group
    if first.value > 1 or len(group) < _FEWEST:
        return []
    return group


def _goes_on(before: Mark, mark: Mark) -> bool:
    if before.kind != mark.kind:
        return False
    if mark.kind in ("bullet", "dash"):
        return before.printed == mark.printed
    return mark.value == before.value + 1 and mark.delimiter == before.delimiter


def _list(group: list[tuple[Paragraph, Mark]], work: Work) -> ListBlock:
    entries: list[tuple[Block, ...]] = []
    for paragraph, mark in group:
        work.account(paragraph.text[: mark.end], paragraph.lines[0], "list-mark")
        entries.append((replace(paragraph, text=paragraph.text[mark.end :]),))
    first = group[0][1]
    lines = span(*(paragraph.lines for paragraph, _ in group))
    each = tuple(paragraph.lines for paragraph, _ in group)
    if first.kind in ("bullet", "dash"):
        return ListBlock(False, tuple(entries), lines, item_lines=each)
    style: Literal["decimal", "lower-alpha"] = "decimal" if first.kind == "number" else "lower-alpha"
    return ListBlock(True, tuple(entries), lines, max(first.value, 1), style, first.delimiter, each)


def _part_inside(paragraph: Paragraph) -> list[Item]:
    """A paragraph with its list items inside parted: `…: - one; - two` and lines that each start with a mark."""
    text = paragraph.text
    starts_marked = mark_of(text)
    pattern = _LINE_ITEM if starts_marked and starts_marked.kind in ("bullet", "dash") else _AFTER_COLON
    cuts = list(pattern.finditer(text.text))
    cuts = [cut for cut in cuts if cut[1] == cuts[0][1]] if cuts else []
    if len(cuts) < _FEWEST - (pattern is _LINE_ITEM) or not _introduced(text.text, cuts[0], pattern):
        return [paragraph]
    pieces = [text[: cuts[0].start()]]
    for n, cut in enumerate(cuts):
        # the mark stays at the head of its piece: _group reads it there
        pieces.append(text[cut.start(1) : cuts[n + 1].start() if n + 1 < len(cuts) else len(text)])
    return [Paragraph(piece.strip(), piece.lines if piece.lines[0] else paragraph.lines) for piece in pieces if piece]


def _introduced(text: str, first: re.Match[str], pattern: re.Pattern[str]) -> bool:
    return pattern is _LINE_ITEM or text[: first.start(1)].rstrip().endswith((":", "："))


def settle_nested(block: Block) -> Block:
    """Blocks inside a list item or quotation hold no headings in JATS: a heading there is a bold paragraph."""
    match block:
        case Heading():
            runs = tuple(replace(run, style=run.style | {"bold"}) for run in block.text)
            return Paragraph(Rich(runs), block.lines)
        case ListBlock():
            return replace(block, items=tuple(tuple(settle_nested(b) for b in item) for item in block.items))
        case Quote():
            return replace(block, blocks=tuple(settle_nested(b) for b in block.blocks))
        case Definitions():
            items = tuple((term, tuple(settle_nested(b) for b in meaning)) for term, meaning in block.items)
            return replace(block, items=items)
    return block


def settle(items: list[Item]) -> list[Item]:
    """The same for every item of the flow but its own headings."""
    floats = (Heading, Figure, TableWrap, Formula)
    return [item if isinstance(item, floats) else settle_nested(item) for item in items]
