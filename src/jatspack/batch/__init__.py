"""Many articles: which ones, on what, what became of each, and how to go on after whatever happened."""

from __future__ import annotations

from jatspack.batch.ledger import Entry, Ledger
from jatspack.batch.plan import Again
from jatspack.batch.run import Tally, Watch, exit_status, run_batch
from jatspack.batch.sources import collect
from jatspack.batch.task import Options, Outcome, Source, State, Summary

__all__ = [
    "Again", "Entry", "Ledger", "Options", "Outcome", "Source", "State", "Summary", "Tally", "Watch", "collect",
    "exit_status", "run_batch",
]  # fmt: skip
