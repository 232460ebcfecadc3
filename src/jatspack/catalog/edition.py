"""Which DTD: tag set, version and kind of mathematics, as a DOCTYPE names them, or as a DTD is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jatspack.catalog.prolog import Prolog

PUBLISHING, ARCHIVING, AUTHORING = "Journal Publishing", "Journal Archiving and Interchange", "Article Authoring"

# "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with OASIS Tables with MathML3 v1.3 20210610//EN"
_PUBLIC = re.compile(
    r"-//NLM//DTD (?:JATS \(Z39\.96\) )?(Journal Publishing|Journal Archiving|Article Authoring)\b(.*?)"
    r" v(\d+\.\d+(?:d\d+)?) "
)
# https://jats.nlm.nih.gov/publishing/1.3/JATS-journalpublishing1-3-mathml3.dtd
_SYSTEM = re.compile(
    r"(?:^|[/\\])(?:JATS-)?(journalpublishing|archivearticle|archive-oasis-article|articleauthoring)"
    r"([a-z-]*)(\d+)(?:-(\d+(?:d\d+)?))?([a-z0-9-]*)\.dtd$"
)
_TAG_SETS = {
    "Journal Publishing": PUBLISHING,
    "Journal Archiving": ARCHIVING,
    "Article Authoring": AUTHORING,
    "journalpublishing": PUBLISHING,
    "archivearticle": ARCHIVING,
    "archive-oasis-article": ARCHIVING,
    "articleauthoring": AUTHORING,
}
_SLUGS = {PUBLISHING: "publishing", ARCHIVING: "archiving", AUTHORING: "authoring"}
_VERSION = re.compile(r"(\d+)\.(\d+)(?:d(\d+))?")


@dataclass(frozen=True, slots=True)
class Edition:
    """A DTD of the JATS suite. `version` is empty where nothing says it; drafts are called 1.2d1."""

    tag_set: str = PUBLISHING
    version: str = ""
    mathml3: bool = False
    oasis: bool = False

    def __str__(self) -> str:
        words = ["JATS" if self.is_jats else "NLM", self.tag_set, "DTD", self.version]
        words += ["with OASIS tables"] * self.oasis + ["with MathML 3"] * self.mathml3
        return " ".join(filter(None, words))

    @property
    def slug(self) -> str:
        """A short name for files: publishing-1.3."""
        return f"{_SLUGS[self.tag_set]}-{self.version}"

    @property
    def order(self) -> tuple[int, ...]:
        """What versions are sorted by: a draft comes before what it is a draft of."""
        found = _VERSION.fullmatch(self.version)
        if found is None:
            return (1,)
        return int(found[1]), int(found[2]), int(found[3] or 1_000)

    @property
    def final(self) -> Edition:
        """What a draft became: 1.1 of 1.1d3."""
        return replace(self, version=self.version.partition("d")[0])

    @property
    def is_jats(self) -> bool:
        """Whether it is a version of JATS (1.x), not one of its predecessors at the NLM."""
        return self.order[0] == 1


def edition(prolog: Prolog) -> Edition:
    """The DTD that a file follows: by its DOCTYPE, else by its root's @dtd-version.

    A file that says nothing follows the Publishing DTD of some version; so does one whose DOCTYPE is `foreign`.
    """
    found = named(prolog.public_id, prolog.system_id) or Edition()
    return found if found.version else replace(found, version=_version(prolog.dtd_version))


def foreign(prolog: Prolog) -> bool:
    """Whether the DOCTYPE names a DTD that is none of the JATS suite."""
    return bool(prolog.public_id or prolog.system_id) and named(prolog.public_id, prolog.system_id) is None


def named(public_id: str, system_id: str) -> Edition | None:
    """The DTD that a public identifier names, or else the last part of a system identifier."""
    if found := _PUBLIC.search(public_id):
        return Edition(_TAG_SETS[found[1]], found[3], "MathML3" in found[2], "OASIS" in found[2])
    if found := _SYSTEM.search(system_id):
        minor = found[4]
        about = found[1] + found[2] + found[5]
        major_only = f"{found[3]}.0" if found[3] != "1" else ""  # …1.dtd is 1.0 or 1.1
        version = f"{found[3]}.{minor}" if minor else major_only
        return Edition(_TAG_SETS[found[1]], version, "mathml3" in about, "oasis" in about)
    return None


def _version(text: str) -> str:
    return text if _VERSION.fullmatch(text) else ""
