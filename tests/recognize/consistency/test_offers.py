"""Every correction that a finding offers can be put into article.toml as it is: it fits, and the finding is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from jatspack import convert
from jatspack.config import load
from jatspack.pipeline import Package

SAMPLES = sorted((Path(__file__).resolve().parents[3] / "samples").glob("*/article.md"))
CORPORA = ("seed", "dev", "dev-jats")


def _converted(path: Path, folder: Path, toml: str) -> Package:
    article, journal = folder / "article.toml", path.parent / "journal.toml"
    article.write_text(toml, "utf-8")
    return convert(path, load(journal if journal.exists() else None, article), only=["jats"])


def _settled(path: Path, folder: Path) -> None:
    before = _converted(path, folder, "")
    offers = [found.correction for found in before.findings if found.correction]
    assert offers
    after = _converted(path, folder, "\n\n".join(offers))
    told = [found for found in after.findings if not found.silenced]
    assert [(f.code, f.message) for f in told if f.correction] == []
    assert [f.message for f in told if f.severity == "error" or f.file == "article.toml"] == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_all_offers_of_a_sample_are_settled(path: Path, tmp_path: Path) -> None:
    _settled(path, tmp_path)


@pytest.mark.parametrize("corpus", CORPORA)
def test_all_offers_of_real_articles_are_settled(shared: Path, corpus: str, tmp_path: Path) -> None:
    for path in sorted((shared / corpus).glob("**/article.md")):
        _settled(path, tmp_path)
