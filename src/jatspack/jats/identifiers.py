"""DOIs, ORCID iDs, ISSNs and addresses as they stand in JATS, brought to the one form that registries take."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from jatspack.checkdigits import iso7064, issn_valid

_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+)\Z", re.I)
_ORCID = re.compile(r"(?:https?://)?(?:www\.)?(?:orcid\.org/)?([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])/?\Z", re.I)
_ISSN = re.compile(r"([0-9]{4})[-\u2010-\u2013]?([0-9]{3}[0-9X])\Z", re.I)
_ROR = re.compile(r"(?:https?://)?ror\.org/(0[a-z0-9]{8})/?\Z", re.I)
_KEPT = "!$%&'()*+,/:;=?@~#"


def bare_doi(value: str) -> str:
    """A DOI without address or prefix; "" if it does not look like one (DOI Handbook, 2.2)."""
    found = _DOI.match(value.strip())
    return found[1] if found and found[1].isprintable() else ""


def doi_address(doi: str) -> str:
    """The address of a bare DOI."""
    return "https://doi.org/" + quote(doi, safe="!$'()*+,/:;=@~-._") if doi else ""


def orcid_address(value: str) -> str:
    """https://orcid.org/… of an ORCID iD whose check digit fits (ISO 7064, MOD 11-2); else ""."""
    found = _ORCID.match(value.strip())
    number = found[1].upper() if found else ""
    return f"https://orcid.org/{number}" if number and iso7064(number.replace("-", "")) else ""


def issn(value: str) -> str:
    """An ISSN with its hyphen whose check digit fits (ISO 3297); else ""."""
    found = _ISSN.match(value.strip())
    number = f"{found[1]}-{found[2].upper()}" if found else ""
    return number if number and issn_valid(number) else ""


def ror_address(value: str) -> str:
    """https://ror.org/… of a ROR iD that is an address; else ""."""
    found = _ROR.match(value.strip())
    return f"https://ror.org/{found[1].lower()}" if found else ""


def web_address(value: str) -> str:
    """An absolute http, https or ftp address, percent-encoded (RFC 3986); else ""."""
    value = value.strip()
    if not value.isprintable() or "\\" in value:
        return ""
    try:
        parts = urlsplit(value)
        if parts.scheme.lower() not in ("http", "https", "ftp") or not parts.hostname or parts.port == 0:
            return ""
    except ValueError:
        return ""
    if not re.fullmatch(r"[\w.-]+", parts.hostname) or "@" in parts.netloc:
        return ""
    encoded = quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", value), safe=_KEPT)
    head, mark, rest = encoded.partition("#")
    return head + mark + rest.replace("#", "%23")
