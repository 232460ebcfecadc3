"""The metadata of a record in InvenioRDM (Zenodo), in the JSON of its REST API (InvenioRDM, Metadata reference)."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from jatspack.deposit import languages
from jatspack.deposit.datacite import RELATIONS
from jatspack.deposit.job import Account
from jatspack.jats.record import Award, Licence, Person, Record

_CC = re.compile(r"https?://creativecommons\.org/licenses/([a-z-]+)/([0-9.]+)", re.I)
_CC0 = re.compile(r"https?://creativecommons\.org/publicdomain/zero/1\.0", re.I)
_ROLES = {"editor": "editor", "supervisor": "supervisor"}


def metadata(
    record: Record, account: Account, resource_type: str, identifiers: list[tuple[str, str]]
) -> dict[str, Any]:
    """What the record says; what must be there and is not is noted in `account`.

    `identifiers` are (scheme, value), other than the record's own DOI.
    """
    account.needs(title=record.title, authors=record.authors, date=record.date)
    account.wants(abstract=record.summaries, licence=record.licence.url, publisher=record.journal.publisher)
    if account.refused:
        return {}
    summaries = [_html(a.plain) for a in record.summaries]
    known = {
        "resource_type": {"id": resource_type},
        "title": record.title,
        "additional_titles": _titles(record),
        "creators": [_person(p) for p in record.authors],
        "contributors": [
            {**_person(p), "role": {"id": _ROLES.get(p.role, "other")}} for p in record.people if p.role != "author"
        ],
        "publication_date": record.date,
        "publisher": record.journal.publisher,
        "description": summaries[0] if summaries else "",
        "additional_descriptions": [
            {"description": text, "type": {"id": "abstract"}, **_lang(record.summaries[n + 1].lang)}
            for n, text in enumerate(summaries[1:])
        ],
        "subjects": [{"subject": text} for text in dict.fromkeys(k.plain for k in record.keywords)],
        "languages": [{"id": code}] if (code := _code(record.lang)) else [],
        "dates": [
            {"date": day, "type": {"id": kind}}
            for kind, day in (("submitted", record.received), ("accepted", record.accepted))
            if day
        ],
        "identifiers": [{"scheme": scheme, "identifier": value} for scheme, value in identifiers],
        "related_identifiers": _related(record),
        "rights": _rights(record.licence),
        "funding": [_funding(award) for award in record.awards if award.funder],
        "references": [{"reference": work.text} for work in record.cited if work.text],
    }
    return {key: value for key, value in known.items() if value}


def journal(record: Record) -> dict[str, Any]:
    """InvenioRDM's journal fields, where a site has them (Zenodo does)."""
    own = record.journal
    known = {
        "title": own.titles[0].plain if own.titles else "",
        "volume": record.volume,
        "issue": record.issue,
        "pages": record.pages or record.article_number,
        "issn": next(iter(own.issns), ""),
    }
    return {"journal:journal": {key: value for key, value in known.items() if value}}


def _titles(record: Record) -> list[dict[str, Any]]:
    rows = [{"title": t.plain, "type": {"id": "translated-title"}, **_lang(t.lang)} for t in record.titles[1:]]
    return rows + [{"title": t.plain, "type": {"id": "subtitle"}, **_lang(t.lang)} for t in record.subtitles.values()]


def _person(person: Person) -> dict[str, Any]:
    name = person.names[0]
    own: dict[str, Any] = {"type": "organizational", "name": name.full}
    if not name.body:  # InvenioRDM must have a family name of every person
        own = {"type": "personal", "family_name": name.surname or name.full}
        if name.surname and name.given:
            own["given_name"] = name.given
    if person.orcid:
        own["identifiers"] = [{"scheme": "orcid", "identifier": person.orcid.rpartition("/")[2]}]
    places = list(dict.fromkeys(rows[0].text for rows in person.affiliations if rows[0].text))
    return {"person_or_org": own, **({"affiliations": [{"name": text} for text in places]} if places else {})}


def _related(record: Record) -> list[dict[str, Any]]:
    found = [("issn", number, "ispublishedin") for number in record.journal.issns]
    found += [("doi", work.parts["doi"], "references") for work in record.cited if work.parts.get("doi")]
    found += [
        (r.scheme.replace("uri", "url"), r.identifier, RELATIONS[r.kind].lower())
        for r in record.related
        if r.kind in RELATIONS
    ]
    return [
        {"scheme": scheme, "identifier": value, "relation_type": {"id": relation}}
        for scheme, value, relation in dict.fromkeys(found)
    ]


def _rights(licence: Licence) -> list[dict[str, Any]]:
    if match := _CC.match(licence.url):
        return [{"id": f"cc-{match[1].lower()}-{match[2]}"}]
    if _CC0.match(licence.url):
        return [{"id": "cc0-1.0"}]
    titles = {languages.short(t.lang) or "en": t.plain[:250] for t in licence.texts}
    if not licence.url:
        return [{"title": titles}] if titles else []
    return [{"title": titles or {"en": licence.url}, "link": licence.url}]


def _funding(award: Award) -> dict[str, Any]:
    number = {"award": {"number": award.number, "title": {"en": award.number}}} if award.number else {}
    return {"funder": {"name": award.funder}, **number}


def _html(text: str) -> str:
    """Paragraphs: the description is HTML."""
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n") if line.strip())


def _lang(lang: str) -> dict[str, Any]:
    code = _code(lang)
    return {"lang": {"id": code}} if code else {}


def _code(lang: str) -> str:
    """ISO 639-3, which InvenioRDM's list of languages has."""
    import pycountry

    code = languages.short(lang)
    found = pycountry.languages.get(alpha_2=code) if len(code) == 2 else pycountry.languages.get(alpha_3=code)
    return str(found.alpha_3) if found is not None else ""
