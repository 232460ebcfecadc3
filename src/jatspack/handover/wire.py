"""The way to a target: what both a rehearsal and a real connection know, and the rehearsal itself.

A protocol is written once, against `Wire`. A dry run hands it a Rehearsal, which sends nothing and takes for each
answer what the protocol's specification promises: so that what is printed is what would be sent.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from lxml import etree

from jatspack.handover.credentials import Credentials, Secret
from jatspack.handover.exchange import Answer, Body, Request, Sent, shown
from jatspack.handover.patience import Clock
from jatspack.handover.troubles import Strange

OK = (200, 201, 202, 204)
_PLACEHOLDER = re.compile(r"\{[a-z][a-z -]*\}")
_PORTS = {"http": 80, "https": 443}
Origin = tuple[str, str, int]


def origin(url: str) -> Origin:
    """Scheme, host and port; Strange for what is no address of the web."""
    try:
        parts = urlsplit(url)
        return parts.scheme, (parts.hostname or "").lower(), parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError) as error:
        raise Strange("it names an address that is none of the web") from error


def part(text: object) -> str:
    """A piece of a path, percent-encoded; what a rehearsal does not know yet stays readable."""
    value = str(text)
    return value if _PLACEHOLDER.fullmatch(value) else quote(value, safe="")


class Wire:
    """What is sent to one target. `origins` are the hosts that may see its credentials."""

    rehearsal = False

    def __init__(self, urls: Iterable[str], credentials: Credentials, clock: Clock) -> None:
        self.origins: list[Origin] = [origin(url) for url in urls]
        self.credentials, self.clock = credentials, clock
        self.authorization: Secret | None = credentials.authorization()
        self.headers: dict[str, str | Secret] = {}  # of every request to this target
        self.sent: list[Sent] = []

    def send(
        self,
        method: str,
        url: str,
        *,
        assumed: Answer,
        answers: Collection[int] = OK,
        headers: dict[str, str | Secret] | None = None,
        body: Body | None = None,
        repeatable: bool | None = None,
    ) -> Answer:
        """Send a request and give the answer; Trouble where there is none, or none that is among `answers`."""
        request = Request(method, url, assumed, frozenset(answers), headers or {}, body, repeatable)
        self.link(url)
        return self._through(request)

    def pass_on(self, request: Request) -> Answer:
        """The same for a request that is authorized already (S3 signs its own)."""
        self.link(request.url)
        return self._through(request)

    def link(self, url: str, base: str = "") -> str:
        """A link that the target gave, as an address of the same target; Strange where it leads elsewhere.

        A server behind a proxy often takes itself for http: its links are followed over https.
        """
        whole = urljoin(base, url) if base else url
        there = origin(whole)
        if there in self.origins:
            return whole
        for scheme, host, port in self.origins:
            if there[:2] == ("http", host) and scheme == "https":
                place = host if port == _PORTS["https"] else f"{host}:{port}"
                return urlunsplit(("https", place, *urlsplit(whole)[2:]))
        raise Strange(f"it leads to another host, {there[1][:100]}, which gets no credentials")

    def _headers(self, request: Request) -> dict[str, str | Secret]:
        out: dict[str, str | Secret] = {**self.headers, **request.headers}
        if request.authorized and self.authorization is not None:
            out["Authorization"] = self.authorization
        return out

    def _note(self, request: Request) -> Sent:
        sent, scrub = shown(request, self._headers(request)), self.credentials.scrub
        sent.url, sent.headers = scrub(sent.url), {name: scrub(value) for name, value in sent.headers.items()}
        self.sent.append(sent)
        return sent

    def _through(self, request: Request) -> Answer:
        raise NotImplementedError


class Rehearsal(Wire):
    """Sends nothing; the answer is what the protocol promises."""

    rehearsal = True

    def _through(self, request: Request) -> Answer:
        self._note(request)
        return request.assumed


def read_xml(answer: Answer) -> etree._Element:
    """An answer's XML; Strange for what is none, or declares entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(answer.body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Strange("its answer is no well-formed XML") from error
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise Strange("its answer has a document type declaration, which no answer of this protocol has")
    return root


def text_of(data: Any, *path: str | int) -> str:
    """A value deep in JSON as text; "" where it is not there, or is no text or number."""
    for key in path:
        if isinstance(data, dict) and isinstance(key, str):
            data = data.get(key)
        elif isinstance(data, list) and isinstance(key, int) and -len(data) <= key < len(data):
            data = data[key]
        else:
            return ""
    return str(data) if isinstance(data, (str, int)) and not isinstance(data, bool) else ""


def object_of(data: Any, *path: str) -> dict[str, Any]:
    """An object deep in JSON; an empty one where it is not there, or is none."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def rows_of(data: Any, *path: str) -> list[dict[str, Any]]:
    """A list of objects deep in JSON; only what is an object."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []
