"""InvenioRDM: one deposit with the right bytes, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handover.conftest import StillClock, make
from handover.invenio_server import InvenioServer
from handover.protocols import Trial, codes, done, interrupted, unsteady
from handover.server import HICCUPS
from jatspack.findings import Exit

DOI = "10.5555/owl<7>(77)"


@pytest.fixture
def trial(bag: Path, clock: StillClock, serve: Callable[[Any], Any]) -> Trial:
    server = serve(InvenioServer())
    return Trial(bag, {"kind": "invenio", "url": server.url, "publish": True, "files": ["pdf", "jats"]}, server, clock)


def right(trial: Trial, *, versions: int = 1) -> dict[str, Any]:
    """The one record, with the bag's own bytes."""
    server = trial.server
    assert isinstance(server, InvenioServer)
    assert (len(server.drafts), len(server.records)) == (0, versions)
    record = list(server.records.values())[-1]
    data = trial.bag / "data"
    assert server.contents(record["id"]) == {name: (data / name).read_bytes() for name in ("owl.pdf", "owl.xml")}
    return record


def test_published_with_its_doi(trial: Trial) -> None:
    outcome = done(trial.run())
    record = right(trial)
    assert record["pids"]["doi"] == {"identifier": DOI, "provider": "external"}
    assert outcome.known["doi"] == DOI
    assert outcome.address == f"{trial.server.url}/records/{record['id']}"
    meta = record["metadata"]
    assert [p["person_or_org"]["type"] for p in meta["creators"]] == ["personal", "personal", "organizational"]
    assert meta["additional_titles"][0] == {
        "title": "Über Strix und H2O", "type": {"id": "translated-title"}, "lang": {"id": "deu"}
    }  # fmt: skip
    assert meta["rights"] == [{"id": "cc-by-4.0"}]


def test_twice_is_once(trial: Trial) -> None:
    done(trial.run())
    count = len(trial.server.seen)
    assert "handover-already" in codes(done(trial.run(), "already"))
    assert len(trial.server.seen) == count  # the receipt knows
    trial.receipt.unlink()
    done(trial.run(), "already")
    right(trial)


def test_a_draft_that_was_forgotten_is_found(trial: Trial) -> None:
    trial.target["publish"] = False
    done(trial.run())
    trial.receipt.unlink()
    trial.target["publish"] = True
    done(trial.run())
    right(trial)


def test_a_changed_draft_is_brought_up_to_date(trial: Trial) -> None:
    trial.target["publish"] = False
    done(trial.run())
    trial.change(make)
    trial.target["publish"] = True
    done(trial.run())
    right(trial)


@pytest.mark.parametrize("lost", [False, True])
def test_a_changed_article_is_a_new_version(trial: Trial, lost: bool) -> None:
    done(trial.run())
    trial.change(make)
    if lost:
        trial.receipt.unlink()
    assert "handover-replaced" in codes(done(trial.run()))
    record = right(trial, versions=2)
    assert record["versions"]["index"] == 2
    assert {"scheme": "doi", "identifier": DOI} in record["metadata"]["identifiers"]
    done(trial.run(), "already")


def test_a_doi_is_reserved_once(trial: Trial) -> None:
    trial.target |= {"doi": "reserve", "publish": False}
    outcome = done(trial.run())
    assert outcome.known["doi"].startswith("10.5281/")
    trial.receipt.unlink()
    assert done(trial.run()).known["doi"] == outcome.known["doi"]


def test_a_community_reviews_it(trial: Trial) -> None:
    trial.target["community"] = "owls"
    done(trial.run())
    assert isinstance(trial.server, InvenioServer)
    assert [d["status"] for d in trial.server.drafts.values()] == ["in_review"]
    trial.receipt.unlink()
    done(trial.run(), "already")
    trial.change(make)
    outcome = trial.run()
    assert (outcome.exit, codes(outcome)) == (Exit.FINDINGS, codes(outcome) | {"handover-changed"})


@pytest.mark.parametrize("hiccup", HICCUPS)
def test_every_request_goes_wrong_once(hiccup: str, trial: Trial) -> None:
    unsteady(trial, hiccup, right)


def test_interrupted_at_any_request(trial: Trial, serve: Callable[[Any], Any]) -> None:
    def fresh() -> InvenioServer:
        server: InvenioServer = serve(InvenioServer())
        trial.target["url"] = server.url
        return server

    interrupted(trial, fresh, right)


def test_wrong_credentials(trial: Trial) -> None:
    outcome = trial.run(environ={"JATSPACK_THERE_TOKEN": "wrong"})
    assert (outcome.state, outcome.exit) == ("failed", Exit.FINDINGS)
    (told,) = [f for f in outcome.findings if f.code == "handover-refused"]
    assert "401" in told.message
    assert "credentials" in told.remedy
    assert len(trial.server.seen) == 1
