"""References of many styles and languages, each with the parts that a person reads in it (styles.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from jatspack.article import Part
from jatspack.recognize.references import read_reference
from jatspack.richtext import Rich

TABLE = tomllib.loads((Path(__file__).parent / "styles.toml").read_text("utf-8"))["reference"]


def _values(text: str, parts: tuple[Part, ...]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for part in parts:
        if part.tag == "person-group":
            role = dict(part.attributes)["person-group-type"]
            out.setdefault(role, []).extend(_person(text, person) for person in part.parts)
        else:
            out.setdefault(part.tag, []).append(text[part.start : part.end])
    return out


def _person(text: str, person: Part) -> str:
    inner = {p.tag: text[p.start : p.end] for p in person.parts}
    if not inner:
        return text[person.start : person.end]
    given = inner.get("given-names")
    return inner.get("surname", "") + (f"|{given}" if given else "")


@pytest.mark.parametrize("row", TABLE, ids=[f"{n}-{row['text'][:24]}" for n, row in enumerate(TABLE)])
def test_a_reference_is_taken_apart_as_a_person_reads_it(row: dict[str, Any]) -> None:
    text = row["text"]
    citation = read_reference(Rich.of(text, 1))
    wanted = {k: v for k, v in row.items() if k not in ("text", "publication-type")}
    assert _values(text, citation.text.parts) == wanted
    assert citation.publication_type == row["publication-type"]
