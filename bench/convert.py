"""Seconds and peak memory of jatspack beside its floors: bare pandoc, and bare pandoc plus bare WeasyPrint.

Bare WeasyPrint prints pandoc's page of the same text: no style sheet, no tags, no hyphens. "own page" is bare
WeasyPrint printing the page that jatspack made, what a shell script of the same tools would do.

    python bench/convert.py [ARTICLE.md ...] [--runs N]

One-shot: a new process each time (children's memory included in the peak). Warm: the same process. A first run of
each is not counted. The floors are measured in the same run, in turn with jatspack. CPU seconds are those of a command
and all that it started; the least of N runs is told, because a busy machine only ever adds to it. Without articles:
every sample.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
BARE_PAGE = "import sys; from weasyprint import HTML; HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])"
BARE_PAGES = """
import sys
from time import perf_counter
from weasyprint import HTML
for _ in sys.stdin:
    begin = perf_counter()
    HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])
    print(perf_counter() - begin, flush=True)
"""


def timed(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def own_page(article: Path, work: Path) -> Path:
    """The page that jatspack makes of the article."""
    import jatspack

    page = work / "own.html"
    page.write_bytes(jatspack.convert(article, only=["html"]).html or b"")
    return page


def printer(page: Path) -> subprocess.Popen[str]:
    """A process with a bare WeasyPrint that prints a page as often as it is asked."""
    command = [sys.executable, "-c", BARE_PAGES, str(page), str(page.with_suffix(".pdf"))]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)


def asked(server: subprocess.Popen[str]) -> float:
    """Wall seconds of one page that another process makes."""
    assert server.stdin
    assert server.stdout
    server.stdin.write("\n")
    return float(server.stdout.readline())


def process(command: Sequence[str], compiled: Path) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak MiB (largest single process) of a command.

    Python's compiled modules lie in `compiled`: an installed package has them beside it, a checkout may not.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(compiled)
    code = (
        "import resource, subprocess, sys; p = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); "
        "u = resource.getrusage(resource.RUSAGE_CHILDREN); print(u.ru_utime + u.ru_stime, u.ru_maxrss); "
        "sys.exit(p.returncode)"
    )
    begin = perf_counter()
    call = [sys.executable, "-c", code, *command]
    done = subprocess.run(call, capture_output=True, text=True, check=True, env=environment)
    seconds = perf_counter() - begin
    cpu, peak = done.stdout.split()[-2:]
    return seconds, float(cpu), int(peak) / 1024


def one_shot(article: Path, work: Path, runs: int) -> dict[str, tuple[float, float, float]]:
    """The least wall and CPU seconds of whole processes, and the most memory."""
    from jatspack.read.pandoc import binary

    pandoc, page = binary(), str(work / "bare.html")
    jatspack = [sys.executable, "-m", "jatspack", "convert", str(article), "-q", "--force", "-o", str(work / "out")]
    subprocess.run([pandoc, "-f", "markdown", "-s", str(article), "-o", page], check=True, capture_output=True)
    own = own_page(article, work)
    commands = {
        "pandoc": [pandoc, "-f", "markdown", "-t", "jats", str(article), "-o", str(work / "b.xml")],
        "weasyprint": [sys.executable, "-c", BARE_PAGE, page, str(work / "bare.pdf")],
        "own page": [sys.executable, "-c", BARE_PAGE, str(own), str(work / "own.pdf")],
        "jatspack": jatspack,
        "jats only": [*jatspack, "--only", "jats"],
    }
    rows: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for n in range(runs + 1):
        for name, command in commands.items():
            measured = process(command, work / "compiled")
            if n:
                rows[name].append(measured)
    found = {name: [*zip(*measured, strict=True)] for name, measured in rows.items()}
    return {name: (min(wall), min(cpu), max(memory)) for name, (wall, cpu, memory) in found.items()}


def warm(article: Path, work: Path, runs: int) -> dict[str, float]:
    """The least wall seconds here, caches filled; the bare WeasyPrint has a process of its own, without our mends."""
    import jatspack
    from jatspack.read.pandoc import binary

    pandoc, page = binary(), work / "bare.html"
    command = [pandoc, "-f", "markdown", "-t", "jats", str(article), "-o", str(work / "b.xml")]
    subprocess.run([pandoc, "-f", "markdown", "-s", str(article), "-o", str(page)], check=True, capture_output=True)
    rows: dict[str, list[float]] = {name: [] for name in ("pandoc", "weasyprint", "own page", "jatspack", "jats only")}
    with printer(page) as pages, printer(own_page(article, work)) as own_pages:
        for n in range(runs + 1):
            seconds = {
                "pandoc": timed(lambda: subprocess.run(command, check=True, capture_output=True)),
                "weasyprint": asked(pages),
                "own page": asked(own_pages),
                "jatspack": timed(lambda: jatspack.convert(article, output=work / "warm", force=True)),
                "jats only": timed(lambda: jatspack.convert(article, only=["jats"])),
            }
            for name, value in seconds.items():
                if n:
                    rows[name].append(value)
    return {name: min(found) for name, found in rows.items()}


def main() -> None:
    """Print a table for each article."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    articles = asked.articles or sorted(ROOT.glob("samples/*/article.md"))
    for article in articles:
        with tempfile.TemporaryDirectory() as folder:
            cold, hot = one_shot(article, Path(folder), asked.runs), warm(article, Path(folder), asked.runs)
        print(f"\n{article} ({article.stat().st_size / 1024:.0f} KB), the least of {asked.runs}")
        print(f"{'':12}{'one-shot s':>12}{'CPU s':>10}{'peak MiB':>10}{'warm s':>10}")
        for name, (seconds, cpu, memory) in cold.items():
            print(f"{name:12}{seconds:12.3f}{cpu:10.3f}{memory:10.0f}{hot[name]:10.3f}")
        for page, name in (("weasyprint", "WeasyPrint"), ("own page", "WeasyPrint on the own page")):
            wall, cpu = (cold["jatspack"][n] / (cold["pandoc"][n] + cold[page][n]) for n in (0, 1))
            warm_ratio = hot["jatspack"] / (hot["pandoc"] + hot[page])
            print(f"whole package / (pandoc + {name}): one-shot {wall:.2f}, CPU {cpu:.2f}, warm {warm_ratio:.2f}")
        print(f"JATS only, CPU of one-shot / pandoc: {cold['jats only'][1] / cold['pandoc'][1]:.2f}")
        print(f"JATS only, warm / pandoc: {hot['jats only'] / hot['pandoc']:.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak of this process, warm runs of everything: {peak:.0f} MiB")


if __name__ == "__main__":
    main()
