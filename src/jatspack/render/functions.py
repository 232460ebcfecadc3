"""What the XSLT asks Python: functions of the namespace ``urn:jatspack:render``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from jatspack.render import dates, names
from jatspack.render.links import doi_url, orcid_url, safe_href
from jatspack.render.words import autonym, direction, word

NAMESPACE = "urn:jatspack:render"
_TRAILING = " \t\n:.—–-|"


def _first(nodes: Any) -> Any:
    return nodes[0] if nodes else None


def _text(_: object, nodes: list[etree._Element]) -> str:
    return " ".join(text for text in map(names.plain, nodes) if text)


def _label(_: object, nodes: list[etree._Element]) -> str:
    """A printed label without what parts it from its text."""
    return " ".join(str(_first(nodes).xpath("string()")).split()).rstrip(_TRAILING) if nodes else ""


def _shorten(_: object, text: str, limit: float) -> str:
    """At most `limit` characters, cut between words."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: int(limit)]
    kept = cut.rpartition(" ")[0]
    return (kept if len(kept) > limit / 2 else cut).rstrip(_TRAILING + ",;(«“") + "…"


def _person(_: object, nodes: list[etree._Element], lang: str) -> str:
    return names.person(nodes[0], lang) if nodes else ""


def _name_lang(_: object, nodes: list[etree._Element], lang: str) -> str:
    name = names.name_element(nodes[0], lang) if nodes else None
    return name.get(names.XML_LANG, "") if name is not None else ""


def _byline(_: object, nodes: list[etree._Element], lang: str) -> str:
    return names.byline(nodes[0], lang) if nodes else ""


def _affiliation(_: object, nodes: list[etree._Element], lang: str) -> str:
    return names.affiliation(nodes[0], lang) if nodes else ""


def _listed(_: object, nodes: list[etree._Element]) -> str:
    return names.listed_name(nodes[0]) if nodes else ""


def _iso(_: object, nodes: list[etree._Element]) -> str:
    return dates.iso(nodes[0]) if nodes else ""


def _date(_: object, nodes: list[etree._Element], lang: str) -> str:
    return dates.written(nodes[0], lang) if nodes else ""


def _word(_: object, key: str, lang: str) -> str:
    """A word of the pages; for a kind of date or person without one, the kind as the JATS names it."""
    return word(key, lang) or key.partition("-")[2]


def _code(_: object, kind: str, lang: str, text: str) -> str:
    """How a classification code is announced, unless the printed text already begins so."""
    name = word(f"code-{kind}", lang) if kind else ""
    return "" if text.strip().casefold().startswith(name.casefold()) else name


FUNCTIONS: dict[str, Callable[..., str]] = {
    "affiliation": _affiliation,
    "autonym": lambda _, lang: autonym(lang),
    "byline": _byline,
    "capitals": lambda _, text: "capitals" if names.in_capitals(text) else "",
    "code": _code,
    "date": _date,
    "dir": lambda _, lang: direction(lang),
    "doi": lambda _, value: doi_url(value),
    "href": lambda _, address: safe_href(address),
    "iso": _iso,
    "label": _label,
    "listed": _listed,
    "name-lang": _name_lang,
    "orcid": lambda _, value: orcid_url(value),
    "person": _person,
    "shorten": _shorten,
    "text": _text,
    "word": _word,
}


def extensions() -> dict[tuple[str, str], Callable[..., str]]:
    """The functions as ``lxml.etree.XSLT(extensions=…)`` wants them."""
    return {(NAMESPACE, name): function for name, function in FUNCTIONS.items()}
