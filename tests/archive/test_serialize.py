"""A bag as one file: the same bytes every time, read by other programs, in little memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from datetime import date
from pathlib import Path

import bagit
import pytest

from jatspack.archive import make_bag, serialize, verify
from jatspack.archive.serialize import Serialization

FILES = {"article.xml": b"<article/>" * 1000, "media/plan.svg": b"<svg/>", "source/статья.md": "# Статья".encode()}
WHEN = date(2024, 6, 1)
KINDS: list[Serialization] = ["zip", "tar", "tar.gz"]


def bagged(folder: Path) -> Path:
    make_bag(FILES, {"Bagging-Date": "2024-06-01"}, folder / "статья.bag")
    return folder / "статья.bag"


def unpacked(path: Path, folder: Path) -> Path:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as zipped:
            zipped.extractall(folder)
    else:
        with tarfile.open(path) as tarred:
            tarred.extractall(folder, filter="data")
    [bag] = folder.iterdir()
    return bag


@pytest.mark.parametrize("kind", KINDS)
class TestEachKind:
    def test_it_holds_the_bag_in_one_folder(self, kind: Serialization, tmp_path: Path) -> None:
        bag = bagged(tmp_path / "made")
        path = serialize(bag, kind, WHEN)
        assert path.name == f"статья.bag.{kind}"
        again = unpacked(path, tmp_path / "unpacked")
        assert again.name == "статья.bag"
        assert bagit.Bag(str(again)).validate()

        def content(folder: Path) -> dict[str, bytes]:
            return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

        assert content(again) == content(bag)

    def test_the_same_bag_gives_the_same_bytes(
        self, kind: Serialization, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = serialize(bagged(tmp_path / "one"), kind, WHEN)
        monkeypatch.setenv("TZ", "Asia/Tokyo")
        mask = os.umask(0o077)
        try:
            bag = bagged(tmp_path / "two")
            for path in bag.rglob("*"):
                os.utime(path, (1, 1))
            other = serialize(bag, kind, WHEN)
        finally:
            os.umask(mask)
        assert one.read_bytes() == other.read_bytes()
        assert one.stat().st_mode == other.stat().st_mode

    def test_memory_does_not_grow_with_the_payload(self, kind: Serialization, tmp_path: Path) -> None:
        """A file of 120 MB that takes no place on the disk, into a bag and an archive, in less than 20 MB."""
        with (tmp_path / "large").open("wb") as file:
            file.truncate((20 if kind == "tar.gz" else 120) << 20)
        program = (
            "import sys\n"
            "sys.path.append(sys.argv[3])\n"
            "from datetime import date\n"
            "from pathlib import Path\n"
            "from jatspack.archive import make_bag, serialize\n"
            "from peak_memory import peak\n"
            "folder, kind = Path(sys.argv[1]), sys.argv[2]\n"
            "before = peak()\n"
            "make_bag({'large': folder / 'large'}, {}, folder / 'bag')\n"
            "serialize(folder / 'bag', kind, date(2024, 1, 1))\n"
            "print(peak() - before)\n"
        )
        command = [sys.executable, "-c", program, str(tmp_path), kind, str(Path(__file__).parents[1])]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert int(done.stdout) < 20_000  # KB


def test_times_and_modes_are_fixed(tmp_path: Path) -> None:
    bag = bagged(tmp_path)
    archive = zipfile.ZipFile(serialize(bag, "zip", WHEN))
    assert {entry.date_time for entry in archive.infolist()} == {(2024, 6, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}
    assert archive.namelist()[0] == "статья.bag/bagit.txt"
    with tarfile.open(serialize(bag, "tar", WHEN)) as tarred:
        entries = tarred.getmembers()
    for entry in entries:
        assert (entry.mode, entry.uid, entry.gid, entry.uname, entry.mtime) == (0o644, 0, 0, "", 1717200000)


@pytest.mark.parametrize("when", [date(1900, 1, 1), date(9999, 12, 31)])
@pytest.mark.parametrize("kind", KINDS)
def test_any_date(kind: Serialization, when: date, tmp_path: Path) -> None:
    assert bagit.Bag(str(unpacked(serialize(bagged(tmp_path / "a"), kind, when), tmp_path / "b"))).validate()


def test_none_leaves_the_folder(tmp_path: Path) -> None:
    bag = bagged(tmp_path)
    assert serialize(bag, "none", WHEN) == bag
    assert [p.name for p in tmp_path.iterdir()] == ["статья.bag"]


def test_what_compresses_more_than_others_may_is_still_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jatspack.archive.entries.FREE", 100_000)
    make_bag({"zeros": bytes(5_000_000)}, {}, tmp_path / "bag")
    packed = serialize(tmp_path / "bag", "tar.gz", WHEN)
    assert "bag-bomb" in {f.code for f in verify(packed).findings}
    assert verify(packed, trusted=True).valid
