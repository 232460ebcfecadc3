"""The articles of tests/render/data, rendered."""

from __future__ import annotations

import pytest
from render_data import media, tree_of

from jatspack.render import Rendered, render


@pytest.fixture(scope="session")
def trilingual() -> Rendered:
    return render(tree_of("article.xml"), media())


@pytest.fixture(scope="session")
def chinese() -> Rendered:
    return render(tree_of("chinese.xml"), {})
