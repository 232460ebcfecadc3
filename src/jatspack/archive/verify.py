"""Verification of a bag (RFC 8493, section 3): every problem in one pass, with its file and reason.

The checks are our own, because the bagit library stops at the first fault of some kinds and then does not say which
file is wrong. It is asked last of a folder where nothing was found: what it refuses is no valid bag either.
"""

from __future__ import annotations

import hashlib
import logging
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from jatspack.archive.found import Found
from jatspack.archive.manifest import FILE, Manifest, digest_of, read_manifest
from jatspack.archive.names import clashes, problem
from jatspack.archive.profile import Bagged, check_profile, of_its_own
from jatspack.archive.store import Folder, Store
from jatspack.archive.tags import Info, Version, bag_info, declaration, fetch, text
from jatspack.findings import Finding, MissingDependency, Severity, UnreadableInput, finding


@dataclass(slots=True)
class Verification:
    """`valid` where no finding is an error; `files` is how many payload files there are."""

    valid: bool
    files: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def verdict(self) -> Literal["valid", "warning", "invalid"]:
        """`warning` where a bag is valid, but a person should look."""
        if not self.valid:
            return "invalid"
        return "warning" if any(f.severity is Severity.WARNING for f in self.findings) else "valid"


def verify(bag: Path, profile: Path | None = None, *, trusted: bool = False) -> Verification:
    """Check completeness and fixity of a bag: its folder, or a zip, tar or tar.gz of it.

    `profile` is a BagIt profile (JSON) that the bag is to follow; without one the profile of jatspack's own bags is
    asked, where the bag names it. `trusted` is for what was just written here: it may unpack to any size.
    No link is followed, nothing is fetched, nothing is unpacked.

    Raises UnreadableInput where there is no bag at all, UsageError where `profile` is none.
    """
    found = Found()
    with opened(bag, found, trusted=trusted) as store:
        return _verified(bag, store, profile, found)


@contextmanager
def opened(bag: Path, found: Found | None = None, *, trusted: bool = False) -> Iterator[Store]:
    """The files of a bag, wherever they lie; what is wrong with the place itself goes to `found`.

    Raises UnreadableInput where there is no bag at all.
    """
    try:
        store = _store(bag, found if found is not None else Found(), trusted)
    except OSError as error:
        raise UnreadableInput(f"{bag}: cannot be read ({error.strerror or error}); check the path") from error
    except UnreadableInput as error:
        raise UnreadableInput(f"{bag}: {error}") from error
    try:
        yield store
    finally:
        store.close()


def _verified(bag: Path, store: Store, profile: Path | None, found: Found) -> Verification:
    sizes = store.sizes
    if "bagit.txt" not in sizes and not any(FILE.fullmatch(name) for name in sizes):
        raise UnreadableInput(f"{bag}: not a bag (no bagit.txt and no manifest); name the folder that holds them")
    version, encoding = declaration(store, found)
    manifests = list(_manifests(store, encoding, found))
    payload = [name for name in sizes if name.startswith("data/")]
    listed = {path for manifest in manifests if not manifest.tags for path in manifest.digests}
    fetched = fetch(store, encoding, listed, found)
    info = bag_info(store, version, encoding, found)
    disk = _Disk(sizes)
    found += _complete(manifests, disk, payload, version, fetched)
    if store.sound:
        found += _fixity(store, manifests, disk)
    found += _oxum(info, sizes, payload)
    found += _names(sizes)
    found += check_profile(profile or of_its_own(info), Bagged(store, version, info, manifests))
    if isinstance(store, Folder) and not any(f.severity is Severity.ERROR for f in found.all()):
        found += _second_opinion(bag)
    findings = found.all()
    return Verification(not any(f.severity is Severity.ERROR for f in findings), len(payload), findings)


def prove(bag: Path) -> None:
    """Verify what was just written; MissingDependency where it does not verify."""
    result = verify(bag, trusted=True)
    if not result.valid:
        told = "; ".join(f"{f.file}: {f.message}" for f in result.findings)
        raise MissingDependency(f"{bag} does not verify right after it was made ({told}); check the disk")


def _store(bag: Path, found: Found, trusted: bool) -> Store:
    if not bag.exists():
        raise UnreadableInput("there is no such bag; check the path")
    if bag.is_dir():
        return Folder(bag, found)
    if not bag.is_file():
        raise UnreadableInput("neither a folder nor a file")
    with bag.open("rb") as file:
        start = file.read(4)
    if start[:2] == b"PK":
        from jatspack.archive.zipped import Zip

        return Zip(bag, found)
    from jatspack.archive.tarred import Tar

    return Tar(bag, found, trusted=trusted)


def _manifests(store: Store, encoding: str, found: Found) -> Iterator[Manifest]:
    rest = store.most_lines
    for name in sorted(store.sizes):
        if FILE.fullmatch(name):
            manifest = read_manifest(name, text(store, name, encoding, found), store.sizes, found, rest)
            rest -= len(manifest.digests)
            yield manifest


