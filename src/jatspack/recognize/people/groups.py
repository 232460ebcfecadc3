"""The people of one language block: persons, addresses and contacts, and who belongs to which.

Links are made from what is printed, in this order: the only address is everybody's; marks; an address
printed under its author. Without any of these the links are unknown and stay so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rapidfuzz import fuzz

from jatspack.recognize.people.affiliations import PrintedAffiliation
from jatspack.recognize.people.byline import STAR, Person
from jatspack.recognize.people.contacts import Contact
from jatspack.recognize.people.romanize import romanize


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
class PeopleGroup:
    """Everybody named in one language block."""

    lang: str
    persons: list[PlacedPerson] = field(default_factory=list)
    affiliations: list[PrintedAffiliation] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    undealt: list[Contact] = field(default_factory=list)
    linked: bool = True

    def units(self) -> set[int]:
        return {p.unit for p in self.persons} | {a.unit for a in self.affiliations} | {c.unit for c in self.contacts}


def link(group: PeopleGroup) -> None:
    """Fill in who belongs to which address, and deal out e-mails and ORCIDs."""
    _split_glued_marks(group)
    _link_affiliations(group)
    _mark_corresponding(group)
    for contact in group.contacts:
        person = _owner(contact, group)
        if person is None:
            group.undealt.append(contact)
        elif contact.kind == "email":
            person.emails.append(contact.value)
            person.corresponding = person.corresponding or contact.corresponding
        else:
            person.orcids.append(contact.value)


def _split_glued_marks(group: PeopleGroup) -> None:
    """``12`` is 1 and 2 where there is an address 1 and an address 2 but none 12."""
    known = {m for a in group.affiliations for m in a.marks}
    for placed in group.persons:
        marks: list[str] = []
        for mark in placed.person.marks:
            if mark.isdigit() and len(mark) > 1 and mark not in known and set(mark) <= known:
                marks += list(mark)
            else:
                marks.append(mark)
        placed.person.marks = list(dict.fromkeys(marks))


def _link_affiliations(group: PeopleGroup) -> None:
    by_mark: dict[str, list[int]] = {}
    for i, affiliation in enumerate(group.affiliations):
        for mark in affiliation.marks:
            by_mark.setdefault(mark, []).append(i)
    marked = [p for p in group.persons if any(m in by_mark for m in p.person.marks)]
    if marked:
        for placed in marked:
            placed.affiliations = [i for m in placed.person.marks for i in by_mark.get(m, [])]
            placed.rule = "marks"
        group.linked = len(marked) == len(group.persons)
    elif len(group.affiliations) == 1:
        for placed in group.persons:
            placed.affiliations, placed.rule = [0], "the only affiliation"
    elif group.affiliations and _under_each(group):
        for i, affiliation in enumerate(group.affiliations):
            before = [p for p in group.persons if p.unit <= affiliation.unit]
            last = max(p.unit for p in before)
            for placed in before:
                if placed.unit == last:
                    placed.affiliations.append(i)
                    placed.rule = "printed beneath the name"
    else:
        group.linked = not group.affiliations


def _under_each(group: PeopleGroup) -> bool:
    """Every person has a line alone, and an address between it and the next."""
    units = [p.unit for p in group.persons]
    if len(set(units)) < len(units) or len(units) < 2:
        return False
    places = [a.unit for a in group.affiliations]
    bounds = [*units[1:], max(places) + 1]
    return all(any(a <= place < b for place in places) for a, b in zip(units, bounds, strict=True))


def _mark_corresponding(group: PeopleGroup) -> None:
    """A star at the name means the corresponding author, unless most of the authors have one."""
    starred = [p for p in group.persons if any(m in STAR[:3] for m in p.person.marks)]
    if starred and (len(starred) < len(group.persons) or len(starred) == 1):
        for placed in starred:
            placed.corresponding = True


def _owner(contact: Contact, group: PeopleGroup) -> PlacedPerson | None:
    """Who an address belongs to; None where nothing tells for sure."""
    persons = group.persons
    if not persons:
        return None
    if len(persons) == 1:
        return persons[0]
    if contact.kind == "email":
        marked = [p for p in persons if contact.mark and contact.mark in p.person.marks]
        if len(marked) == 1:
            return marked[0]
        named = _by_name(contact.value, persons)
        if named is not None:
            return named
    near = _by_place(contact, group)
    if near is not None:
        return near
    if contact.corresponding:
        starred = [p for p in persons if p.corresponding]
        if len(starred) == 1:
            return starred[0]
    return _by_order(contact, group)


def _by_name(email: str, persons: list[PlacedPerson]) -> PlacedPerson | None:
    """The one person whose name is in the address."""
    local = "".join(c for c in email.partition("@")[0].casefold() if c.isalpha())
    scores = sorted(((_name_in(local, p), i) for i, p in enumerate(persons)), reverse=True)
    best, i = scores[0]
    if best >= 0.8 and (len(scores) == 1 or scores[1][0] < best - 0.15):
        return persons[i]
    return None


def _name_in(local: str, placed: PlacedPerson) -> float:
    name = placed.person.name
    parts = [romanize(p) for p in (*name.surname.split(), *name.given_names.replace(".", " ").split())]
    parts = [p for p in parts if len(p) >= 3]
    if not parts or not local:
        return 0.0
    score = 0.0
    for part in parts:
        weight = fuzz.partial_ratio(part, local) / 100 if len(local) >= len(part) else fuzz.ratio(part, local) / 100
        score = max(score, weight if len(part) >= 4 else weight * 0.8)
    whole = romanize(name.surname + name.given_names)
    return max(score, fuzz.ratio(whole, local) / 100)


def _by_place(contact: Contact, group: PeopleGroup) -> PlacedPerson | None:
    """The address printed before it has one author only, or it stands under a name that has a line alone."""
    before = [a for a in group.affiliations if a.unit <= contact.unit]
    last = before[-1] if before else None
    above = [p for p in group.persons if p.unit <= contact.unit]
    alone = [p for p in above if sum(q.unit == p.unit for q in group.persons) == 1]
    if alone and len({p.unit for p in group.persons}) > 1:
        return alone[-1]
    if last is not None and len(group.affiliations) > 1:
        index = group.affiliations.index(last)
        owners = [p for p in group.persons if index in p.affiliations]
        later = [a for a in group.affiliations if a.unit > contact.unit]
        others = [c for c in group.contacts if c.kind == contact.kind and _between(last.unit, c.unit, later)]
        if len(owners) == 1 and len(others) == 1 and (later or index == len(group.affiliations) - 1):
            return owners[0] if _interleaved(group, contact) else None
    return None


def _between(start: int, unit: int, later: list[PrintedAffiliation]) -> bool:
    return unit >= start and (not later or unit < later[0].unit)


def _interleaved(group: PeopleGroup, contact: Contact) -> bool:
    """Addresses and contacts alternate, so that a contact belongs to the address above it."""
    kinds = [c for c in group.contacts if c.kind == contact.kind]
    if len(kinds) == 1:
        return any(a.unit > contact.unit for a in group.affiliations)
    first = min(c.unit for c in kinds)
    return any(a.unit > first for a in group.affiliations)


def _by_order(contact: Contact, group: PeopleGroup) -> PlacedPerson | None:
    """As many addresses as persons: dealt out in order."""
    same = [c for c in group.contacts if c.kind == contact.kind]
    if len(same) == len(group.persons):
        return group.persons[same.index(contact)]
    return None
