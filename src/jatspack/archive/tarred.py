"""A bag in a tar or tar.gz, read from front to back: once for its entries and tag files, once for its payload."""

from __future__ import annotations

import gzip
import io
import posixpath
import re
import struct
import tarfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from jatspack.archive.entries import MOST_LINES, TAG_BYTES, Entries, bomb
from jatspack.archive.found import Found
from jatspack.archive.store import BLOCK, LARGEST_TAG_FILE
from jatspack.findings import UnreadableInput, finding

_GZIP = b"\x1f\x8b"
_LARGEST_HEADER = 64 << 10  # of one entry: its name and PAX records
_LONG_NUMBER = re.compile(rb"[0-9]{256}")  # in PAX records some versions of tarfile take time in their square
_ERRORS = (
    tarfile.TarError,
    zlib.error,
    EOFError,
    ValueError,
    LookupError,
    OverflowError,
    RecursionError,
    struct.error,
    OSError,
)


def _payload(path: str) -> bool:
    """Does an entry lie in data/ of a bag that has a folder of its own?"""
    parts = path.split("/")
    return len(parts) > 2 and parts[1] == "data"


class _Bomb(Exception):
    """More comes out than an honest archive of that size holds."""


class _Guard(io.RawIOBase):
    """A stream of which nobody reads too much at once, nor too much in all."""

    def __init__(self, file: BinaryIO, packed: int | None) -> None:
        self._file, self._packed = file, packed
        self.header = _LARGEST_HEADER  # bytes that the next entry's header may take
        self.data = False  # no header, but what the entry holds, is read

    def read(self, size: int | None = -1) -> bytes:
        if size is None or not 0 <= size <= (BLOCK if self.data else self.header):
            raise tarfile.ReadError(f"a header claims {size} bytes")
        data = self._file.read(size)
        if not self.data:
            self.header -= len(data)
            if _LONG_NUMBER.search(data):
                raise tarfile.ReadError("a header holds a number of more than 255 digits")
        if self._packed is not None and bomb(self._file.tell(), self._packed):
            raise _Bomb
        return data

    def seek(self, place: int, whence: int = 0) -> int:
        """Forward in pieces, so that a bomb is seen while it is passed over."""
        if whence != 0 or self._packed is None:
            return self._file.seek(place, whence)
        while (step := place - self._file.tell()) > 0:
            if not self._file.read(min(step, BLOCK)):
                break
            if bomb(self._file.tell(), self._packed):
                raise _Bomb
        return self._file.seek(place) if step < 0 else self._file.tell()

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


class Tar:
    """A bag in a tar, compressed by gzip or not. Raises UnreadableInput where it cannot be opened."""

    most_lines = MOST_LINES

    def __init__(self, path: Path, found: Found, *, trusted: bool = False) -> None:
        self._path, self.sound, self._trusted = path, True, trusted
        self._packed = path.stat().st_size
        with path.open("rb") as file:
            self._gzip = file.read(2) == _GZIP
        self.media_type = "application/gzip" if self._gzip else "application/x-tar"
        self._tags: dict[str, bytes] = {}
        self._left = TAG_BYTES
        entries = Entries(found)
        try:
            for info, tar, guard in self._members():
                self._take(info, tar, guard, entries, found)
        except _Bomb:
            reason = f"{self._packed} bytes unpack to more than a hundred times as many"
            if not entries.sizes:
                raise UnreadableInput(f"the tar was not unpacked: {reason}") from None
            found.add(finding("bag-bomb", reason=reason))
            self.sound = False
        except _ERRORS as error:
            if not entries.sizes:
                raise UnreadableInput(f"the tar cannot be read: {_said(error)}") from error
            found.add(finding("bag-archive-broken", reason=_said(error)))
        self._base = entries.base()
        self.sizes = entries.within(self._base)

    def _take(self, info: tarfile.TarInfo, tar: tarfile.TarFile, guard: _Guard, entries: Entries, found: Found) -> None:
        name = info.name
        if info.issym() or info.islnk():
            found.add(finding("bag-symlink", file=name))
        elif not (info.isreg() or info.isdir()) or info.issparse():
            found.add(finding("bag-special-file", file=name))
        elif (path := entries.take(name, info.size, folder=info.isdir())) and not _payload(path):
            if info.size > min(self._left, LARGEST_TAG_FILE):
                return  # whoever wants it as a tag file is told
            self._left -= info.size
            self._tags[path] = b"".join(_pieces(tar, info, guard))

    def _members(self) -> Iterator[tuple[tarfile.TarInfo, tarfile.TarFile, _Guard]]:
        with self._path.open("rb") as file:
            stream: BinaryIO = gzip.GzipFile(fileobj=file) if self._gzip else file  # type: ignore[assignment]
            guard = _Guard(stream, self._packed if self._gzip and not self._trusted else None)
            with tarfile.open(fileobj=guard, mode="r:", errorlevel=1) as tar:
                before = -1
                while True:
                    guard.header = _LARGEST_HEADER
                    info = tar.next()
                    if info is None:
                        break
                    if info.size < 0 or tar.offset <= before:
                        raise tarfile.ReadError("an entry has a negative size")
                    before = tar.offset
                    tar.members.clear()  # type: ignore[attr-defined]  # it would keep every entry in memory
                    yield info, tar, guard
            if self._gzip:
                while stream.read(BLOCK):  # to the check sum at its end
                    if bomb(stream.tell(), self._packed) and not self._trusted:
                        raise _Bomb

    def read(self, path: str) -> bytes:
        try:
            return self._tags[f"{self._base}{path}"]
        except KeyError:
            raise OSError("it is larger than a tag file may be") from None

    def walk(self, paths: Collection[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
        wanted = {f"{self._base}{path}": path for path in paths}
        for name in [name for name in wanted if name in self._tags]:
            yield wanted.pop(name), iter([self._tags[name]])
        try:
            for info, tar, guard in self._members() if wanted else ():
                name = posixpath.normpath(info.name)
                if name in wanted and info.isreg() and not info.issparse():
                    yield wanted.pop(name), _pieces(tar, info, guard)
                if not wanted:
                    return
        except (_Bomb, *_ERRORS):  # told when the entries were read
            pass
        for path in wanted.values():
            yield path, _nothing()

    def close(self) -> None:
        """Nothing stays open."""


def _pieces(tar: tarfile.TarFile, info: tarfile.TarInfo, guard: _Guard) -> Iterator[bytes]:
    """The bytes of an entry; OSError where they are not all there."""
    size, guard.data = 0, True
    try:
        file = tar.extractfile(info)
        while file is not None and (block := file.read(BLOCK)):
            size += len(block)
            yield block
    except (_Bomb, *_ERRORS) as error:
        raise OSError(_said(error)) from error
    finally:
        guard.data = False
    if size != info.size:
        raise OSError(f"it has {size} bytes, not the {info.size} that the tar says")


def _nothing() -> Iterator[bytes]:
    raise OSError("the archive ends before it")
    yield b""


def _said(error: BaseException) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error) or type(error).__name__
