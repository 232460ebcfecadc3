"""Words of a source and of a JATS tree, in units (paragraph, title, cell …), written the same way on both sides.

A word is a run of letters or a run of digits of the text in NFKC, case-folded; a character of a script that
parts no words is one word. Soft hyphens and zero-width characters are nothing; superscripts and subscripts
stand apart from the word that carries them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from jatspack.jats.models import ELEMENT_ONLY, names
from jatspack.jats.numbers import number
from jatspack.read.document import (
    Block,
    Code,
    Definitions,
    Document,
    Heading,
    Lines,
    ListBlock,
    Paragraph,
    Quote,
    Table,
)
from jatspack.richtext import Image, Note, Rich
from jatspack.wording import NO_SPACE, RAISED, folded, rich_text, word_pattern, words

__all__ = ["Unit", "line_of", "printed", "rich_text", "source_units", "tree_units", "words"]

# Kinds of units that are looked for among their like first.
CELL, KEYWORD, LABEL, TITLE = "cell", "kwd", "label", "title"
_KINDS = {"td": CELL, "th": CELL, "title": TITLE, "label": LABEL, "kwd": KEYWORD}
_END = "\x1f"  # between units, so that many are cut into words at once
_MAYBE = "\x1e"  # before and after words that the writer may add (see Unit.optional)
_TOKEN = re.compile(rf"[{NO_SPACE}]|[^\s{NO_SPACE}]+")
_MML = "{http://www.w3.org/1998/Math/MathML}"

# Elements that end the text around them although they can stand in running text.
_APART = names(
    "fn disp-formula list def-list code preformat disp-quote fig table-wrap graphic inline-graphic p alt-text"
)
# Elements whose words the program may write without a word of the source standing for just this place: marks of
# links, values in a normal form, what the configuration gives. They may hold words of the source, they need not.
_DERIVED = names(
    "journal-meta article-id pub-date history volume issue fpage lpage elocation-id copyright-year copyright-holder "
    "contrib-id permissions funding-group counts"
)
_COPIES = names("funding-statement")  # of what stands in its printed place as well: see derived.unfounded
_LABELLED = names("aff corresp fn list-item ref")
_MARKS = names("aff corresp fn table-fn author-notes")


@dataclass(slots=True)
class Unit:
    """Words that stand together. `rich` and `lines` are of source units, `element` is of units of the tree."""

    words: tuple[str, ...] = ()
    optional: frozenset[int] = frozenset()  # indexes of words that need no word of the source
    lines: Lines = (0, 0)
    rich: Rich | None = None
    element: etree._Element | None = None
    key: str = ""  # of front matter: the name of the field
    kind: str = ""
    derived: bool = False  # in what the program writes in a form of its own, so that a printed place goes before it
    table: int = 0  # of cells: the number of their table
    ends: list[tuple[int, int]] | None = None  # see line_of


@dataclass(slots=True)
class _Draft:
    texts: list[str] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    derived: bool = False  # in what the program writes in a form of its own, so that a printed place goes before it
    table: int = 0  # tables so far

    def add(self, text: str, unit: Unit) -> None:
        self.texts.append(text.replace(_END, " ") if _END in text else text)
        self.units.append(unit)
        unit.table = self.table if unit.kind == CELL else 0

    def done(self) -> list[Unit]:
        """The units that have words; all texts are folded at once, which is several times as fast."""
        out: list[Unit] = []
        whole = folded(_END.join(self.texts))
        word = word_pattern(whole)
        for unit, text in zip(self.units, whole.split(_END) if self.units else (), strict=True):
            if _MAYBE in text:
                _with_options(unit, text, word)
            else:
                unit.words = tuple(word.findall(text))
            if unit.words:
                out.append(unit)
        return out


def _with_options(unit: Unit, text: str, word: re.Pattern[str]) -> None:
    found: list[str] = []
    optional: list[int] = []
    for n, piece in enumerate(text.split(_MAYBE)):
        more = word.findall(piece)
        if n % 2:
            optional += range(len(found), len(found) + len(more))
        found += more
    unit.words, unit.optional = tuple(found), frozenset(optional)


# --- source -----------------------------------------------------------------


def source_units(document: Document) -> list[Unit]:
    """Every piece of text of the document: blocks, notes, pictures' descriptions, front matter."""
    draft = _Draft()
    for key, value in document.metadata.items():
        for text in _leaves(value):
            draft.add(text, Unit(key=key))
    _blocks(draft, document.blocks)
    return draft.done()


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None:
        yield str(value)


def _blocks(draft: _Draft, blocks: Iterable[Block], kind: str = "") -> None:
    for block in blocks:
        match block:
            case Heading():
                _rich(draft, block.text, block.lines, kind or TITLE)
            case Paragraph():
                _rich(draft, block.text, block.lines, kind)
            case ListBlock():
                for item in block.items:
                    _blocks(draft, item, kind)
            case Table():
                draft.table += 1
                _rich(draft, block.caption, block.lines)
                for row in (*block.head, *block.body):
                    for cell in row:
                        _blocks(draft, cell.blocks, CELL)
            case Code():
                draft.add(block.text.replace(_MAYBE, " "), Unit(lines=block.lines))
            case Quote():
                _blocks(draft, block.blocks)
            case Definitions():
                for term, inner in block.items:
                    _rich(draft, term, block.lines)
                    _blocks(draft, inner)
            case _:
                pass


