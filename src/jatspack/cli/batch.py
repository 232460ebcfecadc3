"""jatspack batch"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jatspack.cli import options

if TYPE_CHECKING:
    from jatspack.batch import State, Watch


class Retry(StrEnum):
    """Articles that are done again although nothing of them has changed."""

    FAILED = "failed"  # refused or set aside
    ERRORS = "errors"  # made, with errors in the report


def batch(
    articles: Annotated[
        list[str],
        typer.Argument(
            help="Folders, files, patterns in quotes, lists (.csv, .tsv), or - for a list on standard input.",
            show_default=False,
        ),
    ],
    output: options.OutputOption = Path("out"),
    config: options.ConfigOption = None,
    only: options.OnlyOption = None,
    no_pdf: options.NoPdfOption = False,
    serialize: options.SerializeOption = None,
    theme: options.ThemeOption = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=1000, help="Processes.", show_default="one for each processor")
    ] = None,
    time_limit: Annotated[float, typer.Option("--time-limit", min=1, help="Seconds that one article may take.")] = 600,
    memory_limit: Annotated[
        int, typer.Option("--memory-limit", min=200, help="Megabytes that a worker may hold, pandoc and PDF aside.")
    ] = 1500,
    retry: Annotated[
        list[Retry] | None, typer.Option("--retry", help="Do these again as well; repeat it for both.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Do all again, and replace what lies in the folder.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print events, a JSON object a line.")] = False,
    quiet: options.QuietOption = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Print a line for each article.")] = False,
) -> None:
    """Convert many articles; go on where an earlier run stopped.

    Example:  jatspack batch inbox/ -o out/

    Example:  jatspack batch 'inbox/**/*.md' -o out/ --no-pdf --retry failed

    Example:  jatspack batch issue-7.csv -o out/

    What is new, changed or unfinished is done; the rest is left. Each article has a folder of its own in out/, whose
    ledger and index.html say what became of it: see `jatspack status`. An article that hangs, takes too much memory or
    crashes is set aside. Ctrl-C finishes what is being done, a second one stops at once; nothing is lost either way.

    Exit status: 1 where an article of the folder is not done and valid, 130 after an interrupt.
    """
    from jatspack.batch import Again, Options, collect, exit_status, run_batch
    from jatspack.batch.local import Local

    wanted = Options(
        only=frozenset(options.outputs(only, no_pdf)),
        theme=theme,
        serialize=serialize.value if serialize else None,
        journal=config,
        seconds=time_limit,
        megabytes=memory_limit,
    )
    again = Again(frozenset(state for one in retry or () for state in _states(one)), all=force)
    engine = Local(wanted, workers or len(os.sched_getaffinity(0)))
    tally = run_batch(
        collect(articles, output, sys.stdin), output, wanted, engine, _watch(output, json, quiet, verbose), again
    )
    raise typer.Exit(exit_status(tally))


def _states(retry: Retry) -> list[State]:
    from jatspack.batch import State

    return [State.FAILED, State.SET_ASIDE] if retry is Retry.FAILED else [State.ERRORS]


def _watch(output: Path, json: bool, quiet: bool, verbose: bool) -> Watch:
    """Who tells how it goes on: events for machines, a live display on a terminal, else a line a minute."""
    from jatspack.cli.watching import Events, Live, Log, Quiet

    if json:
        return Events()
    if quiet:
        return Quiet()
    return Live(output, verbose) if sys.stderr.isatty() else Log(output, verbose)
