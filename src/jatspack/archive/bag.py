"""BagIt bags (RFC 8493) by the bagit library: the only module that writes one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from jatspack.findings import MissingDependency

ALGORITHMS = ("sha256", "sha512")


def make_bag(files: Mapping[str, bytes], info: Mapping[str, str], folder: Path) -> None:
    """Write a bag: `files` by payload name, `info` for bag-info.txt in its order; verified before it returns.

    The same files and info give the same bytes. `folder` must not exist yet.
    """
    import bagit

    for name, data in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    details = {k: v for k, v in info.items() if v}
    details["Bag-Software-Agent"] = f"jatspack {version('jatspack')}"
    bag = bagit.make_bag(str(folder), details, checksums=list(ALGORITHMS), encoding="utf-8")
    _tidy(folder)
    bag = bagit.Bag(str(folder))
    if not bag.is_valid():
        raise MissingDependency(f"the bag in {folder} does not verify right after it was made; check the disk")


def _tidy(folder: Path) -> None:
    """Modes that do not depend on the umask of the run."""
    for root, folders, names in os.walk(folder):
        for name in names:
            (Path(root) / name).chmod(0o644)
        for name in folders:
            (Path(root) / name).chmod(0o755)


def bag_size(files: Mapping[str, bytes]) -> str:
    """Bag-Size as RFC 8493 has it: for people, rounded."""
    size = float(sum(map(len, files.values())))
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    raise AssertionError
