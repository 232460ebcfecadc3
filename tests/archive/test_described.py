"""What a bag says of itself: RO-Crate metadata and provenance, of every file."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from rocrate.rocrate import ROCrate

from jatspack.archive import Contents, described
from jatspack.archive.contents import CRATE, PROVENANCE, media_type
from jatspack.findings import UsageError
from jatspack.jats.read import Author, Facts

PEOPLE = (
    Author("Anna Ivanova", "Anna", "Ivanova", "https://orcid.org/0000-0002-1825-0097", ("Oak College",)),
    Author("Li Wei", "Wei", "Li", "", ("Oak College", "Lake Institute")),
    Author("Twin", orcid="0000-0002-1825-0097"),
)
FACTS = Facts(
    "ru",
    {"ru": "Полёт пчёл", "en": "The Flight of Bees"},
    PEOPLE,
    "10.1234/bees",
    "Bee Letters",
    "Hive Press",
    ("ru", "en"),
    "https://creativecommons.org/licenses/by/4.0/",
    "2024-05",
)
NAMES = ("bees.xml", "bees.html", "bees.pdf", "bees.report.json", "media/карта 1.svg", "configuration/journal.toml")
CONTENTS = Contents(
    "bees",
    FACTS,
    {"source/bees.md": b"# Bees", **{name: name.encode() for name in NAMES}},
    "source/bees.md",
    date(2024, 6, 1),
    {"jatspack": "1", "pandoc": "3.9", "WeasyPrint": "70"},
    dtd="JATS Publishing DTD 1.1",
    configuration="ab" * 32,
    originals={"source/bees.md": "Bees: final.md", "media/карта 1.svg": "pics/карта 1.svg"},
)


@pytest.fixture(scope="module")
def payload() -> dict[str, Any]:
    return dict(described(CONTENTS))


@pytest.fixture(scope="module")
def graph(payload: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entity["@id"]: entity for entity in json.loads(payload[CRATE])["@graph"]}


@pytest.fixture(scope="module")
def premis(payload: dict[str, Any]) -> Any:
    text = re.sub(rb' xmlns="[^"]+"', b"", payload[PROVENANCE])
    return etree.fromstring(text)


def test_the_same_contents_give_the_same_bytes(payload: dict[str, Any]) -> None:
    assert dict(described(CONTENTS)) == payload


def test_the_crate_describes_every_file(payload: dict[str, Any], tmp_path: Path) -> None:
    for name, data in payload.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    crate = ROCrate(tmp_path)  # the library reads it back
    assert {Path(entity.source).relative_to(tmp_path).as_posix() for entity in crate.data_entities} == {*payload} - {
        CRATE
    }
    assert crate.version == "1.2"
    for entity in crate.data_entities:
        assert entity["name"]
        assert "/" in entity["encodingFormat"]


def test_the_crate_tells_of_the_article(graph: dict[str, dict[str, Any]]) -> None:
    article = graph[graph["./"]["mainEntity"]["@id"]]
    assert article["@type"] == "ScholarlyArticle"
    assert article["name"] == "Полёт пчёл"
    assert article["alternateName"] == ["The Flight of Bees"]
    assert article["identifier"] == "https://doi.org/10.1234/bees"
    assert article["inLanguage"] == ["ru", "en"]
    assert article["datePublished"] == "2024-05"
    assert graph[article["publisher"]["@id"]]["name"] == "Hive Press"
    assert graph[article["isPartOf"]["@id"]]["name"] == "Bee Letters"
    assert graph["./"]["license"]["@id"] == article["license"]["@id"] == FACTS.licence
    people = [graph[person["@id"]] for person in article["author"]]
    assert [person["name"] for person in people] == ["Anna Ivanova", "Li Wei", "Twin"]
    assert [person["@id"] for person in people] == [PEOPLE[0].orcid, "#author-2", "#author-3"]
    where = [graph[place["@id"]]["name"] for place in people[1]["affiliation"]]
    assert where == ["Oak College", "Lake Institute"]
    assert graph["./"]["datePublished"].startswith("2024-06-01")


@pytest.mark.parametrize("name", [CRATE, PROVENANCE])
def test_no_file_is_overwritten(name: str) -> None:
    with pytest.raises(UsageError):
        described(replace(CONTENTS, files={**CONTENTS.files, name: b"an image"}))


def test_what_is_not_known_is_not_said() -> None:
    bare = Contents("a", Facts(), {"a.xml": b"<article/>"}, "a.xml", date(2024, 1, 1), {"jatspack": "1"})
    made = described(bare)
    text = bytes(made[CRATE]).decode()  # type: ignore[arg-type]
    for word in ("author", "license", "publisher", "identifier", "inLanguage", "isPartOf", '"affiliation'):
        assert word not in text
    assert b"normalization" not in bytes(made[PROVENANCE])  # type: ignore[arg-type]


def test_provenance_has_every_file_with_its_digest(payload: dict[str, Any], premis: Any) -> None:
    found = {
        o.findtext("objectIdentifier/objectIdentifierValue"): o.findtext(".//messageDigest")
        for o in premis.iterfind("object")
    }
    digests = {f"data/{n}": hashlib.sha256(d).hexdigest() for n, d in payload.items() if n not in (CRATE, PROVENANCE)}
    assert found == digests


def test_provenance_tells_what_was_made_of_what(premis: Any) -> None:
    made = {
        o.findtext("objectIdentifier/objectIdentifierValue"): o.findtext(".//relatedObjectIdentifierValue")
        for o in premis.iterfind("object[relationship]")
    }
    assert made == {
        "data/bees.xml": "data/source/bees.md",
        "data/bees.html": "data/bees.xml",
        "data/bees.pdf": "data/bees.xml",
    }
    assert set(premis.xpath("object/originalName/text()")) == {"Bees: final.md", "pics/карта 1.svg"}
    kinds = premis.xpath("event/eventType/text()")
    assert kinds == [
        "normalization", "validation", "rendering", "rendering", "metadata extraction", "information package creation",
    ]  # fmt: skip
    assert f"sha256 {'ab' * 32}" in premis.findtext("event/eventDetailInformation/eventDetail")
    assert set(premis.xpath("event/eventDateTime/text()")) == {"2024-06-01"}


def test_provenance_links_lead_somewhere(premis: Any) -> None:
    objects = set(premis.xpath("object/objectIdentifier/objectIdentifierValue/text()"))
    agents = {a.findtext("agentName"): a.findtext("agentVersion") for a in premis.iterfind("agent")}
    assert agents == dict(CONTENTS.tools)
    assert set(premis.xpath("event/linkingObjectIdentifier/linkingObjectIdentifierValue/text()")) <= objects
    assert set(premis.xpath("event/linkingAgentIdentifier/linkingAgentIdentifierValue/text()")) == set(agents)


@pytest.mark.parametrize(
    ("name", "says"),
    [("a.md", "text/markdown"), ("a.xml", "application/xml"), ("a.PNG", "image/png"), ("a", "application/octet-stream"),
     ("a.tar.gz", "application/octet-stream"), ("a.html", "text/html"), ("a.json", "application/json")],
)  # fmt: skip
def test_media_types(name: str, says: str) -> None:
    assert media_type(name) == says
