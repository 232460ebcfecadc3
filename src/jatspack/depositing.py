"""A bag -> a target of journal.toml: verified, rehearsed or sent, with a receipt of what was done."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jatspack.archive import verify
from jatspack.config import Config, load
from jatspack.config.targets import Target
from jatspack.deposit.completed import completed
from jatspack.deposit.job import Account
from jatspack.findings import Exit, Finding, Severity, UsageError, finding
from jatspack.handover import receipt as ledger
from jatspack.handover.credentials import Credentials, gather
from jatspack.handover.delivery import Delivery, Deposited
from jatspack.handover.parcel import Parcel, locate, parcel, stem_of
from jatspack.handover.patience import Clock
from jatspack.handover.receipt import Receipt
from jatspack.handover.troubles import Trouble
from jatspack.handover.wire import Rehearsal, Wire

if TYPE_CHECKING:
    from jatspack.handover.http import Bounds

State = Literal["rehearsed", "deposited", "already", "failed"]


@dataclass(slots=True)
class Outcome:
    """What came of a deposit, or would come of it. `requests` hold no secret."""

    target: str
    kind: str
    bag: Path
    state: State = "failed"
    address: str = ""
    known: dict[str, str] = field(default_factory=dict)
    requests: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    receipt: Path | None = None
    exit: Exit = Exit.DONE


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for besides: to send in earnest; the address of an earlier deposit; to forget the receipt, or to
    keep it in another folder."""

    send: bool = False
    earlier: str = ""
    anew: bool = False
    receipts: Path | None = None


def deposit(
    path: Path | str,
    to: str,
    config: Config | None = None,
    *,
    wish: Wish | None = None,
    clock: Clock | None = None,
    environ: Mapping[str, str] | None = None,
    bounds: Bounds | None = None,
) -> Outcome:
    """Hand the bag of an article to the target `to`; rehearse it unless `wish.send`.

    `path` is a bag, an output of `jatspack convert`, their stem, or their folder. With `config` None journal.toml is
    looked for beside the bag, above it, and in the working directory. What goes wrong at the target is a finding.

    Raises UsageError and UnreadableInput for what is wrong here.
    """
    wish, clock = wish or Wish(), clock or Clock()
    bag = locate(Path(path))
    config = _configuration(bag) if config is None else config
    target = config.journal.targets.get(to)
    if target is None:
        there = ", ".join(config.journal.targets) or "none"
        raise UsageError(f"--to {to}: journal.toml has no [targets.{to}]; it has {there} (docs/deposit.md)")
    outcome = Outcome(to, target.kind, bag, receipt=_receipt_path(bag, to, wish))
    checked = verify(bag)
    if not checked.valid:  # an invalid bag is never sent
        outcome.findings, outcome.exit = checked.findings, Exit.FINDINGS
        return outcome
    credentials = gather(to, target.kind, os.environ if environ is None else environ)
    try:
        with parcel(bag) as packed:
            if packed.record is not None:
                packed.record = completed(packed.record, config)
            folder = config.folder or bag.parent
            run = _Run(outcome, target, packed, credentials, _Circumstances(clock, folder, wish, bounds))
            run.send() if wish.send else run.rehearse()
    except OSError as error:
        raise UsageError(
            f"{bag}: cannot be packed ({error.strerror or error}); make room for temporary files, or set TMPDIR"
        ) from error
    outcome.findings += [f for f in checked.findings if f.severity is Severity.WARNING]
    return outcome


def _configuration(bag: Path) -> Config:
    places = [bag.parent, bag.absolute().parent.parent, Path()]
    found = next((place / "journal.toml" for place in places if (place / "journal.toml").is_file()), None)
    if found is None:
        raise UsageError(f"{bag}: no journal.toml beside it, above it, or here; name it with --config")
    return load(found)


def _receipt_path(bag: Path, to: str, wish: Wish) -> Path:
    return (wish.receipts or bag.parent) / f"{stem_of(bag)}.deposit.{to}.json"


def _place(target: Target, folder: Path) -> str:
    """Where a target is: a receipt of another place does not count."""
    if target.kind == "folder":
        return str(folder.absolute() / target.path)
    inner = {"s3": "bucket", "sword2": "collection", "dspace": "collection"}.get(target.kind, "")
    more = [str(getattr(target, name)) for name in (inner, "prefix") if name and hasattr(target, name)]
    return " ".join([target.url, *(text for text in more if text)])


def _urls(target: Target) -> list[str]:
    """Whose hosts may see the credentials."""
    if target.kind == "folder":
        return []
    if target.kind == "s3" and target.addressing == "virtual":
        scheme, _, rest = target.url.partition("://")
        return [target.url, f"{scheme}://{target.bucket}.{rest}"]
    if target.kind == "sword2" and target.collection.startswith("https://"):
        return [target.url, target.collection]
    return [target.url]


