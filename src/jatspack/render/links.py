"""Which addresses a page may link to. The source is not trusted: everything else becomes plain text."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote, urlsplit

SCHEMES = frozenset({"http", "https", "ftp"})
_MAIL = re.compile(r"mailto:[^\s@<>()\"'?&%]+@[^\s@<>()\"'?&%]+\Z")
_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?\Z")
_DOI = re.compile(r"(?:(?:https?://(?:dx\.)?doi\.org/|doi:\s*))?(10\.\d{4,9}(?:\.\d+)*/\S+)\Z", re.I)
_KEPT = "!#$%&'()*+,/:;=?@[]~"


@cache
def safe_href(address: str) -> str:
    """The address, percent-encoded, if it is an absolute http, https, ftp or mailto one; otherwise ""."""
    address = address.strip()
    if any(char < " " or char == "\x7f" for char in address):
        return ""
    if address.lower().startswith("mailto:"):
        address = "mailto:" + address[7:]
        return address if _MAIL.match(address) else ""
    try:
        parts = urlsplit(address)
        if parts.scheme.lower() not in SCHEMES or not parts.hostname or "\\" in parts.netloc or " " in parts.netloc:
            return ""
    except ValueError:
        return ""
    return _bracketed(quote(address, safe=_KEPT))


def _bracketed(address: str) -> str:
    """Square brackets may stand in a host (IPv6) only (RFC 3986, section 3.2.2); quotes and spaces are encoded."""
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host}{slash}{path.replace('[', '%5B').replace(']', '%5D')}"


def doi_url(value: str) -> str:
    """``https://doi.org/…`` of a DOI, bare or as address; "" if it does not look like one (DOI Handbook, 2.2)."""
    found = _DOI.match(value.strip())
    return safe_href(f"https://doi.org/{found[1]}") if found else ""


def orcid_url(value: str) -> str:
    """``https://orcid.org/…`` of an ORCID iD, bare or as address; "" if it does not look like one."""
    found = _ORCID.match(value.strip())
    return f"https://orcid.org/{found[1]}" if found else ""
