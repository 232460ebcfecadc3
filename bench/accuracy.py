"""How much of what labels say is recognised: precision, recall and F1 per field and per article.

    python bench/accuracy.py                                  the samples
    python bench/accuracy.py FOLDER … --articles              any folders, and the table of each article
    python bench/accuracy.py FOLDER --save run.json           keep the figures …
    python bench/accuracy.py FOLDER --against run.json        … and show what has changed since

A labelled article is a folder with article.md and expected.json (or gold.json). Fields are counted as
(hits, found, wanted) and summed: precision = hits/found, recall = hits/wanted. Texts are compared by their
letters and digits; titles and sections may differ by a tenth, affiliations and references' titles by 15 %.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from facts import Facts, read
from scoring import Counts, Score, measures, score

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Run:
    """The scores of some articles, and what went wrong."""

    articles: dict[str, dict[str, Counts]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def total(self) -> dict[str, Counts]:
        """Sums over the articles."""
        out = Score()
        for counts in self.articles.values():
            for name, (hits, found, wanted) in counts.items():
                out.add(name, hits, found, wanted)
        return out.counts


def labelled(folder: Path) -> dict[Path, Path]:
    """The labelled articles below a folder: article.md and its labels."""
    out = {}
    for article in sorted(folder.rglob("article.md")):
        labels = next((p for n in ("expected.json", "gold.json") if (p := article.with_name(n)).exists()), None)
        if labels:
            out[article] = labels
    return out


def measure(folders: Iterable[Path]) -> Run:
    """Convert and score every labelled article below the folders."""
    import jatspack

    run = Run()
    for folder in folders:
        for article, labels_file in labelled(folder).items():
            name = article.parent.name
            labels = json.loads(labels_file.read_text("utf-8"))
            begin = time.perf_counter()
            facts, valid = Facts(), False
            with tempfile.TemporaryDirectory() as out:
                try:
                    jatspack.convert(article, output=Path(out) / "package", only=["jats"])
                    made = next((Path(out) / "package").glob("*.xml"))
                    facts, valid = read(made), _valid(made)
                except Exception as problem:  # a crash is a result too: it is printed, and scored as nothing found
                    run.failed[name] = f"{type(problem).__name__}: {problem}"
            run.seconds[name] = time.perf_counter() - begin
            scored = score(labels, facts, article.read_text("utf-8"))
            scored.add("valid", valid, 1, 1)
            run.articles[name] = scored.counts
    return run


def _valid(path: Path) -> bool:
    from jatspack.check import check_jats

    return bool(check_jats(path.read_bytes()).valid)


def table(counts: dict[str, Counts], before: dict[str, Counts] | None = None) -> str:
    """The figures as text; with those of an earlier run, what has changed."""
    rows = [f"{'field':<26}{'F1':>7}{'prec':>7}{'rec':>7}   hits/found/wanted"]
    for name, value in counts.items():
        f1, precision, recall = measures(value)
        row = f"{name:<26}{f1:7.3f}{precision:7.3f}{recall:7.3f}   " + "/".join(map(str, value))
        if before is not None:
            change = f1 - measures(before.get(name, (0, 0, 0)))[0]
            row += "" if abs(change) < 0.0005 else f"   {change:+.3f}"
        rows.append(row)
    gone = [name for name in before or {} if name not in counts]
    return "\n".join([*rows, *(f"{name:<26}  no longer measured" for name in gone)])


def mean(counts: dict[str, Counts]) -> float:
    """The mean of the fields' F1."""
    return sum(measures(c)[0] for c in counts.values()) / len(counts) if counts else 0.0


def show(run: Run, earlier: dict[str, Any] | None, articles: bool) -> str:
    """The report of a run."""
    rows = []
    for name, counts in run.articles.items():
        before = (earlier or {}).get("articles", {}).get(name)
        change = f"  {mean(counts) - mean(before):+.3f}" if before else ""
        problem = f"  FAILED {run.failed[name]}" if name in run.failed else ""
        rows.append(f"{name:<34}{run.seconds[name]:7.2f} s  mean F1 {mean(counts):.3f}{change}{problem}")
        if articles:
            rows += ["", table(counts, before), ""]
    total = run.total()
    rows += ["", table(total, earlier["total"] if earlier else None)]
    rows.append(f"mean F1 over fields: {mean(total):.3f}   articles: {len(run.articles)}")
    return "\n".join(rows)


def main(arguments: list[str] | None = None) -> int:
    """The command line; exit status 1 where an article failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "samples"])
    parser.add_argument("--articles", action="store_true", help="the whole table for each article too")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the figures as JSON")
    parser.add_argument("--against", type=Path, metavar="FILE", help="show what has changed since a saved run")
    chosen = parser.parse_args(arguments)
    run = measure(chosen.folders)
    print(show(run, json.loads(chosen.against.read_text("utf-8")) if chosen.against else None, chosen.articles))
    if chosen.save:
        saved = {"total": run.total(), "articles": run.articles}
        chosen.save.write_text(json.dumps(saved, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return int(bool(run.failed))


if __name__ == "__main__":
    sys.exit(main())
