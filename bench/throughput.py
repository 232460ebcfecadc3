"""Articles a second of a batch, beside the floors: bare pandoc, bare WeasyPrint, a shell loop of the same tools.

    python bench/throughput.py FOLDER [--articles N] [--pages FILE] [--workers N] [--kinds jats,web,all] [--no-floors]
    python bench/throughput.py FOLDER --many 10000

Each kind is one `jatspack batch` of N articles of the folder (in the order of their names, from the beginning again
where there are fewer); `all`, with its PDF, takes N copies of --pages, an article of some twelve pages. The rate is
that of the workers once they have loaded: from the first article of each worker that is over to the last one; "with
start" counts everything. CPU is that of the batch and all that it starts, so that a busy machine is seen. Memory is
that of one worker with its pandoc and its PDF: what all its processes hold in physical memory, shared pages shared
(PSS), and without that (RSS).

--many runs one batch of JATS only, and prints seconds an article and memory tenth by tenth. CPU seconds are those of
the batch and all that it starts, so that what else the machine does does not count.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KINDS = {"jats": "jats", "web": "jats,html,bag", "all": "jats,html,pdf,report,bag"}
LOOP = """
out="$2/$(basename "$1" .md)-$3"; mkdir -p "$out"
"$4" -s -f markdown -t jats -o "$out/a.xml" "$1" 2>/dev/null
"$4" -s -f markdown -t html5 -o "$out/a.html" "$1" 2>/dev/null
[ "$5" = pdf ] && "$6" -m weasyprint -q "$out/a.html" "$out/a.pdf"
cp "$1" "$out"; "$6" -m bagit --quiet --sha256 --sha512 "$out"
"""
PAGE = (
    "import sys; from weasyprint import HTML; [HTML(filename=sys.argv[1]).write_pdf(sys.argv[2]) for _ in range({n})]"
)
Each = Callable[[dict[str, Any], "Memory"], None]
SAMPLE = 0.2  # seconds between two looks at the memory


@dataclass(slots=True)
class Rate:
    """What a run took: articles, wall and CPU seconds, and those of the workers when warm."""

    name: str
    articles: int
    wall: float
    cpu: float
    warm: float = 0.0
    memory: dict[str, float] = field(default_factory=dict)  # MiB of the largest worker

    def row(self) -> str:
        warm = f"{self.warm:8.2f}" if self.warm else " " * 8
        memory = " ".join(f"{name} {size:4.0f}" for name, size in self.memory.items())
        rate = self.articles / self.wall
        return f"{self.name:34} {self.articles:5} {warm} {rate:8.2f} {self.cpu / self.articles:8.3f}  {memory}"


def inbox(folder: Path, articles: Sequence[Path], count: int) -> Path:
    """A folder of `count` articles; links, so that ten thousand cost nothing."""
    folder.mkdir(parents=True)
    for n, path in zip(range(count), itertools.cycle(articles), strict=False):
        (folder / f"{n:05}-{path.name}").symlink_to(path)
    return folder


def spent() -> float:
    """CPU seconds of all children that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Memory(threading.Thread):
    """Looks at the workers of a batch while it runs."""

    def __init__(self, batch: int) -> None:
        super().__init__(daemon=True)
        self.batch, self.over = batch, threading.Event()
        self.samples: list[
            tuple[float, float, float, float]
        ] = []  # time, PSS and RSS of the largest worker, CPU of all

    def run(self) -> None:
        while not self.over.wait(SAMPLE):
            below = children()
            trees = [list(descendants(worker, below)) for worker in below.get(self.batch, [])]
            sizes = [(sum(map(pss, tree)), sum(map(rss, tree))) for tree in trees]
            if sizes:
                used = sum(map(cpu, descendants(self.batch, below)))
                self.samples.append((time.time(), max(p for p, _ in sizes), max(r for _, r in sizes), used))

    def peak(self) -> dict[str, float]:
        return {"PSS": max(s[1] for s in self.samples), "RSS": max(s[2] for s in self.samples)} if self.samples else {}


