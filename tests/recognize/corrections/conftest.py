"""A run of the whole pipeline over a small article with an article.toml."""

from __future__ import annotations

from pathlib import Path

import pytest
from corrections_run import TEXT, Corrected, Run
from lxml import etree

from jatspack import convert
from jatspack.config import load


@pytest.fixture
def corrected(tmp_path: Path) -> Corrected:
    """The article, or another text, converted with this article.toml."""

    def run(toml: str, text: str = TEXT) -> Run:
        (tmp_path / "article.md").write_text(text, "utf-8")
        (tmp_path / "article.toml").write_text(toml, "utf-8")
        package = convert(tmp_path / "article.md", load(article=tmp_path / "article.toml"), only=["jats"])
        assert package.report.validation.valid, [f.message for f in package.findings]
        return Run(package, etree.fromstring(package.jats))

    return run
