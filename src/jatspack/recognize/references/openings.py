"""Reference lists without numbers: where one entry ends and the next begins, line by line.

No sign is sure by itself: names and full stops stand inside entries too, and not every entry begins with a name.
So each line is weighed by how it begins, how the line before it ends, whether its first word would have found room
there, whether a block begins, and whether the alphabetical order of the list goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.people.romanize import romanize
from jatspack.recognize.references.pieces import Piece, joined
from jatspack.richtext import Rich

_L = r"[^\W\d_]"
_I = r"[^\W\d_a-zß-ÿа-яё]"  # an initial: a capital, or a letter of a script without capitals
_WORD = rf"{_L}[^\W\d_'’ʼ`-]*(?:[-‐'’ʼ`]{_L}+)*"
# Surname, A. · Surname A.B. · Surname AB, · A. B. Surname · SURNAME, Given · 张三, · ______.
_NAMED = re.compile(
    rf"(?:{_WORD}\s){{0,3}}{_WORD}\s?,\s*(?:{_I}\s?[.]|{_I}{_L}?\.?-?\s?{_I}\.|[A-ZА-ЯЁÀ-Þ]{{1,3}}(?=[,.;:\s]))"
    rf"|(?:{_WORD}\s)?{_WORD}\s(?:{_I}\.|[A-ZА-ЯЁÀ-Þ]{{1,3}}(?=[,.;:(]|\s[(&\d]|,))"
    rf"|(?:{_I}\.[\s-]?){{1,4}}(?:{_WORD}\s)?{_WORD}\b"
    r"|[\u3400-\u9fff·]{2,8}\s?[,、.:;(]|[_—–-]{3,}"
)
_CAPITALS = re.compile(r"[^\W\d_a-zа-яёß-ÿ]{3,}(?=[\s.,:;])|[^\W\d_a-z]\s[^\W\d_a-z]{3,}\s")
_LISTED = re.compile(rf"{_WORD},\s{_WORD}[.,;]|(?:{_WORD}[\s,.]+){{1,8}}[(（](?:1[5-9]|20)\d\d")
_SIGNS = (_CAPITALS, re.compile(r".{3,120}?[(（](?:1[5-9]|20)\d\d[a-z]?[)）]"))
_INSIDE = re.compile(r"[,;:.)\]}&/–—\-»”]|\d|https?:|www\.|//|doi\b|10\.\d{4}", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)[a-z]?(?!\d)|\d{1,2}[/.]\d{1,2}[/.]\d{2}(?!\d)")
_ENDED = re.compile(r"(?:[.!?。．)\]»”\"/\d>]|(?:https?://|www\.)\S+)$")
_OPEN_END = re.compile(r"(?:[,;&(\[«“–—-]|//|\s[^\W\d_]|[^\W\d_]:)$")
_NARROW_FORMS = str.maketrans("，．：；（", ",.:;(")
_NARROW = re.compile(r"[ijltf.,;:'’()/\[\]|!]")
_NAMES_YEAR = re.compile(rf"{_I}\.[,;]?\s[(（]?(?:1[5-9]|20)\d\d[a-z]?[)）]?[.,:]?$")
_RUN_ON = re.compile(r"(?<=[.\d/)\]»”])\s+(?=([^\W\d_]+))")

STRONG, FAIR, WEAK, CONTINUED = 2.5, 1.0, 0.0, -3.0
START = 2.0  # from which weight on a line begins an entry
ROOM = 0.93  # of the line's width: room that an extractor's line lengths leave in doubt
MUCH_ROOM = 0.75
LONGEST_LINE = 200  # characters; longer ones are not wrapped
ORDERED = 0.8  # share of entries in alphabetical order from which on the order is evidence
NAMED = 0.7  # share of entries that begin with a name, from which on another beginning counts against a line
HEAD = 160  # characters of a line that are looked at
ENOUGH = 4  # entries from which on they show a habit
CROWDED = 3  # years in one entry from which on it is looked at again


@dataclass(frozen=True, slots=True)
class _Habits:
    """What is usual in this list."""

    width: float  # of wrapped lines; 0 where lines are not wrapped
    bold: bool  # entries begin in bold
    hard: bool  # hard breaks stand between entries, not after every wrapped line
    blocks: bool  # most blocks are one entry
    lines: bool  # most lines are
    ordered: bool = False
    named: bool = False  # nearly all entries begin with names
    signs: tuple[re.Pattern[str], ...] = ()  # what else nearly all of them begin with


def opening(text: Rich) -> float:
    """How much a line looks like the beginning of an entry."""
    line = text.text[:HEAD].translate(_NARROW_FORMS).lstrip(" \t“\"«„'‘*")
    if not line or (line[0].islower() and not _NAMED.match(line)):
        return CONTINUED
    if _NAMED.match(line):
        return STRONG
    if _INSIDE.match(line):
        return CONTINUED
    if _CAPITALS.match(line) or _LISTED.match(line):
        return FAIR
    return WEAK


def by_opening(pieces: Sequence[Piece]) -> list[Rich]:
    """The entries of a list without numbers."""
    if not pieces:
        return []
    habits = _habits(pieces)
    entries = _group(pieces, habits)
    keys = [k for k in (_key(entry[0].text) for entry in entries) if k]
    if len(keys) >= ENOUGH:
        ordered = sum(a <= b for a, b in pairwise(keys)) >= ORDERED * (len(keys) - 1)
        named = sum(opening(entry[0].text) >= FAIR for entry in entries) >= NAMED * len(entries)
        heads = [entry[0].text.text for entry in entries]
        signs = tuple(s for s in _SIGNS if sum(s.match(h) is not None for h in heads) >= NAMED * len(heads))
        habits = replace(habits, ordered=ordered, named=named, signs=signs)
        entries = _group(pieces, habits)
    return [text for entry in entries for text in _run_on(joined(p.text for p in entry), habits)]


def _habits(pieces: Sequence[Piece]) -> _Habits:
    blocks = sum(p.gap for p in pieces)
    inner = [p for p in pieces if not p.gap]
    # the measure is that of lines that another follows; a block of one line may be longer
    followed = [p for p, after in pairwise(pieces) if not after.gap and not after.item]
    lengths = sorted(_breadth(p.text.text) for p in followed or pieces)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    wrapped = len(inner) >= 2 and width < LONGEST_LINE and lengths[len(lengths) // 2] > 0.55 * width
    bold = sum(_turns_bold(a, b) for a, b in pairwise(pieces))
    years = sum(len(_YEAR.findall(p.text.text)) for p in pieces)
    whole = sum(opening(p.text) >= FAIR and _YEAR.search(p.text.text) is not None for p in pieces)
    return _Habits(
        width=width if wrapped else 0.0,
        bold=bold >= 3,
        hard=any(p.hard for p in inner) and (not wrapped or sum(p.hard for p in inner) < 0.9 * len(inner)),
        blocks=blocks >= 3 and years <= 2.5 * blocks,
        lines=whole > 0.6 * len(pieces),
    )


def _group(pieces: Sequence[Piece], habits: _Habits) -> list[list[Piece]]:
    out: list[list[Piece]] = []
    dated, depth = False, 0
    for piece in pieces:
        if not out or _weight(piece, out[-1], habits, dated, depth) >= START:
            out.append([piece])
            dated, depth = False, 0
        else:
            out[-1].append(piece)
        dated = dated or _YEAR.search(piece.text.text) is not None
        depth += sum((c in "([（") - (c in ")]）") for c in piece.text.text)
    return out


def _weight(piece: Piece, entry: Sequence[Piece], habits: _Habits, dated: bool, depth: int) -> float:
    """How much speaks for an entry that begins with this piece."""
    before = entry[-1]
    total = opening(piece.text)
    if total == CONTINUED and not piece.item and (not piece.gap or piece.text.text[0].islower()):
        return total
    end = before.text.text.rstrip(" *_")
    if total == WEAK and habits.named and not habits.lines:
        total -= 3.0 if _NAMES_YEAR.search(end) else 1.0  # "… & Ruiz, M. 2017." wants its title
    elif total == FAIR and any(sign.match(piece.text.text) for sign in habits.signs):
        total = STRONG
    if _OPEN_END.search(end):
        total -= 4.0
    elif not _ENDED.search(end):
        total -= 2.0
    total += _room(piece, before, habits)
    if piece.item:
        total += 8.0
    elif piece.gap:
        total += 3.0 if habits.blocks else 1.5
    elif piece.hard and habits.hard:
        total += 2.0
    elif habits.lines:
        total += 2.5
    elif habits.blocks:
        total -= 1.0
    if not dated and not piece.gap:
        total -= 1.0
    if depth > 0 and not piece.gap:
        total -= 2.0
    if habits.bold and _turns_bold(before, piece):
        total += 2.0
    if habits.ordered and total > 0:
        one, other = _key(entry[0].text), _key(piece.text)
        total += (0.5 if one <= other else -1.0) if one and other else 0.0
    return total


def _room(piece: Piece, before: Piece, habits: _Habits) -> float:
    """Whether the line before had room for this line's first word: then it was the last of its paragraph."""
    if not habits.width:
        return 0.0
    need = _breadth(f"{before.text.text} {piece.text.text.split(maxsplit=1)[0]}")
    if need <= MUCH_ROOM * habits.width:
        return 4.5
    return 2.5 if need <= ROOM * habits.width else -0.5


