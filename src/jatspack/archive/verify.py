"""Verification of a bag in a folder (RFC 8493, section 3): every problem in one pass, with its file and reason.

The checks are our own, because the bagit library stops at the first fault of some kinds and then does not say which
file is wrong. It is asked last, where nothing was found: what it refuses is no valid bag either.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from jatspack.archive.manifest import FILE, Manifest, read_manifest
from jatspack.archive.names import clashes, problem
from jatspack.findings import Finding, Severity, UnreadableInput, finding

_BLOCK = 1 << 20
_LARGEST_TAG_FILE = 64 << 20
_LABEL = re.compile(r"^Payload-Oxum[ \t]*:[ \t]*(\S+)[ \t\r]*$", re.MULTILINE)
_DECLARATION = re.compile(r"BagIt-Version: (\d+)\.(\d+)\r?\n?Tag-File-Character-Encoding: (\S+)\s*")


@dataclass(slots=True)
class Verification:
    """`valid` where no finding is an error; `files` is how many payload files there are."""

    valid: bool
    files: int = 0
    findings: list[Finding] = field(default_factory=list)


def verify(folder: Path) -> Verification:
    """Check completeness and fixity of a bag. No link is followed, nothing is fetched.

    Raises UnreadableInput where there is no bag at all.
    """
    if not folder.exists():
        raise UnreadableInput(f"{folder}: there is no such bag; check the path")
    if not folder.is_dir():
        raise UnreadableInput(f"{folder}: not a folder; unpack the bag first")
    found: list[Finding] = []
    sizes = dict(_listing(folder, found))
    if "bagit.txt" not in sizes and not any(FILE.fullmatch(name) for name in sizes):
        raise UnreadableInput(f"{folder}: not a bag (no bagit.txt and no manifest); name the folder that holds them")
    version, encoding = _declared(folder, sizes, found)
    manifests = [_manifest(folder, name, encoding, found) for name in sorted(sizes) if FILE.fullmatch(name)]
    payload = [name for name in sizes if name.startswith("data/")]
    found += _complete(manifests, sizes, payload, version)
    found += _fixity(folder, manifests, sizes)
    found += _oxum(folder, sizes, payload, encoding)
    found += _names(payload)
    if not any(f.severity is Severity.ERROR for f in found):
        found += _second_opinion(folder)
    return Verification(not any(f.severity is Severity.ERROR for f in found), len(payload), found)


def _listing(folder: Path, found: list[Finding], below: str = "") -> Iterator[tuple[str, int]]:
    """(path, bytes) of every ordinary file; links and devices are told."""
    try:
        entries = sorted(os.scandir(folder / below), key=lambda entry: entry.name)
    except OSError as error:
        found.append(finding("bag-file-unreadable", file=below, reason=error.strerror or str(error)))
        return
    for entry in entries:
        path = f"{below}{entry.name}"
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            found.append(finding("bag-file-unreadable", file=path, reason=error.strerror or str(error)))
            continue
        if stat.S_ISDIR(status.st_mode):
            yield from _listing(folder, found, f"{path}/")
        elif stat.S_ISREG(status.st_mode):
            yield path, status.st_size
        else:
            found.append(finding("bag-symlink" if stat.S_ISLNK(status.st_mode) else "bag-special-file", file=path))


def _text(folder: Path, name: str, encoding: str, found: list[Finding]) -> str:
    """A tag file's text, as much of it as there is."""
    try:
        with _open(folder / name) as descriptor:
            data = descriptor.read(_LARGEST_TAG_FILE + 1)
        if len(data) > _LARGEST_TAG_FILE:
            found.append(finding("bag-file-unreadable", file=name, reason=f"more than {_LARGEST_TAG_FILE >> 20} MiB"))
        return data[:_LARGEST_TAG_FILE].decode(encoding)
    except OSError as error:
        found.append(finding("bag-file-unreadable", file=name, reason=error.strerror or str(error)))
    except ValueError:
        found.append(finding("bag-file-unreadable", file=name, reason=f"it is not {encoding}"))
        return data.decode(encoding, "replace")
    return ""


def _open(path: Path) -> BinaryIO:
    """Open a file to read, but no link that was put there meanwhile."""
    return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb")


def _declared(folder: Path, sizes: Mapping[str, int], found: list[Finding]) -> tuple[tuple[int, int], str]:
    """Version and encoding of the tag files (section 2.1.1)."""
    if "bagit.txt" not in sizes:
        found.append(finding("bag-file-missing", file="bagit.txt", by="every bag has it"))
        return (1, 0), "utf-8"
    match = _DECLARATION.fullmatch(_text(folder, "bagit.txt", "utf-8", found))
    if match is None:
        found.append(finding("bag-invalid", file="bagit.txt", reason="it does not declare a version and an encoding"))
        return (1, 0), "utf-8"
    try:
        "".encode(match[3])
    except LookupError:
        found.append(finding("bag-invalid", file="bagit.txt", reason=f"the encoding {match[3]} is not known"))
        return (int(match[1]), int(match[2])), "utf-8"
    return (int(match[1]), int(match[2])), match[3].lower()


def _manifest(folder: Path, name: str, encoding: str, found: list[Finding]) -> Manifest:
    manifest, wrong = read_manifest(name, _text(folder, name, encoding, found))
    found += wrong
    return manifest


