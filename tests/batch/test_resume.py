"""A batch that is killed or interrupted goes on as if nothing had happened."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .articles import command, digests, environment, events, jatspack, status, write

COUNT = 12
OPTIONS = ("--only", "jats,html,bag", "--workers", 2)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("resume") / "inbox"
    return write(folder, **{f"a{n:02}": f"Article number {n}. " * 40 for n in range(COUNT)})


@pytest.fixture(scope="module")
def undisturbed(inbox: Path) -> dict[str, str]:
    out = inbox.parent / "undisturbed"
    assert jatspack("batch", inbox, "-o", out, *OPTIONS).returncode == 0
    return digests(out)


def started(inbox: Path, out: Path, *more: object) -> subprocess.Popen[str]:
    """A batch under way, in a session of its own."""
    return subprocess.Popen(
        command("batch", inbox, "-o", out, *OPTIONS, "--json", *more),
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
    )


def told(batch: subprocess.Popen[str]) -> Iterator[str]:
    assert batch.stdout
    yield from iter(batch.stdout.readline, "")


@pytest.mark.parametrize("after", [0, 1, 4, 9])
def test_killed_and_resumed(inbox: Path, undisturbed: dict[str, str], tmp_path: Path, after: int) -> None:
    out = tmp_path / "out"
    batch = started(inbox, out)
    first = []
    for line in told(batch):
        first += events([line], "ended")
        if len(first) >= after and events([line], "begun" if after == 0 else "ended"):
            break
    time.sleep(0.01 * after)  # into the middle of the next ones
    batch.kill()
    first += events([line for line in told(batch) if line.endswith("\n")], "ended")
    batch.wait()
    again = jatspack("batch", inbox, "-o", out, *OPTIONS, "--json")
    assert again.returncode == 0, again.stderr
    second = events(again.stdout.splitlines(), "ended")
    names = [event["source"] for event in first + second]
    assert len(set(names)) == len(names), "done twice"
    rows = status(out)
    assert len(rows) == COUNT
    assert {row["state"] for row in rows.values()} == {"done"}
    assert digests(out) == undisturbed
    assert not [path for path in out.rglob(".jatspack*") if path.is_dir()], "litter"


def wait_for(batch: subprocess.Popen[str], kind: str, lines: list[str]) -> None:
    for line in told(batch):
        lines.append(line)
        if events([line], kind):
            return


def test_an_interrupt_finishes_what_is_being_done(inbox: Path, tmp_path: Path) -> None:
    out, lines = tmp_path / "out", list[str]()
    batch = started(inbox, out)
    wait_for(batch, "ended", lines)
    batch.send_signal(signal.SIGINT)
    lines += told(batch)
    assert batch.wait() == 130
    begun, ended = events(lines, "begun"), events(lines, "ended")
    assert {e["source"] for e in begun} == {e["source"] for e in ended}
    assert 0 < len(ended) < COUNT
    counts = [row["state"] for row in status(out).values()]
    assert counts.count("done") == len(ended)
    assert counts.count("waiting") == COUNT - len(ended)
    assert f"<b>{COUNT - len(ended)}</b> waiting" in (out / "index.html").read_text("utf-8")


@pytest.mark.parametrize("signals", [(signal.SIGINT, signal.SIGINT), (signal.SIGTERM,)], ids=["twice", "SIGTERM"])
def test_a_second_one_stops_at_once(tmp_path: Path, signals: tuple[signal.Signals, ...]) -> None:
    inbox, out, lines = write(tmp_path / "inbox", a="TROUBLE:hang", b="TROUBLE:hang", c="Fine."), tmp_path / "out", []
    batch = started(inbox, out)
    wait_for(batch, "begun", lines)
    for number in signals:
        batch.send_signal(number)
        wait_for(batch, "stopping", lines)
    assert batch.wait(timeout=60) == 130
    assert {row["state"] for row in status(out).values()} == {"waiting"}


def test_workers_end_with_a_batch_that_is_killed(tmp_path: Path) -> None:
    inbox, lines = write(tmp_path / "inbox", a="TROUBLE:hang", b="TROUBLE:hang"), list[str]()
    batch = started(inbox, tmp_path / "out")
    wait_for(batch, "begun", lines)
    deadline = time.monotonic() + 60
    while len(workers := children(batch.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    batch.kill()
    batch.wait()
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert workers
    assert not any(map(alive, workers))


def children(pid: int) -> list[int]:
    stats = [path.read_text() for path in Path("/proc").glob("[0-9]*/stat") if alive(int(path.parent.name))]
    return [int(stat.split()[0]) for stat in stats if int(stat.rpartition(")")[2].split()[1]) == pid]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_two_batches_do_not_share_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jatspack.batch import run as module
    from jatspack.findings import UsageError
    from jatspack.output import locked

    monkeypatch.setattr(module, "_PATIENCE", 0.01)
    with locked(tmp_path / ".jatspack-batch.lock"), pytest.raises(UsageError, match=str(os.getpid())):
        module.run_batch([], tmp_path, None, None, None)  # type: ignore[arg-type]
