"""Bags: the same bytes every time, verified by us and by the bagit library."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jatspack.archive import bag_size, make_bag, portable, portable_file, verify
from jatspack.archive.names import clashes, problem
from jatspack.findings import UsageError

FILES = {"article.xml": b"<article/>", "media/plan.svg": b"<svg/>", "source/статья.md": "# Статья".encode()}
INFO = {"Source-Organization": "A press", "External-Description": "Two\nlines  of text", "Contact-Name": ""}


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_bag_is_what_rfc_8493_says(tmp_path: Path) -> None:
    make_bag(FILES, INFO, tmp_path / "bag")
    made = content(tmp_path / "bag")
    assert made["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    for algorithm in ("sha256", "sha512"):
        rows = made[f"manifest-{algorithm}.txt"].decode().splitlines()
        assert rows == [f"{hashlib.new(algorithm, FILES[n]).hexdigest()}  data/{n}" for n in sorted(FILES)]
        tags = re.findall(r"  (.+)", made[f"tagmanifest-{algorithm}.txt"].decode())
        assert tags == ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt"]
    info = made["bag-info.txt"].decode()
    assert "External-Description: Two lines of text\n" in info
    assert f"Payload-Oxum: {sum(map(len, FILES.values()))}.3\n" in info
    assert "Contact-Name" not in info
    assert bagit.Bag(str(tmp_path / "bag")).validate()


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    mask = os.umask(0o077)
    try:
        make_bag(FILES, INFO, tmp_path / "one")
    finally:
        os.umask(mask)
    make_bag(dict(reversed(FILES.items())), dict(reversed(INFO.items())), tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")
    modes = [sorted(oct(p.stat().st_mode) for p in [tmp_path / n, *(tmp_path / n).rglob("*")]) for n in ("one", "two")]
    assert modes[0] == modes[1]


def test_the_working_directory_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make_bag(FILES, INFO, Path("bag"))
    assert Path.cwd() == tmp_path
    assert verify(Path("bag")).valid


@pytest.mark.parametrize(
    "names",
    [["../out"], ["/abs"], ["a/../../b"], ["100%.png"], ["con.txt"], ["a\nb"], ["Plan.png", "plan.png"], ["a", "a/b"]],
)
def test_names_that_cannot_travel_are_refused(names: list[str], tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        make_bag(dict.fromkeys(names, b"x"), {}, tmp_path / "bag")
    assert not (tmp_path / "bag").exists()


@given(st.text(max_size=200))
def test_portable_names_are_portable(name: str) -> None:
    for made in (portable(name), portable_file(name)):
        assert problem(made) == "", made
        assert len(made.encode()) <= 130
        assert portable(made) == made


@given(st.lists(st.text("aAbBüÜ\u0308/", min_size=1, max_size=4), unique=True, max_size=5))
def test_clashes_are_symmetric_and_fold(paths: list[str]) -> None:
    assert bool(list(clashes(paths))) == bool(list(clashes(p.swapcase() for p in reversed(paths))))


def test_an_ending_survives() -> None:
    assert portable_file("ж" * 200 + ".markdown").endswith(".markdown")
    assert portable("NUL.md") == "_NUL.md"
    assert portable("a:b?.md") == "a_b_.md"
    assert portable("..") == "article"


@pytest.mark.parametrize(("size", "says"), [(0, "0 B"), (999, "999 B"), (1500, "1.5 KB"), (2_345_678, "2.3 MB")])
def test_bag_size(size: int, says: str) -> None:
    assert bag_size(size) == says
