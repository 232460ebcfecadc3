"""Manifests of a bag (RFC 8493, sections 2.1.3 and 2.2.1) read line by line, trusting none of them."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jatspack.findings import Finding, finding

FILE = re.compile(r"(tag)?manifest-([A-Za-z0-9-]+)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")
_ENCODED = re.compile(r"%(0A|0D|25)", re.I)
_SIGNS = {"0A": "\n", "0D": "\r", "25": "%"}


@dataclass(slots=True)
class Manifest:
    """One manifest: which file it is, and the digest of every path in it (in lower case)."""

    name: str
    algorithm: str
    tags: bool
    digests: dict[str, str] = field(default_factory=dict)


def algorithm(name: str) -> str:
    """The name that hashlib knows an algorithm by; empty for one that it has not."""
    plain = name.lower().replace("-", "")
    known = plain in hashlib.algorithms_available and not plain.startswith("shake")
    return plain if known else ""


def read_manifest(name: str, text: str) -> tuple[Manifest, list[Finding]]:
    """A manifest, and what is wrong with its lines; an unsafe path is told and left out."""
    match = FILE.fullmatch(name)
    assert match
    out, found = Manifest(name, algorithm(match[2]), bool(match[1])), []
    if not out.algorithm:
        found.append(finding("bag-algorithm-unknown", file=name, algorithm=match[2]))
    if text and text[-1] not in "\r\n":
        found.append(finding("bag-manifest-open", file=name))
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            found += [finding("bag-manifest", (number, number), file=name, reason=why) for why in _take(out, line)]
    return out, found


def _take(manifest: Manifest, line: str) -> Iterator[str]:
    match = _LINE.fullmatch(line.rstrip("\r").lstrip("\ufeff"))
    if match is None:
        yield "it is no digest and path"
        return
    digest, path = match[1].lower(), _ENCODED.sub(lambda m: _SIGNS[m[1].upper()], match[2])
    size = hashlib.new(manifest.algorithm).digest_size if manifest.algorithm else len(digest) // 2
    if len(digest) != size * 2:
        yield f"the digest of {path!r} has {len(digest)} signs, not {size * 2}"
    if why := _unsafe(path):
        yield f"the path {path!r} {why}"
        return
    path = posixpath.normpath(path)
    if path.startswith("data/") == manifest.tags:
        yield f"{path!r} has no place in this manifest"
    if path in manifest.digests:
        yield f"{path!r} is listed more than once"
    manifest.digests[path] = digest


def _unsafe(path: str) -> str:
    """Why a path may lead out of the bag; empty where it cannot."""
    if path.startswith(("/", "\\", "~")) or re.match(r"[A-Za-z]:", path):
        return "is not relative"
    if ".." in re.split(r"[/\\]", path):
        return "leads out of its folder"
    return "holds a NUL" if "\0" in path else ""
