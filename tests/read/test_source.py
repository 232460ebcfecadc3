"""What is refused, and what becomes of bytes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jatspack.findings import Exit, UnreadableInput
from jatspack.read import Limits, read_source
from jatspack.read.source import decode, load

CYRILLIC = "Мақалада қала тарихы қарастырылады. В статье рассматривается история города и его жителей. " * 5


def write(folder: Path, data: bytes) -> Path:
    path = folder / "article.md"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no text"),
        (b" \n\t\r\n", "no text"),
        ("\ufeff\n".encode(), "no text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "docx"),
        (b"abc\0\0def", "binary"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
def test_no_text_is_refused(tmp_path: Path, data: bytes, told: str) -> None:
    with pytest.raises(UnreadableInput, match=told) as caught:
        read_source(write(tmp_path, data))
    assert caught.value.exit == Exit.UNREADABLE
    assert str(tmp_path) in str(caught.value)


def test_missing_folder_and_fifo_are_refused(tmp_path: Path) -> None:
    for path, told in ((tmp_path / "none.md", "no such file"), (tmp_path, "folder")):
        with pytest.raises(UnreadableInput, match=told):
            read_source(path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableInput, match="ordinary"):
        read_source(tmp_path / "pipe")


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.md"
    with path.open("wb") as file:
        file.truncate(60_000_000)
    with pytest.raises(UnreadableInput, match=r"60\.0 MB is more than the limit of 20 MB"):
        read_source(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark(encoding: str) -> None:
    text, _, findings = decode(CYRILLIC.encode(encoding))
    assert text == CYRILLIC
    assert bool(findings) == ("8" not in encoding)


def test_an_old_encoding_is_told() -> None:
    russian = "В статье рассматривается история города и его жителей, их занятия и обычаи. " * 5
    text, encoding, findings = decode(russian.encode("cp1251"))
    assert text == russian
    assert [f.code for f in findings] == ["encoding-converted"]
    assert encoding in findings[0].message


def test_a_broken_sequence_stays_utf8_and_is_told(tmp_path: Path) -> None:
    data = (CYRILLIC + "\nсло").encode() + b"\xd0 \xff\n" + CYRILLIC.encode()
    source, findings = load(write(tmp_path, data), Limits())
    assert source.encoding == "utf-8"
    assert [(f.code, f.lines) for f in findings] == [("character-lost", ((2, 2),))]


def test_line_ends_and_normal_form(tmp_path: Path) -> None:
    source, _ = load(write(tmp_path, "a\r\ne\u0301\rb\n".encode()), Limits())
    assert source.text == "a\n\u00e9\nb\n"