def _complete(
    manifests: list[Manifest], sizes: Mapping[str, int], payload: list[str], version: tuple[int, int]
) -> Iterator[Finding]:
    """Every listed file is there; every payload file is listed, from version 1.0 on in every manifest."""
    for_payload = [m for m in manifests if not m.tags]
    if not for_payload:
        yield finding("bag-file-missing", file="manifest-sha256.txt", by="every bag has a manifest of its payload")
    by_file: dict[str, list[str]] = {}
    for manifest in manifests:
        for path in manifest.digests:
            if _on_disk(path, sizes) is None:
                by_file.setdefault(path, []).append(manifest.name)
    for path, names in by_file.items():
        yield finding("bag-file-missing", file=path, by=f"listed in {', '.join(names)}")
    for path in payload:
        silent = [m.name for m in for_payload if not _listed(path, m)]
        if silent and (version >= (1, 0) or len(silent) == len(for_payload)):
            yield finding("bag-file-extra", file=path, manifests=", ".join(silent))
    yield from _tag_files(manifests, sizes)


def _tag_files(manifests: list[Manifest], sizes: Mapping[str, int]) -> Iterator[Finding]:
    """Where there are tag manifests they should hold every other tag file, and be as many as those of the payload."""
    for_tags = [m for m in manifests if m.tags]
    if not for_tags:
        return
    for path in sizes:
        silent = [m.name for m in for_tags if not _listed(path, m)]
        if silent and not path.startswith(("data/", "tagmanifest-")):
            yield finding("bag-tag-unlisted", file=path, manifests=", ".join(silent))
    without = {m.algorithm for m in manifests if not m.tags} - {m.algorithm for m in for_tags}
    for algorithm in sorted(without):
        yield finding("bag-tag-manifest-missing", file=f"tagmanifest-{algorithm}.txt")


def _on_disk(path: str, sizes: Mapping[str, int]) -> str | None:
    """The name under which the disk holds a listed file; Unicode forms may differ (section 6.1.3, as practice)."""
    if path in sizes:
        return path
    form = unicodedata.normalize("NFC", path)
    if path.isascii():
        return None
    return next((name for name in sizes if unicodedata.normalize("NFC", name) == form), None)


def _listed(path: str, manifest: Manifest) -> bool:
    if path in manifest.digests or path.isascii():
        return path in manifest.digests
    form = unicodedata.normalize("NFC", path)
    return any(unicodedata.normalize("NFC", name) == form for name in manifest.digests)


def _fixity(folder: Path, manifests: list[Manifest], sizes: Mapping[str, int]) -> Iterator[Finding]:
    """Every file is read once, for all of its digests."""
    wanted: dict[str, list[tuple[Manifest, str]]] = {}
    for manifest in manifests:
        for path, digest in manifest.digests.items():
            name = _on_disk(path, sizes)
            if name is not None and manifest.algorithm:
                wanted.setdefault(name, []).append((manifest, digest))
    for name, digests in wanted.items():
        try:
            have = _digests(folder / name, {m.algorithm for m, _ in digests})
        except OSError as error:
            yield finding("bag-file-unreadable", file=name, reason=error.strerror or str(error))
            continue
        wrong = [m.name for m, digest in digests if have[m.algorithm] != digest]
        if wrong:
            yield finding("bag-file-changed", file=name, manifests=", ".join(wrong))


def _digests(path: Path, algorithms: Iterable[str]) -> dict[str, str]:
    hashes = {name: hashlib.new(name) for name in algorithms}
    with _open(path) as file:
        while block := file.read(_BLOCK):
            for one in hashes.values():
                one.update(block)
    return {name: one.hexdigest() for name, one in hashes.items()}


def _oxum(folder: Path, sizes: Mapping[str, int], payload: list[str], encoding: str) -> Iterator[Finding]:
    """Payload-Oxum (section 2.2.2): bytes and number of the payload files."""
    if "bag-info.txt" not in sizes:
        return
    found: list[Finding] = []
    text = _text(folder, "bag-info.txt", encoding, found)
    yield from found
    have = f"{sum(sizes[name] for name in payload)}.{len(payload)}"
    for said in _LABEL.findall(text):
        if said != have:
            yield finding("bag-size-differs", file="bag-info.txt", said=said, have=have)


def _names(payload: list[str]) -> Iterator[Finding]:
    for path in payload:
        if why := problem(path):
            yield finding("bag-name-unportable", file=path, reason=why)
    for one, other in clashes(payload):
        yield finding("bag-name-unportable", file=other, reason=f"is one with {one} on some systems")


def _second_opinion(folder: Path) -> Iterator[Finding]:
    """What the bagit library has against the bag; digests have been compared already."""
    import bagit

    log = logging.getLogger("bagit")
    log.addHandler(quiet := logging.NullHandler())  # what it logs, it raises as well
    spread, log.propagate = log.propagate, False
    try:
        bagit.Bag(str(folder)).validate(completeness_only=True)
    except bagit.BagError as error:
        yield finding("bag-invalid", reason=str(error))
    except (OSError, ValueError, LookupError) as error:
        yield finding("bag-invalid", reason=f"the bagit library cannot read it: {error}")
    finally:
        log.propagate = spread
        log.removeHandler(quiet)
