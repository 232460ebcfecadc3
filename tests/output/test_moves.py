"""Publishing is several renames and one deed: stopped after any step, it is finished; refused at any, undone."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jatspack.findings import UsageError
from jatspack.output import Staging, settle, write_whole
from output.versions import FILES, STEM, content, expected, outputs, publish

CHANGES = ("replace", "rename", "link", "unlink", "mkdir", "rmdir")
NEVER = 1_000_000
ALIVE = 77


def steps(hook: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, *more: str) -> Callable[[], int]:
    """Have `hook` called before every call of the system that changes a folder (or is named), with its number."""
    count = 0

    def wrapped(call: Callable[..., object]) -> Callable[..., object]:
        def wrapper(*arguments: object, **more: object) -> object:
            nonlocal count
            count += 1
            hook(count)
            return call(*arguments, **more)

        return wrapper

    for name in (*CHANGES, *more):
        monkeypatch.setattr(os, name, wrapped(getattr(os, name)))
    return lambda: count


def killed(work: Callable[[], None], at: int) -> bool:
    """Do it in a process that ends before its call number `at`; False where it came to its end."""
    child = os.fork()
    if not child:
        code = ALIVE

        def die(count: int) -> None:
            if count == at:
                os._exit(0)

        try:
            with pytest.MonkeyPatch.context() as patch:
                steps(die, patch)
                work()
        except BaseException:
            code = 99
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, ALIVE), status
    return status == 0


def no_links(*_: object, **__: object) -> None:
    """A file system without hard links."""
    raise OSError(errno.EPERM, "no links here")


@pytest.fixture(autouse=True)
def disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for: a killed process loses nothing that it gave to the system."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(os, "posix_fadvise", lambda *_: None)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder that holds the old version."""
    publish(tmp_path / "out", "old")
    assert content(tmp_path / "out") == expected("old")
    return tmp_path / "out"


def copies(target: Path) -> Iterator[Path]:
    """The folder anew, each time."""
    for number in range(NEVER):
        copy = target.with_name(f"copy-{number}")
        shutil.copytree(target, copy, symlinks=True)
        yield copy
        shutil.rmtree(copy)


