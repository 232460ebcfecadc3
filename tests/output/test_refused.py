"""A disk that is full, a folder that cannot be written, clocks that jump, two runs at once: what was there stays."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jatspack import convert
from jatspack.archive import verify
from jatspack.cli import app
from jatspack.config import Config, JournalConfig, Output
from jatspack.findings import UsageError
from jatspack.output import Staging, locked
from jatspack.output.work import work_folder
from output.versions import outputs

TEXT = "# The Flight of Owls\n\nAnn Ford\n\nAbstract: Owls fly.\n\n![An owl](owl.svg)\n\n## Introduction\n\n{}\n"
COMMAND = [sys.executable, "-m", "jatspack", "convert", "-q", "--no-pdf"]


def make(article: Path, out: Path, config: Config | None = None) -> None:
    """All outputs but the PDF, in the place of what is there."""
    made = convert(article, config, output=out, only=("jats", "html", "report", "bag"), force=True)
    assert made.exit == 0


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article with an image of 300 kB."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "article.md").write_text(TEXT.format("They do."), "utf-8")
    image = f'<svg xmlns="http://www.w3.org/2000/svg"><desc>{"x" * 300_000}</desc></svg>'
    (folder / "owl.svg").write_text(image, "utf-8")
    return folder / "article.md"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of six megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "jatspack-test", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a file system of our own cannot be mounted here; the limit of file sizes is tested instead")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(disk: Path, leave: int) -> Path:
    """A file that takes all room but so many kilobytes."""
    state = os.statvfs(disk)
    (disk / "rest").write_bytes(bytes(max(0, state.f_bavail * state.f_frsize - leave * 1024)))
    return disk / "rest"


def test_a_full_disk(article: Path, small_disk: Path) -> None:
    out = small_disk / "out"
    make(article, out)
    before = dict(outputs(out))
    article.write_text(TEXT.format("They do it."), "utf-8")
    for leave in (0, 4, 40, 400, 800, 1500):
        rest = fill(small_disk, leave)
        with pytest.raises(UsageError, match="No space left"):
            make(article, out)
        assert dict(outputs(out)) == before
        assert sorted(p.name for p in out.iterdir()) == sorted([*before, "media"])
        rest.unlink()
    assert verify(out / "article.bag").valid
    make(article, out)
    assert dict(outputs(out)).keys() == before.keys()
    assert dict(outputs(out)) != before


def test_a_limit_of_the_size_of_files(article: Path, tmp_path: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    command = [*COMMAND, article, "-o", tmp_path / "out"]
    done = subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert "cannot write there (File too large)" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    make(article, out)
    before = dict(outputs(out))
    if os.geteuid():
        out.chmod(0o555)
    elif subprocess.run(["mount", "--bind", "-o", "ro", out, out], capture_output=True, check=False).returncode:
        pytest.skip("root may write everywhere, and nothing can be mounted here")
    try:
        with pytest.raises(UsageError, match="no right to write there"):
            make(article, out)
        assert CliRunner().invoke(app, ["verify", str(out / "article.bag")]).exit_code == 0
    finally:
        if os.geteuid():
            out.chmod(0o755)
        else:
            subprocess.run(["umount", out], check=True)
    assert dict(outputs(out)) == before
    make(article, out)
    assert dict(outputs(out)) == before


def test_clocks_that_jump(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Times of files in the future and before 1980, and a clock that goes back between two runs."""
    out = tmp_path / "out"
    config = Config(journal=JournalConfig(output=Output(serialize="zip")))
    for seconds, epoch in ((-(10**9), "1700000000"), (4_000_000_000, "86400"), (0, "0"), (2**33, "4102444800")):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        for path in (article, *tmp_path.rglob("*")):
            os.utime(path, (seconds, seconds))
        make(article, out, config)
        assert verify(out / "article.bag.zip").valid
        assert not (out / ".jatspack").exists()


def test_a_second_run_of_the_same_article(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_folder.__wrapped__, "__kwdefaults__", {"wait": 0.1})  # type: ignore[attr-defined]
    out = tmp_path / "out"
    with Staging(out, "article", []) as first:
        with pytest.raises(UsageError, match=rf"out \(article\): in use by process {os.getpid()} on .*, since .* UTC"):
            make(article, out)
        first.write({"article.xml": b"first"})
        first.publish()
    assert [p.read_bytes() for p in out.iterdir()] == [b"first"]


def test_a_second_run_waits_for_the_first(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with locked(out / ".jatspack" / "article.lock"):
        other = subprocess.Popen([*COMMAND, article, "-o", out])
        time.sleep(2)
        assert other.poll() is None
        assert not out.joinpath("article.xml").exists()
    assert other.wait() == 0
    assert out.joinpath("article.xml").exists()


def test_articles_of_one_folder_at_the_same_time(article: Path, tmp_path: Path) -> None:
    """They share media/: the same image is one file."""
    out, names = tmp_path / "out", ["a", "b", "c"]
    for name in names:
        article.with_name(f"{name}.md").write_text(TEXT.format(name), "utf-8")
    runs = [subprocess.Popen([*COMMAND, article.with_name(f"{n}.md"), "-o", out]) for n in names]
    assert [process.wait() for process in runs] == [0, 0, 0]
    assert {p.name for p in out.glob("*.xml")} == {"a.xml", "b.xml", "c.xml"}
    assert all(verify(out / f"{n}.bag").valid for n in names)
    assert not (out / ".jatspack").exists()
