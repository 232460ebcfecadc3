"""A real HTTP server on loopback that keeps state, checks what it receives, and fails where a test wants it to."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Seen:
    """A request as it came. Header names are in small letters."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def md5(self) -> str:
        return hashlib.md5(self.body).hexdigest()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@dataclass
class Reply:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def reply(data: Any, status: int = 200, **headers: str) -> Reply:
    """An answer in JSON."""
    return Reply(status, json.dumps(data).encode(), {"Content-Type": "application/json", **headers})


class Broke(Exception):
    """What a server finds against the specification."""


# What goes wrong: (is the request carried out?, status, 0 for a connection that breaks; more headers)
DEATHS: dict[str, tuple[bool, int, dict[str, str]]] = {"dies before": (False, 0, {}), "dies after": (True, 0, {})}
HICCUPS: dict[str, tuple[bool, int, dict[str, str]]] = {
    "breaks before": (False, 0, {}),
    "breaks after": (True, 0, {}),
    "500": (False, 500, {}),
    "503, retry": (False, 503, {"Retry-After": "7"}),
    "429, retry": (False, 429, {"Retry-After": "Fri, 02 Jan 2026 03:04:12 GMT"}),  # 7 s after the clock of the tests
}


class Server:
    """One server. `handle` is the protocol; `fault` and `at` say how it fails, and from which request on."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.problems: list[str] = []
        self.fault, self.at, self.count = "", 0, 0
        self.suffered: set[object] = set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                outer._serve(self)

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _any  # noqa: N815 (as http.server names them)

            def log_message(self, *arguments: object) -> None:
                pass

        self._http = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        self._thread = threading.Thread(target=lambda: self._http.serve_forever(0.01), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def arm(self, fault: str, at: int = 0) -> None:
        """A death is for good, at the request number `at` from now; a hiccup befalls every request the first time."""
        self.fault, self.at, self.count = fault, at, 0

    def heal(self) -> None:
        self.fault = ""

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        query = {key: values[0] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        seen = Seen(handler.command, parts.path, query, {k.lower(): v for k, v in handler.headers.items()}, body)
        self.seen.append(seen)
        self.count += 1
        carried, status, headers = {**DEATHS, **HICCUPS}.get(self.fault, (True, 200, {}))
        wrong = self.fault in DEATHS and self.count >= self.at
        if self.fault in HICCUPS:
            kind = (seen.method, handler.path, seen.headers.get("content-disposition"), seen.sha256)
            wrong = kind not in self.suffered
            self.suffered.add(kind)
        if self.fault in DEATHS and self.count > self.at:
            carried = False
        answer = Reply()
        if not wrong or carried:
            try:
                answer = self.handle(seen)
            except Broke as error:
                self.problems.append(f"{seen.method} {seen.path}: {error}")
                answer = reply({"message": str(error)}, 400)
        if wrong and not status:
            handler.close_connection = True
            return
        if wrong:
            answer = Reply(status, b"", headers)
        self._answer(handler, answer)

    @staticmethod
    def _answer(handler: BaseHTTPRequestHandler, answer: Reply) -> None:
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        if "Content-Length" not in answer.headers:
            handler.send_header("Content-Length", str(len(answer.body)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(answer.body)

    def handle(self, seen: Seen) -> Reply:
        raise NotImplementedError


class Scripted(Server):
    """A server that does what a function says."""

    def __init__(self, script: Callable[[Seen], Reply]) -> None:
        self.script = script
        super().__init__()

    def handle(self, seen: Seen) -> Reply:
        return self.script(seen)


def wants(truth: object, what: str) -> None:
    """Broke, unless it is so."""
    if not truth:
        raise Broke(what)
