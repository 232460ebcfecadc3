"""CPU milliseconds of each stage of an article, and the memory of the processes of one worker.

    python bench/stages.py FOLDER_OR_ARTICLE … [--only jats,html,bag] [--articles N] [--rounds N] [--most MIB]

One process converts the articles in turn, as a worker of a batch does; what the first ones load is not counted. Each
stage has the CPU time of this process; pandoc and the press, which are processes of their own, have theirs. Memory is
what all of them hold together, told at every tenth of the way; "most" is the sum of their peaks. Exit status 1 where
that is more than MIB. Needs Linux (/proc).
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, process_time
from types import ModuleType

from jatspack.findings import Stop
from jatspack.pipeline import convert
from jatspack.read import pandoc
from jatspack.run import ALL

WARM = 5  # articles that are not counted


def workers() -> Iterator[tuple[str, int]]:
    """The processes of this worker and their ids."""
    yield "python", os.getpid()
    if pandoc._server:
        yield "pandoc", pandoc._server.process.pid
    press: ModuleType | None = sys.modules.get("jatspack.render.press")
    if press and press._press:
        yield "press", press._press.process.pid


def seconds(pid: int) -> float:
    """CPU seconds that a process has taken in all its threads, to the nanosecond where clock ticks would be too
    coarse."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text("ascii").split()[0]) for task in tasks) / 1e9


def memory(pid: int, row: str = "VmRSS") -> float:
    """MiB that a process holds now (VmRSS) or has held (VmHWM)."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{row}:"))


class Meter:
    """Adds up what each stage takes; `lap` is a progress function of `convert`."""

    def __init__(self) -> None:
        self.stages: defaultdict[str, float] = defaultdict(float)
        self.others: defaultdict[str, float] = defaultdict(float)
        self.counting = False
        self._at = process_time()

    def begin(self) -> None:
        """Before an article."""
        self._before = {name: seconds(pid) for name, pid in workers()}
        self._at = process_time()

    def lap(self, stage: str, _wall: float) -> None:
        """After a stage."""
        now = process_time()
        if self.counting:
            self.stages[stage] += now - self._at
        self._at = now

    def end(self) -> None:
        """After an article: what the other processes took for it."""
        if self.counting:
            for name, pid in workers():
                if name != "python":
                    self.others[name] += seconds(pid) - self._before.get(name, 0.0)


def articles(places: list[Path]) -> list[Path]:
    """The Markdown files named, and those in the folders named."""
    found = [p for place in places for p in (sorted(place.rglob("*.md")) if place.is_dir() else [place])]
    return [p for p in found if p.name != "README.md"]


def main() -> int:
    """Print the tables; 1 where memory grows over the bound."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="+", type=Path)
    parser.add_argument("--only", default="jats", help=f"of {','.join(sorted(ALL))}; all for everything")
    parser.add_argument("--articles", type=int, help="how many; more than there are begin again")
    parser.add_argument("--most", type=float, help="MiB")
    asked = parser.parse_args()
    only = set(ALL) if asked.only == "all" else set(asked.only.split(","))
    paths = articles(asked.places)
    count = asked.articles or len(paths)
    meter, wall, failed = Meter(), 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(islice(cycle(paths), WARM + count), 1 - WARM):
            meter.counting = number > 0
            meter.begin()
            start = perf_counter()
            try:
                convert(path, only=only, output=Path(folder) / "out", force=True, progress=meter.lap)
            except Stop as error:
                failed += 1
                print(f"{path}: {error}", file=sys.stderr)
            meter.end()
            wall += (perf_counter() - start) * meter.counting
            if number == 0 or (number > 0 and number % max(count // 10, 1) == 0):
                held = {name: memory(pid) for name, pid in workers()}
                each = "".join(f"{name} {size:6.0f}   " for name, size in held.items())
                print(f"{number:6} articles, MiB: {each}together {sum(held.values()):6.0f}", flush=True)
    print(f"\n{'CPU ms per article':24}{count:8} articles, {failed} failed")
    rows = {**meter.stages, **{f"({name})": value for name, value in meter.others.items()}}
    for name, value in [*rows.items(), ("all", sum(rows.values())), ("wall", wall)]:
        print(f"  {name:22}{value / count * 1000:8.1f}")
    peaks = {name: memory(pid, "VmHWM") for name, pid in workers()}
    print(
        "most MiB: " + ", ".join(f"{name} {size:.0f}" for name, size in peaks.items()), f"= {sum(peaks.values()):.0f}"
    )
    print(f"garbage collections: {[generation['collections'] for generation in gc.get_stats()]}")
    return int(asked.most is not None and sum(peaks.values()) > asked.most)


if __name__ == "__main__":
    sys.exit(main())
