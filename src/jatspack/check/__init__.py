"""The check room: a JATS tree becomes findings. DTD, profile, rules, links, and the account of all words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from jatspack.check.conservation import Conservation, Word, conservation
from jatspack.check.dates import check_dates
from jatspack.check.dtd import NAME, check_dtd, dtd
from jatspack.check.identifiers import check_identifiers
from jatspack.check.links import check_links
from jatspack.check.relaxng import check_profile
from jatspack.check.schematron import check_rules
from jatspack.check.unplaced import keep_unplaced
from jatspack.findings import Finding, Severity, finding
from jatspack.jats.read import parse

__all__ = ["Conservation", "Validation", "Word", "check_jats", "conservation", "keep_unplaced"]


@dataclass(slots=True)
class Validation:
    """`valid` where no finding is an error; `dtd_name` is empty where no DTD was there to be asked."""

    valid: bool
    dtd_name: str = ""
    findings: list[Finding] = field(default_factory=list)


def check_jats(data: bytes, *, profile: bool = True) -> Validation:
    """Check the bytes of a JATS file: well-formed, DTD, profile (on request), rules, links; with the file's lines.

    Never raises for what the bytes hold. Entities are not expanded, nothing is fetched.
    """
    try:
        tree = parse(data)
    except etree.XMLSyntaxError as error:
        return _refused(_unreadable(error))
    unsafe = _unsafe(tree)
    if unsafe is not None:
        return _refused(unsafe)
    if tree.getroot().tag != "article":
        return _refused(finding("not-jats", (1, 1), tag=str(tree.getroot().tag)))
    findings = check_dtd(tree)
    if profile:
        findings += check_profile(tree)
    findings += check_rules(tree)
    findings += check_links(tree)
    findings += check_identifiers(tree)
    findings += check_dates(tree)
    valid = not any(f.severity is Severity.ERROR for f in findings)
    return Validation(valid, NAME if dtd() is not None else "", findings)


def _refused(reason: Finding) -> Validation:
    return Validation(False, "", [reason])


def _unreadable(error: etree.XMLSyntaxError) -> Finding:
    line = error.lineno or 1
    return finding("xml-malformed", (line, line), reason=error.msg or "it is empty")


def _unsafe(tree: etree._ElementTree) -> Finding | None:
    """Entities that the file declares for itself, and those that it uses without our knowing what they stand for."""
    internal: Any = tree.docinfo.internalDTD
    declared = [str(entity.name) for entity in internal.iterentities()] if internal is not None else []
    if declared:
        return finding("xml-unsafe", (1, 1), reason=f"the file declares entities of its own: {', '.join(declared[:5])}")
    used: Any = next(tree.getroot().iter(etree.Entity), None)
    if used is not None:
        line = int(used.sourceline or 0)
        return finding("xml-unsafe", (line, line), reason=f"the entity {used.text} is not known")
    return None
