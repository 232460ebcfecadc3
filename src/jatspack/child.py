"""A Python process of our own that answers questions: bounded in time, alone in its session, gone when we are.

A question and its answer are pickles, each after its length: the child trusts its parent, and nobody else can speak
to it. The child ends as soon as its parent does, in the middle of an answer if need be.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import itertools
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from typing import IO, Any

_LENGTH = 8  # bytes
_SERVE = "import sys; sys.path[:] = sys.argv[3:]; from jatspack.child import serve; serve(*sys.argv[1:3])"
_ALL = 16  # answers between two looks for garbage among what was kept of those before


def resident(pid: int) -> int:
    """Bytes of memory that a process holds; 0 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


class Late(Exception):
    """No answer in time; the child was ended."""


class Died(Exception):
    """The child ended instead of answering. `status` is its exit status, negative for a signal."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Child:
    """A running process that answers with what `answers` ("module:function") makes of each question.

    `ready` is called there at once, without waiting for the first one. `environment` is the whole of it; ours if None.
    """

    def __init__(
        self,
        answers: str,
        ready: str = "",
        *,
        stderr: IO[bytes] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """OSError where no process can be started."""
        self._late = False
        self.process = subprocess.Popen(
            [sys.executable, "-c", _SERVE, answers, ready, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the parent, and what the child starts ends with it
        )

    def ask(self, question: object, seconds: float) -> Any:
        """The answer; Late or Died where there is none."""
        assert self.process.stdin
        assert self.process.stdout
        timer = threading.Timer(seconds, self._too_late)
        timer.daemon = True
        timer.start()
        try:
            _send(self.process.stdin, question)
            return _receive(self.process.stdout)
        except (BrokenPipeError, EOFError, ValueError) as error:  # ValueError: closed by another thread meanwhile
            status = self.process.wait()
            self.close()
            raise Late if self._late else Died(status) from error
        finally:
            timer.cancel()

    def _too_late(self) -> None:
        self._late = True
        self.kill()

    def kill(self) -> None:
        """End the process and all that it started."""
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End the process, if it runs, and let go of its pipes."""
        self.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                assert pipe
                pipe.close()


def serve(answers: str, ready: str) -> None:
    """The child's side: answer what the parent sends until it sends no more."""
    asked, replies = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when it is over
    if ready:
        _function(ready)()
    answer = _function(answers)
    questions: queue.SimpleQueue[Any] = queue.SimpleQueue()  # whose pickles import as well: not both at once
    threading.Thread(target=_listen, args=(asked, questions), daemon=True).start()
    for count in itertools.count(1):
        reply = answer(questions.get())
        try:
            _send(replies, reply)
        except BrokenPipeError:
            return
        del reply
        gc.collect(1 if count % _ALL else 2)
        _give_back()


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def _give_back() -> None:
    """Let the system have the memory that an answer took: 15 to 45 MB, in 1 to 5 ms (malloc_trim(3), of the GNU
    library)."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _listen(asked: IO[bytes], questions: queue.SimpleQueue[Any]) -> None:
    """Pass on what the parent sends; when it has gone, so is this process, and all that it started."""
    try:
        while True:
            questions.put(_receive(asked))
    except EOFError:
        os.killpg(0, signal.SIGKILL)


def _send(pipe: IO[bytes], value: object) -> None:
    data = pickle.dumps(value)
    pipe.write(len(data).to_bytes(_LENGTH, "big") + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    """The next value; EOFError at the end."""
    head = pipe.read(_LENGTH)
    size = int.from_bytes(head, "big") if len(head) == _LENGTH else 0
    data = pipe.read(size) if size else b""
    if not data or len(data) != size:
        raise EOFError
    return pickle.loads(data)  # noqa: S301  from our own other half
