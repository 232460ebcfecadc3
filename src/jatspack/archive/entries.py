"""The entries of a serialised bag (RFC 8493, section 4), trusting none of their names and sizes."""

from __future__ import annotations

import posixpath

from jatspack.archive.found import Found
from jatspack.archive.store import unsafe
from jatspack.findings import UnreadableInput, finding

MOST = 60_000  # entries
LARGEST_TREE = 48 << 20  # signs of all their names, each counted as often as it has folders
MOST_LINES = 240_000  # of all manifests together
RATIO, FREE = 100, 1 << 30  # a file may unpack to so many times its size, and to so many bytes in any case
TAG_BYTES = 32 << 20  # of all files outside data/ that are read


class Entries:
    """Names of files in an archive, taken one by one; `base` is known when all are there."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self.sizes: dict[str, int] = {}
        self._names = 0

    def take(self, name: str, size: int, *, folder: bool = False) -> str:
        """The path of an entry that can be used; empty for one that cannot, and why is told.

        Raises UnreadableInput where there are too many.
        """
        self._names += len(name) * (1 + name.count("/"))
        if len(self.sizes) >= MOST or self._names > LARGEST_TREE:
            raise UnreadableInput(f"more than {MOST} entries, or very deep ones; unpack the bag and verify its folder")
        if why := unsafe(name) or _odd(name, folder):
            self._found.add(finding("bag-entry-unsafe", file=name, reason=why))
            return ""
        path = posixpath.normpath(name)
        if folder:
            return ""
        if path in self.sizes:
            self._found.add(finding("bag-entry-twice", file=path))
            return ""
        self.sizes[path] = size
        return path

    def base(self) -> str:
        """The folder of the bag with its slash; empty where the bag lies bare in the archive, which is told.

        Raises UnreadableInput where there is no bag.
        """
        places = [path.rpartition("/")[0] for path in self.sizes if posixpath.basename(path) == "bagit.txt"]
        places += [p.rpartition("/")[0] for p in self.sizes if posixpath.basename(p).startswith("manifest-")]
        if not places:
            raise UnreadableInput("not a bag (no bagit.txt and no manifest)")
        base = min(places, key=lambda place: (bool(place) and place.count("/") + 1, place))
        if not base:
            self._found.add(finding("bag-bare", file="bagit.txt"))
            return ""
        if "/" in base:
            self._found.add(finding("bag-entry-outside", file=base, base=base.partition("/")[0]))
        for path in self.sizes:
            if not path.startswith(f"{base}/"):
                self._found.add(finding("bag-entry-outside", file=path, base=base))
        return f"{base}/"

    def within(self, base: str) -> dict[str, int]:
        """Bytes by path in the bag. A file that is a folder as well is told."""
        folders: set[str] = set()
        for path in self.sizes:
            parent = path
            while (parent := posixpath.dirname(parent)) and parent not in folders:
                folders.add(parent)
        for path in self.sizes:
            if path in folders:
                self._found.add(finding("bag-entry-unsafe", file=path, reason="is a file and a folder"))
        return {path[len(base) :]: size for path, size in self.sizes.items() if path.startswith(base)}


def _odd(name: str, folder: bool) -> str:
    parts = name.split("/")
    if folder and parts[-1] == "":
        parts.pop()
    if parts[:1] == ["."]:  # as `tar c .` writes them
        parts = parts[1:]
    if (not parts and not folder) or any(part in ("", ".") for part in parts):
        return "is no plain path"
    return "has more than 4096 bytes" if len(name.encode("utf-8", "surrogateescape")) > 4096 else ""


def bomb(unpacked: int, packed: int) -> bool:
    """Is this far more than an honest archive of that size (in bytes) holds?"""
    return unpacked > FREE and unpacked > RATIO * packed
