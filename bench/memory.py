"""Memory of one process that prints many documents, in MiB.

    python bench/memory.py [SAMPLE ...] [--documents N] [--most MIB]

The samples (all of them without a name) are printed in turn, in all themes, with the JATS embedded, as the process
that `jatspack convert` keeps for its PDFs does. Exit status 1 where the second half of the documents adds more than
MIB: caches are full by then, and what still grows grows for ever.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
from itertools import cycle, islice, product
from pathlib import Path

from gallery import names
from jatspack.render import PdfSettings, pdf
from jatspack.render.theme import shipped
from printing import CREATED, opened


def resident() -> float:
    """MiB of memory that this process holds now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def main() -> int:
    """Print the table; 1 where memory grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samples", nargs="*", metavar="SAMPLE")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--most", type=float, default=4.0, help="MiB that the second half may add")
    asked = parser.parse_args()
    turns = islice(cycle(product(asked.samples or names(), shipped())), asked.documents)
    half = asked.documents // 2
    held: dict[int, float] = {}
    gc.disable()  # as there: between two pages there is time for it
    for number, (sample, theme) in enumerate(turns, 1):
        page = opened(sample)
        pdf(page.html, settings=PdfSettings(theme, created=CREATED), source=page.source)
        gc.collect()
        held[number] = resident()
        if number in (1, 10, half, asked.documents) or number % 25 == 0:
            print(f"{number:6} documents {held[number]:8.1f} MiB", flush=True)
    growth = max(held[n] for n in held if n > half) - max(held[n] for n in held if n <= half)
    print(f"the second half adds {growth:.1f} MiB")
    return int(growth > asked.most)


if __name__ == "__main__":
    sys.exit(main())
