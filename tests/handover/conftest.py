"""Bags to be handed over, and time that does not pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from deposit.articles import ELSEWHERE
from handover.server import Server
from jatspack.archive import make_bag
from jatspack.handover.patience import Clock

SECRET = "s3cr3t/of+the target"
S = TypeVar("S", bound=Server)


class StillClock(Clock):
    """Waits are noted, not waited."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.time = 0.0

    def now(self) -> float:
        return self.time

    def today(self) -> datetime:
        return datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds

    def between(self, low: float, high: float) -> float:
        return high


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


def make(folder: Path, *, change: str = "", jats: bytes | None = None, filling: bytes = b"") -> Path:
    """owl.bag: JATS, a PDF, a page. `change` makes another state of the same article; `filling` goes into the PDF."""
    data = ELSEWHERE.read_bytes() if jats is None else jats
    files = {
        "owl.xml": data.replace(b"<copyright-holder>The authors", f"<copyright-holder>The authors{change}".encode()),
        "owl.pdf": b"%PDF-1.7 " + change.encode() + filling + b" %%EOF",
        "owl.html": b"<html></html>",
    }
    bag = folder / "owl.bag"
    make_bag(files, {"Bagging-Date": "2026-01-02", "External-Description": "On owls"}, bag)
    return bag


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return make(tmp_path / "out")


@pytest.fixture
def serve() -> Iterator[Callable[[S], S]]:
    """Start servers that are closed in the end; none may have had anything to complain about."""
    started: list[Server] = []

    def start(server: S) -> S:
        started.append(server)
        return server

    yield start
    for server in started:
        server.close()
    assert [problem for server in started for problem in server.problems] == []
