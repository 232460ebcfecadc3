"""The articles of a batch on a cluster of dask workers: sent in parcels, made there, put into their place here.

Whatever becomes of a worker, an article comes into its place once: what it makes lies aside until this process, the
only one that publishes, has the parcel's answer. A parcel whose worker is lost is done again by another.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import queue
import secrets
import shutil
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jatspack.archive import portable
from jatspack.batch.far import make
from jatspack.batch.local import Worker
from jatspack.batch.luggage import mark, marks, missed, pack
from jatspack.batch.parcel import TOKEN, Blobs, Delivery, Desk, Item, Made, Parcel
from jatspack.batch.shipping import Pace, publish
from jatspack.batch.surroundings import surroundings
from jatspack.batch.task import MADE, Options, Outcome, State, Task
from jatspack.findings import MissingDependency, Stop, UsageError
from jatspack.output import Staging

if TYPE_CHECKING:
    from distributed import Client, Future

_TICK = 1.0  # seconds
_AHEAD = 2  # parcels for each thread of a worker: one that it does, one that waits there
_AT_HOME = 2  # articles that wait to be made here
_PUBLISHERS = 4
_DESK, _GONE = ".jatspack-desk-", ".jatspack-gone-"


@dataclass(slots=True, eq=False)
class _Flight:
    """A parcel that is under way."""

    items: tuple[Item, ...]
    future: Future[bytes]


_Rest = Delivery | BaseException | None
_Ended = list[tuple[Task, Outcome]]
_Answer = tuple[_Flight | None, _Ended, _Rest]


class Cluster:
    """The engine of many machines. `client` is connected; this class does not close it."""

    def __init__(self, client: Client, options: Options, output: Path) -> None:
        journal = Path(os.path.abspath(options.journal)) if options.journal else None
        self._client, self._options, self._output = client, replace(options, journal=journal), output
        self._pace = Pace()
        self._flights: set[_Flight] = set()
        self._again: deque[Task] = deque()  # sent, and not done
        self._suspects: deque[Task] = deque()  # were in a parcel that ended several workers: each travels alone
        self._wanted: dict[Path, list[str]] = {}  # images that a worker missed, by article
        self._unfit: dict[str, str] = {}  # workers that cannot do it, and why
        self._travel = False  # a worker does not see the files of articles
        self._threads, self._asked = 0, 0.0
        self._home, self._at_home = Worker(options), 0
        self._answers: queue.SimpleQueue[_Answer] = queue.SimpleQueue()
        self._stopped = self._killed = self._dry = False

    def outcomes(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Outcome] | None]:
        """As `Engine.outcomes`. MissingDependency where the scheduler is lost, or no worker can do the work."""
        first = next(tasks, None)
        if first is None:
            return
        self._again.append(first)
        self._desk = _desk(self._output)
        self._publishers = ThreadPoolExecutor(_PUBLISHERS)
        self._home_thread = ThreadPoolExecutor(1)
        try:
            while not self._killed:
                self._send(tasks)
                if not self._flights and not self._at_home and (self._stopped or self._is_dry()):
                    return
                try:
                    flight, ended, rest = self._answers.get(timeout=_TICK)
                except queue.Empty:
                    yield None
                    continue
                yield from ended
                yield from self._take(flight, ended, rest)
        finally:
            self._end()

    def stop(self) -> None:
        self._stopped = True

    def kill(self) -> None:
        self._stopped = self._killed = True
        self._home.kill()
        self._answers.put((None, [], None))  # wakes who waits for one

    def _is_dry(self) -> bool:
        return self._dry and not self._again and not self._suspects

    def _send(self, tasks: Iterator[Task]) -> None:
        """As many parcels as there are threads for them."""
        while not self._stopped and len(self._flights) < self._places() and self._at_home < _AT_HOME:
            parcel = self._parcel(tasks)
            if parcel is None:
                return
            fit = {"workers": self._fit()} if self._unfit else {}
            future = self._client.submit(make, pickle.dumps(parcel), pure=False, **fit)
            flight = _Flight(parcel.items, future)
            self._flights.add(flight)
            future.add_done_callback(lambda _, flight=flight: self._arrived(flight))

    def _places(self) -> int:
        """How many parcels may be under way. Asks the scheduler at most once a second."""
        if self._client.status == "closed":
            raise _lost(None)
        if time.monotonic() - self._asked > _TICK:
            with suppress(OSError, TimeoutError):
                self._threads = self._client.scheduler_info(n_workers=0)["total_threads"]
            self._asked = time.monotonic()
        return self._threads * _AHEAD

    def _fit(self) -> list[str]:
        known: dict[str, Any] = dict(self._client.scheduler_info()["workers"])
        fit = [address for address in known if address not in self._unfit]
        if not fit:
            told = "; ".join(f"{address} {why}" for address, why in self._unfit.items())
            raise MissingDependency(f"no worker can do the work: {told}")
        return fit

    def _parcel(self, tasks: Iterator[Task]) -> Parcel | None:
        """The next articles, as many as their worker will do in a few seconds; None where there are none."""
        items: list[Item] = []
        blobs: Blobs = {}
        alone = False
        while not alone and self._pace.has_room(items, blobs) and self._at_home < _AT_HOME:
            alone = bool(self._suspects) and not items
            task = self._suspects.popleft() if alone else self._next(tasks)
            if task is None:
                break
            item = self._item(task, blobs)
            if item:
                items.append(item)
            else:
                self._make_here(task)
        if not items:
            return None
        seconds = self._pace.allowance
        return Parcel(tuple(items), blobs, self._options, self._desk, surroundings(), seconds)

    def _next(self, tasks: Iterator[Task]) -> Task | None:
        if self._again:
            return self._again.popleft()
        task = next(tasks, None)
        self._dry = task is None
        return task

    def _item(self, task: Task, blobs: Blobs) -> Item | None:
        """The article as it is sent; None where it must be made here."""
        source = task.source
        try:
            Staging(task.folder, portable(source.path.stem), [source.path], force=task.force).check()
        except UsageError:
            return None  # and be refused, in the same words as without a cluster
        size = (mark(source.path) or (0, 0, 0))[1]
        if not self._travel:
            return Item(task, size, marks=marks(source, self._options))
        luggage = pack(source, self._options, blobs, self._wanted.get(task.folder, ()))
        return Item(task, size, luggage) if luggage else None

    def _make_here(self, task: Task) -> None:
        def work() -> None:
            try:
                outcome = self._home.make(task)
            except Exception as error:
                self._answers.put((None, [], error))
            else:
                self._answers.put((None, [(task, outcome)] if outcome else [], None))

        self._at_home += 1
        self._home_thread.submit(work)

    def _arrived(self, flight: _Flight) -> None:
        """A parcel is done, well or not. Called in a thread of dask's."""
        with suppress(RuntimeError):  # after the end
            self._publishers.submit(self._unload, flight)

    def _unload(self, flight: _Flight) -> None:
        """Put what a worker has made into its place."""
        ended: _Ended = []
        try:
            delivery: Delivery = pickle.loads(flight.future.result())  # noqa: S301  from our own other half
            for n, made in list(delivery.made.items()):
                item = flight.items[n]
                if outcome := self._published(item, made, delivery.blobs):
                    ended.append((item.task, outcome))
        except BaseException as error:
            self._answers.put((flight, ended, error))
        else:
            self._answers.put((flight, ended, delivery))

    def _published(self, item: Item, made: Made, blobs: Blobs) -> Outcome | None:
        """What became of an article; None where it must be made again, with more of its images."""
        task, outcome = item.task, made.outcome
        if outcome.state not in MADE:
            return outcome
        if item.luggage and (names := missed(task.source, item.luggage, outcome.images)):
            self._wanted.setdefault(task.folder, []).extend(names)
            return None
        try:
            publish(task, made, blobs, self._desk.folder)
        except Stop as stop:
            return replace(outcome, state=State.FAILED, exit=int(stop.exit), message=str(stop), summary=None, images={})
        return outcome

    def _take(self, flight: _Flight | None, ended: _Ended, rest: _Rest) -> Iterator[tuple[Task, Outcome]]:
        """See to what is left of a parcel of which some articles have `ended`, or to what was made here."""
        if flight is None:
            self._at_home -= 1
            if isinstance(rest, BaseException):
                raise rest
            return
        self._flights.discard(flight)
        sizes = {id(item.task): item.bytes for item in flight.items}
        for task, outcome in ended:
            self._pace.took(sizes.pop(id(task)), outcome.seconds)
        left = [item.task for item in flight.items if id(item.task) in sizes]
        if isinstance(rest, Delivery):
            self._again.extend(left)
            self._travel |= bool(rest.unseen)
            if rest.unfit:
                self._unfit[rest.worker] = rest.unfit
        elif not self._killed:
            yield from self._failed(left, rest)

    def _failed(self, left: list[Task], error: BaseException | None) -> Iterator[tuple[Task, Outcome]]:
        """A parcel that did not come back. One that ended several workers is taken apart."""
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            if len(left) == 1:
                yield left[0], _set_aside(error.last_worker.address)
            else:
                self._suspects.extend(left)
        elif isinstance(error, Stop):
            raise error
        else:
            raise _lost(error) from error

    def _end(self) -> None:
        """Nothing is left under way, and nothing on the desk."""
        self._home.kill()
        with suppress(Exception):  # a scheduler that is lost has forgotten them
            self._client.cancel([flight.future for flight in self._flights])
        for pool in (self._publishers, self._home_thread):
            pool.shutdown(cancel_futures=True)
        self._home.close()
        _clear(self._desk.folder)


