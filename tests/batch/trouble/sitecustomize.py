"""Loaded by Python itself in the workers of a batch whose PYTHONPATH begins here: a detector that makes trouble.

It does what a text asks for: TROUBLE:hang, TROUBLE:memory, TROUBLE:crash, TROUBLE:bug, TROUBLE:slow.
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Iterator

if "jatspack.batch.worker:answer" in sys.orig_argv:
    from jatspack.recognize import evidence

    def trouble(view: evidence.View) -> Iterator[evidence.Evidence]:
        text = view.unit.text.plain
        if "TROUBLE:hang" in text:
            time.sleep(1000)
        if "TROUBLE:memory" in text:
            held = [bytearray(b"x") * 100_000_000 for _ in range(20)]  # 2 GB
            del held
        if "TROUBLE:crash" in text:
            ctypes.string_at(0)
        if "TROUBLE:bug" in text:
            raise ZeroDivisionError("of a detector")
        if "TROUBLE:slow" in text:
            time.sleep(1.5)
        yield from ()

    evidence.DETECTORS = (*evidence.DETECTORS, trouble)
