"""Blocks written by hand, and the body made of them with a small lexicon."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from body_makers import FAKE
from fake_lexicon import FakeLexicon


@pytest.fixture
def lexicon() -> FakeLexicon:
    return FAKE
