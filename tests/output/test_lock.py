"""The lock: one holder at a time, named to who is refused, and gone with the process that held it."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from jatspack.findings import UsageError
from jatspack.output import locked

HOLD = """
import sys, time
from pathlib import Path
from jatspack.output import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path: Path, script: str = HOLD) -> subprocess.Popen[str]:
    """A process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_who_holds_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    other = holder(path)
    with pytest.raises(UsageError, match=f"process {other.pid} on .*, since .* UTC"), locked(path):
        pass
    with pytest.raises(UsageError, match="the owls: in use by process"), locked(path, what="the owls"):
        pass
    other.communicate("")
    with locked(path), pytest.raises(UsageError, match=f"process {os.getpid()} "), locked(path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_killed_holder_blocks_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    other = holder(path)
    other.send_signal(signal.SIGKILL)
    other.communicate()
    assert path.exists()
    with locked(path):
        pass
    assert not path.exists()


def test_a_child_that_is_given_the_lock_holds_it_on(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    script = HOLD.replace(
        'print("held", flush=True)\n    sys.stdin.read()',
        "import subprocess\n"
        '    child = subprocess.Popen(["sleep", "600"], pass_fds=[lock.fileno()])\n'
        '    print(child.pid, "held", sep="\\n", flush=True)\n    sys.stdin.read()',
    ).replace("locked(Path(sys.argv[1])):", "locked(Path(sys.argv[1])) as lock:")
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    child = int(process.stdout.readline())
    assert process.stdout.readline() == "held\n"
    process.kill()
    process.wait()
    with pytest.raises(UsageError, match="in use"), locked(path):
        pass
    os.kill(child, signal.SIGKILL)
    with locked(path, wait=20):
        pass
    process.communicate()


def test_who_waits_gets_it(tmp_path: Path) -> None:
    """Many threads, one counter: no turn is lost, and nobody is in it beside another."""
    path, turns, inside = tmp_path / "folder" / "a.lock", [], []

    def work(number: int) -> None:
        for _ in range(20):
            with locked(path, wait=60):
                inside.append(number)
                assert inside == [number]
                turns.append(number)
                inside.clear()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(turns) == sorted(list(range(6)) * 20)
    assert list(path.parent.iterdir()) == []


def test_a_clock_that_is_set_back_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.lock"
    other = holder(path)
    for when in (0, 4_000_000_000):
        os.utime(path, (when, when))
        monkeypatch.setattr(time, "time", lambda when=when: when)
        with pytest.raises(UsageError, match="in use"), locked(path, wait=0.05):
            pass
    other.communicate("")


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_file_system_without_locks(code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock is this machine's then."""
    flock, there = fcntl.flock, tmp_path / "remote"
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def refuses(descriptor: int, kind: int) -> None:
        if os.readlink(f"/proc/self/fd/{descriptor}").startswith(str(there)):
            raise OSError(code, os.strerror(code))
        flock(descriptor, kind)

    monkeypatch.setattr(fcntl, "flock", refuses)
    with locked(there / "a.lock"):
        with (
            pytest.raises(UsageError, match=f"{re.escape(str(there))}.*process {os.getpid()}"),
            locked(there / "a.lock"),
        ):
            pass
        with locked(there / "b.lock"):
            pass
        assert list(there.iterdir()) == []
    with locked(there / "a.lock"):
        pass


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", "utf-8")
    (tmp_path / "a.lock").symlink_to(tmp_path / "mine")
    with pytest.raises(OSError, match="symbolic"), locked(tmp_path / "a.lock"):
        pass
    assert (tmp_path / "mine").read_text("utf-8") == "mine"
