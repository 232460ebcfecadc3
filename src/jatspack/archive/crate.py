"""ro-crate-metadata.json (RO-Crate 1.2): the article and every file of its payload. The only module that uses rocrate.

The library takes a tenth of a second to load and a few milliseconds to run, so `load` is called while something else
is waited for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from jatspack.archive.contents import (
    CONFIGURATION,
    CRATE,
    DEPOSIT,
    MEDIA,
    PROVENANCE,
    SOURCE,
    Contents,
    media_type,
    size,
)
from jatspack.jats.read import Author

VERSION = "1.2"
_ORCID = re.compile(r"(\d{4}-){3}\d{3}[\dXx]")
_OUTPUTS = {
    ".xml": "The article as JATS XML",
    ".html": "The article as HTML",
    ".pdf": "The article as PDF",
    ".report.json": "Report of the run, for machines",
    ".report.html": "Report of the run, for people",
}
_FOLDERS = {
    SOURCE: "The article as received",
    CONFIGURATION: "Configuration and corrections as used",
    MEDIA: "A file that the article shows",
    DEPOSIT: "The article for registries, indexes and repositories",
}


def load() -> None:
    """Load the library."""
    import rocrate.rocrate  # noqa: F401


def crate(contents: Contents) -> bytes:
    """The metadata as JSON-LD in UTF-8; the same contents give the same bytes."""
    from rocrate.model.contextentity import ContextEntity
    from rocrate.model.person import Person
    from rocrate.rocrate import ROCrate

    facts, made = contents.facts, ROCrate(version=VERSION)

    def entity(at: str, kind: str, **properties: Any) -> ContextEntity:
        known = {key: value for key, value in properties.items() if value}
        return made.add(ContextEntity(made, at, properties={"@type": kind, **known}))

    title = next(iter(facts.titles.values()), contents.stem)
    made.name, made.description = title, f"{title}: JATS XML, what was made of it, and its source"
    made.datePublished = datetime.combine(contents.made, time(), UTC)  # of this package
    article = entity("#article", "ScholarlyArticle", **_article(contents, title))
    if facts.licence:
        made.license = article["license"] = entity(facts.licence, "CreativeWork", name=facts.licence)
    if facts.publisher:
        made.publisher = article["publisher"] = entity("#publisher", "Organization", name=facts.publisher)
    if facts.journal:
        article["isPartOf"] = entity("#journal", "Periodical", name=facts.journal)
    ids = _ids(facts.people)
    people = [made.add(Person(made, *_person(author, name))) for author, name in zip(facts.people, ids, strict=True)]
    named = dict.fromkeys(place for author in facts.people for place in author.affiliations)
    places = {place: entity(f"#organization-{n}", "Organization", name=place) for n, place in enumerate(named, 1)}
    for person, author in zip(people, facts.people, strict=True):
        if author.affiliations:
            person["affiliation"] = [places[place] for place in author.affiliations]
    if people:
        article["author"] = people
        made.root_dataset["author"] = people
    made.root_dataset["mainEntity"] = article
    files = {name: _described(contents, name) for name in sorted([*contents.files, PROVENANCE]) if name != CRATE}
    entities = {name: made.add_file(dest_path=name, properties=properties) for name, properties in files.items()}
    article["encoding"] = [entities[n] for s in (".xml", ".html", ".pdf") if (n := contents.name(s))]
    article["isBasedOn"] = entities[contents.source]
    return _json(made.metadata.generate())


def _article(contents: Contents, title: str) -> dict[str, Any]:
    facts = contents.facts
    return {
        "name": title,
        "alternateName": [text for text in facts.titles.values() if text != title],
        "identifier": f"https://doi.org/{facts.doi}" if facts.doi else "",
        "inLanguage": list(facts.languages),
        "datePublished": facts.published,
    }


def _ids(people: Sequence[Author]) -> list[str]:
    """Of each person the ORCID as an address; what is none, or another's already, is not taken for an identity."""
    out: list[str] = []
    for number, author in enumerate(people, 1):
        found = _ORCID.search(author.orcid)
        name = f"https://orcid.org/{found[0].upper()}" if found else ""
        out.append(name if name and name not in out else f"#author-{number}")
    return out


def _person(author: Author, name: str) -> tuple[str, dict[str, Any]]:
    known = {"name": author.name, "givenName": author.given_names, "familyName": author.surname}
    return name, {key: value for key, value in known.items() if value}


def _described(contents: Contents, name: str) -> dict[str, Any]:
    out: dict[str, Any] = {"name": _told(contents, name), "encodingFormat": media_type(name)}
    if name in contents.files:
        out["contentSize"] = str(size(contents.files[name]))
    if original := contents.originals.get(name):
        out["alternateName"] = original
    if contents.facts.language and name in map(contents.name, (".xml", ".html", ".pdf")):
        out["inLanguage"] = contents.facts.language
    return out


def _told(contents: Contents, name: str) -> str:
    if name == PROVENANCE:
        return "What was made of what, with which programs (PREMIS 3.0)"
    folder = name.partition("/")[0] if "/" in name else ""
    return _FOLDERS.get(folder) or _OUTPUTS.get(name.removeprefix(contents.stem)) or name


def _json(graph: Mapping[str, Any]) -> bytes:
    return json.dumps(graph, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
