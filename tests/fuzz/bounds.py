"""What one case may take. A case that takes more is a failure, as one that ends in an exception is."""

from __future__ import annotations

import faulthandler
import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peak_memory import peak

SECONDS = 10.0  # of this process's CPU
MEGABYTES = 200  # more than it had before
STACK = 970  # calls within calls; Python's own limit is 1000
HARD_SECONDS = 180.0  # by the clock: then the process ends, and says where it was
HARD_MEGABYTES = 3000
_CLEAR = Path("/proc/self/clear_refs")


class TooSlow(Exception):
    """More CPU time than a case may take."""


class TooMuch(Exception):
    """More memory than a case may take."""


def _now() -> int:
    """Megabytes in use; the peak begins anew."""
    if _CLEAR.exists():
        _CLEAR.write_text("5")  # proc(5)
    return peak() // 1024


def _late(*_: object) -> None:
    raise TooSlow(f"more than {SECONDS:g} s of CPU")


def _depth() -> int:
    """How many calls this one stands in."""
    frame, depth = sys._getframe(), 0
    while frame := frame.f_back:  # type: ignore[assignment]
        depth += 1
    return depth


def harden() -> None:
    """Bounds of the whole process, for what no exception reaches."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (HARD_MEGABYTES << 20, hard))


@contextmanager
def bounded(seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Iterator[None]:
    """Raises TooSlow or TooMuch where the work within takes more."""
    before, start, stack = _now(), time.process_time(), sys.getrecursionlimit()
    sys.setrecursionlimit(_depth() + STACK)  # hypothesis allows more than a user's Python does
    signal.signal(signal.SIGPROF, _late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    faulthandler.dump_traceback_later(HARD_SECONDS, exit=True)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        sys.setrecursionlimit(stack)
        faulthandler.cancel_dump_traceback_later()
    if time.process_time() - start > seconds:  # where the exception was swallowed
        raise TooSlow(f"{time.process_time() - start:.1f} s of CPU")
    if peak() // 1024 - before > megabytes:
        raise TooMuch(f"{peak() // 1024 - before} MB more than before, which was {before} MB")
