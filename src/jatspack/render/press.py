"""The PDF made in a process of its own: bounded in time and memory, and ready while the article is still being read.

Loading WeasyPrint takes longer than reading an article. `start` has it done beside the reading, on another core;
the process then prints page after page until its parent ends. What it is sent and what it answers are pickles,
each after its length: it trusts its parent, and nobody else can speak to it.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
import warnings
from collections.abc import Mapping
from typing import IO, Any

from jatspack.findings import MissingDependency, finding
from jatspack.read.document import Media
from jatspack.render.conformance import Source
from jatspack.render.pdf import PdfSettings, Printed, load, print_page

SECONDS = 300.0  # for one PDF
MEGABYTES = 2000  # of address space for all that the process holds
_LENGTH = 8  # bytes
_SERVE = "import sys; sys.path[:] = sys.argv[1:]; from jatspack.render.press import serve; serve()"


class _Press:
    """One running process."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", _SERVE, *sys.path]
        try:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment())
        except OSError as error:
            raise MissingDependency(f"Python cannot be started for the PDF: {error}") from error

    def ask(self, question: object, seconds: float) -> Any:
        """The answer; None where the process ended or had to be ended."""
        assert self.process.stdin
        assert self.process.stdout
        timer = threading.Timer(seconds, self.process.kill)
        timer.start()
        try:
            _send(self.process.stdin, question)
            return _receive(self.process.stdout)
        except BrokenPipeError:
            return None
        finally:
            timer.cancel()

    def close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                assert pipe
                pipe.close()
        self.process.kill()
        self.process.wait()


def _environment() -> dict[str, str]:
    """Ours without the user's languages: Pango chooses glyphs by them where a text has no language of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("LANGUAGE", "PANGO_LANGUAGE")}
    return {**kept, "LC_ALL": "C.UTF-8"}


_lock = threading.Lock()
_press: _Press | None = None


def start() -> None:
    """Start the process, if none runs; does not wait for it."""
    global _press  # noqa: PLW0603
    with _lock:
        if _press is None or _press.process.poll() is not None:
            _press = _Press()


def press(
    html: str,
    media: Mapping[str, Media],
    settings: PdfSettings,
    source: Source | None = None,
    seconds: float = SECONDS,
) -> Printed:
    """As `jatspack.render.pdf.print_page`; a page that needs more than its time or memory gives a finding, no PDF."""
    start()
    with _lock:
        assert _press
        answer = _press.ask((html, dict(media), settings, source), seconds)
    if answer is None:
        close()
        return _failed(f"it takes more than {seconds:g} s or {MEGABYTES} MB")
    if isinstance(answer, MissingDependency):
        raise answer
    assert isinstance(answer, Printed)
    return answer


def _failed(reason: str) -> Printed:
    return Printed(b"", (finding("pdf-not-made", reason=reason),))


def close() -> None:
    """End the process, if one runs."""
    global _press
    running, _press = _press, None
    if running:
        running.close()


def serve() -> None:
    """Print what the parent sends until it sends no more."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when it is over
    _bound()
    warnings.simplefilter("ignore")  # a library's, about an article; what matters to people is a finding
    gc.disable()  # between two pages there is time for it
    with contextlib.suppress(MissingDependency):  # told with the first page
        load()
    gc.collect()
    gc.freeze()  # what is loaded stays, and need not be looked through after each page
    while (question := _receive(asked)) is not None:
        try:
            answer: object = print_page(question[0], question[1], settings=question[2], source=question[3])
        except MissingDependency as error:
            answer = error
        except Exception as error:
            answer = _failed(f"{type(error).__name__} {error}".strip())
        _send(answers, answer)
        del question, answer
        gc.collect()
        _give_back()


def _give_back() -> None:
    """Let the system have the memory that a page took: 30 to 45 MB, in 5 ms (malloc_trim(3), of the GNU library)."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _bound() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))


def _send(pipe: IO[bytes], value: object) -> None:
    data = pickle.dumps(value)
    pipe.write(len(data).to_bytes(_LENGTH, "big") + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    """The next value, None at the end."""
    head = pipe.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    size = int.from_bytes(head, "big")
    data = pipe.read(size)
    return pickle.loads(data) if len(data) == size else None  # noqa: S301  from our own other half


def _forget() -> None:
    """In a forked child the parent's process is not ours to speak to."""
    global _press, _lock
    _press, _lock = None, threading.Lock()


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
