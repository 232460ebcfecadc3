"""What every test may use."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from browser import Browser, missing

# The same examples on every machine: a run that fails here fails everywhere. HYPOTHESIS_PROFILE=search looks further.
settings.register_profile("steady", derandomize=True)
settings.register_profile("search", max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

# DTDs that whoever runs the tests has installed are not asked.
os.environ["JATSPACK_SCHEMAS"] = str(Path(__file__).with_name("nothing-installed"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles that lies beside the repository; tests that want it are skipped without it."""
    folder = Path(os.environ.get("JATSPACK_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no {folder}: real articles are not part of the project (set JATSPACK_SHARED)")
    return folder


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests that need a browser go to one worker, so that one browser is started."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A real Chromium, one for all tests of a worker; each test says first how it wants to look (`Browser.look`)."""
    if lacking := missing():
        if os.environ.get("CI"):
            pytest.fail(f"{lacking} must be here: scripts/browser.sh installs it")
        pytest.skip(f"no {lacking}: scripts/browser.sh installs it")
    started = Browser.start(tmp_path_factory.mktemp("profile"))
    yield started
    started.close()


@pytest.fixture
def calls() -> Callable[[Callable[[], object]], int]:
    """How many functions a piece of work calls: what it costs, on any machine and under any load."""

    def counted(work: Callable[[], object]) -> int:
        count = 0

        def seen(_frame: object, event: str, _argument: object) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(seen)
        try:
            work()
        finally:
            sys.setprofile(before)
        return count

    return counted
