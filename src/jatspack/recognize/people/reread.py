"""Marks that one language's byline lost to an OCR engine, found again by the other language's byline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jatspack.article import MISREAD, Accounted
from jatspack.recognize.people.groups import PeopleGroup, PlacedPerson
from jatspack.recognize.people.romanize import romanize

LETTER_AT_END = re.compile(r"^(.{2,})([lI|])$")


def reread(groups: Sequence[PeopleGroup]) -> list[Accounted]:
    """Take the letter off a name that its twin in another script does not have, where the twin has the mark 1."""
    out = []
    for group in groups:
        for other in groups:
            if other is not group and other.lang != group.lang and len(other.persons) == len(group.persons):
                for placed, twin in zip(group.persons, other.persons, strict=True):
                    out += _reread(placed, twin)
    return out


def _reread(placed: PlacedPerson, twin: PlacedPerson) -> list[Accounted]:
    person = placed.person
    if person.marks and any(m.isalnum() for m in person.marks):
        return []
    if not any(m[:1] == "1" for m in twin.person.marks):
        return []
    last = person.printed.split()[-1]
    match = LETTER_AT_END.match(last)
    if not match or not _same(person.printed[:-1], twin.person.printed):
        return []
    name = person.name
    for part in ("surname", "given_names"):
        printed = getattr(name, part)
        if printed.endswith(last):
            person.name = replace(name, **{part: printed[: -len(match[2])]})
    person.marks = ["1", *person.marks]
    person.misread = f"{match[1]} {match[2]}"
    return [Accounted(person.line, person.misread, MISREAD)]


def _same(one: str, two: str) -> bool:
    """The same letters in whichever order surname and given names stand."""
    a, b = romanize(one), romanize(two)
    return bool(a) and len(a) == len(b) and any(a[i:] + a[:i] == b for i in range(len(a)))
