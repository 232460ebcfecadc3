"""Tag files of a bag that are no manifests: bagit.txt, bag-info.txt and fetch.txt (RFC 8493, section 2)."""

from __future__ import annotations

import codecs
import posixpath
import re
from collections.abc import Collection

from jatspack.archive.found import Found
from jatspack.archive.manifest import decoded, lines
from jatspack.archive.store import LARGEST_TAG_FILE, Store, unsafe
from jatspack.findings import finding

VERSIONS = ((0, 93), (0, 94), (0, 95), (0, 96), (0, 97), (1, 0))
_NEW_NAME = (0, 96)  # before it bag-info.txt was package-info.txt
_DECLARATION = re.compile(
    r"BagIt-Version: (\d{1,3})\.(\d{1,3})(?:\r\n?|\n)Tag-File-Character-Encoding: (\S{1,60})(?:\r\n?|\n)?"
)
_FETCH = re.compile(r"(\S+)[ \t]+(\d{1,20}|-)[ \t]+(.+)")
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf_7", "mbcs", "oem"}
)

_LONGEST_VALUE = 100_000

Version = tuple[int, int]
Info = list[tuple[str, str]]


def text(store: Store, name: str, encoding: str, found: Found) -> str:
    """A tag file's text, as much of it as there is."""
    try:
        data = store.read(name)
    except OSError as error:
        found.add(finding("bag-file-unreadable", file=name, reason=error.strerror or str(error)))
        return ""
    if len(data) > LARGEST_TAG_FILE:
        found.add(finding("bag-file-unreadable", file=name, reason=f"more than {LARGEST_TAG_FILE >> 20} MiB"))
        data = data[:LARGEST_TAG_FILE]
    try:
        return data.decode(encoding)
    except ValueError:
        found.add(finding("bag-file-unreadable", file=name, reason=f"it is not {encoding}"))
        return data.decode(encoding, "replace")


def declaration(store: Store, found: Found) -> tuple[Version, str]:
    """Version, and encoding of the other tag files (section 2.1.1)."""
    if "bagit.txt" not in store.sizes:
        found.add(finding("bag-file-missing", file="bagit.txt", by="every bag has it"))
        return (1, 0), "utf-8"
    match = _DECLARATION.fullmatch(text(store, "bagit.txt", "utf-8", found))
    if match is None:
        reason = "it does not declare a version and an encoding in two lines"
        found.add(finding("bag-invalid", file="bagit.txt", reason=reason))
        return (1, 0), "utf-8"
    version = (int(match[1]), int(match[2]))
    if version not in VERSIONS:
        found.add(finding("bag-invalid", file="bagit.txt", reason=f"there is no version {match[1]}.{match[2]}"))
    try:
        "".encode(match[3])
        known = codecs.lookup(match[3]).name.replace("-", "_") not in _NO_CHARSETS
    except (LookupError, ValueError):
        known = False
    if not known:
        found.add(finding("bag-invalid", file="bagit.txt", reason=f"the encoding {match[3]} is not known"))
    return version, match[3].lower() if known else "utf-8"


def bag_info(store: Store, version: Version, encoding: str, found: Found) -> Info:
    """(label, value) in order (section 2.2.2); lines that begin with white space go on with the value before."""
    name = "bag-info.txt" if version >= _NEW_NAME else "package-info.txt"
    if name not in store.sizes:
        return []
    out: Info = []
    for number, line in enumerate(lines(text(store, name, encoding, found)), 1):
        label, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and out and line.strip():
            if len(out[-1][1]) < _LONGEST_VALUE:
                out[-1] = (out[-1][0], f"{out[-1][1]} {line.strip()}"[:_LONGEST_VALUE])
        elif colon and label.strip():
            out.append((label.strip(), value.strip()))
        elif line.strip():
            found.add(finding("bag-tag-line", (number, number), file=name))
        if len(out) > 10_000:
            found.add(finding("bag-file-unreadable", file=name, reason="more than 10000 lines"))
            break
    return out


def fetch(store: Store, encoding: str, listed: Collection[str], found: Found) -> dict[str, str]:
    """Address by path of files that are still to be fetched (section 2.2.3). Nothing is fetched."""
    out: dict[str, str] = {}
    if "fetch.txt" not in store.sizes:
        return out
    for number, line in enumerate(lines(text(store, "fetch.txt", encoding, found)), 1):
        if not line.strip():
            continue
        match = _FETCH.fullmatch(line)
        path = posixpath.normpath(decoded(match[3])) if match else ""
        why = "it is no address, length and path" if match is None else unsafe(decoded(match[3]))
        if not why and not path.startswith("data/"):
            why = f"{path!r} is not in the payload"
        if not why and path in out:
            why = f"{path!r} is listed more than once"
        if not why and path not in listed:
            why = f"no manifest lists {path!r}"
        if not why and match and not re.match(r"(https?|ftp|sftp|s3)://", match[1], re.I):
            why = f"{match[1][:200]!r} is no address on a network"
        if why:
            found.add(finding("bag-fetch", (number, number), file="fetch.txt", reason=why))
        elif match:
            out[path] = match[1]
        if number > store.most_lines:
            found.add(
                finding("bag-fetch", (number, number), file="fetch.txt", reason="it has more lines than are read")
            )
            break
    return out
