"""A small article.toml makes a labelled article right in every field, even when the source changes a little."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from jatspack import convert
from jatspack.config import load
from jatspack.pipeline import Package

CORRECTIONS = sorted((Path(__file__).parent / "dev").glob("*.toml"))
PRINTED_LABELS = (
    "words kept"  # counts "Abstract:" and its like as lost, which are elements; the report accounts for them
)


@pytest.fixture(scope="module")
def evaluate(shared: Path) -> ModuleType:
    """The evaluator that lies beside the labelled articles."""
    path = shared / "tools/evaluate.py"
    if not path.exists():
        pytest.skip(f"no {path}")
    spec = importlib.util.spec_from_file_location("shared_evaluate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def corrected(shared: Path, toml: Path, folder: Path, change: Callable[[str], str] = str) -> Package:
    """The article that a file of corrections is named for, its source changed before."""
    (folder / "article.md").write_text(change((shared / "dev" / toml.stem / "article.md").read_text("utf-8")), "utf-8")
    return convert(folder / "article.md", load(article=toml), only=["jats"])


@pytest.mark.parametrize("toml", CORRECTIONS, ids=lambda path: path.stem)
def test_every_field_is_right(shared: Path, evaluate: ModuleType, toml: Path, tmp_path: Path) -> None:
    package = corrected(shared, toml, tmp_path)
    (tmp_path / "article.xml").write_bytes(package.jats)
    score, errors = evaluate.one(shared / "dev" / toml.stem, tmp_path / "article.xml")
    figures = {field: evaluate.f1(*counts)[0] for field, counts in score.items() if counts[1] or counts[2]}
    assert errors == []
    assert {field: f1 for field, f1 in figures.items() if f1 < 1 and field != PRINTED_LABELS} == {}
    assert round(sum(figures.values()) / len(figures), 3) == 1.0
    assert package.report.words is not None
    assert package.report.words.missing == []
    assert not [f.message for f in package.findings if f.severity == "error" or f.code.startswith("correction-")]


def _more_lines(text: str) -> str:
    return "<!-- a comment -->\n\n\n" + re.sub(r"\n\n", "\n\n\n\n", text)


def _fewer_lines(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _more_spaces(text: str) -> str:
    return re.sub(r"(?<=\w,) (?=\w)", "  ", text)


def _other_marks(text: str) -> str:
    return text.replace("–", "-").replace("’", "'").replace("“", '"').replace("”", '"')


def _windows(text: str) -> str:
    return text.replace("\n", "\r\n")


@pytest.mark.parametrize("toml", CORRECTIONS, ids=lambda path: path.stem)
@pytest.mark.parametrize("change", [_more_lines, _fewer_lines, _more_spaces, _other_marks, _windows])
def test_corrections_hold_on(shared: Path, toml: Path, change: Callable[[str], str], tmp_path: Path) -> None:
    package = corrected(shared, toml, tmp_path, change)
    assert not [f.message for f in package.findings if f.code.startswith("correction-")]
    assert all(one.applied for one in package.report.corrections)