class _Disk:
    """Finds files under the name that a manifest has; Unicode forms may differ (section 6.1.3, as practice)."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self.sizes = sizes
        self._forms = {_form(name): name for name in sizes if not name.isascii()}

    def name(self, path: str) -> str | None:
        """The name under which the bag holds a listed file."""
        return path if path in self.sizes else None if path.isascii() else self._forms.get(_form(path))


def _form(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _complete(
    manifests: list[Manifest], disk: _Disk, payload: list[str], version: Version, fetched: Mapping[str, str]
) -> Iterator[Finding]:
    """Every listed file is there; every payload file is listed, from version 1.0 on in every manifest."""
    for_payload = [m for m in manifests if not m.tags]
    if not for_payload:
        yield finding("bag-file-missing", file="manifest-sha256.txt", by="every bag has a manifest of its payload")
    by_file: dict[str, list[str]] = {}
    for manifest in manifests:
        for path in manifest.digests:
            if disk.name(path) is None:
                by_file.setdefault(path, []).append(manifest.name)
    for path, lists in by_file.items():
        where = f", and is still to be fetched from {fetched[path][:200]}" if path in fetched else ""
        yield finding("bag-file-missing", file=path, by=f"listed in {', '.join(lists)}{where}")
    names = {m.name: _listed(m) for m in manifests}
    for path in [*payload, *(path for path in fetched if disk.name(path) is None)]:
        silent = [m.name for m in for_payload if _form(path) not in names[m.name]]
        if silent and (version >= (1, 0) or len(silent) == len(for_payload)):
            yield finding("bag-file-extra", file=path, manifests=", ".join(silent))
    yield from _tag_files(manifests, disk, names)


def _tag_files(manifests: list[Manifest], disk: _Disk, names: Mapping[str, set[str]]) -> Iterator[Finding]:
    """Where there are tag manifests they should hold every other tag file, and be as many as those of the payload."""
    for_tags = [m for m in manifests if m.tags]
    if not for_tags:
        return
    for path in disk.sizes:
        silent = [m.name for m in for_tags if _form(path) not in names[m.name]]
        if silent and not path.startswith(("data/", "tagmanifest-")):
            yield finding("bag-tag-unlisted", file=path, manifests=", ".join(silent))
    without = {m.algorithm for m in manifests if not m.tags} - {m.algorithm for m in for_tags} - {""}
    for algorithm in sorted(without):
        yield finding("bag-tag-manifest-missing", file=f"tagmanifest-{algorithm}.txt")


def _listed(manifest: Manifest) -> set[str]:
    return set(map(_form, manifest.digests))


def _fixity(store: Store, manifests: list[Manifest], disk: _Disk) -> Iterator[Finding]:
    """Every file is read once, for all of its digests."""
    wanted: dict[str, list[tuple[Manifest, str]]] = {}
    for manifest in manifests:
        for path, digest in manifest.digests.items():
            name = disk.name(path)
            if name is not None and manifest.algorithm:
                wanted.setdefault(name, []).append((manifest, digest))
    # What no manifest lists is read in an archive as well: its sizes may lie.
    unlisted = [name for name in store.sizes if name not in wanted] if store.media_type else []
    for name, blocks in store.walk([*wanted, *unlisted]):
        digests = wanted.get(name, [])
        hashes = {m.algorithm: hashlib.new(m.algorithm) for m, _ in digests}
        try:
            for block in blocks:
                for one in hashes.values():
                    one.update(block)
        except OSError as error:
            yield finding("bag-file-unreadable", file=name, reason=error.strerror or str(error))
            continue
        wrong = [m.name for m, digest in digests if digest_of(hashes[m.algorithm], digest) != digest]
        if wrong:
            yield finding("bag-file-changed", file=name, manifests=", ".join(wrong))


def _oxum(info: Info, sizes: Mapping[str, int], payload: list[str]) -> Iterator[Finding]:
    """Payload-Oxum (section 2.2.2): bytes and number of the payload files; once at most."""
    have = f"{sum(sizes[name] for name in payload)}.{len(payload)}"
    said = [value for label, value in info if label.casefold() == "payload-oxum"]
    for value in said:
        if value != have:
            yield finding("bag-size-differs", file="bag-info.txt", said=value[:100], have=have)
    if len(said) > 1:
        yield finding("bag-invalid", file="bag-info.txt", reason="it says Payload-Oxum more than once")


def _names(sizes: Mapping[str, int]) -> Iterator[Finding]:
    for path in sizes:
        if why := problem(path):
            yield finding("bag-name-unportable", file=path, reason=why)
    for one, other in clashes(sizes):
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
    except RecursionError:  # folders deeper than the library goes; RFC 8493 does not mind
        return
    finally:
        log.propagate = spread
        log.removeHandler(quiet)