def _breadth(line: str) -> float:
    """The printed width of a line in small letters: capitals are broader, points and strokes narrower."""
    return len(line) + 0.35 * sum(map(str.isupper, line)) - 0.5 * len(_NARROW.findall(line))


def _turns_bold(before: Piece, piece: Piece) -> bool:
    first = piece.text.run_at(0).style
    return "bold" in first and "bold" not in before.text.run_at(len(before.text) - 1).style


def _key(text: Rich) -> str:
    """What a list is sorted by: the letters of the first word."""
    words = text.text[:60].split(maxsplit=2)
    return romanize(words[0]) if words else ""


def _run_on(entry: Rich, habits: _Habits) -> Iterable[Rich]:
    """Entries that follow each other in one line, told apart where a full stop is followed by a name."""
    text = entry.text
    if len(_YEAR.findall(text)) < CROWDED:
        yield entry
        return
    at, particles = 0, lexicon().words("particle")
    for gap in _RUN_ON.finditer(text):
        if gap[1].islower() and gap[1] not in particles:
            continue
        so_far, rest = text[at : gap.start()], entry[gap.end() : gap.end() + 120]
        if opening(rest) < STRONG or not _YEAR.search(so_far) or _OPEN_END.search(so_far):
            continue
        if so_far.count("(") > so_far.count(")") or len(so_far) < 40:
            continue
        if habits.ordered and _key(entry[at:]) > _key(rest):
            continue
        yield entry[at : gap.start()].strip()
        at = gap.end()
    yield entry[at:].strip()
