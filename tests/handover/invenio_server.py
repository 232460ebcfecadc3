"""A server of InvenioRDM's REST API, written from its reference ("Drafts and Records", "Reviews", "Metadata")."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from handover.conftest import SECRET
from handover.server import Reply, Seen, Server, reply, wants

_KNOWN = {
    "resource_type", "title", "additional_titles", "creators", "contributors", "publication_date", "publisher",
    "description", "additional_descriptions", "subjects", "languages", "dates", "identifiers", "related_identifiers",
    "rights", "funding", "references",
}  # fmt: skip


class InvenioServer(Server):
    """Records of one person. `records` are published versions, `drafts` what is not."""

    def __init__(self, *, echo: bool = False) -> None:
        self.drafts: dict[str, dict[str, Any]] = {}
        self.records: dict[str, dict[str, Any]] = {}
        self.files: dict[str, dict[str, dict[str, Any]]] = {}
        self.number, self.echo = 0, echo
        super().__init__()

    @property
    def all(self) -> list[dict[str, Any]]:
        return [*self.drafts.values(), *self.records.values()]

    def contents(self, id_: str) -> dict[str, bytes]:
        """The files of a record; they must be complete."""
        assert all(entry["status"] == "completed" for entry in self.files[id_].values())
        return {name: entry["content"] for name, entry in self.files[id_].items()}

    def handle(self, seen: Seen) -> Reply:
        if seen.headers.get("authorization") != f"Bearer {SECRET}":
            told = seen.headers.get("authorization", "") if self.echo else "no"
            return reply({"status": 401, "message": f"The token {told} is not known."}, 401)
        if seen.path == "/api/user/records" and seen.method == "GET":
            return self._search(seen)
        if seen.path == "/api/records" and seen.method == "POST":
            return self._shown(self._new(seen.json), 201)
        match = re.fullmatch(r"/api/records/([a-z0-9-]+)(/draft|/versions|/files)?(/.*)?", seen.path)
        wants(match, "no such address")
        assert match
        id_, below, rest = match[1], match[2] or "", match[3] or ""
        if below == "/draft":
            return self._draft(seen, id_, rest)
        if id_ not in self.records:
            return reply({"message": "not found"}, 404)
        if below == "/versions" and seen.method == "POST":
            return self._version(id_)
        if below == "/files":
            return self._entries(id_)
        return self._shown(self.records[id_])

    def _search(self, seen: Seen) -> Reply:
        names = [n.replace('\\"', '"').lower() for n in re.findall(r':"((?:[^"\\]|\\.)*)"', seen.query["q"])]
        wants(len(names) == 2, "a query by two fields")
        hits = [r for r in self.all if {n.lower() for n in self._names(r)} & set(names)]
        return reply({"hits": {"hits": hits, "total": len(hits)}})

    @staticmethod
    def _names(record: dict[str, Any]) -> list[str]:
        own = [row["identifier"] for row in record["metadata"].get("identifiers", [])]
        return [*own, record.get("pids", {}).get("doi", {}).get("identifier", "")]

    def _new(self, data: dict[str, Any], parent: str = "", index: int = 1) -> dict[str, Any]:
        self._valid(data)
        self.number += 1
        id_ = f"rec-{self.number}"
        links = {"self_html": f"{self.url}/uploads/{id_}", "self": f"{self.url}/api/records/{id_}/draft"}
        own = {
            "id": id_, "is_published": False, "is_draft": True, "links": links, "status": "draft",
            "parent": {"id": parent or f"par-{self.number}"}, "versions": {"index": index}, "pids": {},
        }  # fmt: skip
        self.drafts[id_] = {**data, **own, "pids": data.get("pids", {})}
        self.files[id_] = {}
        self._unique(self.drafts[id_])
        return self.drafts[id_]

    def _unique(self, record: dict[str, Any]) -> None:
        doi = record["pids"].get("doi", {}).get("identifier")
        same = [
            r for r in self.all if doi and r["id"] != record["id"] and r["pids"].get("doi", {}).get("identifier") == doi
        ]
        wants(not same, f"the DOI {doi} is taken")

    @staticmethod
    def _valid(data: dict[str, Any]) -> None:
        wants(set(data) <= {"access", "files", "metadata", "pids", "custom_fields"}, "unknown keys")
        wants(data["files"] == {"enabled": True}, "files are enabled")
        wants(data["access"]["record"] in ("public", "restricted"), "access")
        meta = data["metadata"]
        wants(set(meta) <= _KNOWN, f"unknown metadata {set(meta) - _KNOWN}")
        wants(meta["title"] and meta["creators"] and meta["resource_type"]["id"], "what every record has")
        wants(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", meta["publication_date"]), "a date")
        for person in [*meta["creators"], *meta.get("contributors", [])]:
            own = person["person_or_org"]
            wants(own["family_name"] if own["type"] == "personal" else own["name"], "a name")
        for row in meta.get("identifiers", []):
            wants(row["scheme"] in ("doi", "other") and row["identifier"], "an identifier")

    def _draft(self, seen: Seen, id_: str, rest: str) -> Reply:
        draft = self.drafts.get(id_)
        if draft is None:
            return reply({"message": "The persistent identifier does not exist."}, 404)
        if rest.startswith("/files"):
            return self._file(seen, id_, rest.removeprefix("/files"))
        action = (seen.method, rest)
        if action == ("PUT", ""):
            self._valid(seen.json)
            draft.update(seen.json)
            draft["pids"] = seen.json.get("pids", {})
            self._unique(draft)
        elif action == ("POST", "/pids/doi"):
            wants("doi" not in draft["pids"], "a DOI is reserved once")
            draft["pids"]["doi"] = {"identifier": f"10.5281/{id_}", "provider": "datacite"}
            return self._shown(draft, 201)
        elif action == ("POST", "/actions/publish"):
            return self._publish(id_)
        elif action == ("PUT", "/review"):
            wants(seen.json["type"] == "community-submission" and seen.json["receiver"]["community"], "a community")
        elif action == ("POST", "/actions/submit-review"):
            if draft["status"] == "in_review":
                return reply({"message": "in review"}, 400)
            draft["status"] = "in_review"
            return reply({}, 202)
        else:
            wants(action == ("GET", ""), "no such action")
        return self._shown(draft)

    def _publish(self, id_: str) -> Reply:
        draft = self.drafts.pop(id_)
        wants(self.files[id_] and self.contents(id_), "files")
        draft["pids"].setdefault("doi", {"identifier": f"10.5281/{id_}", "provider": "datacite"})
        links = {"self_html": f"{self.url}/records/{id_}"}
        self.records[id_] = {**draft, "is_published": True, "is_draft": False, "links": links, "status": "published"}
        return self._shown(self.records[id_], 202)

    def _version(self, id_: str) -> Reply:
        """The same draft as often as it is asked."""
        old = self.records[id_]
        there = [d for d in self.drafts.values() if d["parent"] == old["parent"]]
        if there:
            return self._shown(there[0], 201)
        data = {key: old[key] for key in ("access", "files", "metadata")}
        return self._shown(self._new(data, old["parent"]["id"], old["versions"]["index"] + 1), 201)

    def _entries(self, id_: str) -> Reply:
        rows = [{"key": n, **{k: v for k, v in e.items() if k != "content"}} for n, e in self.files[id_].items()]
        return reply({"enabled": True, "entries": rows})

    def _file(self, seen: Seen, id_: str, rest: str) -> Reply:
        files = self.files[id_]
        if rest == "" and seen.method == "POST":
            for row in seen.json:
                if row["key"] in files:
                    return reply({"message": f"File with key {row['key']} already exists."}, 400)
                files[row["key"]] = {"status": "pending"}
            return reply({"entries": seen.json}, 201)
        if rest == "":
            return self._entries(id_)
        name, _, action = rest[1:].partition("/")
        if name not in files:
            return reply({"message": "no such file"}, 404)
        entry = files[name]
        if seen.method == "DELETE":
            del files[name]
            return Reply(204)
        if action == "content":
            wants(seen.method == "PUT" and seen.headers["content-type"] == "application/octet-stream", "bytes")
            wants(entry["status"] == "pending", "a file that is complete is not changed")
            entry["content"] = seen.body
            return reply({"key": name, "status": "pending"})
        wants(action == "commit" and seen.method == "POST", "no such action")
        if entry["status"] == "completed":
            return reply({"message": "committed already"}, 400)
        checksum = f"md5:{hashlib.md5(entry['content']).hexdigest()}"
        entry |= {"status": "completed", "checksum": checksum, "size": len(entry["content"])}
        return reply({"key": name, "status": "completed", "checksum": checksum})

    @staticmethod
    def _shown(record: dict[str, Any], status: int = 200) -> Reply:
        return reply(record, status)
