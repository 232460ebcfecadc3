"""The article that the project started with: every field right by the shared evaluator, every known flaw reported."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import jatspack


@pytest.fixture(scope="module")
def seed(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("seed") / "out"
    jatspack.convert(shared / "seed/article.md", output=out)
    return out


@pytest.fixture(scope="module")
def findings(seed: Path) -> list[dict[str, Any]]:
    return json.loads((seed / "article.report.json").read_text("utf-8"))["findings"]


@pytest.fixture(scope="module")
def evaluator(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_evaluate", shared / "tools/evaluate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_field_is_right(seed: Path, shared: Path, evaluator: ModuleType) -> None:
    score, errors = evaluator.one(shared / "seed", seed / "article.xml")
    assert errors == []
    kept = score.pop("words kept")
    wrong = {name: counts for name, counts in score.items() if any(counts) and evaluator.f1(*counts)[0] < 1}
    assert wrong == {}
    assert evaluator.f1(*kept)[2] >= 0.995


def test_every_word_is_accounted_for(seed: Path) -> None:
    words = json.loads((seed / "article.report.json").read_text("utf-8"))["words"]
    assert words["missing"] == []
    assert words["invented"] == []


@pytest.mark.parametrize(
    "says",
    [
        ("Pianciola", "2024", "2004"),
        ("author 2", "ORCID"),
        *[(w,) for w in ("YbyraiAltynsarin", "Muğlacity", "Муглаим", "NurullahÇetin", "İlyasTopsakal")],
        *[(w,) for w in ("AvrasyaİncelemeleriDergisi", "Stratégiesimpériales")],
        ("бағдарлама-ларына",),
        ("ұжым-дастыру",),
        ("eference 8", "Миграция"),
        ("journal", "configuration"),
    ],
    ids=lambda says: says[0],
)
def test_known_flaws_are_reported(says: tuple[str, ...], findings: list[dict[str, Any]]) -> None:
    assert any(all(text in finding["message"] for text in says) for finding in findings), [
        f["message"] for f in findings
    ]


def test_nothing_else_is_an_error(findings: list[dict[str, Any]]) -> None:
    assert [f for f in findings if f["severity"] == "error"] == []
