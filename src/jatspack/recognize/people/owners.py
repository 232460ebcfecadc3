"""Addresses that begin with the name of the author whom they belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jatspack.article import Accounted
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.affiliations import Piece
from jatspack.recognize.people.byline import Person
from jatspack.recognize.people.groups import PlacedPerson
from jatspack.recognize.people.names import parse_name
from jatspack.recognize.people.romanize import romanize

HEAD = re.compile(r"\s*([^,:;()（），、：；\n\u2028]{4,70}?)\s*(?:[,:;，：；\n\u2028]|[–—-]\s|(?=[(（]))\s*")
WORD = re.compile(r"[^\W\d_]+")


def named_again(person: Person, persons: Sequence[PlacedPerson]) -> int:
    """Index of the one person of the same name; -1 where there is none, or more than one."""
    words = _words(person.name.surname, person.name.given_names)
    same = [n for n, p in enumerate(persons) if _words(p.person.name.surname, p.person.name.given_names) == words]
    return same[0] if len(same) == 1 and words else -1


AGAIN = "name printed again"  # why words of the source are not text of the XML


def own_address(piece: Piece, persons: Sequence[PlacedPerson], lang: str, lexicon: Lexicon) -> list[Accounted]:
    """Take the name off an address that begins with it, and say in the piece whose address it is."""
    head = HEAD.match(piece.text.text)
    if piece.owner >= 0 or head is None or not 2 <= len(WORD.findall(head[1])) <= 8:
        return []
    name = parse_name(head[1], lang, lexicon)
    words = _words(name.surname, name.given_names)
    same = [n for n, p in enumerate(persons) if _words(p.person.name.surname, p.person.name.given_names) == words]
    if len(same) != 1 or len(words) < 2:
        return []
    line = piece.text.line_at(head.start(1))
    piece.owner = same[0]
    piece.text = piece.text[head.end() :].strip()
    printed = head[1][len(name.prefix) :] if _keep_prefix(persons[same[0]].person, name.prefix) else head[1]
    return [Accounted(line, " ".join(printed.split()), AGAIN)]


def printed_again(again: Person, person: Person) -> str:
    """What of a name that is printed again is nothing new: all of it but a title that the person has from it."""
    taken = _keep_prefix(person, again.name.prefix) and again.printed.startswith(again.name.prefix)
    return again.printed[len(again.name.prefix) :].strip() if taken else again.printed


def _keep_prefix(person: Person, prefix: str) -> bool:
    """Give a person the title that only the repeated name has; whether it was taken."""
    if prefix and not person.name.prefix:
        person.name = replace(person.name, prefix=prefix)
        return True
    return False


def _words(*parts: str) -> tuple[str, ...]:
    return tuple(sorted(romanize(w) for part in parts for w in WORD.findall(part)))
