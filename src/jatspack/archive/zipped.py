"""A bag in a zip, read in place. The library reads the directory; what it believes is checked first."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from copy import copy
from pathlib import Path
from typing import BinaryIO

from jatspack.archive.entries import MOST, MOST_LINES, TAG_BYTES, Entries, bomb
from jatspack.archive.found import Found
from jatspack.archive.store import BLOCK, LARGEST_TAG_FILE
from jatspack.findings import UnreadableInput, finding

_END, _END64, _LOCATOR64 = b"PK\5\6", b"PK\6\6", b"PK\6\7"
_LONGEST_COMMENT = 0xFFFF
_LARGEST_DIRECTORY = 16 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_DEFLATE = 1032  # deflate cannot make more bytes of one
_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError, struct.error)


class Zip:
    """A bag in a zip. Raises UnreadableInput where it cannot be opened."""

    media_type = "application/zip"
    most_lines = MOST_LINES

    def __init__(self, path: Path, found: Found) -> None:
        self.sound, self._left = True, TAG_BYTES
        with path.open("rb") as file:
            _bounded(file)
        try:
            self._zip = zipfile.ZipFile(path)
        except _ERRORS as error:
            raise UnreadableInput(f"the zip cannot be read: {error}") from error
        entries, infos = Entries(found), dict[str, zipfile.ZipInfo]()
        for info in self._zip.infolist():
            self._take(info, entries, infos, found)
        self._base = entries.base()
        self.sizes = entries.within(self._base)
        self._infos = {path: infos[f"{self._base}{path}"] for path in self.sizes}
        self._weigh(path.stat().st_size, found)

    @staticmethod
    def _take(info: zipfile.ZipInfo, entries: Entries, infos: dict[str, zipfile.ZipInfo], found: Found) -> None:
        name = info.orig_filename  # the library cuts names at a NUL
        kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == 3 else 0
        if kind and not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
            found.add(finding("bag-symlink" if stat.S_ISLNK(kind) else "bag-special-file", file=name))
        elif path := entries.take(name, info.file_size, folder=name.endswith("/")):
            infos[path] = info

    def _weigh(self, packed: int, found: Found) -> None:
        """Entries that share bytes, or claim more than their bytes can hold."""
        total, end, last = 0, 0, ""
        for path, info in sorted(self._infos.items(), key=lambda item: item[1].header_offset):
            if info.header_offset < end:
                found.add(finding("bag-bomb", file=path, reason=f"it shares bytes with {last}"))
                self.sound = False
            end, last = info.header_offset + info.compress_size + 30, path
            if info.file_size > info.compress_size * _DEFLATE + BLOCK:
                found.add(
                    finding("bag-size-lies", file=path, reason=f"{info.compress_size} bytes hold no {info.file_size}")
                )
                self.sound = False
            total += info.file_size
        if bomb(total, packed):
            found.add(finding("bag-bomb", file="", reason=f"{packed} bytes unpack to {total}"))
            self.sound = False

    def read(self, path: str) -> bytes:
        out = bytearray()
        for block in self._blocks(path):
            out += block
            self._left -= len(block)
            if self._left < 0:
                raise OSError(f"the files beside the payload are larger than {TAG_BYTES >> 20} MiB")
            if len(out) > LARGEST_TAG_FILE:
                break
        return bytes(out)

    def walk(self, paths: Collection[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
        for path in paths:
            yield path, self._blocks(path)

    def close(self) -> None:
        self._zip.close()

    def _blocks(self, path: str) -> Iterator[bytes]:
        info = self._infos[path]
        if info.flag_bits & _ENCRYPTED:
            raise OSError("it is encrypted")
        if info.compress_type not in _METHODS:
            raise OSError(f"compression method {info.compress_type} is not read; use store or deflate")
        asked, size = copy(info), 0
        asked.file_size += 1  # so that a byte more than was said shows
        try:
            with self._zip.open(asked) as file:
                while block := file.read(BLOCK):
                    size += len(block)
                    if size > info.file_size:
                        raise OSError(f"it is larger than the {info.file_size} bytes that the zip says")
                    yield block
        except _ERRORS as error:
            raise OSError(str(error)) from error
        if size < info.file_size:
            raise OSError(f"it has {size} bytes, not the {info.file_size} that the zip says")


def _bounded(file: BinaryIO) -> None:
    """UnreadableInput where the directory is larger than memory should bear (APPNOTE 4.3.14 to 4.3.16)."""
    end = file.seek(0, 2)
    start = max(0, end - _LONGEST_COMMENT - 22 - 76)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise UnreadableInput("the zip has no directory: it was cut off")
    count, size = struct.unpack_from("<HL", tail, at + 10)
    locator = tail.rfind(_LOCATOR64, 0, at)
    if locator >= 0:
        [place] = struct.unpack_from("<Q", tail, locator + 8)
        if place + 56 <= end:
            file.seek(place)
            record = file.read(56)
            if record.startswith(_END64):
                count, size = (
                    max(count, struct.unpack_from("<Q", record, 32)[0]),
                    max(size if size != 0xFFFFFFFF else 0, struct.unpack_from("<Q", record, 40)[0]),
                )
    if size > _LARGEST_DIRECTORY or (count > MOST and count != 0xFFFF):
        raise UnreadableInput(f"the zip has more than {MOST} entries; unpack the bag and verify its folder")
