"""The connection: what is tried again, what is never sent, and servers that mean ill."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from handover.conftest import SECRET, StillClock
from handover.dspace_server import COLLECTION
from handover.protocols import ENVIRON, codes, config
from handover.server import Reply, Scripted, Seen, reply
from jatspack.depositing import Wish, deposit
from jatspack.findings import Exit
from jatspack.handover.credentials import gather
from jatspack.handover.exchange import Answer, Body
from jatspack.handover.http import Bounds, Line
from jatspack.handover.patience import Patience, retry_after
from jatspack.handover.troubles import Refused, Strange, Trouble, Unknown, Unreachable
from jatspack.handover.wire import part, read_xml

ANSWER = Answer(200)
Serve = Callable[[Any], Any]


def line(url: str, clock: StillClock, bounds: Bounds | None = None) -> Line:
    return Line([url], gather("there", "invenio", ENVIRON), clock, bounds)


def test_waits_grow_and_end(clock: StillClock) -> None:
    patience = Patience(clock)
    while patience.wait(None):
        pass
    assert clock.waits == [1, 2, 4, 8, 16]
    assert not Patience(clock, total=100).wait(3600)


def test_retry_after(clock: StillClock) -> None:
    assert retry_after("120", clock) == 120
    assert retry_after("Fri, 02 Jan 2026 03:04:35 GMT", clock) == 30
    assert retry_after("Fri, 02 Jan 2020 03:04:35 GMT", clock) == 0
    assert [retry_after(text, clock) for text in ("", "soon", "-5", "1e9", "١")] == [None] * 5


@pytest.mark.parametrize(
    ("method", "status", "headers", "trouble", "tries"),
    [
        ("GET", 500, {}, Unreachable, 6),
        ("PUT", 502, {}, Unreachable, 6),
        ("POST", 500, {}, Unknown, 1),
        ("POST", 503, {}, Unknown, 1),
        ("POST", 503, {"Retry-After": "1"}, Unreachable, 6),
        ("POST", 429, {}, Unreachable, 6),
        ("POST", 400, {}, Refused, 1),
        ("GET", 503, {"Retry-After": "86400"}, Unreachable, 1),
    ],
)
def test_what_is_tried_again(
    method: str,
    status: int,
    headers: dict[str, str],
    trouble: type[Trouble],
    tries: int,
    serve: Serve,
    clock: StillClock,
) -> None:
    server = serve(Scripted(lambda _: Reply(status, b"", headers)))
    with pytest.raises(trouble) as told:
        line(server.url, clock).send(method, server.url, assumed=ANSWER)
    assert type(told.value) is trouble
    assert len(server.seen) == tries
    assert sum(clock.waits) <= 300


def test_no_connection_is_tried_again_whatever_the_method(clock: StillClock) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(Unreachable):
        line(url, clock).send("POST", url, assumed=ANSWER)
    assert len(clock.waits) == 5


def test_a_body_is_sent_whole_in_every_try(serve: Serve, clock: StillClock, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(range(256)) * 1000)
    body = Body(before=b"head", path=tmp_path / "file", start=100, size=200_000, after=b"tail")
    wanted = b"head" + (bytes(range(256)) * 1000)[100:200_100] + b"tail"
    server = serve(Scripted(lambda _: Reply(200 if len(server.seen) > 2 else 503)))
    line(server.url, clock).send("PUT", server.url, assumed=ANSWER, body=body)
    assert [seen.body == wanted for seen in server.seen] == [True] * 3
    assert body.length == len(wanted)


def test_redirects_stay_at_home(serve: Serve, clock: StillClock) -> None:
    other = serve(Scripted(lambda _: Reply(200)))
    pages = {"/a": "/b", "/b": "/c", "/out": f"{other.url}/x", "/loop": "/loop"}

    def script(seen: Seen) -> Reply:
        status = 307 if seen.path != "/post" else 302
        return Reply(status, b"", {"Location": pages.get(seen.path, "/c")}) if seen.path != "/c" else Reply(200)

    server = serve(Scripted(script))
    wire = line(server.url, clock)
    assert wire.send("GET", f"{server.url}/a", assumed=ANSWER).status == 200
    assert wire.send("POST", f"{server.url}/a", assumed=ANSWER).status == 200  # 307 keeps the method
    with pytest.raises(Strange, match="another host"):
        wire.send("GET", f"{server.url}/out", assumed=ANSWER)
    with pytest.raises(Refused, match="another address"):
        wire.send("POST", f"{server.url}/post", assumed=ANSWER)
    with pytest.raises(Refused):
        wire.send("GET", f"{server.url}/loop", assumed=ANSWER)
    assert other.seen == []


def test_links_stay_at_home(clock: StillClock) -> None:
    wire = line("https://repo.example.org/api", clock)
    assert wire.link("/x", "https://repo.example.org/api/y") == "https://repo.example.org/x"
    assert wire.link("http://repo.example.org/x?a=b") == "https://repo.example.org/x?a=b"  # behind a proxy
    bad = ("https://repo.example.org.evil.net/", "https://evil.net", "https://repo.example.org:8443/x", "file:///etc/passwd",
           "https://repo.example.org@evil.net/", "//evil.net/x", "https://[", "")  # fmt: skip
    for url in bad:
        with pytest.raises(Strange):
            wire.link(url)
    assert (part("a/b?c"), part("{record}")) == ("a%2Fb%3Fc", "{record}")


@pytest.mark.parametrize(
    "answer",
    [
        Reply(200, b"x" * 2000),
        Reply(200, b"\x1f\x8b", {"Content-Encoding": "gzip"}),
    ],
)
def test_answers_that_are_too_much(answer: Reply, serve: Serve, clock: StillClock) -> None:
    server = serve(Scripted(lambda _: answer))
    with pytest.raises(Strange):
        line(server.url, clock, Bounds(answer=1000)).send("GET", server.url, assumed=ANSWER)


@pytest.fixture
def drip() -> Iterator[str]:
    """A server that sends a byte now and then, for ever."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.05)
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                one, _ = listening.accept()
            except TimeoutError:
                continue
            with one:
                try:
                    one.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
                    while not ended.wait(0.01):
                        one.sendall(b"x")
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    ended.set()
    thread.join()
    listening.close()


