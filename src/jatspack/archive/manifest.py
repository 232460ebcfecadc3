"""Manifests of a bag (RFC 8493, sections 2.1.3 and 2.2.1) read line by line, trusting none of them."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from jatspack.archive.found import Found
from jatspack.archive.store import unsafe
from jatspack.findings import finding

FILE = re.compile(r"(tag)?manifest-([A-Za-z0-9_-]+)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+(\*?)(.+)")
_ENCODED = re.compile(r"%(0A|0D|25)", re.I)
_SIGNS = {"0A": "\n", "0D": "\r", "25": "%"}
_LONGEST_DIGEST = 256  # bytes; of the shake algorithms, which give as many as are asked for


def _known() -> dict[str, str]:
    """The names that hashlib knows, by what is left of them without signs."""
    out = {}
    for name in sorted(hashlib.algorithms_available):
        try:
            hashlib.new(name)
        except ValueError:  # known to OpenSSL, but switched off
            continue
        out[re.sub(r"[^a-z0-9]", "", name.lower())] = name
    return out


_ALGORITHMS = _known()


@dataclass(slots=True)
class Manifest:
    """One manifest: which file it is, and the digest of every path in it (in lower case)."""

    name: str
    algorithm: str
    tags: bool
    digests: dict[str, str] = field(default_factory=dict)


def algorithm(name: str) -> str:
    """The name that hashlib knows an algorithm by; empty for one that it has not."""
    return _ALGORITHMS.get(re.sub(r"[^a-z0-9]", "", name.lower()), "")


def digest_of(hashed: hashlib._Hash, wanted: str) -> str:
    """The digest in hexadecimal; of a shake algorithm as long as the one that is wanted."""
    if hashed.digest_size:
        return hashed.hexdigest()
    return hashed.hexdigest(len(wanted) // 2)  # type: ignore[call-arg]


def read_manifest(name: str, text: str, there: Collection[str], found: Found, most: int) -> Manifest:
    """A manifest, and what is wrong with its lines; an unsafe path is told and left out.

    `there` are the paths of the bag; no more than `most` lines are read.
    """
    match = FILE.fullmatch(name)
    assert match
    out = Manifest(name, algorithm(match[2]), bool(match[1]))
    if not out.algorithm:
        found.add(finding("bag-algorithm-unknown", file=name, algorithm=match[2]))
    if text and text[-1] not in "\r\n":
        found.add(finding("bag-manifest-open", file=name))
    for number, line in enumerate(lines(text), 1):
        if number > most:
            found.add(finding("bag-manifest", (number, number), file=name, reason="it has more lines than are read"))
            break
        if line.strip():
            _take(out, line, (number, number), there, found)
    return out


def lines(text: str) -> Iterator[str]:
    """Lines that end in LF, CR or CRLF, one after another; a mark of byte order before the first is left out."""
    start = 1 if text.startswith("\ufeff") else 0
    for end in re.finditer(r"\r\n?|\n", text):
        yield text[start : end.start()]
        start = end.end()
    if start < len(text):
        yield text[start:]


def _take(manifest: Manifest, line: str, at: tuple[int, int], there: Collection[str], found: Found) -> None:
    def wrong(reason: str) -> None:
        found.add(finding("bag-manifest", at, file=manifest.name, reason=reason))

    match = _LINE.fullmatch(line)
    if match is None:
        wrong("it is no digest and path")
        return
    digest, written = match[1].lower(), match[3]
    path = written if written in there else decoded(written)
    if why := _length(manifest, digest):
        wrong(f"the digest of {path!r} {why}")
    if why := unsafe(path):
        wrong(f"the path {path!r} {why}")
        return
    if match[2] or posixpath.normpath(path) != path:
        form = f"{match[2]}{path}"
        found.add(finding("bag-manifest-form", at, file=manifest.name, path=form))
    path = posixpath.normpath(path)
    if path.startswith("data/") == manifest.tags:
        wrong(f"{path!r} has no place in this manifest")
    if path in manifest.digests:
        wrong(f"{path!r} is listed more than once")
    manifest.digests[path] = digest


def decoded(path: str) -> str:
    """A path with %0A, %0D and %25 as the signs that they stand for."""
    return _ENCODED.sub(lambda m: _SIGNS[m[1].upper()], path)


def _length(manifest: Manifest, digest: str) -> str:
    size = hashlib.new(manifest.algorithm).digest_size if manifest.algorithm else 0
    if size and len(digest) != size * 2:
        return f"has {len(digest)} signs, not {size * 2}"
    return "has no length of a digest" if len(digest) % 2 or len(digest) > _LONGEST_DIGEST * 2 else ""
