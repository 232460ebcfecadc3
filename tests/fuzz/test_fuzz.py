"""The fuzzer for a moment, with the same cases on every machine; `python tests/fuzz` goes on as long as one likes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fuzz.bounds import TooMuch, TooSlow, bounded
from fuzz.cases import Case, Link
from fuzz.session import Session, save, saved
from fuzz.targets import TARGETS, Target
from jatspack.findings import UnreadableInput


@pytest.mark.parametrize(
    ("name", "cases"), [("read", 20), ("validate", 60), ("verify", 60), ("pack", 20), ("export", 20)]
)
def test_for_a_moment(name: str, cases: int, tmp_path: Path) -> None:
    session = Session(name, tmp_path)
    session.run(3600, 1, cases)
    told = [path.read_text("utf-8") for path in tmp_path.glob("*/failure.txt")]
    assert told == []
    assert session.cases >= cases
    assert len(session.ended) > 1


@pytest.mark.parametrize(
    ("fault", "told"),
    [(KeyError("x"), "KeyError"), (RecursionError(), "RecursionError")],
)
def test_a_failure_is_kept_small_and_can_be_run_again(
    fault: Exception, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(case: Case, folder: Path) -> str:
        data = case.lay_out(folder).read_bytes()
        if len(data) > 40 and b"e" in data:
            raise fault
        return "fine"

    monkeypatch.setitem(TARGETS, "read", Target(TARGETS["read"].cases, run))
    session = Session("read", tmp_path)
    session.run(3600, 1, 100)
    [folder] = tmp_path.iterdir()
    assert folder.name.startswith(f"read-{told}-at-")
    words = (folder / "failure.txt").read_text("utf-8")
    assert words.startswith(f"python tests/fuzz read --replay {folder}\n")
    case = saved(folder)
    assert len(case.files["article.md"]) < 200
    (tmp_path / "again").mkdir()
    with pytest.raises(type(fault)):
        run(case, tmp_path / "again")


def test_a_case_is_saved_with_its_links_and_odd_names(tmp_path: Path) -> None:
    case = Case({"a/\udcff": b"\0x", "b": Link("../c")}, "a", {"profile": True})
    (tmp_path / "files").mkdir()
    save(case, tmp_path)
    assert saved(tmp_path) == case
    assert json.loads((tmp_path / "case.json").read_text("utf-8"))["main"] == "a"


def for_ever() -> None:
    while True:
        pass


def test_time_and_memory_of_a_case_are_bounded() -> None:
    with pytest.raises(TooSlow), bounded(seconds=0.2):
        for_ever()
    with pytest.raises(TooMuch), bounded(megabytes=20):
        bytearray(60 << 20)
    with bounded():
        pass


def test_a_refusal_of_the_program_is_an_answer(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    assert (
        TARGETS["read"].run(Case({"article.md": b""}, "article.md", {}), tmp_path / "x")
        == f"refused: {UnreadableInput.__name__}"
    )
