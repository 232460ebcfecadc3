"""The articles of a batch on this machine: so many processes, each of which loads everything once.

A process that hangs, or ends before it answers, is replaced; so is one that an article left with too much memory.
"""

from __future__ import annotations

import os
import queue
import signal
import tempfile
import threading
from collections.abc import Iterator
from typing import IO

from jatspack.batch.task import Options, Outcome, State, Task
from jatspack.child import Child, Died, Late
from jatspack.findings import MissingDependency

_TRIES = 2  # an article whose worker ends: it may have been another's memory that the system wanted back
_TICK = 1.0  # seconds
_LOADING = 300.0  # seconds before the first article
_TOLD = 600  # characters of what a worker said last
_FAT = 0.5  # share of its bound that a worker may hold between two articles


class Worker:
    """One process that makes articles, or the place where the next one will be. Of no use once it was `killed`."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._child: Child | None = None
        self._said: IO[bytes] | None = None
        self._heard = 0  # bytes of it that are of earlier articles
        self.killed = False

    def make(self, task: Task) -> Outcome | None:
        """What becomes of an article; None where `kill` ended it."""
        for last in (False, True):
            try:
                child = self._running()
                outcome: Outcome = child.ask((task, self._options), self._options.seconds)
            except Late:
                self.close()
                if not self.killed:
                    return _set_aside(f"took longer than {self._options.seconds:g} s", "raise --time-limit")
            except Died as died:
                why = self._why(died.status)
                self.close()
                if last and not self.killed:
                    return _set_aside(f"ended its worker {_TRIES} times ({why})", "report it with the article")
            else:
                if outcome.state is State.SET_ASIDE or outcome.resident > self._options.megabytes * _FAT * 2**20:
                    self.close()
                return outcome
            if self.killed:
                return None
        return None

    def _running(self) -> Child:
        if self._child is None:
            self._said = tempfile.TemporaryFile()  # noqa: SIM115  closed with the process
            try:
                self._child = Child("jatspack.batch.worker:answer", stderr=self._said)
            except OSError as error:
                raise MissingDependency(f"Python cannot be started for a worker: {error}") from error
            if self.killed:
                self._child.kill()
            self._load(self._child)
        assert self._said
        self._heard = os.fstat(self._said.fileno()).st_size
        return self._child

    def _load(self, child: Child) -> None:
        """What no article is to blame for: a process that does not come as far as its first."""
        try:
            child.ask((None, self._options), _LOADING)
        except (Late, Died) as ended:
            why = self._why(ended.status) if isinstance(ended, Died) else f"longer than {_LOADING:g} s"
            if self.killed:
                raise
            self.close()
            raise MissingDependency(f"a worker cannot be started: {why}") from ended

    def _why(self, status: int) -> str:
        """How the process ended, and what it said of its last article."""
        said = ""
        if self._said:
            self._said.seek(self._heard)
            lines = self._said.read().decode("utf-8", "replace").split("\n")
            said = " / ".join(line.strip() for line in lines if line.strip())[:_TOLD]
        how = f"signal {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
        return f"{how}: {said}" if said else how

    def kill(self) -> None:
        """End the process, in the middle of an article if need be."""
        self.killed = True
        if self._child:
            self._child.kill()

    def close(self) -> None:
        """End the process, if one runs."""
        child, self._child = self._child, None
        if child:
            child.close()
        if self._said:
            self._said.close()
            self._said, self._heard = None, 0


def _set_aside(why: str, remedy: str) -> Outcome:
    return Outcome(State.SET_ASIDE, message=f"{why}; convert it by itself with jatspack convert, or {remedy}")


class Local:
    """The engine of one machine."""

    def __init__(self, options: Options, workers: int) -> None:
        self._workers = [Worker(options) for _ in range(workers)]
        self._stopped = self._killed = False

    def outcomes(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Outcome] | None]:
        """As `Engine.outcomes`. MissingDependency where no worker can be started."""
        orders: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        answers: queue.SimpleQueue[tuple[Task, Outcome | Exception | None]] = queue.SimpleQueue()
        threads = [threading.Thread(target=_work, args=(w, orders, answers), daemon=True) for w in self._workers]
        for thread in threads:
            thread.start()
        begun = 0
        try:
            while not self._killed:
                while begun < len(threads) and not self._stopped and (task := next(tasks, None)) is not None:
                    orders.put(task)
                    begun += 1
                if not begun:
                    return
                try:
                    done, outcome = answers.get(timeout=_TICK)
                except queue.Empty:
                    yield None
                    continue
                begun -= 1
                if isinstance(outcome, Exception):
                    raise outcome
                if outcome is not None:
                    yield done, outcome
        finally:
            self._end(threads, orders)

    def _end(self, threads: list[threading.Thread], orders: queue.SimpleQueue[Task | None]) -> None:
        for _ in threads:
            orders.put(None)
        for worker in self._workers:
            worker.kill()
        for thread in threads:
            thread.join()

    def stop(self) -> None:
        self._stopped = True

    def kill(self) -> None:
        self._stopped = self._killed = True
        for worker in self._workers:
            worker.kill()


def _work(
    worker: Worker,
    orders: queue.SimpleQueue[Task | None],
    answers: queue.SimpleQueue[tuple[Task, Outcome | Exception | None]],
) -> None:
    """The thread of one worker."""
    try:
        while (task := orders.get()) is not None:
            try:
                answers.put((task, worker.make(task)))
            except Exception as error:
                answers.put((task, error))
    finally:
        worker.close()
