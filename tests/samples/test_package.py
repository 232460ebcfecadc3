"""The whole pipeline on the samples: valid, complete, the same every time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from labels import NAMES, SAMPLES, configuration

import jatspack
from facts import Facts
from jatspack.archive import verify
from jatspack.check import check_jats

Converted = Callable[[str], Path]


def report(folder: Path) -> Any:
    """The report of a conversion."""
    return json.loads((folder / "article.report.json").read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_jats_is_valid(name: str, converted: Converted) -> None:
    validation = check_jats((converted(name) / "article.xml").read_bytes())
    assert validation.valid, validation.findings


@pytest.mark.parametrize("name", NAMES)
def test_jats_is_valid_under_the_official_dtd_1_3(name: str, converted: Converted, shared: Path) -> None:
    from lxml import etree

    dtd = etree.DTD(str(shared / "schemas/jats-publishing-1.3/JATS-journalpublishing1-3.dtd"))
    tree = etree.parse(converted(name) / "article.xml", etree.XMLParser(load_dtd=False, no_network=True))
    assert dtd.validate(tree), dtd.error_log


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_accounted_for(name: str, converted: Converted) -> None:
    words = report(converted(name))["words"]
    assert words["missing"] == []
    assert words["invented"] == []
    assert words["kept"] + words["accounted"] == words["total"] > 500


@pytest.mark.parametrize("name", NAMES)
def test_no_finding_is_an_error(name: str, converted: Converted) -> None:
    findings = report(converted(name))["findings"]
    assert [f for f in findings if f["severity"] == "error"] == []


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_made(name: str, converted: Converted, facts: Callable[[str], Facts]) -> None:
    folder = converted(name)
    assert (folder / "article.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert (folder / "article.pdf").read_bytes().startswith(b"%PDF-")
    for _, _, file in facts(name).figures:
        original = next((SAMPLES / name).rglob(Path(file).name))
        assert (folder / file).read_bytes() == original.read_bytes()
    assert verify(folder / "article.bag").valid


def files(folder: Path) -> dict[str, bytes]:
    """Every file that was made, by its path."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("name", NAMES)
def test_same_input_gives_the_same_bytes(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1654041600")
    made = []
    for run in ("first", "second"):
        jatspack.convert(SAMPLES / name / "article.md", configuration(SAMPLES / name), output=tmp_path / run)
        made.append(files(tmp_path / run))
    first, second = made
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []
    assert {"article.xml", "article.html", "article.pdf", "article.bag/manifest-sha256.txt"} <= first.keys()
