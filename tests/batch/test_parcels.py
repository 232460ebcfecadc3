"""How a batch goes on when workers of its cluster end, are not fit, or see nothing: without a cluster."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from distributed import KilledWorker

from jatspack.batch import Options, Outcome, Source, State, connect
from jatspack.batch.cluster import Cluster
from jatspack.batch.parcel import Delivery, Item, Made, Parcel
from jatspack.batch.shipping import Pace
from jatspack.batch.surroundings import differences, surroundings
from jatspack.batch.task import Task
from jatspack.findings import MissingDependency, UsageError

from .articles import write

Answer = Callable[[Parcel, list[str] | None], Delivery]
REFUSED = Outcome(State.FAILED, 3, seconds=0.1, message="no text")


class Client:
    """Answers parcels at once, as `answer` says; keeps the names that each parcel had."""

    status = "running"

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.parcels: list[list[str]] = []

    def submit(self, _: object, sent: bytes, pure: bool, workers: list[str] | None = None) -> Future[bytes]:
        parcel, future = pickle.loads(sent), Future[bytes]()
        self.parcels.append([item.task.source.name for item in parcel.items])
        try:
            future.set_result(pickle.dumps(self.answer(parcel, workers)))
        except Exception as error:
            future.set_exception(error)
        return future

    def scheduler_info(self, **_: object) -> dict[str, Any]:
        return {"total_threads": 1, "workers": {"one": {}, "two": {}}}

    def cancel(self, futures: list[Future[bytes]]) -> None: ...


def made(parcel: Parcel, worker: str = "one") -> Delivery:
    return Delivery(worker, {n: Made(REFUSED) for n, _ in enumerate(parcel.items)})


def ended(answer: Answer, folder: Path, count: int = 8) -> tuple[Client, dict[str, Outcome]]:
    """What becomes of articles a0, a1 …, and the client that was asked."""
    inbox = write(folder / "inbox", **{f"a{n}": "A text." for n in range(count)})
    tasks = [Task(Source(path, path.stem), folder / path.stem, 0) for path in sorted(inbox.iterdir())]
    client, found = Client(answer), dict[str, Outcome]()
    for come in Cluster(client, Options(), folder).outcomes(iter(tasks)):  # type: ignore[arg-type]
        if come:
            assert come[0].source.name not in found, "done twice"
            found[come[0].source.name] = come[1]
    assert not list(folder.glob(".*")), "litter"
    return client, found


def test_an_article_that_ends_workers_is_found_out(tmp_path: Path) -> None:
    def answer(parcel: Parcel, _: object) -> Delivery:
        if any(item.task.source.name == "a5" for item in parcel.items):
            raise KilledWorker("make", SimpleNamespace(address="tcp://far:1"), 3)
        return made(parcel)

    client, found = ended(answer, tmp_path)
    assert len(found) == 8
    assert {name for name, outcome in found.items() if outcome.state is State.SET_ASIDE} == {"a5"}
    assert "the last at tcp://far:1" in found["a5"].message
    assert client.parcels.count(["a5"]) == 1


def test_what_was_not_begun_goes_to_others(tmp_path: Path) -> None:
    def answer(parcel: Parcel, _: object) -> Delivery:
        return Delivery("one", {0: Made(REFUSED)})

    client, found = ended(answer, tmp_path)
    assert len(found) == 8
    assert sum(map(len, client.parcels)) > 8


def test_files_travel_from_when_a_worker_does_not_see_them(tmp_path: Path) -> None:
    def answer(parcel: Parcel, _: object) -> Delivery:
        unseen = {n for n, item in enumerate(parcel.items) if not item.luggage}
        return Delivery("one", {n: Made(REFUSED) for n in range(len(parcel.items)) if n not in unseen}, unseen)

    assert len(ended(answer, tmp_path)[1]) == 8


def test_a_worker_that_is_not_fit_gets_no_more(tmp_path: Path) -> None:
    asked: list[list[str] | None] = []

    def answer(parcel: Parcel, workers: list[str] | None) -> Delivery:
        asked.append(workers)
        return made(parcel, "two") if workers else Delivery("one", unfit="has no room")

    assert len(ended(answer, tmp_path)[1]) == 8
    assert ["two"] in asked
    with pytest.raises(MissingDependency, match="no worker can do the work: one has no room; two has no room"):
        ended(lambda _, workers: Delivery(workers[0] if workers else "one", unfit="has no room"), tmp_path / "none")


def test_a_scheduler_that_is_lost_is_told(tmp_path: Path) -> None:
    def answer(parcel: Parcel, _: object) -> Delivery:
        raise OSError("Timed out")

    with pytest.raises(MissingDependency, match=r"scheduler is lost.*Timed out.*start the batch again"):
        ended(answer, tmp_path)

    def strange(parcel: Parcel, _: object) -> Delivery:
        raise RuntimeError("No module named 'jatspack'")

    with pytest.raises(MissingDependency, match=r"No module named.*installed for the scheduler and every worker"):
        ended(strange, tmp_path / "strange")


def test_nothing_to_do_needs_no_worker(tmp_path: Path) -> None:
    client, found = ended(lambda parcel, _: made(parcel), tmp_path, count=0)
    assert not client.parcels
    assert not found


def test_stopped_and_killed(tmp_path: Path) -> None:
    inbox = write(tmp_path / "inbox", **{f"a{n}": "A text." for n in range(20)})
    tasks = iter([Task(Source(path, path.stem), tmp_path / path.stem, 0) for path in sorted(inbox.iterdir())])
    engine = Cluster(Client(lambda parcel, _: made(parcel)), Options(), tmp_path)  # type: ignore[arg-type]
    outcomes = engine.outcomes(tasks)
    next(outcomes)
    engine.stop()
    assert 0 < len([come for come in outcomes if come]) < 19
    assert next(tasks)
    killed = Cluster(Client(lambda parcel, _: made(parcel)), Options(), tmp_path)  # type: ignore[arg-type]
    killed.kill()
    assert not list(killed.outcomes(tasks))


def items(size: int) -> Iterator[Item]:
    while True:
        yield Item(Task(Source(Path("a"), "a"), Path("a"), 0), size)


def test_parcels_grow_with_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    pace, sent = Pace(), items(50_000)

    def filled() -> int:
        parcel: list[Item] = []
        while pace.has_room(parcel, {}):
            parcel.append(next(sent))
        return len(parcel)

    assert filled() == 1
    for _ in range(100):
        pace.took(50_000, 0.1)
    assert filled() in (10, 11)  # a second
    now[0] += 1000
    assert filled() in (50, 51)  # five seconds
    assert not pace.has_room([next(sent)], {"": b"x" * 10_000_000})


def test_other_versions_are_told() -> None:
    ours = dict(surroundings())
    assert not differences(ours)
    assert {"jatspack", "weasyprint", "lxml", "Python"} <= ours.keys()
    assert not {"pytest", "distributed"} & ours.keys()
    assert differences({**ours, "lxml": "1.0"}) == f"lxml {ours['lxml']} instead of 1.0"


def enter(address: str | None, file: Path | None) -> None:
    with connect.connected(address, file, 1):
        pass


def test_no_dask_and_no_scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=r"no-file.json: there is no such file"):
        enter(None, tmp_path / "no-file.json")
    monkeypatch.setattr(connect, "_PATIENCE", 0.2)
    with pytest.raises(MissingDependency, match=r"no scheduler answers at tcp://127.0.0.1:9 "):
        enter("tcp://127.0.0.1:9", None)
    with pytest.raises(UsageError, match="no scheduler can be reached so"):
        enter("gopher://127.0.0.1:9", None)
    monkeypatch.setattr(connect, "find_spec", lambda _: None)
    with pytest.raises(MissingDependency, match=r"pip install 'jatspack\[distributed\]'"):
        enter(None, None)
