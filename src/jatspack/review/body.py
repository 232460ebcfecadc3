"""Body and back matter as an outline: sections, figures, tables, formulas, notes, and what stands in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jatspack.article import (
    Article,
    BodyBlock,
    Caption,
    Figure,
    Footnote,
    Formula,
    Origin,
    Section,
    TableWrap,
)
from jatspack.read.document import Code, Definitions, Lines, ListBlock, Paragraph, Quote, Table
from jatspack.review import words
from jatspack.review.things import Thing, Things, one_line
from jatspack.richtext import EMPTY

MOST = 3000  # entries shown; the report in JSON has all
_NAMES = {
    Paragraph: "paragraph",
    ListBlock: "list",
    Quote: "quotation",
    Code: "listing",
    Definitions: "definition list",
}


@dataclass(slots=True)
class Node:
    """An entry of the outline; `counts` are the plain blocks that stand in it directly: "3 paragraphs"."""

    thing: Thing
    kind: str
    label: str = ""
    detail: str = ""
    captions: list[tuple[str, str]] = field(default_factory=list)  # (lang, label and caption)
    counts: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """Body, back matter and footnotes; `totals` as the summary has them; `left_out` entries are too many to show."""

    body: list[Node]
    loose: list[str]  # plain blocks of the body before its first section
    back: list[Node]
    footnotes: list[Node]
    totals: list[str]
    left_out: int = 0


def outline(article: Article, things: Things) -> Outline:
    """The outline, and the things in it."""
    work = _Work(things, article.language)
    body = work.nodes(article.body)
    loose = work.counted(article.body)
    back = [
        work.node(words.kind(s.kind), one_line(s.title), s.origin, s.blocks, s.lang, kind=s.kind) for s in article.back
    ]
    notes = [work.note(note) for note in article.footnotes]
    totals = [
        plural(work.totals[name], name) for name in ("section", "figure", "table", "formula") if work.totals[name]
    ]
    return Outline(
        [n for n in body if n], loose, [n for n in back if n], [n for n in notes if n], totals, work.left_out
    )


def plural(count: int, name: str) -> str:
    """``3 paragraphs``."""
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


class _Work:
    """The walk through the blocks."""

    def __init__(self, things: Things, language: str) -> None:
        self.things, self.language = things, language
        self.totals: Counter[str] = Counter()
        self.shown = self.left_out = 0

    def nodes(self, blocks: Iterable[BodyBlock]) -> list[Node]:
        """Entries for what has a heading, a caption or a number."""
        out = []
        for block in blocks:
            match block:
                case Section():
                    self.totals["section"] += 1
                    title = one_line(block.title)
                    node = self.node("Section", title, block.origin, block.blocks, block.lang, block.label)
                    if node:
                        node.detail = block.sec_type
                case Figure() | TableWrap():
                    node = self._float(block)
                case Formula():
                    self.totals["formula"] += 1
                    node = self.node("Formula", block.tex, block.origin, (), "", block.label)
                case _:
                    node = None
            if node:
                out.append(node)
        return out

    def node(
        self, what: str, text: str, origin: Origin, blocks: Sequence[BodyBlock], lang: str = "", label: str = "",
        kind: str = "",
    ) -> Node | None:  # fmt: skip
        """An entry with what stands in it; None where there are too many."""
        if self.shown >= MOST:
            self.left_out += 1
            self.nodes(blocks)
            return None
        self.shown += 1
        thing = self.things.add(what, text, origin, lang)
        plain = [b for b in blocks if not isinstance(b, Section | Figure | TableWrap | Formula)]
        thing.covers += [lines for block in plain for lines in _lines(block)]
        self.things.speak(lang or self.language, thing.covers)
        return Node(thing, kind or what.lower(), label, counts=self.counted(blocks), children=self.nodes(blocks))

    def _float(self, block: Figure | TableWrap) -> Node | None:
        what = "Figure" if isinstance(block, Figure) else "Table"
        self.totals[what.lower()] += 1
        first = block.captions[0] if block.captions else Caption("", "", EMPTY)
        node = self.node(what, one_line(first.text), block.origin, (), "", first.label)
        if node is None:
            return None
        node.captions = [(c.lang, f"{c.label} {one_line(c.text)}".strip()) for c in block.captions[1:]]
        if isinstance(block, Figure):
            node.detail = ", ".join(block.graphics) or "no image"
        elif isinstance(block.table, Table):
            rows = len(block.table.head) + len(block.table.body)
            node.detail = plural(rows, "row")
            node.thing.covers.append(block.table.lines)
        else:
            node.detail = "no cells"
        return node

    def note(self, note: Footnote) -> Node | None:
        """A footnote with its first words."""
        text = " ".join(one_line(b.text) for b in note.blocks if isinstance(b, Paragraph))
        return self.node("Footnote", text, note.origin, note.blocks, "", note.label)

    def counted(self, blocks: Iterable[BodyBlock]) -> list[str]:
        """The plain blocks that stand here directly."""
        found = Counter(_NAMES[type(b)] for b in blocks if type(b) in _NAMES)
        return [plural(count, name) for name, count in found.items()]


def _lines(block: object) -> list[Lines]:
    lines = getattr(block, "lines", None)
    return [lines] if lines and lines[0] > 0 else []
