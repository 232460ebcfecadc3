"""Articles on a worker of a cluster: each is made by a process of our own, bounded as on one machine.

A worker of dask runs a parcel in a thread, and each thread has its process. So an article that crashes, hangs or eats
memory ends that process and not the worker.
"""

from __future__ import annotations

import errno
import pickle
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from uuid import uuid4

from jatspack.batch.local import Worker
from jatspack.batch.luggage import homewards, mark, unpack
from jatspack.batch.parcel import TOKEN, Blobs, Delivery, Desk, Item, Made, Parcel
from jatspack.batch.surroundings import differences
from jatspack.batch.task import MADE, Options, Outcome, State
from jatspack.findings import Exit, MissingDependency

if TYPE_CHECKING:
    import distributed

_PATIENCE = 60.0  # seconds that a process waits for another parcel
_GLANCE = 0.5  # seconds between two looks whether a parcel is still wanted
_ROOM = 20_000_000  # bytes that must be free on the disk of a worker


def make(sent: bytes) -> bytes:
    """A Parcel to its Delivery, both pickled: the scheduler, which passes them on, need not look inside."""
    import distributed

    parcel, dask = pickle.loads(sent), distributed.get_worker()  # noqa: S301  from our own other half
    return pickle.dumps(_delivery(parcel, dask), protocol=pickle.HIGHEST_PROTOCOL)


def _delivery(parcel: Parcel, dask: distributed.Worker) -> Delivery:
    delivery = Delivery(dask.address)
    if other := differences(parcel.surroundings):
        delivery.unfit = f"has {other}; install the same versions there"
        return delivery
    end = monotonic() + parcel.seconds
    try:
        with _folder(dask) as folder, _worker(parcel.options) as worker, _wanted(dask, worker):
            desk = parcel.desk.folder if _is_shared(parcel.desk) else None
            for n, item in enumerate(parcel.items):
                if delivery.made and monotonic() > end:
                    break
                home = folder / str(n)
                made = _made(item, worker, parcel.blobs, home, _Out(home / "out", desk, delivery.blobs))
                if made is None:
                    delivery.unseen.add(n)
                elif made.outcome.state is State.FAILED and shutil.disk_usage(folder).free < _ROOM:
                    delivery.unfit = f"has no room in {folder.parent}; make some"
                    break
                elif made.outcome.exit == Exit.DEPENDENCY:
                    delivery.unfit = made.outcome.message
                    break
                else:
                    delivery.made[n] = made
                shutil.rmtree(home, ignore_errors=True)
    except (OSError, MissingDependency) as error:
        delivery.unfit = str(error)
    return delivery


@dataclass(frozen=True, slots=True)
class _Out:
    """Where the outputs of an article go: a `private` folder of the worker, from which they travel, their contents in
    `blobs`; or, where the disk is shared, on to a place on the `desk`."""

    private: Path
    desk: Path | None
    blobs: Blobs

    def made(self, outcome: Outcome) -> Made:
        if outcome.state not in MADE:
            return Made(outcome)
        if self.desk:
            place = uuid4().hex
            _move(self.private, self.desk / place)
            return Made(outcome, place)
        files = {}
        for path in sorted(path for path in self.private.rglob("*") if path.is_file()):
            data = path.read_bytes()
            digest = sha256(data).hexdigest()
            files[path.relative_to(self.private).as_posix()] = digest
            self.blobs[digest] = data
        return Made(outcome, files=files)


def _move(folder: Path, goal: Path) -> None:
    """OSError where the desk is no longer there: it is not made anew, for its batch is over."""
    try:
        folder.rename(goal)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        goal.mkdir()
        shutil.copytree(folder, goal, dirs_exist_ok=True)


def _made(item: Item, worker: Worker, blobs: Blobs, home: Path, out: _Out) -> Made | None:
    """One article; None where its files are not to be seen from here."""
    task, source = item.task, item.task.source
    if item.luggage:
        source = unpack(item.luggage, source, blobs, home)
    elif any(mark(path) != known for path, known in item.marks.items()):
        return None
    outcome = worker.make(replace(task, source=source, folder=out.private, force=False))
    if outcome is None:
        raise MissingDependency("was told to stop")
    message = outcome.message
    for here, there in {**homewards(item.luggage, home), str(out.private): str(task.folder)}.items():
        message = message.replace(here, there)
    return out.made(replace(outcome, message=message))


def _is_shared(desk: Desk) -> bool:
    """Whether the desk is the one that the batch made, and this worker can leave there what the batch can move."""
    try:
        token = desk.folder / TOKEN
        if token.read_text("ascii") != desk.token:
            return False
        with tempfile.TemporaryDirectory(dir=desk.folder) as trial:
            return Path(trial).stat().st_uid == token.stat().st_uid
    except (OSError, ValueError):
        return False


@contextmanager
def _folder(dask: distributed.Worker) -> Iterator[Path]:
    """A folder of a parcel's own, where the worker keeps its files."""
    folder = Path(tempfile.mkdtemp(prefix="jatspack-", dir=dask.local_directory))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_idle: list[tuple[Options, Worker, threading.Timer]] = []
_lock = threading.Lock()


@contextmanager
def _worker(options: Options) -> Iterator[Worker]:
    """A process that has made articles before, if there is one; it stays for a while when its parcel is done."""
    worker = _waiting(options) or Worker(options)
    try:
        yield worker
    finally:
        if worker.killed:
            worker.close()
        else:
            timer = threading.Timer(_PATIENCE, _dismiss, (worker,))
            timer.daemon = True
            with _lock:
                _idle.append((options, worker, timer))
            timer.start()


def _waiting(options: Options) -> Worker | None:
    with _lock:
        for known in [known for known in _idle if known[0] != options]:
            _idle.remove(known)
            known[1].close()
        if not _idle:
            return None
        _, worker, timer = _idle.pop()
        timer.cancel()
        return worker


def _dismiss(worker: Worker) -> None:
    with _lock:
        for known in [known for known in _idle if known[1] is worker]:
            _idle.remove(known)
            worker.close()


@contextmanager
def _wanted(dask: distributed.Worker, worker: Worker) -> Iterator[None]:
    """End what is being made as soon as nobody waits for it any more: the batch was stopped, or is gone."""
    from distributed.core import Status

    key, over = dask.get_current_task(), threading.Event()

    def watch() -> None:
        while not over.wait(_GLANCE):
            task = dask.state.tasks.get(key)
            ending = dask.status in (Status.closing, Status.closed, Status.failed)
            if ending or task is None or task.state not in ("executing", "long-running"):
                worker.kill()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
