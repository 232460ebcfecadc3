"""DSpace 7 and later: an item in the workspace, with metadata, files and licence, which may be handed to the workflow
(DSpace REST Contract: workspaceitems, workspaceitem-data-metadata, -upload and -license, workflowitems).

Which metadata an item may have is asked of the collection's own submission forms. Only the difference between what is
there and what should be is sent; an item that was forgotten is found by its identifier among one's own workspace items.
"""

from __future__ import annotations

import json
import re
import uuid
from typing import Any
from urllib.parse import urlencode, urlsplit

from jatspack.config.targets import DSpaceTarget
from jatspack.deposit import languages
from jatspack.deposit.dspace import values
from jatspack.handover.credentials import Secret
from jatspack.handover.delivery import Delivery, Deposited
from jatspack.handover.dspace_session import Forms, Session
from jatspack.handover.exchange import Answer, Body
from jatspack.handover.parcel import Piece
from jatspack.handover.troubles import Changed, Refused, Strange, Unknown, Unreachable
from jatspack.handover.wire import object_of, part, rows_of, text_of

_MOST_PAGES = 200
_TRIES = 3
_JSON: dict[str, str | Secret] = {"Content-Type": "application/json"}
_NAMES = ("dc.identifier.doi", "dc.identifier.uri", "dc.identifier.other", "dc.identifier")


def deliver(job: Delivery[DSpaceTarget]) -> Deposited:
    """Make the item, or bring up to date the one that is in the workspace."""
    server = _Server(job)
    person = server.login()
    forms = server.forms(job.target.collection, server.fields())
    item = server.find(person)
    if item is None and (there := server.beyond(person)):
        return Deposited(there, already=True)
    made = item is None
    if item is None:
        item = server.create()
    id_ = text_of(item, "id")
    item = server.describe(id_, item, forms)
    server.upload(id_, item, forms)
    if job.target.grant_licence:
        server.grant(id_, item, forms)
    address = server.address(f"workspaceitems/{part(id_)}")
    if job.target.submit:
        server.submit(id_)
    return Deposited(address, replaced=not made and job.receipt.known.get("whole") == "yes", known={"id": id_})


