"""Validity under the project's own profile, schemas/jatspack.rng."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree

from jatspack.check.fault import Fault, logged
from jatspack.check.schemas import schema

MOST = 50  # one fault makes libxml2 complain about every element around it


@cache
def profile() -> etree.RelaxNG:
    """The profile, loaded once."""
    return etree.RelaxNG(file=str(schema("jatspack.rng")))


def check_profile(tree: etree._ElementTree) -> Iterator[Fault]:
    """What the profile forbids."""
    rules = profile()
    if not rules.validate(tree):
        yield from logged("profile-invalid", rules.error_log)
