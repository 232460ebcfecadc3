"""How a batch goes on, told: live on a terminal, a line a minute in a log, events for machines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from jatspack.batch import Entry, Outcome, State, Summary, Tally

_MINUTE = 60.0
_NOTES = 20  # printed of what was noticed beforehand
_BAD = (State.FAILED, State.SET_ASIDE)


class Quiet:
    """Tells nothing but why it stops."""

    def planned(self, tally: Tally, notes: Sequence[str]) -> None:
        """What is to be done is known."""

    def begun(self, entry: Entry, tally: Tally) -> None:
        """An article was handed to a worker."""

    def ended(self, entry: Entry, outcome: Outcome, tally: Tally) -> None:
        """An article is over."""

    def tick(self, tally: Tally) -> None:
        """A second has gone by."""

    def stopping(self, why: str) -> None:
        """No more articles are begun."""
        print(f"jatspack: {why}", file=sys.stderr)

    def over(self, tally: Tally) -> None:
        """The run is over."""


class Log(Quiet):
    """Lines for a log: one a minute, one for each article that was not made, and the result."""

    def __init__(self, output: Path, everything: bool) -> None:
        self.output, self.everything, self._told = output, everything, time.monotonic()

    def planned(self, tally: Tally, notes: Sequence[str]) -> None:
        for note in notes[:_NOTES]:
            self.line(note)
        if len(notes) > _NOTES:
            self.line(f"… and {len(notes) - _NOTES} more")
        left = sum(tally.states.values()) - tally.todo
        self.line(f"{tally.todo} articles to do" + (f", {left} as they were" if left else ""))

    def ended(self, entry: Entry, outcome: Outcome, tally: Tally) -> None:
        if outcome.state in _BAD:
            self.line(f"{entry.name}: {outcome.state}: {outcome.message}")
        elif self.everything:
            self.line(f"{entry.name}: {outcome.state}, {outcome.seconds:.1f} s{_findings(outcome)}")
        self.tick(tally)

    def tick(self, tally: Tally) -> None:
        if time.monotonic() - self._told >= _MINUTE:
            self._told = time.monotonic()
            self.line(progress(tally))

    def over(self, tally: Tally) -> None:
        self.line(f"{tally.count} articles in {_duration(tally.seconds)}, {tally.rate:.2f} a second: {_ended(tally)}")
        for state in (State.ERRORS, *_BAD):
            if n := tally.states[state]:
                self.line(f"{n} {state}: jatspack status {self.output} --state {state}")
        self.line(f"{self.output / 'index.html'}")

    def line(self, text: str) -> None:
        """Print one line."""
        print(text, file=sys.stderr, flush=True)


class Live(Log):
    """A bar that changes on a terminal."""

    def __init__(self, output: Path, everything: bool) -> None:
        super().__init__(output, everything)
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._bar = Progress(
            BarColumn(30), TextColumn("{task.description}"), console=Console(stderr=True), transient=True
        )
        self._task = self._bar.add_task("", total=None)

    def planned(self, tally: Tally, notes: Sequence[str]) -> None:
        super().planned(tally, notes)
        self._bar.update(self._task, total=max(tally.bytes, 1))
        if tally.todo:
            self._bar.start()

    def ended(self, entry: Entry, outcome: Outcome, tally: Tally) -> None:
        super().ended(entry, outcome, tally)
        self._bar.update(self._task, completed=tally.bytes_ended)

    def tick(self, tally: Tally) -> None:
        from rich.markup import escape

        self._bar.update(self._task, description=escape(progress(tally)))

    def stopping(self, why: str) -> None:
        self.line(why)

    def over(self, tally: Tally) -> None:
        self._bar.stop()
        super().over(tally)

    def line(self, text: str) -> None:
        self._bar.console.print(text, markup=False, highlight=False)


class Events(Quiet):
    """A JSON object a line on stdout, each with its `event` and `time` (seconds since 1970)."""

    def planned(self, tally: Tally, notes: Sequence[str]) -> None:
        self._tell("planned", todo=tally.todo, bytes=tally.bytes, notes=list(notes), states=_states(tally))

    def begun(self, entry: Entry, tally: Tally) -> None:
        self._tell("begun", source=entry.name, folder=entry.folder, running=len(tally.running))

    def ended(self, entry: Entry, outcome: Outcome, tally: Tally) -> None:
        self._tell(
            "ended",
            source=entry.name,
            folder=entry.folder,
            state=outcome.state,
            exit=outcome.exit,
            seconds=round(outcome.seconds, 3),
            message=outcome.message,
            findings=dict(outcome.summary.severities) if outcome.summary else {},
            count=tally.count,
            todo=tally.todo,
        )

    def stopping(self, why: str) -> None:
        self._tell("stopping", message=why)

    def over(self, tally: Tally) -> None:
        self._tell(
            "over",
            count=tally.count,
            seconds=round(tally.seconds, 3),
            states=_states(tally),
            interrupted=tally.interrupted,
        )

    def _tell(self, event: str, **data: Any) -> None:
        print(json.dumps({"event": event, "time": round(time.time(), 3), **data}, ensure_ascii=False), flush=True)


def progress(tally: Tally) -> str:
    """One line: how many are done, how fast, how long it will take, and what takes longest."""
    parts = [f"{tally.count} of {tally.todo}", _ended(tally), f"{tally.rate:.2f} a second"]
    if tally.warned:
        parts.insert(2, f"{tally.warned} with warnings")
    if tally.left is not None:
        parts.append(f"{_duration(tally.left)} left")
    if tally.slowest:
        name, seconds = tally.slowest
        parts.append(f"{name[-40:]} {seconds:.0f} s")
    return " · ".join(part for part in parts if part)


def _ended(tally: Tally) -> str:
    return ", ".join(f"{n} {state}" for state, n in sorted(tally.ended.items()))


def _states(tally: Tally) -> dict[str, int]:
    return {state.value: n for state, n in tally.states.items()}


def _duration(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds)))


def _findings(outcome: Outcome) -> str:
    counts = (outcome.summary or Summary()).severities
    return f", {counts['error']} errors, {counts['warning']} warnings"
