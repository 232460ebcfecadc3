"""Milliseconds of each check of an article, and seconds and memory of a large one.

    python bench/checks.py [ARTICLE.md ...] [--runs N] [--large MB] [--most MS]

Warm, processor time, the median of N runs in one process: the account of words, which `convert` keeps, and the checks
of any JATS file. Without articles: every sample. Each size of the large file is checked in a process of its own, as
`jatspack validate` does. Exit status 1 where the checks of an article take more than MS milliseconds together.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from lxml import etree

from jatspack.check import CHECKS, check_jats, conservation
from jatspack.check.dtd import check_dtd
from jatspack.check.fault import Fault
from jatspack.config import discover
from jatspack.jats import build, serialize
from jatspack.jats.parse import open_xml
from jatspack.read import read_source
from jatspack.read.pandoc import mathml
from jatspack.recognize import recognize

ROOT = Path(__file__).resolve().parents[1]


def milliseconds(work: Callable[[], object], runs: int) -> float:
    """The median of so many calls, after one that is not counted."""
    times = []
    for _ in range(runs + 1):
        begin = process_time()
        work()
        times.append((process_time() - begin) * 1000)
    return median(times[1:])


def costs(path: Path, runs: int) -> dict[str, float]:
    """Check -> milliseconds."""
    config = discover(path)
    document = read_source(path)
    article = recognize(document, config)[0]
    tree = build(article, config, mathml)
    data = serialize(tree)
    parsed = open_xml(data)
    works: dict[str, Callable[[], object]] = {
        "words": lambda: conservation(document, article, tree, config),
        "parse": lambda: open_xml(data),
        "DTD": lambda: check_dtd(parsed),
        **{name: partial(_run, check, parsed.tree) for name, check in CHECKS.items()},
        "JATS": lambda: check_jats(data),
    }
    times = {name: milliseconds(work, runs) for name, work in works.items()}
    return {**times, "all": times["words"] + times["JATS"]}


def _run(check: Callable[[etree._ElementTree], Iterable[Fault]], tree: etree._ElementTree) -> None:
    for _ in check(tree):
        pass


def large(size: int) -> tuple[float, float, int]:
    """Seconds, peak MB of the process, and findings of a valid article of so many bytes."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_large, (size,))


def _large(size: int) -> tuple[float, float, int]:
    from large import article

    data = article(size)
    begin = perf_counter()
    result = check_jats(data, profile=False)
    seconds = perf_counter() - begin
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(result.findings)


def table(rows: Sequence[tuple[str, dict[str, float]]]) -> str:
    """Articles down, checks across."""
    names = list(rows[0][1])
    width = max(len(name) for name, _ in rows)
    lines = [f"{'ms':{width}}" + "".join(f"{name:>13}" for name in names)]
    lines += [f"{name:{width}}" + "".join(f"{times[n]:13.1f}" for n in names) for name, times in rows]
    return "\n".join(lines)


def main() -> int:
    """Print the tables; 1 where an article's checks take too long."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("articles", nargs="*", type=Path)
    asked.add_argument("--runs", type=int, default=9)
    asked.add_argument("--large", type=int, default=20, help="size of the large file in MB; 0 for none")
    asked.add_argument("--most", type=float, default=60.0, help="milliseconds")
    options = asked.parse_args()
    articles = options.articles or sorted((ROOT / "samples").glob("*/article.md"))
    rows = [(path.parent.name, costs(path, options.runs)) for path in articles]
    print(table(rows))
    for size in (options.large // 4, options.large // 2, options.large):
        if size:
            seconds, memory, findings = large(size * 1_000_000)
            print(f"{size:4} MB of JATS: {seconds:6.1f} s, {memory:5.0f} MB of memory, {findings} findings")
    return int(any(times["all"] > options.most for _, times in rows))


if __name__ == "__main__":
    sys.exit(main())
