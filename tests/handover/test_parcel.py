"""What is handed over: found by whatever a script names, verified, and the same however it is serialised."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deposit.articles import ELSEWHERE
from handover.conftest import StillClock, make
from handover.invenio_server import InvenioServer
from handover.protocols import Trial, codes, config, done
from jatspack.archive import serialize, verify
from jatspack.depositing import Wish, deposit
from jatspack.findings import Exit, UnreadableInput, UsageError
from jatspack.handover import receipt
from jatspack.handover.parcel import fingerprint, locate, parcel

JATS = ELSEWHERE.read_bytes()


@pytest.mark.parametrize("given", ["owl", "owl.bag", "owl.xml", "owl.html", "owl.pdf", "owl.report.json", ""])
def test_a_bag_is_found(given: str, bag: Path) -> None:
    for name in ("owl.xml", "owl.html", "owl.pdf", "owl.report.json"):
        (bag.parent / name).write_bytes(b"")
    assert locate(bag.parent / given) == bag
    packed = serialize(bag, "tar.gz", date(2026, 1, 1))
    with pytest.raises(UnreadableInput, match="several bags") if given != "owl.bag" else nullcontext():
        locate(bag.parent / given)
    shutil.rmtree(bag)
    assert locate(bag.parent / given if given != "owl.bag" else packed) == packed


@pytest.mark.parametrize(
    ("given", "told"),
    [("elk", "no bag belongs to it"), ("nowhere/elk", "there is nothing"), ("empty", "no bag is in it")],
)
def test_no_bag_is_told(given: str, told: str, bag: Path) -> None:
    (bag.parent / "empty").mkdir()
    with pytest.raises(UnreadableInput, match=told):
        locate(bag.parent / given)


def test_the_same_whatever_it_lies_in(bag: Path) -> None:
    with parcel(bag) as folder:
        packed, digests = folder.zipped(), [p.sha256 for p in folder.pieces(["pdf", "jats"])]
        assert verify(packed.path).valid
        assert (folder.identifier, folder.scheme, folder.name) == (
            "10.5555/owl<7>(77)",
            "doi",
            "10.5555_owl_7_(77).bag",
        )
    for kind in ("zip", "tar", "tar.gz"):
        given = serialize(bag, kind, date(2026, 1, 2))
        assert fingerprint(given) == folder.digest
        with parcel(given) as other:
            assert (other.identifier, other.digest) == (folder.identifier, folder.digest)
            assert other.name == f"10.5555_owl_7_(77).bag.{kind}"
            assert [p.sha256 for p in other.pieces(["pdf", "jats"])] == digests
    assert not folder.work.exists()


@pytest.mark.parametrize(
    ("jats", "name"),
    [
        (JATS.replace(b'pub-id-type="doi"', b'pub-id-type="other"'), ("owl:owl-77", "other")),
        (
            JATS.replace(b'pub-id-type="doi"', b'pub-id-type="other"').replace(b">owl-77<", b"><"),
            ("sha256:", "content"),
        ),
        (b"<html/>", ("sha256:", "content")),
    ],
)
def test_articles_without_a_doi(jats: bytes, name: tuple[str, str], tmp_path: Path) -> None:
    with parcel(make(tmp_path, jats=jats)) as packed:
        assert packed.scheme == name[1]
        assert packed.identifier.startswith(name[0])
        assert (packed.record is None) == (jats == b"<html/>")


@pytest.fixture
def trial(bag: Path, clock: StillClock, serve: Callable[[Any], Any]) -> Trial:
    server = serve(InvenioServer())
    return Trial(bag, {"kind": "invenio", "url": server.url, "publish": True, "files": ["pdf"]}, server, clock)


def test_an_invalid_bag_is_never_sent(trial: Trial) -> None:
    (trial.bag / "data/owl.pdf").write_bytes(b"other")
    outcome = trial.run()
    assert (outcome.state, outcome.exit) == ("failed", Exit.FINDINGS)
    assert "bag-file-changed" in codes(outcome)
    assert trial.server.seen == []
    assert not trial.receipt.exists()


def test_what_is_missing_is_told_before_anything_is_sent(trial: Trial) -> None:
    shutil.rmtree(trial.bag)
    make(trial.bag.parent, jats=JATS.replace(b"pub-date", b"pub-data"))
    outcome = trial.run()
    assert (outcome.exit, codes(outcome)) == (Exit.FINDINGS, codes(outcome) | {"deposit-needs"})
    outcome = trial.run(environ={})
    assert (outcome.exit, codes(outcome)) == (Exit.USAGE, codes(outcome) | {"handover-credentials"})
    assert trial.server.seen == []


def test_the_receipt(trial: Trial, tmp_path: Path) -> None:
    done(trial.run())
    data = json.loads(trial.receipt.read_bytes())
    assert data["state"] == "done"
    assert data["article"] == {"identifier": "10.5555/owl<7>(77)", "bag": "owl.bag"}
    assert [step["step"] for step in data["steps"]] == ["record made", "file owl.pdf", "published", "done"]
    assert [p.name for p in trial.bag.parent.iterdir() if p.name.startswith(".jatspack")] == []
    trial.receipt.write_text("{", "utf-8")
    with pytest.raises(UsageError, match="--anew"):
        trial.run()
    done(trial.run(anew=True), "already")  # found by its identifier
    (tmp_path / "receipts").mkdir()
    done(trial.run(receipts=tmp_path / "receipts"), "already")
    assert [p.name for p in (tmp_path / "receipts").glob("*.json")] == ["owl.deposit.there.json"]


def test_a_receipt_of_another_place_does_not_count(trial: Trial, serve: Callable[[Any], Any]) -> None:
    done(trial.run())
    trial.server = serve(InvenioServer())
    trial.target["url"] = trial.server.url
    done(trial.run())
    assert len(json.loads(trial.receipt.read_bytes())["earlier"]) == 1


def test_two_runs_do_not_make_the_same_deposit(trial: Trial) -> None:
    with receipt.alone(trial.receipt):
        told = []

        def other() -> None:
            try:
                trial.run()
            except UsageError as error:
                told.append(str(error))

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert ["in use by process" in text for text in told] == [True]
    assert trial.server.seen == []


def test_targets_that_there_are_not(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=r"no \[targets\.zenodo\]; it has there"):
        deposit(bag, "zenodo", config({"kind": "folder", "path": "x"}))
    monkeypatch.chdir(bag.parent)
    with pytest.raises(UsageError, match="no journal"):
        deposit(bag, "zenodo")
    (bag.parent.parent / "journal.toml").write_text('[targets.box]\nkind = "folder"\npath = "box"\n', "utf-8")
    (bag.parent.parent / "box").mkdir()
    assert deposit(bag, "box", wish=Wish()).address == str(bag.parent.parent / "box" / "10.5555_owl_7_(77).bag")


def test_a_receipt_that_cannot_be_written_stops_before_anything_is_sent(trial: Trial, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UsageError, match="--receipts"):
        trial.run(receipts=tmp_path / "file")
    assert trial.server.seen == []


def test_no_room_for_packing(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    trial.target["files"] = ["bag"]
    monkeypatch.setattr("jatspack.handover.parcel.unpack", full)
    with pytest.raises(UsageError, match=r"No space left on device\); make room"):
        trial.run()
    assert trial.server.seen == []
