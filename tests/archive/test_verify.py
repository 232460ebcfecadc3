"""Verification: whatever is done to a bag is noticed, with the file that it was done to."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from jatspack.archive import make_bag, verify
from jatspack.findings import UnreadableInput

FILES = {"article.xml": b"<article/>", "media/plan.svg": b"<svg/>", "source/статья.md": "# Статья".encode()}
TAGS = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "manifest-sha512.txt", "tagmanifest-sha256.txt")
Check = Callable[..., None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "bag"
    make_bag(FILES, {"Bagging-Date": "2026-01-31", "Bag-Size": "1 KB"}, folder)
    return folder


@pytest.fixture
def bag(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "bag"))


def codes(bag: Path) -> set[tuple[str, str]]:
    return {(f.code, f.file) for f in verify(bag).findings}


def append(path: Path, text: str) -> None:
    path.write_bytes(path.read_bytes() + text.encode())


def resign(bag: Path) -> None:
    """Tag manifests made anew, so that only the fault itself is left to be seen."""
    for algorithm in ("sha256", "sha512"):
        names = [p.name for p in sorted(bag.iterdir()) if p.is_file() and not p.name.startswith("tagmanifest")]
        rows = [f"{hashlib.new(algorithm, (bag / n).read_bytes()).hexdigest()}  {n}\n" for n in names]
        (bag / f"tagmanifest-{algorithm}.txt").write_text("".join(rows), "utf-8")


def test_a_whole_bag_is_valid(whole: Path) -> None:
    result = verify(whole)
    assert (result.valid, result.files, result.findings) == (True, 3, [])


@pytest.mark.parametrize("name", [*(f"data/{n}" for n in FILES), *TAGS, "tagmanifest-sha512.txt"])
class TestOneFile:
    def test_changed(self, bag: Path, name: str) -> None:
        data = bytearray((bag / name).read_bytes())
        data[3] ^= 1
        (bag / name).write_bytes(data)
        result = verify(bag)
        assert not result.valid or name.startswith("tagmanifest")
        assert any(f.file == name or name in f.message for f in result.findings)

    def test_removed(self, bag: Path, name: str) -> None:
        (bag / name).unlink()
        result = verify(bag)
        assert not result.valid or name.startswith("tagmanifest")
        assert any(f.file == name or name in f.message for f in result.findings)

    def test_renamed(self, bag: Path, name: str) -> None:
        (bag / name).rename(bag / f"{name}x")
        assert any(f.file == name or name in f.message for f in verify(bag).findings)


def test_swapped_files(bag: Path) -> None:
    one, other = bag / "data/article.xml", bag / "data/media/plan.svg"
    a, b = one.read_bytes(), other.read_bytes()
    one.write_bytes(b)
    other.write_bytes(a)
    assert codes(bag) == {("bag-file-changed", "data/article.xml"), ("bag-file-changed", "data/media/plan.svg")}


def test_added_files(bag: Path) -> None:
    (bag / "data/new.txt").write_text("new", "utf-8")
    (bag / "notes.txt").write_text("new", "utf-8")
    assert codes(bag) == {
        ("bag-file-extra", "data/new.txt"),
        ("bag-size-differs", "bag-info.txt"),
        ("bag-tag-unlisted", "notes.txt"),
    }


def test_every_line_of_every_manifest_counts(bag: Path) -> None:
    for path in sorted(bag.glob("*manifest-*.txt")):
        text = path.read_text("utf-8")
        rows = text.splitlines(keepends=True)
        for n, row in enumerate(rows):
            for change in ("", row[:2] + ("0" if row[2] != "0" else "1") + row[3:], row + row):
                path.write_text("".join([*rows[:n], change, *rows[n + 1 :]]), "utf-8")
                resign(bag) if not path.name.startswith("tag") else None
                assert verify(bag).findings, (path.name, n, change)
        path.write_text(text, "utf-8")
        resign(bag)
    assert verify(bag).findings == []


def test_all_problems_in_one_pass(bag: Path) -> None:
    append(bag / "data/article.xml", "x")
    (bag / "data/media/plan.svg").unlink()
    (bag / "data/extra").write_text("x", "utf-8")
    assert {c for c, _ in codes(bag)} == {"bag-file-changed", "bag-file-missing", "bag-file-extra", "bag-size-differs"}


def test_wrong_oxum_does_not_hide_the_file(bag: Path) -> None:
    append(bag / "data/article.xml", "more")
    assert {("bag-size-differs", "bag-info.txt"), ("bag-file-changed", "data/article.xml")} <= codes(bag)


@pytest.mark.parametrize(
    "path", ["../outside", "data/../../outside", "/etc/passwd", "~/x", "C:\\x", "data\\..\\..\\x", "\\\\host\\x"]
)
def test_paths_that_lead_out_are_told_and_not_read(bag: Path, path: str) -> None:
    (bag.parent / "outside").write_text("x", "utf-8")
    append(bag / "manifest-sha256.txt", f"{hashlib.sha256(b'x').hexdigest()}  {path}\n")
    resign(bag)
    assert ("bag-manifest", "manifest-sha256.txt") in codes(bag)


def test_links_are_not_followed(bag: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(FILES["article.xml"])
    (bag / "data/article.xml").unlink()
    (bag / "data/article.xml").symlink_to(tmp_path / "secret")
    (bag / "data/loop").symlink_to(bag)
    assert {("bag-symlink", "data/article.xml"), ("bag-symlink", "data/loop")} <= codes(bag)


def test_a_pipe_does_not_hang(bag: Path) -> None:
    os.mkfifo(bag / "data/pipe")
    assert ("bag-special-file", "data/pipe") in codes(bag)


@pytest.mark.parametrize(
    "text",
    ["", "BagIt-Version: 1.0\n", "BagIt-Version: 9.9\nTag-File-Character-Encoding: UTF-8\n", "\0\xff",
     "BagIt-Version: 1.0\nTag-File-Character-Encoding: KLINGON\n"],
)  # fmt: skip
def test_bad_declarations(bag: Path, text: str) -> None:
    (bag / "bagit.txt").write_text(text, "latin-1")
    resign(bag)
    assert not verify(bag).valid


@pytest.mark.parametrize("row", ["nonsense", "abc  data/article.xml", "zz  data/x", "  ", "é" * 70 + "  data/x"])
def test_bad_rows(bag: Path, row: str) -> None:
    append(bag / "manifest-sha512.txt", row + "\n")
    resign(bag)
    assert verify(bag).valid == (not row.strip())


def test_a_manifest_that_is_no_text(bag: Path) -> None:
    (bag / "manifest-sha256.txt").write_bytes(b"\xff\xfe\x00" * 100)
    assert not verify(bag).valid


def test_older_versions_and_other_algorithms(tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    (bag / "data").mkdir(parents=True)
    (bag / "data/a").write_bytes(b"a")
    (bag / "bagit.txt").write_text("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n", "utf-8")
    (bag / "manifest-md5.txt").write_text(f"{hashlib.md5(b'a').hexdigest().upper()} *data/a\n", "utf-8")
    result = verify(bag)  # valid, but no reader has to know the asterisk of md5sum
    assert (result.verdict, [f.code for f in result.findings]) == ("warning", ["bag-manifest-form"])
    (bag / "manifest-tiger.txt").write_text("00ff  data/a\n", "utf-8")
    assert ("bag-algorithm-unknown", "manifest-tiger.txt") in codes(bag)


@pytest.mark.parametrize("make", [lambda p: None, lambda p: p.mkdir(), lambda p: p.write_text("x")])
def test_what_is_no_bag(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "thing")
    with pytest.raises(UnreadableInput):
        verify(tmp_path / "thing")
