"""The check room: a JATS file becomes findings. DTD, profile, rules, links, and the account of all words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from jatspack.catalog import foreign
from jatspack.check.conservation import Conservation, Word, conservation
from jatspack.check.dates import check_dates
from jatspack.check.dtd import check_dtd
from jatspack.check.fault import Fault, bounded, fault, place
from jatspack.check.identifiers import check_identifiers
from jatspack.check.links import check_links
from jatspack.check.relaxng import MOST as MOST_OF_PROFILE
from jatspack.check.relaxng import check_profile
from jatspack.check.rules import Rule, known_target, rules, severity, targets
from jatspack.check.schematron import check_rules
from jatspack.check.unplaced import keep_unplaced
from jatspack.findings import Finding, Severity, finding
from jatspack.jats.parse import Parsed, Refused, open_xml

__all__ = [
    "Conservation", "Rule", "Validation", "Word", "check_jats", "conservation", "keep_unplaced", "rules", "targets",
]  # fmt: skip

PROFILE, RULES = "profile", "rules"
CHECKS: dict[str, Callable[[etree._ElementTree], Iterable[Fault]]] = {  # those beside the DTD
    PROFILE: check_profile,
    RULES: check_rules,
    "links": check_links,
    "identifiers": check_identifiers,
    "dates": check_dates,
}
_UNPROVED = frozenset({"dtd-unproved", "dtd-none"})


@dataclass(slots=True)
class Validation:
    """`valid` where no finding is an error; `dtd_name` is empty where no DTD was there to be asked.

    `unproved` where nothing is known to be wrong, but another DTD is needed to tell.
    """

    valid: bool
    dtd_name: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def unproved(self) -> bool:
        errors = [f for f in self.findings if f.severity is Severity.ERROR]
        return bool(errors) and all(f.code in _UNPROVED for f in errors)

    @property
    def sound(self) -> bool:
        """No error is left but those of a target that asks for more than JATS: the file can be shown and archived."""
        errors = [f for f in self.findings if f.severity is Severity.ERROR]
        return all(f.code == "rule-error" and severity(f.data["rule"]) is not Severity.ERROR for f in errors)


def check_jats(data: bytes, *, profile: bool = True, rules: str = "default") -> Validation:
    """Check the bytes of a JATS file: well-formed, DTD, profile (on request), rules, links; with lines and columns.

    Never raises for what the bytes hold. Only the official DTD's entities are expanded, nothing is fetched. Each check
    tells of so many faults and counts the others. `rules` names who is to accept the file, one of check.targets();
    UsageError where it is none.
    """
    known_target(rules)
    try:
        parsed = open_xml(data)
    except Refused as error:
        return Validation(False, "", [error.finding])
    root = parsed.tree.getroot()
    if root.tag != "article":
        return Validation(False, "", [finding("not-jats", (1, 1), tag=str(root.tag))])
    del root  # a large file's tree is parsed again
    proof = check_dtd(parsed)
    faults = [*_doctype(parsed), *bounded(proof.faults, "DTD", parsed.tree)]
    faults += [f for check in _others(parsed.tree, profile=profile, rules=rules) for f in check]
    findings = place(faults, parsed.tree, parsed.text)
    valid = not any(f.severity is Severity.ERROR for f in findings)
    return Validation(valid, proof.dtd_name, findings)


def _others(tree: etree._ElementTree, *, profile: bool, rules: str) -> Iterator[list[Fault]]:
    for name, check in (CHECKS | {RULES: partial(check_rules, target=rules)}).items():
        if name != PROFILE:
            yield bounded(check(tree), name, tree)
        elif profile:
            yield bounded(check(tree), name, tree, MOST_OF_PROFILE)


def _doctype(parsed: Parsed) -> Iterator[Fault]:
    if foreign(parsed.prolog):
        name = parsed.prolog.public_id or parsed.prolog.system_id
        yield fault("doctype-foreign", parsed.tree.getroot(), name=name)
