"""The profile says what the program can write: its lists, and what may stand in what."""

from __future__ import annotations

import tomllib
from importlib.resources import files as files_of
from typing import get_args

import pytest

from check.faults import inner
from check.grammar import Grammar, Pattern
from jatspack.check.schemas import schema
from jatspack.config.vocabulary import ArticleType, PublicationType, SecType
from jatspack.jats.back import STATEMENTS
from jatspack.jats.body import LIST_TYPES
from jatspack.jats.mathml import ATTRIBUTES, MML
from jatspack.jats.models import INLINE, PARTS
from jatspack.jats.people import CREDIT, CREDIT_TERMS
from jatspack.recognize.references.parse import GB_KIND

GRAMMAR = Grammar(schema("jatspack.rng"))
HOLDS = {
    "style": {"bold", "italic", "underline", "strike", "sc", "monospace"},
    "raised": {"sup", "sub"},
    "link": {"ext-link", "email", "uri"},
    "xref": {"xref"},
    "formula": {"inline-formula"},
    "display": {"disp-formula"},
    "image": {"inline-graphic"},
    "note": {"fn"},
    "break": {"break"},
}
BLOCKS = {"code", "def-list", "list"}
# By definition and element: what the writer puts there otherwise than as running text …
MORE = {
    ("aff", "aff"): {"label"},
    ("aff.in-a-language", "aff"): {"label"},
    ("name", "name"): {"prefix", "suffix"},
    ("p", "p"): BLOCKS | {"disp-quote", "fig", "table-wrap"},
    ("ref-list", "title"): {"named-content"},
    ("td", "td"): BLOCKS | {"p"},
    ("th", "th"): BLOCKS | {"p"},
}
# … and where it writes characters alone.
PLAIN = {"contrib": {"role"}, "contrib.xref": {"xref"}, "journal-meta": {"publisher-loc", "trans-title"}}


def _values(definition: str) -> set[str]:
    """The closed list that a definition is."""
    (choice,) = (p for p in GRAMMAR.patterns if p.where == definition and p.kind == "choice" and p.children[0].value)
    return {p.value for p in inner(choice) if p.kind == "value"}


def _elements(name: str) -> list[Pattern]:
    return [p for p in GRAMMAR.patterns if p.kind == "element" and p.name == name]


def _attribute(element: str, name: str) -> set[str]:
    """The values of an attribute of an element, wherever the element stands."""
    attributes = [a for e in _elements(element) for a in inner(e.children[0]) if a.kind == "attribute"]
    return {v.value for a in attributes if a.name == name for v in inner(a.children[0]) if v.kind == "value"}


def test_the_closed_lists_are_those_of_the_configuration() -> None:
    assert _values("article-type") == set(get_args(ArticleType))
    assert _values("sec-type") == set(get_args(SecType))
    assert _values("publication-type") == set(get_args(PublicationType))


def test_the_closed_lists_hold_all_that_is_recognised() -> None:
    files = (f for f in files_of("jatspack.recognize.lexicon").iterdir() if f.name.endswith(".toml"))
    types = {kind for file in files for kind in tomllib.loads(file.read_text("utf-8")).get("sections", {})}
    assert len(types) > 10
    assert types | set(STATEMENTS.values()) == _values("sec-type")
    assert set(STATEMENTS.values()) == _values("statement-type")
    assert set(GB_KIND.values()) < _values("publication-type")
    assert {f"{CREDIT}{term}/" for term in CREDIT_TERMS} == _values("credit-role")
    assert set(LIST_TYPES.values()) | {"bullet"} == _attribute("list", "list-type")


@pytest.mark.parametrize("tag", sorted(INLINE.keys() | PARTS.keys()))
def test_the_content_of_an_element_is_what_the_writer_may_put_there(tag: str) -> None:
    wanted = set().union(*(HOLDS[h] for h in INLINE.get(tag, ()))) | PARTS.get(tag, set())
    patterns = [p for p in _elements(tag) if tag not in PLAIN.get(p.where, ())]
    assert patterns
    for pattern in patterns:
        found = {p.name for p in inner(pattern.children[0]) if p.kind == "element"}
        assert found == wanted | MORE.get((pattern.where, tag), set()), pattern


def test_mathml_is_what_the_writer_lets_pass() -> None:
    prefix = f"{{{MML}}}"
    written = {p.name.removeprefix(prefix): p for p in GRAMMAR.patterns if p.kind == "element" and prefix in p.name}
    del written["math"]
    found = {n: {a.name for a in inner(p.children[0]) if a.kind == "attribute"} for n, p in written.items()}
    assert found == {name: set(attributes) for name, attributes in ATTRIBUTES.items()}
