"""The people of one language block: persons, addresses and contacts, and who belongs to which.

Links are made from what is printed, in this order: the only address is everybody's; marks; an address
printed under its author. Without any of these the links are unknown and stay so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jatspack.recognize.people.affiliations import PrintedAffiliation
from jatspack.recognize.people.byline import Person
from jatspack.recognize.people.contacts import Contact
from jatspack.recognize.people.marks import STARS

READ_AS_ONE = frozenset("lI|iı")  # letters that an OCR engine gives for a raised 1


@dataclass(slots=True)
class PlacedPerson:
    """A person, the unit that names them, and what was dealt to them."""

    person: Person
    unit: int
    affiliations: list[int] = field(default_factory=list)  # indices into PeopleGroup.affiliations
    emails: list[str] = field(default_factory=list)
    orcids: list[str] = field(default_factory=list)
    corresponding: bool = False
    rule: str = ""


@dataclass(slots=True)
class Correspondence:
    """A line that says who the corresponding author is, by mark or by name."""

    text: str
    marks: list[str]


@dataclass(slots=True)
class PeopleGroup:
    """Everybody named in one language block."""

    lang: str
    persons: list[PlacedPerson] = field(default_factory=list)
    affiliations: list[PrintedAffiliation] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    correspondence: list[Correspondence] = field(default_factory=list)
    undealt: list[Contact] = field(default_factory=list)
    repeated: list[PrintedAffiliation] = field(default_factory=list)  # printed again under another author
    linked: bool = True

    def units(self) -> set[int]:
        return {p.unit for p in self.persons} | {a.unit for a in self.affiliations} | {c.unit for c in self.contacts}


def link_affiliations(group: PeopleGroup) -> None:
    """Fill in who belongs to which address."""
    _read_marks(group)
    by_mark: dict[str, list[int]] = {}
    for i, affiliation in enumerate(group.affiliations):
        for mark in affiliation.marks:
            by_mark.setdefault(mark, []).append(i)
    marked = [p for p in group.persons if any(m in by_mark for m in p.person.marks)]
    numbers = {m for p in group.persons for m in p.person.marks if m.isalnum()}
    owned = [a for a in group.affiliations if a.owner >= 0]
    if owned and len(owned) == len(group.affiliations):
        for i, affiliation in enumerate(group.affiliations):
            placed = group.persons[affiliation.owner]
            placed.affiliations.append(i)
            placed.rule = "begins with the name"
        group.linked = all(p.affiliations for p in group.persons)
    elif marked:
        for placed in marked:
            placed.affiliations = [i for m in placed.person.marks for i in by_mark.get(m, [])]
            placed.rule = "marks"
        group.linked = len(marked) == len(group.persons)
    elif len(group.affiliations) == 1 and len(numbers) < 2:
        for placed in group.persons:
            placed.affiliations, placed.rule = [0], "the only affiliation"
    elif group.affiliations and group.persons and not _by_nearness(group):
        group.linked = False
    _merge_equal(group)


def _read_marks(group: PeopleGroup) -> None:
    """``12`` is 1 and 2 where there is an address 1 and an address 2 but none 12; a letter l may be a 1."""
    known = {m for a in group.affiliations for m in a.marks}
    for placed in group.persons:
        marks: list[str] = []
        for mark in placed.person.marks:
            if mark in READ_AS_ONE and mark not in known and "1" in known:
                marks.append("1")
            elif mark.isalnum() and len(mark) > 1 and mark not in known and set(mark) <= known:
                marks += list(mark)
            else:
                marks.append(mark)
        placed.person.marks = list(dict.fromkeys(marks))


def name_blocks(group: PeopleGroup) -> list[list[PlacedPerson]]:
    """Persons that nothing but other persons stands between."""
    others = {a.unit for a in group.affiliations} | {c.unit for c in group.contacts}
    blocks: list[list[PlacedPerson]] = []
    for placed in group.persons:
        last = blocks[-1][-1].unit if blocks else -1
        if blocks and not any(last <= u < placed.unit for u in others):
            blocks[-1].append(placed)
        else:
            blocks.append([placed])
    return blocks


def _by_nearness(group: PeopleGroup) -> bool:
    """Names and addresses alternate: each address belongs to the names right above it. False if they don't."""
    blocks: list[tuple[list[PlacedPerson], list[int]]] = []
    starts = [block[0].unit for block in name_blocks(group)]
    for block, stop in zip(name_blocks(group), [*starts[1:], max(a.unit for a in group.affiliations) + 1], strict=True):
        below = [i for i, a in enumerate(group.affiliations) if block[0].unit <= a.unit < stop]
        if blocks and not blocks[-1][1]:
            blocks[-1][0].extend(block)
            blocks[-1][1].extend(below)
        else:
            blocks.append((list(block), below))
    first = min(a.unit for a in group.affiliations)
    if len(blocks) < 2 or not all(below for _, below in blocks) or first < starts[0]:
        return False
    for persons, below in blocks:
        for placed in persons:
            placed.affiliations, placed.rule = list(below), "printed beneath the name"
    return True


def _merge_equal(group: PeopleGroup) -> None:
    """An unmarked address that is printed again under another author is one address."""
    kept: list[PrintedAffiliation] = []
    place: dict[int, int] = {}
    seen: dict[str, int] = {}
    for i, affiliation in enumerate(group.affiliations):
        key = re.sub(r"[\W_]+", "", affiliation.text.text).casefold()
        if not affiliation.marks and key in seen:
            place[i] = seen[key]
            group.repeated.append(affiliation)
            continue
        place[i] = len(kept)
        if not affiliation.marks:
            seen[key] = len(kept)
        kept.append(affiliation)
    for placed in group.persons:
        placed.affiliations = list(dict.fromkeys(place[i] for i in placed.affiliations))
    group.affiliations[:] = kept


def is_star(mark: str) -> bool:
    """A mark that means the corresponding author wherever nothing says otherwise."""
    return bool(mark) and mark in STARS
