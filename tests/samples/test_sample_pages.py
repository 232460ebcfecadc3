"""The page of every sample: no error of the Nu HTML Checker, no violation of axe-core, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from labels import NAMES

from browser import NARROW, WIDE, Browser
from vnu import faults, missing

TABLE = "is less than the column count"  # a row that is short in the source is short on the page
Converted = Callable[[str], Path]


@pytest.mark.skipif(bool(missing()), reason="no java for the Nu HTML Checker")
def test_valid(converted: Converted, tmp_path: Path) -> None:
    pages = []
    for name in NAMES:
        pages.append(tmp_path / f"{name}.html")
        pages[-1].write_bytes((converted(name) / "article.html").read_bytes())
    assert [fault for fault in faults(pages) if TABLE not in fault] == []


@pytest.mark.parametrize("name", NAMES)
def test_accessible(name: str, converted: Converted, browser: Browser) -> None:
    page = converted(name) / "article.html"
    for size, scheme in ((WIDE, "light"), (NARROW, "dark")):
        browser.look(size=size, scheme=scheme)  # type: ignore[arg-type]
        browser.open(page)
        assert browser.axe() == []
        assert browser.run("return document.documentElement.scrollWidth") <= size[0]
    assert browser.errors() == []
    assert browser.requests() == []
