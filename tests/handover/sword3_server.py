"""A SWORD v3 server, written from the SWORD 3.0 specification: Objects, segmented upload, concurrency control."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

from handover.conftest import SECRET
from handover.server import Reply, Seen, Server, reply, wants

CONTEXT = "https://swordapp.github.io/swordv3/swordv3.jsonld"
BAGIT = "http://purl.org/net/sword/3.0/package/SWORDBagIt"


def digest(data: bytes) -> str:
    return "SHA-256=" + base64.b64encode(hashlib.sha256(data).digest()).decode()


class Sword3Server(Server):
    """`limit`: bytes of one request; `segment`: of one segment, 0 for a server without a staging area."""

    def __init__(self, *, limit: int = 1 << 30, segment: int = 0, etags: bool = False) -> None:
        self.objects: dict[str, dict[str, Any]] = {}
        self.uploads: dict[str, dict[str, Any]] = {}
        self.limit, self.segment, self.etags = limit, segment, etags
        super().__init__()

    def handle(self, seen: Seen) -> Reply:
        if seen.headers.get("authorization") != f"Bearer {SECRET}":
            return reply({"@type": "AuthenticationFailed", "error": "no", "log": "who are you?"}, 403)
        if seen.body:
            wants(seen.headers.get("digest") == digest(seen.body), "Digest")
            wants(len(seen.body) <= self.limit, "maxUploadSize")
        if seen.method in ("POST", "PUT"):
            wants("content-disposition" in seen.headers, "Content-Disposition")
        if seen.path == "/service":
            return self._service() if seen.method == "GET" else self._create(seen)
        if seen.path == "/staging":
            return self._begin(seen)
        match = re.fullmatch(r"/(object|upload)/(\d+)(/metadata)?", seen.path)
        wants(match, "no such address")
        assert match
        if match[1] == "upload":
            return self._upload(seen, match[2])
        return self._metadata(seen, match[2]) if match[3] else self._object(seen, match[2])

    def _service(self) -> Reply:
        """The root accepts nothing, one service below does, as documents may be nested."""
        own: dict[str, Any] = {"@id": "/service", "@type": "ServiceDocument", "acceptDeposits": True}
        if self.segment:
            own |= {"staging": f"{self.url}/staging", "maxSegmentSize": self.segment, "minSegmentSize": 1}
        root = {
            "@context": CONTEXT, "@id": f"{self.url}/service", "@type": "ServiceDocument", "acceptDeposits": False,
            "maxUploadSize": self.limit, "acceptPackaging": ["*"], "digest": ["SHA-256"], "services": [own],
        }  # fmt: skip
        return reply(root)

    def _is_metadata(self, seen: Seen) -> None:
        wants(seen.headers["content-disposition"] == "attachment; metadata=true", "metadata=true")
        wants(seen.headers["metadata-format"] == "http://purl.org/net/sword/3.0/types/Metadata", "Metadata-Format")
        data = seen.json
        wants(data["@type"] == "Metadata" and data["@context"] == CONTEXT and data["dc:title"], "a Metadata Document")
        wants(all(isinstance(v, str) and re.match(r"@|dc:|dcterms:", k) for k, v in data.items()), "dc and dcterms")

    def _create(self, seen: Seen) -> Reply:
        self._is_metadata(seen)
        wants(seen.headers["in-progress"] == "true", "more will come")
        id_ = str(len(self.objects) + 1)
        self.objects[id_] = {"metadata": seen.json, "bag": b"", "complete": False, "tag": 1}
        return self._status(id_, 201, Location=f"{self.url}/object/{id_}")

    def _tag(self, id_: str) -> dict[str, str]:
        return {"ETag": f'"{self.objects[id_]["tag"]}"'} if self.etags else {}

    def _status(self, id_: str, status: int = 200, **headers: str) -> Reply:
        own = self.objects[id_]
        metadata = {"@id": f"{self.url}/object/{id_}/metadata"}
        if self.etags:
            metadata["eTag"] = f'"{own["tag"]}"'
        links = [{"@id": f"{self.url}/page/{id_}", "rel": ["alternate"], "contentType": "text/html"}]
        data = {
            "@context": CONTEXT,
            "@id": f"{self.url}/object/{id_}",
            "@type": "Status",
            "metadata": metadata,
            "links": links,
        }
        return reply(data, status, **headers, **self._tag(id_))

    def _matches(self, seen: Seen, id_: str) -> bool:
        return not self.etags or seen.headers.get("if-match") == f'"{self.objects[id_]["tag"]}"'

    def _object(self, seen: Seen, id_: str) -> Reply:
        own = self.objects[id_]
        if seen.method == "GET":
            return self._status(id_)
        if not self._matches(seen, id_):
            return reply({"@type": "ETagNotMatched", "error": "changed"}, 412)
        own["tag"] += 1
        if seen.method == "POST":
            wants(not seen.body and seen.headers["in-progress"] == "false", "completed")
            own["complete"] = True
            return Reply(204)
        wants(seen.headers["in-progress"] == "true", "more will come")
        if "by-reference=true" in seen.headers["content-disposition"]:
            own["bag"] = self._referenced(seen.json)
        else:
            wants(seen.headers["packaging"] == BAGIT and seen.headers["content-type"] == "application/zip", "a bag")
            wants(re.fullmatch(r"attachment; filename=[\w.-]+", seen.headers["content-disposition"]), "a file name")
            own["bag"] = seen.body
        own["metadata"] = {}  # replaced content has no metadata
        return self._status(id_)

    def _referenced(self, data: dict[str, Any]) -> bytes:
        wants(data["@type"] == "ByReference" and data["@context"] == CONTEXT, "a By-Reference Document")
        (row,) = data["byReferenceFiles"]
        wants({"@id", "contentType", "contentDisposition", "digest", "dereference"} <= set(row), "what must be there")
        wants(row["packaging"] == BAGIT, "packaging")
        upload = self.uploads[row["@id"].rpartition("/")[2]]
        whole = b"".join(upload["segments"][n] for n in range(1, upload["count"] + 1))
        wants(digest(whole) == row["digest"] == upload["digest"] and len(whole) == upload["size"], "the assembled file")
        return whole

    def _metadata(self, seen: Seen, id_: str) -> Reply:
        if seen.method == "GET":
            return reply(self.objects[id_]["metadata"], 200, **self._tag(id_))
        wants(seen.method == "PUT", "metadata are replaced")
        self._is_metadata(seen)
        if not self._matches(seen, id_):
            return reply({"@type": "ETagNotMatched", "error": "changed"}, 412)
        self.objects[id_] |= {"metadata": seen.json, "tag": self.objects[id_]["tag"] + 1}
        return Reply(204)

    def _begin(self, seen: Seen) -> Reply:
        wants(not seen.body, "an empty body")
        pattern = r"segment-init; size=(\d+); digest=(SHA-256=\S+); segment_count=(\d+); segment_size=(\d+)"
        match = re.fullmatch(pattern, seen.headers["content-disposition"])
        wants(match, "segment-init")
        assert match
        size, count, each = int(match[1]), int(match[3]), int(match[4])
        wants(each <= self.segment and (count - 1) * each < size <= count * each, "segments that fit")
        id_ = str(len(self.uploads) + 1)
        self.uploads[id_] = {"size": size, "digest": match[2], "count": count, "each": each, "segments": {}}
        return Reply(201, b"", {"Location": f"/upload/{id_}"})

    def _upload(self, seen: Seen, id_: str) -> Reply:
        upload = self.uploads[id_]
        there = upload["segments"]
        if seen.method == "GET":
            expecting = [n for n in range(1, upload["count"] + 1) if n not in there]
            return reply({"@context": CONTEXT, "@type": "Temporary", "received": sorted(there), "expecting": expecting})
        match = re.fullmatch(r"segment; segment_number=(\d+)", seen.headers["content-disposition"])
        wants(match and seen.headers["content-type"] == "application/octet-stream", "a segment")
        assert match
        number = int(match[1])
        if number in there:
            return reply({"@type": "MethodNotAllowed", "error": "received already"}, 405)
        last = upload["size"] - upload["each"] * (upload["count"] - 1)
        wants(len(seen.body) == (last if number == upload["count"] else upload["each"]), "the size of a segment")
        there[number] = seen.body
        return Reply(204)
