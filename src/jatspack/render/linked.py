"""The article as JSON-LD: schema.org's ScholarlyArticle in its volume, issue and periodical."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from jatspack.render.record import Person, Record, Tagged

_DOI = "https://registry.identifiers.org/registry/doi"
_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_ld(record: Record) -> str:
    """The JSON-LD, safe inside of a ``script`` element; "" for an article without title."""
    if not record.titles:
        return ""
    first, *others = record.titles
    bare = record.doi.removeprefix("https://doi.org/")
    article = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": record.doi,
        "headline": first.text,
        "name": [_value(row) for row in record.titles] if others else first.text,
        "inLanguage": record.lang,
        "author": [_person(person) for person in record.authors],
        "abstract": _values(record.abstracts),
        "keywords": _values(record.keywords),
        "datePublished": record.date,
        "pagination": record.pages or record.article_number,
        "pageStart": record.first_page,
        "pageEnd": record.last_page,
        "isPartOf": _periodical(record),
        "publisher": {"@type": "Organization", "name": record.publisher} if record.publisher else None,
        "identifier": {"@type": "PropertyValue", "propertyID": _DOI, "value": bare, "url": record.doi}
        if bare
        else None,
        "sameAs": record.doi,
        "url": record.url,
        "license": record.licence,
        "copyrightYear": record.copyright_year,
        "copyrightHolder": record.copyright_holder,
        "funding": [_grant(award.funder, award.number) for award in record.awards],
        "citation": [{"@type": "CreativeWork", "@id": doi} for doi in dict.fromkeys(record.cited)],
    }
    return json.dumps(_without_gaps(article), ensure_ascii=False, separators=(",", ":")).translate(_MARKUP)


def _value(row: Tagged) -> Any:
    return {"@value": row.text, "@language": row.lang} if row.lang else row.text


def _values(rows: Sequence[Tagged]) -> list[Any]:
    return [_value(row) for row in rows]


def _person(person: Person) -> dict[str, Any]:
    first, *others = person.names
    homes = [{"@type": "Organization", "name": _one_or_all(rows)} for rows in person.affiliations if rows]
    return {
        "@type": "Organization" if first.body else "Person",
        "@id": person.orcid,
        "name": first.full,
        "givenName": first.given,
        "familyName": first.family,
        "alternateName": [_value(Tagged(name.lang, name.full)) for name in others],
        "affiliation": homes,
    }


def _one_or_all(rows: Sequence[Tagged]) -> Any:
    return rows[0].text if len(rows) == 1 else _values(rows)


def _periodical(record: Record) -> dict[str, Any] | None:
    """The issue in the volume in the periodical, as far as each is known."""
    if not record.journals:
        return None
    first, *others = record.journals
    inner: dict[str, Any] = {
        "@type": "Periodical",
        "name": first.text,
        "alternateName": [*_values(others), *([record.abbreviated] if record.abbreviated else [])],
        "issn": list(record.issns),
    }
    if record.volume:
        inner = {"@type": "PublicationVolume", "volumeNumber": record.volume, "isPartOf": inner}
    if record.issue:
        inner = {"@type": "PublicationIssue", "issueNumber": record.issue, "isPartOf": inner}
    return inner


def _grant(funder: str, number: str) -> dict[str, Any]:
    return {
        "@type": "Grant",
        "identifier": number,
        "funder": {"@type": "Organization", "name": funder} if funder else None,
    }


def _without_gaps(value: Any) -> Any:
    """What is not known is not named."""
    if isinstance(value, dict):
        cleaned = {key: _without_gaps(inner) for key, inner in value.items()}
        return {key: inner for key, inner in cleaned.items() if inner not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_gaps(inner) for inner in value]
    return value
