"""DSpace: one deposit with the right bytes, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handover.conftest import StillClock, make
from handover.dspace_server import COLLECTION, ONE, DSpaceServer
from handover.protocols import Trial, codes, done, interrupted, unsteady
from handover.server import HICCUPS
from jatspack.findings import Exit


@pytest.fixture
def trial(bag: Path, clock: StillClock, serve: Callable[[Any], Any]) -> Trial:
    server = serve(DSpaceServer())
    target = {
        "kind": "dspace", "url": f"{server.url}/server/api", "collection": COLLECTION, "files": ["pdf", "jats"],
        "grant_licence": True,
    }  # fmt: skip
    return Trial(bag, target, server, clock)


def right(trial: Trial) -> dict[str, Any]:
    """The one item that has something in it, in the workspace or the workflow, with the bag's own bytes."""
    server = trial.server
    assert isinstance(server, DSpaceServer)
    (item,) = [*server.filled, *server.workflow.values()]
    found = [server.contents[row["checkSum"]["value"]] for row in item["sections"]["upload"]["files"]]
    assert sorted(found) == sorted((trial.bag / "data" / name).read_bytes() for name in ("owl.pdf", "owl.xml"))
    assert item["sections"]["license"]["granted"]
    return dict(item["sections"])


def test_an_item_in_the_workspace(trial: Trial) -> None:
    outcome = done(trial.run())
    sections = right(trial)
    assert sections["one"]["dc.title"] == [{"value": "On Strix and H2O", "language": "en"}]
    assert sections["one"]["dc.identifier.doi"] == [{"value": "10.5555/Owl<7>(77)"}]
    assert len(sections["one"]["dc.contributor.author"]) == 3
    assert sections["two"]["dc.description.abstract"]
    assert outcome.address.endswith("/submission/workspaceitems/1")
    left = [f for f in outcome.findings if f.code == "deposit-left-out"]
    assert any("dc.rights.uri" in f.message for f in left)  # the form has no such field


def test_twice_is_once(trial: Trial) -> None:
    done(trial.run())
    done(trial.run(), "already")
    trial.receipt.unlink()
    done(trial.run())
    right(trial)


def test_a_changed_article_replaces_what_is_in_the_workspace(trial: Trial) -> None:
    done(trial.run())
    trial.change(make)
    assert "handover-replaced" in codes(done(trial.run()))
    right(trial)


def test_what_was_handed_to_the_workflow_stays(trial: Trial) -> None:
    trial.target["submit"] = True
    done(trial.run())
    assert isinstance(trial.server, DSpaceServer)
    assert len(trial.server.workflow) == 1
    right(trial)
    trial.receipt.unlink()
    done(trial.run(), "already")
    trial.change(make)
    outcome = trial.run()
    assert (outcome.exit, codes(outcome) & {"handover-changed"}) == (Exit.FINDINGS, {"handover-changed"})
    assert (len(trial.server.workflow), len(trial.server.filled)) == (1, 0)


@pytest.mark.parametrize("hiccup", HICCUPS)
def test_every_request_goes_wrong_once(hiccup: str, trial: Trial) -> None:
    trial.target["submit"] = True
    unsteady(trial, hiccup, right)


def test_interrupted_at_any_request(trial: Trial, serve: Callable[[Any], Any]) -> None:
    trial.target["submit"] = True

    def fresh() -> DSpaceServer:
        server: DSpaceServer = serve(DSpaceServer())
        trial.target["url"] = f"{server.url}/server/api"
        return server

    interrupted(trial, fresh, right)


def test_a_form_without_identifiers_is_told(trial: Trial, serve: Callable[[Any], Any]) -> None:
    server = serve(DSpaceServer(one=[name for name in ONE if "identifier" not in name]))
    trial.server, trial.target["url"] = server, f"{server.url}/server/api"
    assert "handover-no-lookup" in codes(done(trial.run()))


def test_not_ready_for_the_workflow(trial: Trial) -> None:
    trial.target |= {"submit": True, "grant_licence": False}
    outcome = trial.run()
    assert outcome.exit is Exit.FINDINGS
    assert any("422" in f.message for f in outcome.findings)
    trial.target["grant_licence"] = True
    done(trial.run())
    right(trial)


def test_wrong_credentials(trial: Trial) -> None:
    outcome = trial.run(environ={"JATSPACK_THERE_USER": "owl", "JATSPACK_THERE_PASSWORD": "wrong"})
    assert outcome.exit is Exit.FINDINGS
    assert any("401" in f.message for f in outcome.findings)
