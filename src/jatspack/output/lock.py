"""A lock that ends with the process that holds it, however that ends: flock(2) on a file that names the holder.

No time is compared and no process is asked for, so that neither a killed run nor a clock that jumps leaves a lock
behind. Linux passes flock on to an NFS server; on a file system that knows no locks the file is one of this machine's
temporary folder, and keeps only runs of this machine and user apart.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import socket
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

from jatspack.findings import UsageError

_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}
_FIRST_PAUSE, _LONGEST_PAUSE = 0.005, 0.25  # seconds
_LONGEST_HOLDER = 200  # bytes


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that is held. A child that is forked holds it too; one that is started does if it is passed `fileno()`."""

    path: Path
    descriptor: int

    def fileno(self) -> int:
        return self.descriptor


@contextlib.contextmanager
def locked(path: Path, *, wait: float = 0.0, what: str = "") -> Iterator[Lock]:
    """Hold the lock whose file is `path`, which is made with its folder and removed at the end.

    Waits up to `wait` seconds for another holder. Raises UsageError that names the holder of `what` (else of the
    file) where it does not end meanwhile, and OSError where the file cannot be made.
    """
    lock = _take(path, wait, what or str(path))
    try:
        yield lock
    finally:
        with contextlib.suppress(OSError):  # removed while it is held: who waits sees that its file is gone
            lock.path.unlink()
        os.close(lock.descriptor)


def _take(path: Path, wait: float, what: str) -> Lock:
    end, pause = monotonic() + wait, _FIRST_PAUSE
    while True:
        descriptor, held = _open(path), False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = _is_there(path, descriptor)
            if held:
                _sign(descriptor)
                return Lock(path, descriptor)
        except BlockingIOError as error:
            if monotonic() >= end:
                holder = _holder(descriptor)
                raise UsageError(f"{what}: in use by {holder}; try again when that has ended") from error
            sleep(min(pause, max(0.0, end - monotonic())))
            pause = min(pause * 2, _LONGEST_PAUSE)
        except OSError as error:
            if error.errno not in _NO_LOCKS or path == _elsewhere(path):
                raise
            path.unlink(missing_ok=True)
            path = _elsewhere(path)
        finally:
            if not held:
                os.close(descriptor)


def _open(path: Path) -> int:
    """The file opened; its folder is made anew where another holder has taken it away meanwhile."""
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        except FileNotFoundError:
            if not path.parent.parent.is_dir():
                raise
        except PermissionError:  # another user's: flock does not ask for the right to write
            return os.open(path, os.O_RDONLY | os.O_NOFOLLOW)


def _is_there(path: Path, descriptor: int) -> bool:
    """Is the file that was opened still the one of this name? Who held it before has removed it otherwise."""
    try:
        return os.path.samestat(os.stat(path, follow_symlinks=False), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _sign(descriptor: int) -> None:
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
    name = f"process {os.getpid()} on {socket.gethostname()}, since {now} UTC"
    with contextlib.suppress(OSError):  # the name is a courtesy: the lock holds without it
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, name.encode("utf-8")[:_LONGEST_HOLDER], 0)


def _holder(descriptor: int) -> str:
    with contextlib.suppress(OSError):
        name = os.pread(descriptor, _LONGEST_HOLDER, 0).decode("utf-8", "replace")
        if name and name.isprintable():
            return name
    return "another process"


def _elsewhere(path: Path) -> Path:
    """The lock's file where its own file system knows no locks: in a folder that is this user's alone."""
    folder = Path(tempfile.gettempdir()) / f"jatspack-{os.getuid()}"
    if path.parent == folder:
        return path
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        raise UsageError(f"{folder} is another user's; take it away, or set TMPDIR")
    return folder / f"{hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()}.lock"
