"""A bag as one file (RFC 8493, section 4): zip, tar or tar.gz, the same bytes every time.

Names come in order, times are the date that the bag was made, modes and owners are fixed. Files are copied piece by
piece. The zip stores its files as they are: what a compressor makes of them differs with the version of its library,
and most of them (PDF, images) are compressed already. tar.gz is for who wants it small; its bytes are the same
under the same version of zlib.
"""

from __future__ import annotations

import gzip
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import BinaryIO, Literal

from jatspack.archive.verify import prove

Serialization = Literal["none", "zip", "tar", "tar.gz"]
_FILE_MODE = 0o644
_BLOCK = 1 << 20
_FIRST_OF_ZIP, _LAST_OF_ZIP = date(1980, 1, 1), date(2107, 12, 31)  # what a zip can tell


def serialize(bag: Path, kind: Serialization, when: date) -> Path:
    """Write the bag in folder `bag` into a file beside it and return its path ("a.bag" -> "a.bag.zip").

    The file holds one folder with the bag's name, and is verified. OSError where the disk does not take it,
    MissingDependency where what was written does not verify.
    """
    goal = write(bag, kind, when)
    if goal != bag:
        prove(goal)
    return goal


def write(bag: Path, kind: Serialization, when: date) -> Path:
    """As `serialize`, whatever the state of the bag."""
    goal = bag.with_name(f"{bag.name}.{kind}")
    if kind == "zip":
        _zip(bag, goal, when)
    elif kind == "tar":
        with goal.open("wb") as file:
            _tar(bag, file, when)
    elif kind == "tar.gz":
        with goal.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
            _tar(bag, packed, when)
    else:
        return bag
    goal.chmod(_FILE_MODE)
    return goal


def _files(bag: Path) -> Iterator[tuple[str, Path]]:
    """(name in the archive, file): the tag files first, so that a reader of a stream knows what comes."""
    paths = sorted(path.relative_to(bag).as_posix() for path in bag.rglob("*") if path.is_file())
    for path in sorted(paths, key=lambda path: (path != "bagit.txt", path.startswith("data/"))):
        yield f"{bag.name}/{path}", bag / path


def _zip(bag: Path, goal: Path, when: date) -> None:
    day = min(max(when, _FIRST_OF_ZIP), _LAST_OF_ZIP)
    with zipfile.ZipFile(goal, "w", zipfile.ZIP_STORED) as archive:
        for name, path in _files(bag):
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, (0o100000 | _FILE_MODE) << 16  # Unix, ordinary file
            entry.file_size = path.stat().st_size  # from 2 GB on the entry is written as ZIP64
            with path.open("rb") as source, archive.open(entry, "w") as copy:
                shutil.copyfileobj(source, copy, _BLOCK)


def _tar(bag: Path, goal: BinaryIO | gzip.GzipFile, when: date) -> None:
    seconds = int(datetime.combine(when, time(), UTC).timestamp())
    with tarfile.open(fileobj=goal, mode="w", format=tarfile.PAX_FORMAT) as archive:  # PAX: names in UTF-8
        for name, path in _files(bag):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.mode = path.stat().st_size, seconds, _FILE_MODE
            with path.open("rb") as source:
                archive.addfile(entry, source)
            archive.members.clear()  # type: ignore[attr-defined]  # tarfile would keep every entry in memory
