"""Front matter in the manners of many countries: each short article gives what a person reads in it (expected.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jatspack.article import Article
from jatspack.config import Config
from jatspack.read import read_source
from jatspack.recognize import recognize

MANY = Path(__file__).parent / "fronts" / "many"
EXPECTED = tomllib.loads((MANY / "expected.toml").read_text("utf-8"))


@cache
def article(name: str) -> Article:
    return recognize(read_source(MANY / f"{name}.md"), Config())[0]


def test_every_article_has_its_row() -> None:
    assert sorted(EXPECTED) == sorted(path.stem for path in MANY.glob("*.md"))


@pytest.mark.parametrize("name", EXPECTED)
def test_titles_abstracts_and_keywords_in_every_language(name: str) -> None:
    found, wanted = article(name), EXPECTED[name]
    assert {t.lang: t.text.plain for t in found.titles} == wanted["titles"]
    assert [a.lang for a in found.abstracts] == wanted["abstracts"]
    assert {k.lang: [w.plain for w in k.keywords] for k in found.keywords} == wanted["keywords"]


@pytest.mark.parametrize("name", EXPECTED)
def test_authors_with_their_affiliations_and_contacts(name: str) -> None:
    found, wanted = article(name), EXPECTED[name]
    assert [_author(c) for c in found.contributors] == wanted["authors"]
    assert [[text.text.plain for _, text in a.texts] for a in found.affiliations] == wanted["affiliations"]


@pytest.mark.parametrize("name", EXPECTED)
def test_dates_and_identifiers(name: str) -> None:
    found, wanted = article(name), EXPECTED[name]
    assert {d.date_type: d.iso for d in found.dates} == wanted.get("dates", {})
    assert {i.kind: i.value for i in found.identifiers} == wanted.get("identifiers", {})


def _author(contributor: Any) -> dict[str, Any]:
    return {
        "names": {n.lang: f"{n.surname}|{n.given_names}" for n in contributor.names},
        "affiliations": contributor.affiliations,
        "emails": contributor.emails,
        "orcid": contributor.orcid,
        "corresponding": contributor.corresponding,
    }
