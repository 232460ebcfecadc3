"""BagIt bags (RFC 8493), version 1.0, in a folder: the only module that writes one.

The bag is written here and then verified by the bagit library, a second opinion. The library's own `make_bag` is not
used: it writes version 0.97, lists tag files in the order in which the disk happens to hold them, so that the same
files do not give the same bytes, and changes the working directory of the whole process meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from jatspack.archive.names import clashes, problem
from jatspack.archive.verify import verify
from jatspack.findings import MissingDependency, UsageError

ALGORITHMS = ("sha256", "sha512")
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def make_bag(files: Mapping[str, bytes], info: Mapping[str, str], folder: Path) -> None:
    """Write a bag: `files` by payload name, `info` for bag-info.txt; verified before it returns.

    The same files and info give the same bytes, in any order. `folder` must not exist yet.

    Raises UsageError for a name that not every system can hold, OSError where the disk does not take it, and
    MissingDependency where what was written does not verify.
    """
    _check_names(files)
    payload = {f"data/{name}": files[name] for name in sorted(files)}
    tags = {"bagit.txt": _DECLARATION, "bag-info.txt": _info(info, files)}
    tags |= dict(_manifests(payload, "manifest"))
    tags |= dict(_manifests(tags, "tagmanifest"))
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    for name, data in {**payload, **tags}.items():
        path = folder / name
        for parent in reversed(path.relative_to(folder).parents[:-1]):
            if not (folder / parent).exists():
                (folder / parent).mkdir()
                (folder / parent).chmod(0o755)
        path.write_bytes(data)
        path.chmod(0o644)
    found = verify(folder)
    if not found.valid:
        told = "; ".join(f"{f.file}: {f.message}" for f in found.findings)
        raise MissingDependency(f"the bag in {folder} does not verify right after it was made ({told}); check the disk")


def _check_names(files: Mapping[str, bytes]) -> None:
    for name in files:
        if why := problem(name):
            raise UsageError(f"the file name {name!r} {why}; rename the file so that every archive can hold it")
    for one, other in clashes(files):
        raise UsageError(f"the files {one!r} and {other!r} are one on some systems; rename one of them")


def _info(info: Mapping[str, str], files: Mapping[str, bytes]) -> bytes:
    """bag-info.txt (section 2.2.2): labels in order, each value on one line."""
    known = {label: " ".join(value.split()) for label, value in info.items()}
    known["Bag-Software-Agent"] = f"jatspack {version('jatspack')}"
    known["Payload-Oxum"] = f"{sum(map(len, files.values()))}.{len(files)}"
    return "".join(f"{label}: {known[label]}\n" for label in sorted(known) if known[label]).encode("utf-8")


def _manifests(files: Mapping[str, bytes], kind: str) -> Iterator[tuple[str, bytes]]:
    """A manifest of every algorithm (sections 2.1.3 and 2.2.1)."""
    for algorithm in ALGORITHMS:
        rows = (f"{hashlib.new(algorithm, files[name]).hexdigest()}  {name}\n" for name in sorted(files))
        yield f"{kind}-{algorithm}.txt", "".join(rows).encode("utf-8")


def bag_size(files: Mapping[str, bytes]) -> str:
    """Bag-Size as RFC 8493 has it: for people, rounded."""
    size = float(sum(map(len, files.values())))
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
