"""The peak memory of a process that a test starts."""

from __future__ import annotations

import resource
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak() -> int:
    """The most KiB of memory that this process has had. Linux counts into ru_maxrss what the parent had at its fork."""
    if STATUS.is_file():
        return next(int(row.split()[1]) for row in STATUS.read_text("ascii").splitlines() if row.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
