"""What the steps of the body room share: the words of languages, ids, findings and what is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jatspack.article import Accounted, BodyBlock, Figure, Footnote, Formula, TableWrap
from jatspack.findings import Finding
from jatspack.read.document import Block, Lines, Media
from jatspack.richtext import Rich

if TYPE_CHECKING:
    from jatspack.recognize.lexicon import Lexicon

# What flows from step to step: source blocks, among them the floats that were already taken from them.
Item = Block | Figure | TableWrap | Formula


@dataclass(slots=True)
class Ids:
    """Numbers ids by kind. One value serves body and back matter of an article, so that ids are unique."""

    prefix: str = ""  # before every id, where parts of one article cannot share a value
    counts: Counter[str] = field(default_factory=Counter)

    def next(self, kind: str) -> str:
        """The next id of a kind: sec-1, fig-2 …"""
        self.counts[kind] += 1
        return f"{self.prefix}{kind}-{self.counts[kind]}"


@dataclass(slots=True)
class Work:
    """The state of one call of `build_body` or `build_back`."""

    lexicon: Lexicon
    lang: str = ""
    media: Mapping[str, Media] = field(default_factory=dict)
    ids: Ids = field(default_factory=Ids)
    findings: list[Finding] = field(default_factory=list)
    accounted: list[Accounted] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)

    def account(self, text: Rich | str, line: int, reason: str) -> None:
        """Note printed text that is no text of the result; nothing happens for white space."""
        plain = text if isinstance(text, str) else text.plain
        if plain.strip():
            self.accounted.append(Accounted(line, plain.strip(), reason))


@dataclass(slots=True)
class BodyResult:
    """The body as recognised."""

    blocks: list[BodyBlock]
    footnotes: list[Footnote]
    findings: list[Finding]
    accounted: list[Accounted]
    late: list[BodyBlock] = field(default_factory=list)  # of what stood after the references: what is not in `blocks`


def lines_of(item: Item) -> Lines:
    """First and last source line of an item, (0, 0) where unknown."""
    if isinstance(item, Figure | TableWrap | Formula):
        return item.origin.lines[0] if item.origin.lines else (0, 0)
    return item.lines


def span(*lines: Lines) -> Lines:
    """The lines from the first to the last of several stretches."""
    known = [pair for pair in lines if pair[0]]
    return (min(a for a, _ in known), max(b for _, b in known)) if known else (0, 0)
