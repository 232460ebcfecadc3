"""What commands print: the table of a run, findings, JSON, and how far a run has come."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from jatspack.findings import Finding, Severity

if TYPE_CHECKING:
    from jatspack.article import Article, Contributor
    from jatspack.run import Package
    from jatspack.single import TakenApart

SHOWN = 12  # findings printed without -v
_HALVES = re.compile(r"[\ud800-\udfff]")  # of surrogate pairs: os.fsdecode's for bytes that are no UTF-8
Stage = Callable[[str, float], None]


def printable(text: str) -> str:
    """On one line, and without what could steer a terminal: names and messages hold pieces of other people's files."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split()))


def package(made: Package, source: str, *, everything: bool) -> None:
    """The table of a run and its findings."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from jatspack.report import in_order

    table = Table(title=escape(printable(f"{source} -> {made.folder}")), title_justify="left", show_header=False)
    for name, value in _rows(made):
        table.add_row(name, escape(printable(value) or "none"))
    Console(highlight=False).print(table)
    findings(in_order(made.findings), source, everything=everything)


def _rows(made: Package) -> list[tuple[str, str]]:
    report, article = made.report, made.article
    rows = [("verdict", f"{report.verdict}; {report.validation.dtd or 'not checked against a DTD'}")]
    if report.words is not None:
        words = report.words
        counts = f"{words.kept} kept, {words.accounted} accounted for"
        rows.append(("words", f"{words.total}: {counts}, {len(words.missing)} missing, {len(words.invented)} added"))
    if article is not None:
        rows += _recognised(article)
    heard = [f for f in made.findings if not f.silenced]
    counted = [(s.value, sum(f.severity is s for f in heard)) for s in Severity]
    counted += [("silenced", len(made.findings) - len(heard))]
    rows.append(("findings", ", ".join(f"{n} {name}" for name, n in counted if n or name != "silenced")))
    rows.append(("made", ", ".join(p.name for p in made.written)))
    return rows


def _recognised(article: Article) -> list[tuple[str, str]]:
    return [
        ("language", article.language),
        ("titles", ", ".join(t.lang for t in article.titles)),
        ("authors", "; ".join(_name(c) for c in article.contributors)),
        ("abstracts", ", ".join(a.lang for a in article.abstracts)),
        ("keywords", ", ".join(f"{k.lang} {len(k.keywords)}" for k in article.keywords)),
        ("references", ", ".join(str(len(r.references)) for r in article.reference_lists)),
    ]


def _name(person: Contributor) -> str:
    if not person.names:
        return "?"
    name = person.names[0]
    parts = [name.given_names, name.surname]
    return " ".join(p for p in (reversed(parts) if name.style == "eastern" else parts) if p)


def place(finding: Finding, source: str) -> str:
    """file:line of a finding."""
    name = finding.file or source
    return f"{name}:{finding.lines[0][0]}" if finding.lines and finding.lines[0][0] else name


def findings(found: Sequence[Finding], source: str, *, everything: bool) -> None:
    """Findings a line each, the worst first; those for the record (info) only on request."""
    chosen = [f for f in found if everything or not (f.severity is Severity.INFO or f.silenced)]
    shown = chosen if everything else chosen[:SHOWN]
    for one in shown:
        remedy = f" -> silenced: {one.silenced}" if one.silenced else f" -> {one.remedy}" if one.remedy else ""
        print(f"  {one.severity.value:7} " + printable(f"{place(one, source)}: {one.message} [{one.code}]{remedy}"))
    if len(found) > len(shown):
        print(f"  … and {len(found) - len(shown)} more in the report (-v prints all)")


def taken_apart(made: TakenApart, *, json: bool) -> None:
    """The JATS of one string, or the same as JSON; what cannot be taken apart gives a note on stderr."""
    if json:
        as_json(made.rows)
    elif made.xml:
        print(made.xml)
    else:
        print("jatspack: nothing in this string could be told apart", file=sys.stderr)


def as_json(data: object) -> None:
    """JSON for machines on stdout. A name that is no Unicode (of a file in a bag, say) is written with \\u escapes."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    print(_HALVES.sub(lambda half: f"\\u{ord(half[0]):04x}", text))


def report(made: Package) -> None:
    """The report of a run on stdout, the same bytes as in its file."""
    sys.stdout.write(made.report.to_json().decode("utf-8"))


def progress(*, quiet: bool, verbose: bool) -> Stage | None:
    """A progress function for the pipeline: with -v each stage's seconds, else one changing line on a terminal.

    Both go to stderr, so that stdout holds nothing but results.
    """
    if verbose:
        return lambda stage, seconds: print(f"  {seconds:6.3f} s  {stage}", file=sys.stderr)
    if quiet or not sys.stderr.isatty():
        return None
    done: list[str] = []

    def tell(stage: str, _: float) -> None:
        done.append(stage)
        text = "" if stage == LAST else " · ".join(done) + " …"
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)

    return tell


LAST = "pack"  # the stage after which the line is taken away
