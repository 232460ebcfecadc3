"""The files of an article that travels: all that its conversion reads, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jatspack.batch import Options, Source, luggage
from jatspack.batch.luggage import homewards, mark, marks, missed, pack, unpack
from jatspack.batch.parcel import Blobs

DEFAULTS = Options()
PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    (folder / "figs").mkdir(parents=True)
    (folder / "a.md").write_text("# A\n\n![x](figs/one.png)\n", "utf-8")
    for name in ("figs/one.png", "two words.png", "b(1).png", "never-named.png"):
        (folder / name).write_bytes(PNG + name.encode())
    return folder


def packed(source: Path, options: Options = DEFAULTS, **more: Path) -> dict[str, bytes] | None:
    """What is packed for an article, by relative path."""
    blobs: Blobs = {}
    made = pack(Source(source, source.name, **more), options, blobs)  # type: ignore[arg-type]
    return made and {name: blobs[digest] for name, digest in made.files.items()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![x](figs/one.png)", {"figs/one.png"}),
        ('![x]( figs/one.png "A title")', {"figs/one.png"}),
        ("![x](<two words.png>)", {"two words.png"}),
        ("![x](two%20words.png)", {"two words.png"}),
        ("![x](b(1).png)", {"b(1).png"}),
        ("![x](figs\\one.png)", {"figs/one.png"}),
        ("![x](./figs/../figs/one.png)", {"figs/one.png"}),
        ('<img alt="" src="figs/one.png">', {"figs/one.png"}),
        ("![x][fig]\n\n[fig]: figs/one.png", {"figs/one.png"}),
        ("[![x](figs/one.png)](https://example.org/two)", {"figs/one.png"}),
        ("![x](https://example.org/figs/one.png) ![y](data:image/png;base64,AA) [z](#one)", set()),
        ("![x](../outside.png) ![y](/etc/hostname) ![z](missing.png)", set()),
    ],
)
def test_images_that_the_text_names(inbox: Path, text: str, found: set[str]) -> None:
    (inbox.parent / "outside.png").write_bytes(PNG)
    (inbox / "a.md").write_text(text, "utf-8")
    files = packed(inbox / "a.md")
    assert files is not None
    assert files.keys() == {"0/a.md", *(f"0/{name}" for name in found)}
    for name in found:
        assert files[f"0/{name}"] == PNG + name.encode()


def test_configuration_from_elsewhere_and_the_look(inbox: Path, tmp_path: Path) -> None:
    home = tmp_path / "journal"
    (home / "ours").mkdir(parents=True)
    (home / "base").mkdir()
    (home / "journal.toml").write_text('[theme]\nname = "ours"\nlogo = "logo.png"\nfonts.folder = "faces"\n', "utf-8")
    (home / "ours" / "theme.toml").write_text('base = "two-column"\n', "utf-8")
    (home / "ours" / "a.css").write_text("p {}", "utf-8")
    (home / "ours" / "notes.docx").write_bytes(b"PK")
    (home / "logo.png").write_bytes(PNG)
    (home / "faces").mkdir()
    (home / "faces" / "f.ttf").write_bytes(b"font")
    (home / "secret.png").write_bytes(PNG)
    (tmp_path / "settings.toml").write_text('volume = "1"\n', "utf-8")
    options, own = Options(journal=home / "journal.toml"), tmp_path / "settings.toml"
    files = packed(inbox / "a.md", options, article=own)
    assert files is not None
    look = {"1/ours/theme.toml", "1/ours/a.css", "1/logo.png", "1/faces/f.ttf"}
    assert files.keys() == {"0/a.md", "0/figs/one.png", "1/journal.toml", "2/settings.toml", *look}
    without = packed(inbox / "a.md", Options(only=frozenset({"jats"}), journal=home / "journal.toml"), article=own)
    assert without is not None
    assert files.keys() - without.keys() == look


def test_unpacked_it_is_the_same_article(inbox: Path, tmp_path: Path) -> None:
    (inbox / "journal.toml").write_text('languages = ["en"]\n', "utf-8")
    (inbox / "a.toml").write_text('volume = "1"\n', "utf-8")
    source, blobs, there = Source(inbox / "a.md", "a.md"), Blobs(), tmp_path / "there"
    made = pack(source, Options(), blobs)
    assert made
    far = unpack(made, source, blobs, there)
    assert (far.path, far.journal, far.article) == tuple(there / "0" / n for n in ("a.md", "journal.toml", "a.toml"))
    for path in (far.path, far.journal, far.article, there / "0" / "figs" / "one.png"):
        assert path
        assert path.read_bytes() == (inbox / path.relative_to(there / "0")).read_bytes()
    (home,) = homewards(made, there).items()
    assert f"{far.path}: is odd".replace(*home) == f"{source.path}: is odd"


@pytest.mark.parametrize("kind", ["none", "folder", "fifo", "large", "link-in", "link-out", "bad-journal"])
def test_what_cannot_travel_stays(inbox: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = inbox / "a.md"
    if kind in ("none", "folder", "fifo"):
        source.unlink()
    if kind == "folder":
        source.mkdir()
    elif kind == "fifo":
        os.mkfifo(source)
    elif kind == "large":
        monkeypatch.setattr(luggage, "LARGEST", 40)
    elif kind.startswith("link"):
        (inbox / "figs" / "one.png").unlink()
        (inbox / "figs" / "one.png").symlink_to("/etc/hostname" if kind == "link-out" else "../two words.png")
    elif kind == "bad-journal":
        (inbox / "journal.toml").write_text('[theme]\nname = "not-there"\n', "utf-8")
    assert packed(source) is None


def test_images_that_were_missed(inbox: Path) -> None:
    source, blobs = Source(inbox / "a.md", "a.md"), Blobs()
    made = pack(source, Options(), blobs)
    assert made
    known = {"figs/one.png": "a digest", "two%20words.png": "", "not-there.png": "", "../x.png": ""}
    assert missed(source, made, known) == ["two words.png"]
    again = pack(source, Options(), blobs, ["two words.png"])
    assert again
    assert not missed(source, again, known)


def test_marks_tell_a_copy_from_the_file(inbox: Path, tmp_path: Path) -> None:
    (inbox / "journal.toml").write_text("", "utf-8")
    known = marks(Source(inbox / "a.md", "a.md"), Options())
    assert known.keys() == {inbox, inbox / "a.md", inbox / "journal.toml"}
    os.link(inbox / "a.md", tmp_path / "same.md")
    (tmp_path / "copy.md").write_bytes((inbox / "a.md").read_bytes())
    assert mark(tmp_path / "same.md") == known[inbox / "a.md"]
    assert mark(tmp_path / "copy.md") != known[inbox / "a.md"]
    assert mark(tmp_path / "nothing") is None
