"""SWORD v3 (SWORD 3.0 specification): an Object with the article's metadata, the bag in it, the deposit is completed.

Making the Object (POST to the Service-URL) is the one step that must not be repeated, and SWORD v3 has no list to look
in: where its outcome is not known a person must look. The bag replaces the Object's content (PUT Object-URL, "Replace,
Packaged Content"), which empties its metadata, so that those follow (PUT Metadata-URL): both may be repeated. A bag
that is too large for one request goes in segments to the Staging-URL ("Segmented File Upload"), deposited by reference.

Digest is RFC 3230's: base64 of the digest's bytes ("Content Digests").
"""

from __future__ import annotations

import base64
import json
from typing import Any

from jatspack.config.targets import Sword3Target
from jatspack.deposit.terms import CONTEXT, document
from jatspack.handover.credentials import Secret
from jatspack.handover.delivery import Delivery, Deposited
from jatspack.handover.exchange import Answer, Body
from jatspack.handover.parcel import Piece
from jatspack.handover.sword2 import slug
from jatspack.handover.troubles import Refused, Strange, Unknown
from jatspack.handover.wire import rows_of, text_of

METADATA = "http://purl.org/net/sword/3.0/types/Metadata"
BAGIT = "http://purl.org/net/sword/3.0/package/SWORDBagIt"
SEGMENT = 16 << 20  # bytes, where the server does not say
_STANDARD = ("http://purl.org/net/sword/3.0/package/Binary", "http://purl.org/net/sword/3.0/package/SimpleZip", BAGIT)


def deliver(job: Delivery[Sword3Target]) -> Deposited:
    """Make the Object, or bring up to date the one that is there."""
    server = _Server(job)
    service = server.service()
    piece = server.piece()
    place = job.earlier or job.receipt.known.get("object", "")
    made = not place
    if made:
        place = server.create(text_of(service, "@id") or job.target.url)
    status = server.status(place)
    whole = job.receipt.known.get("whole") == "yes"
    server.put(place, service, piece)
    server.describe(text_of(status, "metadata", "@id"), place)
    server.complete(place)
    page = next((text_of(row, "@id") for row in rows_of(status, "links") if "alternate" in str(row.get("rel"))), "")
    return Deposited(page or place, replaced=not made and whole)


