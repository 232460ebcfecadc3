"""jatspack verify: verdict, exit status, JSON."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from jatspack.archive import make_bag, serialize
from jatspack.cli import app
from jatspack.findings import Stop


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    make_bag({"a.txt": b"a"}, {}, tmp_path / "bag")
    return tmp_path / "bag"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["verify", *map(str, arguments)])


def test_verdicts(bag: Path) -> None:
    done = run(bag)
    assert (done.exit_code, done.stdout) == (0, f"{bag}: valid, 1 payload files\n")
    packed = serialize(bag, "tar.gz", date(2024, 1, 1))
    assert f"{packed}: valid, 1 payload" in run(packed).stdout
    (bag / "notes.txt").write_text("x", "utf-8")
    done = run(bag)
    assert done.exit_code == 0
    assert "valid, with warnings" in done.stdout
    assert "notes.txt: manifest" not in done.stdout
    assert "tagmanifest-sha512.txt does not list it" in done.stdout
    (bag / "data/a.txt").unlink()
    done = run(bag, "--json")
    assert done.exit_code == 1
    assert (json.loads(done.stdout)["valid"], json.loads(done.stdout)["verdict"]) == (False, "invalid")


def test_a_profile(bag: Path, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text('{"BagIt-Profile-Info": {}, "Manifests-Required": ["md5"]}', "utf-8")
    done = run(bag, "--profile", tmp_path / "p.json")
    assert done.exit_code == 1
    assert "manifest-md5.txt: the profile asks for something else: this manifest is required" in done.stdout
    (tmp_path / "p.json").write_text("no JSON", "utf-8")
    done = run(bag, "--profile", tmp_path / "p.json")
    assert isinstance(done.exception, Stop)
    assert done.exception.exit == 2


def test_names_neither_steer_the_terminal_nor_stop_the_report(bag: Path) -> None:
    (bag / "data/red\x1b[31m\nvalid").write_bytes(b"")
    Path(os.fsdecode(os.fsencode(bag / "data/latin-") + b"\xe9")).write_bytes(b"")
    done = run(bag)
    assert done.exit_code == 1
    assert "\x1b" not in done.stdout
    assert "data/red\N{REPLACEMENT CHARACTER}[31m valid: " in done.stdout
    assert "data/latin-\N{REPLACEMENT CHARACTER}: " in done.stdout
    found = json.loads(run(bag, "--json").stdout)["findings"]
    assert "data/latin-\udce9" in {f["file"] for f in found}
