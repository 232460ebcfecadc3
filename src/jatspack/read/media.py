"""The images that the text names: read from the article's folder only, known by their content, named portably."""

from __future__ import annotations

import base64
import binascii
import io
import posixpath
import re
import struct
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from jatspack.findings import Finding, finding
from jatspack.read.document import Block, Definitions, Heading, Lines, ListBlock, Media, Paragraph, Quote, Table
from jatspack.read.limits import DEFAULT, Limits
from jatspack.read.svg import refused as svg_refused
from jatspack.richtext import Image, Note, Rich

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w=.-]+)*?)(;base64)?,", re.I)
_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/tiff": ".tif",
    "image/svg+xml": ".svg",
}
_OTHER_SUFFIXES = {"image/jpeg": (".jpeg", ".jpe"), "image/tiff": (".tiff",)}
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.I)  # device names on Windows
_LONGEST_NAME = 120  # bytes
_MOST_PIXELS = 178_000_000  # Pillow draws no more
_FORMATS = ("PNG", "GIF", "JPEG", "WEBP")


class _Refused(Exception):
    """Why an image is not taken: a code of findings.KINDS and its data."""

    def __init__(self, code: str, **data: str) -> None:
        super().__init__(code)
        self.code, self.data = code, data


def collect(blocks: Iterable[Block], source: Path, limits: Limits) -> tuple[dict[str, Media], list[Finding]]:
    """Media by src for all images in the blocks, and a finding for each src that cannot be taken."""
    uses: dict[str, list[Lines]] = {}
    for src, line in images(blocks):
        uses.setdefault(src, []).append((line, line))
    return take(uses, source.parent, limits)


def take(
    uses: Mapping[str, Sequence[Lines]], folder: Path, limits: Limits = DEFAULT
) -> tuple[dict[str, Media], list[Finding]]:
    """As `collect`, for images that a JATS file names: src to the lines where it stands."""
    media: dict[str, Media] = {}
    findings: list[Finding] = []
    names: set[str] = set()
    by_data: dict[tuple[str, bytes], Media] = {}
    total = 0
    for src, lines in uses.items():
        try:
            wish, data = _bytes(src, folder, limits)
            total += len(data)
            if total > limits.all_media_bytes:
                raise _Refused("image-too-large", limit=f"{limits.all_media_bytes / 1e6:g}")
            kind = _kind(data)
            same = by_data.get((wish, data))
            name = same.name if same else _name(wish, kind, names)
            media[src] = by_data[(wish, data)] = Media(src, name, data, kind)
        except _Refused as why:
            findings.append(finding(why.code, *dict.fromkeys(lines), src=src[:200], **why.data))
    return media, findings


