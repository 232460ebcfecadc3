"""The connection itself: HTTP through urllib3, and nothing of it anywhere else.

Nothing is taken from ~/.netrc, no cookie is kept, no redirect leaves the target, and an answer is bounded in size and
time. What is tried again: requests that may be repeated; and those that provably were not carried out (no connection;
429 and 503 with Retry-After: RFC 6585, section 4, RFC 9110, section 15.6.4).
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from jatspack import __version__
from jatspack.config.targets import loopback
from jatspack.handover.credentials import Credentials, Secret
from jatspack.handover.exchange import Answer, Request, reason
from jatspack.handover.patience import Clock, Patience, retry_after
from jatspack.handover.troubles import Refused, Strange, Unknown, Unreachable
from jatspack.handover.wire import Wire

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of one exchange: bytes of an answer; seconds to connect, without a sign, and in all."""

    answer: int = 8 << 20
    connect: float = 15
    silence: float = 300  # a repository may unpack a bag before it answers
    whole: float = 600
    slowest: int = 20_000  # bytes a second: a large upload may take longer


class _NotSent(Exception):
    """Provably nothing reached the target."""


class _Broken(Exception):
    """The exchange broke off: the request may have been carried out."""


class Line(Wire):
    """A real connection to a target."""

    def __init__(
        self, urls: Iterable[str], credentials: Credentials, clock: Clock, bounds: Bounds | None = None
    ) -> None:
        super().__init__(urls, credentials, clock)
        self.bounds = bounds or Bounds()
        self._socket: list[socket.socket] = []
        self._late = False

    def _through(self, request: Request) -> Answer:
        sent, patience, redirects = self._note(request), Patience(self.clock), 0
        while True:
            asked = None
            try:
                answer = self._once(request)
            except _NotSent as error:
                why, again = str(error), True
            except _Broken as error:
                why, again = str(error), request.again
            else:
                sent.status = answer.status
                if answer.status in request.answers:
                    return answer
                if answer.status in _REDIRECTS and redirects < _MOST_REDIRECTS:
                    request, redirects = self._redirected(request, answer), redirects + 1
                    continue
                why = self.credentials.scrub(reason(answer))
                if answer.status not in _PASSING:
                    raise self._refused(answer.status, why)
                asked = retry_after(answer.headers.get("retry-after", ""), self.clock)
                again = request.again or answer.status == 429 or (answer.status == 503 and asked is not None)
            if not again:
                raise Unknown(self.credentials.scrub(why))
            if not patience.wait(asked):
                raise Unreachable(self.credentials.scrub(why) + (f"; it asks to wait {asked:.0f} s" if asked else ""))

    def _refused(self, status: int, why: str) -> Refused:
        how = "see what it says; correct the article, or the target in journal.toml"
        if status in (401, 403):
            how = "see whether the credentials are right, and may deposit there"
        elif status in (404, 405, 410):
            how = "see whether the target's address in journal.toml is right"
        elif status in _REDIRECTS:
            how = "give the address that it names in journal.toml, if it is right"
        elif status == 413:
            how = "it is too large for the target: ask there"
        return Refused(why, how, status)

    def _redirected(self, request: Request, answer: Answer) -> Request:
        """The request where the target sends it; a write only where the status keeps its method."""
        url = self.link(answer.headers.get("location", ""), request.url)
        if request.method not in ("GET", "HEAD") and answer.status not in (307, 308):
            raise self._refused(answer.status, f"{answer.status}: it names another address, {url[:200]}")
        return replace(request, url=url)

    def _once(self, request: Request) -> Answer:
        headers = {"User-Agent": f"jatspack/{__version__}", "Accept-Encoding": "identity", "Connection": "close"}
        headers |= {k: v.reveal() if isinstance(v, Secret) else v for k, v in self._headers(request).items()}
        size = request.body.length if request.body is not None else 0
        if request.body is not None or request.method in ("POST", "PUT", "PATCH"):
            headers["Content-Length"] = str(size)
        with self._bounded(size), self._manager(request.url) as manager:
            try:
                body: Any = request.body.open() if request.body is not None and size else None
                response = manager.urlopen(
                    request.method,
                    request.url,
                    body=body,
                    headers=headers,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    decode_content=False,
                    timeout=urllib3.Timeout(connect=self.bounds.connect, read=self.bounds.silence),
                )
                answer = self._answer(request, response)
                if self._late:  # what was cut off may look like a whole answer
                    raise OSError("it took too long")
                return answer
            except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError) as error:
                raise _NotSent(_about(error)) from None
            except urllib3.exceptions.SSLError as error:
                raise Unreachable(f"its certificate does not hold: {_about(error)}") from None
            except urllib3.exceptions.ProxyError as error:
                raise _NotSent(f"the proxy: {_about(error)}") from None
            except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
                raise _Broken(_about(error)) from None

    def _answer(self, request: Request, response: urllib3.BaseHTTPResponse) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        if headers.get("content-encoding", "identity").lower() not in ("identity", ""):
            raise Strange("its answer is compressed, which was not asked for")
        pieces, size = [], 0
        while piece := response.read(_BLOCK, decode_content=False):
            pieces.append(piece)
            size += len(piece)
            if size > self.bounds.answer:
                raise Strange(f"its answer has more than {self.bounds.answer >> 20} MB")
        return Answer(response.status, headers, b"".join(pieces), request.url)

    @contextmanager
    def _bounded(self, size: int) -> Iterator[None]:
        """Cut the connection where an exchange takes too long in all: a server may send a byte a minute."""
        watch = threading.Timer(self.bounds.whole + size / self.bounds.slowest, self._cut)
        watch.daemon, self._late = True, False
        watch.start()
        try:
            yield
        finally:
            watch.cancel()
            self._socket.clear()

    def _cut(self) -> None:
        self._late = True
        for one in self._socket:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def _manager(self, url: str) -> Iterator[urllib3.PoolManager]:
        parts = urlsplit(url)
        host = parts.hostname or ""
        proxy = None if loopback(host) or proxy_bypass(host) else getproxies().get(parts.scheme)
        manager = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
        manager.pool_classes_by_scheme = _pools(self._socket)
        try:
            yield manager
        finally:
            manager.clear()


def _pools(opened: list[socket.socket]) -> dict[str, Any]:
    """urllib3's pools, whose connections tell which socket they have."""

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            if self.sock is not None:
                opened.append(self.sock)

    class Safe(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            if self.sock is not None:
                opened.append(self.sock)

    plain = type("Plain", (HTTPConnectionPool,), {"ConnectionCls": Plain})
    safe = type("Safe", (HTTPSConnectionPool,), {"ConnectionCls": Safe})
    return {"http": plain, "https": safe}


def _about(error: BaseException) -> str:
    """What urllib3 says, without the object that it says it of."""
    inner = error.args[-1] if error.args and isinstance(error.args[-1], BaseException) else error
    text = str(inner).rpartition(">: ")[2] or type(inner).__name__
    return " ".join(text.split())[:200]
