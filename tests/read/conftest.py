"""A text as a file, read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jatspack.read import read_source
from jatspack.read.document import Document


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Document]:
    def read_text(text: str) -> Document:
        path = tmp_path / "article.md"
        path.write_text(text, encoding="utf-8", newline="")
        return read_source(path)

    return read_text
