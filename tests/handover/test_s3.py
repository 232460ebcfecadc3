"""S3 against moto's server: one object with the right bytes, whatever happens on the way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import urllib3

from handover.conftest import SECRET, StillClock, make
from handover.protocols import Trial, codes, done, interrupted
from handover.server import HICCUPS, Reply, Seen, Server
from jatspack.archive import serialize, verify
from jatspack.findings import Exit, MissingDependency
from jatspack.handover import s3

KEY = "owls/10.5555_owl_7_(77).bag.zip"


class Between(Server):
    """Stands before moto's server, so that requests can go wrong. It looks at what S3 would check: the signature's form
    and the digests."""

    def __init__(self, behind: str) -> None:
        self.behind, self.pool = behind, urllib3.PoolManager()
        super().__init__()

    def handle(self, seen: Seen) -> Reply:
        scope = seen.headers.get("authorization", "")
        assert scope.startswith("AWS4-HMAC-SHA256 Credential=AKIAOWL/"), scope
        assert SECRET not in str(seen.headers)
        assert seen.headers["x-amz-content-sha256"] == seen.sha256
        headers = {k: v for k, v in seen.headers.items() if k not in ("connection", "content-length")}
        query = "?" + "&".join(f"{k}={v}" if v else k for k, v in seen.query.items()) if seen.query else ""
        answer = self.pool.request(seen.method, f"{self.behind}{seen.path}{query}", body=seen.body, headers=headers)
        kept = {k: v for k, v in answer.headers.items() if k.lower() not in ("connection", "server", "date")}
        return Reply(answer.status, answer.data, kept)


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def trial(bag: Path, clock: StillClock, serve: Callable[[Any], Any], moto: str) -> Trial:
    server = serve(Between(moto))
    empty(moto)
    return Trial(bag, {"kind": "s3", "url": server.url, "bucket": "archive", "prefix": "owls/"}, server, clock)


def direct(method: str, url: str, **more: Any) -> urllib3.BaseHTTPResponse:
    """A request to moto's server past everything; it does not look at signatures."""
    scope = "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
    return urllib3.request(method, url, headers={"Authorization": scope, **more.pop("headers", {})}, **more)


def empty(moto: str) -> None:
    direct("POST", f"{moto}/moto-api/reset")
    direct("PUT", f"{moto}/archive")


def stored(trial: Trial) -> bytes:
    assert isinstance(trial.server, Between)
    answer = direct("GET", f"{trial.server.behind}/archive/{KEY}")
    assert answer.status == 200
    return answer.data


def right(trial: Trial) -> None:
    """The one object, a bag that verifies; no upload is left open."""
    assert isinstance(trial.server, Between)
    data = stored(trial)
    packed = trial.bag.parent / "received.zip"
    packed.write_bytes(data)
    assert verify(packed).valid
    packed.unlink()
    assert (trial.bag / "data/owl.pdf").read_bytes() in data  # a bag's zip stores its files as they are
    listing = direct("GET", f"{trial.server.behind}/archive?list-type=2").data
    assert listing.count(b"<Key>") == 1
    assert b"<UploadId>" not in direct("GET", f"{trial.server.behind}/archive?uploads").data


def test_stored_and_twice_is_once(trial: Trial) -> None:
    outcome = done(trial.run())
    assert outcome.address == f"s3://archive/{KEY}"
    right(trial)
    done(trial.run(), "already")
    trial.receipt.unlink()
    done(trial.run(), "already")
    right(trial)


def test_serialised_in_another_way_it_is_the_same(trial: Trial) -> None:
    done(trial.run())
    trial.receipt.unlink()
    bag = trial.bag
    trial.bag = serialize(bag, "tar", date(2026, 1, 1))
    assert done(trial.run(), "already").address == f"s3://archive/{KEY}"
    trial.bag = bag
    trial.change(make)
    trial.bag = serialize(bag, "tar", date(2026, 1, 1))
    assert "handover-changed" in codes(trial.run())


def test_a_changed_article(trial: Trial) -> None:
    done(trial.run())
    before = stored(trial)
    trial.change(make)
    outcome = trial.run()
    assert (outcome.exit, codes(outcome)) == (Exit.FINDINGS, codes(outcome) | {"handover-changed"})
    assert stored(trial) == before
    trial.target["replace"] = True
    assert "handover-replaced" in codes(done(trial.run()))
    assert stored(trial) != before
    right(trial)


def test_a_bucket_with_versions_takes_a_changed_article(trial: Trial) -> None:
    assert isinstance(trial.server, Between)
    xml = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
    direct("PUT", f"{trial.server.behind}/archive?versioning", body=xml)
    first = done(trial.run())
    trial.change(make)
    second = done(trial.run())
    assert first.known["version"] != second.known["version"]
    right(trial)


def test_another_article_is_never_replaced(trial: Trial) -> None:
    trial.target["replace"] = True
    assert isinstance(trial.server, Between)
    headers = {"x-amz-meta-identifier": "10.5555/elk"}
    direct("PUT", f"{trial.server.behind}/archive/{KEY}", body=b"elk", headers=headers)
    outcome = trial.run()
    assert any("another article, 10.5555/elk" in f.message for f in outcome.findings)
    assert stored(trial) == b"elk"


@pytest.mark.parametrize("hiccup", HICCUPS)
def test_every_request_goes_wrong_once(hiccup: str, trial: Trial) -> None:
    trial.server.arm(hiccup)
    trial.run()
    right(trial)


def test_interrupted_at_any_request(trial: Trial, serve: Callable[[Any], Any], moto: str) -> None:
    def fresh() -> Between:
        empty(moto)
        server: Between = serve(Between(moto))
        trial.target["url"] = server.url
        return server

    interrupted(trial, fresh, right)


@pytest.mark.parametrize("fault", ["dies before", "dies after"])
def test_parts_are_not_sent_again(
    fault: str, trial: Trial, serve: Callable[[Any], Any], moto: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A large bag goes in parts; after an interruption those that are there stay there."""
    monkeypatch.setattr(s3, "PART", 5 << 20)  # the least that S3 allows
    (tmp_path / "large").mkdir()
    trial.bag = make(tmp_path / "large", filling=Random(1).randbytes(11 << 20))

    def fresh() -> Between:
        empty(moto)
        server: Between = serve(Between(moto))
        trial.target["url"] = server.url
        return server

    trial.server = fresh()
    done(trial.run())
    steps = len(trial.server.seen)
    puts = [n for n, seen in enumerate(trial.server.seen, 1) if seen.method == "PUT"]
    assert len(puts) == 3
    for at in (puts[1], steps - 1):  # the second part; the request that puts all together
        trial.server = fresh()
        trial.receipt.unlink(missing_ok=True)
        trial.server.arm(fault, at)
        assert trial.run().exit is Exit.UNREACHABLE
        trial.server.heal()
        count = len(trial.server.seen)
        done(trial.run(), "already" if (fault, at) == ("dies after", steps - 1) else "deposited")
        sent = [seen for seen in trial.server.seen[count:] if seen.method == "PUT"]
        assert len(sent) == {("dies before", puts[1]): 2, ("dies after", puts[1]): 1}.get((fault, at), 0)
        right(trial)


def test_wrong_credentials_and_no_bucket(trial: Trial) -> None:
    trial.target["bucket"] = "nowhere"
    outcome = trial.run()
    assert (outcome.exit, outcome.state) == (Exit.FINDINGS, "failed")
    assert any("404" in f.message for f in outcome.findings)


def test_without_the_library(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "botocore.session", None)
    with pytest.raises(MissingDependency, match=r"jatspack\[s3\]"):
        trial.run()