def children() -> dict[int, list[int]]:
    """Processes by their parent."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        below.setdefault(parent, []).append(int(path.parent.name))
    return below


def descendants(pid: int, below: dict[int, list[int]]) -> Iterator[int]:
    yield pid
    for child in below.get(pid, []):
        yield from descendants(child, below)


def pss(pid: int) -> float:
    return _field(Path(f"/proc/{pid}/smaps_rollup"), "Pss:")


def rss(pid: int) -> float:
    return _field(Path(f"/proc/{pid}/status"), "VmRSS:")


def cpu(pid: int) -> float:
    """CPU seconds of a process and of its children that ended."""
    try:
        times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]
    except OSError:
        return 0.0
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def _field(path: Path, name: str) -> float:
    """MiB."""
    try:
        return next((int(row.split()[1]) / 1024 for row in path.read_text().splitlines() if row.startswith(name)), 0.0)
    except OSError:
        return 0.0


def batch(name: str, source: Path, work: Path, only: str, workers: int, each: Each | None = None) -> Rate:
    """One `jatspack batch`; `each` is told of every article that ended."""
    out, begin = work / "out", time.perf_counter()
    command = [sys.executable, "-m", "jatspack", "batch", source, "-o", out, "--only", only, "--json"]
    process = subprocess.Popen([*map(str, command), "--workers", str(workers)], stdout=subprocess.PIPE, text=True)
    memory = Memory(process.pid)
    memory.start()
    assert process.stdout
    told = []
    for line in process.stdout:
        told.append(json.loads(line))
        if each and told[-1]["event"] == "ended":
            each(told[-1], memory)
    process.wait()
    wall = time.perf_counter() - begin
    memory.over.set()
    memory.join()
    ended = [event for event in told if event["event"] == "ended"]
    failed = [event for event in ended if event["state"] not in ("done", "errors")]
    if failed or not ended:
        sys.exit(f"{len(failed)} articles failed: {failed[:3]}")
    first = ended[min(workers, len(ended)) - 1]["time"]
    span = ended[-1]["time"] - first
    warm = (len(ended) - workers) / span if span else 0.0
    shutil.rmtree(out)
    return Rate(name, len(ended), wall, memory.samples[-1][3], warm, memory.peak())


def floor(name: str, count: int, command: Sequence[object]) -> Rate:
    """A command that does the work of `count` articles."""
    before, begin = spent(), time.perf_counter()
    subprocess.run([*map(str, command)], check=True, stdout=subprocess.DEVNULL)
    return Rate(name, count, time.perf_counter() - begin, spent() - before)


def loop(source: Path, work: Path, workers: int, pdf: bool) -> Rate:
    """What a shell script of pandoc, WeasyPrint and bagit.py would do, so many at a time."""
    import pypandoc

    script = work / "loop.sh"
    script.write_text(LOOP)
    pandoc, kind = pypandoc.get_pandoc_path(), "pdf" if pdf else "web"
    files = sorted(source.iterdir())
    rows = "".join(
        f"sh {script} '{path}' {work} {n} {pandoc} {kind} {sys.executable}\n" for n, path in enumerate(files)
    )
    (work / "rows").write_text(rows)
    command = ["sh", "-c", f"xargs -P {workers} -I ROW sh -c ROW < {work / 'rows'}"]
    return floor(f"shell loop, {'all' if pdf else 'web'}", len(files), command)


def bare_pandoc(source: Path, work: Path, workers: int) -> Rate:
    """pandoc once for each article, Markdown to JATS."""
    import pypandoc

    files = sorted(source.iterdir())
    (work / "names").write_text("".join(f"{path}\n" for path in files))
    convert = f"{pypandoc.get_pandoc_path()} -s -f markdown -t jats -o /dev/null FILE 2>/dev/null"
    command = ["sh", "-c", f"xargs -P {workers} -I FILE {convert} < {work / 'names'}"]
    return floor("bare pandoc, JATS", len(files), command)


def bare_weasyprint(page: Path, work: Path, count: int, workers: int) -> Rate:
    """WeasyPrint in so many processes that stay, on pandoc's page."""
    import pypandoc

    html = work / "bare.html"
    subprocess.run([pypandoc.get_pandoc_path(), "-s", "-f", "markdown", "-t", "html5", "-o", html, page], check=True)
    each = max(1, count // workers)
    runs = [f"{sys.executable} -c '{PAGE.format(n=each)}' {html} {work}/bare{n}.pdf" for n in range(workers)]
    return floor("bare WeasyPrint, PDF", each * workers, ["sh", "-c", " & ".join(runs) + " & wait"])


def rates(options: argparse.Namespace, articles: list[Path], work: Path) -> None:
    print(f"{'':34} {'n':>5} {'warm/s':>8} {'all/s':>8} {'CPU s':>8}  MiB of a worker")
    pages, count, floors = options.pages or articles[0], options.articles, not options.no_floors
    for kind in options.kinds.split(","):
        with_pdf = kind == "all"
        few = max(4, count // 8) if with_pdf else count
        source = inbox(work / kind / "in", [pages] if with_pdf else articles, few)
        print(batch(f"jatspack, {kind}", source, work / kind, KINDS[kind], options.workers).row(), flush=True)
        if floors and kind == "jats":
            print(bare_pandoc(source, work / kind, options.workers).row(), flush=True)
        elif floors:
            (work / kind / "loop").mkdir()
            print(loop(source, work / kind / "loop", options.workers, with_pdf).row(), flush=True)
            if with_pdf:
                print(bare_weasyprint(pages, work / kind, few, options.workers).row(), flush=True)


def many(options: argparse.Namespace, articles: list[Path], work: Path) -> None:
    """Whether the cost of an article stays the same."""
    source = inbox(work / "in", articles, options.many)
    size, count, last = max(1, options.many // 10), 0, (time.time(), 0.0)
    print(f"{'articles':>9} {'wall s each':>12} {'CPU s each':>11}  MiB of a worker: {'PSS':>4} {'RSS':>5}")

    def each(event: dict[str, Any], memory: Memory) -> None:
        nonlocal count, last
        count += 1
        if count % size == 0 and memory.samples:
            looks = [s for s in memory.samples if s[0] >= last[0]] or memory.samples[-1:]
            wall, used = event["time"] - last[0], looks[-1][3] - last[1]
            last = (event["time"], looks[-1][3])
            held = f"{max(s[1] for s in looks):4.0f} {max(s[2] for s in looks):5.0f}"
            print(f"{count:9} {wall / size:12.4f} {used / size:11.4f} {'':17} {held}", flush=True)

    print(batch("jatspack, jats", source, work, KINDS["jats"], options.workers, each).row())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--kinds", default="jats,web,all")
    parser.add_argument("--no-floors", action="store_true")
    parser.add_argument("--many", type=int)
    options = parser.parse_args()
    articles = sorted(path.resolve() for path in options.folder.rglob("*.md"))
    if not articles:
        sys.exit(f"{options.folder}: no articles (*.md)")
    with tempfile.TemporaryDirectory() as work:
        (many if options.many else rates)(options, articles, Path(work))


if __name__ == "__main__":
    main()