def list_numbers(blocks: Iterable[Block]) -> Iterator[str]:
    """The numbers of ordered lists: what is printed as one may be the label of a section or a note."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for n, item in enumerate(block.items):
                if block.ordered:
                    yield from words(number(block.start + n, block.number_style))
                yield from list_numbers(item)


def _rich(draft: _Draft, rich: Rich, lines: Lines, kind: str = "") -> None:
    if not rich:
        return
    known = rich.lines
    draft.add(rich_text(rich.runs).replace(_MAYBE, " "), Unit(lines=known if known[0] else lines, rich=rich, kind=kind))
    for run in rich.runs:
        if isinstance(run.object, Image):
            _rich(draft, run.object.alt, lines)
            if run.object.title:
                draft.add(run.object.title, Unit(lines=lines))
        elif isinstance(run.object, Note):
            _blocks(draft, run.object.blocks)


def line_of(unit: Unit, index: int) -> int:
    """The source line of a unit's word."""
    if unit.rich is None or unit.lines[0] == unit.lines[1]:
        return unit.lines[0]
    if unit.ends is None:
        unit.ends = list(_word_ends(unit))
    at = bisect_right(unit.ends, index, key=lambda end: end[0])
    return unit.ends[at][1] if at < len(unit.ends) else unit.lines[0]


def _word_ends(unit: Unit) -> Iterator[tuple[int, int]]:
    """For each line of a unit how many words there are up to its end, and the line."""
    assert unit.rich is not None
    count = 0
    for line, runs in groupby(unit.rich.runs, key=lambda run: run.line or unit.lines[0]):
        count += len(words(rich_text(list(runs))))
        yield count, line


def printed(unit: Unit, first: int, last: int) -> Rich:
    """A unit's words from `first` to `last` with the style and the marks that they were printed with."""
    rich = unit.rich
    if rich is None:
        return Rich.of(" ".join(unit.words[first : last + 1]), unit.lines[0])
    count, start, end = 0, -1, len(rich)
    for token in _TOKEN.finditer(rich.text):
        if count > last:
            break
        count += len(words(rich_text(rich[token.start() : token.end()].runs)))
        if start < 0 and count > first:
            start = token.start()
        end = token.end()
    found = rich[max(start, 0) : end]
    wanted = unit.words[first : last + 1]
    return found if tuple(words(rich_text(found.runs))) == wanted else Rich.of(" ".join(wanted), line_of(unit, first))


# --- tree -------------------------------------------------------------------


def tree_units(root: etree._Element) -> list[Unit]:
    """The text of a JATS tree in reading order, without MathML (TeX stands beside it, or pictures nothing)."""
    draft = _Draft()
    _walk(draft, root, False)
    return draft.done()


def _walk(draft: _Draft, element: etree._Element, optional: bool, derived: bool = False) -> None:
    tag = element.tag
    if tag in _COPIES:
        return
    derived = derived or tag in _DERIVED
    draft.table += tag == "table"
    if tag not in ELEMENT_ONLY:
        _unit(draft, element, optional, derived)
        return
    for child in element:
        if isinstance(child.tag, str):
            _walk(draft, child, optional or _may_be_added(child, tag), derived)


def _may_be_added(element: etree._Element, parent: str) -> bool:
    tag = element.tag
    return (tag == "label" and parent in _LABELLED) or (tag == "xref" and element.get("ref-type") in _MARKS)


def _unit(draft: _Draft, element: etree._Element, optional: bool, derived: bool) -> None:
    parent = element.getparent()
    kind = _KINDS.get(str(element.tag), "")
    if not kind and parent is not None and parent.tag in ("td", "th"):
        kind = CELL
    unit = Unit(element=element, kind=kind, derived=derived)
    out: list[str] = []
    apart: list[tuple[etree._Element, bool]] = []
    at = len(draft.texts)
    _inline(element, out, apart)
    text = "".join(out)
    draft.add(f"{_MAYBE}{text.replace(_MAYBE, '')}{_MAYBE}" if optional or derived else text, unit)
    for inner, maybe in apart:
        _walk(draft, inner, optional or maybe, derived)
    assert draft.units[at] is unit


def _inline(element: etree._Element, out: list[str], apart: list[tuple[etree._Element, bool]]) -> None:
    if element.text:
        out.append(element.text)
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag.startswith(_MML):
            pass
        elif tag in _APART or tag == "label":
            apart.append((child, _may_be_added(child, str(element.tag))))
            out.append(" ")
        elif tag in RAISED or tag in ("break", "tex-math"):
            out.append(" ")
            _inline(child, out, apart)
            out.append(" ")
        elif tag == "xref" and child.get("ref-type") in _MARKS:
            out.append(_MAYBE)
            _inline(child, out, apart)
            out.append(_MAYBE)
        else:
            _inline(child, out, apart)
        if child.tail:
            out.append(child.tail)
