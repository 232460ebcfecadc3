"""The hidden folder of a goal, where its next contents are made: TARGET/.jatspack/NAME, one run's as long as it lives.

Beside it lies its lock, NAME.lock. A work folder whose lock is free is a killed run's: the next run, and whoever
reads what runs have made, finishes what that had begun to publish and removes the rest.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from jatspack.findings import UsageError
from jatspack.output.lock import locked
from jatspack.output.moves import JOURNAL, NEW, OLD, Moves

HIDDEN = ".jatspack"
WAIT = 10.0  # seconds for another run that writes the same
_WAIT_FOR_RENAMES = 60.0  # seconds for another that publishes into the same folder
_LOCK = ".lock"


@contextlib.contextmanager
def work_folder(target: Path, name: str, *, wait: float = WAIT) -> Iterator[Path]:
    """An empty work folder with NEW and OLD in it, removed at the end. `target` must exist.

    Raises UsageError where another run holds it longer than `wait` seconds, and OSError.
    """
    hidden = target / HIDDEN
    if not os.path.lexists(hidden):
        hidden.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):  # who may write into the target may write into this
            shutil.copymode(target, hidden)
    elif hidden.is_symlink() or not hidden.is_dir():
        raise UsageError(f"{hidden} is no folder of jatspack's; move it away, or choose another folder")
    try:
        what = str(target) if name.startswith(".") else f"{target} ({name})"
        with locked(hidden / f"{name}{_LOCK}", wait=wait, what=what):
            folder = hidden / name
            _settle_one(target, folder)
            settle(target)
            for part in (NEW, OLD):
                (folder / part).mkdir(parents=True)
            try:
                yield folder
            finally:
                _clear(folder)
    finally:
        _leave(target)


@contextlib.contextmanager
def publishing(target: Path) -> Iterator[None]:
    """Hold the target while names in it are looked at and changed: for milliseconds."""
    with locked(target / HIDDEN / _LOCK, wait=_WAIT_FOR_RENAMES, what=str(target)):
        yield


def settle(target: Path) -> None:
    """Finish what killed runs had begun to publish in a folder, and remove what else they left.

    What belongs to a run that is alive stays; what cannot be settled now (no right to write) is left to the next.
    """
    hidden = target / HIDDEN
    if hidden.is_symlink() or not hidden.is_dir():
        return
    names = []
    with contextlib.suppress(OSError):
        names = os.listdir(hidden)
    for name in sorted({name.removesuffix(_LOCK) for name in names} - {""}):
        with contextlib.suppress(UsageError, OSError), locked(hidden / f"{name}{_LOCK}"):
            _settle_one(target, hidden / name)
    _leave(target)


def _settle_one(target: Path, folder: Path) -> None:
    """The same for one work folder whose lock is held."""
    if not os.path.lexists(folder):
        return
    moves = Moves.recorded(target, folder)
    if moves is not None:
        with publishing(target):
            moves.finish()
    shutil.rmtree(folder)


def _clear(folder: Path) -> None:
    """Remove it, unless renames were interrupted: their record is for the next run."""
    if (folder / JOURNAL).exists():
        return
    try:
        for path in (folder / NEW, folder / OLD, folder):  # all was published, as a rule
            path.rmdir()
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)


def _leave(target: Path) -> None:
    """The hidden folder goes with the last who used it."""
    hidden = target / HIDDEN
    with contextlib.suppress(UsageError, OSError):
        if os.listdir(hidden) == [_LOCK]:  # a killed run's
            with locked(hidden / _LOCK):
                pass
        hidden.rmdir()
