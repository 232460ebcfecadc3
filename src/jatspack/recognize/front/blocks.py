"""Blocks of people, one to a language: where one begins, its language, and which addresses belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jatspack.recognize.decoder import Decision
from jatspack.recognize.front.languages import passage_language
from jatspack.recognize.language import identify, script_of
from jatspack.recognize.people.affiliations import Piece
from jatspack.recognize.people.contacts import Contact
from jatspack.recognize.people.groups import Correspondence
from jatspack.recognize.people.marks import leading_marks
from jatspack.recognize.people.romanize import romanize
from jatspack.recognize.segments import label_of
from jatspack.richtext import Rich

WORD = re.compile(r"[^\W\d_]+")
LONG_NAMES = 60  # characters of names that positions stand beside
SURE = 0.8
ENOUGH = 25  # letters of addresses tell a language


@dataclass(slots=True)
class Raw:
    """What stands in one group before it is parsed."""

    bylines: list[tuple[Decision, Rich]] = field(default_factory=list)
    addresses: list[Piece] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    correspondence: list[Correspondence] = field(default_factory=list)
    loose: list[tuple[int, Rich]] = field(default_factory=list)  # contact lines with other words in them
    closed: bool = False


def group_language(raw: Raw, known: Sequence[str], decisions: Sequence[Decision]) -> str:
    """By the label or the addresses; names alone take the language of the nearest title or abstract in their script."""
    labels = [set(match.langs) & set(known) for d, _ in raw.bylines if (match := label_of(d))]
    told = labels[0] if labels else set()
    if len(told) == 1:
        return told.pop()
    addresses = " ".join(piece.text.plain for piece in raw.addresses)
    if len(addresses) > ENOUGH:
        lang = _among(passage_language(addresses, known), known)
        same = script_of(addresses) == script_of(" ".join(text.plain for _, text in raw.bylines))
        if lang in known or (lang != "und" and not (known and same)):
            return lang
    names = " ".join(text.plain for _, text in raw.bylines) or addresses
    told_by = identify(names, tuple(known)) if not addresses and len(names) > LONG_NAMES else None
    if told_by and told_by.lang in known and told_by.confidence >= SURE:
        return told_by.lang  # degrees and positions beside the names
    script = script_of(names)
    here = raw.bylines[0][0].unit.index if raw.bylines else raw.addresses[0].unit if raw.addresses else 0
    best = ""
    distance = 1e6
    for decision in decisions:
        if decision.role in ("title", "abstract") and script_of(decision.unit.text.plain) == script:
            apart = abs(decision.unit.index - here) + (0.5 if decision.unit.index < here else 0)
            if apart < distance:
                lang = passage_language(decision.unit.text.plain, known, decision)
                if lang != "und":
                    best, distance = lang, apart
    return best or _among(passage_language(names, known), known)


def _among(lang: str, known: Sequence[str]) -> str:
    """Chinese characters alone are Japanese in an article that uses Japanese and no Chinese."""
    if lang.startswith("zh") and "ja" in known and not any(k.startswith("zh") for k in known):
        return "ja"
    return lang


def assign_addresses(raws: list[Raw], known: Sequence[str], decisions: Sequence[Decision]) -> None:
    """Where all bylines come first and then the addresses in every language, each set finds its byline."""
    for raw in list(raws):
        sets = _sets(raw.addresses)
        if len(sets) == 1 and len(raws) > 1 and _translated(raw.addresses, known):
            sets = [[piece] for piece in raw.addresses]
        if len(sets) < 2:
            _back_home(raw, raws)
            continue
        homes = [r for r in raws if r.bylines and (r is raw or not r.addresses)]
        raw.addresses = []
        waiting = []
        for pieces in sets:
            text = " ".join(p.text.plain for p in pieces)
            lang, script = passage_language(text, known), script_of(text)
            fits = [r for r in homes if not r.addresses and group_language(r, known, decisions) == lang]
            fits = fits or [r for r in homes if not r.addresses and len(homes) == 1]
            fits = fits or [r for r in homes if not r.addresses and _script(r) == script]
            if fits:
                fits[0].addresses = pieces
            else:
                waiting.append(pieces)
        for pieces in waiting:
            other = Raw()
            other.addresses = pieces
            raws.insert(raws.index(raw) + 1, other)


def _translated(pieces: Sequence[Piece], known: Sequence[str]) -> bool:
    """Whether every line is surely in another language: one address in all of them, not several with their numbers."""
    if len({mark for piece in pieces for mark in _marks(piece)}) > 1:
        return False
    guesses = [identify(piece.text.plain, tuple(known)) for piece in pieces]
    return len(pieces) == len({g.lang for g in guesses}) > 1 and all(g.confidence >= SURE for g in guesses)


def _back_home(raw: Raw, raws: Sequence[Raw]) -> None:
    """Addresses that stand below a second script's names, and are in the first one's, are the first's."""
    if not raw.bylines or not raw.addresses:
        return
    script = script_of(" ".join(p.text.plain for p in raw.addresses))
    homes = [r for r in raws if r is not raw and r.bylines and not r.addresses and _script(r) == script]
    if _script(raw) != script and len(homes) == 1:
        homes[0].addresses, raw.addresses = raw.addresses, []


def fragment(raw: Raw, names: Rich) -> bool:
    """Part of a byline that an extractor printed once more: fewer names, all of them known."""
    if raw.closed or not raw.bylines:
        return False
    ours = {romanize(w) for w in WORD.findall(names.plain) if len(w) > 2}
    before = [romanize(w) for _, text in raw.bylines for w in WORD.findall(text.plain) if len(w) > 2]
    return bool(ours) and ours < set(before)


def opens_group(raw: Raw, decision: Decision) -> bool:
    """A byline opens a new block if the one before is closed, in another script, or names the same people."""
    if not raw.bylines:
        return False
    if raw.closed:
        return True
    before = " ".join(text.plain for _, text in raw.bylines)
    here = decision.unit.text.plain
    if script_of(before) != script_of(here):
        return True
    ours = {romanize(w) for w in WORD.findall(here) if len(romanize(w)) > 3}
    theirs = {romanize(w) for w in WORD.findall(before) if len(romanize(w)) > 3}
    if ours and ours < theirs:
        return False
    return bool(ours) and len(ours & theirs) >= max(1, len(ours) // 2)


def far_from(raw: Raw, decision: Decision) -> bool:
    """An address in a later block, whose own names are yet to come: the block before has addresses already."""
    if not raw.closed or decision.role != "affiliation" or not raw.addresses:
        return False
    return decision.unit.index - raw.addresses[-1].unit > 1


def _script(raw: Raw) -> str:
    return script_of(" ".join(text.plain for _, text in raw.bylines))


def _sets(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Addresses parted where their numbers begin again with 1."""
    out: list[list[Piece]] = []
    highest = 0
    for piece in pieces:
        marks = _marks(piece)
        number = int(marks[0]) if marks and marks[0].isdigit() else 0
        if not out or (number == 1 and highest > 1):
            out.append([])
            highest = 0
        highest = max(highest, number)
        out[-1].append(piece)
    return out


def _marks(piece: Piece) -> list[str]:
    return [piece.mark] if piece.mark else leading_marks(piece.text)[0]
