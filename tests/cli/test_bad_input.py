"""Bad input ends with one clear message and the documented exit status, and leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ARTICLE = "# A title of some words\n\nAnna Berg\n\n**Abstract.** A few words.\n\n## Introduction\n\nText.\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jatspack", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def refused(done: subprocess.CompletedProcess[str], status: int, says: str, out: Path) -> None:
    assert done.returncode == status, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert len(done.stderr.strip().splitlines()) == 1
    assert not out.exists() or not any(out.iterdir())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\n ", "no text"),
        (PNG, "text"),
        (b"word " * (12 * 1024 * 1024), "MB"),
        (b"[" * 200_000, "nest"),
    ],
    ids=["empty", "white space", "picture", "60 MB", "nested brackets"],
)
def test_unreadable(tmp_path: Path, data: bytes, says: str) -> None:
    article = tmp_path / "article.md"
    article.write_bytes(data)
    refused(run("convert", article, "-o", tmp_path / "out"), 3, says, tmp_path / "out")


def test_no_such_file(tmp_path: Path) -> None:
    refused(run("convert", tmp_path / "none.md", "-o", tmp_path / "out"), 3, "none.md", tmp_path / "out")


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("[journal\n", "journal.toml:1"),
        ("[journal]\n\ntitel = 'x'\n", "journal.toml:3"),
        ("[journal]\nissn_print = '12345'\n", "journal.toml:2"),
    ],
    ids=["syntax", "unknown key", "bad ISSN"],
)
def test_bad_configuration(tmp_path: Path, toml: str, says: str) -> None:
    (tmp_path / "article.md").write_text(ARTICLE, "utf-8")
    (tmp_path / "journal.toml").write_text(toml, "utf-8")
    refused(run("convert", tmp_path / "article.md", "-o", tmp_path / "out"), 2, says, tmp_path / "out")


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text(ARTICLE, "utf-8")
    (tmp_path / "file").write_text("in the way", "utf-8")
    done = run("convert", tmp_path / "article.md", "-o", tmp_path / "file" / "out")
    assert done.returncode == 2
    assert "-o" in done.stderr
    assert (tmp_path / "file").read_text("utf-8") == "in the way"


def test_output_that_exists(tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text(ARTICLE, "utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "article.xml").write_text("mine", "utf-8")
    done = run("convert", tmp_path / "article.md", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["article.xml"]
    assert (tmp_path / "out" / "article.xml").read_text("utf-8") == "mine"
    assert run("convert", tmp_path / "article.md", "-o", tmp_path / "out", "--force", "--no-pdf").returncode == 0


@pytest.mark.parametrize(
    "src", ["missing.png", "../secret.png", "/etc/passwd", "file:///etc/passwd", "http://192.0.2.1/x.png"]
)
def test_image_that_is_not_taken(tmp_path: Path, src: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "article.md").write_text(f"{ARTICLE}\n![A picture]({src})\n\nMore.\n", "utf-8")
    done = run("convert", folder / "article.md", "-o", tmp_path / "out", "-v")
    assert done.returncode in (0, 1), done.stderr
    assert src in done.stdout
    assert not (tmp_path / "out" / "media").exists()
