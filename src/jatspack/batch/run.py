"""A batch from beginning to end: what is to be done is found out, done by an engine, and written down as it comes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from datetime import time as clock
from pathlib import Path
from shutil import disk_usage
from typing import Protocol

from jatspack.batch.engine import Engine
from jatspack.batch.ledger import Entry, Ledger
from jatspack.batch.plan import NOTHING, Again, Plan, plan
from jatspack.batch.task import ENDED, Options, Outcome, Source, State, Task
from jatspack.config import Config
from jatspack.findings import Exit, MissingDependency, UsageError
from jatspack.output import locked, run_date

_LOCK = ".jatspack-batch.lock"
_PATIENCE = 60.0  # seconds for the workers of a batch that was killed to end
_ROOM = 20_000_000  # bytes that must be free on the disk


@dataclass(slots=True)
class Tally:
    """How far a batch has come. `states` counts every article of the ledger, `ended` those of this run by state."""

    states: dict[State, int]
    todo: int
    bytes: int  # of the sources to be done
    ended: dict[State, int] = field(default_factory=dict)
    bytes_ended: int = 0
    warned: int = 0  # articles of this run with a warning
    running: dict[str, float] = field(default_factory=dict)  # since when, on the clock of `started`
    started: float = field(default_factory=time.monotonic)
    interrupted: bool = False

    @property
    def count(self) -> int:
        """Articles of this run that are over."""
        return sum(self.ended.values())

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self.started

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.count / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds to the end, by the bytes that are done; None as long as nothing is."""
        if not self.bytes_ended:
            return None
        return self.seconds * (self.bytes - self.bytes_ended) / self.bytes_ended

    @property
    def slowest(self) -> tuple[str, float] | None:
        """The article that has been under way for longest, and its seconds."""
        if not self.running:
            return None
        name = min(self.running, key=lambda name: self.running[name])
        return name, time.monotonic() - self.running[name]


class Watch(Protocol):
    """Who is told how a batch goes on. All are called from one thread."""

    def planned(self, tally: Tally, notes: Sequence[str]) -> None: ...
    def begun(self, entry: Entry, tally: Tally) -> None: ...
    def ended(self, entry: Entry, outcome: Outcome, tally: Tally) -> None: ...
    def tick(self, tally: Tally) -> None: ...
    def stopping(self, why: str) -> None: ...
    def over(self, tally: Tally) -> None: ...


def run_batch(
    sources: Sequence[Source], output: Path, options: Options, engine: Engine, watch: Watch, again: Again = NOTHING
) -> Tally:
    """Make the articles that need it, and keep the ledger in `output`.

    Raises UsageError where the folder cannot be used or another batch works in it, MissingDependency where a program
    is missing. An interrupt (Ctrl-C) lets what is being done come to its end, a second one, or SIGTERM, does not.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{output}: cannot be made ({error.strerror}); choose another folder with -o") from error
    with locked(output / _LOCK, wait=_PATIENCE), Ledger(output, write=True) as ledger:
        made = plan(ledger, output, sources, options, run_date(Config()), again)
        tally = Tally(ledger.counts(), len(made.todo), sum(entry.bytes for entry, _ in made.todo))
        watch.planned(tally, made.notes)
        try:
            with _interruptible(engine, watch, tally):
                _work(_Round(ledger, output, made, tally, watch), engine)
        finally:
            ledger.release()
        tally.states = ledger.counts()
        _tell(ledger, output, watch)
        watch.over(tally)
    return tally


def _tell(ledger: Ledger, output: Path, watch: Watch) -> None:
    """Write index.html; a disk that refuses it changes nothing of what was done."""
    from jatspack.batch.index import NAME, write_index

    try:
        write_index(ledger, output)
    except UsageError:
        watch.stopping(f"{output / NAME} could not be written; make room, then: jatspack status {output} --page")


@dataclass(slots=True)
class _Round:
    """One run over the articles of a plan."""

    ledger: Ledger
    output: Path
    plan: Plan
    tally: Tally
    watch: Watch
    entries: dict[Path, Entry] = field(default_factory=dict)

    def tasks(self) -> Iterator[Task]:
        """The articles, each written down as begun when it is taken."""
        for entry, source in self.plan.todo:
            self.ledger.begin(entry.id)
            self.entries[source.path] = entry
            self.tally.running[entry.name] = time.monotonic()
            self.watch.begun(entry, self.tally)
            force = entry.attempts > 0 or entry.id in self.plan.forced
            yield Task(source, self.output / entry.folder, _moment(entry), force)

    def end(self, task: Task, outcome: Outcome) -> None:
        """Write down what became of an article."""
        entry = self.entries.pop(task.source.path)
        self.ledger.end(entry.id, outcome)
        tally = self.tally
        tally.running.pop(entry.name, None)
        tally.ended[outcome.state] = tally.ended.get(outcome.state, 0) + 1
        tally.states[entry.state] -= 1
        tally.states[outcome.state] += 1
        tally.bytes_ended += entry.bytes
        if outcome.summary and outcome.summary.severities["warning"]:
            tally.warned += 1
        self.watch.ended(entry, outcome, tally)


def _moment(entry: Entry) -> int:
    """The time that the outputs bear: SOURCE_DATE_EPOCH as it is given, else the day on which the article came."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given or datetime.combine(date.fromisoformat(entry.made), clock(), UTC).timestamp())


def _work(work: _Round, engine: Engine) -> None:
    for come in engine.outcomes(work.tasks()):
        if come is None:
            work.watch.tick(work.tally)
            continue
        task, outcome = come
        if outcome.exit == Exit.DEPENDENCY:  # so would it go with all the others
            engine.kill()
            raise MissingDependency(outcome.message)
        if outcome.state is State.FAILED and disk_usage(work.output).free < _ROOM:
            engine.stop()
            work.tally.interrupted = True
            work.watch.stopping(f"{work.output}: the disk is full; make room and start the batch again")
            continue  # it waits again
        work.end(task, outcome)


@contextmanager
def _interruptible(engine: Engine, watch: Watch, tally: Tally) -> Iterator[None]:
    """Ctrl-C ends the batch in good order."""

    def interrupted(number: int, _: object) -> None:
        at_once, tally.interrupted = tally.interrupted or number != signal.SIGINT, True
        if at_once:
            engine.kill()
            watch.stopping("stopped; start the batch again to go on")
        else:
            engine.stop()
            watch.stopping("what is being done is finished; Ctrl-C once more stops at once")

    before = {number: signal.signal(number, interrupted) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def exit_status(tally: Tally) -> int:
    """0 where every article of the ledger is done and valid; 1 where one is not; 130 where the run was interrupted."""
    if tally.interrupted:
        return 130
    bad = sum(tally.states[state] for state in ENDED if state is not State.DONE)
    return int(Exit.FINDINGS if bad else Exit.DONE)
