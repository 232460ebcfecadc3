"""index.html of a batch: the page for the person who must decide which articles to look at."""

from __future__ import annotations

from jatspack.batch.index.page import LISTING, NAME, index_page, write_index

__all__ = ["LISTING", "NAME", "index_page", "write_index"]
