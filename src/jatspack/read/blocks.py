"""pandoc's blocks (JSON) and their positions to the document's blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Literal

from jatspack.read.document import (
    Block,
    Cell,
    Code,
    Definitions,
    Heading,
    Lines,
    ListBlock,
    Paragraph,
    Quote,
    Removed,
    Rule,
    Table,
)
from jatspack.read.inlines import Context, Inlines, Node
from jatspack.read.rawhtml import html_blocks
from jatspack.richtext import EMPTY, Rich

_Align = Literal["", "left", "right", "center"]
_ALIGN: dict[str, _Align] = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}
_RANGE = re.compile(r"(\d+):(\d+)-(\d+):(\d+)")
_NUMBER = re.compile(r"[\s>]*(?:[-+*]\s+|\d{1,9}[.)]\s+)*?(\d{1,9})[.)](?:\s|$)")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_NOTE_TEXT = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")

Position = tuple[str, str, list["Position"]]


class Blocks:
    """One text's blocks. Line numbers inside are those of the text that pandoc parsed, until they leave."""

    def __init__(self, context: Context) -> None:
        self.context = context
        context.note = self._note
        self._at = 1  # where a block without a position is looked for
        self._note_lines = {
            m[1].casefold(): n
            for n, line in reversed(list(enumerate(context.text, 1)))
            if (m := _NOTE_TEXT.match(line))
        }
        self._marks: dict[int, list[str]] = {}
        self.notes_seen: set[str] = set()

    def convert(self, nodes: Iterable[Node], positions: list[Any] | None) -> list[Block]:
        """The nodes in order; `positions` as server.lua gives them, None where there are none."""
        out: list[Block] = []
        nodes = list(nodes)
        if positions is not None and len(positions) != len(nodes):
            positions = None
        for n, node in enumerate(nodes):
            where, inner = self._locate(positions[n], node) if positions is not None else (None, None)
            out += _HANDLERS[node["t"]](self, node.get("c"), where, inner)
        return out

    def _locate(self, position: Any, node: Node) -> tuple[Lines | None, list[Any] | None]:
        """Lines of a node and the positions of what is in it; wrappers are taken off."""
        kind, where, inner = position
        if kind == "wrapper" and len(inner) == 1:
            kind, _, inner = inner[0]
        if kind != node["t"]:
            return self._lines(where), None
        return self._lines(where), inner

    def _lines(self, where: str) -> Lines | None:
        """First and last line that hold text, of "16:1-17:1;15:1-18:1"."""
        ranges = _RANGE.findall(where)
        if not ranges:
            return None
        first = min(int(a) for a, _, _, _ in ranges)
        last = max(int(c) if int(d) > 1 else int(c) - 1 for _, _, c, d in ranges)
        return self._trim(first, last)

    def _trim(self, first: int, last: int) -> Lines:
        text = self.context.text
        last = min(last, len(text))
        while last > first and not text[last - 1].strip(" >\t"):
            last -= 1
        self._at = first
        return first, max(first, last)

    def _start(self, where: Lines | None) -> int:
        """First line; without a position the next line that holds text."""
        if where:
            return where[0]
        text = self.context.text
        while self._at < len(text) and not text[self._at - 1].strip(" >\t"):
            self._at += 1
        return self._at

    def _source(self, first: int, last: int) -> Lines:
        return self.context.source(first), self.context.source(max(first, last))

    def _rich(self, nodes: list[Node], start: int) -> tuple[Rich, int]:
        inlines = Inlines(self.context, start)
        rich = inlines.rich(nodes)
        return rich, inlines.line

    # --- the kinds of blocks

    def _paragraph(self, nodes: list[Node], where: Lines | None, _inner: Any) -> list[Block]:
        start = self._start(where)
        rich, end = self._rich(nodes, start)
        lines = self._source(start, end)
        self._at = end + 1
        rich = rich.strip()
        return [Paragraph(rich, lines)] if rich else []

    def _heading(self, content: Any, where: Lines | None, _inner: Any) -> list[Block]:
        level, _, nodes = content
        start = self._start(where)
        rich, end = self._rich(nodes, start)
        lines = self._source(*(where or (start, end)))
        self._at = (where[1] if where else end) + 1
        rich = rich.strip()
        return [Heading(level, rich, lines)] if rich else []

    def _code(self, content: Any, where: Lines | None, _inner: Any) -> list[Block]:
        (_, classes, _), text = content
        start = self._start(where)
        end = where[1] if where else start + text.count("\n")
        self._at = end + 1
        return [Code(text, self._source(start, end), classes[0] if classes else "")]

    def _raw(self, content: Any, where: Lines | None, _inner: Any) -> list[Block]:
        _, text = content
        start = self._start(where)
        end = where[1] if where else start + text.count("\n")
        self._at = end + 1
        return html_blocks(text, start, self.context)

    def _quote(self, content: Any, where: Lines | None, inner: Any) -> list[Block]:
        start = self._start(where)
        blocks = tuple(self.convert(content, inner))
        return [Quote(blocks, self._around(blocks, where, start))] if blocks else []

    def _div(self, content: Any, _where: Lines | None, inner: Any) -> list[Block]:
        return self.convert(content[1], inner)

    def _rule(self, _content: Any, where: Lines | None, _inner: Any) -> list[Block]:
        start = self._start(where)
        self._at = start + 1
        return [Rule(self._source(start, start))]

    def _around(self, blocks: tuple[Block, ...], where: Lines | None, start: int) -> Lines:
        """Lines of a container."""
        if where:
            return self._source(*where)
        return (blocks[0].lines[0], blocks[-1].lines[1]) if blocks else self._source(start, start)

    def _bullets(self, content: Any, where: Lines | None, inner: Any) -> list[Block]:
        items, lines = self._items(content, where, inner)
        return [ListBlock(False, tuple(items), self._around_items(lines), item_lines=self._sources(lines))]

    def _ordered(self, content: Any, where: Lines | None, inner: Any) -> list[Block]:
        """A list whose printed numbers jump is as many lists: no number is made up, none is lost."""
        (first, _, delimiter), nodes = content
        items, lines = self._items(nodes, where, inner)
        numbers = [self._printed(span[0], first + n) for n, span in enumerate(lines)]
        mark: Literal["1.", "1)"] = "1)" if delimiter["t"] == "OneParen" else "1."
        out: list[Block] = []
        begin = 0
        for n in range(1, len(items) + 1):
            if n == len(items) or numbers[n] != numbers[n - 1] + 1:
                spans = lines[begin:n]
                out.append(
                    ListBlock(
                        True,
                        tuple(items[begin:n]),
                        self._around_items(spans),
                        start=numbers[begin],
                        delimiter=mark,
                        item_lines=self._sources(spans),
                    )
                )
                begin = n
        return out

    def _printed(self, line: int, fallback: int) -> int:
        match = _NUMBER.match(self.context.text[line - 1]) if 0 < line <= len(self.context.text) else None
        return int(match[1]) if match else fallback

    def _items(self, content: Any, where: Lines | None, inner: Any) -> tuple[list[tuple[Block, ...]], list[Lines]]:
        if inner is not None and len(inner) != len(content):
            inner = None
        start = self._start(where)
        items, lines = [], []
        for n, nodes in enumerate(content):
            children = inner[n][2] if inner is not None else None
            spans = [span for child in children or () if (span := self._lines(child[1]))]
            first = min((a for a, _ in spans), default=start)
            last = max((b for _, b in spans), default=first)
            self._at = first
            items.append(tuple(self.convert(nodes, children)))
            lines.append((first, last))
            start = max(last, self._at - 1) + 1
        return items, lines

    def _around_items(self, lines: list[Lines]) -> Lines:
        return self._source(lines[0][0], lines[-1][1]) if lines else (0, 0)

    def _sources(self, lines: list[Lines]) -> tuple[Lines, ...]:
        return tuple(self._source(*span) for span in lines)

    def _definitions(self, content: Any, where: Lines | None, inner: Any) -> list[Block]:
        start = self._start(where)
        flat = list(inner or ())
        if len(flat) != sum(len(definitions) for _, definitions in content):
            flat = []
        items = []
        for term, definitions in content:
            rich, end = self._rich(term, self._start(None))
            self._at = end + 1
            blocks: list[Block] = []
            for nodes in definitions:
                blocks += self.convert(nodes, flat.pop(0)[2] if flat else None)
            items.append((rich, tuple(blocks)))
        return [Definitions(tuple(items), self._source(start, self._at - 1))]

    # --- tables

    def _table(self, content: Any, where: Lines | None, _inner: Any) -> list[Block]:
        _, (_, caption), columns, (_, head), bodies, (_, foot) = content
        start = self._start(where)
        align = [_ALIGN.get(column[0]["t"], "") for column in columns]
        at = start
        rows = [head, [row for body in bodies for row in (*body[2], *body[3])], foot]
        parts: list[tuple[tuple[Cell, ...], ...]] = []
        for n, group in enumerate(rows):
            cells = []
            for _, row in group:
                cells.append(self._row(row, align, at, header=n == 0))
                at += 1
            if n == 0:
                at += 1  # the delimiter row
            parts.append(tuple(cells))
        end = where[1] if where else at - 1
        self._at = end + 1
        lines = self._source(start, end)
        rich = self._rich(caption[0]["c"], start)[0] if caption else EMPTY
        header = parts[0]
        if header and not any(cell.blocks for row in header for cell in row):
            header = ()  # a table without a head has an empty one in Markdown
        return [Table(header, parts[1] + parts[2], lines, rich)]

    def _row(self, row: Any, align: list[_Align], line: int, *, header: bool) -> tuple[Cell, ...]:
        out = []
        for n, (_, own, rowspan, colspan, nodes) in enumerate(row):
            rich = Rich.join(self._rich(node["c"], line)[0] for node in nodes if node["t"] in ("Plain", "Para")).strip()
            lines = self._source(line, line)
            blocks = (Paragraph(rich, lines),) if rich else ()
            side = _ALIGN.get(own["t"], "") or (align[n] if n < len(align) else "")
            out.append(Cell(blocks, header, rowspan, colspan, side))
        return tuple(out)

    # --- footnotes

    def _note(self, line: int, nodes: list[Node]) -> tuple[str, tuple[Block, ...]]:
        """Label and blocks of the footnote whose mark stands on the line; a note referred to twice is told once."""
        if line not in self._marks:
            marks = _NOTE_MARK.findall(self.context.text[line - 1]) if line <= len(self.context.text) else []
            self._marks[line] = [mark for mark in marks if mark.casefold() in self._note_lines]
        label = self._marks[line].pop(0) if self._marks[line] else ""
        key = label.casefold()
        if key and key in self.notes_seen:
            return label, ()
        self.notes_seen.add(key)
        before, self._at = self._at, self._note_lines.get(key, line)
        blocks = tuple(self.convert(nodes, None))
        self._at = before
        return label, blocks

    def unused_notes(self) -> list[tuple[str, int]]:
        """Footnotes that nothing refers to: (label, line), which pandoc leaves out."""
        return [(label, line) for label, line in self._note_lines.items() if label not in self.notes_seen]


def _removed(context: Context, line: int, text: str, reason: str) -> None:
    context.removed.append(Removed(context.source(line), text, reason))


_HANDLERS: dict[str, Callable[[Blocks, Any, Lines | None, Any], list[Block]]] = {
    "Para": Blocks._paragraph,
    "Plain": Blocks._paragraph,
    "Header": Blocks._heading,
    "CodeBlock": Blocks._code,
    "RawBlock": Blocks._raw,
    "BlockQuote": Blocks._quote,
    "Div": Blocks._div,
    "HorizontalRule": Blocks._rule,
    "BulletList": Blocks._bullets,
    "OrderedList": Blocks._ordered,
    "DefinitionList": Blocks._definitions,
    "Table": Blocks._table,
}
