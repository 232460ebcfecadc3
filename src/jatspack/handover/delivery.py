"""What every protocol is handed, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from jatspack.deposit.job import Account
from jatspack.findings import Finding, finding
from jatspack.handover.exchange import Answer
from jatspack.handover.parcel import Parcel
from jatspack.handover.receipt import Receipt
from jatspack.handover.troubles import Strange, Trouble, Unknown
from jatspack.handover.wire import Wire

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Delivery(Generic[T]):
    """A parcel on its way to one target. `folder` is that of journal.toml; `earlier` is an address of an earlier
    deposit that a person named."""

    name: str
    target: T
    parcel: Parcel
    wire: Wire
    receipt: Receipt
    account: Account
    folder: Path
    earlier: str = ""
    findings: list[Finding] = field(default_factory=list)

    def note(self, step: str, **known: str) -> None:
        """Keep a step in the receipt, without secrets that the target may repeat; a rehearsal keeps none."""
        if not self.wire.rehearsal:
            self.receipt.note(step, **{name: self.wire.credentials.scrub(value) for name, value in known.items()})

    def creating(self, send: Callable[[], Answer]) -> Answer:
        """Send what makes a deposit. The receipt says so before, so that a run that was killed meanwhile is known to
        have tried; this stands there until `made` says what came of it, or it is sure that nothing did."""
        self.note("deposit begun", creating="yes")
        try:
            return send()
        except (Unknown, Strange):
            raise
        except Trouble:
            self.note("no deposit made", creating="")
            raise

    def made(self, step: str, **known: str) -> None:
        """The deposit is there, and known by these facts."""
        self.note(step, creating="", **known)

    @property
    def may_be_there(self) -> bool:
        """Whether an earlier run may have made a deposit and never learned of it."""
        return self.receipt.known.get("creating") == "yes"

    def tell(self, code: str, **data: str) -> None:
        """A finding about this target."""
        self.findings.append(finding(code, target=self.name, **data))


@dataclass(frozen=True, slots=True)
class Deposited:
    """Where the article is now, and whether anything was to be done."""

    address: str
    already: bool = False
    replaced: bool = False
    known: dict[str, str] = field(default_factory=dict)  # what is worth knowing besides, such as a DOI
