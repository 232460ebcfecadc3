"""jatspack status"""

from __future__ import annotations

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
    page: Annotated[bool, typer.Option("--page", help="Write index.html anew, as it stands now.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Print every article.")] = False,
) -> None:
    """What a batch has done, and what became of each article.

    Example:  jatspack status out/

    Example:  jatspack status out/ --state failed --state set-aside

    Example:  jatspack status out/ --csv > batch.csv

    Example:  jatspack status out/ --page

    It can be asked while the batch runs, whose end writes out/index.html anyway. Exit status: 1 where an article
    failed, was set aside or has errors.
    """
    from jatspack.batch import Ledger, State
    from jatspack.batch.listing import as_csv, facts

    with Ledger(output) as ledger:
        if page:
            from jatspack.batch.index import write_index

            write_index(ledger, output)
        counts = ledger.counts()
        entries = ledger.entries(*(State(one.value) for one in state or ()))
        if table:
            print(as_csv(entries), end="")
        elif json:
            show.as_json({"states": counts, "articles": [facts(entry) for entry in entries]})
        else:
            _print(output, counts, list(entries), asked=bool(state) or verbose)
    bad = counts[State.ERRORS] + counts[State.FAILED] + counts[State.SET_ASIDE]
    raise typer.Exit(int(bool(bad)))


def _print(output: Path, counts: dict[Any, int], entries: list[Entry], *, asked: bool) -> None:
    from jatspack.batch import State
    from jatspack.batch.listing import facts

    print(f"{output}: " + ", ".join(f"{n} {state}" for state, n in counts.items() if n))
    usual = (State.FAILED, State.SET_ASIDE, State.ERRORS)
    chosen = entries if asked else [entry for entry in entries if entry.state in usual]
    for entry in chosen if asked else chosen[:_SHOWN]:
        row = facts(entry)
        said = entry.message or f"{row['errors']} errors, {row['warnings']} warnings, {entry.seconds:.1f} s"
        print(f"  {entry.state:9} {entry.name}: {said}")
    if not asked and len(chosen) > _SHOWN:
        print(f"  … and {len(chosen) - _SHOWN} more (-v prints all, --csv and --json too)")
