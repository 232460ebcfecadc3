"""Contributors of a JATS tree: their names, affiliations, e-mails and ORCID iDs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from lxml import etree

from jatspack.jats.identifiers import orcid_address, ror_address
from jatspack.jats.read_text import lang_of, line
from jatspack.jats.record import Address, Name, Person, first_of_each

_NAMES = ("name", "string-name", "collab", "anonymous", "on-behalf-of")
_STYLES = ("western", "eastern", "islensk", "given-only")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DEPARTMENTS = ("dept", "department", "orgdiv1", "orgdiv2", "orgdiv3", "division")
_EMAIL = re.compile(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+\.[^\s@<>(),;:\".]+")


def people(meta: etree._Element, lang: str) -> Iterator[Person]:
    """All contributors of article-meta in their order; those without a name are left out."""
    homes = {e.get("id"): e for e in meta.iter("aff", "aff-alternatives") if e.get("id")}
    corresponding = {e.get("id"): e for e in meta.iterfind("author-notes/corresp")}
    for group in meta.iterfind("contrib-group"):
        everybody = [e for e in group if e.tag in ("aff", "aff-alternatives") and not e.get("id")]
        for contrib in group.iterfind("contrib"):
            names = sorted((n for e in _candidates(contrib) if (n := name(e)).full), key=lambda n: n.lang != lang)
            if names:
                affs = [homes[i] for i in _targets(contrib, "aff") if i in homes]
                affs = affs or [e for e in contrib if e.tag in ("aff", "aff-alternatives")] or everybody
                notes = [corresponding[i] for i in _targets(contrib, "corresp") if i in corresponding]
                orcid = next(_orcids(contrib), ("", False))
                yield Person(
                    first_of_each(names, lambda n: n.lang),
                    contrib.get("contrib-type") or "author",
                    *orcid,
                    tuple(dict.fromkeys(_emails(contrib))),
                    tuple(a for a in (_addresses(aff, lang) for aff in affs) if a),
                    contrib.get("corresp") == "yes" or bool(notes),
                )


def name(element: etree._Element) -> Name:
    """One name of a contributor, or of somebody in a reference."""
    language = lang_of(element)
    if element.tag not in ("name", "string-name"):
        own = element.find("institution")
        whole = own if own is not None and element.tag == "collab" and not (element.text or "").strip() else element
        return Name(language, _without_members(whole), body=element.tag != "anonymous")
    part = {tag: _part(element, tag) for tag in ("prefix", "given-names", "surname", "suffix")}
    style = element.get("name-style", "western")
    style = style if style in _STYLES else "western"
    surname, given = part["surname"], part["given-names"]
    if style == "given-only" and surname and not given:
        surname, given = "", surname
    if not (surname or given):
        return Name(language, line(element), style=style)
    core = [text for text in ((surname, given) if style == "eastern" else (given, surname)) if text]
    joined = ("" if all(_WIDE.search(text) for text in core) else " ").join(core)
    full = " ".join(text for text in (part["prefix"], joined, part["suffix"]) if text)
    return Name(language, full, surname, given, part["suffix"], style)


def _part(element: etree._Element, tag: str) -> str:
    found = element.find(tag)
    return line(found) if found is not None else ""


def _candidates(contrib: etree._Element) -> list[etree._Element]:
    """The names of a contributor: of a person or a body, one for each language."""
    for path in ("name-alternatives", "collab-alternatives"):
        home = contrib.find(path)
        if home is not None:
            return [e for e in home if e.tag in _NAMES]
    return [e for e in contrib if e.tag in _NAMES]


def _without_members(collab: etree._Element) -> str:
    """The name of a group, without the people that are listed in it."""
    pieces = [collab.text or ""]
    for child in collab:
        if isinstance(child.tag, str) and child.tag not in ("contrib-group", "fn", "xref", "aff", "email"):
            pieces.append(line(child))
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())


def _targets(contrib: etree._Element, kind: str) -> list[str]:
    marks = (x.get("rid", "") for x in contrib.iterfind("xref") if x.get("ref-type") == kind)
    return list(dict.fromkeys(i for rid in marks for i in rid.split()))


def _orcids(contrib: etree._Element) -> Iterator[tuple[str, bool]]:
    for element in contrib.iterfind("contrib-id"):
        if element.get("contrib-id-type") == "orcid" and (address := orcid_address(line(element))):
            yield address, element.get("authenticated") == "true"


def _emails(contrib: etree._Element) -> Iterator[str]:
    for element in (*contrib.iterfind("email"), *contrib.iterfind("address/email")):
        if _EMAIL.fullmatch(text := line(element)):
            yield text


# --- affiliations -----------------------------------------------------------


def _addresses(home: etree._Element, lang: str) -> tuple[Address, ...]:
    affs = home.findall("aff") if home.tag == "aff-alternatives" else [home]
    rows = sorted((a for aff in affs if (a := address(aff)).text), key=lambda a: a.lang != lang)
    return first_of_each(rows, lambda row: row.lang)


def address(aff: etree._Element) -> Address:
    """One affiliation in one language."""
    of = partial(_all, aff)
    departments, institutions = list[str](), list[str]()
    for element in aff.iter("institution"):
        kind = element.get("content-type", "").lower()
        (departments if kind in _DEPARTMENTS else institutions).append(line(element))
    country = next(aff.iter("country"), None)
    cities: Any = aff.xpath("descendant::named-content[@content-type='city']")
    code = country.get("country", "").upper() if country is not None else ""
    return Address(
        lang_of(aff),
        _whole(aff),
        tuple(i for i in institutions if i),
        tuple(d for d in departments if d),
        next(iter(of("city")), "") or next((line(c) for c in cities), ""),
        next(iter(of("country")), ""),
        code if re.fullmatch("[A-Z]{2}", code) else "",
        next(filter(None, map(ror_address, of("institution-id"))), ""),
    )


def _all(aff: etree._Element, tag: str) -> list[str]:
    return [text for element in aff.iter(tag) if (text := line(element))]


def _whole(aff: etree._Element) -> str:
    """As printed; parts that nothing stands between are parted by commas. Identifiers and e-mails are no part of it."""
    kept = [e for e in aff if isinstance(e.tag, str) and e.tag not in ("label", "email", "institution-id", "ext-link")]
    glued = not any((t or "").strip() for t in (aff.text, *(e.tail for e in aff)))
    if glued:
        return ", ".join(text for e in kept if (text := _institution(e)))
    pieces = [aff.text or ""]
    for child in aff:
        if child in kept:
            pieces.append(" " if child.tag == "break" else _institution(child))
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split()).strip(" ,;")


def _institution(element: etree._Element) -> str:
    if element.tag == "institution-wrap":
        return ", ".join(line(e) for e in element.iterfind("institution"))
    return line(element)
