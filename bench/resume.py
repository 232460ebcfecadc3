"""A batch killed at random points and gone on with, beside one that nobody disturbed.

    python bench/resume.py FOLDER [--kills 10] [--only jats] [--seed 1]

Prints at which articles it was killed, and whether any article is lost, was done twice, or has other bytes.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path


def digests(out: Path) -> dict[str, str]:
    """SHA-256 of the outputs by their path; ledger and page, which tell times, left out."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and path.parent != out)
    return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def run(folder: Path, out: Path, only: str, kill_after: float | None = None) -> tuple[list[str], int]:
    """The articles that ended in one run, and its exit status; killed so many seconds after its first article."""
    command = [sys.executable, "-m", "jatspack", "batch", folder, "-o", out, "--only", only, "--json"]
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)
    assert process.stdout
    ended = []
    for line in process.stdout:
        if not line.endswith("\n"):
            break
        event = json.loads(line)
        if event["event"] == "begun" and kill_after is not None:
            timer = threading.Timer(kill_after, process.kill)
            timer.daemon, kill_after = True, None
            timer.start()
        if event["event"] == "ended":
            ended.append(event["source"])
    return ended, process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--only", default="jats")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as work:
        whole, broken = Path(work, "whole"), Path(work, "broken")
        begin = time.monotonic()
        names, _ = run(options.folder, whole, options.only)
        seconds = time.monotonic() - begin
        print(f"undisturbed: {len(names)} articles in {seconds:.1f} s")
        done: list[str] = []
        for n in range(options.kills):
            after = chance.uniform(0.2, 1.6) * seconds / options.kills
            ended, status = run(options.folder, broken, options.only, after)
            done += ended
            print(f"killed {n + 1}: {after:.2f} s after it began, {len(ended)} articles, status {status}", flush=True)
        ended, status = run(options.folder, broken, options.only)
        done += ended
        twice = [name for name, count in Counter(done).items() if count > 1]
        ledger = subprocess.run(
            [sys.executable, "-m", "jatspack", "status", str(broken), "--json"], capture_output=True, check=False
        )
        states = Counter(row["state"] for row in json.loads(ledger.stdout)["articles"])
        same = digests(whole) == digests(broken)
        print(f"last run: {len(ended)} articles, status {status}; {dict(states)}")
        print(f"lost: {len(names) - sum(states.values())}; told as done twice: {len(twice)}; the same bytes: {same}")
        sys.exit(int(not same or bool(twice) or len(names) != sum(states.values())))


if __name__ == "__main__":
    main()
