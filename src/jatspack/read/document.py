"""What the read room hands on: the source, parsed into blocks that know their lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from jatspack.findings import Finding
from jatspack.richtext import EMPTY, Rich

Lines = tuple[int, int]  # first and last source line, 1-based, both inclusive


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as marked in the source; the level is what was printed, not yet what is meant."""

    level: int
    text: Rich
    lines: Lines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. A formula that stands alone is a paragraph that holds one display Math."""

    text: Rich
    lines: Lines


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `start` and `delimiter` ("1.", "1)", "(1)") are of ordered lists only."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    lines: Lines
    start: int = 1
    number_style: Literal["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"] = "decimal"
    delimiter: Literal["1.", "1)", "(1)"] = "1."
    item_lines: tuple[Lines, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; its blocks are mostly one paragraph."""

    blocks: tuple[Block, ...]
    header: bool = False
    rowspan: int = 1
    colspan: int = 1
    align: Literal["", "left", "right", "center"] = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `head` rows repeat on each page, `origin` says how the source wrote it."""

    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    lines: Lines
    caption: Rich = EMPTY
    origin: Literal["pipe", "grid", "simple", "html"] = "pipe"


@dataclass(frozen=True, slots=True)
class Code:
    """Preformatted text, kept to the letter."""

    text: str
    lines: Lines
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    blocks: tuple[Block, ...]
    lines: Lines


@dataclass(frozen=True, slots=True)
class Definitions:
    """A definition list: (term, definitions)."""

    items: tuple[tuple[Rich, tuple[Block, ...]], ...]
    lines: Lines


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    lines: Lines


Block = Heading | Paragraph | ListBlock | Table | Code | Quote | Definitions | Rule


@dataclass(frozen=True, slots=True)
class Removed:
    """Text of the source that is not in the blocks, and why: page numbers, extractor anchors, comments.

    `put` is what stands there instead: a word whose accents were parted from its letters, mended.
    """

    line: int
    text: str
    reason: str
    put: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A file that the article shows. `name` is portable and unique; `src` as the source wrote it."""

    src: str
    name: str
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Source:
    """The file as it came."""

    path: Path
    data: bytes
    encoding: str
    text: str  # decoded, line ends "\n", NFC, nothing else changed; line n of it is line n of every Lines
    sha256: str


@dataclass(slots=True)
class Document:
    """A source file, repaired and parsed."""

    source: Source
    blocks: list[Block]
    metadata: dict[str, object] = field(default_factory=dict)  # YAML front matter, strings untouched
    removed: list[Removed] = field(default_factory=list)
    media: dict[str, Media] = field(default_factory=dict)  # by src
    findings: list[Finding] = field(default_factory=list)
