"""Credentials: where they come from, and that nothing else ever holds them."""

from __future__ import annotations

import base64
import json
import logging
import pickle
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest

from handover.conftest import SECRET, StillClock, make
from handover.dspace_server import COLLECTION, DSpaceServer
from handover.invenio_server import InvenioServer
from handover.protocols import ENVIRON, config
from handover.server import Reply, Scripted, Server
from handover.sword2_server import Sword2Server
from handover.sword3_server import Sword3Server
from jatspack.config import load
from jatspack.depositing import Wish, deposit
from jatspack.findings import UsageError
from jatspack.handover.credentials import HIDDEN, Secret, gather
from jatspack.handover.wire import Rehearsal

FORMS = [SECRET, quote(SECRET), quote(SECRET, safe=""), base64.b64encode(f"owl:{SECRET}".encode()).decode(), "j.w.t",
         json.dumps(SECRET)[1:-1]]  # fmt: skip
SERVERS: list[tuple[Callable[[], Server], str, dict[str, Any]]] = [
    (lambda: InvenioServer(echo=True), "", {"kind": "invenio", "publish": True, "files": ["pdf"]}),
    (Sword2Server, "/sd", {"kind": "sword2", "collection": "Articles"}),
    (Sword3Server, "/service", {"kind": "sword3"}),
    (DSpaceServer, "/server/api", {"kind": "dspace", "collection": COLLECTION, "submit": True, "grant_licence": True}),
    (Server, "", {"kind": "s3", "bucket": "archive"}),
]


def test_a_secret_shows_itself_nowhere() -> None:
    secret = Secret(SECRET)
    assert {str(secret), repr(secret), f"{secret}", f"{[secret]}"} == {HIDDEN, f"[{HIDDEN}]"}
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    known = gather("there", "sword2", ENVIRON)
    known.authorization()
    assert SECRET not in repr(vars(known)["_found"])
    for form in FORMS[:4]:
        assert known.scrub(f"a {form} b") == f"a {HIDDEN} b"


def test_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert gather("my-store", "invenio", {"JATSPACK_MY_STORE_TOKEN": "t"}).missing is None
    missing = gather("my-store", "sword2", {"JATSPACK_MY_STORE_USER": "u"}).missing
    assert missing is not None
    assert "JATSPACK_MY_STORE_USER, JATSPACK_MY_STORE_PASSWORD (or JATSPACK_MY_STORE_TOKEN)" in missing.remedy
    with pytest.raises(UsageError) as told:
        gather("x", "invenio", {"JATSPACK_X_TOKEN": "abc\r\nX-Evil: 1"})
    assert "abc" not in str(told.value)


def test_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring, errors = ModuleType("keyring"), ModuleType("keyring.errors")
    errors.KeyringError = type("KeyringError", (Exception,), {})  # type: ignore[attr-defined]
    store = {("jatspack-there", "token"): "kept"}
    keyring.get_password = lambda service, name: store.get((service, name))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    assert gather("there", "invenio", {})["token"].reveal() == "kept"
    assert gather("there", "invenio", {"JATSPACK_THERE_TOKEN": "given"})["token"].reveal() == "given"

    def locked(service: str, name: str) -> str:
        raise errors.KeyringError("no store")

    keyring.get_password = locked  # type: ignore[attr-defined]
    assert gather("there", "invenio", {}).missing is not None


@pytest.mark.parametrize("key", ["token", "password", "secret_access_key", "user", "api_key"])
def test_no_file_holds_them(key: str, tmp_path: Path) -> None:
    text = f'[targets.zenodo]\nkind = "invenio"\nurl = "https://zenodo.org"\n{key} = "{SECRET}"\n'
    (tmp_path / "journal.toml").write_text(text, "utf-8")
    with pytest.raises(UsageError) as told:
        load(tmp_path / "journal.toml")
    assert "journal.toml:4: " in str(told.value)
    assert "JATSPACK_ZENODO_" in str(told.value)
    assert SECRET not in str(told.value)


@pytest.mark.parametrize(
    "url", ["https://u:s3cr3t@zenodo.org", "https://zenodo.org?token=s3cr3t", "https://zenodo.org#s3cr3t", "http://zenodo.org",
            "ftp://zenodo.org", "zenodo.org", "https://", "https://[s3cr3t"]
)  # fmt: skip
def test_addresses_that_would_give_them_away(url: str, tmp_path: Path) -> None:
    (tmp_path / "journal.toml").write_text(f'[targets.z]\nkind = "invenio"\nurl = "{url}"\n', "utf-8")
    with pytest.raises(UsageError) as told:
        load(tmp_path / "journal.toml")
    assert "s3cr3t" not in str(told.value)