def _clear(folder: Path) -> None:
    """Remove a desk. A worker may just be putting something on it: under another name it no longer finds it."""
    away = folder.with_name(f"{_GONE}{folder.name.removeprefix(_DESK)}")
    with suppress(OSError):
        folder = folder.rename(away)
    shutil.rmtree(folder, ignore_errors=True)


def _set_aside(last: str) -> Outcome:
    why = f"the workers that had it ended, one after the other, the last at {last}"
    return Outcome(State.SET_ASIDE, message=f"{why}; convert it by itself with jatspack convert")


def _lost(error: BaseException | None) -> MissingDependency:
    said = " ".join(f"{type(error).__name__}: {error}".split())[:300] if error else "it does not answer"
    if isinstance(error, OSError | CancelledError | asyncio.CancelledError) or error is None:
        return MissingDependency(f"dask's scheduler is lost ({said}); start the batch again to go on")
    remedy = "is jatspack[distributed] installed for the scheduler and every worker?"
    return MissingDependency(f"dask cannot do the work ({said}); {remedy}")


def _desk(output: Path) -> Desk:
    """A new folder for what workers leave; those of batches that were killed are taken away."""
    for old in [*output.glob(f"{_DESK}*"), *output.glob(f"{_GONE}*")]:
        shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_DESK, dir=os.path.abspath(output)))
    desk = Desk(folder, secrets.token_hex())
    (folder / TOKEN).write_text(desk.token, "ascii")
    (folder / TOKEN).chmod(0o600)
    return desk
