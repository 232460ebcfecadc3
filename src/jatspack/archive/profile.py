"""BagIt Profiles, version 1.4: what a bag must have for those who take it in. A profile is read, never fetched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Any

from jatspack.archive.manifest import Manifest, algorithm
from jatspack.archive.store import Store
from jatspack.archive.tags import Info, Version
from jatspack.check.schemas import schema
from jatspack.findings import Finding, UsageError, finding

IDENTIFIER = "BagIt-Profile-Identifier"
OWN = "bagit-profile.json"
_LARGEST = 1 << 20  # bytes
_SAME_TYPES = {
    "application/x-tar": {"application/x-tar", "application/tar"},
    "application/gzip": {
        "application/gzip",
        "application/x-gzip",
        "application/x-compressed-tar",
        "application/tar+gzip",
    },
    "application/zip": {"application/zip", "application/x-zip-compressed"},
}
_missing = partial(finding, "bag-profile")


@dataclass(frozen=True, slots=True)
class Bagged:
    """A bag as a profile sees it."""

    store: Store
    version: Version
    info: Info
    manifests: list[Manifest]

    def values(self, label: str) -> list[str]:
        """What bag-info.txt says under a label, whose capitals do not matter."""
        return [value for name, value in self.info if name.casefold() == label.casefold()]


def of_its_own(info: Info) -> Path | None:
    """The profile of jatspack's own bags, where a bag names it."""
    named = {value for label, value in info if label.casefold() == IDENTIFIER.casefold()}
    if not named:
        return None
    own = schema(OWN)
    return own if load(own)["BagIt-Profile-Info"][IDENTIFIER] in named else None


