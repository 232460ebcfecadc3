"""What the tests of all protocols have in common: a target, its server, runs, and what must hold after them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handover.conftest import SECRET, StillClock
from handover.server import DEATHS, Server
from jatspack.config import Config, JournalConfig
from jatspack.depositing import Outcome, Wish, deposit
from jatspack.findings import Exit

ENVIRON = {
    "JATSPACK_THERE_TOKEN": SECRET,
    "JATSPACK_THERE_USER": "owl",
    "JATSPACK_THERE_PASSWORD": SECRET,
    "JATSPACK_THERE_ACCESS_KEY_ID": "AKIAOWL",
    "JATSPACK_THERE_SECRET_ACCESS_KEY": SECRET,
}


def config(target: dict[str, Any], folder: Path | None = None) -> Config:
    """A journal.toml with one target, called `there`."""
    return Config(journal=JournalConfig.model_validate({"targets": {"there": target}}), folder=folder)


@dataclass
class Trial:
    """One bag, one target, one server."""

    bag: Path
    target: dict[str, Any]
    server: Server
    clock: StillClock

    def run(self, *, environ: dict[str, str] | None = None, **wish: Any) -> Outcome:
        wish.setdefault("send", True)
        env = ENVIRON if environ is None else environ
        return deposit(self.bag, "there", config(self.target), wish=Wish(**wish), clock=self.clock, environ=env)

    @property
    def receipt(self) -> Path:
        return self.bag.with_name("owl.deposit.there.json")

    def change(self, make: Callable[..., Path], change: str = " and others") -> None:
        """Make the bag again, with other content."""
        shutil.rmtree(self.bag)
        make(self.bag.parent, change=change)


def done(outcome: Outcome, state: str = "deposited") -> Outcome:
    """The outcome, which must be good."""
    told = [(f.code, f.message) for f in outcome.findings]
    assert (outcome.state, outcome.exit) == (state, Exit.DONE), told
    return outcome


def codes(outcome: Outcome) -> set[str]:
    return {f.code for f in outcome.findings}


def interrupted(trial: Trial, fresh: Callable[[], Server], right: Callable[[Trial], object]) -> None:
    """For every request of a deposit: the server dies at it, before or after it did what was asked. When it is up again
    the same command is given again, and then there is one deposit with the right bytes."""
    done(trial.run())
    right(trial)
    for at in range(1, len(trial.server.seen) + 1):
        for death in DEATHS:
            trial.server = fresh()
            trial.receipt.unlink(missing_ok=True)
            trial.server.arm(death, at)
            outcome = trial.run()
            assert outcome.exit is Exit.UNREACHABLE
            assert codes(outcome) & {"handover-unreachable", "handover-unknown"}
            trial.server.heal()
            outcome = trial.run()
            assert outcome.state in ("deposited", "already"), (at, death, [f.message for f in outcome.findings])
            assert outcome.exit is Exit.DONE
            right(trial)


def unsteady(trial: Trial, hiccup: str, right: Callable[[Trial], object]) -> None:
    """Every request goes wrong once: one command is enough, and waits as long as the server asks."""
    trial.server.arm(hiccup)
    done(trial.run())
    right(trial)
    if "retry" in hiccup:
        assert min(trial.clock.waits) >= 7
