"""Throws damaged and hostile input at the program; whatever does not end in an answer or a clear refusal is kept.

    python tests/fuzz read|validate|verify|pack|export|growth [--minutes M | --cases N] [--seed S] [--failures FOLDER]
    python tests/fuzz read --replay FOLDER/...

One case may take so much CPU and memory (bounds.py). Exit status 1 where something failed: its case, as small as it
became, lies in a folder of FOLDER with what was said and the command to run it again.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
import warnings
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])  # this is a program and a package

from fuzz.bounds import bounded, harden  # noqa: E402
from fuzz.session import Session, saved  # noqa: E402
from fuzz.targets import TARGETS  # noqa: E402


def main() -> int:
    """Fuzz, or replay; print what came of it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("target", choices=TARGETS)
    asked.add_argument("--minutes", type=float, default=10.0)
    asked.add_argument("--cases", type=int, default=sys.maxsize)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--failures", type=Path, default=Path("out/fuzz"))
    asked.add_argument("--replay", type=Path)
    options = asked.parse_args()
    harden()
    warnings.simplefilter("ignore")
    logging.disable()
    if options.replay:
        with tempfile.TemporaryDirectory() as folder, bounded():
            print(TARGETS[options.target].run(saved(options.replay), Path(folder)))
        return 0
    session, before = Session(options.target, options.failures), time.monotonic()
    session.run(options.minutes * 60, options.seed, options.cases)
    seconds = time.monotonic() - before
    print(f"{options.target}, seed {options.seed}: {session.cases:,} cases in {seconds / 60:.1f} minutes, "
          f"{session.cases / seconds:.1f} a second; the slowest took {session.slowest:.1f} s of CPU")  # fmt: skip
    rooms = ", ".join(f"{room} {called}/{every}" for room, (called, every) in session.functions().items() if called > 2)
    print(f"  functions called (by one case in twenty): {rooms}")
    for ended, count in session.ended.most_common():
        print(f"  {count:7,} {ended}")
    return int(bool(session.known))


if __name__ == "__main__":
    sys.exit(main())
