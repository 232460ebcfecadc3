"""What convert writes is valid under the profile: every sample and every real article, to libxml2 and to jing."""

from __future__ import annotations

from pathlib import Path

import pytest

import jatspack
import relaxng
from jatspack.check.relaxng import profile
from jatspack.check.schemas import schema
from jatspack.jats.parse import parse

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def _check(articles: list[Path], folder: Path) -> None:
    written = {}
    for n, article in enumerate(articles):
        data = jatspack.convert(article, only=["jats"]).jats
        assert profile().validate(parse(data)), (article, profile().error_log)
        start = data.index(b"<article ")  # jing would look for the DTD that the DOCTYPE names
        written[folder / f"{n}.xml"] = data[start:]
    for file, data in written.items():
        file.write_bytes(data)
    assert relaxng.jing(schema("jatspack.rng"), written) == {}


def test_samples(tmp_path: Path) -> None:
    _check(sorted(SAMPLES.glob("*/article.md")), tmp_path)


@pytest.mark.parametrize("kind", ["seed", "dev", "dev-jats"])
def test_real_articles(kind: str, shared: Path, tmp_path: Path) -> None:
    articles = sorted((shared / kind).rglob("article.md"))
    assert articles
    _check(articles, tmp_path)