class _Server:
    """A Service of a SWORD v3 server."""

    def __init__(self, job: Delivery[Sword3Target]) -> None:
        self.job, self.wire = job, job.wire
        self.tags: dict[str, str] = {}  # ETag by address, where the server controls concurrency
        if job.target.on_behalf_of:
            self.wire.headers["On-Behalf-Of"] = job.target.on_behalf_of

    def piece(self) -> Piece:
        """The bag; as a SWORDBagIt with its metadata in metadata/sword.json ("Packaging Formats")."""
        if self.job.target.packaging != BAGIT:
            return self.job.parcel.zipped()
        if "manifest-sha256.txt" not in self.job.parcel.files or "fetch.txt" in self.job.parcel.files:
            raise Refused(
                "a SWORDBagIt has a manifest-sha256.txt and no fetch.txt; this bag is none",
                "make the bag with jatspack, or set another packaging",
            )
        return self.job.parcel.rewrapped({"metadata/sword.json": self._metadata()}, BAGIT)

    def _metadata(self) -> bytes:
        parcel = self.job.parcel
        return json.dumps(document(parcel.record, parcel.title, parcel.identifier), ensure_ascii=False).encode("utf-8")

    def service(self) -> dict[str, Any]:
        """The Service Document; its own values where a nested service is the only one that takes deposits."""
        answer = self._send("GET", self.job.target.url, (200,), Answer.of({"acceptDeposits": True}))
        root = self._object(answer)
        services = [root] if root.get("acceptDeposits") is True else _nested(root)
        if len(services) != 1:
            there = ", ".join(text_of(one, "@id") for one in services[:10])[:400] or "none"
            raise Refused(f"which service takes the deposit is not clear: {there}", "set url to one of these")
        accepted = services[0].get("acceptPackaging", _STANDARD)
        if isinstance(accepted, list) and not {"*", self.job.target.packaging} & {str(one) for one in accepted}:
            listed = ", ".join(map(str, accepted[:5]))[:300]
            raise Refused(f"it takes no {self.job.target.packaging}, but {listed}", "set packaging to one of these")
        if text_of(services[0], "@id"):
            services[0]["@id"] = self.wire.link(text_of(services[0], "@id"), self.job.target.url)
        return services[0]

    def create(self, service: str) -> str:
        """An Object with the metadata; its address ("Creating Objects with Metadata")."""
        if self.job.may_be_there:
            raise Unknown("an earlier run broke off while it was made, and SWORD v3 has no list to look in")
        body = self._metadata()
        headers: dict[str, str | Secret] = {
            "Content-Type": "application/json",
            "Content-Disposition": "attachment; metadata=true",
            "Metadata-Format": METADATA,
            "Digest": _digest(Body.of(body)),
            "In-Progress": "true",
            "Slug": slug(self.job.parcel.label),
        }
        base = f"{self.job.target.url.rstrip('/')}/{{object}}"
        answer = self.job.creating(
            lambda: self._send("POST", service, (201, 202), Answer(201, {"location": base}), headers, Body.of(body))
        )
        place = self.wire.link(answer.headers.get("location", ""), service)
        self.job.made("object made", object=place)
        return place

    def status(self, place: str) -> dict[str, Any]:
        """The Status Document of an Object."""
        assumed = Answer.of({"metadata": {"@id": f"{place}/{{metadata}}"}})
        return self._object(self._send("GET", self.wire.link(place), (200,), assumed))

    def put(self, place: str, service: dict[str, Any], piece: Piece) -> None:
        """The bag in place of what the Object holds; in segments where it is too large."""
        most = _number(service, "maxUploadSize")
        staging = text_of(service, "staging")
        disposition = f"attachment; filename={slug(piece.name)}"
        if most is None or piece.size <= most:
            body = piece.body()
            headers = {
                "Content-Type": piece.media_type,
                "Content-Disposition": disposition,
                "Packaging": self.job.target.packaging,
            }
        elif staging:
            url = self._segments(self.wire.link(staging, self.job.target.url), service, piece, most)
            reference = {
                "@id": url,
                "contentType": piece.media_type,
                "contentLength": piece.size,
                "contentDisposition": disposition,
                "packaging": self.job.target.packaging,
                "digest": _rfc3230(piece.sha256),
                "dereference": True,
            }
            document = {"@context": CONTEXT, "@type": "ByReference", "byReferenceFiles": [reference]}
            body = Body.of(json.dumps(document).encode("utf-8"))
            headers = {"Content-Type": "application/json", "Content-Disposition": "attachment; by-reference=true"}
        else:
            raise Refused(f"it takes {most} bytes at most, the bag has {piece.size}", "ask there for another way")
        self._change("PUT", place, {**headers, "In-Progress": "true"}, body)
        self.job.receipt.forget("upload", "upload_sha256")
        self.job.note("bag", sha256=piece.sha256)

    def describe(self, place: str, base: str) -> None:
        """The metadata, which replacing the content has emptied ("Replacing Metadata")."""
        if not place:
            raise Strange("its Status Document names no Metadata-URL")
        headers = {"Content-Type": "application/json", "Content-Disposition": "attachment; metadata=true"}
        self.status(base)  # for the ETags after the content was replaced
        self._change(
            "PUT", self.wire.link(place, base), {**headers, "Metadata-Format": METADATA}, Body.of(self._metadata())
        )
        self.job.note("metadata")

    def complete(self, place: str) -> None:
        """The deposit is whole ("Completing a Deposit")."""
        self.status(place)
        self._change("POST", place, {"In-Progress": "false", "Content-Disposition": "attachment"}, None)
        self.job.note("completed", whole="yes")

    def _change(self, method: str, place: str, headers: dict[str, str], body: Body | None) -> None:
        """A write with a digest, and with the ETag that the server wants ("Concurrency Control"); once more where a
        lost answer has changed that."""
        known: dict[str, str | Secret] = {**headers, **({"Digest": _digest(body)} if body is not None else {})}
        answers = (200, 202, 204, 412)
        answer = self._send(method, place, answers, Answer(200), {**known, **self._match(place)}, body, again=True)
        if answer.status == 412:
            self._send("GET", place, (200,), Answer(200))
            self._send(method, place, answers[:3], Answer(200), {**known, **self._match(place)}, body, again=True)

    def _match(self, place: str) -> dict[str, str | Secret]:
        return {"If-Match": self.tags[place]} if place in self.tags else {}

    def _segments(self, staging: str, service: dict[str, Any], piece: Piece, most: int) -> str:
        """The Temporary-URL of a bag that was sent in segments; those that are there already are not sent again."""
        size = min(_number(service, "maxSegmentSize") or most, max(SEGMENT, _number(service, "minSegmentSize") or 1))
        count = -(-piece.size // size)
        limit, largest = _number(service, "maxSegments"), _number(service, "maxAssembledSize")
        if (limit and count > limit) or (largest and piece.size > largest):
            raise Refused(f"the bag has {piece.size} bytes, which is too much for it", "ask there for another way")
        known = self.job.receipt.known
        url = known.get("upload", "") if known.get("upload_sha256") == piece.sha256 else ""
        missing = self._expected(url, count) if url else None
        if missing is None:
            url = self._begin(staging, piece, size, count)
            missing = list(range(1, count + 1))
        while missing:
            for number in missing:
                self._segment(url, number, piece.body((number - 1) * size, min(size, piece.size - (number - 1) * size)))
            left = [] if self.wire.rehearsal else self._expected(url, count)
            if left is None or left == missing:
                raise Strange("segments that were sent are missing")
            missing = left
        return url

    def _begin(self, staging: str, piece: Piece, size: int, count: int) -> str:
        disposition = (
            f"segment-init; size={piece.size}; digest={_rfc3230(piece.sha256)}; "
            f"segment_count={count}; segment_size={size}"
        )
        assumed = Answer(201, {"location": f"{staging.rstrip('/')}/{{upload}}"})
        # Begun twice it only leaves an empty upload behind, which the server clears away (stagingMaxIdle).
        answer = self._send("POST", staging, (201,), assumed, {"Content-Disposition": disposition}, again=True)
        url = self.wire.link(answer.headers.get("location", ""), staging)
        self.job.note("upload begun", upload=url, upload_sha256=piece.sha256)
        return url

    def _segment(self, url: str, number: int, body: Body) -> None:
        headers: dict[str, str | Secret] = {
            "Content-Type": "application/octet-stream",
            "Content-Disposition": f"segment; segment_number={number}",
            "Digest": _digest(body),
        }
        # A segment that was received before its answer was lost is refused: what is missing is asked afterwards.
        self._send("POST", url, (200, 201, 204, 400, 405), Answer(204), headers, body, again=True)
        self.job.note(f"segment {number}")

    def _expected(self, url: str, count: int) -> list[int] | None:
        """Numbers of the segments that are missing; None where the upload is gone."""
        answer = self._send("GET", url, (200, 404, 410), Answer.of({}))
        if answer.status != 200:
            return None
        received = self._object(answer).get("received", [])
        there = {n for n in received if isinstance(n, int)} if isinstance(received, list) else set()
        return [number for number in range(1, count + 1) if number not in there]

    def _send(
        self,
        method: str,
        url: str,
        answers: tuple[int, ...],
        assumed: Answer,
        headers: dict[str, str | Secret] | None = None,
        body: Body | None = None,
        again: bool | None = None,
    ) -> Answer:
        answer = self.wire.send(
            method, url, assumed=assumed, answers=answers, headers=headers, body=body, repeatable=again
        )
        if tag := answer.headers.get("etag", ""):
            self.tags[url] = tag
        return answer

    def _object(self, answer: Answer) -> dict[str, Any]:
        data = answer.json()
        if not isinstance(data, dict):
            raise Strange("its answer is no object")
        for part in ("metadata", "fileSet"):
            if text_of(data, part, "@id") and text_of(data, part, "eTag"):
                self.tags[text_of(data, part, "@id")] = text_of(data, part, "eTag")
        return data


def _nested(service: dict[str, Any], depth: int = 0) -> list[dict[str, Any]]:
    """Services below that take deposits, with what is said above them ("Service Document")."""
    out = []
    for one in rows_of(service, "services") if depth < 10 else []:
        whole = {**{k: v for k, v in service.items() if k not in ("services", "acceptDeposits", "@id")}, **one}
        out += [whole] if one.get("acceptDeposits") is True else []
        out += _nested(whole, depth + 1)
    return out


def _number(service: dict[str, Any], key: str) -> int | None:
    value = service.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _digest(body: Body) -> str:
    return _rfc3230(body.digest())


def _rfc3230(hexadecimal: str) -> str:
    return "SHA-256=" + base64.b64encode(bytes.fromhex(hexadecimal)).decode("ascii")
