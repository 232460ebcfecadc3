"""The profile: a strict subset of JATS 1.1 and 1.3, the same to libxml2 and to jing, and none of its rules idle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

import relaxng
from check.breaks import SOUND
from check.documents import Use, documents, smallest, uses
from check.faults import faults
from check.grammar import Grammar
from check.mutations import MUTATIONS, mutated
from jats.builders import full
from jatspack.catalog.shelf import bundled
from jatspack.check.relaxng import profile
from jatspack.check.schemas import schema
from jatspack.config import Config
from jatspack.jats import build, serialize

GRAMMAR = Grammar(schema("jatspack.rng"))
DTD_1_1 = etree.DTD(str(next(d.path for d in bundled() if d.edition.version == "1.1")))
_OF_LINKS = frozenset({"DTD_UNKNOWN_ID", "DTD_ID_REDEFINED"})  # of no grammar: check/links.py


def _refused_by_dtd(root: etree._Element, rules: etree.DTD, version: str) -> list[str]:
    """What the DTD says of elements and attributes."""
    root = deepcopy(root)
    root.set("dtd-version", version)
    if rules.validate(root):
        return []
    return [e.message for e in rules.error_log if e.type_name not in _OF_LINKS]  # type: ignore[attr-defined]


def _refused_by_jing(documents: Mapping[str, etree._Element], folder: Path) -> dict[str, list[tuple[int, str]]]:
    files = {folder / f"{n}.xml": name for n, name in enumerate(documents)}
    for file, name in files.items():
        file.write_bytes(etree.tostring(documents[name]))
    return {files[file]: words for file, words in relaxng.jing(schema("jatspack.rng"), files).items()}


@pytest.fixture(scope="module")
def dtd_1_3(shared: Path) -> etree.DTD:
    return etree.DTD(str(shared / "schemas/jats-publishing-1.3/JATS-journalpublishing1-3.dtd"))


@pytest.fixture(scope="module")
def branches() -> dict[str, etree._Element]:
    """For every branch of the grammar the smallest document that takes it."""
    return {str((n, use)): smallest(GRAMMAR, use) for n, use in enumerate(uses(GRAMMAR))}


def test_the_grammar_is_made_from_its_source() -> None:
    assert relaxng.to_xml(relaxng.SOURCE) == relaxng.GRAMMAR.read_text("utf-8"), "run python bench/relaxng.py"


def test_a_grammar_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.rnc").write_text("start = ")
    with pytest.raises(ValueError, match="syntax error"):
        relaxng.to_xml(tmp_path / "a.rnc")


# --- what the profile allows, JATS allows ----------------------------------------


def test_every_branch_is_valid_jats(branches: Mapping[str, etree._Element], tmp_path: Path) -> None:
    assert len(branches) > 800
    assert {n: said for n, d in branches.items() if (said := _refused_by_dtd(d, DTD_1_1, "1.1"))} == {}
    assert {n: str(profile().error_log) for n, d in branches.items() if not profile().validate(d)} == {}
    assert _refused_by_jing(branches, tmp_path) == {}


def test_every_branch_is_valid_jats_1_3(branches: Mapping[str, etree._Element], dtd_1_3: etree.DTD) -> None:
    assert {n: said for n, d in branches.items() if (said := _refused_by_dtd(d, dtd_1_3, "1.3"))} == {}


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents(GRAMMAR))
def test_any_document_is_valid_jats(root: etree._Element) -> None:
    assert _refused_by_dtd(root, DTD_1_1, "1.1") == []
    assert profile().validate(root), profile().error_log


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents(GRAMMAR))
def test_any_document_is_valid_jats_1_3(dtd_1_3: etree.DTD, root: etree._Element) -> None:
    assert _refused_by_dtd(root, dtd_1_3, "1.3") == []


# --- what is not in the profile is refused ---------------------------------------


def test_every_rule_is_kept(tmp_path: Path) -> None:
    """Each is broken in the smallest document that has its place; some only show where its neighbours are there."""
    broken = {str((n, use)): (use, smallest(GRAMMAR, use)) for n, use in enumerate(faults(GRAMMAR))}
    refused = {name for name, (_, root) in broken.items() if not profile().validate(root)}
    by_rule: dict[Use, list[str]] = defaultdict(list)
    for name, (use, _) in broken.items():
        by_rule[Use(use.pattern, use.at, use.fault.replace("bereft", "missing"))].append(name)
    assert len(by_rule) > 1000
    assert [str(rule) for rule, names in by_rule.items() if not refused & set(names)] == []
    assert refused == set(_refused_by_jing({name: root for name, (_, root) in broken.items()}, tmp_path))
    assert [n for n, (_, root) in broken.items() if n not in refused and _refused_by_dtd(root, DTD_1_1, "1.1")] == []


def test_what_the_dtd_refuses_the_profile_refuses(tmp_path: Path) -> None:
    """Whole articles, changed without knowledge of the grammar."""
    sound = [etree.fromstring(data) for data in (SOUND.read_bytes(), serialize(build(full(), Config())))]
    many = 25 * len(MUTATIONS)
    changed = dict(mutated(root, seed) for n, root in enumerate(sound) for seed in range(n * many, (n + 1) * many))
    refused = {name for name, root in changed.items() if not profile().validate(root)}
    by_dtd = {name for name, root in changed.items() if _refused_by_dtd(root, DTD_1_1, "1.1")}
    assert by_dtd - refused == set()
    assert len(by_dtd) > 200
    assert refused == set(_refused_by_jing(changed, tmp_path))
