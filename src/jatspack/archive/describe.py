"""What the bag itself adds to its files: where they come from, and what they are."""

from __future__ import annotations

from jatspack.archive.contents import CRATE, PROVENANCE, Contents, Files
from jatspack.archive.crate import crate
from jatspack.archive.provenance import provenance


def described(contents: Contents) -> Files:
    """The payload: the files with their provenance, and with RO-Crate metadata of all of them."""
    return {**contents.files, PROVENANCE: provenance(contents), CRATE: crate(contents)}
