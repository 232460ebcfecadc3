"""Which language a block of people is in, and which addresses belong to it where addresses stand apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jatspack.recognize.decoder import Decision
from jatspack.recognize.front.languages import passage_language
from jatspack.recognize.language import script_of
from jatspack.recognize.people.affiliations import Piece
from jatspack.recognize.people.marks import leading_marks
from jatspack.recognize.segments import label_of

if TYPE_CHECKING:
    from jatspack.recognize.front.people import Raw

ENOUGH = 25  # letters of addresses tell a language


def group_language(raw: Raw, known: Sequence[str], decisions: Sequence[Decision]) -> str:
    """By the label or the addresses; names alone take the language of the nearest title or abstract in their script."""
    labels = [set(match.langs) & set(known) for d, _ in raw.bylines if (match := label_of(d))]
    told = labels[0] if labels else set()
    if len(told) == 1:
        return told.pop()
    addresses = " ".join(piece.text.plain for piece in raw.addresses)
    if len(addresses) > ENOUGH:
        lang = _among(passage_language(addresses, known), known)
        if lang != "und":
            return lang
    names = " ".join(text.plain for _, text in raw.bylines) or addresses
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
        if len(sets) < 2:
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
            other = type(raw)()
            other.addresses = pieces
            raws.insert(raws.index(raw) + 1, other)


def _script(raw: Raw) -> str:
    return script_of(" ".join(text.plain for _, text in raw.bylines))


def _sets(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Addresses parted where their numbers begin again with 1."""
    out: list[list[Piece]] = []
    highest = 0
    for piece in pieces:
        marks = [piece.mark] if piece.mark else leading_marks(piece.text)[0]
        number = int(marks[0]) if marks and marks[0].isdigit() else 0
        if not out or (number == 1 and highest > 1):
            out.append([])
            highest = 0
        highest = max(highest, number)
        out[-1].append(piece)
    return out
