"""Who wrote it and where they work, read from whole front matters in many layouts and languages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from jatspack.article import Article
from jatspack.config import Config
from jatspack.read import read_source
from jatspack.recognize import recognize

DATA = tomllib.loads(Path(__file__).with_name("layouts.toml").read_text("utf-8"))


def _source(layout: dict[str, Any]) -> str:
    front = re.sub(r"\{(\w\w) body\}", lambda m: DATA["bodies"][m[1]], layout["front"])
    front = re.sub(r"\{(\w\w)\}", lambda m: DATA["heads"][m[1]], front)
    lang = layout.get("body", "")
    return front + (DATA["heads"][lang] + DATA["bodies"][lang] if lang else "")


def _read(layout: dict[str, Any], folder: Path) -> Article:
    path = folder / "article.md"
    path.write_text(_source(layout), "utf-8")
    return recognize(read_source(path), Config())[0]


def _printed(article: Article, places: list[str]) -> list[str]:
    """The people as layouts.toml writes them, affiliations numbered by the pieces of text given."""
    number = {}
    for affiliation in article.affiliations:
        fitting = [n for n, place in enumerate(places, 1) if any(place in t.text.plain for _, t in affiliation.texts)]
        number[affiliation.id] = str(fitting[0]) if len(fitting) == 1 else "none"
    out = []
    for person in article.contributors:
        name = person.names[0]
        links = ",".join(number[ident] for ident in person.affiliations) or "?"
        star = "*" if person.corresponding else ""
        fields = [name.surname, name.given_names, links, ",".join(person.emails), person.orcid[-4:], star]
        out.append("|".join(fields).rstrip("|"))
    return out


@pytest.mark.parametrize("name", DATA["layouts"])
def test_layout(name: str, tmp_path: Path) -> None:
    layout = DATA["layouts"][name]
    article = _read(layout, tmp_path)
    assert _printed(article, layout["places"]) == layout["people"]
    assert len(article.affiliations) == len(layout["places"])
    for lang, surnames in layout.get("names", {}).items():
        found = [next((n.surname for n in c.names if n.lang == lang), "") for c in article.contributors]
        assert found == surnames
