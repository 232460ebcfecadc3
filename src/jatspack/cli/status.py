"""jatspack status"""

from __future__ import annotations

import csv
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jatspack.cli import options, show

if TYPE_CHECKING:
    from jatspack.batch import Entry

_SHOWN = 20  # articles printed without -v


class Chosen(StrEnum):
    """States of an article."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    ERRORS = "errors"
    FAILED = "failed"
    SET_ASIDE = "set-aside"
    GONE = "gone"


def status(
    output: Annotated[Path, typer.Argument(help="The folder of a batch.")] = Path("out"),
    state: Annotated[
        list[Chosen] | None, typer.Option("--state", help="Only articles in this state; repeat it for several.")
    ] = None,
    json: options.JsonOption = False,
    table: Annotated[bool, typer.Option("--csv", help="Print a table, a line for each article.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Print every article.")] = False,
) -> None:
    """What a batch has done, and what became of each article.

    Example:  jatspack status out/

    Example:  jatspack status out/ --state failed --state set-aside

    Example:  jatspack status out/ --csv > batch.csv

    It can be asked while the batch runs. Exit status: 1 where an article failed, was set aside or has errors.
    """
    from jatspack.batch import Ledger, State

    with Ledger(output) as ledger:
        counts = ledger.counts()
        entries = ledger.entries(*(State(one.value) for one in state or ()))
        if table:
            _csv(list(entries))
        elif json:
            show.as_json({"states": counts, "articles": [_row(entry) for entry in entries]})
        else:
            _print(output, counts, list(entries), asked=bool(state) or verbose)
    bad = counts[State.ERRORS] + counts[State.FAILED] + counts[State.SET_ASIDE]
    raise typer.Exit(int(bool(bad)))


def _row(entry: Entry) -> dict[str, Any]:
    """An article as machines read it; times are seconds since 1970."""
    told, severities = entry.summary, {"error": 0, "warning": 0, "info": 0}
    for (_, severity), n in told.findings.items():
        severities[severity] += n
    return {
        "source": entry.name,
        "folder": entry.folder,
        "state": entry.state,
        "exit": entry.exit,
        "message": entry.message,
        "seconds": round(entry.seconds, 3),
        "attempts": entry.attempts,
        "bytes": entry.bytes,
        "sha256": entry.sha256,
        "title": told.title,
        "language": told.language,
        "journal": told.journal,
        "valid": told.valid,
        "errors": severities["error"],
        "warnings": severities["warning"],
        "infos": severities["info"],
        "words": told.words,
        "words_unaccounted": told.missing,
        "outputs": sorted(told.outputs),
        "findings": {code: n for (code, _), n in sorted(told.findings.items())},
        "started": entry.started,
        "ended": entry.ended,
    }


def _csv(entries: list[Entry]) -> None:
    rows = [_row(entry) for entry in entries]
    for row in rows:
        row["outputs"] = " ".join(row["outputs"])
        row["findings"] = " ".join(f"{code}:{n}" for code, n in row["findings"].items())
    columns = list(rows[0]) if rows else ["source"]
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _print(output: Path, counts: dict[Any, int], entries: list[Entry], *, asked: bool) -> None:
    from jatspack.batch import State

    print(f"{output}: " + ", ".join(f"{n} {state}" for state, n in counts.items() if n))
    usual = (State.FAILED, State.SET_ASIDE, State.ERRORS)
    chosen = entries if asked else [entry for entry in entries if entry.state in usual]
    for entry in chosen if asked else chosen[:_SHOWN]:
        row = _row(entry)
        said = entry.message or f"{row['errors']} errors, {row['warnings']} warnings, {entry.seconds:.1f} s"
        print(f"  {entry.state:9} {entry.name}: {said}")
    if not asked and len(chosen) > _SHOWN:
        print(f"  … and {len(chosen) - _SHOWN} more (-v prints all, --csv and --json too)")
