"""Large files: checked whole, in memory that is bounded by their size. bench/checks.py measures 20 MB."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from check.breaks import SOUND
from large import article

SIZE = 5_000_000
TESTS = Path(__file__).parents[1]
PEAK = """
import sys
sys.path.append(sys.argv.pop(1))
from peak_memory import peak
from jatspack.cli import app
try:
    app(sys.argv[1:])
finally:
    print(peak(), file=sys.stderr)
"""


def validated(path: Path) -> tuple[subprocess.CompletedProcess[str], int]:
    """The command in a process of its own, and its peak memory in bytes."""
    command = [sys.executable, "-c", PEAK, str(TESTS), "validate", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    return done, int(done.stderr.split()[-1]) * 1024


def test_a_large_file_takes_memory_in_proportion(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    path.write_bytes(article(SIZE))
    small, base = validated(SOUND)
    large, peak = validated(path)
    assert small.returncode == large.returncode == 0
    assert "large.xml: valid" in large.stdout
    assert large.stdout.count("\n") < 110
    assert peak - base < 25 * path.stat().st_size
