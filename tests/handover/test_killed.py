"""The program itself is killed: before or after any of its notes in the receipt. The next run ends what it began."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from handover import test_dspace, test_invenio, test_sword2
from handover.conftest import SECRET, StillClock
from handover.dspace_server import COLLECTION, DSpaceServer
from handover.invenio_server import InvenioServer
from handover.protocols import Trial, codes, done
from handover.server import Server
from handover.sword2_server import Sword2Server
from handover.sword3_server import Sword3Server
from jatspack.handover.receipt import Receipt

KINDS: list[tuple[Callable[[], Server], str, dict[str, Any], Callable[[Trial], object]]] = [
    (InvenioServer, "", {"kind": "invenio", "publish": True, "files": ["pdf", "jats"]}, test_invenio.right),
    (Sword2Server, "/sd", {"kind": "sword2", "collection": "Articles"}, test_sword2.right),
    (
        DSpaceServer, "/server/api",
        {"kind": "dspace", "collection": COLLECTION, "files": ["pdf", "jats"], "grant_licence": True, "submit": True},
        test_dspace.right,
    ),
]  # fmt: skip


@contextmanager
def killed(at: int, *, after: bool) -> Iterator[list[int]]:
    """The write number `at` of a receipt is the last thing that happens, or does not happen any more."""
    whole, calls = Receipt._write, [0]

    def write(self: Receipt) -> None:
        calls[0] += 1
        if calls[0] == at and not after:
            raise KeyboardInterrupt
        whole(self)
        if calls[0] == at:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Receipt, "_write", write)
        yield calls


@pytest.mark.parametrize(
    ("start", "path", "target", "right"), KINDS, ids=lambda v: v["kind"] if isinstance(v, dict) else ""
)
def test_at_any_note(
    start: Callable[[], Server], path: str, target: dict[str, Any], right: Callable[[Trial], object],
    bag: Path, clock: StillClock, serve: Callable[[Any], Any],
) -> None:  # fmt: skip
    at, over = 1, False
    while not over:
        server = serve(start())
        trial = Trial(bag, {**target, "url": server.url + path}, server, clock)
        trial.receipt.unlink(missing_ok=True)
        with killed(at, after=at % 2 == 0) as calls:
            try:
                done(trial.run())
                over = calls[0] < at
            except KeyboardInterrupt:
                pass
        outcome = trial.run()
        assert outcome.state in ("deposited", "already")
        right(trial)
        at += 1
    assert at > 5


def test_a_deposit_that_nobody_can_ask_for_is_not_made_twice(
    bag: Path, clock: StillClock, serve: Callable[[Any], Any]
) -> None:
    """SWORD v3, killed between the Object and the note of its address."""
    server = serve(Sword3Server())
    environ = {"JATSPACK_THERE_TOKEN": SECRET}
    trial = Trial(bag, {"kind": "sword3", "url": f"{server.url}/service"}, server, clock)
    with pytest.raises(KeyboardInterrupt), killed(3, after=False):
        trial.run(environ=environ)
    assert len(server.objects) == 1
    assert json.loads(trial.receipt.read_bytes())["known"] == {"creating": "yes"}
    assert "handover-unknown" in codes(trial.run(environ=environ))
    assert len(server.objects) == 1
    done(trial.run(environ=environ, earlier=f"{server.url}/object/1"))
    assert len(server.objects) == 1
    assert server.objects["1"]["complete"]
