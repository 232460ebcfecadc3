"""One run as another machine would do it: converts, then serialises the bag; ARTICLE OUT REVERSED CPU UMASK."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any


class Reversed:
    """What os.scandir gives, in the order of the other disk."""

    def __init__(self, entries: Any) -> None:
        with entries:
            self.entries = sorted(entries, key=lambda entry: str(entry.name), reverse=True)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.entries)

    def __next__(self) -> Any:
        if not self.entries:
            raise StopIteration
        return self.entries.pop(0)

    def __enter__(self) -> Reversed:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.entries = []


def other_order() -> None:
    listdir, scandir = os.listdir, os.scandir
    os.listdir = lambda *a: sorted(listdir(*a), key=str, reverse=True)  # type: ignore[assignment]
    os.scandir = lambda *a: Reversed(scandir(*a))  # type: ignore[assignment]


def main(article: str, out: str, reverse: str, processors: str, umask: str) -> None:
    if reverse == "reversed":
        other_order()
    if processors == "one":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
    os.umask(int(umask, 8))
    from jatspack.archive import serialize
    from jatspack.cli import main as command

    sys.argv = ["jatspack", "convert", "-q", article, "-o", out]
    with contextlib.suppress(SystemExit):
        command()
    for kind in ("zip", "tar", "tar.gz"):
        serialize(Path(out, "article.bag"), kind, date(2023, 11, 14))  # type: ignore[arg-type]


if __name__ == "__main__":
    main(*sys.argv[1:])
