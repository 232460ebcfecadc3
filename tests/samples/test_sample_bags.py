"""The bag of every sample: valid for us, for the bagit library, and for the profile; whatever is done to it shows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import bagit
import bagit_profile
import pytest
from labels import NAMES

from jatspack.archive import serialize, verify
from jatspack.archive.bag import PROFILE
from jatspack.archive.serialize import Serialization
from jatspack.check.schemas import schema

Converted = Callable[[str], Path]


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_bag_is_valid_for_all(name: str, converted: Converted) -> None:
    folder = converted(name) / "article.bag"
    result = verify(folder)
    assert (result.valid, result.findings) == (True, [])
    bag = bagit.Bag(str(folder))
    assert bag.validate()
    profile = bagit_profile.Profile(PROFILE, profile=json.loads(schema("bagit-profile.json").read_text("utf-8")))
    assert profile.validate(bag), profile.report.errors
    assert profile.validate_serialization(str(folder))


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_a_sample_bag_is_valid_as_one_file(kind: Serialization, bag: Path) -> None:
    result = verify(serialize(bag, kind, date(2024, 1, 1)))
    assert (result.verdict, result.findings) == ("valid", [])


@pytest.mark.parametrize("name", NAMES)
def test_the_payload_is_laid_out_as_documented(name: str, converted: Converted) -> None:
    data = converted(name) / "article.bag" / "data"
    names = {p.relative_to(data).as_posix() for p in data.rglob("*") if p.is_file()}
    top = {n for n in names if "/" not in n}
    assert top == {f"article.{e}" for e in ("xml", "html", "pdf", "report.json", "report.html")} | {
        "ro-crate-metadata.json",
    }
    assert {n.partition("/")[0] for n in names - top} <= {"source", "configuration", "media", "metadata", "deposit"}
    assert {
        "source/article.md",
        "metadata/premis.xml",
        "deposit/article.oai_dc.xml",
        "deposit/article.csl.json",
    } <= names


@pytest.fixture(params=NAMES)
def bag(request: pytest.FixtureRequest, converted: Converted, tmp_path: Path) -> Path:
    """A copy of a sample's bag; of every sample, one after another."""
    return Path(shutil.copytree(converted(request.param) / "article.bag", tmp_path / "bag"))


def files(bag: Path) -> list[Path]:
    return sorted(p for p in bag.rglob("*") if p.is_file())


def told(bag: Path, path: Path) -> bool:
    """Is something found, and does it name the file?"""
    name = path.relative_to(bag).as_posix()
    return any(f.file == name or name in f.message for f in verify(bag).findings)


def test_any_file_changed_removed_or_renamed_is_noticed(bag: Path) -> None:
    for path in files(bag):
        data = path.read_bytes()
        for damaged in (data[:-1], bytes([data[0] ^ 1]) + data[1:]):
            path.write_bytes(damaged)
            assert told(bag, path), path
        path.unlink()
        assert told(bag, path), path
        path.with_name(f"x{path.name}").write_bytes(data)
        assert told(bag, path), path
        path.with_name(f"x{path.name}").unlink()
        path.write_bytes(data)
    assert verify(bag).findings == []


def test_any_file_added_is_noticed(bag: Path) -> None:
    for folder in [bag, *(p for p in bag.rglob("*") if p.is_dir()), bag / "metadata"]:
        folder.mkdir(exist_ok=True)
        new = folder / "new.txt"
        new.write_text("new", "utf-8")
        assert told(bag, new)
        new.unlink()


def test_any_two_files_swapped_are_noticed(bag: Path) -> None:
    every = files(bag)
    for one, other in zip(every, [*every[1:], every[0]], strict=True):
        first, second = one.read_bytes(), other.read_bytes()
        one.write_bytes(second)
        other.write_bytes(first)
        assert told(bag, one) or told(bag, other), (one, other)
        one.write_bytes(first)
        other.write_bytes(second)


def test_any_line_of_a_manifest_changed_is_noticed(bag: Path) -> None:
    for path in sorted(bag.glob("*manifest-*.txt")):
        text = path.read_text("utf-8")
        rows = text.splitlines(keepends=True)
        for n, row in enumerate(rows):
            digest, name = row.split("  ")
            for change in ("", row + row, f"{digest}  x{name}", f"{digest[::-1]}  {name}", row[1:]):
                path.write_text("".join([*rows[:n], change, *rows[n + 1 :]]), "utf-8")
                assert verify(bag).findings, (path.name, n, change)
            other = (n + 1) % len(rows)
            swapped = [row.split("  ") for row in rows]
            swapped[n][0], swapped[other][0] = swapped[other][0], swapped[n][0]
            path.write_text("".join(map("  ".join, swapped)), "utf-8")
            assert verify(bag).findings, (path.name, n, "swapped")
            path.write_text("".join([*rows[:n], "0" * len(digest) + "  data/none\n", *rows[n:]]), "utf-8")
            assert verify(bag).findings, (path.name, n, "added")
        path.write_text(text, "utf-8")
    assert verify(bag).findings == []
