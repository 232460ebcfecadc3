"""What carries out the work of a batch: an engine takes articles and gives back what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from jatspack.batch.task import Outcome, Task


class Engine(Protocol):
    """Where articles are made. Used from one thread, but for `stop` and `kill`, which a signal may call."""

    def outcomes(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Outcome] | None]:
        """Each task's outcome, as they come; None about every second in which there is none.

        A task is taken from `tasks` when there is somebody to do it. After `stop` no more are taken, and the iteration
        ends with the last that was begun; after `kill` it ends at once, and what was begun has no outcome.
        """
        ...

    def stop(self) -> None:
        """Take no more."""
        ...

    def kill(self) -> None:
        """End what is being done."""
        ...
