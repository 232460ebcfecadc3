"""`jatspack name` and `jatspack aff`: one string, its JATS."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from lxml import etree

from jatspack.single import take_affiliations, take_names


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jatspack", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)


def test_name_prints_jats() -> None:
    done = run(
        "name", "Assoc. Prof. Elif YILMAZ^1,*^, Tomás Reyes Duarte² (ORCID: 0000-0002-1825-0097)", "--lang", "es"
    )
    contribs = etree.fromstring(f"<all>{done.stdout}</all>")
    assert contribs.xpath("//surname/text()") == ["YILMAZ", "Reyes Duarte"]
    assert contribs.xpath("//prefix/text()") == ["Assoc. Prof."]
    assert contribs.xpath("//contrib[@corresp='yes']//surname/text()") == ["YILMAZ"]
    assert contribs.xpath("//contrib-id/text()") == ["https://orcid.org/0000-0002-1825-0097"]


def test_name_prints_json() -> None:
    rows = json.loads(run("name", "Сейтова А.Б.¹, Ким В.²", "--json").stdout)
    assert [(r["surname"], r["given-names"], r["marks"]) for r in rows] == [
        ("Сейтова", "А.Б.", ["1"]),
        ("Ким", "В.", ["2"]),
    ]


def test_aff_prints_jats() -> None:
    done = run("aff", "(1. Faculty of Letters, Northland University, Oslo, Norway; 2. Institute of Rivers, Leeds, UK)")
    affs = etree.fromstring(f"<all>{done.stdout}</all>")
    assert affs.xpath("//label/text()") == ["1", "2"]
    assert affs.xpath("//country/@country") == ["NO", "GB"]
    assert affs.xpath("//city/text()") == ["Oslo", "Leeds"]
    assert affs.xpath("//aff[1]/institution[@content-type='dept']/text()") == ["Faculty of Letters"]


@pytest.mark.parametrize("text", ["", " ", "1", "***", "$^{1}$", "\ufffc", "()"])
def test_nothing_to_take_apart_is_no_error(text: str) -> None:
    assert take_names(text).rows == []
    assert take_affiliations(text).rows == [] or take_affiliations(text).rows[0]["text"]


def test_ref_prints_jats() -> None:
    done = run("ref", "Ferro, A., & Lund, B. (2019). Salt and snow. *Journal of Soils*, 12(3), 45-60.")
    citation = etree.fromstring(done.stdout)
    assert citation.get("publication-type") == "journal"
    assert citation.xpath("string(source)") == "Journal of Soils"
    assert citation.xpath(".//surname/text()") == ["Ferro", "Lund"]


def test_ref_prints_json() -> None:
    (row,) = json.loads(run("ref", "Huber, P. (2017). The late workshop. Berlin: Campus.", "--json").stdout)
    assert row["publication-type"] == "book"
    assert {p["tag"]: p["text"] for p in row["parts"]}["publisher-name"] == "Campus"
