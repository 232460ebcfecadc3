"""The pandoc that stays: restarted, bounded, never waited for too long."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from jatspack.findings import MissingDependency, UnreadableInput
from jatspack.read import Limits, pandoc
from jatspack.read.document import Document

Read = Callable[[str], Document]


def test_one_process_serves_and_is_replaced_when_it_dies() -> None:
    assert pandoc.parse("*a*")[0][0]["t"] == "Para"
    server = pandoc._server
    assert server
    assert pandoc.parse("")[0] == []
    assert pandoc._server is server
    os.kill(server.process.pid, 9)
    server.process.wait()
    assert pandoc.parse("b")[0][0]["t"] == "Para"
    assert pandoc._server is not server


def test_time_is_bounded() -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableInput, match=r"longer than 0\.2 s"):
        pandoc.parse("*a " * 100_000, Limits(pandoc_seconds=0.2))
    assert time.monotonic() - started < 60  # without the bound it takes minutes
    assert pandoc.parse("a")[0]


def test_memory_is_bounded() -> None:
    with pytest.raises(UnreadableInput, match="more than 150 MB"):
        pandoc.parse("word *and* word\n\n" * 200_000, Limits(pandoc_megabytes=150))
    assert pandoc.parse("a")[0]


def test_a_missing_pandoc_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pandoc.close()
    monkeypatch.setenv("PYPANDOC_PANDOC", "/nonexistent/pandoc")
    monkeypatch.setattr("pypandoc.get_pandoc_path", lambda: "/nonexistent/pandoc")
    with pytest.raises(MissingDependency, match="pypandoc_binary"):
        pandoc.parse("a")
    monkeypatch.undo()
    assert pandoc.parse("a")[0]


N = 200_000
MADE = ["[" * N, "[" * N + "]" * N, "[a](" * N, ">" * N + "a", "> " * N, "*" * N, "*a" * N, "- " * N]
MADE += ["<!--" * N, "<div>" * N, "<sup>a" * N, "$a" * N, "[\n" * N]

MADE += [
    "\\(" * 19_000,
    "（" * N,
    f"${'x' * N}$ y",
    f"[a]({'b' * N}",
    f"[a]({'a@' * 20_000}é)",
    "`" * 19_000,
    f"a ${' ' * N}x$",
    "<script>" * 19_000,
]


@pytest.mark.parametrize("text", MADE, ids=lambda text: text[:6])
def test_text_made_to_break_parsers(read: Read, text: str) -> None:
    started = time.monotonic()
    try:
        read(text)
        told = "take them out"
    except UnreadableInput as error:
        told = str(error)
    assert "take them out" in told
    assert time.monotonic() - started < 120  # what is not refused at once takes many minutes


def test_no_other_pandoc_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (tmp_path, tmp_path / "bin"):
        folder.mkdir(exist_ok=True)
        (folder / "pandoc").write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\necho pandoc 99.0\n", "utf-8")
        (folder / "pandoc").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PYPANDOC_PANDOC", raising=False)
    pandoc.close()
    assert pandoc.parse("a")[0][0]["t"] == "Para"
    assert not (tmp_path / "asked").exists()
