"""Bylines, addresses and contacts in decided order, gathered into one group of people per language block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jatspack.article import Accounted
from jatspack.findings import Finding
from jatspack.recognize.decoder import Decision
from jatspack.recognize.front.languages import passage_language
from jatspack.recognize.language import script_of
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.affiliations import split_affiliations
from jatspack.recognize.people.byline import Person, parse_byline
from jatspack.recognize.people.contacts import Contact, find_contacts
from jatspack.recognize.people.groups import PeopleGroup, PlacedPerson, link
from jatspack.recognize.people.romanize import romanize
from jatspack.recognize.segments import take_label
from jatspack.recognize.units import AFFILIATION_BRACKET
from jatspack.richtext import EMPTY, Rich

WORD = re.compile(r"[^\W\d_]+")
LONGEST_JOINER = 3  # words
APART = frozenset({"abstract", "abstract-head", "keywords", "keywords-head", "text", "heading", "ref", "back"})


@dataclass(slots=True)
class _Raw:
    """What stands in one group before it is parsed: (unit, text, begins a paragraph)."""

    bylines: list[tuple[Decision, Rich]] = field(default_factory=list)
    addresses: list[tuple[int, Rich, bool]] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    loose: list[tuple[int, Rich]] = field(default_factory=list)  # contact lines with other words in them
    closed: bool = False


@dataclass(slots=True)
class Gathered:
    groups: list[PeopleGroup] = field(default_factory=list)
    loose: list[tuple[int, Rich]] = field(default_factory=list)
    accounted: list[Accounted] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def gather(decisions: Sequence[Decision], known: Sequence[str], lexicon: Lexicon) -> Gathered:
    """All people groups of the document, their links made."""
    out = Gathered()
    raws: list[_Raw] = []
    for decision in decisions:
        if decision.role in APART:
            if raws:
                raws[-1].closed = True
        elif decision.role in ("byline", "affiliation", "contact"):
            _place(raws, decision, out, lexicon)
    for raw in raws:
        out.groups.append(_parse(raw, known, lexicon, decisions, out))
        out.loose += raw.loose
    _adopt_orphans(out.groups)
    for group in out.groups:
        link(group)
    return out


def _place(raws: list[_Raw], decision: Decision, out: Gathered, lexicon: Lexicon) -> None:
    unit = decision.unit
    label, text, match = take_label(decision)
    if match is not None and decision.role != "contact" and label.plain:
        out.accounted.append(Accounted(unit.lines[0], label.plain, "label made an element"))
    if match is not None and decision.role == "contact":
        text = unit.text
    contacts, rest, labels, problems = find_contacts(unit.index, text, lexicon)
    out.findings += problems
    out.accounted += [Accounted(line, label_text, "label made an element") for line, label_text in labels]
    byline, address = (rest, EMPTY) if decision.role == "byline" else (EMPTY, EMPTY)
    if decision.role == "byline":
        byline, address = _cut_brackets(rest, lexicon)
    elif decision.role == "affiliation":
        address = rest
    if not raws or (decision.role == "byline" and _opens_group(raws[-1], decision)) or _far(raws[-1], decision):
        raws.append(_Raw())
    raw = raws[-1]
    if byline.plain:
        raw.bylines.append((decision, byline))
    if any(c.isalpha() for c in address.plain):
        raw.addresses.append((unit.index, address, unit.joined == "block"))
    if decision.role == "contact" and any(c.isalpha() for c in rest.plain):
        raw.loose.append((unit.index, rest))
    raw.contacts += contacts


def _opens_group(raw: _Raw, decision: Decision) -> bool:
    """A byline opens a new block if the one before is closed, in another script, or names the same people."""
    if not raw.bylines:
        return False
    if raw.closed:
        return True
    before = " ".join(text.plain for _, text in raw.bylines)
    here = decision.unit.text.plain
    if script_of(before) != script_of(here):
        return True
    ours = {romanize(w) for w in here.split() if len(romanize(w)) > 3}
    return bool(ours) and len(ours & {romanize(w) for w in before.split()}) >= max(1, len(ours) // 2)


def _far(raw: _Raw, decision: Decision) -> bool:
    """An address or contact in a later block, whose own group has not begun: only if the last has addresses."""
    return raw.closed and decision.role == "affiliation" and bool(raw.addresses)


def _cut_brackets(text: Rich, lexicon: Lexicon) -> tuple[Rich, Rich]:
    """``Names (1. Institute …; 2. …)`` in names and addresses."""
    for bracket in AFFILIATION_BRACKET.finditer(text.text):
        inside = text.text[bracket.start() :]
        if bracket.start() > 2 and (
            lexicon.pattern("institution").search(inside) or lexicon.pattern("department").search(inside)
        ):
            return text[: bracket.start()].strip(), text[bracket.start() :].strip("()（） ")
    return text, EMPTY


def _parse(
    raw: _Raw, known: Sequence[str], lexicon: Lexicon, decisions: Sequence[Decision], out: Gathered
) -> PeopleGroup:
    lang = _group_language(raw, known, decisions)
    group = PeopleGroup(lang, contacts=raw.contacts)
    for decision, text in raw.bylines:
        persons = parse_byline(text, lang, lexicon)
        group.persons += [PlacedPerson(person, decision.unit.index) for person in persons]
        _between_names(text, persons, decision, out)
    group.affiliations = split_affiliations(raw.addresses, lexicon)
    return group


def _between_names(text: Rich, persons: Sequence[Person], decision: Decision, out: Gathered) -> None:
    """Words of a byline that are in no name: ``and``, ``и``, ``және`` are accounted for, more is kept as a note."""
    at = 0
    for start, end in [*((p.start, p.end) for p in persons), (len(text), len(text))]:
        words = " ".join(WORD.findall(text.text[at:start]))
        if len(words.split()) > LONGEST_JOINER:
            out.loose.append((decision.unit.index, text[at:start].strip(" .,;")))
        elif words:
            out.accounted.append(Accounted(text.line_at(at), words, "stands between the names"))
        at = end


def _group_language(raw: _Raw, known: Sequence[str], decisions: Sequence[Decision]) -> str:
    """By the addresses; a list of names alone takes the language of the nearest title or abstract in its script."""
    addresses = " ".join(text.plain for _, text, _ in raw.addresses)
    if len(addresses) > 25:
        lang = passage_language(addresses, known)
        if lang != "und":
            return lang
    names = " ".join(text.plain for _, text in raw.bylines) or addresses
    script = script_of(names)
    here = raw.bylines[0][0].unit.index if raw.bylines else raw.addresses[0][0] if raw.addresses else 0
    best = ""
    distance = 1e6
    for decision in decisions:
        if decision.role in ("title", "abstract") and script_of(decision.unit.text.plain) == script:
            apart = abs(decision.unit.index - here) + (0.5 if decision.unit.index < here else 0)
            if apart < distance:
                lang = passage_language(decision.unit.text.plain, known, decision)
                if lang != "und":
                    best, distance = lang, apart
    return best or passage_language(names, known)


def _adopt_orphans(groups: list[PeopleGroup]) -> None:
    """Contacts or addresses without persons join the nearest group that names some."""
    named = [g for g in groups if g.persons]
    for group in list(groups):
        if group.persons or not named:
            continue
        home = min(named, key=lambda g: (g.lang != group.lang, bool(g.affiliations), groups.index(g)))
        home.contacts += group.contacts
        if not home.affiliations:
            home.affiliations += group.affiliations
            groups.remove(group)
        elif group.affiliations:
            group.contacts = []
        else:
            groups.remove(group)
