"""The catalog: which official JATS DTDs are here, which one a file follows, and adding others."""

from __future__ import annotations

from jatspack.catalog.dtd import Dtd
from jatspack.catalog.edition import ARCHIVING, AUTHORING, PUBLISHING, Edition, edition, foreign
from jatspack.catalog.prolog import Prolog, read_prolog, utf8
from jatspack.catalog.shelf import Choice, choose, coverage, every_dtd, folder

__all__ = [
    "ARCHIVING",
    "AUTHORING",
    "PUBLISHING",
    "Choice",
    "Dtd",
    "Edition",
    "Prolog",
    "choose",
    "coverage",
    "edition",
    "every_dtd",
    "folder",
    "foreign",
    "read_prolog",
    "utf8",
]
