"""A session at a DSpace: CSRF token, login, and what its submission forms look like (DSpace REST Contract: csrf-tokens,
authentication, submissiondefinitions, submissionsections, submissionforms)."""

from __future__ import annotations

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlencode

from jatspack.handover.credentials import Secret
from jatspack.handover.exchange import Answer, Body
from jatspack.handover.troubles import Strange
from jatspack.handover.wire import Wire, part, rows_of, text_of

_TOKEN, _COOKIE = "dspace-xsrf-token", "DSPACE-XSRF-COOKIE"


class Forms:
    """The sections of a collection's submission: which field stands where, and those for files and licence."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}  # metadata field -> section
        self.single: set[str] = set()  # fields that may have one value
        self.upload, self.licence = "upload", "license"


class Session:
    """Requests to the REST API, whose root is `url`."""

    def __init__(self, wire: Wire, url: str) -> None:
        self.wire, self.root = wire, url.rstrip("/")

    def login(self) -> str:
        """Log in with user and password; the token of a session is kept in memory only. The person's UUID."""
        self.wire.authorization = None
        self.send("GET", f"{self.root}/authn/status", (200,), Answer(200, {_TOKEN: "{csrf}"}, b"{}"))
        keys = self.wire.credentials
        form = urlencode({"user": keys["user"].reveal(), "password": keys["password"].reveal()})
        answer = self.send(
            "POST", f"{self.root}/authn/login", (200,), Answer(200, {"authorization": "Bearer {token}"}),
            {"Content-Type": "application/x-www-form-urlencoded"}, Body.of(form.encode("ascii"), shown=False), True,
        )  # fmt: skip
        token = answer.headers.get("authorization", "")
        if not token.lower().startswith("bearer "):
            raise Strange("it gave no token at login")
        if not self.wire.rehearsal:
            self.wire.credentials.hide(token[7:])
        self.wire.authorization = Secret(token)
        status = self.json(
            "GET", f"{self.root}/authn/status", Answer.of({"_embedded": {"eperson": {"uuid": "{person}"}}})
        )
        person = text_of(status, "_embedded", "eperson", "uuid")
        return person or text_of(status, "_links", "eperson", "href").rstrip("/").rpartition("/")[2]

    def forms(self, collection: str, wanted: Iterable[str]) -> Forms:
        """The submission forms of a collection (submissiondefinitions, submissionsections, submissionforms).

        A rehearsal takes for its form one that has all of the `wanted` fields.
        """
        root, forms = f"{self.root}/config", Forms()
        names = [{"metadata": name} for name in wanted]
        every = {"rows": [{"fields": [{"repeatable": True, "selectableMetadata": names}]}]}
        url = f"{root}/submissiondefinitions/search/findByCollection?uuid={collection}"
        definition = self.json("GET", url, Answer.of({"name": "{definition}"}))
        url = f"{root}/submissiondefinitions/{part(text_of(definition, 'name'))}/sections?size=100"
        one = {"id": "{form}", "sectionType": "submission-form"}
        sections = self.json("GET", url, Answer.of({"_embedded": {"submissionsections": [one]}}))
        for section in rows_of(sections, "_embedded", "submissionsections"):
            name, kind = text_of(section, "id"), text_of(section, "sectionType")
            if kind == "upload":
                forms.upload = name
            elif kind == "license":
                forms.licence = name
            elif kind == "submission-form":
                config = text_of(section, "_links", "config", "href").rstrip("/").rpartition("/")[2] or name
                form = self.json("GET", f"{root}/submissionforms/{part(config)}", Answer.of(every))
                self._read_form(form, name, forms)
        return forms

    def _read_form(self, form: dict[str, Any], section: str, forms: Forms) -> None:
        for row in rows_of(form, "rows"):
            for field in rows_of(row, "fields"):
                for choice in rows_of(field, "selectableMetadata"):
                    name = text_of(choice, "metadata")
                    forms.fields.setdefault(name, section)
                    if field.get("repeatable") is False:
                        forms.single.add(name)

    def json(self, method: str, url: str, assumed: Answer) -> dict[str, Any]:
        """A request, and the object that it gives."""
        return self.object(self.send(method, url, (200,), assumed))

    def object(self, answer: Answer) -> dict[str, Any]:
        """An answer's JSON object; Strange where it is none."""
        data = answer.json() if answer.body.strip() else {}
        if not isinstance(data, dict):
            raise Strange("its answer is no object")
        return data

    def send(
        self,
        method: str,
        url: str,
        answers: tuple[int, ...],
        assumed: Answer,
        headers: dict[str, str | Secret] | None = None,
        body: Body | None = None,
        again: bool | None = None,
    ) -> Answer:
        """Send, and keep the CSRF token that the server may change with every answer (csrf-tokens)."""
        answer = self.wire.send(
            method, url, assumed=assumed, answers=answers, headers=headers, body=body, repeatable=again
        )
        token = answer.headers.get(_TOKEN, "")
        if token:
            cookie = _cookie(answer.headers.get("set-cookie", "")) or token
            self.wire.headers["X-XSRF-TOKEN"] = Secret(token)
            self.wire.headers["Cookie"] = Secret(f"{_COOKIE}={cookie}")
            if not self.wire.rehearsal:
                self.wire.credentials.hide(token)
        return answer


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(_COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None else ""
