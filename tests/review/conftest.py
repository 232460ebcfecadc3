"""Report pages to look at: an article in three languages with corrections, and one that means harm."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import jatspack
from jatspack.config import load
from jatspack.run import Package

DATA = Path(__file__).parent / "data"


@cache
def made(name: str) -> Package:
    """An article of data/, converted."""
    return jatspack.convert(DATA / f"{name}.md", load(article=DATA / f"{name}.toml"), only=["report"])


@pytest.fixture(scope="session")
def bees() -> Package:
    return made("bees")


@pytest.fixture(scope="session")
def hostile() -> Package:
    return made("hostile")


@pytest.fixture(scope="session")
def pages(bees: Package, hostile: Package, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both pages as files."""
    folder = tmp_path_factory.mktemp("pages")
    for package in (bees, hostile):
        (folder / f"{package.stem}.html").write_bytes(package.files[f"{package.stem}.report.html"])
    return {package.stem: folder / f"{package.stem}.html" for package in (bees, hostile)}
