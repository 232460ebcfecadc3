"""SWORD v2: one deposit with the right bytes, whatever happens on the way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handover.conftest import StillClock, make
from handover.protocols import Trial, codes, done, interrupted, unsteady
from handover.server import HICCUPS
from handover.sword2_server import Sword2Server
from jatspack.archive import serialize, verify
from jatspack.findings import Exit


@pytest.fixture
def trial(bag: Path, clock: StillClock, serve: Callable[[Any], Any]) -> Trial:
    server = serve(Sword2Server())
    return Trial(bag, {"kind": "sword2", "url": f"{server.url}/sd", "collection": "Articles"}, server, clock)


def right(trial: Trial) -> None:
    """The one deposit: complete, and a bag that verifies and holds the article's own bytes."""
    server = trial.server
    assert isinstance(server, Sword2Server)
    (deposit,) = server.deposits.values()
    assert deposit["complete"]
    data = deposit["bag"]
    assert isinstance(data, bytes)
    packed = trial.bag.parent / "received.zip"
    packed.write_bytes(data)
    assert verify(packed).valid
    packed.unlink()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("/data/owl.pdf")]
        assert archive.read(name) == (trial.bag / "data/owl.pdf").read_bytes()


def test_deposited(trial: Trial) -> None:
    outcome = done(trial.run())
    right(trial)
    assert outcome.address == f"{trial.server.url}/page/1"


def test_a_bag_that_is_a_zip_already_is_sent_as_it_is(trial: Trial) -> None:
    from datetime import date

    packed = serialize(trial.bag, "zip", date(2020, 1, 1))
    trial.bag = packed
    done(trial.run())
    assert isinstance(trial.server, Sword2Server)
    assert trial.server.deposits["1"]["bag"] == packed.read_bytes()


def test_twice_is_once(trial: Trial) -> None:
    done(trial.run())
    done(trial.run(), "already")
    trial.receipt.unlink()
    done(trial.run())
    right(trial)


def test_found_on_a_later_page_of_the_feed(trial: Trial) -> None:
    done(trial.run())
    trial.receipt.unlink()
    server = trial.server
    assert isinstance(server, Sword2Server)
    own = server.deposits.pop("1")
    other = {**own, "entry": own["entry"].replace(b"10.5555/owl", b"10.5555/elk")}  # type: ignore[attr-defined]
    server.deposits = {"1": other, "2": other, "3": other, "4": own}
    done(trial.run())
    assert len(server.deposits) == 4


def test_a_changed_article_replaces(trial: Trial) -> None:
    done(trial.run())
    trial.change(make)
    assert "handover-replaced" in codes(done(trial.run()))
    right(trial)


@pytest.mark.parametrize("hiccup", HICCUPS)
def test_every_request_goes_wrong_once(hiccup: str, trial: Trial) -> None:
    unsteady(trial, hiccup, right)


def test_interrupted_at_any_request(trial: Trial, serve: Callable[[Any], Any]) -> None:
    def fresh() -> Sword2Server:
        server: Sword2Server = serve(Sword2Server())
        trial.target["url"] = f"{server.url}/sd"
        return server

    interrupted(trial, fresh, right)


def test_without_a_feed_nothing_is_sent_twice(trial: Trial, serve: Callable[[Any], Any]) -> None:
    """The server dies after it made the container. Nobody can ask, so that a person must say."""
    server = serve(Sword2Server(feed=False))
    trial.server, trial.target["url"] = server, f"{server.url}/sd"
    server.arm("dies after", 3)
    assert "handover-unknown" in codes(trial.run())
    server.heal()
    outcome = trial.run()
    assert (codes(outcome) & {"handover-unknown", "handover-no-lookup"}) == {"handover-unknown", "handover-no-lookup"}
    assert outcome.exit is Exit.UNREACHABLE
    assert len(server.deposits) == 1
    done(trial.run(earlier=f"{server.url}/edit/1"))
    right(trial)
    assert len(server.deposits) == 1


def test_what_the_service_document_says(trial: Trial, serve: Callable[[Any], Any]) -> None:
    trial.target["collection"] = "Articless"
    outcome = trial.run()
    assert any("“Articles”, “Theses”" in f.message for f in outcome.findings)
    trial.target["collection"] = "Articles"
    for server in (Sword2Server(packaging="http://purl.org/net/sword/package/METSDSpaceSIP"), Sword2Server(limit=1)):
        trial.server, trial.target["url"] = serve(server), f"{server.url}/sd"
        outcome = trial.run()
        assert (outcome.exit, codes(outcome)) == (Exit.FINDINGS, codes(outcome) | {"handover-refused"})
        assert server.deposits == {}


def test_wrong_credentials(trial: Trial) -> None:
    outcome = trial.run(environ={"JATSPACK_THERE_USER": "owl", "JATSPACK_THERE_PASSWORD": "wrong"})
    assert outcome.exit is Exit.FINDINGS
    assert any("401 who are you?" in f.message for f in outcome.findings)
