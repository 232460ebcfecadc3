"""`jatspack deposit` as scripts use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from handover.conftest import SECRET, make
from jatspack.cli import app
from jatspack.findings import Stop

JOURNAL = """
[targets.zenodo]
kind = "invenio"
url = "https://zenodo.example.org"
[targets.box]
kind = "folder"
path = "box"
[targets.gone]
kind = "invenio"
url = "http://127.0.0.1:9"
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    make(tmp_path / "out")
    (tmp_path / "journal.toml").write_text(JOURNAL, "utf-8")
    (tmp_path / "box").mkdir()
    return tmp_path / "out" / "owl"


def run(*arguments: object, env: dict[str, str] | None = None) -> Any:
    done = CliRunner().invoke(app, ["deposit", *map(str, arguments)], env=env)
    assert done.exception is None or isinstance(done.exception, (SystemExit, Stop)), done.exception
    return done


def test_a_dry_run_prints_every_request(article: Path) -> None:
    done = run(article, "--to", "zenodo", env={"JATSPACK_ZENODO_TOKEN": SECRET})
    assert done.exit_code == 0
    assert "  2. POST https://zenodo.example.org/api/records\n" in done.stdout
    assert "       Authorization: ***\n" in done.stdout
    assert " bytes, sha256 " in done.stdout
    assert "dry run: nothing was sent; --send sends it" in done.stdout
    assert SECRET not in done.stdout + done.stderr
    done = run(article, "--to", "zenodo", "--json", env={"JATSPACK_ZENODO_TOKEN": SECRET})
    data = json.loads(done.stdout)
    assert (data["state"], data["requests"][1]["method"]) == ("rehearsed", "POST")
    assert {"size", "sha256"} == set(data["requests"][1]["body"])
    assert SECRET not in done.stdout


def test_without_credentials(article: Path) -> None:
    done = run(article, "--to", "zenodo")
    assert done.exit_code == 2
    assert "JATSPACK_ZENODO_TOKEN" in done.stdout


def test_sent(article: Path) -> None:
    done = run(article, "--to", "box", "--send")
    assert (done.exit_code, "deposited" in done.stdout) == (0, True)
    (made,) = (article.parent.parent / "box").glob("*.bag")
    assert f"  address: {made}" in done.stdout
    again = json.loads(run(article, "--to", "box", "--send", "--json").stdout)
    assert (again["state"], again["address"], again["requests"]) == ("already", str(made), [])
    assert run(article, "--to", "box", "--send", "-q").stdout == ""


def test_wrong_use(article: Path) -> None:
    assert run(article).exit_code == 2
    assert run(article, "--to", "nobody").exception.exit == 2
    assert run(article.parent / "elk", "--to", "box").exception.exit == 3


def test_nobody_answers(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    done = run(article, "--to", "gone", "--send", env={"JATSPACK_GONE_TOKEN": SECRET})
    assert done.exit_code == 5
    assert "handover-unreachable" in done.stdout
    assert "run the same command again" in done.stdout
