"""Every correction that a finding offers can be put into article.toml as it is: it fits, and the finding is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from jatspack import convert
from jatspack.config import load
from jatspack.pipeline import Package

SAMPLES = sorted((Path(__file__).resolve().parents[3] / "samples").glob("*/article.md"))
CORPORA = ("seed", "dev", "dev-jats")
DOUBTFUL = "role-doubtful"


def _converted(path: Path, folder: Path, toml: str) -> Package:
    article, journal = folder / "article.toml", path.parent / "journal.toml"
    article.write_text(toml, "utf-8")
    return convert(path, load(journal if journal.exists() else None, article), only=["jats"])


def _settled(path: Path, folder: Path) -> None:
    """All offers at once, but for other readings of blocks: to take all of these would make another article.

    What one offer settles another one has no need to silence.
    """
    before = _converted(path, folder, "")
    offers = {(f.code, f.message): f.correction for f in before.findings if f.correction and f.code != DOUBTFUL}
    assert offers
    after = _converted(path, folder, "\n\n".join(f.correction for f in before.findings if f.code != DOUBTFUL))
    left = {(f.code, f.message) for f in after.findings if not f.silenced}
    assert left.isdisjoint(offers), left.intersection(offers)
    _fit(after, "silence-unused")


def _fit(package: Package, *but: str) -> None:
    wrong = [f for f in package.findings if (f.severity == "error" or f.file == "article.toml") and f.code not in but]
    assert [f.message for f in wrong] == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_all_offers_of_a_sample_are_settled(path: Path, tmp_path: Path) -> None:
    _settled(path, tmp_path)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_the_other_reading_of_a_block_can_be_taken(path: Path, tmp_path: Path) -> None:
    for found in _converted(path, tmp_path, "").findings:
        if found.code == DOUBTFUL:
            after = _converted(path, tmp_path, found.correction)
            assert found not in after.findings
            _fit(after)


@pytest.mark.parametrize("corpus", CORPORA)
def test_all_offers_of_real_articles_are_settled(shared: Path, corpus: str, tmp_path: Path) -> None:
    for path in sorted((shared / corpus).glob("**/article.md")):
        _settled(path, tmp_path)
