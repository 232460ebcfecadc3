"""Crossref's contributors: names in all languages, affiliations, ORCID iDs."""

from __future__ import annotations

from lxml import etree

from jatspack.deposit import languages
from jatspack.deposit.job import Account
from jatspack.deposit.xml import add, leaf
from jatspack.jats.record import Address, Name, Person, Record

_ROLES = {"author": "author", "editor": "editor", "translator": "translator", "reviewer": "reviewer"}
_LONGEST_NAME, _LONGEST_BODY = 200, 511


def contributors(article: etree._Element, record: Record, account: Account) -> None:
    """Everybody; the authors first. A role that Crossref has no word for is left out with its person."""
    home = etree.Element("contributors")
    people = sorted((p for p in record.people if p.role in _ROLES), key=lambda p: p.role != "author")
    for person in people:
        sequence = "additional" if len(home) else "first"
        attributes = {"contributor__role": _ROLES[person.role], "sequence": sequence}
        first = person.names[0]
        attributes["language"] = languages.crossref(first.lang)
        if first.body:
            if account.fit("name of a group", first.full, _LONGEST_BODY):
                home = _home(article, home)
                add(home, "organization", first.full, **attributes)
        elif account.fit("name", _surname(first), _LONGEST_NAME) and account.fit("name", first.given, _LONGEST_NAME, 0):
            home = _home(article, home)
            _person(home, person, attributes, account)
    for person in record.people:
        if person.role not in _ROLES:
            account.left_out(
                f"the {person.role} {person.names[0].full!r}", "it has no such role", "nothing need be done"
            )


def _home(article: etree._Element, home: etree._Element) -> etree._Element:
    return home if home.getparent() is article else add(article, "contributors")


def _surname(name: Name) -> str:
    """A name that is not taken apart, or that has one part, is a surname here."""
    return name.surname or name.given or name.full


def _person(home: etree._Element, person: Person, attributes: dict[str, str], account: Account) -> None:
    name = person.names[0]
    element = add(home, "person_name", **attributes, name_style=name.style)
    if name.surname:
        leaf(element, "given_name", name.given)
    add(element, "surname", _surname(name))
    leaf(element, "suffix", account.fit("suffix", name.suffix, 10))
    if homes := [a[0] for a in person.affiliations if _institution_name(a[0], account)]:
        affiliations = add(element, "affiliations")
        for address in homes:
            _institution(affiliations, address, account)
    if person.orcid:
        add(element, "ORCID", person.orcid, authenticated="true" if person.orcid_authenticated else "false")
    others = [n for n in person.names[1:] if len(n.surname) <= _LONGEST_NAME and len(n.given) <= _LONGEST_NAME]
    if others:
        alternatives = add(element, "alt-name")
        for other in others:
            _alternative(alternatives, other)


def _alternative(home: etree._Element, name: Name) -> None:
    """Another script or language of the same name."""
    lang = languages.crossref(name.lang)
    if not (name.surname or name.given):
        add(home, "string-name", name.full, language=lang, name_style=name.style)
        return
    element = add(home, "name", language=lang, name_style=name.style)
    leaf(element, "surname", name.surname)
    leaf(element, "given_name", name.given)
    if len(name.suffix) <= 10:
        leaf(element, "suffix", name.suffix)


def _institution_name(address: Address, account: Account) -> str:
    name = ", ".join(address.institutions) or address.text
    return account.fit("name of an institution", name, 1024)


def _institution(home: etree._Element, address: Address, account: Account) -> None:
    element = add(home, "institution")
    add(element, "institution_name", ", ".join(address.institutions) or address.text)
    leaf(element, "institution_id", address.ror, type="ror")
    if address.institutions:  # otherwise they stand in the name already
        place = ", ".join(text for text in (address.city, address.country) if text)
        leaf(element, "institution_place", account.fit("place", place, 255, 2))
        for department in address.departments[:6]:
            leaf(element, "institution_department", account.fit("department", department, 255, 2))
