"""Printed addresses: one text per institution, its marks, and the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from jatspack.article import Tagged
from jatspack.recognize.countries import country_in
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.marks import RAISED, SUPERSCRIPT, leading_marks
from jatspack.recognize.people.places import tag_parts
from jatspack.richtext import HARD_BREAK, Rich

INNER_NUMBER = re.compile(
    r"(?:^|(?<=[;；,，。.\s(（\n\u2028]))(\d{1,2})(?:[.．、)）]\s*(?=\S|$)|(?:[-–]\s?|\s+|(?=[^\W\d_]))(?=\S))"
    r"|(?<=[)）])(\d{1,2})(?=[(（])"
)
GLUED_NUMBER = re.compile(r"\d{1,2}[^\W\d_][^\W\d_]")
EDGE = " \t\n\u2028,;，；、("
CLAUSE_ENDS = (";", "；", ",", "，", "。", "\n", HARD_BREAK, "(", "（", ".")
SEMICOLON = re.compile(r"[)）]\s*[(（]|[;；]\s*")


@dataclass(slots=True)
class Piece:
    """Text of one unit that is an address or part of one. `mark` is the number of a list item, `owner` the index of
    the person whose name stood before it."""

    unit: int
    text: Rich
    fresh: bool  # begins a paragraph
    mark: str = ""
    owner: int = -1


@dataclass(slots=True)
class PrintedAffiliation:
    """An address as printed once. `marks` as printed; `unit` is the place in the order of units."""

    marks: list[str]
    text: Rich
    unit: int
    tagged: Tagged = field(default_factory=lambda: Tagged(Rich()))
    owner: int = -1


def split_affiliations(
    pieces: Sequence[Piece], lexicon: Lexicon, names: Collection[int] = frozenset()
) -> list[PrintedAffiliation]:
    """Addresses from the pieces in printed order; `names` are the units that hold names.

    A mark begins a new address. Where no address has a mark, each paragraph is one, save that one without
    any institution continues the address above it.
    """
    out: list[PrintedAffiliation] = []
    marked_style = any(p.mark or leading_marks(p.text)[0] for p in pieces)
    above = -1
    for piece in pieces:
        apart, above = any(above < unit <= piece.unit for unit in names), piece.unit
        for marks, part in _parts(piece, out[-1].marks if out else [], marked_style, lexicon):
            if not part.plain and not marks:
                continue
            if (
                out
                and not marks
                and piece.owner < 0
                and (marked_style or _continues(out[-1], part, piece, apart, lexicon))
            ):
                last = out[-1]
                joint = " " if piece.fresh or last.text.text.endswith("-") else HARD_BREAK
                last.text = last.text + Rich.of(joint) + part
            else:
                out.append(PrintedAffiliation(marks, part, piece.unit, owner=piece.owner))
    for affiliation in out:
        affiliation.text = _trim(affiliation.text)
        affiliation.tagged = tag_parts(affiliation.text, lexicon)
    return [a for a in out if a.text.plain]


def _continues(above: PrintedAffiliation, part: Rich, piece: Piece, apart: bool, lexicon: Lexicon) -> bool:
    """Whether an unmarked text belongs to the address above it; `apart`: names stand between them."""
    if apart:
        return False
    institution = bool(lexicon.pattern("institution").search(part.text))
    if not (institution or lexicon.pattern("department").search(part.text)):
        return True
    whole = lexicon.pattern("institution").search(above.text.text) is not None
    ended = bool(country_in(above.text.plain[-40:]))
    if not whole and institution and not ended:
        return True  # a department, its university below it
    return not piece.fresh and not ended and not above.text.plain.endswith((".", ";"))


def _trim(text: Rich) -> Rich:
    text = text.strip(EDGE)
    opened = text.text.count("(") + text.text.count("（")
    closed = text.text.count(")") + text.text.count("）")
    if text.text.endswith((")", "）")) and opened < closed:
        text = text[:-1].strip(EDGE)
    if opened == closed == 1 and text.text.startswith("（") and text.text.endswith((")", "）")):
        text = text[1:-1].strip(EDGE)
    if text.text.startswith(("[", "［")) and not text.text.endswith(("]", "］")) and "]" not in text.text:
        text = text[1:]
    return text


def _parts(
    piece: Piece, before: Sequence[str], marked_style: bool, lexicon: Lexicon
) -> Iterator[tuple[list[str], Rich]]:
    """``(1. …; 2. …; 3. …)`` in its parts: numbers that run on at the starts of clauses."""
    text = piece.text
    marks, start = leading_marks(text)
    if marks and not _plausible(marks, start, text, before):
        marks, start = [], 0
    if not marks and piece.mark:
        marks = [piece.mark]
    known = marks or before
    if not known or not known[-1].isdigit():
        if not marks and not marked_style:
            yield from (([], part) for part in _by_semicolon(text, lexicon))
        else:
            yield marks, text[start:].strip()
        return
    begin = start
    for cut, after, number in _cuts(text, start, int(known[-1]) + 1):
        if cut > begin:
            yield marks, _trim(text[begin:cut])
        marks, begin = [number], after
    yield marks, text[begin:].strip()


def _plausible(marks: Sequence[str], start: int, text: Rich, before: Sequence[str]) -> bool:
    """A plain number that does not run on from the mark before is a house or a room: ``12 Baker Street``."""
    if not before or not marks[0].isdigit() or not before[-1].isdigit():
        return True
    if "sup" in text.run_at(max(start - 1, 0)).style or any("sup" in r.style for r in text[:start]):
        return True
    return int(marks[0]) in (1, int(before[-1]), int(before[-1]) + 1) or text.text[:start].strip(" 0123456789") != ""


def _by_semicolon(text: Rich, lexicon: Lexicon) -> list[Rich]:
    """Several addresses in one paragraph: each part between semicolons names an institution."""
    parts = [p for p in text.split(SEMICOLON) if p.plain]
    if len(parts) > 1 and all(lexicon.pattern("institution").search(p.text) for p in parts):
        return [_trim(p) for p in parts]
    return [text.strip()]


def _cuts(text: Rich, start: int, expected: int) -> list[tuple[int, int, str]]:
    """(where the mark begins, where it ends, mark) of the addresses that begin inside the text."""
    found = []
    for match in INNER_NUMBER.finditer(text.text, start):
        before = text.text[: match.start()].rstrip(" ")
        style = text.run_at(match.start()).style
        if before.endswith(CLAUSE_ENDS) or style & {"sup", "bold"} or not before or match[2]:
            found.append((match.start(), match.end(), match[1] or match[2]))
        elif GLUED_NUMBER.match(text.text, match.start()) and GLUED_NUMBER.match(text.text):
            found.append((match.start(), match.end(), match[1]))  # 1Institute of …, Beijing 2University of …
    for match in re.finditer(f"[{RAISED}]", text.text[start:]):
        found.append((start + match.start(), start + match.end(), match[0].translate(SUPERSCRIPT)))
    out = []
    for cut in sorted(found):
        if cut[2] == str(expected):
            out.append(cut)
            expected += 1
    return out