def load(path: Path) -> dict[str, Any]:
    """A profile; UsageError where the file is none."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        profile = json.loads(data) if len(data) <= _LARGEST else None
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: cannot be read as a BagIt profile ({error}); give its JSON file") from error
    if not isinstance(profile, dict) or not isinstance(profile.get("BagIt-Profile-Info"), dict):
        raise UsageError(f"{path}: no BagIt profile: it has no BagIt-Profile-Info")
    for key, kind in _FORM.items():
        if key in profile and not isinstance(profile[key], kind):
            raise UsageError(
                f"{path}: {key} is no {'list' if kind is list else 'object' if kind is dict else 'yes or no'}"
            )
    for key in (k for k, kind in _FORM.items() if kind is list):
        if not all(isinstance(item, str) for item in profile.get(key, [])):
            raise UsageError(f"{path}: {key} holds something that is no text")
    for label, rule in profile.get("Bag-Info", {}).items():
        if not isinstance(rule, dict) or not isinstance(rule.get("values", []), list):
            raise UsageError(f"{path}: Bag-Info, {label}: it is no object with required, repeatable and values")
    return profile


_FORM: dict[str, type] = {
    "Bag-Info": dict,
    **dict.fromkeys(("Allow-Fetch.txt", "Fetch.txt-Required", "Data-Empty"), bool),
    **dict.fromkeys(
        ("Manifests-Required", "Manifests-Allowed", "Tag-Manifests-Required", "Tag-Manifests-Allowed",
         "Tag-Files-Required", "Tag-Files-Allowed", "Payload-Files-Required", "Payload-Files-Allowed",
         "Accept-Serialization", "Accept-BagIt-Version"),
        list,
    ),
}  # fmt: skip


def check_profile(path: Path | None, bag: Bagged) -> Iterator[Finding]:
    """What a bag has against a profile, or that it names one which nobody gave."""
    if path is None:
        for name in bag.values(IDENTIFIER):
            yield finding("bag-profile-unknown", file="bag-info.txt", name=name[:200])
        return
    profile = load(path)
    yield from _info(profile, bag)
    yield from _manifests(profile, bag)
    yield from _files(profile, bag)
    yield from _form(profile, bag)


def _info(profile: dict[str, Any], bag: Bagged) -> Iterator[Finding]:
    named = profile["BagIt-Profile-Info"].get(IDENTIFIER, "")
    if named not in bag.values(IDENTIFIER):
        yield _missing(file="bag-info.txt", reason=f"{IDENTIFIER} must be {named}")
    for label, rule in profile.get("Bag-Info", {}).items():
        values = bag.values(label)
        if rule.get("required") and not any(values):
            yield _missing(file="bag-info.txt", reason=f"{label} is required")
        if rule.get("repeatable") is False and len(values) > 1:
            yield _missing(file="bag-info.txt", reason=f"{label} may stand once, not {len(values)} times")
        allowed = rule.get("values") or []
        for value in values:
            if allowed and value not in allowed:
                yield _missing(file="bag-info.txt", reason=f"{label} may not be {value[:200]!r}")


def _manifests(profile: dict[str, Any], bag: Bagged) -> Iterator[Finding]:
    for tags, kind in ((False, "Manifests"), (True, "Tag-Manifests")):
        have = {m.algorithm: m.name for m in bag.manifests if m.tags is tags}
        prefix = "tagmanifest" if tags else "manifest"
        for name in profile.get(f"{kind}-Required", []):
            if (algorithm(name) or name) not in have:
                yield _missing(file=f"{prefix}-{name}.txt", reason="this manifest is required")
        if f"{kind}-Allowed" in profile:
            allowed = {algorithm(name) or name for name in profile[f"{kind}-Allowed"]}
            for known, file in have.items():
                if known not in allowed:
                    yield _missing(file=file, reason="a manifest of this kind is not allowed")


def _files(profile: dict[str, Any], bag: Bagged) -> Iterator[Finding]:
    payload = {path for path in bag.store.sizes if path.startswith("data/")}
    manifests = {m.name for m in bag.manifests}
    tags = set(bag.store.sizes) - payload - manifests - {"bagit.txt", "bag-info.txt", "fetch.txt"}
    for kind, paths in (("Tag", {*tags, "bagit.txt", "bag-info.txt", *manifests}), ("Payload", payload)):
        for name in profile.get(f"{kind}-Files-Required", []):
            if not any(fnmatchcase(path, name) for path in paths):
                yield _missing(file=name, reason="this file is required")
    for kind, paths in (("Tag", tags), ("Payload", payload)):
        if f"{kind}-Files-Allowed" in profile:
            patterns = profile[f"{kind}-Files-Allowed"]
            for path in sorted(paths):
                if not any(fnmatchcase(path, pattern) for pattern in patterns):
                    yield _missing(file=path, reason="a file of this name is not allowed")
    if profile.get("Data-Empty") and (len(payload) > 1 or any(bag.store.sizes[path] for path in payload)):
        yield _missing(file="data/", reason="the payload must be empty")


def _form(profile: dict[str, Any], bag: Bagged) -> Iterator[Finding]:
    fetch = "fetch.txt" in bag.store.sizes
    if fetch and profile.get("Allow-Fetch.txt") is False:
        yield _missing(file="fetch.txt", reason="this file is not allowed")
    if not fetch and profile.get("Fetch.txt-Required"):
        yield _missing(file="fetch.txt", reason="this file is required")
    version = f"{bag.version[0]}.{bag.version[1]}"
    if version not in profile.get("Accept-BagIt-Version", [version]):
        yield _missing(file="bagit.txt", reason=f"BagIt version {version} is not accepted")
    serialised, wanted = bag.store.media_type, profile.get("Serialization", "optional")
    if serialised and wanted == "forbidden":
        yield _missing(reason="the bag must be a folder")
    elif not serialised and wanted == "required":
        yield _missing(reason="the bag must be one file: " + ", ".join(profile.get("Accept-Serialization", [])))
    elif serialised and not _SAME_TYPES[serialised] & set(profile.get("Accept-Serialization", [serialised])):
        yield _missing(reason=f"{serialised} is not accepted")
