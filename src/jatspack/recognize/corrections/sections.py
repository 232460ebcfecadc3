"""Sections as article.toml has them: titles, labels, types, levels; heads that are none, and heads that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jatspack.article import Article, BodyBlock, Section
from jatspack.config.article import Section as Given
from jatspack.read.document import Lines, Paragraph
from jatspack.recognize.corrections.anchors import Place
from jatspack.recognize.corrections.ledger import Ledger, rich_words
from jatspack.richtext import Rich

TABLE = "sections"


@dataclass(slots=True)
class _Row:
    """A head with its level, or a block that stands under the head before it (level 0)."""

    level: int
    block: BodyBlock


def correct_sections(ledger: Ledger, given: Sequence[Given]) -> None:
    """All corrections of the body's sections; then the tree is built again from the levels."""
    if not given:
        return
    article = ledger.article
    rows = list(_rows(article.body, 1))
    # what an entry is about is looked up before any is applied, so that all find what was read
    found = [_target(ledger, entry, n, rows) for n, entry in enumerate(given)]
    for n, (entry, row) in enumerate(zip(given, found, strict=True)):
        if row is None:
            continue
        if entry.before:
            _open(ledger, entry, n, rows, row)
        elif isinstance(row.block, Section):
            _correct(ledger, entry, n, rows, row)
    article.body = _nest(rows)
    _free_ids(article)


def _rows(blocks: Sequence[BodyBlock], level: int) -> Iterator[_Row]:
    for block in blocks:
        if isinstance(block, Section):
            yield _Row(level, block)
            yield from _rows(block.blocks, level + 1)
        else:
            yield _Row(0, block)


def _nest(rows: Sequence[_Row]) -> list[BodyBlock]:
    top: list[BodyBlock] = []
    above: list[tuple[int, Section]] = []
    for row in rows:
        if isinstance(row.block, Section) and row.level:
            row.block.blocks = []
            while above and above[-1][0] >= row.level:
                above.pop()
        (above[-1][1].blocks if above else top).append(row.block)
        if isinstance(row.block, Section) and row.level:
            above.append((row.level, row.block))
    return top


def _target(ledger: Ledger, entry: Given, n: int, rows: Sequence[_Row]) -> _Row | None:
    if bool(entry.find) == bool(entry.before):
        ledger.unfit("it needs either find or before", "find names a section, before a paragraph", TABLE, n)
        return None
    places: list[Place[_Row]] = []
    for row in rows:
        block = row.block
        if entry.find and isinstance(block, Section):
            whole = f"{block.label} {block.title.plain}"
            lines = block.origin.lines[0] if block.origin.lines else (0, 0)
            places.append(Place(row, lines, (block.label, block.title.plain, whole), (block.title.plain, whole)))
        elif entry.before and isinstance(block, Paragraph):
            places.append(Place(row, block.lines, (), (block.text.plain,)))
    return ledger.locate(entry, places, TABLE, n, find=entry.find or entry.before)


def _correct(ledger: Ledger, entry: Given, n: int, rows: list[_Row], row: _Row) -> None:
    section = row.block
    assert isinstance(section, Section)
    at = next(i for i, other in enumerate(rows) if other is row)
    section.origin = ledger.origin(section.origin, TABLE, n)
    lines: Lines = section.origin.lines[0] if section.origin.lines else (0, 0)
    if entry.remove:
        text = Rich.of(f"{section.label} ", lines[0]) + section.title if section.label else section.title
        rows[at] = _Row(0, Paragraph(text, lines))
        _shift(rows, at + 1, row.level, -1)
        return
    before = f"{section.label} {rich_words(section.title)}"
    if entry.title is not None:
        section.title = Rich.of(entry.title.strip(), lines[0])
    if entry.label is not None:
        section.label = entry.label
    ledger.replaced(before, f"{section.label} {rich_words(section.title)}", lines[0], ledger.rule(TABLE, n))
    if entry.sec_type is not None:
        section.sec_type = entry.sec_type
    if entry.lang is not None:
        section.lang = entry.lang
    if entry.level is not None and entry.level != row.level:
        _shift(rows, at + 1, row.level, entry.level - row.level)
        row.level = entry.level


def _shift(rows: list[_Row], start: int, level: int, by: int) -> None:
    """What stands below a head goes with it."""
    for row in rows[start:]:
        if row.level and row.level <= level:
            return
        if row.level:
            row.level = max(1, row.level + by)


def _open(ledger: Ledger, entry: Given, n: int, rows: list[_Row], row: _Row) -> None:
    """A section that the text does not head begins before a paragraph."""
    at = next(i for i, other in enumerate(rows) if other is row)
    above = next((r.level for r in reversed(rows[:at]) if r.level), 1)
    assert isinstance(row.block, Paragraph)
    line = row.block.lines[0]
    title, label = (entry.title or "").strip(), entry.label or ""
    origin = ledger.origin(None, TABLE, n)
    section = Section("", Rich.of(title, line), [], origin, label, entry.sec_type or "", entry.lang or "")
    ledger.replaced("", f"{label} {title}", line, ledger.rule(TABLE, n))
    rows.insert(at, _Row(entry.level or above, section))


def _free_ids(article: Article) -> None:
    """Ids for sections that were added; the others keep theirs, because the text refers to them."""
    number = 0
    for row in _rows(article.body, 1):
        if isinstance(row.block, Section) and not row.block.id:
            number += 1
            row.block.id = f"sec-added-{number}"
