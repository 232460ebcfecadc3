"""E-mails and ORCIDs dealt to their persons, and who the corresponding author is.

An address that nothing ties to one person for sure is dealt to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rapidfuzz import fuzz

from jatspack.recognize.people.affiliations import PrintedAffiliation
from jatspack.recognize.people.contacts import Contact
from jatspack.recognize.people.groups import PeopleGroup, PlacedPerson, is_star, name_blocks
from jatspack.recognize.people.names import WORDLESS
from jatspack.recognize.people.romanize import romanize

WORD = re.compile(r"[^\W\d_]+")
INITIALS_ALONE = re.compile(r"(?<![^\W\d_])((?:[^\W\d_a-zа-я][.\s-]*){2,5})(?![^\W\d_])")
OTHERS_INITIALS = re.compile(r"^\s*[(（\[][^()（）\[\]]{1,60}[)）\]]")  # of the address before
SURE = 0.8  # likeness of a name and an address
CLEARLY = 0.15  # how far the next person must be behind
OWN = 0.82  # an address made of initials alone


def deal(group: PeopleGroup, labels: Collection[str] = frozenset()) -> None:
    """Give every contact its owner, and say who is the corresponding author; `labels` are the marks of addresses."""
    persons = group.persons
    starred = [p for p in persons if any(is_star(m) and m not in labels for m in p.person.marks)]
    if starred and (len(starred) < len(persons) or len(starred) == 1):
        for placed in starred:
            placed.corresponding = True
    for line in group.correspondence:
        for placed in _meant(line.text, line.marks, persons):
            placed.corresponding = True
    for contact in group.contacts:
        person = _owner(contact, group)
        if person is None:
            group.undealt.append(contact)
        elif contact.kind == "email":
            person.emails.append(contact.value)
            person.corresponding = person.corresponding or contact.corresponding or is_star(contact.mark)
        elif not person.orcids or contact.value in person.orcids:
            person.orcids.append(contact.value)
        else:
            group.undealt.append(contact)  # nobody has two


def _meant(text: str, marks: Sequence[str], persons: list[PlacedPerson]) -> list[PlacedPerson]:
    """Whom a line about the corresponding author means: those with its mark, else those it names."""
    marked = [p for p in persons if set(marks) & set(p.person.marks)]
    if marked and len(marked) < max(len(persons), 2):
        return marked
    named = [p for p in persons if _names(text, p)]
    return named if len(named) < max(len(persons), 2) else []


def named_in(text: str, persons: Sequence[PlacedPerson]) -> PlacedPerson | None:
    """The one person whose name, or else whose initials, stand in the text."""
    scores = sorted(((_names(text, p), i) for i, p in enumerate(persons)), reverse=True)
    if scores and scores[0][0] and (len(scores) == 1 or scores[1][0] < scores[0][0]):
        return persons[scores[0][1]]
    for found in INITIALS_ALONE.finditer(text):
        letters = "".join(WORD.findall(found[1])).casefold()
        fitting = [p for p in persons if letters in _initials(p)]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _names(text: str, placed: PlacedPerson) -> float:
    """2 if surname and given names stand in the text, 1 if the surname does, else 0."""
    name = placed.person.name
    if WORDLESS.search(name.surname):
        bare = re.sub(r"\s", "", text)
        return 2.0 if name.given_names and name.surname + name.given_names in bare else 0.0
    words = [romanize(w) for w in WORD.findall(text)]
    surname = [romanize(w) for w in WORD.findall(name.surname)]
    if not surname or not all(w in words for w in surname) or max(map(len, surname)) < 2:
        return 0.0
    given = [romanize(w) for w in WORD.findall(name.given_names)]
    return 2.0 if given and all(any(w.startswith(g[:1]) for w in words if g) for g in given) else 1.0


def _initials(placed: PlacedPerson) -> set[str]:
    """Initials in both orders: ``jrh`` and ``hjr``."""
    name = placed.person.name
    given = "".join(w[0] for w in WORD.findall(re.sub(r"(?<=[A-Z])(?=[A-Z])", " ", name.given_names)))
    surname = "".join(w[0] for w in WORD.findall(name.surname))
    return {(given + surname).casefold(), (surname + given).casefold()}


def _owner(contact: Contact, group: PeopleGroup) -> PlacedPerson | None:
    """Who an address belongs to; None where nothing tells for sure."""
    persons = group.persons
    if len(persons) == 1:
        return persons[0]
    if not persons:
        return None
    marked = [p for p in persons if contact.mark and contact.mark in p.person.marks]
    if len(marked) == 1:
        return marked[0]
    return (
        _after(contact, persons)
        or named_in(OTHERS_INITIALS.sub("", contact.before[-120:]), persons)
        or _in_byline(contact, persons)
        or (_by_name(contact.value, persons) if contact.kind == "email" else None)
        or _beside(contact, group)
        or _by_place(contact, group)
        or _by_correspondence(contact, persons)
        or _by_order(contact, group)
    )


def _after(contact: Contact, persons: list[PlacedPerson]) -> PlacedPerson | None:
    """``name@x.org (J.R.H.)``"""
    bracket = re.match(r"\s*[(（\[]([^()（）\[\]]{1,60})[)）\]]", contact.after)
    return named_in(bracket[1], persons) if bracket else None


def _in_byline(contact: Contact, persons: list[PlacedPerson]) -> PlacedPerson | None:
    """A contact among the names belongs to the name before it; to the one after it where the line begins so."""
    here = [p for p in persons if p.unit == contact.unit]
    if not here:
        return None
    before = [p for p in here if p.person.end <= contact.start]
    after = [p for p in here if p.person.start >= contact.end]
    if not before:
        return after[0] if len(here) == 1 or after else None
    if len(here) > 1 and not after and len(before) == len(here):
        between = contact.start - before[-1].person.end
        return before[-1] if between < 40 else None
    return before[-1]


def _by_correspondence(contact: Contact, persons: list[PlacedPerson]) -> PlacedPerson | None:
    if contact.kind != "email" or not (contact.corresponding or is_star(contact.mark)):
        return None
    meant = [p for p in persons if p.corresponding]
    return meant[0] if len(meant) == 1 else None


def _by_name(email: str, persons: list[PlacedPerson]) -> PlacedPerson | None:
    """The one person whose name is in the address."""
    local = "".join(c for c in email.partition("@")[0].casefold() if c.isalpha())
    scores = sorted(
        ((name_in(local, p.person.name.surname, p.person.name.given_names), i) for i, p in enumerate(persons)),
        reverse=True,
    )
    best, i = scores[0]
    if best >= SURE and (len(scores) == 1 or scores[1][0] < best - CLEARLY):
        return persons[i]
    return None


def name_in(local: str, surname: str, given_names: str) -> float:
    """How surely the letters of an e-mail address are made from a name, 0 to 1."""
    if not local:
        return 0.0
    family = [romanize(p) for p in WORD.findall(surname)]
    given = [romanize(p) for p in WORD.findall(given_names)]
    if WORDLESS.search(surname):
        family, given = [romanize(surname)], [romanize(c) for c in given_names if not c.isspace()]
        family_letters = "".join(romanize(c)[:1] for c in surname)
    else:
        family_letters = "".join(f[:1] for f in family)
    whole_family, whole_given = "".join(family), "".join(given)
    first = "".join(g[:1] for g in given)
    made = {whole_family + whole_given, whole_given + whole_family, first + whole_family, whole_family + first}
    made |= {first[:1] + whole_family, whole_family + first[:1], whole_given + family_letters}
    if len(local) >= 3 and local in made:
        return 1.0
    if len(local) >= 2 and local in {first + family_letters, family_letters + first}:
        return OWN
    score = 0.0
    for part in (*family, *given, whole_given):
        if len(part) < 3:
            continue
        weight = fuzz.partial_ratio(part, local) / 100 if len(local) >= len(part) else fuzz.ratio(part, local) / 100
        score = max(score, weight if len(part) >= 4 else weight * 0.8)
    return max(score, fuzz.ratio(whole_family + whole_given, local) / 100)


def _beside(contact: Contact, group: PeopleGroup) -> PlacedPerson | None:
    """An e-mail and an ORCID with no words between them, and no third beside them, are one person's."""
    here = sorted((c for c in group.contacts if c.unit == contact.unit), key=lambda c: c.start)
    runs: list[list[Contact]] = []
    for one in here:
        if runs and not WORD.search(one.before):
            runs[-1].append(one)
        else:
            runs.append([one])
    pair = next(run for run in runs if contact in run)
    if len(pair) != 2 or pair[0].kind == pair[1].kind or contact.kind == "email":
        return None
    return _owner(next(c for c in pair if c is not contact), group)


