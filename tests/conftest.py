"""What every test may use."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

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
