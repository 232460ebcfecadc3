"""What the fixture `read` is."""

from __future__ import annotations

from collections.abc import Callable

from jatspack.article import Article
from jatspack.findings import Finding

Read = Callable[[str], tuple[Article, list[Finding]]]
