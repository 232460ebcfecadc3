"""A server of DSpace's REST API, written from the REST Contract: CSRF and JWT, workspace, workflow, forms."""

from __future__ import annotations

import hashlib
import re
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qs

from handover.conftest import SECRET
from handover.server import Reply, Seen, Server, reply, wants

COLLECTION = "05457c63-b392-4629-a373-f2d66ee9ee33"
PERSON = "2245f2c5-1bed-414b-a313-3fd2d2ec89d6"
ONE = ["dc.title", "dc.title.alternative", "dc.contributor.author", "dc.date.issued", "dc.identifier.doi",
       "dc.identifier.uri", "dc.identifier.other", "dc.publisher", "dc.language.iso", "dc.type"]  # fmt: skip
TWO = ["dc.subject", "dc.description.abstract"]
_SINGLE = {"dc.title", "dc.publisher"}


class DSpaceServer(Server):
    """Items by id, each with its sections; those in the workflow apart."""

    def __init__(self, *, one: list[str] = ONE) -> None:
        self.items: dict[str, dict[str, Any]] = {}
        self.workflow: dict[str, dict[str, Any]] = {}
        self.contents: dict[str, bytes] = {}
        self.forms = {"one": one, "two": TWO}
        self.token, self.number = "csrf-0", 0
        super().__init__()

    @property
    def filled(self) -> list[dict[str, Any]]:
        """Items with something in them."""
        return [item for item in self.items.values() if item["sections"]["upload"]["files"] or item["sections"]["one"]]

    def handle(self, seen: Seen) -> Reply:  # noqa: PLR0911 (an address a line)
        path = seen.path.removeprefix("/server/api")
        wants(path != seen.path, "no such address")
        if seen.method not in ("GET", "HEAD"):
            cookie = seen.headers.get("cookie", "")
            if seen.headers.get("x-xsrf-token") != self.token or f"DSPACE-XSRF-COOKIE={self.token}" not in cookie:
                return reply({"message": "Invalid CSRF token"}, 403)
        if path == "/authn/status":
            return self._status(seen)
        if path == "/authn/login":
            return self._login(seen)
        if seen.headers.get("authorization") != "Bearer j.w.t":
            return reply({"message": "Authentication is required"}, 401)
        if path.startswith("/config/"):
            return self._config(path.removeprefix("/config"), seen)
        if path == "/workflow/workflowitems" and seen.method == "POST":
            return self._submit(seen)
        if path.endswith("/search/findBySubmitter"):
            return self._mine(seen, path)
        if path == "/discover/search/objects":
            return reply({"_embedded": {"searchResult": {"_embedded": {"objects": []}}}})
        if path == "/submission/workspaceitems" and seen.method == "POST":
            return self._create(seen)
        match = re.fullmatch(r"/submission/workspaceitems/(\d+)", path)
        wants(match, "no such address")
        assert match
        if match[1] not in self.items:
            return reply({"message": "not found"}, 404)
        return self._item(seen, match[1])

    def _status(self, seen: Seen) -> Reply:
        """The token changes with every look, as it may."""
        self.number += 1
        self.token = f"csrf-{self.number}"
        headers = {
            "DSPACE-XSRF-TOKEN": self.token,
            "Set-Cookie": f"DSPACE-XSRF-COOKIE={self.token}; Path=/server; HttpOnly; SameSite=Lax",
        }
        known = seen.headers.get("authorization") == "Bearer j.w.t"
        own = {"_embedded": {"eperson": {"uuid": PERSON}}} if known else {}
        return reply({"okay": True, "authenticated": known, **own}, 200, **headers)

    def _login(self, seen: Seen) -> Reply:
        wants(seen.headers["content-type"] == "application/x-www-form-urlencoded", "a form")
        if parse_qs(seen.body.decode()) != {"user": ["owl"], "password": [SECRET]}:
            return Reply(401, b"", {"WWW-Authenticate": 'password realm="DSpace REST API"'})
        return Reply(200, b"", {"Authorization": "Bearer j.w.t"})

    def _config(self, path: str, seen: Seen) -> Reply:
        if path == "/submissiondefinitions/search/findByCollection":
            wants(seen.query == {"uuid": COLLECTION}, "the collection")
            return reply({"name": "traditional"})
        if path == "/submissiondefinitions/traditional/sections":
            rows: list[dict[str, Any]] = [
                {
                    "id": name, "sectionType": "submission-form",
                    "_links": {"config": {"href": f"{self.url}/server/api/config/submissionforms/form{name}"}},
                }
                for name in self.forms
            ]  # fmt: skip
            rows += [{"id": "upload", "sectionType": "upload"}, {"id": "license", "sectionType": "license"}]
            return reply({"_embedded": {"submissionsections": rows}})
        name = path.removeprefix("/submissionforms/form")
        fields = [
            {"fields": [{"repeatable": key not in _SINGLE, "selectableMetadata": [{"metadata": key}]}]}
            for key in self.forms[name]
        ]
        return reply({"rows": fields})

    def _mine(self, seen: Seen, path: str) -> Reply:
        wants(seen.query["uuid"] == PERSON, "the submitter")
        name = "workflowitems" if "workflow" in path else "workspaceitems"
        rows = list((self.workflow if "workflow" in path else self.items).values())
        page = int(seen.query["page"])
        return reply({"_embedded": {name: rows[page : page + 1]}, "page": {"totalPages": len(rows)}})

    def _create(self, seen: Seen) -> Reply:
        wants(seen.query == {"owningCollection": COLLECTION} and seen.json == {}, "an empty item in the collection")
        id_ = str(len(self.items) + len(self.workflow) + 1)
        sections = {
            "collection": COLLECTION,
            "one": {},
            "two": {},
            "upload": {"files": []},
            "license": {"granted": False},
        }
        self.items[id_] = {"id": int(id_), "type": "workspaceitem", "sections": sections}
        return reply(self.items[id_], 201)

    def _item(self, seen: Seen, id_: str) -> Reply:
        item = self.items[id_]
        if seen.method == "PATCH":
            wants(seen.headers["content-type"] == "application/json", "JSON Patch")
            for row in seen.json:
                self._patch(item["sections"], row)
        elif seen.method == "POST":
            self._file(seen, item)
            return reply(item, 201)
        return reply(item)

    def _patch(self, sections: dict[str, Any], row: dict[str, Any]) -> None:
        path = row["path"].split("/")[2:]
        if row["op"] == "remove":
            wants(path[:2] == ["upload", "files"], "files are removed")
            del sections["upload"]["files"][int(path[2])]
            return
        wants(row["op"] == "add", "add")
        if path == ["license", "granted"]:
            sections["license"]["granted"] = row["value"]
            return
        form, field = path
        wants(field in self.forms[form], f"{form} has no {field}")
        wants(all(set(value) <= {"value", "language"} and value["value"] for value in row["value"]), "values")
        wants(len(row["value"]) == 1 or field not in _SINGLE, f"{field} is not repeatable")
        sections[form][field] = row["value"]

    def _file(self, seen: Seen, item: dict[str, Any]) -> None:
        raw = f"Content-Type: {seen.headers['content-type']}\r\n\r\n".encode() + seen.body
        (piece,) = message_from_bytes(raw).get_payload()  # type: ignore[misc]
        wants(piece.get_param("name", header="content-disposition") == "file", "a part called file")  # type: ignore[union-attr]
        boundary = re.search(r"boundary=(\w+)", seen.headers["content-type"])
        assert boundary
        data = seen.body.partition(b"\r\n\r\n")[2].removesuffix(f"\r\n--{boundary[1]}--\r\n".encode())
        md5 = hashlib.md5(data).hexdigest()
        self.contents[md5] = data
        name = piece.get_filename()  # type: ignore[union-attr]
        item["sections"]["upload"]["files"].append(
            {
                "metadata": {"dc.title": [{"value": name}]},
                "sizeBytes": len(data),
                "checkSum": {"checkSumAlgorithm": "MD5", "value": md5},
            }
        )

    def _submit(self, seen: Seen) -> Reply:
        wants(seen.headers["content-type"] == "text/uri-list", "a list of addresses")
        match = re.fullmatch(rf"{re.escape(self.url)}/server/api/submission/workspaceitems/(\d+)", seen.body.decode())
        wants(match, "a workspace item")
        assert match
        if match[1] not in self.items:
            return reply({"message": "not found"}, 404)
        item = self.items[match[1]]
        if not item["sections"]["license"]["granted"] or "dc.title" not in item["sections"]["one"]:
            return reply({"message": "validation errors"}, 422)
        self.workflow[match[1]] = self.items.pop(match[1])
        return reply(self.workflow[match[1]], 201)
