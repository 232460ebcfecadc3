"""Articles that hang, eat memory, crash, or cannot be read: each is explained, and the others are made."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html as lxml_html

from jatspack.batch import State

from .articles import article, command, environment, jatspack, status, write

LONG = "п" * 126  # 252 bytes, and .md
NAMES = ("with spaces in it", "озёра и реки", "lakes 🌊", LONG)


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One batch with every kind of trouble in it; its output folder."""
    inbox = tmp_path_factory.mktemp("batch") / "inbox"
    write(inbox, good="A plain text.", hang="TROUBLE:hang", memory="TROUBLE:memory", crash="TROUBLE:crash")
    write(inbox, bug="TROUBLE:bug", last="After all of them.")
    write(inbox, **dict.fromkeys(NAMES, "A name."))
    for folder in ("one", "two"):
        write(inbox / folder, twin=f"In folder {folder}.")
    (inbox / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (inbox / "dangling.md").symlink_to(inbox / "nothing")
    (inbox / "upside.txt").write_text(article("Of another ending"), "utf-8")
    (inbox / "upside.md").write_text(article("Of this ending"), "utf-8")
    (inbox / ".hidden.md").write_text(article("Nobody sees"), "utf-8")
    (inbox / "good.toml").write_text("volume = '7'\n", "utf-8")
    (inbox / "odd").mkdir()
    (inbox / "odd" / "odd.md").write_text(article("With a wrong key"), "utf-8")
    (inbox / "odd" / "odd.toml").write_text("colour = 'red'\n", "utf-8")
    (inbox / os.fsdecode(b"caf\xe9.md")).write_text(article("A name in another encoding"), "utf-8")
    out = inbox.parent / "out"
    done = jatspack(
        "batch", inbox, "-o", out, "--only", "jats", "--time-limit", 12, "--memory-limit", 700, "--workers", 2
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "hang.md: set-aside" in done.stderr
    return out


def test_every_article_is_accounted_for(batch: Path) -> None:
    rows = status(batch)
    assert len(rows) == 18
    states = {name: row["state"] for name, row in rows.items()}
    wrong = {name for name, state in states.items() if state != State.DONE}
    assert wrong == {"hang.md", "memory.md", "crash.md", "bug.md", "picture.md", "dangling.md", "odd/odd.md"}


@pytest.mark.parametrize(
    ("name", "state", "says"),
    [
        ("hang.md", "set-aside", "longer than 12 s"),
        ("memory.md", "set-aside", "more than 700 MB"),
        ("crash.md", "set-aside", "SIGSEGV"),
        ("bug.md", "failed", "ZeroDivisionError: of a detector"),
        ("picture.md", "failed", "text"),
        ("dangling.md", "failed", "dangling.md"),
        ("odd/odd.md", "failed", "odd.toml:1"),
    ],
)
def test_each_trouble_is_explained(batch: Path, name: str, state: str, says: str) -> None:
    row = status(batch)[name]
    assert row["state"] == state
    assert says in row["message"]
    assert row["attempts"] == 1


def test_each_has_a_folder_of_its_own(batch: Path) -> None:
    rows = status(batch)
    made = {row["folder"] for row in rows.values() if row["state"] == "done"}
    assert len(made) == 11
    for folder in made:
        assert len(list((batch / folder).glob("*.xml"))) == 1, folder
    assert rows["one/twin.md"]["folder"] == "one/twin"
    assert {rows["upside.md"]["folder"], rows["upside.txt"]["folder"]} > {"upside"}
    for name in ("hang", "memory", "crash", "bug"):
        assert not (batch / name).exists(), "half of an output was left"


def test_the_page_leads_to_what_was_made_and_tells_of_the_rest(batch: Path) -> None:
    page, rows = lxml_html.parse(batch / "index.html").getroot(), status(batch)
    links = [unquote(href) for href in page.xpath("//section[@id='articles']//tbody//a/@href")]
    done = sum(row["state"] == State.DONE for row in rows.values())
    assert len(links) == 3 * done  # for each the report, by its title and by its name, and the XML
    assert [link for link in links if not (batch / link).is_file()] == []
    told = page.xpath("//section[@id='not-made']")[0].text_content()
    for name, row in rows.items():
        if row["state"] in ("failed", "set-aside"):
            assert name in told
    assert set(json.loads(page.get_element_by_id("data").text)["name"]) == set(rows)


def test_what_failed_is_done_again_only_on_request(batch: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(batch, out)
    limits = ("--only", "jats", "--time-limit", 12, "--memory-limit", 700)
    done = jatspack("batch", batch.parent / "inbox", "-o", out, *limits)
    assert "0 articles to do, 18 as they were" in done.stderr
    assert done.returncode == 1
    done = jatspack("batch", batch.parent / "inbox", "-o", out, *limits[:2], "--time-limit", 9, "--retry", "failed")
    assert "7 articles to do, 11 as they were" in done.stderr
    rows = status(out)
    assert {row["attempts"] for row in rows.values()} == {1, 2}
    assert "longer than 9 s" in rows["hang.md"]["message"]


def test_a_worker_that_cannot_start_ends_the_batch(tmp_path: Path) -> None:
    inbox, broken = write(tmp_path / "inbox", a="Fine.", b="Fine."), tmp_path / "broken"
    broken.mkdir()
    broken.joinpath("sitecustomize.py").write_text(
        "import os, sys\n"
        "if 'jatspack.batch.worker:answer' in sys.orig_argv:\n"
        "    os.write(2, b'no licence for this machine')\n"
        "    os._exit(3)\n"
    )
    surroundings = {**environment(), "PYTHONPATH": os.pathsep.join([str(broken), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        command("batch", inbox, "-o", tmp_path / "out", "--only", "jats"),
        capture_output=True, text=True, env=surroundings, check=False,
    )  # fmt: skip
    assert done.returncode == 4, done.stderr
    assert "a worker cannot be started: exit status 3: no licence for this machine" in done.stderr
    assert {row["state"] for row in status(tmp_path / "out").values()} == {"waiting"}
