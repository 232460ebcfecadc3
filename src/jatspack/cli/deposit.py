"""jatspack deposit"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jatspack.cli import options, show

if TYPE_CHECKING:
    from jatspack.depositing import Outcome

_SAID = {
    "rehearsed": "dry run: nothing was sent; --send sends it",
    "deposited": "deposited",
    "already": "deposited before, unchanged",
    "failed": "NOT deposited",
}


def deposit(
    article: Annotated[Path, typer.Argument(help="Outputs of convert: their stem or folder, one of them, or a bag.")],
    to: Annotated[str, typer.Option("--to", help="Name of a target in journal.toml.")],
    send: Annotated[bool, typer.Option("--send", help="Send it. Without, the requests are only printed.")] = False,
    config: options.ConfigOption = None,
    earlier: Annotated[
        str, typer.Option("--earlier", help="Address there of an earlier deposit that the receipt does not know.")
    ] = "",
    anew: Annotated[bool, typer.Option("--anew", help="Forget the receipt: make a new deposit.")] = False,
    receipts: Annotated[
        Path | None, typer.Option("--receipts", help="Folder for receipts, else that of the bag.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print requests, findings and result as JSON.")] = False,
    quiet: options.QuietOption = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Print the headers of every request.")] = False,
) -> None:
    """Hand a bag to a repository or a store.

    Example:  jatspack deposit out/article --to zenodo

    Example:  jatspack deposit out/article --to zenodo --send

    Targets stand in journal.toml, [targets.NAME]: SWORD v2 and v3, InvenioRDM (Zenodo), DSpace 7, S3, a folder. Their
    credentials come from the environment (JATSPACK_NAME_TOKEN, _USER, _PASSWORD) or the keyring, and are never printed.

    The bag is verified first. A deposit that was interrupted goes on where it stopped, the same article twice is one
    deposit, a changed one a new version where the target has versions. The receipt beside the bag knows what was done.

    Exit status: 0 deposited, or dry run without errors; 1 refused, or something is missing; 2 wrong use, no
    credentials; 3 no bag; 5 the target did not answer as it should: run again.
    """
    from jatspack.config import load
    from jatspack.depositing import Wish
    from jatspack.depositing import deposit as run

    wish = Wish(send, earlier, anew, receipts)
    outcome = run(article, to, load(config) if config is not None else None, wish=wish)
    if json:
        show.as_json(_rows(outcome))
    else:
        _tell(outcome, quiet=quiet, verbose=verbose)
    raise typer.Exit(int(outcome.exit))


def _tell(outcome: Outcome, *, quiet: bool, verbose: bool) -> None:
    from jatspack.findings import Severity
    from jatspack.report import in_order

    found = in_order(outcome.findings)
    if quiet:
        found = [f for f in found if f.severity is Severity.ERROR]
    elif outcome.state == "rehearsed" or verbose:
        for number, request in enumerate(outcome.requests, 1):
            _request(number, request, headers=verbose or outcome.state == "rehearsed")
    if not quiet:
        print(show.printable(f"{outcome.bag} -> {outcome.target}: {_SAID[outcome.state]}"))
        for name, value in {"address": outcome.address, **outcome.known}.items():
            if value and outcome.state in ("deposited", "already"):
                print(f"  {show.printable(f'{name}: {value}')}")
    show.findings(found, str(outcome.bag), everything=True)


def _request(number: int, request: dict[str, object], *, headers: bool) -> None:
    status = f"  -> {request['status']}" if request["status"] else ""
    head = show.printable(f"{request['method']} {request['url']}")
    print(f"{number:3}. {head}{status}")
    known = request["headers"]
    if headers and isinstance(known, dict):
        for name, value in known.items():
            print(f"       {show.printable(f'{name}: {value}')}")
    body = request["body"]
    if isinstance(body, dict):
        digest = f", sha256 {body['sha256']}" if body["sha256"] else ""
        print(f"       {body['size']} bytes{digest}")


def _rows(outcome: Outcome) -> dict[str, object]:
    from jatspack.report import in_order, reported

    found = [reported(f, str(outcome.bag)).model_dump() for f in in_order(outcome.findings)]
    return {
        "target": outcome.target,
        "kind": outcome.kind,
        "bag": str(outcome.bag),
        "state": outcome.state,
        "address": outcome.address if outcome.state in ("deposited", "already") else "",
        "known": outcome.known if outcome.state in ("deposited", "already") else {},
        "receipt": str(outcome.receipt) if outcome.receipt else "",
        "requests": outcome.requests,
        "findings": found,
    }
