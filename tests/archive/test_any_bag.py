"""Bags from anywhere: versions, algorithms, encodings, fetch.txt, serialised or not; and profiles."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import bagit
import bagit_profile
import pytest

from jatspack.archive import make_bag, verify
from jatspack.archive.manifest import algorithm, digest_of
from jatspack.archive.serialize import Serialization, write
from jatspack.findings import UnreadableInput, UsageError

KINDS: list[Serialization] = ["none", "zip", "tar", "tar.gz"]
ALGORITHMS = sorted(name for name in hashlib.algorithms_available if algorithm(name))


def laid_out(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def simple(folder: Path, version: str = "1.0", encoding: str = "UTF-8", **more: bytes) -> Path:
    """A bag with one payload file whose name is not in ASCII."""
    name, data = "data/файл.txt", b"some text"
    files = {
        "bagit.txt": f"BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n".encode(),
        "manifest-sha256.txt": f"{hashlib.sha256(data).hexdigest()}  {name}\n".encode(encoding),
        name: data,
    }
    return laid_out(folder, {**files, **more})


def codes(bag: Path, profile: Path | None = None) -> set[str]:
    return {f.code for f in verify(bag, profile).findings}


@pytest.mark.parametrize("version", ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"])
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "KOI8-R", "windows-1251"])
def test_versions_and_encodings(version: str, encoding: str, tmp_path: Path) -> None:
    assert codes(simple(tmp_path / "b", version, encoding)) == set()


@pytest.mark.parametrize("version", ["0.92", "0.98", "1.1", "2.0"])
def test_versions_that_are_none(version: str, tmp_path: Path) -> None:
    assert "bag-invalid" in codes(simple(tmp_path / "b", version))


def test_the_old_name_of_bag_info(tmp_path: Path) -> None:
    bag = simple(tmp_path / "b", "0.95", **{"package-info.txt": b"Payload-Oxum: 1.1\n"})
    assert "bag-size-differs" in codes(bag)


@pytest.mark.parametrize("name", ALGORITHMS)
def test_every_algorithm_of_hashlib(name: str, tmp_path: Path) -> None:
    data, wanted = b"some text", "00" * 32
    digest = digest_of(hashlib.new(name, data), wanted)
    row = f"{digest}  data/a\n".encode()
    declared = b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
    bag = laid_out(tmp_path / "b", {"bagit.txt": declared, f"manifest-{name}.txt": row, "data/a": data})
    packed = write(bag, "tar", date(2024, 1, 1))
    assert verify(packed).verdict == "valid"
    (bag / "data/a").write_bytes(b"other text")
    assert ("bag-file-changed", "data/a") in {(f.code, f.file) for f in verify(bag).findings}


@pytest.mark.parametrize("kind", KINDS)
def test_serialised_bags_are_judged_as_folders_are(kind: Serialization, tmp_path: Path) -> None:
    make_bag({"a.txt": b"a", "b/ü.txt": b"b", "c": b""}, {"Bagging-Date": "2024-01-01"}, tmp_path / "bag")
    result = verify(write(tmp_path / "bag", kind, date(2024, 1, 1)))
    assert (result.verdict, result.files, result.findings) == ("valid", 3, [])
    (tmp_path / "bag/data/a.txt").write_bytes(b"A")
    (tmp_path / "bag/data/b/ü.txt").unlink()
    (tmp_path / "bag/data/new").write_bytes(b"")
    found = {(f.code, f.file) for f in verify(write(tmp_path / "bag", kind, date(2024, 1, 1))).findings}
    assert found == {
        ("bag-file-changed", "data/a.txt"),
        ("bag-file-missing", "data/b/ü.txt"),
        ("bag-file-extra", "data/new"),
        ("bag-size-differs", "bag-info.txt"),
    }


@pytest.mark.parametrize("kind", KINDS[1:])
def test_a_serialised_bag_under_another_name_and_ending(kind: Serialization, tmp_path: Path) -> None:
    packed = write(simple(tmp_path / "b"), kind, date(2024, 1, 1))
    assert verify(packed.rename(tmp_path / "download")).valid


def fetching(folder: Path, line: str) -> Path:
    bag = simple(folder, **{"fetch.txt": line.encode()})
    path = bag / "manifest-sha256.txt"
    path.write_bytes(path.read_bytes() + f"{'0' * 64}  data/far.bin\n".encode())
    return bag


def test_what_is_still_to_be_fetched_is_missing(tmp_path: Path) -> None:
    bag = fetching(tmp_path / "b", "https://example.org/far.bin 12 data/far.bin\n")
    [found] = verify(bag).findings
    assert (found.code, found.file) == ("bag-file-missing", "data/far.bin")
    assert "to be fetched from https://example.org/far.bin" in found.message


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "https://example.org/x 12 ../x",
        "https://example.org/x 12 bagit.txt",
        "https://example.org/x 12 data/unlisted",
        "file:///etc/passwd 12 data/far.bin",
        "https://example.org/x many data/far.bin",
        "https://e.org/x 1 data/far.bin\nhttps://e.org/x 1 data/far.bin",
    ],
)
def test_bad_lines_of_fetch(line: str, tmp_path: Path) -> None:
    assert "bag-fetch" in codes(fetching(tmp_path / "b", f"{line}\n"))


def test_warnings_are_told_from_errors(tmp_path: Path) -> None:
    bag = simple(tmp_path / "b", "0.97")
    path = bag / "manifest-sha256.txt"
    path.write_bytes(path.read_bytes().replace(b"  data", b"  ./data"))
    result = verify(bag)
    assert (result.valid, result.verdict) == (True, "warning")
    (bag / "data/extra").write_bytes(b"")
    assert verify(bag).verdict == "invalid"


@pytest.fixture
def cleared(tmp_path: Path) -> Iterator[Path]:
    """A folder that is emptied from its deepest end: shutil.rmtree, with which pytest clears up, goes not so deep."""
    yield tmp_path
    found = [tmp_path]
    for folder in found:  # it grows meanwhile
        found += [folder / entry.name for entry in os.scandir(folder)] if folder.is_dir() else []
    for path in reversed(found[1:]):
        path.rmdir() if path.is_dir() else path.unlink()


def test_folders_may_be_deeper_than_python_goes(cleared: Path) -> None:
    bag = simple(cleared / "b")
    here = os.open(bag / "data", os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=here)
        there = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = there
    os.close(os.open("end", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    name = f"data/{'d/' * 1200}end"
    assert [(f.code, f.file) for f in verify(bag).findings] == [("bag-file-extra", name)]
    with (bag / "manifest-sha256.txt").open("a") as file:
        file.write(f"{hashlib.sha256(b'').hexdigest()}  {name}\n")
    assert verify(bag).valid


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str, tmp_path: Path) -> None:
    bag = simple(tmp_path / "b")
    for name in ("bagit.txt", "manifest-sha256.txt"):
        (bag / name).write_bytes((bag / name).read_bytes().replace(b"\n", end.encode()))
    assert codes(write(bag, "tar", date(2024, 1, 1))) == set()


def test_signs_that_a_manifest_writes_otherwise(tmp_path: Path) -> None:
    rows = "".join(f"{hashlib.sha256(b'').hexdigest()}  data/{n}\n" for n in ("a%0Ab", "100%25", "50%"))
    declared = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    files = {
        "bagit.txt": declared,
        "manifest-sha256.txt": rows.encode(),
        "data/a\nb": b"",
        "data/100%": b"",
        "data/50%": b"",
    }
    assert codes(write(laid_out(tmp_path / "b", files), "tar", date(2024, 1, 1))) == {"bag-name-unportable"}


def test_lines_that_are_no_labels(tmp_path: Path) -> None:
    bag = simple(tmp_path / "b", **{"bag-info.txt": b"Contact-Name: A\n  long one\nnonsense\n"})
    assert ("bag-tag-line", ((3, 3),)) in {(f.code, f.lines) for f in verify(bag).findings}


def test_floods_are_counted(tmp_path: Path) -> None:
    bag = simple(tmp_path / "b")
    with (bag / "manifest-sha256.txt").open("ab") as file:
        file.write(b"nonsense\n" * 5000)
    found = verify(bag).findings
    assert sum(f.code == "bag-manifest" for f in found) == 1000
    assert [f.data for f in found if f.code == "bag-more"] == [{"kind": "bag-manifest", "count": "4000"}]


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\3\4 no zip", b"\x1f\x8b no gzip", b"text" * 1000])
def test_files_that_are_no_bags(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "thing").write_bytes(data)
    with pytest.raises(UnreadableInput, match="thing"):
        verify(tmp_path / "thing")


# Profiles

NEEDED: dict[str, Any] = {"Bag-Info": {}, "Manifests-Required": [], "Accept-BagIt-Version": ["1.0"]}  # by the library


def profile(folder: Path, **rules: Any) -> Path:
    about = {
        "BagIt-Profile-Identifier": "https://example.org/p.json",
        "BagIt-Profile-Version": "1.3.0",
        "Source-Organization": "An archive",
        "External-Description": "What it takes",
        "Version": "1",
    }
    path = folder / "profile.json"
    path.write_text(json.dumps({"BagIt-Profile-Info": about, **NEEDED, **rules}), "utf-8")
    return path


@pytest.fixture
def named(tmp_path: Path) -> Path:
    info = {"BagIt-Profile-Identifier": "https://example.org/p.json", "Contact-Name": "Ann"}
    make_bag({"a.txt": b"a"}, info, tmp_path / "bag")
    return tmp_path / "bag"


RULES: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"Bag-Info": {"Contact-Name": {"required": True, "values": ["Ann", "Bo"]}}}, True),
    ({"Bag-Info": {"Contact-Email": {"required": True}}}, False),
    ({"Bag-Info": {"Contact-Name": {"values": ["Bo"]}}}, False),
    ({"Manifests-Required": ["sha256"]}, True),
    ({"Manifests-Required": ["md5"]}, False),
    ({"Manifests-Allowed": ["sha256"]}, False),
    ({"Tag-Manifests-Required": ["md5"]}, False),
    ({"Tag-Manifests-Allowed": ["sha512"]}, False),
    ({"Tag-Files-Required": ["notes.txt"]}, False),
    ({"Tag-Files-Allowed": []}, True),
    ({"Allow-Fetch.txt": False}, True),
    ({"Accept-BagIt-Version": ["1.0"]}, True),
    ({"Accept-BagIt-Version": ["0.97"]}, False),
]


@pytest.mark.parametrize(("rules", "follows"), RULES)
def test_profiles_are_judged_as_the_library_judges_them(
    rules: dict[str, Any], follows: bool, named: Path, tmp_path: Path
) -> None:
    path = profile(tmp_path, **rules)
    assert ("bag-profile" not in codes(named, path)) == follows
    other = bagit_profile.Profile("https://example.org/p.json", profile=json.loads(path.read_text("utf-8")))
    assert other.validate(bagit.Bag(str(named))) == follows


@pytest.mark.parametrize(
    ("rules", "kind", "follows"),
    [
        ({"Payload-Files-Required": ["data/b.txt"]}, "none", False),
        ({"Payload-Files-Allowed": ["data/*.txt"]}, "none", True),
        ({"Payload-Files-Allowed": ["data/*.pdf"]}, "none", False),
        ({"Data-Empty": True}, "none", False),
        ({"Fetch.txt-Required": True}, "none", False),
        ({"Serialization": "required", "Accept-Serialization": ["application/zip"]}, "none", False),
        ({"Serialization": "required", "Accept-Serialization": ["application/zip"]}, "zip", True),
        ({"Serialization": "required", "Accept-Serialization": ["application/zip"]}, "tar", False),
        ({"Serialization": "optional", "Accept-Serialization": ["application/tar"]}, "tar", True),
        ({"Serialization": "forbidden"}, "tar.gz", False),
    ],
)
def test_rules_of_version_1_4_and_serialisation(
    rules: dict[str, Any], kind: Serialization, follows: bool, named: Path, tmp_path: Path
) -> None:
    bag = write(named, kind, date(2024, 1, 1))
    assert ("bag-profile" not in codes(bag, profile(tmp_path, **rules))) == follows


def test_a_profile_that_nobody_gave(named: Path) -> None:
    result = verify(named)
    assert (result.verdict, [f.code for f in result.findings]) == ("valid", ["bag-profile-unknown"])


def test_another_profile_than_the_one_named(tmp_path: Path) -> None:
    shutil.copytree(simple(tmp_path / "b"), tmp_path / "c")
    assert "bag-profile" in codes(tmp_path / "c", profile(tmp_path))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "[" * 100_000, '{"BagIt-Profile-Info": {}, "Manifests-Required": [1]}', "\0",
             '{"BagIt-Profile-Info": {}, "Bag-Info": {"a": 1}}', '{"BagIt-Profile-Info": {}, "Data-Empty": "no"}'],
)  # fmt: skip
def test_files_that_are_no_profiles(text: str, named: Path, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=r"p\.json"):
        verify(named, tmp_path / "p.json")
