"""Words of a source and of a Document, counted: what the conservation tests of the read room compare."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from html import unescape

from jatspack.read.document import (
    Block,
    Code,
    Definitions,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Table,
)
from jatspack.richtext import Image, Math, Note, Rich

_TAG = re.compile(r"</?(?:[a-z]\w*)(?:\s[^<>]*=[^<>]*)?/?>|&\w+;|&#\w+;|(?<=\]\()#[^)\s]*")
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> Counter[str]:
    """Words alone: neither marks nor underscores, compatibility forms folded."""
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", unescape(text)).casefold()))


def source_words(text: str) -> Counter[str]:
    """Words of raw text that are not HTML tags."""
    return words(_TAG.sub(lambda m: unescape(m[0]) if m[0][0] == "&" else " ", text))


def _rich(rich: Rich) -> Iterable[str]:
    href = ""
    yield "".join(  # a change of style is a mark in the source, which parts words there
        (" " if n and run.style != rich.runs[n - 1].style else "") + run.text for n, run in enumerate(rich)
    )
    for run in rich:
        if run.href and run.href != href:
            yield run.href
        href = run.href
        if isinstance(run.object, Math):
            yield run.object.tex
        elif isinstance(run.object, Image):
            yield f"{run.object.src} {run.object.title}"
            yield from _rich(run.object.alt)
        elif isinstance(run.object, Note):
            yield run.object.label + " " + run.object.label
            yield from texts(run.object.blocks)


def texts(blocks: Iterable[Block]) -> Iterable[str]:
    """Every piece of text in the blocks."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield from _rich(block.text)
        elif isinstance(block, ListBlock):
            for n, item in enumerate(block.items):
                yield str(block.start + n) if block.ordered else ""
                yield from texts(item)
        elif isinstance(block, Table):
            yield from _rich(block.caption)
            for row in (*block.head, *block.body):
                for cell in row:
                    yield from texts(cell.blocks)
        elif isinstance(block, Code):
            yield block.text + " " + block.language
        elif isinstance(block, Quote):
            yield from texts(block.blocks)
        elif isinstance(block, Definitions):
            for term, definitions in block.items:
                yield from _rich(term)
                yield from texts(definitions)


def _values(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner)
    else:
        yield str(value)


def missing(document: Document) -> Counter[str]:
    """Words of the source that stand neither in the blocks nor among what was removed."""
    have: Counter[str] = Counter()
    for text in texts(document.blocks):
        have += words(text)
    for value in _values(document.metadata):
        have += words(value)
    for removed in document.removed:
        have += words(removed.text)
    return source_words(document.source.text) - have
