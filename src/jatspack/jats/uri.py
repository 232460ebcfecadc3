"""Addresses as xlink:href may hold them: XML Schema anyURI, which is an IRI reference (RFC 3987)."""

from __future__ import annotations

import re
from urllib.parse import quote

_UNFIT = re.compile(r"[\s\x00-\x1f\x7f<>\"{}|\\^`\[\]]+|%(?![0-9A-Fa-f]{2})")
_REFERENCE = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*:(?=.)|(?![^/?#]*:))"  # a scheme, or no colon that looks like one
    r"(?://(?:[^/?#@]*@)?[^/?#:@]+(?::\d{0,5})?(?=[/?#]|$)|(?!//))"  # user, host and port
    r"[^#]*(?:#[^#]*)?"
)


def uri(text: str) -> str:
    """An address with what may not stand in one percent-encoded; "" where it is none all the same.

    RFC 3986, section 2.1. Percent signs that encode something stay, letters of any script too.
    """
    before, mark, fragment = text.strip().partition("#")
    out = _encoded(before) + mark + _encoded(fragment).replace("#", "%23")
    return out if out and _REFERENCE.fullmatch(out) else ""


def _encoded(text: str) -> str:
    return _UNFIT.sub(lambda found: quote(found[0], safe=""), text)
