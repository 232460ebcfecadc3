"""A few hundred hostile archives, each judged in a process of its own that is measured. hostile.py makes them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

COUNT = 260


def test_none_hangs_or_writes_and_each_gets_its_reason() -> None:
    program = Path(__file__).with_name("hostile.py")
    done = subprocess.run(
        [sys.executable, str(program), "--count", str(COUNT)], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["wrong"] == []
    assert result["written"] == ["a/b/archive"]
    assert result["megabytes"] < 200
    assert sum(result["attacks"].values()) == COUNT
    assert len(result["attacks"]) > 25
