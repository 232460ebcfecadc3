"""jatspack batch"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jatspack.cli import options

if TYPE_CHECKING:
    from jatspack.batch import Options, State, Watch
    from jatspack.batch.engine import Engine


class EngineName(StrEnum):
    """Where articles are made."""

    LOCAL = "local"
    DASK = "dask"


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
        int | None,
        typer.Option("--workers", min=1, max=1000, help="Processes here.", show_default="one for each processor"),
    ] = None,
    time_limit: Annotated[float, typer.Option("--time-limit", min=1, help="Seconds that one article may take.")] = 600,
    memory_limit: Annotated[
        int, typer.Option("--memory-limit", min=200, help="Megabytes that a worker may hold, pandoc and PDF aside.")
    ] = 1500,
    engine: Annotated[
        EngineName | None,
        typer.Option(
            "--engine",
            help="This machine, or workers of dask: docs/cluster.md.",
            show_default="local, or dask where a scheduler is given",
        ),
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="Address of dask's scheduler: tcp://host:8786, tls://host:8786.")
    ] = None,
    scheduler_file: Annotated[
        Path | None, typer.Option("--scheduler-file", help="The file in which dask's scheduler says where it is.")
    ] = None,
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

    Example:  jatspack batch inbox/ -o out/ --scheduler tcp://head:8786

    What is new, changed or unfinished is done; the rest is left. Each article has a folder of its own in out/, whose
    ledger and index.html say what became of it: see `jatspack status`. An article that hangs, takes too much memory or
    crashes is set aside. Ctrl-C finishes what is being done, a second one stops at once; nothing is lost either way.

    Exit status: 1 where an article of the folder is not done and valid, 130 after an interrupt.
    """
    from jatspack.batch import Again, Options, collect, exit_status, run_batch

    wanted = Options(
        only=frozenset(options.outputs(only, no_pdf)),
        theme=theme,
        serialize=serialize.value if serialize else None,
        journal=config,
        seconds=time_limit,
        megabytes=memory_limit,
    )
    again = Again(frozenset(state for one in retry or () for state in _states(one)), all=force)
    watch = _watch(output, json, quiet, verbose)
    place = _Place(engine, scheduler, scheduler_file, workers or len(os.sched_getaffinity(0)))
    sources = collect(articles, output, sys.stdin)
    with _engine(place, wanted, output, loud=not (json or quiet)) as one:
        tally = run_batch(sources, output, wanted, one, watch, again)
    raise typer.Exit(exit_status(tally))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the work is to be done, as the options say."""

    engine: EngineName | None
    scheduler: str | None
    file: Path | None
    workers: int


@contextmanager
def _engine(place: _Place, wanted: Options, output: Path, *, loud: bool) -> Iterator[Engine]:
    """This machine's processes, or a cluster's."""
    from jatspack.findings import UsageError

    there = [name for name, given in (("--scheduler", place.scheduler), ("--scheduler-file", place.file)) if given]
    if len(there) == 2 or (there and place.engine is EngineName.LOCAL):
        raise UsageError(f"{there[-1]} does not go with {'--scheduler' if len(there) == 2 else '--engine local'}")
    if not there and place.engine is not EngineName.DASK:
        from jatspack.batch.local import Local

        yield Local(wanted, place.workers)
        return
    from jatspack.batch.connect import connected, described

    with connected(place.scheduler, place.file, place.workers) as client:
        from jatspack.batch.cluster import Cluster

        if loud:
            print(described(client), file=sys.stderr)
        yield Cluster(client, wanted, output)


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