def _by_place(contact: Contact, group: PeopleGroup) -> PlacedPerson | None:
    """It stands under a name that has a line alone, or with an address that has one author only."""
    persons = group.persons
    blocks = name_blocks(group)
    above = [b for b in blocks if b[0].unit <= contact.unit]
    if above and len(blocks) > 1 and len(above[-1]) == 1:
        return above[-1][0]
    before = [a for a in group.affiliations if a.unit <= contact.unit]
    if not before or len(group.affiliations) < 2 or sum(a.unit == contact.unit for a in before) > 1:
        return None  # which of the addresses in one paragraph it stands beside is not known here
    index = group.affiliations.index(before[-1])
    owners = [p for p in persons if index in p.affiliations]
    later = [a for a in group.affiliations if a.unit > contact.unit]
    same = [c for c in group.contacts if c.kind == contact.kind]
    others = [c for c in same if _between(before[-1].unit, c.unit, later)]
    if len(owners) == 1 and len(others) == 1 and (before[-1].unit == contact.unit or _interleaved(group, contact)):
        return owners[0]
    if len(owners) == len(others) and before[-1].unit == contact.unit and len(owners) > 1:
        return owners[others.index(contact)]
    return None


def _between(start: int, unit: int, later: list[PrintedAffiliation]) -> bool:
    return unit >= start and (not later or unit < later[0].unit)


def _interleaved(group: PeopleGroup, contact: Contact) -> bool:
    """Addresses and contacts alternate, so that a contact belongs to the address above it."""
    kinds = [c for c in group.contacts if c.kind == contact.kind]
    first = contact.unit if len(kinds) == 1 else min(c.unit for c in kinds)
    return any(a.unit > first for a in group.affiliations)


def _by_order(contact: Contact, group: PeopleGroup) -> PlacedPerson | None:
    """As many addresses as persons: dealt out in order."""
    same = [c for c in group.contacts if c.kind == contact.kind]
    if len({c.value for c in same}) == len(same) == len(group.persons):
        return group.persons[same.index(contact)]
    return None
