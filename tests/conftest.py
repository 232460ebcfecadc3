"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every machine: a run that fails here fails everywhere. HYPOTHESIS_PROFILE=search looks further.
settings.register_profile("steady", derandomize=True)
settings.register_profile("search", max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles that lies beside the repository; tests that want it are skipped without it."""
    folder = Path(os.environ.get("JATSPACK_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no {folder}: real articles are not part of the project (set JATSPACK_SHARED)")
    return folder