@pytest.mark.parametrize("send", [False, True])
@pytest.mark.parametrize(
    ("start", "path", "target"), SERVERS, ids=lambda value: value.get("kind") if isinstance(value, dict) else ""
)
def test_never_in_any_output(  # noqa: PLR0917
    start: Callable[[], Server],
    path: str,
    target: dict[str, Any],
    send: bool,
    tmp_path: Path,
    clock: StillClock,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Outcome, requests, findings, log, receipt, exceptions and their frames' reprs: the secret is in none of them."""
    caplog.set_level(logging.DEBUG)
    (tmp_path / "out").mkdir()
    bag, server = make(tmp_path / "out"), start()
    texts = []
    for wrong in (False, True):
        environ = {k: f"{v}x" if wrong and "KEY_ID" not in k else v for k, v in ENVIRON.items()}
        if target["kind"] == "sword3":
            environ = {"JATSPACK_THERE_TOKEN": environ["JATSPACK_THERE_TOKEN"]}
        try:
            journal, wish = config({**target, "url": server.url + path}), Wish(send=send, anew=wrong)
            outcome = deposit(bag, "there", journal, wish=wish, clock=clock, environ=environ)
            texts += [
                repr(outcome),
                json.dumps(outcome.requests),
                repr([f.message + f.remedy for f in outcome.findings]),
            ]
        except Exception as error:
            texts.append("".join(traceback.TracebackException.from_exception(error, capture_locals=True).format()))
    server.close()
    out, err = capfd.readouterr()
    texts += [out, err, caplog.text, *(p.read_text("latin-1") for p in tmp_path.rglob("*") if p.is_file())]
    assert [form for form in FORMS for text in texts if form in text] == []
    assert bool(server.seen) is send


@pytest.mark.parametrize("target", [target for _, _, target in SERVERS], ids=lambda target: target["kind"])
def test_a_target_that_repeats_the_secret_everywhere(
    target: dict[str, Any], bag: Path, serve: Callable[[Any], Any], clock: StillClock
) -> None:
    """In identifiers, addresses, names, versions: wherever something of an answer is kept or told."""
    safe, place = quote(SECRET, safe=""), f"/{quote(SECRET, safe='')}"
    data = {
        "id": SECRET, "uuid": SECRET, "name": SECRET, "is_published": True, "status": "completed", "checksum": SECRET,
        "links": {"self_html": f"https://x.example.org/{SECRET}"}, "pids": {"doi": {"identifier": SECRET}},
        "errors": [{"field": SECRET, "messages": [SECRET]}], "acceptDeposits": True, "metadata": {"@id": place},
        "_embedded": {"eperson": {"uuid": SECRET}, "submissionsections": [{"id": SECRET, "sectionType": "license"}]},
    }  # fmt: skip
    xml = f"""<service xmlns="http://www.w3.org/2007/app" xmlns:a="http://www.w3.org/2005/Atom">
      <collection href="{place}"><a:title>Articles</a:title></collection>
      <a:link rel="edit-media" href="{place}"/></service>"""
    body = xml.encode() if target["kind"] in ("sword2", "s3") else json.dumps(data).encode()
    headers = {
        "Location": place,
        "Authorization": f"Bearer {SECRET}",
        "x-amz-version-id": safe,
        "DSPACE-XSRF-TOKEN": safe,
    }
    for status in (200, 201, 400, 302):
        server = serve(Scripted(lambda _, status=status: Reply(status, body, headers)))
        journal = config({**target, "url": server.url})
        outcome = deposit(bag, "there", journal, wish=Wish(send=True, anew=True), clock=clock, environ=ENVIRON)
        texts = [repr(outcome), repr([f.message + f.remedy for f in outcome.findings]), json.dumps(outcome.requests)]
        texts += [path.read_text("latin-1") for path in bag.parent.glob("*deposit*")]
        assert [form for form in FORMS for text in texts if form in text] == []


def test_a_rehearsal_makes_no_connection(bag: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch) -> None:
    def no(*arguments: object, **more: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr("socket.socket.connect", no)
    monkeypatch.setattr("socket.getaddrinfo", no)
    for _, path, target in SERVERS:
        outcome = deposit(
            bag, "there", config({**target, "url": f"https://repo.example.org{path}"}), clock=clock, environ={}
        )
        assert outcome.state == "rehearsed"
        assert len(outcome.requests) >= 3
        assert "handover-credentials" in {f.code for f in outcome.findings}
        assert all(r["status"] == 0 for r in outcome.requests)
    assert not list(bag.parent.glob("*deposit*"))
    assert Rehearsal.rehearsal
