"""Roles that article.toml gives to stretches of the source: evidence that outweighs all other."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jatspack.config.article import Role
from jatspack.read.document import Lines
from jatspack.recognize.corrections.anchors import ENOUGH, LIKE, Found, Place, nearest
from jatspack.recognize.corrections.ledger import Ledger
from jatspack.recognize.decoder import CERTAIN, Evidence
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.units import Unit, find_labels, flat_text
from jatspack.wording import letters

CUT = frozenset({"paragraph", "heading"})  # kinds of unit that a role may hold a part of


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters and digits of all units in one string, and where each of them stands."""

    text: str
    units: list[int]
    offsets: list[int]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From a character of one unit to the end of a character of another."""

    first: int
    start: int
    last: int
    end: int


def assign_roles(units: list[Unit], roles: Sequence[Role], ledger: Ledger) -> tuple[list[Unit], list[list[Evidence]]]:
    """The units, cut where a role begins or ends, and for each the evidence that it must obey."""
    if not roles:
        return units, [[] for _ in units]
    spelt = _spell(units)
    stretches: list[tuple[_Stretch, int]] = []
    for n, role in enumerate(roles):
        place = ledger.one(_find(role, units, spelt), role.find, "roles", n)
        if place is not None:
            stretches.append((_stretch(role, place, units, spelt), n))
    cuts: dict[int, set[int]] = {}
    for stretch, _ in stretches:
        cuts.setdefault(stretch.first, set()).add(stretch.start)
        cuts.setdefault(stretch.last, set()).add(stretch.end)
    out: list[Unit] = []
    forced: list[list[Evidence]] = []
    for i, unit in enumerate(units):
        for start, piece in _pieces(unit, cuts.get(i, set()), ledger.lexicon):
            held = [n for s, n in stretches if (s.first, s.start) <= (i, start) < (s.last, s.end)]
            if held and piece.kind == "table" and piece.source is not None:
                piece.text = flat_text(piece.source)  # wherever it goes now, its cells must not run into one
            out.append(piece)
            forced.append([Evidence(roles[n].role, CERTAIN, ledger.rule("roles", n)) for n in held[-1:]])
    for i, unit in enumerate(out):
        unit.index = i
    return out, forced


def _spell(units: Sequence[Unit]) -> _Letters:
    text: list[str] = []
    where: list[int] = []
    offsets: list[int] = []
    for i, unit in enumerate(units):
        for at, char in enumerate(unit.text.text):
            for plain in unicodedata.normalize("NFKC", char).casefold():
                if plain.isalnum():
                    text.append(plain)
                    where.append(i)
                    offsets.append(at)
    return _Letters("".join(text), where, offsets)


def _find(role: Role, units: Sequence[Unit], spelt: _Letters) -> Found[int]:
    """Indexes into the letters where `find` stands: at the start of a unit or line, else anywhere, else nearly so."""
    wanted = letters(role.find)
    if not wanted:
        return Found(None)
    at = _all(wanted, spelt.text)
    begins = [n for n in at if _begins(n, units, spelt)]
    found = begins or at
    if not found and len(wanted) >= ENOUGH:
        from rapidfuzz import fuzz

        starts = [n for n in range(len(spelt.text)) if _begins(n, units, spelt)]
        found = [n for n in starts if fuzz.ratio(wanted, spelt.text[n : n + len(wanted)]) >= LIKE]
    return nearest([Place(n, _lines(n, units, spelt)) for n in found], role.lines)


def _all(wanted: str, text: str) -> list[int]:
    out, at = [], text.find(wanted)
    while at >= 0:
        out.append(at)
        at = text.find(wanted, at + 1)
    return out


def _begins(n: int, units: Sequence[Unit], spelt: _Letters) -> bool:
    """Whether this letter is the first of its unit or of a source line."""
    if n == 0 or spelt.units[n - 1] != spelt.units[n]:
        return True
    return _lines(n - 1, units, spelt) != _lines(n, units, spelt) and spelt.offsets[n - 1] != spelt.offsets[n]


def _lines(n: int, units: Sequence[Unit], spelt: _Letters) -> Lines:
    unit = units[spelt.units[n]]
    line = unit.text.line_at(spelt.offsets[n]) or unit.lines[0]
    return (line, line)


def _stretch(role: Role, begin: int, units: Sequence[Unit], spelt: _Letters) -> _Stretch:
    """To the last of its words; else to the last of its lines; else to the end of the unit."""
    first = spelt.units[begin]
    start = spelt.offsets[begin]
    if units[first].kind not in CUT or not letters(units[first].text.text[:start]):
        start = 0
    stop = _stop(role, begin, units, spelt)
    last = spelt.units[stop]
    text = units[last].text.text
    end_at = spelt.offsets[stop] + 1
    while end_at < len(text) and not (text[end_at].isspace() or text[end_at].isalnum()):
        end_at += 1  # the full stop or bracket behind the last word
    if units[last].kind not in CUT or not letters(text[end_at:]):
        end_at = len(text)
    return _Stretch(first, start, last, end_at)


def _stop(role: Role, begin: int, units: Sequence[Unit], spelt: _Letters) -> int:
    """The index of the last letter of a stretch."""
    if role.to and (end := spelt.text.find(letters(role.to), begin)) >= 0:
        return end + max(len(letters(role.to)), 1) - 1
    low, _, high = role.lines.partition("-")
    last_line = _lines(begin, units, spelt)[0] + max(int(high) - int(low), 0) if high else 0
    stop = begin
    while stop + 1 < len(spelt.text):
        same = spelt.units[stop + 1] == spelt.units[begin]
        if not (_lines(stop + 1, units, spelt)[0] <= last_line if high else same):
            break
        stop += 1
    return stop


def _pieces(unit: Unit, cuts: set[int], lexicon: Lexicon) -> list[tuple[int, Unit]]:
    """The unit, or its parts; a list item, table or quotation is one thing."""
    inner = sorted(c for c in cuts if 0 < c < len(unit.text)) if unit.kind in CUT else []
    if not inner:
        return [(0, unit)]
    out = []
    for start, end in zip([0, *inner], [*inner, len(unit.text)], strict=True):
        text = unit.text[start:end].strip()
        if not text.plain:
            continue
        joined = unit.joined if not start else "line" if _new_line(unit, start) else "label"
        piece = replace(unit, text=text, joined=joined, labels=[], whole_labels=[], source=None)
        find_labels(piece, lexicon)
        out.append((start, piece))
    return out


def _new_line(unit: Unit, start: int) -> bool:
    return unit.text.line_at(start) != unit.text.line_at(start - 1)
