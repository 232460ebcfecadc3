"""Bytes to text: what is refused, which encoding it is, line ends, Unicode normalization (NFC)."""

from __future__ import annotations

import codecs
import hashlib
import re
import stat
import unicodedata
from pathlib import Path

from jatspack.findings import Finding, UnreadableInput, finding
from jatspack.read.document import Source
from jatspack.read.limits import Limits

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (such as .docx, .odt or .epub)"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF file"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONVERT = "convert it to Markdown first (pandoc, or a PDF extractor, does this)"
_SAMPLE = 200_000  # bytes that the guess of the encoding looks at


def load(path: Path, limits: Limits) -> tuple[Source, list[Finding]]:
    """Read and decode the file; UnreadableInput where it is missing, no text, empty or too large."""
    data = _bytes(path, limits)
    text, encoding, findings = decode(data, path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if not text.strip():
        raise UnreadableInput(f"{path}: the file holds no text; check that this is the article")
    findings += _lost_characters(text)
    return Source(path, data, encoding, text, hashlib.sha256(data).hexdigest()), findings


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableInput(f"{path}: is a folder; name the article's file in it")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableInput(f"{path}: is no ordinary file; copy the article into one")
        if status.st_size > limits.bytes:
            raise UnreadableInput(_too_large(path, status.st_size, limits))
        with path.open("rb") as file:
            data = file.read(limits.bytes + 1)
    except FileNotFoundError:
        raise UnreadableInput(f"{path}: there is no such file; check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", "") or str(error)
        raise UnreadableInput(f"{path}: cannot be read ({reason}); check its permissions") from error
    if len(data) > limits.bytes:
        raise UnreadableInput(_too_large(path, len(data), limits))
    return data


def _too_large(path: Path, size: int, limits: Limits) -> str:
    return (
        f"{path}: {size / 1e6:.1f} MB is more than the limit of {limits.bytes / 1e6:g} MB for one article; "
        "keep images in files of their own, and split the text if it is a whole volume"
    )


def decode(data: bytes, path: Path = Path("-")) -> tuple[str, str, list[Finding]]:
    """Text, the name of its encoding, findings; UnreadableInput where the bytes are no text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) if encoding == "utf-8" else 0 :].decode(encoding, "replace")
            return text, encoding, [] if encoding == "utf-8" else [_converted(encoding)]
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableInput(f"{path}: this is {what}, not text; {_CONVERT}")
    try:
        text, encoding = data.decode(), "utf-8"
    except UnicodeDecodeError:
        text, encoding = _guess(data, path)
    if text.count("\0") > 1 + len(text) // 1000 or len(_CONTROLS.findall(text)) > 1 + len(text) // 50:
        raise UnreadableInput(f"{path}: this is binary data, not text; {_CONVERT}")
    return text, encoding, [] if encoding == "utf-8" else [_converted(encoding)]


def _converted(encoding: str) -> Finding:
    return finding("encoding-converted", encoding=encoding)


def _guess(data: bytes, path: Path) -> tuple[str, str]:
    """UTF-8 with a few broken places, or else what charset-normalizer says."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    letters = sum(1 for c in data if c >= 0xC0) - broken  # lead bytes: one for each letter beyond ASCII
    if broken * 10 <= letters:
        return text, "utf-8"
    if b"\0" in data:
        raise UnreadableInput(f"{path}: this is binary data, not text; {_CONVERT}")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise UnreadableInput(f"{path}: the encoding of this text cannot be told; save the file as UTF-8")
    return data.decode(best.encoding, "replace"), best.encoding


def _lost_characters(text: str) -> list[Finding]:
    """U+FFFD stands for a character that was lost before the text came here, or by a broken sequence."""
    lines = [(n, n) for n, line in enumerate(text.split("\n"), 1) if "\ufffd" in line] if "\ufffd" in text else []
    return [finding("character-lost", *lines, count=str(text.count("\ufffd")))] if lines else []