@pytest.mark.parametrize(("version", "links"), [("new", True), ("new", False), ("zip", True)])
def test_killed_before_any_call(target: Path, version: str, links: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each output is wholly of one version at once; all are of one after whoever comes next; and nothing is left."""
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    publish(target.with_name("whole"), version)
    old, new = dict(outputs(target)), dict(outputs(target.with_name("whole")))
    seen = set()
    for at, copy in enumerate(copies(target), 1):
        stopped = killed(lambda copy=copy: publish(copy, version), at)
        for name, digest in outputs(copy):
            assert digest in (old.get(name), new.get(name)), (at, name)
        settle(copy)
        now = content(copy)
        assert now in (expected("old"), expected(version, "old")), at
        seen.add(now == expected("old"))
        publish(copy, version)
        assert content(copy) == expected(version, "old")
        if not stopped:
            break
    assert at > 20
    assert seen == {True, False}


def test_killed_again_while_it_is_finished(target: Path) -> None:
    """Whoever finishes is killed too: before its first call, then its second, until one comes to its end."""
    for number, copy in enumerate(copies(target)):
        at, again = 1 + 5 * number, 1
        stopped = killed(lambda copy=copy: publish(copy, "new"), at)
        while killed(lambda copy=copy: settle(copy), again):
            again += 1
        assert content(copy) in (expected("old"), expected("new", "old")), (at, again)
        if not stopped:
            break


def test_refused_at_any_call(target: Path) -> None:
    """A disk that refuses one step of it: the old version stays, or the new one is there."""
    for at, copy in enumerate(copies(target), 1):

        def refuse(count: int, at: int = at) -> None:
            if count == at:
                raise OSError(errno.ENOSPC, "full")

        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(UsageError):
            done = False
            reached = steps(refuse, patch, "open", "fsync")
            publish(copy, "new")
            done = True
        settle(copy)
        assert content(copy) in (expected("new", "old"), *([] if done else [expected("old")])), at
        publish(copy, "new")
        assert content(copy) == expected("new", "old")
        if reached() < at:
            break


def test_refused_for_good_from_any_rename(target: Path) -> None:
    """A disk that refuses from some rename on, the way back too: the next run finishes."""
    for at, copy in enumerate(copies(target), 1):
        count = 0

        def refuse(*names: object, at: int = at, real: Callable[..., None] = os.replace) -> None:
            nonlocal count
            count += 1
            if count >= at:
                raise OSError(errno.EIO, "broken")
            real(*names)

        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(UsageError):
            patch.setattr(os, "replace", refuse)
            publish(copy, "new")
        publish(copy, "new")
        assert content(copy) == expected("new", "old")
        if count < at:
            break


def test_single_files_killed_before_any_call(tmp_path: Path) -> None:
    target = tmp_path / "out"
    names = [target / "a.json", target / "b" / "c.xml"]
    write_whole(dict.fromkeys(names, b"old"))
    for at, copy in enumerate(copies(target), 1):

        def write(copy: Path = copy) -> None:
            write_whole({copy / name.relative_to(target): b"new" for name in names}, force=True)

        stopped = killed(write, at)
        settle(copy)
        assert set(content(copy).values()) in ({"old"}, {"new"}), at
        assert len(content(copy)) == 2
        write()
        assert content(copy) == {"a.json": "new", "b/c.xml": "new"}
        if not stopped:
            break
    assert at > 10


def interrupted(target: Path) -> Path:
    """The work folder of a run that was killed in the middle of its renames."""
    child = os.fork()
    if not child:
        replace = os.replace

        def die(entry: str, goal: str) -> None:
            if Path(goal) == target / "owl.report.json":
                os._exit(0)
            replace(entry, goal)

        os.replace = die
        publish(target, "new")
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    assert (target / "owl.bag/data/x").exists()
    assert (target / "owl.html").exists()
    return target / ".jatspack" / STEM


def test_what_a_person_put_there_meanwhile_does_not_block(target: Path) -> None:
    interrupted(target)
    shutil.rmtree(target / "owl.bag")
    (target / "owl.bag").mkdir()
    (target / "owl.bag" / "bagit.txt").write_text("mine", "utf-8")
    (target / "owl.html").write_text("mine", "utf-8")
    settle(target)
    assert not (target / ".jatspack").exists()
    assert (target / "owl.bag" / "bagit.txt").read_text("utf-8") == "mine"  # the new bag had had its place already
    publish(target, "new")
    assert content(target) == expected("new", "old")


def settled(target: Path) -> dict[str, str]:
    """What is in a folder where nothing can be settled: all but the lock, which nobody holds."""
    before = content(target)
    before.pop(".jatspack/owl.lock", None)
    settle(target)
    assert content(target) == before
    return before


@pytest.mark.parametrize(
    "change",
    [
        lambda data, out: data | {"place": [1, 2]},
        lambda data, out: data | {"removals": ["../victim"]},
        lambda data, out: data | {"removals": [str(out.parent / "victim")]},
        lambda data, out: data | {"removals": ["link/victim"]},
        lambda data, out: data | {"version": 99},
        lambda data, out: {},
        lambda data, out: [],
        lambda data, out: data | {"removals": 3},
    ],
)
def test_a_record_that_came_from_elsewhere_moves_nothing(
    tmp_path: Path, change: Callable[[dict[str, object], Path], object]
) -> None:
    """A folder from a stranger may hold one; it is left alone, and who writes there is told."""
    target = tmp_path / "out"
    publish(target, "old")
    work = interrupted(target)
    (tmp_path / "victim").write_text("mine", "utf-8")
    (target / "link").symlink_to(tmp_path)
    record = work / "journal.json"
    record.write_text(json.dumps(change(json.loads(record.read_text("utf-8")), target)), "utf-8")
    before = settled(target)
    with pytest.raises(UsageError, match=r"journal\.json: cannot be followed"):
        publish(target, "new")
    assert settled(target) == before
    assert (tmp_path / "victim").read_text("utf-8") == "mine"


def test_a_copy_of_an_interrupted_folder_is_not_followed(target: Path, tmp_path: Path) -> None:
    interrupted(target)
    shutil.copytree(target, tmp_path / "copy")
    settled(tmp_path / "copy")


def test_a_link_in_place_of_the_hidden_folder(target: Path, tmp_path: Path) -> None:
    (tmp_path / "home" / "papers").mkdir(parents=True)
    (tmp_path / "home" / "papers" / "thesis").write_text("mine", "utf-8")
    (target / ".jatspack").symlink_to(tmp_path / "home")
    settle(target)
    with pytest.raises(UsageError, match="move it away"):
        publish(target, "new")
    assert (tmp_path / "home" / "papers" / "thesis").read_text("utf-8") == "mine"


def test_a_run_that_is_alive_keeps_what_is_its_own(target: Path) -> None:
    with Staging(target, STEM, [], force=True) as alive:
        alive.write({"owl.xml": b"alive"})
        settle(target)
        with Staging(target, "jay", []) as other:
            other.write({"jay.xml": b"jay"})
            other.publish()
        alive.publish()
    assert (target / "owl.xml").read_bytes() == b"alive"
    assert (target / "jay.xml").read_bytes() == b"jay"
    assert not (target / ".jatspack").exists()


def test_all_is_on_the_disk_before_the_first_rename(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a power cut must not take: every file, then the record; after the renames, the folder."""
    seen: list[tuple[str, str]] = []
    replace = os.replace

    def synced(descriptor: int) -> None:
        seen.append(("sync", os.path.relpath(os.readlink(f"/proc/self/fd/{descriptor}"), target)))

    def replaced(entry: Path, goal: Path) -> None:
        seen.append(("rename", os.path.relpath(goal, target)))
        replace(entry, goal)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    publish(target, "new")
    work = f".jatspack/{STEM}"
    record = seen.index(("rename", f"{work}/journal.json"))
    before = {name for what, name in seen[:record] if what == "sync"}
    made = {f"{work}/new/{name}" for name in FILES["new"]}
    assert made | {str(Path(name).parent) for name in made} | {f"{work}/journal.json.new"} <= before
    assert seen[record + 1] == ("sync", work)
    assert {what for what, _ in seen[record + 2 : -2]} == {"rename"}
    assert {("sync", "."), ("sync", "media/b")} == set(seen[-2:])
