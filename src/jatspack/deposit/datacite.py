"""DataCite metadata, schema 4.5, as JSON and XML.

The package datacite holds the official JSON Schema and writes the XML from valid JSON; it is called here only.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from jatspack.deposit.job import Account, Job
from jatspack.jats.record import Address, Award, Person, Record

KERNEL = "http://datacite.org/schema/kernel-4"
# JATS contrib-type -> DataCite contributorType.
_ROLES = {"editor": "Editor", "supervisor": "Supervisor"}
RELATIONS = {
    "translated-article": "IsVariantFormOf", "translation": "IsOriginalFormOf", "preprint": "IsVersionOf",
    "peer-reviewed-article": "Reviews", "peer-review": "IsReviewedBy", "continues": "Continues",
    "continued-by": "IsContinuedBy",
}  # fmt: skip


def make(job: Job, account: Account) -> dict[str, bytes]:
    """The metadata as JSON and XML."""
    record = job.record
    account.needs(doi=record.doi, title=record.title, authors=record.authors, date=record.date)
    account.needs(publisher=record.journal.publisher)
    account.wants(abstract=record.summaries, licence=record.licence.url, journal=record.journal.titles)
    if account.refused:
        return {}
    from datacite import schema45

    data = _without_gaps(_metadata(record))
    for error in list(schema45.validator.iter_errors(data))[:5]:
        account.broken(f"{'/'.join(map(str, error.absolute_path))}: {error.message}"[:300])
    if account.refused:
        return {}
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return {
        f"{job.stem}.datacite.json": text.encode("utf-8"),
        f"{job.stem}.datacite.xml": schema45.tostring(data).encode("utf-8"),
    }


def _metadata(record: Record) -> dict[str, Any]:
    journal, licence = record.journal, record.licence
    dates = [("Issued", record.date), ("Submitted", record.received), ("Accepted", record.accepted)]
    return {
        "doi": record.doi,
        "url": record.url,
        "types": {"resourceTypeGeneral": "JournalArticle", "resourceType": record.kind},
        "creators": [_person(p) for p in record.authors],
        "titles": [
            {"title": t.plain, "lang": t.lang, "titleType": "TranslatedTitle" if n else ""}
            for n, t in enumerate(record.titles)
        ]
        + [{"title": t.plain, "lang": t.lang, "titleType": "Subtitle"} for t in record.subtitles.values()],
        "publisher": {"name": journal.publisher},
        "publicationYear": record.year,
        "subjects": _once(
            [{"subject": k.plain, "lang": k.lang} for k in record.keywords]
            + [{"subject": code, "subjectScheme": scheme} for scheme, code in record.codes]
        ),
        "contributors": [
            {**_person(p), "contributorType": _ROLES.get(p.role, "Other")} for p in record.people if p.role != "author"
        ],
        "dates": [{"date": day, "dateType": kind} for kind, day in dates if day],
        "language": record.lang,
        "alternateIdentifiers": [
            {"alternateIdentifier": record.publisher_id, "alternateIdentifierType": "publisher-id"}
        ]
        if record.publisher_id
        else [],
        "relatedIdentifiers": _once(_related(record)),
        "relatedItems": [_container(record)] if journal.titles else [],
        "rightsList": _once(
            [{"rights": t.plain, "rightsUri": licence.url, "lang": t.lang} for t in licence.texts]
            or [{"rightsUri": licence.url}]
        )
        if licence.url or licence.texts
        else [],
        "descriptions": _once(
            [{"description": a.plain, "descriptionType": "Abstract", "lang": a.lang} for a in record.summaries]
        ),
        "fundingReferences": _once([_funding(a) for a in record.awards if a.funder]),
        "schemaVersion": KERNEL,
    }


def _person(person: Person) -> dict[str, Any]:
    name = person.names[0]
    return {
        "name": name.listed,
        "nameType": "Organizational" if name.body else "Personal",
        "givenName": name.given if name.surname else "",
        "familyName": name.surname,
        "lang": name.lang,
        "nameIdentifiers": [
            {"nameIdentifier": person.orcid, "nameIdentifierScheme": "ORCID", "schemeUri": "https://orcid.org"}
        ]
        if person.orcid
        else [],
        "affiliation": _once([_affiliation(rows[0]) for rows in person.affiliations]),
    }


def _affiliation(address: Address) -> dict[str, str]:
    known = {"affiliationIdentifier": address.ror, "affiliationIdentifierScheme": "ROR", "schemeUri": "https://ror.org"}
    return {"name": address.text, **(known if address.ror else {})}


def _related(record: Record) -> list[dict[str, str]]:
    found = [
        ("ISSN" if n != record.journal.issn_electronic else "EISSN", n, "IsPublishedIn") for n in record.journal.issns
    ]
    found += [("DOI", work.parts["doi"], "References") for work in record.cited if work.parts.get("doi")]
    found += [
        (r.scheme.upper().replace("URI", "URL"), r.identifier, RELATIONS[r.kind])
        for r in record.related
        if r.kind in RELATIONS
    ]
    return [
        {"relatedIdentifier": value, "relatedIdentifierType": kind, "relationType": relation}
        for kind, value, relation in found
    ]


def _container(record: Record) -> dict[str, Any]:
    """The journal, and where in it the article stands."""
    journal = record.journal
    number = {"number": record.article_number, "numberType": "Article"} if record.article_number else {}
    return {
        "relatedItemType": "Journal",
        "relationType": "IsPublishedIn",
        "relatedItemIdentifier": {"relatedItemIdentifier": journal.issns[0], "relatedItemIdentifierType": "ISSN"}
        if journal.issns
        else {},
        "titles": _once([{"title": t.plain, "lang": t.lang} for t in journal.titles]),
        "publicationYear": record.year,
        "volume": record.volume,
        "issue": record.issue,
        "firstPage": record.first_page,
        "lastPage": record.last_page,
        **number,
    }


def _funding(award: Award) -> dict[str, str]:
    kind = "ROR" if "ror.org" in award.funder_id else "Crossref Funder ID"
    known = {"funderIdentifier": award.funder_id, "funderIdentifierType": kind} if award.funder_id else {}
    return {"funderName": award.funder, **known, "awardNumber": award.number}


def _once(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each once: the schema wants lists without repetition."""
    out: list[dict[str, Any]] = []
    for row in map(_without_gaps, rows):
        if row not in out:
            out.append(row)
    return out


def _without_gaps(value: Any) -> Any:
    """What is not known is not named."""
    if isinstance(value, dict):
        cleaned = {key: _without_gaps(inner) for key, inner in value.items()}
        return {key: inner for key, inner in cleaned.items() if inner not in ("", [], {})}
    return [_without_gaps(inner) for inner in value] if isinstance(value, list) else value
