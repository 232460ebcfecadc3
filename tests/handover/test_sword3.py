"""SWORD v3: one deposit with the right bytes, whatever happens; and where nobody can know, a person is asked."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handover.conftest import SECRET, StillClock, make
from handover.protocols import Trial, codes, done
from handover.server import DEATHS, HICCUPS
from handover.sword3_server import Sword3Server
from jatspack.archive import verify
from jatspack.depositing import Outcome
from jatspack.findings import Exit

ENVIRON = {"JATSPACK_THERE_TOKEN": SECRET}


@pytest.fixture
def trial(bag: Path, clock: StillClock, serve: Callable[[Any], Any]) -> Trial:
    server = serve(Sword3Server())
    return Trial(bag, {"kind": "sword3", "url": f"{server.url}/service"}, server, clock)


def again(trial: Trial, server: Sword3Server) -> None:
    trial.server, trial.target["url"] = server, f"{server.url}/service"
    trial.receipt.unlink(missing_ok=True)


def right(trial: Trial, tmp: Path) -> None:
    """The one Object: complete, described, and a SWORDBagIt that verifies and holds the article's own bytes."""
    server = trial.server
    assert isinstance(server, Sword3Server)
    (own,) = server.objects.values()
    assert own["complete"]
    assert own["metadata"]["dcterms:identifier"].startswith("10.5555/owl")
    packed = tmp / "received.zip"
    packed.write_bytes(own["bag"])
    assert verify(packed).valid
    with zipfile.ZipFile(packed) as archive:
        names = {name.partition("/")[2]: name for name in archive.namelist()}
        assert archive.read(names["data/owl.pdf"]) == (trial.bag / "data/owl.pdf").read_bytes()
        assert b'"Metadata"' in archive.read(names["metadata/sword.json"])
        assert b"BagIt-Profile-Identifier: http://purl.org/net/sword/3.0/package/SWORDBagIt" in archive.read(
            names["bag-info.txt"]
        )


def test_deposited_and_twice_is_once(trial: Trial, tmp_path: Path) -> None:
    outcome = done(trial.run(environ=ENVIRON))
    right(trial, tmp_path)
    assert outcome.address == f"{trial.server.url}/page/1"
    done(trial.run(environ=ENVIRON), "already")
    trial.change(make)
    assert "handover-replaced" in codes(done(trial.run(environ=ENVIRON)))
    right(trial, tmp_path)


def test_the_receipt_is_lost_but_a_person_knows(trial: Trial, tmp_path: Path) -> None:
    done(trial.run(environ=ENVIRON))
    trial.receipt.unlink()
    done(trial.run(environ=ENVIRON, earlier=f"{trial.server.url}/object/1"))
    right(trial, tmp_path)


KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "ETags": {"etags": True},
    "segments": {"limit": 4500, "segment": 4500, "etags": True},
}


def test_interrupted_at_any_request(trial: Trial, serve: Callable[[Any], Any], tmp_path: Path) -> None:
    """In the longest of all deposits: segments, and concurrency control."""
    again(trial, serve(Sword3Server(**KINDS["segments"])))
    done(trial.run(environ=ENVIRON))
    right(trial, tmp_path)
    for at in range(1, len(trial.server.seen) + 1):
        for death in DEATHS:
            server = serve(Sword3Server(**KINDS["segments"]))
            again(trial, server)
            server.arm(death, at)
            outcome = trial.run(environ=ENVIRON)
            assert outcome.exit is Exit.UNREACHABLE
            server.heal()
            done(trial.run(environ=ENVIRON, **asked(trial, server, outcome)))
            right(trial, tmp_path)


@pytest.mark.parametrize("hiccup", HICCUPS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_request_goes_wrong_once(
    kind: str, hiccup: str, trial: Trial, serve: Callable[[Any], Any], tmp_path: Path
) -> None:
    server = serve(Sword3Server(**KINDS[kind]))
    again(trial, server)
    server.arm(hiccup)
    outcome = trial.run(environ=ENVIRON)
    if "handover-unknown" in codes(outcome):
        assert hiccup in ("500", "breaks before", "breaks after")
        outcome = trial.run(environ=ENVIRON, **asked(trial, server, outcome))
    done(outcome)
    right(trial, tmp_path)


def asked(trial: Trial, server: Sword3Server, outcome: Outcome) -> dict[str, Any]:
    """What a person finds out where the program cannot; until then nothing more is made."""
    if "handover-unknown" not in codes(outcome):
        return {}
    count = len(server.seen)
    assert "handover-unknown" in codes(trial.run(environ=ENVIRON))
    assert all(seen.method == "GET" for seen in server.seen[count:])
    return {"earlier": f"{server.url}/object/1"} if server.objects else {"anew": True}


def test_too_large(trial: Trial, serve: Callable[[Any], Any]) -> None:
    again(trial, serve(Sword3Server(limit=4500)))
    outcome = trial.run(environ=ENVIRON)
    assert outcome.exit is Exit.FINDINGS
    assert any("4500 bytes at most" in f.message for f in outcome.findings)
