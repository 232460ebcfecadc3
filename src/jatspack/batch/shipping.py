"""How much goes into a parcel, and how what comes back is put into its place."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from jatspack.archive import portable
from jatspack.batch.parcel import Blobs, Item, Made
from jatspack.batch.task import Task
from jatspack.output import Staging

_SHORTEST, _LONGEST = 1.0, 5.0  # seconds of work in a parcel
_SHARE = 0.05  # of the time of the batch so far: workers that have nothing left wait no longer than this at its end
_MOST = 500  # articles
_HEAVIEST = 8_000_000  # bytes
_FADES = 0.98  # what an article's speed still counts after the next one


class Pace:
    """How many articles a worker does in a few seconds, by the bytes of those that are done.

    Short parcels at first, longer ones later: each costs some 25 ms of processors here and there.
    """

    def __init__(self) -> None:
        self._seconds, self._bytes = 0.0, 0.0
        self._first: float | None = None

    def took(self, size: int, seconds: float) -> None:
        """An article of `size` bytes is done."""
        self._first = self._first or time.monotonic()
        self._seconds = self._seconds * _FADES + seconds
        self._bytes = self._bytes * _FADES + size

    def has_room(self, items: Sequence[Item], blobs: Blobs) -> bool:
        """Whether one more fits into a parcel. As long as nothing is known of their speed, each goes alone."""
        if not items:
            return True
        if not self._bytes or len(items) == _MOST or sum(map(len, blobs.values())) >= _HEAVIEST:
            return False
        return sum(item.bytes for item in items) * self._seconds / self._bytes < self._goal

    @property
    def _goal(self) -> float:
        elapsed = time.monotonic() - self._first if self._first else 0.0
        return min(_LONGEST, max(_SHORTEST, elapsed * _SHARE))

    @property
    def allowance(self) -> float:
        """Seconds after which a worker sends back what it has, and what it has not begun goes to others."""
        return 2 * self._goal


def publish(task: Task, made: Made, blobs: Blobs, desk: Path) -> None:
    """Put the outputs of an article into its folder, all or none.

    Raises UsageError where the disk refuses, or what is there already.
    """
    source = task.source.path
    inputs = [source, *(source.parent / name for name in made.outcome.images)]
    with Staging(task.folder, portable(source.stem), inputs, force=task.force) as staging:
        if made.place is None:
            staging.write({name: blobs[digest] for name, digest in made.files.items()})
        else:
            for entry in sorted((desk / made.place).iterdir()):
                shutil.move(entry, staging.folder / entry.name)
        staging.publish()
