"""Paragraphs and lists that a page end, an image or a table cut in two."""

from __future__ import annotations

import re
from dataclasses import replace

from jatspack.article import Figure, TableWrap
from jatspack.read.document import ListBlock, Paragraph, Rule
from jatspack.recognize.body.context import Item, span
from jatspack.richtext import OBJECT, Rich, Run

_CLOSED = re.compile(r"[.?!…:;。？！：；।۔؟]['\"”’»)\]）】]*\s*(?:\[[\d,;\s–-]+\])?[\d¹²³⁰-⁹*†]*\s*$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
_COMMA = re.compile(r"[,，、(（\[\-–‐­]\s*$")
_ENUMERATOR = re.compile(r"\s*[(（]?\w{1,3}[.)）]\s|\s*[^\w\s\"'“‘«(（\[$" + OBJECT + r"]")
_FEWEST_WORDS = 6  # a shorter piece is a label or a line of a form, not a cut paragraph
_LONG = 60
_FEWEST_LETTERS = 20  # the same for scripts that part no words


def join_cut(items: list[Item]) -> list[Item]:
    """Join what one sentence or one numbering runs through; floats that stood in between follow the joined block."""
    out: list[Item] = []
    for item in items:
        if not isinstance(item, Paragraph | ListBlock):
            out.append(item)
            continue
        at = _before_floats(out)
        before = out[at] if at >= 0 else None
        joined = _joined(before, item, apart=at < len(out) - 1) if before is not None else None
        if joined is None:
            out.append(item)
        else:
            out[at] = joined
            out[at + 1 :] = [between for between in out[at + 1 :] if not isinstance(between, Rule)]
    return out


def _before_floats(out: list[Item]) -> int:
    at = len(out) - 1
    while at >= 0 and isinstance(out[at], Figure | TableWrap | Rule):
        at -= 1
    return at


def _joined(before: Item, after: Item, *, apart: bool) -> Item | None:
    match before, after:
        case Paragraph(), Paragraph() if runs_on(before.text, after.text, apart=apart):
            return Paragraph(_glue(before.text, after.text), span(before.lines, after.lines))
        case ListBlock(), ListBlock() if _same_list(before, after):
            lines = (*_item_lines(before), *_item_lines(after))
            items, whole = before.items + after.items, span(before.lines, after.lines)
            return replace(before, items=items, lines=whole, item_lines=lines)
        case ListBlock(), Paragraph() if before.items and before.items[-1]:
            last = before.items[-1][-1]
            if isinstance(last, Paragraph) and runs_on(last.text, after.text, apart=apart):
                longer = Paragraph(_glue(last.text, after.text), span(last.lines, after.lines))
                items = (*before.items[:-1], (*before.items[-1][:-1], longer))
                return replace(before, items=items, lines=span(before.lines, after.lines))
    return None


def runs_on(before: Rich, after: Rich, *, apart: bool) -> bool:
    """Whether a sentence of `before` goes on in `after`; `apart` says that something stands between the two."""
    first, second = before.text.rstrip(), after.text.lstrip()
    if not first or not second or _CLOSED.search(first) or _ENUMERATOR.match(second) or _ADDRESS.match(second):
        return False
    if before.all("bold") != after.all("bold") or before.all("italic") != after.all("italic"):
        return False
    words = len(first.split())
    caseless = _caseless(second[0])
    if words < _FEWEST_WORDS and not (caseless and len(first) >= _FEWEST_LETTERS):
        return False
    if second[0].islower():
        return True
    if caseless:
        # such scripts close every sentence: a long paragraph left open was cut
        cut = len(first) >= _LONG and bool(_CLOSED.search(second))
        return bool(_COMMA.search(first)) or apart or cut
    return bool(_COMMA.search(first)) and (second[0].isalnum() or second[0] in '(["“«')


def _caseless(letter: str) -> bool:
    return letter.isalpha() and letter.lower() == letter.upper()


def _glue(before: Rich, after: Rich) -> Rich:
    return before.strip() + Rich((Run("\n", line=after.lines[0]),)) + after.strip()


def _item_lines(block: ListBlock) -> tuple[tuple[int, int], ...]:
    if len(block.item_lines) == len(block.items):
        return block.item_lines
    return tuple(span(*(inner.lines for inner in item)) for item in block.items)


def _same_list(before: ListBlock, after: ListBlock) -> bool:
    if before.ordered != after.ordered:
        return False
    if not before.ordered:
        return True
    same_form = (before.number_style, before.delimiter) == (after.number_style, after.delimiter)
    return same_form and after.start == before.start + len(before.items)
