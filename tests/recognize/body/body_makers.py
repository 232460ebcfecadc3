"""Short ways to write blocks: `**bold**`, `*italic*`, `^sup^` and `![alt](src)` in one string."""

from __future__ import annotations

import re
from itertools import count

from fake_lexicon import FakeLexicon

from jatspack.article import Section
from jatspack.read.document import Block, Cell, Heading, ListBlock, Paragraph, Table
from jatspack.recognize.body import BodyResult, build_body
from jatspack.richtext import OBJECT, Image, Math, Rich, Run

FAKE = FakeLexicon()
LINE = count(1)
MARKUP = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*|\^(?P<sup>.+?)\^|!\[(?P<alt>.*?)\]\((?P<src>.*?)\)|\$\$(?P<tex>.+?)\$\$"
)


def rich(text: str) -> Rich:
    line = next(LINE)
    runs: list[Run] = []
    at = 0
    for match in MARKUP.finditer(text):
        if text[at : match.start()]:
            runs.append(Run(text[at : match.start()], line=line))
        kind = match.lastgroup
        if kind == "tex":
            runs.append(Run(OBJECT, object=Math(match["tex"], display=True), line=line))
        elif kind == "src":
            runs.append(Run(OBJECT, object=Image(match["src"], Rich.of(match["alt"], line)), line=line))
        else:
            runs.append(Run(match[kind], frozenset({kind}), line=line))
        at = match.end()
    if text[at:]:
        runs.append(Run(text[at:], line=line))
    return Rich(tuple(runs))


def p(text: str) -> Paragraph:
    body = rich(text)
    return Paragraph(body, body.lines)


def h(level: int, text: str) -> Heading:
    body = rich(text)
    return Heading(level, body.without("bold") if "**" not in text else body, body.lines)


def ol(start: int, *items: str, **more: str) -> ListBlock:
    blocks = tuple((p(item),) for item in items)
    return ListBlock(True, blocks, (blocks[0][0].lines[0], blocks[-1][0].lines[1]), start, **more)


def ul(*items: str) -> ListBlock:
    blocks = tuple((p(item),) for item in items)
    return ListBlock(False, blocks, (blocks[0][0].lines[0], blocks[-1][0].lines[1]))


def table(*rows: str) -> Table:
    cells = [tuple(Cell((p(cell.strip()),)) for cell in row.split("|")) for row in rows]
    return Table((), tuple(cells), (next(LINE), next(LINE)))


def body(*blocks: Block, lang: str = "en", late: tuple[Block, ...] = ()) -> BodyResult:
    return build_body(blocks, FAKE, lang, {}, late=late)


def outline(blocks: list) -> list:
    """Titles as nested lists: ["A", ["A1", []], …]."""
    return [(block.title.plain, outline(block.blocks)) for block in blocks if isinstance(block, Section)]


TEXT = "Rain fell on the valley for three days, and the river rose by two metres."
MORE = "The villagers moved their sheep to the hills, where the grass was dry."
