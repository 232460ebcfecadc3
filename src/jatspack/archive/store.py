"""Where a bag lies: in a folder, or in a zip or tar. What each of them gives, and how a folder gives it.

Nothing is unpacked onto the disk, no link is followed.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from jatspack.archive.found import Found
from jatspack.findings import finding

BLOCK = 1 << 20
LARGEST_TAG_FILE = 64 << 20  # bytes


class Store(Protocol):
    """The files of a bag. `sizes` are bytes by path in the bag, as far as the store says so itself."""

    media_type: str  # empty for a folder
    sizes: dict[str, int]
    most_lines: int  # of all manifests together
    sound: bool  # False where reading the payload would do harm; why stands in the findings

    def read(self, path: str) -> bytes:
        """A tag file, LARGEST_TAG_FILE + 1 bytes of it at most; OSError says why not."""
        ...

    def walk(self, paths: Collection[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
        """The files asked for, each in pieces, in the order that suits the store; a piece may raise OSError."""
        ...

    def close(self) -> None:
        """Let go of what is open."""
        ...


def unsafe(path: str) -> str:
    """Why a path may lead out of its folder; empty where it cannot."""
    if path.startswith(("/", "\\", "~")) or re.match(r"[A-Za-z]:", path):
        return "is not relative"
    if ".." in re.split(r"[/\\]", path):
        return "leads out of its folder"
    return "holds a NUL" if "\0" in path else ""


class Folder:
    """A bag as a folder."""

    media_type = ""
    most_lines = 20_000_000
    sound = True

    def __init__(self, folder: Path, found: Found) -> None:
        self.folder, self._found = folder, found
        self.sizes: dict[str, int] = dict(self._listing())

    def _listing(self) -> Iterator[tuple[str, int]]:
        """(path, bytes) of every ordinary file; links and devices are told. However deep it lies."""
        waiting = list(self._entries(""))
        while waiting:
            path, status = waiting.pop()
            if stat.S_ISDIR(status.st_mode):
                waiting += self._entries(f"{path}/")
            elif stat.S_ISREG(status.st_mode):
                yield path, status.st_size
            else:
                code = "bag-symlink" if stat.S_ISLNK(status.st_mode) else "bag-special-file"
                self._found.add(finding(code, file=path))

    def _entries(self, below: str) -> Iterator[tuple[str, os.stat_result]]:
        """What stands in a folder, the last name first."""
        try:
            entries = sorted(os.scandir(self.folder / below), key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            self._found.add(finding("bag-file-unreadable", file=below, reason=error.strerror or str(error)))
            return
        for entry in entries:
            path = f"{below}{entry.name}"
            try:
                yield path, entry.stat(follow_symlinks=False)
            except OSError as error:
                self._found.add(finding("bag-file-unreadable", file=path, reason=error.strerror or str(error)))

    def read(self, path: str) -> bytes:
        with _open(self.folder / path) as file:
            return file.read(LARGEST_TAG_FILE + 1)

    def walk(self, paths: Collection[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
        for path in paths:
            yield path, self._blocks(path)

    def close(self) -> None:
        """Nothing stays open."""

    def _blocks(self, path: str) -> Iterator[bytes]:
        with _open(self.folder / path) as file:
            while block := file.read(BLOCK):
                yield block


def _open(path: Path) -> BinaryIO:
    """Open a file to read, but no link that was put there meanwhile."""
    return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb")
