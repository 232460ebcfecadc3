"""Every sample is converted once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from labels import SAMPLES, configuration

import jatspack
from facts import Facts, read


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder with all that was made of a sample."""
    base = tmp_path_factory.mktemp("samples")

    @cache
    def convert(name: str) -> Path:
        folder = SAMPLES / name
        jatspack.convert(folder / "article.md", configuration(folder), output=base / name)
        return base / name

    return convert


@pytest.fixture(scope="session")
def facts(converted: Callable[[str], Path]) -> Callable[[str], Facts]:
    """The facts of a sample's JATS."""

    @cache
    def facts_of(name: str) -> Facts:
        return read(converted(name) / "article.xml")

    return facts_of
