"""Every target on every article: valid by its schema or rules, or refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import jatspack
from deposit.articles import COMPLETE, ELSEWHERE, JOURNAL, ROOT, SAMPLES, built, changed, job, own_articles
from deposit.valid import complaints
from jats.strategies import articles, configs
from jatspack.article import Article
from jatspack.config import Config, Deposit, JournalConfig
from jatspack.deposit import TARGETS, Job, export
from jatspack.deposit.checked import checked
from jatspack.deposit.job import Account
from jatspack.findings import Severity
from jatspack.jats import build, serialize

pytestmark = pytest.mark.xdist_group("deposit")  # Crossref's schema takes seconds to load: in one process


def wrong(made: Job) -> list[str]:
    """All that the judges find in what all targets get; a target without files must say why."""
    out = []
    for name in TARGETS:
        done = export(name, made)
        if done.refused:
            assert any(f.severity is Severity.ERROR and f.remedy for f in done.findings), name
        else:
            assert all(f.severity is not Severity.ERROR for f in done.findings), name
        out += [f"{file}: {reason}" for file, data in done.files.items() for reason in complaints(file, data)]
    return out


def test_every_target_takes_every_article_of_the_project() -> None:
    names = []
    for name, data in own_articles():
        made = job(data, files={"article.pdf": b"%PDF-1.7"})
        assert [t for t in TARGETS if export(t, made).refused] == [], name
        assert wrong(made) == [], name
        names.append(name)
    assert len(names) == len(SAMPLES) + 2


def test_real_articles(shared: Path) -> None:
    paths = sorted((shared / "dev-jats").glob("*/gold.xml"))
    assert paths
    for path in paths:
        made = job(path.read_bytes())
        assert [t for t in TARGETS if export(t, made).refused] == [], path
        assert wrong(made) == [], path


NEEDS = {  # what is taken away: the targets that must refuse
    "//article-id[@pub-id-type='doi']": {"crossref", "datacite"},
    "//article-meta/title-group/*": set(TARGETS),
    "//article-meta/pub-date": {"crossref", "datacite", "doaj", "pmc"},
    "//contrib-group": {"datacite", "doaj"},
    "//journal-title-group": {"crossref", "doaj", "pmc", "portico"},
    "//journal-meta/issn": {"crossref", "doaj", "pmc", "portico"},
    "//journal-meta/publisher": {"crossref", "datacite", "pmc"},
    "//self-uri": {"crossref"},
    "//abstract | //trans-abstract": set(),
    "//kwd-group": set(),
    "//permissions": set(),
    "//ref-list": set(),
    "//funding-group": set(),
    "//aff": set(),
    "//volume | //issue": set(),
}


@pytest.mark.parametrize("path", NEEDS)
def test_what_must_be_there(path: str) -> None:
    bare = Config(journal=JournalConfig(deposit=Deposit(depositor_name="E", depositor_email="d@example.org")))
    made = job(changed(ELSEWHERE.read_bytes(), path), bare)
    refused = {name for name in TARGETS if export(name, made).refused}
    assert refused == NEEDS[path]
    assert wrong(made) == []


def test_nothing_is_known() -> None:
    made = job(b"<article/>", Config())
    assert {name for name in TARGETS if export(name, made).refused} == set(TARGETS)
    said = {f.message for f in export("crossref", made).findings if f.severity is Severity.ERROR}
    assert len(said) == 9  # DOI, title, date, journal, ISSN, address, depositor, e-mail, registrant


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(articles(), configs(), st.booleans())
def test_whatever_is_written_is_valid_or_refused(article: Article, config: Config, known: bool) -> None:
    config = config if known else config.model_copy(update={"journal": JOURNAL})
    assert wrong(job(serialize(build(article, config, lambda sources: [None] * len(sources))), config)) == []


def test_the_same_bytes() -> None:
    first, second = (job(built(), files={"article.pdf": b"%PDF"}) for _ in range(2))
    for name in TARGETS:
        assert export(name, first).files == export(name, second).files
    assert COMPLETE.journal.output.bagging_date == "2026-01-31"
    assert b"<timestamp>20260131000000000</timestamp>" in export("crossref", first).files["article.crossref.xml"]


def test_the_page_tells_of_every_target() -> None:
    page = (ROOT / "docs" / "export.md").read_text("utf-8")
    rows = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert rows == list(TARGETS)
    given = job(built())
    for name, row in zip(TARGETS, (line for line in page.splitlines() if line.startswith("| `")), strict=True):
        for file in export(name, given).files:
            assert file.removeprefix("article") in row or file.endswith(".zip"), file


def test_what_breaks_the_rules_of_a_target_is_refused() -> None:
    """Whatever a builder may do wrong some day: its document is judged before it is handed out."""
    account = Account("DSpace")
    root = etree.fromstring('<dublin_core schema="dc"><dcvalue element="title" qualifier="none"/></dublin_core>')
    checked(root, "dspace", account)
    assert [f.code for f in account.findings] == ["deposit-invalid"]
    assert account.refused


def test_from_python(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(ELSEWHERE.read_bytes())
    for _ in range(2):
        made, findings = jatspack.export(tmp_path / "a.xml", ["mods", "ris"], COMPLETE)
        assert [list(one.files) for one in made] == [["a.mods.xml"], ["a.ris"]]
    assert [f.code for f in findings] == ["image-missing"]