class _Server(Session):
    """A DSpace, logged in."""

    def __init__(self, job: Delivery[DSpaceTarget]) -> None:
        super().__init__(job.wire, job.target.url)
        self.job = job
        self.pieces = job.parcel.pieces(job.target.files)
        if "pdf" in job.target.files:
            job.account.wants(pdf=job.parcel.path_of("pdf"))

    def address(self, path: str) -> str:
        """An address of the submission API."""
        return f"{self.root}/submission/{path}"

    def find(self, person: str) -> dict[str, Any] | None:
        """The article's item in the workspace: as the receipt or a person says, or by its identifier."""
        named = re.findall(r"[0-9]+", urlsplit(self.job.earlier).path)  # …/workspaceitems/12, or its page there
        id_ = named[-1] if named else self.job.receipt.known.get("id", "")
        if id_:
            answer = self.send("GET", self.address(f"workspaceitems/{part(id_)}"), (200, 404), Answer.of({"id": id_}))
            if answer.status == 200:
                return self.object(answer)
            if self.job.earlier:
                raise Refused(f"404: it has no workspace item {id_}", "see whether --earlier is right", 404)
        for number in range(_MOST_PAGES):
            query = urlencode({"uuid": person, "page": number, "size": 100}, safe="{}")
            page = self.json("GET", self.address(f"workspaceitems/search/findBySubmitter?{query}"), Answer.of({}))
            for item in rows_of(page, "_embedded", "workspaceitems"):
                if self._is_it(item):
                    self.job.note("found", id=text_of(item, "id"))
                    return item
            pages = text_of(page, "page", "totalPages")
            if not pages.isascii() or not pages.isdigit() or number + 1 >= int(pages[:9]):
                break
        return None

    def _is_it(self, item: dict[str, Any]) -> bool:
        wanted = self._identifiers()
        for section in object_of(item, "sections").values():
            for name in _NAMES:
                if any(text_of(row, "value").lower() in wanted for row in rows_of(section, name)):
                    return True
        return False

    def _identifiers(self) -> set[str]:
        name = self.job.parcel.identifier.lower()
        return {name, f"https://doi.org/{name}", f"doi:{name}"} if self.job.parcel.scheme == "doi" else {name}

    def beyond(self, person: str) -> str:
        """Where the article is when it is beyond the workspace, "" where it is not; Changed where it is not the same:
        what is in the workflow or the archive is not changed from here."""
        how = "have it sent back to the workspace, or make a new version in DSpace"
        query = urlencode({"uuid": person, "page": 0, "size": 100}, safe="{}")
        page = self.json("GET", f"{self.root}/workflow/workflowitems/search/findBySubmitter?{query}", Answer.of({}))
        for item in rows_of(page, "_embedded", "workflowitems"):
            if self._is_it(item):
                address = f"{self.root}/workflow/workflowitems/{part(text_of(item, 'id'))}"
                sections = object_of(item, "sections").values()
                files = [row for section in sections for row in rows_of(section, "files")]
                if sorted(map(_digest, files)) == sorted(piece.md5 for piece in self.pieces):
                    return address
                raise Changed(f"it is in the workflow, {address}", how)
        query = urlencode({"query": f'"{self.job.parcel.identifier}"', "dsoType": "item"})
        found = self.json("GET", f"{self.root}/discover/search/objects?{query}", Answer.of({}))
        for row in rows_of(found, "_embedded", "searchResult", "_embedded", "objects"):
            item = object_of(row, "_embedded", "indexableObject")
            if self._is_it({"sections": {"item": item.get("metadata")}}):
                raise Changed(f"it is in the archive, {text_of(item, 'handle') or text_of(item, 'uuid')}", how)
        return ""

    def create(self) -> dict[str, Any]:
        """A new item. Nothing of the article is in it yet: where it is not known whether one was made, another is."""
        url = self.address(f"workspaceitems?owningCollection={self.job.target.collection}")
        assumed = Answer.of({"id": "{item}", "sections": {}}, 201)
        for _ in range(_TRIES):
            try:
                answer = self.send("POST", url, (200, 201), assumed, _JSON, Body.of(b"{}"))
            except Unknown as error:
                self.job.tell("handover-left-over", reason=error.reason)
                continue
            item = self.object(answer)
            self.job.note("item made", id=text_of(item, "id"))
            return item
        raise Unreachable("it broke off several times")

    def describe(self, id_: str, item: dict[str, Any], forms: Forms) -> dict[str, Any]:
        """The metadata as one JSON Patch (RFC 6902), in which `add` of a whole field replaces it."""
        patch: list[dict[str, Any]] = []
        left: list[str] = []
        for name, rows in self.fields().items():
            if name not in forms.fields:
                left.append(name)
                continue
            wanted = rows[:1] if name in forms.single else rows
            section = forms.fields[name]
            if not _as_there(item, section, name, wanted):
                patch.append({"op": "add", "path": f"/sections/{section}/{name}", "value": wanted})
        if not self._findable(forms):
            self.job.tell("handover-no-lookup", reason="its form has no field for an identifier")
        if left:
            how = "add them to the form, or do without"
            self.job.account.left_out(", ".join(left), "the collection's form has no such fields", how)
        return self._patch(id_, patch, "metadata") if patch else item

    def _findable(self, forms: Forms) -> bool:
        return any(name in forms.fields for name in _NAMES if name in self.fields())

    def fields(self) -> dict[str, list[dict[str, str]]]:
        """Values by field, as deposit.dspace has them; and what the item is found again by."""
        out: dict[str, list[dict[str, str]]] = {}
        record = self.job.parcel.record
        rows = values(record) if record is not None else []
        if self.job.parcel.scheme != "doi":
            rows = [*rows, ("identifier", "other", "", self.job.parcel.identifier)]
        for element, qualifier, lang, text in rows:
            name = ".".join(piece for piece in ("dc", element, qualifier) if piece)
            language = {"language": languages.tag(lang)} if languages.tag(lang) else {}
            out.setdefault(name, []).append({"value": text, **language})
        return out

    def _patch(self, id_: str, patch: list[dict[str, Any]], step: str) -> dict[str, Any]:
        answer = self.send(
            "PATCH", self.address(f"workspaceitems/{part(id_)}"), (200,), Answer.of({"id": id_, "sections": {}}),
            _JSON, Body.of(json.dumps(patch, ensure_ascii=False).encode("utf-8")),
            again=all(row["op"] == "add" for row in patch),
        )  # fmt: skip
        self.job.note(step)
        return self.object(answer)

    def upload(self, id_: str, item: dict[str, Any], forms: Forms) -> None:
        """Send files that are missing, take away those that are not of this state (workspaceitem-data-upload)."""
        for _ in range(_TRIES + len(self.pieces)):
            there = rows_of(item, "sections", forms.upload, "files")
            stale = [n for n, row in enumerate(there) if not any(_same(row, piece) for piece in self.pieces)]
            missing = [piece for piece in self.pieces if not any(_same(row, piece) for row in there)]
            doubled = [n for n, row in enumerate(there) if n not in stale and _digest(row) in map(_digest, there[:n])]
            if not (stale or missing or doubled):
                return
            try:
                for number in sorted({*stale, *doubled}, reverse=True):  # from the last on: numbers move up
                    path = f"/sections/{forms.upload}/files/{number}"
                    self._patch(id_, [{"op": "remove", "path": path}], "file removed")
                for piece in missing:
                    self._upload(id_, piece)
            except Unknown:  # what has arrived is asked, not guessed
                item = self.json("GET", self.address(f"workspaceitems/{part(id_)}"), Answer.of({}))
                continue
            if self.wire.rehearsal:
                return
            item = self.json("GET", self.address(f"workspaceitems/{part(id_)}"), Answer.of({}))
        raise Strange("files have other digests there than here")

    def _upload(self, id_: str, piece: Piece) -> None:
        body, kind = multipart(piece)
        assumed = Answer.of({"id": id_, "sections": {}}, 201)
        self.send(
            "POST", self.address(f"workspaceitems/{part(id_)}"), (200, 201), assumed, {"Content-Type": kind}, body
        )
        self.job.note(f"file {piece.name}")

    def grant(self, id_: str, item: dict[str, Any], forms: Forms) -> None:
        """Agree to the deposit licence, as journal.toml says (workspaceitem-data-license)."""
        if object_of(item, "sections", forms.licence).get("granted") is not True:
            self._patch(
                id_, [{"op": "add", "path": f"/sections/{forms.licence}/granted", "value": True}], "licence granted"
            )

    def submit(self, id_: str) -> None:
        """Hand the item to the workflow (workflowitems); an item that is gone was handed over already."""
        url = f"{self.root}/workflow/workflowitems"
        uri = self.address(f"workspaceitems/{part(id_)}")
        for _ in range(_TRIES):
            try:
                answer = self.send(
                    "POST", url, (200, 201, 422), Answer.of({}, 201), {"Content-Type": "text/uri-list"},
                    Body.of(uri.encode("ascii")),
                )  # fmt: skip
            except Unknown:  # an item that is still in the workspace was not handed over
                if self.send("GET", uri, (200, 404), Answer(404)).status == 200:
                    continue
                break
            if answer.status == 422:
                raise Refused("422: the item is not ready for the workflow", "see in DSpace what it lacks", 422)
            break
        else:
            raise Unreachable("it broke off several times")
        self.job.note("submitted")


def multipart(piece: Piece) -> tuple[Body, str]:
    """A file as multipart/form-data (RFC 7578), and the Content-Type."""
    boundary = uuid.uuid5(uuid.NAMESPACE_URL, piece.sha256).hex
    name = piece.name.replace("\\", "_").replace('"', "_")
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    head += f"Content-Type: {piece.media_type}\r\n\r\n"
    return Body(
        path=piece.path, size=piece.size, before=head.encode("utf-8"), after=f"\r\n--{boundary}--\r\n".encode()
    ), f"multipart/form-data; boundary={boundary}"


def _digest(row: dict[str, Any]) -> str:
    return text_of(row, "checkSum", "value").lower()


def _same(row: dict[str, Any], piece: Piece) -> bool:
    return _digest(row) == piece.md5 and text_of(row, "sizeBytes") == str(piece.size)


def _as_there(item: dict[str, Any], section: str, name: str, wanted: list[dict[str, str]]) -> bool:
    there = rows_of(item, "sections", section, name)
    return [text_of(row, "value") for row in there] == [row["value"] for row in wanted]
