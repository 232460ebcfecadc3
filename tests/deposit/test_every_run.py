"""Deposit metadata that convert and pack make beside everything else, and put into the bag."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from lxml import etree

import jatspack
from jatspack.archive import verify
from jatspack.config import Config
from jatspack.config.journal import DepositTarget
from jatspack.deposit import TARGETS
from jatspack.findings import Exit
from jatspack.pipeline import pack
from jatspack.run import ALL, Package

TEXT = "# The Flight of Bees\n\nAnn Ford\n\nAbstract: Bees fly.\n\n## Introduction\n\nThey do.\n"
FACTS = {"doi": "10.1234/bees", "published": "2024-05-31", "volume": "3"}
JOURNAL = {"title": {"en": "Bee Letters"}, "issn_print": "1234-5679", "publisher": "Hive Press", "id": "bees"}
DEPOSIT = {
    "depositor_name": "Hive",
    "depositor_email": "a@hive.example.org",
    "article_url": "https://a.example.org/{doi}",
}
DEFAULT = {"article.oai_dc.xml", "article.csl.json"}


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    path = tmp_path / "in" / "article.md"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return path


def run(article: Path, output: dict[str, object], facts: dict[str, object] | None = None, out: str = "out") -> Package:
    config = Config.model_validate(
        {"journal": {"journal": JOURNAL, "deposit": DEPOSIT, "output": output}, "article": facts or {}}
    )
    folder = article.parent.parent / out
    return jatspack.convert(article, config, output=folder, only=ALL - {"pdf"}, force=True)


def names(article: Path, inside: str = "out/deposit") -> set[str]:
    return {p.name for p in (article.parent.parent / inside).glob("*")}


def told(package: Package) -> dict[str, set[str]]:
    """Codes of what is said of deposit metadata, by target."""
    out: dict[str, set[str]] = {}
    for one in package.findings:
        if one.code.startswith("deposit-"):
            out.setdefault(one.data["target"], set()).add(one.code)
    return out


def test_the_configuration_knows_every_target() -> None:
    assert get_args(DepositTarget) == tuple(TARGETS)


def test_what_is_made_unasked_says_nothing(article: Path) -> None:
    package = run(article, {})
    assert names(article) == names(article, "out/article.bag/data/deposit") == DEFAULT
    assert told(package) == {}
    assert {made.name for made in package.report.outputs} >= {f"deposit/{name}" for name in DEFAULT}


def test_all_targets(article: Path) -> None:
    package = run(article, {"deposit": list(TARGETS)}, FACTS)
    bag = article.parent.parent / "out/article.bag"
    assert package.exit == Exit.DONE
    made = names(article)
    assert {n.partition(".")[2] for n in made} >= {"crossref.xml", "datacite.json", "oai_dc.xml", "ris", "dspace.zip"}
    for name in made:
        assert (bag / "data/deposit" / name).read_bytes() == (bag.parent / "deposit" / name).read_bytes()
    assert verify(bag).findings == []
    premis = etree.parse(bag / "data/metadata/premis.xml")
    texts = {e.text for e in premis.iter("{*}objectIdentifierValue")}
    assert {f"data/deposit/{name}" for name in made} <= texts
    derived = premis.xpath(
        "count(//*[local-name()='object'][starts-with(*[1]/*[2], 'data/deposit/')]"
        "[.//*[local-name()='relatedObjectIdentifierValue'] = 'data/article.xml'])"
    )
    assert derived == len(made)
    crate = json.loads((bag / "data/ro-crate-metadata.json").read_bytes())["@graph"]
    known = {e["@id"]: e["name"] for e in crate if e["@type"] == "File"}
    assert {known[f"deposit/{name}"] for name in made} == {"The article for registries, indexes and repositories"}


def test_what_is_missing_is_a_warning_and_no_file(article: Path) -> None:
    package = run(article, {"deposit": ["crossref", "ris"]})
    assert package.exit == Exit.DONE
    assert names(article) == {"article.ris"}
    assert "deposit-not-made" in told(package)["Crossref"]
    assert "deposit-not-made" not in told(package)["RIS"]
    assert (article.parent.parent / "out/article.bag").is_dir()


def test_the_time_of_the_run_alone_is_in_them(article: Path) -> None:
    every: dict[str, object] = {"deposit": list(TARGETS)}
    run(article, every, FACTS, "a")
    run(article, every, FACTS, "b")
    manifests = [(article.parent.parent / out / "article.bag/manifest-sha256.txt").read_text("utf-8") for out in "ab"]
    assert manifests[0] == manifests[1]
    crossref = (article.parent.parent / "a/deposit/article.crossref.xml").read_text("utf-8")
    assert "<timestamp>20231114221320000</timestamp>" in crossref


def test_a_later_run_takes_away_what_is_not_made_any_more(article: Path) -> None:
    """Not what was changed since, nor another article's."""
    run(article, {"deposit": ["ris", "bibtex", "mods"]})
    folder = article.parent.parent / "out/deposit"
    (folder / "article.bib").write_text("mine", "utf-8")
    (folder / "other.ris").write_text("another's", "utf-8")
    run(article, {"deposit": ["mods"]})
    assert names(article) == {"article.mods.xml", "article.bib", "other.ris"}
    run(article, {"deposit": []})
    assert names(article) == {"article.bib", "other.ris"}


def test_not_where_something_else_was_asked_for(article: Path) -> None:
    out = article.parent.parent / "out"
    jatspack.convert(article, output=out, only=["jats", "html"])
    assert not (out / "deposit").exists()


def test_jats_made_elsewhere(article: Path) -> None:
    copy = article.with_name("owl.xml")
    copy.write_bytes(run(article, {}, out="first").jats)
    package = pack(copy, output=article.parent.parent / "out", only=["deposit", "bag"])
    assert names(article) == names(article, "out/owl.bag/data/deposit") == {"owl.oai_dc.xml", "owl.csl.json"}
    assert told(package) == {}
