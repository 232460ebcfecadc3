"""A plain folder: whole or not at all."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from handover.conftest import StillClock, make
from handover.protocols import ENVIRON, codes, config, done
from jatspack.archive import serialize, verify
from jatspack.depositing import Outcome, Wish, deposit
from jatspack.findings import Exit
from jatspack.handover import folder
from jatspack.handover.parcel import fingerprint

NAME = "10.5555_owl_7_(77).bag"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "archive").mkdir()
    return tmp_path / "archive"


def run(bag: Path, *, replace: bool = False, **wish: object) -> Outcome:
    wish.setdefault("send", True)
    target = {"kind": "folder", "path": "archive", "replace": replace}
    base = bag.parent.parent
    return deposit(bag, "there", config(target, base), wish=Wish(**wish), clock=StillClock(), environ=ENVIRON)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["none", "zip", "tar.gz"])
def test_copied_as_it_is_and_twice_is_once(kind: str, bag: Path, home: Path) -> None:
    given = serialize(bag, kind, date(2026, 1, 1))  # type: ignore[arg-type]
    if given != bag:
        shutil.rmtree(bag)
    goal = home / NAME if kind == "none" else home / f"{NAME}.{kind}"
    assert done(run(given)).address == str(goal)
    assert verify(goal).valid
    assert fingerprint(goal) == fingerprint(given)
    assert [p.name for p in home.iterdir()] == [goal.name]
    done(run(given), "already")
    (bag.parent / "owl.deposit.there.json").unlink()
    done(run(given), "already")


def test_serialised_in_another_way_it_is_the_same(bag: Path, home: Path) -> None:
    done(run(bag))
    packed = serialize(bag, "tar", date(2026, 1, 1))
    (bag.parent / "owl.deposit.there.json").unlink()
    assert done(run(packed), "already").address == str(home / NAME)
    shutil.rmtree(bag)
    packed = serialize(make(bag.parent, change=" and others"), "tar", date(2026, 1, 1))
    assert codes(run(packed, replace=True)) == {"handover-changed"}
    assert [p.name for p in home.iterdir()] == [NAME]


def test_a_changed_article(bag: Path, home: Path) -> None:
    done(run(bag))
    before = fingerprint(home / NAME)
    shutil.rmtree(bag)
    make(bag.parent, change=" and others")
    outcome = run(bag)
    assert (outcome.exit, codes(outcome)) == (Exit.FINDINGS, {"handover-changed"})
    assert fingerprint(home / NAME) == before
    assert "handover-replaced" in codes(done(run(bag, replace=True)))
    assert fingerprint(home / NAME) == fingerprint(bag)


def test_a_damaged_copy_is_never_put_in_place(bag: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flip(source: Path, goal: Path) -> None:
        copy(source, goal)
        if goal.name == "owl.pdf":
            goal.write_bytes(b"%PDF-1.6" + goal.read_bytes()[8:])

    copy = folder._copy
    monkeypatch.setattr(folder, "_copy", flip)
    assert codes(run(bag)) == {"handover-unreachable"}
    assert [p.name for p in home.iterdir()] == []


@pytest.mark.parametrize("at", range(6))
def test_killed_on_the_way(at: int, bag: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is being renamed, copied or removed: the old state or the new one is there, and the next run ends it."""
    done(run(bag))
    before = fingerprint(home / NAME)
    shutil.rmtree(bag)
    make(bag.parent, change=" and others")
    calls = 0

    def dying(name: str, whole: object) -> object:
        def call(*arguments: object) -> object:
            nonlocal calls
            calls += 1
            if calls == at + 1:
                raise KeyboardInterrupt
            return whole(*arguments)  # type: ignore[operator]

        return call

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", dying("rename", Path.rename))
        for name in ("_prove", "_sync", "_remove"):
            patch.setattr(folder, name, dying(name, getattr(folder, name)))
        try:
            run(bag, replace=True)
        except KeyboardInterrupt:
            there = [p for p in (home / NAME, home / f".{NAME}.old") if p.exists()]
            assert fingerprint(there[0]) in (before, fingerprint(bag))
    run(bag, replace=True)
    assert fingerprint(home / NAME) == fingerprint(bag)
    assert sorted(p.name for p in home.iterdir()) == [NAME]


def test_a_folder_that_is_not_mounted(bag: Path) -> None:
    for send in (True, False):  # a rehearsal tells it, too
        outcome = run(bag, send=send)
        assert (outcome.exit, codes(outcome)) == (Exit.FINDINGS, {"handover-refused"})
