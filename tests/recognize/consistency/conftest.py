"""Small articles, their findings, and what is left of these when an offered correction is taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jatspack import convert
from jatspack.config import load
from jatspack.findings import Finding
from jatspack.run import Package

Conversion = Callable[..., Package]


@pytest.fixture
def converted(tmp_path: Path) -> Conversion:
    """A text converted to JATS, with an article.toml."""

    def run(text: str, toml: str = "") -> Package:
        (tmp_path / "article.md").write_text(text, "utf-8")
        (tmp_path / "article.toml").write_text(toml, "utf-8")
        package = convert(tmp_path / "article.md", load(article=tmp_path / "article.toml"), only=["jats"])
        assert package.report.validation.valid, [f.message for f in package.findings]
        return package

    return run


@pytest.fixture
def told(converted: Conversion) -> Callable[[str, str], list[Finding]]:
    """The findings of one kind that a text gives."""
    return lambda text, code: [f for f in converted(text).findings if f.code == code]
