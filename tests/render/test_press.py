"""The PDF of another process is the PDF of this one, and whatever happens to that process is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from jatspack.render import PdfSettings
from jatspack.render import press as press_module
from jatspack.render.pdf import print_page
from jatspack.render.press import close, press, start

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body><h1>A page</h1><p>Text.</p></body></html>'
)
SETTINGS = PdfSettings()


@pytest.fixture(autouse=True)
def ended() -> object:
    yield
    close()


def test_the_same_bytes_as_in_this_process() -> None:
    assert press(PAGE, {}, SETTINGS).pdf == print_page(PAGE, {}, settings=SETTINGS).pdf


def test_one_process_prints_many_pages() -> None:
    start()
    first = press_module._press
    assert press(PAGE, {}, SETTINGS).pdf == press(PAGE, {}, SETTINGS).pdf
    assert press_module._press is first


def test_a_process_that_holds_too_much_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    first = press(PAGE, {}, SETTINGS).pdf
    fat = press_module._press
    monkeypatch.setattr(press_module, "KEPT", 1)
    start()
    assert press_module._press is not fat
    monkeypatch.undo()
    assert press(PAGE, {}, SETTINGS).pdf == first


def test_a_page_that_takes_too_long_is_told_and_the_next_is_printed() -> None:
    slow = PAGE.replace("Text.", "<span>word </span>" * 20_000)
    printed = press(slow, {}, SETTINGS, seconds=0.2)
    assert printed.pdf == b""
    assert [f.code for f in printed.findings] == ["pdf-not-made"]
    assert "0.2 s" in printed.findings[0].message
    assert press(PAGE, {}, SETTINGS).pdf.startswith(b"%PDF")


def test_a_process_that_someone_ended_is_replaced() -> None:
    press(PAGE, {}, SETTINGS)
    assert press_module._press is not None
    os.kill(press_module._press.process.pid, signal.SIGKILL)
    press_module._press.process.wait()
    assert press(PAGE, {}, SETTINGS).pdf.startswith(b"%PDF")


def test_an_unforeseen_error_is_a_finding_and_not_the_end() -> None:
    printed = press(PAGE, {}, PdfSettings(theme="no such theme"))
    assert (printed.pdf, [f.code for f in printed.findings]) == (b"", ["pdf-not-made"])
    assert "no such theme" in printed.findings[0].message
    assert press(PAGE, {}, SETTINGS).pdf.startswith(b"%PDF")


def test_no_process_outlives_its_parent() -> None:
    code = "from jatspack.render import press; press.start(); print(press._press.process.pid)"
    pid = int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("it still runs")
