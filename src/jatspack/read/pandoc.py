"""pandoc, kept running: the only module that calls it.

One `pandoc lua` process per Python process reads texts from a pipe (server.lua), because starting pandoc
costs more than parsing an article. It is started when first needed, replaced when it dies, and killed at exit.
It sees no file (sandboxed reader), no environment, a bounded heap, and an answer must come in time.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import subprocess
import threading
import time
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jatspack.child import resident
from jatspack.findings import MissingDependency, UnreadableInput
from jatspack.read.limits import DEFAULT, Limits
from jatspack.read.outline import outline
from jatspack.read.shorthand import restored, shortened

HEAP_OVERFLOW = 251  # exit status of GHC's run-time system (EXIT_HEAPOVERFLOW)
STACK_OVERFLOW = 2
_LOOK = 0.1  # seconds between two looks at the process's memory: near its heap's bound GHC crawls instead of stopping


class _Dead(Exception):
    """The process has gone away."""


class _Fat(Exception):
    """More memory than allowed."""


class _Late(Exception):
    """No answer in time."""


def binary() -> str:
    """The path of the pandoc that came with pypandoc_binary, unless PYPANDOC_PANDOC names another; MissingDependency
    where there is none.

    Left to itself pypandoc runs every pandoc in PATH and in the home folder, and takes the newest.
    """
    try:
        import pypandoc

        own = Path(pypandoc.__file__).parent / "files" / "pandoc"
        if own.is_file() and "PYPANDOC_PANDOC" not in os.environ:
            return str(own)
        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError) as error:
        raise MissingDependency("pandoc is missing: pip install pypandoc_binary") from error


class _Server:
    """One running pandoc."""

    def __init__(self, megabytes: int) -> None:
        self.megabytes = megabytes
        script = str(resources.files("jatspack.read") / "server.lua")
        # small fresh heap, larger old one: an article's parse stays in the processor's cache, and is thrown away whole;
        # -H undoes the 64 MB that pandoc is built to keep, where GHC would make the fresh heap as large as that
        memory = ["+RTS", f"-M{megabytes}m", "-H1m", "-A2m", "-O16m", "-RTS"]
        # no HOME: pandoc would run a user's init.lua; no PATH: it needs no other program
        nowhere = {"LANG": "C.UTF-8", "HOME": "/nonexistent", "XDG_DATA_HOME": "/nonexistent"}
        try:
            self.process = subprocess.Popen(
                [binary(), *memory, "lua", script],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=nowhere,
                cwd="/",
                bufsize=0,
            )
        except OSError as error:
            raise MissingDependency(f"pandoc does not start: {error}; reinstall pypandoc_binary") from error
        assert self.process.stdin
        assert self.process.stdout
        self._in, self._out = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)
        self._buffer = bytearray()
        self.asked = False  # whether it has been sent anything yet

    def ask(self, parts: Sequence[bytes], seconds: float, kind: bytes = b"") -> tuple[bytes, bytes]:
        """The two parts of the answer (see server.lua); ValueError with pandoc's message where it refuses."""
        deadline = time.monotonic() + seconds
        sizes = b"".join(b" %d" % len(part) for part in parts)
        self._write(b"".join([kind, sizes, b"\n", *parts]), deadline)
        head = self._read_line(deadline).split()
        if head[0] == b"error":
            raise ValueError(self._read(int(head[1]), deadline).decode("utf-8", "replace"))
        where = self._read(int(head[1]), deadline)
        return where, self._read(int(head[2]), deadline)

    def _wait(self, file: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(file, event)
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise _Late
            if poll.poll(min(left, _LOOK) * 1000):
                return
            if resident(self.process.pid) > self.megabytes * 1_000_000:
                raise _Fat

    def _write(self, data: bytes, deadline: float) -> None:
        rest = memoryview(data)
        while rest:
            self._wait(self._in, select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self._in, rest) :]
            except BrokenPipeError:
                raise _Dead from None

    def _more(self, deadline: float) -> None:
        self._wait(self._out, select.POLLIN, deadline)
        data = os.read(self._out, 1 << 20)
        if not data:
            raise _Dead
        self._buffer += data

    def _read_line(self, deadline: float) -> bytes:
        while (end := self._buffer.find(b"\n")) < 0:
            self._more(deadline)
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line

    def _read(self, size: int, deadline: float) -> bytes:
        while len(self._buffer) < size:
            self._more(deadline)
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data

    def kill(self, patience: float = 0.0) -> int | None:
        """End the process; its exit status, None where it had to be killed after so many seconds."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        status = self.process.poll()
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                assert pipe
                pipe.close()
        return status


_lock = threading.Lock()
_server: _Server | None = None


def parse(text: str, limits: Limits = DEFAULT) -> tuple[list[Any], list[Any]]:
    """The text as pandoc's JSON blocks, and the positions of the blocks (see server.lua).

    Raises UnreadableInput where pandoc needs more time or memory than `limits` give or refuses the text,
    MissingDependency where pandoc is not there or cannot run.
    """
    short, stretches = shortened(text)
    with _lock:
        where, document = _ask([outline(text).encode(), short.encode()], limits)
    return json.loads(restored(document.decode(), stretches))["blocks"], json.loads(where)


def mathml(formulas: list[str], limits: Limits = DEFAULT) -> list[str | None]:
    """MathML of TeX formulas, None for what pandoc's TeX reader does not understand; raises what `parse` raises."""
    if not formulas:
        return []
    data = "\0".join(tex.replace("\0", "") for tex in formulas).encode()
    with _lock:
        _, found = _ask([data], limits, b"math")
    return [one or None for one in found.decode().split("\0")]


