"""Short articles for batches, and the command run on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

TROUBLE = Path(__file__).with_name("trouble")


def article(title: str, words: str = "Nobody had counted them before.") -> str:
    """A whole small article; `words` stand in its body."""
    return (
        f"# {title}\n\nAnna Berg\n\nInstitute of Lakes, Oslo, Norway\n\n**Abstract.** A few words about {title}.\n\n"
        f"**Keywords:** lakes; counting\n\n## Introduction\n\n{words} They were counted in one summer [1].\n\n"
        "## References\n\n1. Berg A. Lakes and their names. Oslo: Oak Press; 1999.\n"
    )


def write(folder: Path, **texts: str) -> Path:
    """Articles in a folder, by their names without ending."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in texts.items():
        (folder / f"{name}.md").write_text(article(f"On {name}", words), "utf-8")
    return folder


def environment() -> dict[str, str]:
    """The environment of a command whose workers meet trouble where a text asks for it."""
    paths = [str(TROUBLE), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "SOURCE_DATE_EPOCH": "1700000000"}


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "jatspack", *map(str, arguments)]


def jatspack(*arguments: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The command, to its end."""
    return subprocess.run(
        command(*arguments), input=stdin, capture_output=True, text=True, env=environment(), timeout=300, check=False
    )


def status(out: Path) -> dict[str, dict[str, Any]]:
    """The rows of `jatspack status --json` by source."""
    done = jatspack("status", out, "--json")
    return {row["source"]: row for row in json.loads(done.stdout)["articles"]}


def events(lines: Sequence[str], kind: str) -> list[dict[str, Any]]:
    """The events of one kind that a batch told."""
    return [event for event in map(json.loads, lines) if event["event"] == kind]


def digests(out: Path) -> dict[str, str]:
    """SHA-256 of all outputs of a batch by their path; the ledger and the page, which tell times, left out."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and path.parent != out)
    return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}
