"""What the bag itself adds to its files: where they come from, and what they are."""

from __future__ import annotations

from jatspack.archive.contents import CRATE, PROVENANCE, Contents, Files
from jatspack.archive.crate import crate
from jatspack.archive.provenance import provenance
from jatspack.findings import UsageError


def described(contents: Contents) -> Files:
    """The payload: the files with their provenance, and with RO-Crate metadata of all of them.

    Raises UsageError where a file has the name of one of the two.
    """
    for name in (PROVENANCE, CRATE):
        if name in contents.files:
            raise UsageError(
                f"the file name {name!r} is taken in every bag; rename the file, and its link in the article"
            )
    return {**contents.files, PROVENANCE: provenance(contents), CRATE: crate(contents)}
