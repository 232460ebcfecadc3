"""What docs/security.md says of files and networks, watched while the program runs: every opening of a file, every
socket and every other program is written down by an audit hook (sys.addaudithook) in each Python that takes part."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

import jatspack
from jatspack.findings import UnreadableInput, UsageError
from jatspack.output import Staging
from jatspack.pipeline import convert, pack
from jatspack.read.pandoc import binary

ROOT = Path(__file__).resolve().parents[1]
SOUND = (ROOT / "tests/check/sound.xml").read_text("utf-8")
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
# Imported by every Python that is started with its folder in PYTHONPATH; a socket that is used ends in an exception.
HOOK = """
import json, os, sys
log, busy = os.open(os.environ["AUDIT_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT), []
SOCKETS = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.send", "socket.bind")
def hook(event, given):
    started = event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn")
    if busy or not (event == "open" or started or event.startswith(SOCKETS)):
        return
    if event == "socket.bind" and given[1] == ("::1", 0):  # so urllib3 asks, when imported, if the machine knows IPv6
        return
    busy.append(1)
    told = [os.fsdecode(one) if isinstance(one, (str, bytes)) else str(one) for one in given[:2]]
    os.write(log, json.dumps([event, *told]).encode() + b"\\n")
    busy.pop()
    if event.startswith(SOCKETS):
        raise PermissionError("no network")
sys.addaudithook(hook)
"""
ARTICLE = """# Bees of the north and what they do

Ann Berg

**Abstract.** Some words.

## Introduction

Text ![one](a.png) ![two](../secret.png) ![three](link.png) ![four](http://a.invalid/x.png) ![five](file:///etc/passwd)
![six](drawing.svg) ![seven](//a.invalid/x.png) ![eight](a%2F..%2F..%2Fsecret.png)

<img src="http://a.invalid/y.png"> <link rel="stylesheet" href="http://a.invalid/z.css">
<iframe src="/etc/passwd"></iframe>
"""
DRAWING = (
    """<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="http://a.invalid/x.png"/></svg>"""
)
STYLE = """@import url(http://a.invalid/a.css); @import url(file:///etc/passwd);
@font-face { font-family: Other; src: url(http://a.invalid/f.ttf), url(file:///etc/passwd) }
body { background: url(http://a.invalid/b.png), url(../secret.png), url(/etc/passwd); font-family: Other }"""


@dataclass(frozen=True)
class Watched:
    """What one run did."""

    status: int
    said: str
    sockets: list[list[str]]
    programs: list[str]
    opened: set[Path]


@dataclass(frozen=True)
class Place:
    """A folder with an article, whose secrets lie beside it."""

    folder: Path

    @property
    def article(self) -> Path:
        return self.folder / "in" / "article.md"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def run(self, *arguments: object) -> Watched:
        log = self.folder / "log"
        log.unlink(missing_ok=True)
        for name in ("hook", "tmp", "home", "empty"):
            (self.folder / name).mkdir(exist_ok=True)
        (self.folder / "hook/sitecustomize.py").write_text(HOOK, "utf-8")
        paths = [self.folder / "hook", Path(jatspack.__file__).parents[1]]
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "tmp"),
            "PYTHONPATH": os.pathsep.join(map(str, paths)), "AUDIT_LOG": str(log), "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1", "JATSPACK_SCHEMAS": str(self.folder / "schemas"),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "jatspack", *map(str, arguments)], env=environment, cwd=self.folder / "empty",
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        rows = [json.loads(row) for row in log.read_text("utf-8").splitlines()]
        opened = {Path(row[1]) for row in rows if row[0] == "open" and not row[1].isdigit()}
        return Watched(
            done.returncode,
            done.stdout + done.stderr,
            [row for row in rows if row[0].startswith("socket.")],
            [row[1] for row in rows if row[0] != "open" and not row[0].startswith("socket.")],
            {path if path.is_absolute() else self.folder / "empty" / path for path in opened},
        )


@pytest.fixture
def place(tmp_path: Path) -> Place:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "article.md").write_text(ARTICLE, "utf-8")
    (folder / "a.png").write_bytes(PNG)
    (folder / "drawing.svg").write_text(DRAWING, "utf-8")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "other.png").write_bytes(PNG)  # beside the article, but nobody names it
    (folder / "house").mkdir()
    (folder / "house/style.css").write_text(STYLE, "utf-8")
    (folder / "journal.toml").write_text('[theme]\nname = "house"\n', "utf-8")
    return Place(tmp_path)


def foreign(watched: Watched, *own: Path) -> set[Path]:
    """What was opened, but is neither the program's own nor in `own`."""
    machine = [Path(p) for p in ("/proc/self", "/dev/null", "/etc/mime.types", "/usr/share/zoneinfo")]
    program = {Path(sys.prefix), Path(sys.base_prefix), Path(jatspack.__file__).parents[1], ROOT / "schemas"}
    known = [*own, *machine, *program, *(p.resolve() for p in program)]
    numbers = {path for path in watched.opened if path.match("/proc/*/statm")}  # how much memory pandoc has
    return {path for path in watched.opened - numbers if not any(path.is_relative_to(one) for one in known)}


def programs(watched: Watched) -> set[str]:
    """The programs that were started, without those by which ctypes looks for a library (WeasyPrint's Pango)."""
    return {Path(name).name for name in watched.programs} - {"ldconfig", "gcc", "cc", "ld"}


def test_convert(place: Place) -> None:
    done = place.run("convert", place.article, "-o", place.out)
    assert done.status in (0, 1), done.said
    assert (place.out / "article.pdf").exists()
    assert done.sockets == []
    ours = [place.folder / name for name in ("hook", "tmp", "out", "log", "empty")]
    inputs = {place.folder / "in" / name for name in ("article.md", "a.png", "drawing.svg", "journal.toml")}
    assert foreign(done, *ours, place.folder / "in/house") == inputs
    assert programs(done) <= {Path(binary()).name, Path(sys.executable).name}
    assert "root:" not in b"".join(p.read_bytes() for p in place.out.rglob("*") if p.is_file()).decode("latin-1")


def test_pack_validate_export_and_verify(place: Place) -> None:
    hrefs = ["a.png", "../secret.png", "link.png", "http://a.invalid/x.png", "file:///etc/passwd", "drawing.svg"]
    figures = "".join(f'<p><inline-graphic xlink:href="{href}"/></p>' for href in hrefs)
    jats = place.folder / "in/a.xml"
    jats.write_text(SOUND.replace("</body>", f"<sec><title>t</title>{figures}</sec></body>"), "utf-8")
    ours = [place.folder / name for name in ("hook", "tmp", "out", "log", "empty", "in/house")]
    inputs = {place.folder / "in" / name for name in ("a.xml", "a.png", "drawing.svg", "journal.toml")}
    for arguments, may in (
        (("validate", jats), inputs),
        (("pack", jats, "-o", place.out), inputs),
        (("export", "--to", "all", jats, "-o", place.folder / "out/exported"), inputs),
        (("verify", place.out / "a.bag"), set()),
    ):
        done = place.run(*arguments)
        assert done.status in (0, 1), done.said
        assert done.sockets == []
        assert foreign(done, *ours) <= may, arguments
        assert programs(done) <= {Path(sys.executable).name}, arguments


@pytest.mark.parametrize("href", ["../../a/in/x.png", "%2e%2e/in/x.png", "..\\in\\x.png", "/x.png", "%2Fx.png"])
def test_an_image_is_not_written_outside_the_output(href: str, tmp_path: Path) -> None:
    folder = tmp_path / "a/in"
    folder.mkdir(parents=True)
    for name in ("x.png", "%2Fx.png", "..\\in\\x.png"):
        (folder / name).write_bytes(PNG)
    figure = f'<sec><title>t</title><fig><graphic xlink:href="{href}"/></fig></sec></body>'
    (folder / "a.xml").write_text(SOUND.replace("</body>", figure), "utf-8")
    before = {p for p in tmp_path.rglob("*") if p.is_file()}
    package = pack(folder / "a.xml", output=tmp_path / "b/c/out", only=["html", "bag"])
    assert "image-outside" in {f.code for f in package.findings}
    new = {p for p in tmp_path.rglob("*") if p.is_file()} - before
    assert {p for p in new if not p.is_relative_to(tmp_path / "b/c/out")} == set()


def test_no_name_leads_out_of_the_output(tmp_path: Path) -> None:
    for name in ("../x", "/tmp/x", "a/../../x"):
        with pytest.raises(UsageError, match="leads out"), Staging(tmp_path / "out", "a", []) as staging:
            staging.write({name: b""})
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_pdf_beside_the_jats_may_not_be_a_link_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "in/a.xml").write_text(SOUND, "utf-8")
    (tmp_path / "in/a.pdf").symlink_to(tmp_path / "secret.pdf")
    from jatspack.exporting import export

    with pytest.raises(UnreadableInput, match="link that leads out"):
        export(tmp_path / "in/a.xml", ["portico"])


OUTSIDE = ['name = "../in2"', 'name = "/etc"', 'logo = "../secret.png"', 'logo = "link.png"', 'fonts.folder = ".."']


@pytest.mark.parametrize("settings", OUTSIDE)
def test_a_theme_lies_beside_its_journal(settings: str, place: Place) -> None:
    (place.folder / "in2").mkdir()
    (place.folder / "in/journal.toml").write_text(f"[theme]\n{settings}\n", "utf-8")
    with pytest.raises(UsageError, match=r"leads out|has not the form"):
        convert(place.article, only=["pdf"])


def test_a_dtd_that_grows_when_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jatspack.catalog.install import add

    monkeypatch.setenv("JATSPACK_SCHEMAS", str(tmp_path / "schemas"))
    laughs = "".join(f"<!ENTITY % a{n} '{f'%a{n - 1};' * 20}'>" for n in range(1, 12))
    article = "<!ELEMENT article ANY><!ATTLIST article dtd-version CDATA '1.3'>"
    texts = {
        "laughs": f"<!ENTITY % a0 'ha'>{laughs}{article}%a11;",
        "outside": f"<!ENTITY % x SYSTEM 'file:///etc/passwd'>%x;{article}",
        "network": f"<!ENTITY % x SYSTEM 'http://a.invalid/x'>%x;{article}",
    }
    for name, text in texts.items():
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as file:
            file.writestr("JATS-journalpublishing1-3.dtd", text)
        with pytest.raises(UnreadableInput, match=name):
            add(tmp_path / f"{name}.zip")


@pytest.mark.parametrize(
    "toml", ["a = " + "[" * 5000, "a." * 5000 + "b = 1", "[" + "a." * 5000 + "b]", "x = '''" + "y" * 6_000_000]
)
def test_a_configuration_made_to_exhaust(toml: str, place: Place) -> None:
    (place.folder / "in/journal.toml").write_text(toml, "utf-8")
    with pytest.raises(UsageError, match=r"journal\.toml"):
        convert(place.article, only=["jats"])


@pytest.mark.parametrize(
    "yaml",
    ["a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]", "a: !!python/object/apply:os.system ['touch x']", "a: " + "[" * 90],
)
def test_front_matter_made_to_harm(yaml: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: T\n{yaml}\n---\n\nSome text of the article.\n", "utf-8")
    assert convert(tmp_path / "a.md", only=["jats"]).jats
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]
