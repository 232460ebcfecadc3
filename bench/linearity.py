"""Does the time grow with the length of the text, no faster? Each stage on one article and on ten times its length.

    python bench/linearity.py [ARTICLE.md ...] [--size KB] [--times N] [--most FACTOR]

The long texts are made from the article itself: its front matter once, its body and its reference list as often as
the size asks, every copy's paragraphs with words of their own, its figures, tables and entries numbered on. JATS only,
one process, the best of three runs. Exit status 1 where the longer text takes more than FACTOR times as long.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from jatspack.config import Config
from jatspack.pipeline import convert
from jatspack.read import read_source
from jatspack.recognize import recognize

ROOT = Path(__file__).resolve().parents[1]
FRONT = frozenset(
    {"title", "byline", "affiliation", "contact", "abstract-head", "abstract", "keywords-head", "keywords"}
)
PROSE = re.compile(r"[^\W\d_].{80,}[.!?。]\s*")
NAME = re.compile(r"[\W\d]*([^\W\d_]{3,})")  # what an entry begins with
RUNS = 3


def parts(article: Path) -> tuple[list[str], list[str], list[str]]:
    """The lines of the front matter, of the body, and of the reference list with its heading."""
    document = read_source(article)
    lines = document.source.text.split("\n")
    roles = recognize(document, Config())[2]
    entries = [role.lines[0] for role in roles if role.role in ("ref-heading", "ref")]
    end = min(entries, default=len(lines) + 1)
    start = next((r.lines[0] for r in roles if r.role in ("heading", "text") and r.lines[0] > 3), 1)
    front = [r.lines[1] for r in roles if r.role in FRONT and r.lines[1] < end]
    start = max(start, min(max(front, default=0) + 1, end))
    return lines[: start - 1], lines[start - 1 : end - 1], lines[end - 1 :]


def longer(article: Path, size: int) -> str:
    """A text of about `size` characters, made of the article's parts."""
    front, body, references = parts(article)
    once = sum(len(line) + 1 for line in body + references)
    copies = max(1, round(size / max(once, 1)))
    names = {found[1] for line in references[1:] if (found := NAME.match(line))}
    named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)") if names else None
    out = list(front)
    for copy in range(copies):
        out += ["", *(_own(line, copy, named) for line in body)]
    out += ["", *references[:1]]
    for copy in range(copies):
        out += ["", *(_own(line, copy, named) for line in references[1:])]
    return "\n".join(out)


def _own(line: str, copy: int, named: re.Pattern[str] | None) -> str:
    """A line of a copy: no two copies share a paragraph, or an author of a work."""
    if not copy:
        return line
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(copy))
    if named:
        line = named.sub(lambda found: found[0] + letters, line)
    return f"{line.rstrip()} Copy{letters} says so." if PROSE.fullmatch(line) else line


def seconds(text: str, folder: Path) -> dict[str, float]:
    """The best seconds of each stage, and of all together."""
    path = folder / "article.md"
    path.write_text(text, encoding="utf-8")
    best: defaultdict[str, float] = defaultdict(lambda: float("inf"))
    for _ in range(RUNS):
        laps: dict[str, float] = {}
        convert(path, Config(), only=["jats"], progress=laps.__setitem__)
        laps["all"] = sum(laps.values())
        for stage, time in laps.items():
            best[stage] = min(best[stage], time)
    return dict(best)


def rows(article: Path, size: int, times: int) -> Iterator[tuple[str, float, float]]:
    """Stage, seconds for the text, seconds for the text so many times as long."""
    with tempfile.TemporaryDirectory() as folder:
        texts = [longer(article, size), longer(article, size * times)]
        short, long = (seconds(text, Path(folder)) for text in texts)
    for stage, time in short.items():
        yield stage, time, long[stage]


def main() -> int:
    """Print the table; 1 where an article grows too fast."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("articles", nargs="*", type=Path)
    asked.add_argument("--size", type=int, default=60, help="of the shorter text, in thousands of characters")
    asked.add_argument("--times", type=int, default=10)
    asked.add_argument("--most", type=float, default=12.0)
    options = asked.parse_args()
    slow = False
    for article in options.articles or sorted((ROOT / "samples").glob("*/article.md")):
        print(f"{article.parent.name}: {options.size}k and {options.size * options.times}k characters")
        for stage, short, long in rows(article, options.size * 1000, options.times):
            print(f"  {stage:12} {short:8.3f} s {long:8.3f} s  x{long / max(short, 1e-4):5.1f}")
            slow = slow or (stage == "all" and long > options.most * short)
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
