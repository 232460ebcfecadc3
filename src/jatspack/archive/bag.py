"""BagIt bags (RFC 8493), version 1.0, in a folder: the only module that writes one.

The bag is written here and then verified by the bagit library, a second opinion. The library's own `make_bag` is not
used: it writes version 0.97, lists tag files in the order in which the disk happens to hold them, so that the same
files do not give the same bytes, and changes the working directory of the whole process meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from jatspack.archive.contents import Files, blocks
from jatspack.archive.names import clashes, problem
from jatspack.archive.verify import prove
from jatspack.findings import UsageError

ALGORITHMS = ("sha256", "sha512")
PROFILE = "urn:uuid:09e402f7-ce0e-58b3-9dfd-27b66fda58e9"  # of schemas/bagit-profile.json
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True, slots=True)
class _Written:
    """A file of the bag: its size in bytes, and its digest by algorithm."""

    size: int
    digests: dict[str, str]


def make_bag(files: Files, info: Mapping[str, str], folder: Path) -> None:
    """Write a bag: `files` by payload name, `info` for bag-info.txt; verified before it returns.

    The same files and info give the same bytes, in any order. `folder` must not exist yet. Files given by their
    path are copied piece by piece.

    Raises UsageError for a name that not every system can hold, OSError where the disk does not take it, and
    MissingDependency where what was written does not verify.
    """
    _check_names(files)
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    payload = {f"data/{name}": _write(folder, f"data/{name}", files[name]) for name in sorted(files)}
    tags = {"bagit.txt": _DECLARATION, "bag-info.txt": _info(info, payload.values())}
    tags |= dict(_manifests(payload, "manifest"))
    written = {name: _write(folder, name, data) for name, data in tags.items()}
    for name, data in _manifests(written, "tagmanifest"):
        _write(folder, name, data)
    prove(folder)


def _write(folder: Path, name: str, content: bytes | Path) -> _Written:
    path = folder / name
    for parent in reversed(path.relative_to(folder).parents[:-1]):
        if not (folder / parent).exists():
            (folder / parent).mkdir()
            (folder / parent).chmod(0o755)
    size, digests = 0, {algorithm: hashlib.new(algorithm) for algorithm in ALGORITHMS}
    with path.open("wb") as file:
        for block in blocks(content):
            file.write(block)
            size += len(block)
            for digest in digests.values():
                digest.update(block)
    path.chmod(0o644)
    return _Written(size, {algorithm: digest.hexdigest() for algorithm, digest in digests.items()})


def _check_names(files: Iterable[str]) -> None:
    for name in files:
        if why := problem(name):
            raise UsageError(f"the file name {name!r} {why}; rename the file so that every archive can hold it")
    for one, other in clashes(files):
        raise UsageError(f"the files {one!r} and {other!r} are one on some systems; rename one of them")


def _info(info: Mapping[str, str], payload: Iterable[_Written]) -> bytes:
    """bag-info.txt (section 2.2.2): labels in order, each value on one line."""
    sizes = [written.size for written in payload]
    known = {label: " ".join(value.split()) for label, value in info.items()}
    known["Bag-Size"] = bag_size(sum(sizes))
    known["Bag-Software-Agent"] = f"jatspack {version('jatspack')}"
    known["Payload-Oxum"] = f"{sum(sizes)}.{len(sizes)}"
    return "".join(f"{label}: {known[label]}\n" for label in sorted(known) if known[label]).encode("utf-8")


def _manifests(files: Mapping[str, _Written], kind: str) -> Iterator[tuple[str, bytes]]:
    """A manifest of every algorithm (sections 2.1.3 and 2.2.1)."""
    for algorithm in ALGORITHMS:
        rows = (f"{files[name].digests[algorithm]}  {name}\n" for name in sorted(files))
        yield f"{kind}-{algorithm}.txt", "".join(rows).encode("utf-8")


def bag_size(total: int) -> str:
    """Bag-Size as RFC 8493 has it, of a payload of so many bytes: for people, rounded."""
    size = float(total)
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
