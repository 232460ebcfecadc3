"""Credentials of targets: from the environment, else from the keyring, and nowhere else.

A Secret does not show its value, whatever prints it; only handover.http and the signer of S3 reveal it.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from contextlib import suppress
from urllib.parse import quote

from jatspack.config.targets import variable
from jatspack.findings import Finding, UsageError, finding

HIDDEN = "***"
# What each kind of target asks for: the first set of which all are there is used.
NEEDS: dict[str, Sequence[tuple[str, ...]]] = {
    "sword2": (("user", "password"), ("token",)),
    "sword3": (("user", "password"), ("token",)),
    "invenio": (("token",),),
    "dspace": (("user", "password"),),
    "s3": (("access_key_id", "secret_access_key"),),
    "folder": ((),),
}
OPTIONAL = {"s3": ("session_token",)}


class Secret:
    """A value that no print, log, repr or traceback shows."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return HIDDEN

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written down")

    def reveal(self) -> str:
        """The value itself, for the one place that sends it."""
        return self._value


class Credentials:
    """The secrets of one target by name, and what was missing."""

    def __init__(self, found: Mapping[str, Secret], missing: Finding | None = None) -> None:
        self._found, self.missing = dict(found), missing
        self._hidden = set[str]()
        for name, secret in self._found.items():
            if name not in ("user", "access_key_id"):
                self.hide(secret.reveal())

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def __getitem__(self, name: str) -> Secret:
        return self._found.get(name, Secret(f"{{{name}}}"))

    def authorization(self) -> Secret | None:
        """The Authorization header: Basic (RFC 7617) or Bearer (RFC 6750); None where there is none."""
        if "token" in self._found:
            return Secret(f"Bearer {self['token'].reveal()}")
        if "password" in self._found:
            pair = f"{self['user'].reveal()}:{self['password'].reveal()}".encode()
            encoded = base64.b64encode(pair).decode("ascii")
            self.hide(encoded)
            return Secret(f"Basic {encoded}")
        return Secret(HIDDEN) if self.missing is not None else None  # of a rehearsal

    def hide(self, value: str) -> None:
        """Keep one more value out of everything that is printed: a session token, for example."""
        self._hidden |= {form for form in (value, quote(value, safe=""), quote(value)) if form}

    def scrub(self, text: str) -> str:
        """Text from a target without any secret that it may repeat."""
        for value in sorted(self._hidden, key=len, reverse=True):
            text = text.replace(value, HIDDEN)
        return text


def gather(target: str, kind: str, environ: Mapping[str, str]) -> Credentials:
    """Credentials of a target; what is missing is a finding in them. UsageError for what cannot stand in a header."""
    found: dict[str, Secret] = {}
    for names in NEEDS[kind]:
        found = {name: value for name in names if (value := _value(target, name, environ)) is not None}
        if len(found) == len(names):
            extra = {name: value for name in OPTIONAL.get(kind, ()) if (value := _value(target, name, environ))}
            return Credentials(found | extra)
    ways = [", ".join(variable(target, name) for name in names) for names in NEEDS[kind]]
    missing = finding(
        "handover-credentials",
        target=target,
        what=" or ".join(" and ".join(names) for names in NEEDS[kind]).replace("_", " "),
        variables=" (or ".join(ways) + ")" * (len(ways) - 1),
        names="|".join(NEEDS[kind][0]),
    )
    return Credentials({}, missing)


def _value(target: str, name: str, environ: Mapping[str, str]) -> Secret | None:
    value = environ.get(variable(target, name)) or _from_keyring(target, name)
    if not value:
        return None
    if any(ord(char) < 32 or ord(char) == 127 for char in value):
        raise UsageError(f"{variable(target, name)} holds a line end or another control sign; set it without")
    return Secret(value)


def _from_keyring(target: str, name: str) -> str | None:
    """The keyring's value, where the library is there (extra `keyring`) and has a store that answers."""
    with suppress(ImportError):
        import keyring
        from keyring.errors import KeyringError

        with suppress(KeyringError, RuntimeError):
            return keyring.get_password(f"jatspack-{target}", name)
    return None
