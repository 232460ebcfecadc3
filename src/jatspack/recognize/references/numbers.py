"""Reference lists with numbers: [1], 1., 1), ［1］, (1), glued (2Smith), alone on a line, running on in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from jatspack.recognize.references.openings import STRONG, opening
from jatspack.recognize.references.pieces import Piece, joined
from jatspack.recognize.references.vocabulary import alternatives
from jatspack.richtext import Rich

NUMBER = re.compile(
    r"\s*(?:(?P<bracket>[\[［【〔(（]\s?(?P<a>\d{1,3})\s?[\]］】〕)）][.:]?)\s*(?=\S)"
    r"|(?P<dot>(?P<b>\d{1,3})\s?[.)．、）])(?:\s+(?=\S)|(?=[^\d\s]))"
    r"|(?P<bare>(?P<c>\d{1,3}))(?:\s+(?=[^\W\d_])|(?=[^\W\d_a-z]))"
    r"|(?P<alone>[\[［(（]?(?P<d>\d{1,3})[\]］)）]?[.．]?)\s*$)"
)
_INNER = {
    "bracket": re.compile(r"[\[［【〔]\s?(\d{1,3})\s?[\]］】〕][.:]?\s*(?=\S)"),
    "round": re.compile(r"(?<![^\s.;。；])[(（]\s?(\d{1,3})\s?[)）][.:]?\s*(?=[^\W\d_]|[«“\"„_—–\[(])"),
    "dot": re.compile(r"(?<![^\s.;。；\]）)])(\d{1,3})[.)．、）]\s*(?=[^\W\d_]|[«“\"„_—–\[(])"),
    "bare": re.compile(r"(?<=[.;。；]\s)(\d{1,3})\s?(?=[^\W\d_a-z])"),
}
JUMP = 12  # numbers that may be missing between two entries
LONGEST_HEAD = 40  # characters looked at before a number inside a paragraph


@dataclass(frozen=True, slots=True)
class _Number:
    value: int
    kind: str  # a group of NUMBER, or "item": the list's own
    label: str
    end: int


def is_numbered(pieces: Sequence[Piece]) -> bool:
    """Whether the numbers go up by one at most of the places where a block begins."""
    found = [_number(piece) for piece in pieces]
    known = [n for n in found if n]
    if not known:
        return False
    if sum(piece.gap for piece in pieces) == 1 and known[0] is found[0]:
        following = known[0].value + 1
        return any(n.value == following for n in known[1:]) or _next_inside(pieces, known[0])
    steps = sum(b.value == a.value + 1 for a, b in pairwise(known))
    blocks = [n for n, piece in zip(found, pieces, strict=True) if piece.gap]
    begun = sum(n is not None for n in blocks)
    early = found.index(known[0]) <= len(pieces) // 4
    values = {n.value for n in blocks if n}
    if len(values) == begun >= 0.8 * len(blocks) and max(values) <= 2 * len(values) + 5:
        return True  # out of order, but each number once
    return early and steps >= max(1, len(known) // 2) and (begun >= len(blocks) / 2 or steps >= len(blocks))


def _next_inside(pieces: Sequence[Piece], first: _Number) -> bool:
    if first.kind in ("bracket", "item") or (first.value == 1 and first.kind == "dot"):
        return True
    return any(int(m[1]) == first.value + 1 for piece in pieces for m in _inner(first).finditer(piece.text.text))


def _number(piece: Piece) -> _Number | None:
    if piece.label:
        digits = re.search(r"\d+", piece.label)
        return _Number(int(digits[0]), "item", piece.label, 0) if digits else None
    found = NUMBER.match(piece.text.text)
    if not found:
        return None
    kind = next(k for k in ("bracket", "dot", "bare", "alone") if found[k])
    value = int(next(filter(None, (found[g] for g in "abcd"))))
    return _Number(value, kind, found[kind].strip(), found.end())


def by_number(pieces: Sequence[Piece]) -> list[tuple[str, Rich]]:
    """(printed number, text) of every entry; what has no number of its own belongs to the entry before it."""
    out: list[tuple[_Number | None, list[Rich]]] = []
    last: _Number | None = None
    for piece in pieces:
        number = _number(piece)
        if number and _opens(piece, number, last):
            out.append((number, [piece.text[number.end :].strip()]))
            last = number
        elif out and not _stands_alone(piece, out[-1][1]):
            out[-1][1].append(piece.text)
        else:
            out.append((None, [piece.text]))
    entries = [(number, joined(t for t in texts if t.plain)) for number, texts in out]
    following = [n.value if n else None for n, _ in entries[1:]] + [None]
    return [e for (n, text), after in zip(entries, following, strict=True) for e in _inside(n, text, after)]


def _opens(piece: Piece, number: _Number, last: _Number | None) -> bool:
    """Whether the number is the entry's, not a volume or page that a line happens to begin with."""
    if last is None or number.kind == "item":
        return True
    step = number.value - last.value
    if number.kind == "bracket" and (number.label[0] not in "(（" or number.label[0] == last.label[0]):
        return True
    if step == 1 and (number.kind == last.kind or piece.gap or number.kind == "dot"):
        return True
    if last.kind == "item" and not piece.gap:
        return False
    if piece.gap:
        return number.value == 1 or abs(step) <= JUMP if number.kind != "bare" else 0 < step <= 3
    return 0 < step <= 2 and number.kind == "dot"


def _stands_alone(piece: Piece, before: Sequence[Rich]) -> bool:
    """A block without a number that is a whole entry all the same."""
    return piece.item or (
        piece.gap and opening(piece.text) >= STRONG and before[-1].text.rstrip()[-1:] in ".。/0123456789"
    )


def _inside(number: _Number | None, text: Rich, following: int | None) -> Iterator[tuple[str, Rich]]:
    """The entry, and the entries whose numbers run on inside its paragraph."""
    if number is None or following == number.value + 1:
        yield number.label if number else "", text
        return
    label, value, at = number.label, number.value, 0
    for found in _inner(number).finditer(text.text) if number.kind != "item" or following is None else ():
        if int(found[1]) != value + 1 or found.start() <= at:
            continue
        head = text.text[max(at, found.start() - LONGEST_HEAD) : found.start()]
        if not head.strip() or (number.kind != "bracket" and _counted().search(head)):
            continue
        yield label, text[at : found.start()].strip()
        label, value, at = found[0].strip(), value + 1, found.end()
        if value + 1 == following:
            break
    yield label, text[at:].strip()


@cache
def _counted() -> re.Pattern[str]:
    """A word that a number belongs to: "Vol. 2." begins no entry; "123 p. 2." does."""
    words = alternatives("volume", "issue", "pages", "part", "series", "supplement", "article-number")
    return re.compile(rf"(?<!\d)(?<!\d\s)(?<![^\W\d_])(?:{words})\.?\s*$", re.IGNORECASE)


def _inner(number: _Number) -> re.Pattern[str]:
    """What the numbers inside a paragraph look like: as the one that it begins with."""
    if number.kind == "bracket":
        return _INNER["round" if number.label[0] in "(（" else "bracket"]
    return _INNER["bare" if number.kind == "bare" else "dot"]