@cache
def version(limits: Limits = DEFAULT) -> str:
    """Pandoc's version; raises what `parse` raises."""
    with _lock:
        return _ask([b""], limits, b"version")[1].decode()


def _running(limits: Limits) -> _Server:
    """The pandoc that runs, or a new one."""
    global _server  # noqa: PLW0603
    if _server is None or _server.megabytes != limits.pandoc_megabytes:
        close()
        _server = _Server(limits.pandoc_megabytes)
    return _server


def _ask(parts: Sequence[bytes], limits: Limits, kind: bytes = b"") -> tuple[bytes, bytes]:
    server = _running(limits)
    fresh, server.asked = not server.asked, True
    status: int | None
    try:
        return server.ask(parts, limits.pandoc_seconds, kind)
    except _Late:
        close()
        raise UnreadableInput(
            f"pandoc took longer than {limits.pandoc_seconds:g} s to read the text; "
            "split the file, or look for a place where thousands of brackets or marks stand one after another"
        ) from None
    except _Fat:
        close()
        status = HEAP_OVERFLOW
    except _Dead:
        status = close(patience=0.05)  # its pipe closed: its status follows
    except ValueError as error:
        raise UnreadableInput(f"pandoc cannot read the text: {error}") from error
    if status in (HEAP_OVERFLOW, STACK_OVERFLOW):
        raise UnreadableInput(f"pandoc needs more than {limits.pandoc_megabytes} MB to read the text; split the file")
    if fresh:
        raise MissingDependency(f"pandoc stopped with status {status}; reinstall pypandoc_binary")
    return _ask(parts, limits, kind)  # an old process that someone ended: once more with a new one


def close(patience: float = 0.0) -> int | None:
    """End the pandoc process, if one runs; its exit status, where it ends by itself in so many seconds."""
    global _server
    server, _server = _server, None
    return server.kill(patience) if server else None


def start(limits: Limits = DEFAULT) -> None:
    """Start pandoc, if none runs, so that the first article does not wait for it; does not wait either."""
    with _lock:
        _running(limits)


def _forget() -> None:
    """In a forked child the parent's pandoc is not ours to speak to."""
    global _server, _lock
    _server, _lock = None, threading.Lock()


atexit.register(close)
os.register_at_fork(after_in_child=_forget)
