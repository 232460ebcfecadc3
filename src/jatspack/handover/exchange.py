"""A request and an answer as values: what every protocol is written in, whether it is sent or only rehearsed."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import responses
from pathlib import Path
from typing import Any, BinaryIO

from jatspack.handover.credentials import HIDDEN, Secret
from jatspack.handover.troubles import Strange

_BLOCK = 1 << 20
_IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})  # RFC 9110, section 9.2.2
_HIDDEN_HEADERS = frozenset({"authorization", "cookie", "x-xsrf-token", "x-amz-security-token", "proxy-authorization"})


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries: `before`, `size` bytes of a file from `start` on, and `after`. `shown` is False for
    secrets; `sha256` is the digest of all of it, where that is known already."""

    before: bytes = b""
    path: Path | None = None
    start: int = 0
    size: int = 0
    after: bytes = b""
    shown: bool = True
    sha256: str = ""

    @staticmethod
    def of(data: bytes, *, shown: bool = True) -> Body:
        return Body(before=data, shown=shown)

    @property
    def length(self) -> int:
        """All bytes."""
        return len(self.before) + self.size + len(self.after)

    def open(self) -> BinaryIO:
        """A reader of just these bytes; each try of a request opens its own."""
        return io.BytesIO(self.before + self.after) if self.path is None else _Reader(self)

    def digest(self, algorithm: str = "sha256") -> str:
        """In hexadecimal digits."""
        if algorithm == "sha256" and self.sha256:
            return self.sha256
        made = hashlib.new(algorithm, usedforsecurity=False)
        with self.open() as file:
            while block := file.read(_BLOCK):
                made.update(block)
        return made.hexdigest()


class _Reader(io.BufferedReader):
    """The bytes of a body with a file in it."""

    def __init__(self, body: Body) -> None:
        super().__init__(_Pieces(body), _BLOCK)


class _Pieces(io.RawIOBase):
    def __init__(self, body: Body) -> None:
        assert body.path is not None
        self._file = body.path.open("rb")
        self._file.seek(body.start)
        self._rest = [io.BytesIO(body.before), self._file, io.BytesIO(body.after)]
        self._left = body.size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        while self._rest:
            wanted = len(buffer) if self._rest[0] is not self._file else min(len(buffer), self._left)
            data = self._rest[0].read(wanted) if wanted else b""
            if self._rest[0] is self._file:
                self._left -= len(data)
            if data:
                buffer[: len(data)] = data
                return len(data)
            self._rest.pop(0)
        return 0

    def close(self) -> None:
        self._file.close()
        super().close()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Header names are in small letters."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    url: str = ""

    @staticmethod
    def of(data: Any, status: int = 200, **headers: str) -> Answer:
        """An answer in JSON, as a rehearsal assumes it."""
        return Answer(status, headers, json.dumps(data).encode())

    def json(self) -> Any:
        """The body as JSON; Strange where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Strange("its answer is no JSON") from error


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be sent. `answers` are the statuses that the protocol foresees; `assumed` is what a rehearsal takes
    for the answer; `repeatable` says whether it may be sent twice (by its method, where it is not said)."""

    method: str
    url: str
    assumed: Answer
    answers: frozenset[int]
    headers: Mapping[str, str | Secret] = field(default_factory=dict)
    body: Body | None = None
    repeatable: bool | None = None
    authorized: bool = True  # by the Authorization header of the wire

    @property
    def again(self) -> bool:
        return self.method in _IDEMPOTENT if self.repeatable is None else self.repeatable


@dataclass(slots=True)
class Sent:
    """A request as it is printed and reported: without any secret."""

    method: str
    url: str
    headers: dict[str, str]
    size: int = 0
    sha256: str = ""
    status: int = 0

    def row(self) -> dict[str, Any]:
        """For JSON."""
        body = {"size": self.size, "sha256": self.sha256} if self.size else None
        return {"method": self.method, "url": self.url, "headers": self.headers, "body": body, "status": self.status}


def shown(request: Request, headers: Mapping[str, str | Secret]) -> Sent:
    """A request without its secrets."""
    masked = {k: HIDDEN if isinstance(v, Secret) or k.lower() in _HIDDEN_HEADERS else v for k, v in headers.items()}
    body = request.body
    if body is None or not body.length:
        return Sent(request.method, request.url, masked)
    digest = body.digest() if body.shown else ""  # a digest of a short secret would give it away
    return Sent(request.method, request.url, masked, body.length, digest)


def reason(answer: Answer) -> str:
    """What a server says about its refusal, in one short line of its own words."""
    text = " ".join(_words(answer.body)) or responses.get(answer.status, "")
    text = "".join(char if char.isprintable() else " " for char in text)
    return f"{answer.status} {' '.join(text.split())[:300]}".strip()


def _words(body: bytes) -> Iterator[str]:
    """Messages of an error document: JSON (Invenio, DSpace, SWORD v3), XML (SWORD v2, S3), or plain text."""
    text = body[:100_000].decode("utf-8", "replace").strip()
    if text.startswith("{"):
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            return
        yield from _messages(data)
    elif text.startswith("<"):
        found = re.findall(r"<(?:\w+:)?(?:summary|Message|verboseDescription)\b[^>]*>([^<]{1,500})<", text)
        yield from found or re.findall(r"<title>([^<]{1,200})<", text)
    else:
        yield text[:300]


def _messages(data: dict[str, Any]) -> Iterator[str]:
    for key in ("message", "error", "log"):
        if isinstance(value := data.get(key), str):
            yield value
    errors = data.get("errors")
    for row in errors[:5] if isinstance(errors, list) else []:
        if isinstance(row, dict):
            told = row.get("messages") or row.get("message") or ""
            yield f"{row.get('field', '')}: {'; '.join(map(str, told)) if isinstance(told, list) else told};"
