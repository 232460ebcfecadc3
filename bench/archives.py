"""A large payload through bag, serialisation and verification: seconds and memory of each.

python bench/archives.py [--gigabytes 5] [--folder DIR] [--kind zip]

The payload is one file that does not compress. Each step runs in a process of its own, so that its memory is its own
too.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from jatspack.archive import make_bag, serialize, verify
from jatspack.archive.serialize import Serialization

WHEN = date(2024, 1, 1)
BLOCK = random.Random(1).randbytes(1_000_000)
KINDS: tuple[Serialization, ...] = ("zip", "tar", "tar.gz")


def bag(folder: Path) -> str:
    """Make the bag."""
    make_bag({"large.bin": folder / "large.bin"}, {}, folder / "large.bag")
    return ""


def serialised(folder: Path, kind: Serialization) -> str:
    """Serialise it, which verifies what was made."""
    return f"{serialize(folder / 'large.bag', kind, WHEN).stat().st_size:,} bytes"


def verified(folder: Path, kind: str) -> str:
    """Verify it again."""
    found = verify(folder / f"large.bag{kind and '.'}{kind}")
    return ", ".join([found.verdict, *(f.message for f in found.findings)])


def measured(work: Callable[..., str], *arguments: object) -> tuple[str, float, int]:
    """What a piece of work says, its seconds, and the megabytes that its process took."""
    before = time.perf_counter()
    said = work(*arguments)
    seconds = time.perf_counter() - before
    return said, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def row(name: str, work: Callable[..., str], *arguments: object) -> None:
    """Print the row of one step."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        said, seconds, megabytes = pool.submit(measured, work, *arguments).result()
    print(f"{name:16} {seconds:8.1f} s {megabytes:6} MB  {said}", flush=True)


def main() -> None:
    """The table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=5)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--kind", action="append", choices=KINDS)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="jatspack-bench-", dir=asked.folder))
    try:
        with (folder / "large.bin").open("wb") as file:
            for _ in range(int(asked.gigabytes * 1e9) // len(BLOCK)):
                file.write(BLOCK)
        row("bag", bag, folder)
        row("verify folder", verified, folder, "")
        for kind in asked.kind or KINDS:
            row(kind, serialised, folder, kind)
            row(f"verify {kind}", verified, folder, kind)
            (folder / f"large.bag.{kind}").unlink()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
