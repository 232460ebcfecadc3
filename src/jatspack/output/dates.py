"""The date and time of a run: told in one place, so that the same run gives the same bytes."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from jatspack.config import Config
from jatspack.findings import UsageError


def run_date(config: Config) -> date:
    """The one date of a run: configured, else SOURCE_DATE_EPOCH (UTC), else today (UTC).

    Raises UsageError for a SOURCE_DATE_EPOCH that is no number.
    """
    return run_time(config).date()


def run_time(config: Config) -> datetime:
    """The same with its time of the day (UTC), for what is counted in seconds; midnight for a configured date."""
    if config.journal.output.bagging_date:
        parts = [int(p) for p in config.journal.output.bagging_date.split("-")]
        year, month, day = [*parts, 1, 1][:3]
        return datetime(year, month, day, tzinfo=UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH={epoch!r} is no number of seconds; unset it or correct it") from error
