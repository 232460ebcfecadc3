"""A plain folder: the bag is copied beside its place, verified there, and renamed into it.

What is killed half-way leaves a part whose name begins with a dot; the next run takes it away.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from jatspack.archive import verify
from jatspack.config.targets import FolderTarget
from jatspack.findings import UnreadableInput
from jatspack.handover.delivery import Delivery, Deposited
from jatspack.handover.exchange import Body, Sent
from jatspack.handover.parcel import Parcel, fingerprint
from jatspack.handover.troubles import Changed, Refused, Unreachable
from jatspack.output import locked

_BLOCK = 1 << 20
_PATIENCE = 60.0  # seconds, for another run that copies the same article


def deliver(job: Delivery[FolderTarget]) -> Deposited:
    """Copy the bag as it is, a folder or a file."""
    parcel = job.parcel
    home = job.folder / Path(job.target.path).expanduser()
    goal = home / parcel.name
    _print(job, goal)
    if not home.is_dir():
        raise Refused(f"{home} is no folder", "mount it or make it; it is not made by jatspack")
    if job.wire.rehearsal:
        return Deposited(str(goal))
    try:
        with locked(goal.with_name(f".{goal.name}.lock"), wait=_PATIENCE, what=str(goal)):
            return _copied(job, goal)
    except OSError as error:
        raise Unreachable(f"{goal}: {error.strerror or error}") from error


def _print(job: Delivery[FolderTarget], goal: Path) -> None:
    bag = job.parcel.bag
    if bag.is_file():
        body = Body(path=bag, size=bag.stat().st_size)
        job.wire.sent.append(Sent("COPY", str(goal), {}, body.size, body.digest()))
    else:
        size = sum(path.stat().st_size for path in bag.rglob("*") if path.is_file())
        job.wire.sent.append(Sent("COPY", str(goal), {}, size, job.parcel.digest))


def _copied(job: Delivery[FolderTarget], goal: Path) -> Deposited:
    part, old = goal.with_name(f".{goal.name}.part"), goal.with_name(f".{goal.name}.old")
    if old.exists() and not goal.exists():
        old.rename(goal)  # a run that was killed between its two renames
    for left in (part, old):
        _remove(left)
    found = [goal.with_name(name) for name in job.parcel.names if os.path.lexists(goal.with_name(name))]
    there = goal in found
    for one in found:
        if _state(one) == job.parcel.digest:
            return Deposited(str(one), already=True)
    if found and not (there and job.target.replace):
        more = f", or set replace = true in [targets.{job.name}]" if there else ""
        raise Changed(f"{found[0]} has other content", f"move it away{more}")
    _copy(job.parcel.bag, part)
    _prove(part, job.parcel)
    if there:
        goal.rename(old)
    part.rename(goal)
    _sync(goal.parent)
    _remove(old)
    job.note("copied")
    return Deposited(str(goal), replaced=there)


def _state(path: Path) -> str:
    try:
        return fingerprint(path)
    except (UnreadableInput, OSError):
        return ""


def _copy(source: Path, goal: Path) -> None:
    """Copy a file, or a folder with its ordinary files, down to the disk."""
    if source.is_file():
        with source.open("rb") as read, goal.open("xb") as file:
            shutil.copyfileobj(read, file, _BLOCK)
            file.flush()
            os.fsync(file.fileno())
        return
    goal.mkdir()
    for entry in sorted(source.iterdir()):
        _copy(entry, goal / entry.name)
    _sync(goal)


def _prove(part: Path, parcel: Parcel) -> None:
    """The copy verifies, and is what was to be copied."""
    if not verify(part, trusted=True).valid or fingerprint(part) != parcel.digest:
        _remove(part)
        raise Unreachable("what was copied is not what was read; check both disks")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
