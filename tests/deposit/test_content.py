"""What stands in the files: all languages, all facts, nothing that the JATS does not say."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from deposit.articles import COMPLETE, ELSEWHERE, job, sample
from deposit.test_targets import wrong
from jatspack.config import Config
from jatspack.deposit import export
from jatspack.jats.read import read_jats
from jatspack.jats.record import Published, Record

pytestmark = pytest.mark.xdist_group("deposit")

CROSSREF = {"c": "http://www.crossref.org/schema/5.5.0", "jats": "http://www.ncbi.nlm.nih.gov/JATS1"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def files(target: str, data: bytes, config: Config = COMPLETE, **more: Any) -> list[bytes]:
    return list(export(target, job(data, config, **more)).files.values())


def texts(root: Any, path: str) -> list[str]:
    return ["".join(e.itertext()) for e in root.iterfind(path, CROSSREF)]


def test_crossref_has_all_languages() -> None:
    (data,) = files("crossref", sample("kk-ru-en-history"))
    root = etree.fromstring(data)
    titles = texts(root, ".//c:journal_article/c:titles/c:title")
    assert [t.split()[0] for t in titles] == ["ПОЧТОВАЯ", "АҚҚАЙРАҚ", "THE"]
    originals = root.findall(".//c:journal_article/c:titles/c:original_language_title", CROSSREF)
    assert [o.get("language") for o in originals] == ["ru", "ru"]
    assert [a.get(LANG) for a in root.iterfind(".//jats:abstract", CROSSREF)] == ["ru", "kk", "en"]
    first = root.find(".//c:person_name", CROSSREF)
    assert first is not None
    assert texts(first, "c:surname") == ["Ергазина"]
    assert texts(first, "c:alt-name/c:name/c:surname") == ["Ерғазина", "Yergazina"]
    assert texts(first, "c:ORCID") == ["https://orcid.org/0009-0009-9941-0272"]
    assert texts(first, ".//c:institution_name") == ["Сарыозенский государственный педагогический университет"]
    assert len(root.findall(".//c:citation", CROSSREF)) == len(read_jats(sample("kk-ru-en-history")).findall(".//ref"))


def test_crossref_of_jats_from_elsewhere() -> None:
    (data,) = files("crossref", ELSEWHERE.read_bytes())
    root = etree.fromstring(data)
    assert texts(root, ".//c:journal_article/c:publication_date/c:year") == ["2021", "2021"]
    mediums = [d.get("media_type") for d in root.iterfind(".//c:journal_article/c:publication_date", CROSSREF)]
    assert mediums == ["online", "print"]
    assert texts(root, ".//c:surname") == ["Hoot", "Suharto", "Nest"]
    assert texts(root, ".//c:organization") == ["The Barn Group"]
    assert texts(root, ".//c:ORCID") == ["https://orcid.org/0000-0002-1825-0097"]  # the other's check digit is wrong
    assert texts(root, ".//c:institution_id") == ["https://ror.org/05dxps055"] * 2
    assert texts(root, ".//c:doi_data/c:doi") == ["10.5555/Owl<7>(77)"]
    assert texts(root, ".//c:doi_data/c:resource") == ["https://owl.example.org/77"]
    assert texts(root, ".//c:citation/c:doi") == ["10.5555/mice"]
    assert b"isTranslationOf" in data
    assert data.count(b'name="fundgroup"') == 3
    assert b"https://creativecommons.org/licenses/by/4.0/</ai:license_ref>" in data


def test_nothing_of_the_journal_is_replaced() -> None:
    """journal.toml fills what the JATS leaves open, and nothing else."""
    (data,) = files("crossref", ELSEWHERE.read_bytes())
    root = etree.fromstring(data)
    assert texts(root, ".//c:full_title") == ["Owls & Other Birds"]
    assert texts(root, ".//c:registrant") == ["Barn Press"]
    filled = ELSEWHERE.read_bytes().replace(b"<publisher-name>Barn Press</publisher-name>", b"<publisher-name/>")
    (data,) = files("crossref", filled)
    assert texts(etree.fromstring(data), ".//c:registrant") == ["Example Press"]


def test_address_of_the_article() -> None:
    bare = ELSEWHERE.read_bytes().replace(b'<self-uri xlink:href="https://owl.example.org/77"/>', b"")
    (data,) = files("crossref", bare)
    assert texts(etree.fromstring(data), ".//c:doi_data/c:resource") == [
        "https://journal.example.org/article/10.5555/Owl%3C7%3E%2877%29"
    ]


def test_crossref_sections_without_title() -> None:
    bare = ELSEWHERE.read_bytes().replace(b"<title>Aims</title>", b"").replace(b"<title>Results</title>", b"<title/>")
    assert wrong(job(bare)) == []
    (data,) = files("crossref", bare)
    first = etree.fromstring(data).find(".//jats:abstract", CROSSREF)
    assert texts(first, "jats:p") == ["Owls fly.", "To fly.", "They flew.", "Twice, in H2O."]


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["2020-06", "2020-06-01"], "2020-06-01"),
        (["2021", "2020-12-31"], "2020-12-31"),
        (["2020", "2020-07"], "2020-07"),
        ([], ""),
    ],
)
def test_the_date_of_publication(dates: list[str], first: str) -> None:
    assert Record(published=tuple(map(Published, dates))).date == first


def test_datacite_json() -> None:
    data = json.loads(files("datacite", ELSEWHERE.read_bytes())[0])
    assert [t.get("titleType") for t in data["titles"]] == [None, "TranslatedTitle", "Subtitle"]
    assert data["creators"][0]["nameIdentifiers"][0]["nameIdentifier"] == "https://orcid.org/0000-0002-1825-0097"
    assert data["creators"][2]["nameType"] == "Organizational"
    assert {d["dateType"]: d["date"] for d in data["dates"]} == {
        "Issued": "2021-03-05", "Submitted": "2020-02-01", "Accepted": "2020-12",
    }  # fmt: skip
    assert [f["awardNumber"] for f in data["fundingReferences"]] == ["N-1", "N-2"]
    assert all("funderIdentifier" in f for f in data["fundingReferences"])
    assert {"relatedIdentifier": "10.5555/mice", "relatedIdentifierType": "DOI", "relationType": "References"} in data[
        "relatedIdentifiers"
    ]


def test_ojs_holds_the_files() -> None:
    (data,) = files("ojs", sample("kk-ru-en-history"), files={"article.pdf": b"%PDF-1.7"})
    root = etree.fromstring(data)
    space = {"p": "http://pkp.sfu.ca"}
    assert [t.get("locale") for t in root.iterfind(".//p:publication/p:title", space)] == ["ru", "kk", "en"]
    assert [a.get("locale") for a in root.iterfind(".//p:publication/p:abstract", space)] == ["ru", "kk", "en"]
    names = [(e.get("locale"), e.text) for e in root.find(".//p:author", space).iterfind("p:familyname", space)]
    assert names == [("ru", "Ергазина"), ("kk", "Ерғазина"), ("en", "Yergazina")]
    assert [f.get("extension") for f in root.iterfind(".//p:file", space)] == ["xml", "pdf"]
    assert len(root.findall(".//p:article_galley", space)) == 2


def test_full_text_is_renamed() -> None:
    image = {"images/an owl.png": b"PNG", "article.pdf": b"%PDF"}
    (data,) = files("pmc", ELSEWHERE.read_bytes(), files=image)
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.namelist() == ["owl-7-2-e77.xml", "owl-7-2-e77.pdf", "owl-7-2-e77-g001.png"]
    xml = archive.read("owl-7-2-e77.xml")
    assert b'xlink:href="owl-7-2-e77-g001.png"' in xml
    assert b"<!DOCTYPE article PUBLIC" in xml
    before, after = (["".join(read_jats(x).getroot().itertext())] for x in (ELSEWHERE.read_bytes(), xml))
    assert before == after


def test_values_that_a_target_cannot_hold_are_named() -> None:
    made = export("crossref", job(ELSEWHERE.read_bytes()))
    left = [f.message for f in made.findings if f.code == "deposit-left-out"]
    assert len(left) == 2
    assert "edition of reference r2" in left[0] + left[1]
    assert "the supervisor 'O. Elder'" in left[0] + left[1]
    assert any("7, 6 are allowed" in f.message for f in export("doaj", job(ELSEWHERE.read_bytes())).findings)


ODD = st.sampled_from([
    "", " ", "x", "\u200b", "é" * 33, "w" * 300, "word " * 500, "<&>\"'", "{}\\%", "10.5555/a b",
    "10.5555/" + "y" * 250, "https://a b/", "1399", "2201", "99", "0000-0000", "\U0001f989", "und", "a and b, c",
    "\u2028", "-", "..", "2021-13",
])  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 400), ODD, st.booleans()), min_size=1, max_size=6))
def test_odd_values_anywhere(changes: list[tuple[int, str, bool]]) -> None:
    """Any element of JATS from elsewhere may hold anything, or be gone, or any of its attributes may."""
    tree: Any = etree.fromstring(ELSEWHERE.read_bytes())
    for place, text, in_attribute in changes:
        elements = [e for e in tree.iter(etree.Element) if e is not tree]
        element = elements[place % len(elements)]
        if in_attribute and element.attrib:
            element.set(sorted(element.attrib)[place % len(element.attrib)], text)
        elif text == "-":
            element.getparent().remove(element)
        else:
            element.text = text
    assert wrong(job(etree.tostring(tree))) == []
