"""The article as JSON-LD: schema.org's ScholarlyArticle in its volume, issue and periodical."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from jatspack.jats.identifiers import doi_address
from jatspack.jats.record import Abstract, Address, Person, Record, Text

_DOI = "https://registry.identifiers.org/registry/doi"
_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_ld(record: Record) -> str:
    """The JSON-LD, safe inside of a ``script`` element; "" for an article without title."""
    if not record.titles:
        return ""
    first, *others = record.titles
    bare, doi = record.doi, doi_address(record.doi)
    article = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": doi,
        "headline": first.plain,
        "name": _values(record.titles) if others else first.plain,
        "inLanguage": record.lang,
        "author": [_person(person) for person in record.authors],
        "abstract": _values(record.summaries),
        "keywords": _values(record.keywords),
        "datePublished": record.date,
        "pagination": record.pages or record.article_number,
        "pageStart": record.first_page,
        "pageEnd": record.last_page,
        "isPartOf": _periodical(record),
        "publisher": {"@type": "Organization", "name": record.journal.publisher} if record.journal.publisher else None,
        "identifier": {"@type": "PropertyValue", "propertyID": _DOI, "value": bare, "url": doi} if bare else None,
        "sameAs": doi,
        "url": record.url,
        "license": record.licence.url,
        "copyrightYear": record.licence.year,
        "copyrightHolder": record.licence.holder,
        "funding": [_grant(award.funder, award.number) for award in record.awards],
        "citation": [{"@type": "CreativeWork", "@id": doi_address(work)} for work in dict.fromkeys(_dois(record))],
    }
    return json.dumps(_without_gaps(article), ensure_ascii=False, separators=(",", ":")).translate(_MARKUP)


def _dois(record: Record) -> list[str]:
    return [work.parts["doi"] for work in record.cited if work.parts.get("doi")]


def _value(text: str, lang: str) -> Any:
    return {"@value": text, "@language": lang} if lang else text


def _values(rows: Sequence[Text | Abstract]) -> list[Any]:
    return [_value(" ".join(row.plain.split()), row.lang) for row in rows]


def _person(person: Person) -> dict[str, Any]:
    first, *others = person.names
    homes = [{"@type": "Organization", "name": _one_or_all(rows)} for rows in person.affiliations if rows]
    return {
        "@type": "Organization" if first.body else "Person",
        "@id": person.orcid,
        "name": first.full,
        "givenName": first.given,
        "familyName": first.surname,
        "alternateName": [_value(name.full, name.lang) for name in others],
        "affiliation": homes,
    }


def _one_or_all(rows: Sequence[Address]) -> Any:
    return rows[0].text if len(rows) == 1 else [_value(row.text, row.lang) for row in rows]


def _periodical(record: Record) -> dict[str, Any] | None:
    """The issue in the volume in the periodical, as far as each is known."""
    if not record.journal.titles:
        return None
    first, *others = record.journal.titles
    inner: dict[str, Any] = {
        "@type": "Periodical",
        "name": first.plain,
        "alternateName": [*_values(others), *([record.journal.abbreviated] if record.journal.abbreviated else [])],
        "issn": list(record.journal.issns),
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
