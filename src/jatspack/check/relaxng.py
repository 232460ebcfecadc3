"""Validity under the project's own profile, schemas/jatspack.rng."""

from __future__ import annotations

from functools import cache

from lxml import etree

from jatspack.check.schemas import schema
from jatspack.findings import Finding, finding

_MOST = 50  # one fault makes libxml2 complain about every element around it


@cache
def profile() -> etree.RelaxNG:
    """The profile, loaded once."""
    return etree.RelaxNG(file=str(schema("jatspack.rng")))


def check_profile(tree: etree._ElementTree) -> list[Finding]:
    """What the profile forbids, with lines."""
    rules = profile()
    if rules.validate(tree):
        return []
    errors = dict.fromkeys((entry.line, entry.message) for entry in rules.error_log)
    return [finding("profile-invalid", (line, line), message=message) for line, message in list(errors)[:_MOST]]