def images(blocks: Iterable[Block]) -> Iterator[tuple[str, int]]:
    """(src, line) of every image, in order."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield from _in_text(block.text)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from images(item)
        elif isinstance(block, Quote):
            yield from images(block.blocks)
        elif isinstance(block, Definitions):
            for term, inner in block.items:
                yield from _in_text(term)
                yield from images(inner)
        elif isinstance(block, Table):
            yield from _in_text(block.caption)
            for row in (*block.head, *block.body):
                for cell in row:
                    yield from images(cell.blocks)


def _in_text(text: Rich) -> Iterator[tuple[str, int]]:
    for run in text:
        if isinstance(run.object, Image):
            yield run.object.src, run.line
        elif isinstance(run.object, Note):
            yield from images(run.object.blocks)


def _bytes(src: str, folder: Path, limits: Limits) -> tuple[str, bytes]:
    """A wish for a name, and the content."""
    if src[:5].lower() == "data:":
        return "image", _embedded(src, limits)
    scheme = _SCHEME.match(src)
    if src.startswith("//") or (scheme and scheme[1].lower() not in ("file",) and len(scheme[1]) > 1):
        raise _Refused("image-remote")
    if scheme or _DRIVE.match(src) or src.startswith(("/", "\\")) or "\0" in src:
        raise _Refused("image-outside")
    path = _find(src, folder)
    try:
        size = path.stat().st_size
        if size > limits.media_bytes:
            raise _Refused("image-too-large", limit=f"{limits.media_bytes / 1e6:g}")
        with path.open("rb") as file:
            return path.name, file.read(limits.media_bytes + 1)
    except OSError as error:
        raise _Refused("image-unreadable", reason=error.strerror or str(error)) from error


def place(src: str) -> str:
    """The relative path that an address stands for, which may be that of a file with spaces in its name."""
    return posixpath.normpath(unquote(src).replace("\\", "/"))


def candidates(src: str) -> Iterable[str]:
    """The relative paths that a text may mean by its name of an image, the likeliest first."""
    ways = (src, unquote(src), src.replace("\\", "/"))  # the text is in NFC; some systems decompose names of files
    return dict.fromkeys((*ways, *(unicodedata.normalize("NFD", way) for way in ways)))


def _find(src: str, folder: Path) -> Path:
    """The file, links followed; it must lie in the folder, and its path may not leave it on the way there: the file
    will lie under the same path elsewhere."""
    if place(src).startswith(("/", "../")):
        raise _Refused("image-outside")
    root = folder.resolve()
    for candidate in candidates(src):
        try:
            path = (root / candidate).resolve()
            inside = path.is_relative_to(root)
            there = path.is_file()
        except (OSError, ValueError, RuntimeError):  # a name too long, a loop of links
            continue
        if not inside:
            raise _Refused("image-outside")
        if there:
            return path
    raise _Refused("image-missing")


def _embedded(src: str, limits: Limits) -> bytes:
    match = _DATA.match(src)
    if not match:
        raise _Refused("image-unreadable", reason="its data: address is broken")
    if len(src) > limits.media_bytes * 4 / 3:
        raise _Refused("image-too-large", limit=f"{limits.media_bytes / 1e6:g}")
    body = src[match.end() :]
    try:
        return base64.b64decode("".join(unquote(body).split()), validate=True) if match[3] else unquote_to_bytes(body)
    except (binascii.Error, ValueError) as error:
        raise _Refused("image-unreadable", reason="its data: address is broken") from error


def _kind(data: bytes) -> str:
    """The media type by content; the suffix may lie."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _measured("image/png", data)
    if data.startswith((b"GIF87a", b"GIF89a")):
        return _measured("image/gif", data)
    if data.startswith(b"\xff\xd8\xff"):
        return _measured("image/jpeg", data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _measured("image/webp", data)
    if data.startswith((b"II*\0", b"MM\0*")):
        return "image/tiff"  # neither page draws it
    if not data:
        raise _Refused("image-unreadable", reason="the file is empty")
    if b"<svg" in data[:4096] or b":svg" in data[:4096]:
        why = svg_refused(data)
        if why:
            raise _Refused("image-unreadable", reason=why)
        return "image/svg+xml"
    raise _Refused("image-unreadable", reason="it is no PNG, JPEG, GIF, WebP, TIFF or SVG image")


def _measured(kind: str, data: bytes) -> str:
    """A few bytes can claim a picture that fills the memory when it is drawn. Only the head is read here."""
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            pixels = image.width * image.height
    except Image.DecompressionBombError:
        pixels = _MOST_PIXELS + 1
    except (OSError, ValueError, SyntaxError, struct.error, IndexError, KeyError, OverflowError) as error:
        raise _Refused("image-unreadable", reason="the file is cut off or damaged") from error
    if pixels > _MOST_PIXELS:
        raise _Refused("image-unreadable", reason=f"it has more than {_MOST_PIXELS // 1_000_000} million pixels")
    return kind


def _name(wish: str, kind: str, taken: set[str]) -> str:
    """A file name that every system can hold, that no other image has, in capitals or not."""
    suffix = _SUFFIXES[kind]
    stem = unicodedata.normalize("NFC", wish)
    own = Path(stem).suffix.lower()
    if own in (suffix, *_OTHER_SUFFIXES.get(kind, ())):
        suffix, stem = own, stem[: -len(own)]
    elif own in _SUFFIXES.values():
        stem = stem[: -len(own)]
    stem = re.sub(r"[^\w.-]+", "-", stem).strip(".-").encode("utf-8")[:_LONGEST_NAME].decode("utf-8", "ignore")
    stem = stem.rstrip(".-") or "image"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    name, n = stem + suffix, 1
    while name.casefold() in taken:
        n += 1
        name = f"{stem}-{n}{suffix}"
    taken.add(name.casefold())
    return name
