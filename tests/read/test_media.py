"""Images: only from the folder, known by content, named portably."""

from __future__ import annotations

import base64
import io
import zlib
from pathlib import Path

import pytest
from PIL import Image

from jatspack.read import Limits, read_source
from jatspack.read.document import Document
from jatspack.read.limits import DEFAULT
from jatspack.read.svg import refused

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">%s</svg>'


def bomb(kind: str) -> bytes:
    """A picture of some bytes that says it has thousands of millions of pixels."""
    out = io.BytesIO()
    Image.new("L", (8, 8)).save(out, "JPEG" if kind == "jpg" else kind)
    data, wide = bytearray(out.getvalue()), (60_000).to_bytes(2, "big")
    if kind == "png":
        data[16:24] = 2 * (b"\0\0" + wide)
        data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    elif kind == "gif":
        data[6:10] = 2 * wide[::-1]
    else:
        at = data.index(b"\xff\xc0")  # SOF0 (ITU T.81, B.2.2)
        data[at + 5 : at + 9] = 2 * wide
    return bytes(data)


def read(folder: Path, *srcs: str, limits: Limits = DEFAULT) -> Document:
    path = folder / "article.md"
    path.write_text("\n\n".join(f"![]({src})" for src in srcs), encoding="utf-8")
    return read_source(path, limits)


def test_found_and_named(tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    for name in ("a b.jpeg", "img/A B.png", "con.png", "сурет.PNG"):
        (tmp_path / name).write_bytes(PNG)
    document = read(tmp_path, "a%20b.jpeg", "img/A%20B.png", "con.png", "сурет.PNG")
    assert document.findings == []
    assert [m.name for m in document.media.values()] == ["a-b.jpeg.png", "A-B.png", "_con.png", "сурет.png"]
    assert {m.media_type for m in document.media.values()} == {"image/png"}


@pytest.mark.parametrize(
    ("src", "code"),
    [
        ("none.png", "image-missing"),
        ("../out.png", "image-outside"),
        ("/etc/hostname", "image-outside"),
        ("file:///etc/hostname", "image-outside"),
        ("C:/out.png", "image-outside"),
        ("link.png", "image-outside"),
        ("../article/a.png", "image-outside"),
        ("%2e%2e/article/a.png", "image-outside"),
        ("..\\\\article\\\\a.png", "image-outside"),
        ("%2Fa.png", "image-outside"),
        ("bomb.png", "image-unreadable"),
        ("bomb.gif", "image-unreadable"),
        ("bomb.jpg", "image-unreadable"),
        ("cut.jpg", "image-unreadable"),
        ("http://example.org/a.png", "image-remote"),
        ("https://example.org/a.png", "image-remote"),
        ("//example.org/a.png", "image-remote"),
        ("article.md", "image-unreadable"),
        ("cut.png", "image-unreadable"),
        ("large.png", "image-too-large"),
        ("data:image/png;base64,%%%", "image-unreadable"),
    ],
)
def test_refused(tmp_path: Path, src: str, code: str) -> None:
    folder = tmp_path / "article"
    folder.mkdir()
    (tmp_path / "out.png").write_bytes(PNG)
    (folder / "link.png").symlink_to(tmp_path / "out.png")
    for name in ("a.png", "%2Fa.png", "..\\article\\a.png"):
        (folder / name).write_bytes(PNG)
    (folder / "cut.png").write_bytes(PNG[:12])
    (folder / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    for kind in ("png", "gif", "jpg"):
        (folder / f"bomb.{kind}").write_bytes(bomb(kind))
    (folder / "large.png").write_bytes(PNG + bytes(2000))
    document = read(folder, src, src, limits=Limits(media_bytes=1000))
    assert document.media == {}
    (told,) = document.findings
    assert (told.code, told.lines) == (code, ((1, 1), (3, 3)))
    assert told.message
    assert told.remedy


def test_embedded(tmp_path: Path) -> None:
    document = read(tmp_path, "data:image/png;base64," + base64.b64encode(PNG).decode())
    assert [m.data for m in document.media.values()] == [PNG]


@pytest.mark.parametrize(
    "inner",
    [
        b"<script/>",
        b"<foreignObject/>",
        b'<g onclick="x()"/>',
        b'<image xlink:href="http://example.org/x.png"/>',
        b'<use href="other.svg#a"/>',
        b"<style>@import 'x.css';</style>",
        b'<rect style="fill:url(http://example.org/#a)"/>',
        b"<g>",
    ],
)
def test_svg_refused(inner: bytes) -> None:
    assert refused(SVG % inner)
    assert refused(b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG % b"<text>&a;</text>")


def test_svg_drawings_pass() -> None:
    assert refused(SVG % b'<a xlink:href="https://example.org"><use href="#a" style="fill:url(#b)"/></a>') == ""
