"""`jatspack export` as scripts use it."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deposit.articles import ELSEWHERE
from jatspack.cli import app
from jatspack.deposit import TARGETS
from jatspack.findings import Stop, UnreadableInput, UsageError

JOURNAL = """
[deposit]
depositor_name = "Barn Press"
depositor_email = "doi@barn.example.org"
[output]
bagging_date = "2026-01-31"
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "owl é.xml"
    path.write_bytes(ELSEWHERE.read_bytes())
    (tmp_path / "journal.toml").write_text(JOURNAL, "utf-8")
    return path


def run(*arguments: object) -> Any:
    done = CliRunner().invoke(app, ["export", *map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, (SystemExit, Stop)), done.exception
    return done


def test_one_text_is_printed(article: Path) -> None:
    done = run("--to", "crossref", article)
    assert done.exit_code == 0
    assert done.stdout.startswith("<?xml")
    assert "deposit-left-out" in done.stderr
    assert sorted(p.name for p in article.parent.iterdir()) == ["journal.toml", article.name]
    assert run("--to", "ris", article, "-q").stderr == ""


def test_all_into_a_folder(article: Path) -> None:
    done = run("--to", "all", article, "-o", article.parent / "out")
    assert done.exit_code == 0
    made = [line.partition(": ") for line in done.stdout.splitlines()]
    assert {target for target, _, _ in made} == set(TARGETS)
    assert sorted(Path(path).name for _, _, path in made) == sorted(p.name for p in (article.parent / "out").iterdir())
    again = run("--to", "all", article, "-o", article.parent / "out")
    assert isinstance(again.exception, UsageError)
    assert "--force" in str(again.exception)
    before = {p.name: p.read_bytes() for p in (article.parent / "out").iterdir()}
    assert run("--to", "all", article, "-o", article.parent / "out", "--force").exit_code == 0
    assert before == {p.name: p.read_bytes() for p in (article.parent / "out").iterdir()}


def test_a_file_by_its_ending(article: Path) -> None:
    goal = article.parent / "new" / "d.json"
    assert run("--to", "datacite", article, "-o", goal).exit_code == 0
    assert json.loads(goal.read_bytes())["schemaVersion"]
    assert stat.S_IMODE(goal.stat().st_mode) & 0o400
    assert run("--to", "datacite", article, "-o", goal.with_suffix(".xml")).exit_code == 0
    assert goal.with_suffix(".xml").read_bytes().startswith(b"<?xml")
    assert sorted(p.name for p in goal.parent.iterdir()) == ["d.json", "d.xml"]
    assert isinstance(run("--to", "datacite", article, "-o", goal.with_suffix(".pdf")).exception, UsageError)
    assert isinstance(run("--to", "datacite", article).exception, UsageError)
    assert isinstance(run("--to", "pmc", article).exception, UsageError)


def test_what_is_missing(article: Path) -> None:
    article.write_text(article.read_text("utf-8").replace('pub-id-type="doi"', 'pub-id-type="other"'), "utf-8")
    out = article.parent / "out"
    done = run("--to", "crossref,datacite,mods", article, "-o", out)
    assert done.exit_code == 1
    assert [p.name for p in out.iterdir()] == ["owl é.mods.xml"]
    (line,) = [line for line in done.stderr.splitlines() if "a DOI is missing" in line]
    assert line.endswith("nothing is made for Crossref, DataCite [deposit-needs]")
    assert "nothing was made for crossref, datacite" in done.stderr
    done = run("--to", "crossref", article)
    assert (done.exit_code, done.stdout) == (1, "")


def test_json(article: Path) -> None:
    done = run("--to", "doaj", "--to", "crossref", article, "-o", article.parent / "out", "--json")
    rows = json.loads(done.stdout)
    assert list(rows["targets"]) == ["doaj", "crossref"]
    assert [Path(p).suffixes for p in rows["targets"]["doaj"]["files"]] == [[".doaj", ".json"], [".doaj", ".xml"]]
    assert rows["targets"]["crossref"]["made"]
    assert {f["code"] for f in rows["targets"]["crossref"]["findings"]} == {"deposit-left-out"}
    assert rows["findings"][0]["code"] == "image-missing"


def test_wrong_use(article: Path, tmp_path: Path) -> None:
    unknown = run("--to", "nobody", article).exception
    assert isinstance(unknown, UsageError)
    assert "crossref" in str(unknown)
    assert isinstance(run("--to", "", article).exception, UsageError)
    assert isinstance(run("--to", "ris", tmp_path / "none.xml").exception, UnreadableInput)
    (tmp_path / "no.xml").write_text("<book/>", "utf-8")
    assert isinstance(run("--to", "ris", tmp_path / "no.xml").exception, UnreadableInput)
    assert run(article).exit_code == 2
    (tmp_path / "file").write_text("", "utf-8")
    assert isinstance(run("--to", "ris", article, "-o", tmp_path / "file" / "x.ris").exception, UsageError)
