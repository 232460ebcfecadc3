"""A Markdown text recognised as a whole article."""

from __future__ import annotations

from pathlib import Path

import pytest
from article_reader import Read

from jatspack.article import Article
from jatspack.config import Config
from jatspack.findings import Finding
from jatspack.read import read_source
from jatspack.recognize import recognize


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_markdown(text: str) -> tuple[Article, list[Finding]]:
        path = tmp_path / "article.md"
        path.write_text(text, "utf-8")
        article, findings, _ = recognize(read_source(path), Config())
        return article, findings

    return read_markdown
