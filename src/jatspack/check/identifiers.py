"""Values of a JATS file that a grammar takes and that are wrong all the same: check digits, countries, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lxml import etree

from jatspack.check.fault import Fault, fault
from jatspack.checkdigits import isbn_valid, iso7064, issn_valid
from jatspack.jats.inline import XML
from jatspack.recognize.countries import country_codes
from jatspack.recognize.lexicon.load import FOLDER

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_ISSN = re.compile(r"\d{4}-\d{3}[\dX]")
_NOT_ISBN = re.compile(r"[^\dX]")


def check_identifiers(tree: etree._ElementTree) -> Iterator[Fault]:
    """ORCID iDs, ISSN and ISBN with a wrong check digit, codes of no country, tags of no language."""
    for element in tree.getroot().iter(etree.Element):
        lang = element.get(XML + "lang")
        if lang is not None and not _is_language(lang):
            yield fault("language-tag", element, lang=lang, tag=str(element.tag))
        test = _TESTS.get(str(element.tag))
        if test is not None:
            yield from test(element)


def _orcid(element: etree._Element) -> Iterator[Fault]:
    match = _ORCID.fullmatch((element.text or "").strip())
    if match and not iso7064(match[1].replace("-", "")):
        yield fault("identifier-wrong", element, kind="ORCID iD", value=match[1])


def _issn(element: etree._Element) -> Iterator[Fault]:
    """What stands in a reference is as it was printed: its mistake is not the file's."""
    value = (element.text or "").strip().upper()
    if _ISSN.fullmatch(value) and not issn_valid(value):
        parent = element.getparent()
        if parent is not None and parent.tag == "journal-meta":
            yield fault("identifier-wrong", element, kind="ISSN", value=value)
        else:
            yield fault("issn-checksum", element, issn=value)


def _isbn(element: etree._Element) -> Iterator[Fault]:
    value = (element.text or "").strip()
    digits = _NOT_ISBN.sub("", value.upper())
    if digits and not isbn_valid(digits):
        yield fault("isbn-checksum", element, isbn=value)


def _country(element: etree._Element) -> Iterator[Fault]:
    code = element.get("country")
    if code is not None and code not in country_codes():
        yield fault("country-unknown", element, country=code)


_TESTS = {"contrib-id": _orcid, "issn": _issn, "isbn": _isbn, "country": _country}


@cache
def _is_language(tag: str) -> bool:
    """Whether it is a tag of BCP 47 whose parts are registered. The registry is not opened for the usual ones."""
    if tag in _usual():
        return True
    import langcodes

    return "_" not in tag and langcodes.tag_is_valid(tag)


@cache
def _usual() -> frozenset[str]:
    return frozenset({"und", *(path.stem for path in FOLDER.glob("*.toml"))})
