"""Blocks of a reference section cut into entries, one for each work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jatspack.article import Origin
from jatspack.read.document import Block, Heading, Lines, ListBlock, Paragraph
from jatspack.recognize.units import flat
from jatspack.richtext import HARD_BREAK, Rich

NUMBER = re.compile(
    r"\s*(?:[\[［(（]\s?(?P<bracket>\d{1,3})\s?[\]］)）]\.?\s*|(?P<plain>\d{1,3})(?:[.)．、]\s*(?=\D)|\s+(?=[^\W\d_])|(?=[A-ZА-ЯЁ\u3400-\u9fff])))"
)
INNER = re.compile(r"[\[［]\s?(\d{1,3})\s?[\]］]\s*(?=[^\W\d_])")
TERMINAL = re.compile(r"(?:[.!?。)\]»”\"/\d]|https?://\S+)\s*$")
AUTHOR_START = re.compile(
    r"\s*(?:(?:[^\W\d_][^\W\d_'’-]+\s+){0,3}[^\W\d_][^\W\d_'’-]+,\s+[^\W\d_]\.|[^\W\d_][^\W\d_'’-]+,?\s+(?:[^\W\d_]\.|[A-ZА-ЯЁ]{1,3}\b)|(?:[^\W\d_]\.\s?){1,3}[^\W\d_]{2,}|[\u3400-\u9fff]{2,4}[,，、.．]|"
    r"[A-ZА-ЯЁÀ-Ý]{3,}[,.\s]|[^\W\d_]{2,},\s[^\W\d_]{2,})"
)
YEAR = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)[a-z]?(?!\d)")
LINE = re.compile(f"[\n{HARD_BREAK}]")


@dataclass(frozen=True, slots=True)
class ReferenceSection:
    """A reference list as found: its title, its blocks in order, the language of its title."""

    title: Rich
    blocks: list[Block]
    lang: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Entry:
    """One reference as printed; `label` is its number with the signs around it, or empty."""

    text: Rich
    label: str = ""

    @property
    def lines(self) -> Lines:
        return self.text.lines


def split_entries(blocks: Sequence[Block]) -> list[Entry]:
    """Entries in printed order; an entry that a page break cut in two is put together."""
    out: list[Entry] = []
    for block in blocks:
        for entry in _entries(block):
            if out and not entry.label and _continues(out[-1], entry):
                last = out[-1]
                out[-1] = Entry(last.text + Rich.of(" ") + entry.text, last.label)
            else:
                out.append(entry)
    return [e for e in out if e.text.plain]


def _entries(block: Block) -> Iterator[Entry]:
    match block:
        case ListBlock():
            for n, item in enumerate(block.items):
                text = Rich.join(piece for inner in item for piece in flat(inner)).strip()
                label = block.delimiter.replace("1", str(block.start + n)) if block.ordered else ""
                if label:
                    yield Entry(text, label)
                else:
                    yield from _numbered(text)
        case Paragraph(text, _) | Heading(_, text, _):
            for piece in _pieces(text):
                yield from _numbered(piece)
        case _:
            for text in flat(block):
                yield from _numbered(text.strip())


def _numbered(text: Rich) -> Iterator[Entry]:
    """An entry with its printed number taken off; several where numbers in brackets run on inside."""
    found = NUMBER.match(text.text)
    number = found and (found["bracket"] or found["plain"])
    if not found or not number or YEAR.fullmatch(number):
        if text.plain:
            yield Entry(text.strip())
        return
    at, label, start = found.end(), text.text[: found.end()].strip(), int(number)
    if found["bracket"]:
        for inner in INNER.finditer(text.text, at):
            if int(inner[1]) == start + 1:
                yield Entry(text[at : inner.start()].strip(), label)
                at, label, start = inner.end(), inner[0].strip(), start + 1
    yield Entry(text[at:].strip(), label)


def _pieces(text: Rich) -> list[Rich]:
    """Lines of a paragraph that begin an entry each; the paragraph whole where they do not."""
    ends = [m.end() for m in LINE.finditer(text.text)]
    if not ends:
        return [text.strip()]
    starts = [0, *ends]
    lines = [text[a:b] for a, b in zip(starts, [*ends, len(text)], strict=True)]
    numbered = [NUMBER.match(line.text) is not None for line in lines]
    by_number = sum(numbered) >= 2 and numbered[0]
    out: list[Rich] = []
    for line, is_numbered in zip(lines, numbered, strict=True):
        if not line.plain:
            continue
        opens = is_numbered if by_number else _opens(out[-1] if out else None, line)
        if opens or not out:
            out.append(line)
        else:
            out[-1] = out[-1] + line
    return [piece.strip() for piece in out]


def _opens(before: Rich | None, line: Rich) -> bool:
    """A line opens an entry if it begins like authors and the one before it is complete."""
    if before is None:
        return True
    if not AUTHOR_START.match(line.text):
        return False
    return bool(TERMINAL.search(before.text.rstrip())) and YEAR.search(before.text) is not None


def _continues(before: Entry, entry: Entry) -> bool:
    """The rest of an entry that a page broke: begins small, or the entry before it lacks its year and its end."""
    text = entry.text.plain
    if not text:
        return False
    if text[:1].islower() or text[:1] in ",;:)–—":
        return True
    complete = TERMINAL.search(before.text.plain) is not None
    if before.label:
        return not complete or not AUTHOR_START.match(text)
    return not complete and not AUTHOR_START.match(text)