@dataclass(frozen=True, slots=True)
class _Circumstances:
    clock: Clock
    folder: Path  # of journal.toml
    wish: Wish
    bounds: Bounds | None


class _Run:
    """One attempt at one target."""

    def __init__(
        self,
        outcome: Outcome,
        target: Target,
        packed: Parcel,
        credentials: Credentials,
        around: _Circumstances,
    ) -> None:
        self.outcome, self.target, self.parcel, self.credentials = outcome, target, packed, credentials
        self.clock, self.folder, self.wish, self.bounds = around.clock, around.folder, around.wish, around.bounds
        self.place = _place(target, around.folder)

    def rehearse(self) -> None:
        """Note every request that would be sent, and what is missing."""
        data = {} if self.wish.anew or self.outcome.receipt is None else ledger.read(self.outcome.receipt)
        receipt = Receipt(None, self.outcome.target, self.place, self.clock, data)
        if self._is_done(receipt):
            return
        self._missing()
        self._deliver(Rehearsal(_urls(self.target), self.credentials, self.clock), receipt)

    def send(self) -> None:
        """Send, and keep a receipt; nothing where something is missing, or all was done before."""
        path = self.outcome.receipt
        assert path is not None
        with ledger.alone(path):
            data = {} if self.wish.anew else ledger.read(path)
            receipt = Receipt(path, self.outcome.target, self.place, self.clock, data)
            if self._is_done(receipt):
                return
            self._missing()
            if self.outcome.exit is not Exit.DONE or not self._complete(receipt):
                return
            from jatspack.handover.http import Line

            receipt.begin(self.parcel.digest, {"identifier": self.parcel.identifier, "bag": self.parcel.bag.name})
            done = self._deliver(Line(_urls(self.target), self.credentials, self.clock, self.bounds), receipt)
            if done is not None:
                receipt.known |= {**done.known, "address": done.address, "whole": "yes"}
                receipt.finish()

    def _is_done(self, receipt: Receipt) -> bool:
        """Whether the receipt says that this very state was deposited."""
        if receipt.state != "done" or receipt.digest != self.parcel.digest or self.wish.earlier:
            return False
        address = receipt.known.get("address", "")
        self.outcome.state, self.outcome.address = "already", address
        self.outcome.known = {key: receipt.known[key] for key in ("doi", "id") if key in receipt.known}
        self.outcome.findings.append(finding("handover-already", target=self.outcome.target, address=address))
        return True

    def _missing(self) -> None:
        if self.credentials.missing is not None:
            self.outcome.findings.append(self.credentials.missing)
            self.outcome.exit = Exit.USAGE

    def _complete(self, receipt: Receipt) -> bool:
        """Whether the target can have what it must have: a rehearsal finds out before anything is sent."""
        if self.target.kind in ("s3", "folder"):  # they ask for none
            return True
        trial = Outcome(self.outcome.target, self.outcome.kind, self.outcome.bag)
        wire = Rehearsal(_urls(self.target), self.credentials, self.clock)
        copy = Receipt(None, self.outcome.target, self.place, self.clock, {"place": self.place, "known": receipt.known})
        self._deliver(wire, copy, trial)
        refused = [f for f in trial.findings if f.code in ("deposit-needs", "deposit-invalid", "handover-refused")]
        if refused:
            self.outcome.findings += refused
            self.outcome.exit = Exit.FINDINGS
        return not refused

    def _deliver(self, wire: Wire, receipt: Receipt, outcome: Outcome | None = None) -> Deposited | None:
        outcome = outcome or self.outcome
        account = Account(outcome.target)
        job: Delivery[Any] = Delivery(
            outcome.target, self.target, self.parcel, wire, receipt, account, self.folder, self.wish.earlier
        )
        module, scrub = import_module(f"jatspack.handover.{self.target.kind}"), self.credentials.scrub
        done: Deposited | None = None
        try:
            made: Deposited = module.deliver(job)
            known = {name: scrub(value) for name, value in made.known.items()}
            done = replace(made, address=scrub(made.address), known=known)
            outcome.state = "rehearsed" if wire.rehearsal else "already" if done.already else "deposited"
            outcome.address, outcome.known = done.address, done.known
            if not wire.rehearsal and done.already:
                job.tell("handover-already", address=done.address)
            elif not wire.rehearsal and done.replaced:
                job.tell("handover-replaced", address=done.address)
        except Trouble as trouble:
            job.findings.append(trouble.finding(outcome.target))
            outcome.exit = trouble.exit
        outcome.requests = [sent.row() for sent in wire.sent]
        found = [f for n, f in enumerate(account.findings) if f not in account.findings[:n]] + job.findings
        outcome.findings += [replace(f, data={name: scrub(value) for name, value in f.data.items()}) for f in found]
        if account.refused:
            outcome.state, outcome.exit = "failed", max(outcome.exit, Exit.FINDINGS)
        return done