def test_a_server_that_never_ends(drip: str, clock: StillClock) -> None:
    with pytest.raises(Unreachable):
        line(drip, clock, Bounds(whole=0.05)).send("GET", drip, assumed=ANSWER)


def test_a_certificate_that_nobody_vouches_for(serve: Serve, clock: StillClock, tmp_path: Path) -> None:
    from datetime import timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "owl")]),
    )
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 7, now, now + timedelta(days=1)).sign(
        key, hashes.SHA256()
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "pem").write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    server = serve(Scripted(lambda _: Reply(200)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "pem")
    server._http.socket = context.wrap_socket(server._http.socket, server_side=True)
    url = server.url.replace("http:", "https:")
    with pytest.raises(Unreachable, match="certificate"):
        line(url, clock).send("GET", url, assumed=ANSWER)
    assert server.seen == []


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<", b"\xff\xfe", b'<!DOCTYPE a SYSTEM "http://evil.net/"><a/>',
        b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', b"<a>" * 5000, b"<a>" + b"x" * 11_000_000 + b"</a>",
    ],
)  # fmt: skip
def test_hostile_xml(body: bytes) -> None:
    with pytest.raises(Strange):
        read_xml(Answer(200, {}, body))


_OBJECTS: list[Any] = [
    {"id": {"a": 1}, "links": [], "hits": {"hits": [None, 1, {"id": []}, {"metadata": 3, "pids": []}]}},
    {"id": "x/../../y", "links": {"self_html": ["\u001b[2J"]}, "pids": 4, "versions": [1], "entries": {}},
    {"id": "x", "is_published": True, "metadata": {"identifiers": "x"}, "entries": [3, {"key": 4}]},
    {"id": "x", "errors": [{"field": 3, "messages": 4}], "pids": {"doi": {"identifier": "10.1/x"}}},
    {"id": "1", "sections": [], "_embedded": {"workspaceitems": [{"sections": 3}, 4]}, "page": 7},
    {"id": "1", "sections": {"upload": 3, "x": [4]}, "page": {"totalPages": "many"}, "name": []},
    {"id": "1", "rows": [{"fields": [{"selectableMetadata": 4}]}], "sections": {"upload": {"files": "x"}}},
    {"acceptDeposits": True, "acceptPackaging": 4, "maxUploadSize": "x", "staging": 5, "links": [{"rel": 4}]},
    {"services": [{"services": 4, "acceptDeposits": True, "@id": "https://evil.net/"}], "received": "x"},
    {"acceptDeposits": True, "maxUploadSize": 1, "staging": "https://evil.net/x", "metadata": 5},
    {
        "acceptDeposits": True,
        "maxUploadSize": 9000,
        "staging": "/s",
        "received": [1, "2", None],
        "metadata": {"@id": 3},
    },
]
HOSTILE: list[bytes] = [
    b"", b"[]", b"null", b"17", b'"x"', b"{}", b"[" * 100_000, b'{"id": ' + b"9" * 5000 + b"}", b"\xff",
    b"<html>no</html>",
    *(json.dumps(data).encode() for data in _OBJECTS),
    b'<service xmlns="http://www.w3.org/2007/app"><collection href="http://evil.net/"/></service>',
    b'<service xmlns="http://www.w3.org/2007/app"><collection href="/c"/></service>',
    b'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="?"/><entry/></feed>',
    b'<entry xmlns="http://www.w3.org/2005/Atom"><link rel="edit-media" href="http://evil.net/"/></entry>',
    b"<Error><Code>&lt;x</Code></Error>", b"<ListBucketResult><UploadId>x</UploadId></ListBucketResult>",
]  # fmt: skip
TARGETS = [
    {"kind": "invenio", "publish": True, "doi": "reserve"},
    {"kind": "dspace", "collection": COLLECTION, "submit": True, "grant_licence": True},
    {"kind": "sword2"},
    {"kind": "sword3"},
    {"kind": "s3", "bucket": "archive"},
]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target["kind"])
def test_hostile_answers_end_in_a_message(target: dict[str, Any], bag: Path, serve: Serve, clock: StillClock) -> None:
    """Each answer to every request, with a status that is foreseen and one that is not: no traceback, no other host."""
    elsewhere = serve(Scripted(lambda _: Reply(200)))
    for number, hostile in enumerate(HOSTILE if target["kind"] != "s3" else HOSTILE[-8:]):
        for status in (200 + number % 2, 400) if number < 3 else (200 + number % 2,):
            body = hostile.replace(b"https://evil.net", elsewhere.url.encode())

            def script(seen: Seen, body: bytes = body, status: int = status) -> Reply:
                headers = {"Location": "/made", "DSPACE-XSRF-TOKEN": "t", "Authorization": "Bearer x", "ETag": '"e"'}
                return Reply(status, body, headers)

            server = Scripted(script)
            outcome = deposit(
                bag, "there", config({**target, "url": server.url}), wish=Wish(send=True, anew=True), clock=clock,
                environ=ENVIRON,
            )  # fmt: skip
            server.close()
            assert len(server.seen) < 300
            if outcome.exit is Exit.DONE:
                continue  # a server that says yes to everything is believed
            assert outcome.exit in (Exit.FINDINGS, Exit.UNREACHABLE)
            assert codes(outcome) & {"handover-refused", "handover-unreachable", "handover-unknown", "handover-changed"}
    assert elsewhere.seen == []


def test_a_server_that_repeats_the_secret(bag: Path, serve: Serve, clock: StillClock) -> None:
    def script(seen: Seen) -> Reply:
        return reply({"message": f"I know {seen.headers['authorization']} \u001b[2J"}, 400)

    server = serve(Scripted(script))
    outcome = deposit(
        bag, "there", config({"kind": "invenio", "url": server.url}), wish=Wish(send=True), clock=clock, environ=ENVIRON
    )
    (told,) = [f for f in outcome.findings if f.code == "handover-refused"]
    assert "I know Bearer ***" in told.message
    assert SECRET not in str(outcome) + json.dumps(outcome.requests)
    assert "\u001b" not in told.message
