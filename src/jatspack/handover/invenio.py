"""InvenioRDM, such as Zenodo: a draft with metadata and files, which may be published (InvenioRDM, REST API reference,
"Drafts and Records", "Reviews").

What is there is compared with what should be, and only the difference is sent: so an interrupted deposit goes on, and
one that was forgotten is found by its identifier among one's own records. Files have MD5 digests there.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from jatspack.config.targets import InvenioTarget
from jatspack.deposit.invenio import journal, metadata
from jatspack.handover.delivery import Delivery, Deposited
from jatspack.handover.exchange import Answer, Body
from jatspack.handover.parcel import Piece
from jatspack.handover.troubles import Changed, Refused, Strange, Unknown
from jatspack.handover.wire import part, rows_of, text_of

_LOOKS = 3  # a record that was just made is in the search index some seconds later
_PAUSE = 5.0


def record_of(job: Delivery[InvenioTarget], *, version: bool = False) -> dict[str, Any]:
    """The record as it should be; what it lacks is noted in the job's account.

    A further version cannot have the DOI of the first one again: it names it beside its own.
    """
    parcel, target = job.parcel, job.target
    if parcel.record is None:
        job.account.needs(jats=False)
        return {}
    own = target.doi == "article" and parcel.scheme == "doi" and not version
    if target.doi == "article":
        job.account.wants(doi=parcel.scheme == "doi")
    named = [] if own else [("doi" if parcel.scheme == "doi" else "other", parcel.identifier)]
    data: dict[str, Any] = {
        "access": {"record": target.access, "files": target.access},
        "files": {"enabled": True},
        "metadata": metadata(parcel.record, job.account, target.resource_type, named),
    }
    if own:
        data["pids"] = {"doi": {"identifier": parcel.identifier, "provider": "external"}}
    if target.journal_fields:
        data["custom_fields"] = journal(parcel.record)
    return data


def deliver(job: Delivery[InvenioTarget]) -> Deposited:
    """Make or bring up to date the record of the article."""
    site = _Site(job)
    found = site.find()
    draft = found or site.create()
    if draft.get("is_published") and not draft.get("is_draft"):
        if site.has_all(site.files(draft)):
            return _deposited(draft, already=True)
        draft = site.new_version(draft)
    replaced = text_of(draft, "versions", "index") not in ("", "1")
    if text_of(draft, "status") in ("in_review", "submitted"):
        if site.has_all(site.files(draft)):
            return _deposited(draft, already=True)
        raise Changed("it is in review", "let the review end, or take it back there; then run again")
    if found:
        draft = site.update(draft, version=replaced)
    site.upload(draft)
    if job.target.doi == "reserve":
        draft = site.reserve(draft)
    if job.target.publish:
        draft = site.publish(draft)
    return _deposited(draft, replaced=replaced)


def _deposited(draft: dict[str, Any], *, already: bool = False, replaced: bool = False) -> Deposited:
    known = {"doi": text_of(draft, "pids", "doi", "identifier"), "id": text_of(draft, "id")}
    address = text_of(draft, "links", "self_html") or text_of(draft, "links", "self")
    return Deposited(address, already, replaced, {key: value for key, value in known.items() if value})


class _Site:
    """The records of one site that are one's own."""

    def __init__(self, job: Delivery[InvenioTarget]) -> None:
        self.job, self.wire = job, job.wire
        self.api = job.target.url.rstrip("/").removesuffix("/api") + "/api"
        self.pieces = job.parcel.pieces(job.target.files)
        if "pdf" in job.target.files:
            job.account.wants(pdf=job.parcel.path_of("pdf"))
        self.wire.headers["Accept"] = "application/json"

    def _draft(self, record: dict[str, Any]) -> str:
        return f"{self.api}/records/{part(text_of(record, 'id'))}/draft"

    def _assumed(self, status: int = 200, **more: Any) -> Answer:
        links = {"self_html": f"{self.job.target.url.rstrip('/')}/uploads/{{record}}"}
        return Answer.of({"id": "{record}", "links": links, "pids": {}, **more}, status)

    def find(self) -> dict[str, Any] | None:
        """The article's record, or its draft: as the receipt or a person says, or by its identifier."""
        id_ = self.job.earlier.rstrip("/").rpartition("/")[2] or self.job.receipt.known.get("id", "")
        if not id_:
            return self._search()
        found = self._get(f"{self.api}/records/{part(id_)}/draft") or self._get(f"{self.api}/records/{part(id_)}")
        if found is None and self.job.earlier:
            raise Refused(f"404: it has no record {id_}", "see whether the address after --earlier is right", 404)
        return found if found is not None else self._search()

    def _get(self, url: str) -> dict[str, Any] | None:
        answer = self.wire.send("GET", url, answers=(200, 404, 410), assumed=self._assumed())
        data = answer.json() if answer.status == 200 else None
        return data if isinstance(data, dict) and text_of(data, "id") else None

    def _search(self) -> dict[str, Any] | None:
        name = self.job.parcel.identifier.replace("\\", "\\\\").replace('"', '\\"')
        query = f'pids.doi.identifier:"{name}" OR metadata.identifiers.identifier:"{name}"'
        url = f"{self.api}/user/records?{urlencode({'q': query, 'size': 25, 'sort': 'newest'})}"
        answer = self.wire.send("GET", url, answers=(200,), assumed=Answer.of({"hits": {"hits": [], "total": 0}}))
        hits = [hit for hit in rows_of(answer.json(), "hits", "hits") if self._is_it(hit)]
        if len({text_of(hit, "parent", "id") or text_of(hit, "id") for hit in hits}) > 1:
            places = ", ".join(text_of(hit, "links", "self_html") for hit in hits[:5])
            raise Changed(f"there are several records of it: {places}", "name the right one with --earlier")
        if not hits:
            return None
        id_ = text_of(hits[0], "id")
        self.job.note("found", id=id_)
        return self._get(f"{self.api}/records/{part(id_)}/draft") or self._get(f"{self.api}/records/{part(id_)}")

    def _is_it(self, hit: dict[str, Any]) -> bool:
        """A search may be generous: the identifier must be there."""
        names = [text_of(hit, "pids", "doi", "identifier")]
        names += [text_of(row, "identifier") for row in rows_of(hit, "metadata", "identifiers")]
        return self.job.parcel.identifier.lower() in [name.lower() for name in names]

    def create(self) -> dict[str, Any]:
        """A new draft. Where it is not known whether one was made, it is looked for before another is."""
        for _ in range(_LOOKS):
            try:
                return self._create()
            except Unknown:
                for _ in range(_LOOKS):
                    self.wire.clock.sleep(_PAUSE)
                    if (found := self._search()) is not None:
                        return found
        raise Unknown("it broke off several times")

    def _create(self) -> dict[str, Any]:
        answer = self.wire.send(
            "POST", f"{self.api}/records", answers=(201,), assumed=self._assumed(201),
            headers={"Content-Type": "application/json"}, body=_json(record_of(self.job)),
        )  # fmt: skip
        draft = self._draft_in(answer)
        self.job.note("record made", id=text_of(draft, "id"))
        return draft

    def _draft_in(self, answer: Answer) -> dict[str, Any]:
        data = answer.json()
        if not isinstance(data, dict) or not text_of(data, "id"):
            raise Strange("its answer is no record")
        self._errors(data)
        return data

    def new_version(self, record: dict[str, Any]) -> dict[str, Any]:
        """The draft of a further version; InvenioRDM gives the same one as often as it is asked."""
        url = f"{self.api}/records/{part(text_of(record, 'id'))}/versions"
        answer = self.wire.send("POST", url, answers=(201,), assumed=self._assumed(201), repeatable=True)
        draft = self._draft_in(answer)
        self.job.note("version begun", id=text_of(draft, "id"))
        return draft

    def update(self, draft: dict[str, Any], *, version: bool) -> dict[str, Any]:
        """Metadata as they should be; a DOI that was reserved stays."""
        data = record_of(self.job, version=version)
        reserved = draft.get("pids")
        if "pids" not in data and isinstance(reserved, dict) and reserved:
            data["pids"] = reserved
        answer = self.wire.send(
            "PUT", self._draft(draft), answers=(200,), assumed=self._assumed(),
            headers={"Content-Type": "application/json"}, body=_json(data),
        )  # fmt: skip
        return self._draft_in(answer)

    def _errors(self, draft: dict[str, Any]) -> None:
        """What the site does not take of the metadata; it keeps the draft without it."""
        for error in rows_of(draft, "errors")[:10]:
            messages = error.get("messages")
            told = "; ".join(map(str, messages[:3])) if isinstance(messages, list) else str(messages)
            self.job.account.left_out(text_of(error, "field")[:100], self.wire.credentials.scrub(told)[:200])

    def files(self, record: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """Files of a draft or record by their name."""
        published = record.get("is_published") and not record.get("is_draft")
        home = f"{self.api}/records/{part(text_of(record, 'id'))}" + ("" if published else "/draft")
        answer = self.wire.send("GET", f"{home}/files", answers=(200,), assumed=Answer.of({"entries": []}))
        return {text_of(entry, "key"): entry for entry in rows_of(answer.json(), "entries")}

    def has_all(self, there: dict[str, dict[str, Any]]) -> bool:
        """Whether these are the very files."""
        return set(there) == {p.name for p in self.pieces} and all(_same(there[p.name], p) for p in self.pieces)

    def upload(self, draft: dict[str, Any]) -> None:
        """Send what is missing, take away what is not of this state."""
        there, home = self.files(draft), f"{self._draft(draft)}/files"
        for name, entry in there.items():
            wanted = next((piece for piece in self.pieces if piece.name == name), None)
            if wanted is None or (text_of(entry, "status") == "completed" and not _same(entry, wanted)):
                self.wire.send("DELETE", f"{home}/{part(name)}", answers=(204, 404), assumed=Answer(204))
        for piece in self.pieces:
            if not _same(there.get(piece.name, {}), piece):
                begun = text_of(there.get(piece.name, {}), "status") == "pending"
                self._upload(draft, piece, begun=begun)

    def _upload(self, draft: dict[str, Any], piece: Piece, *, begun: bool) -> None:
        """A file in three steps; each may be repeated, and what they say is asked where they refuse."""
        home = f"{self._draft(draft)}/files"
        if not begun:
            answer = self.wire.send(
                "POST", home, answers=(201, 400, 409), assumed=Answer.of({"entries": []}, 201), repeatable=True,
                headers={"Content-Type": "application/json"}, body=_json([{"key": piece.name}]),
            )  # fmt: skip
            if answer.status != 201 and piece.name not in self.files(draft):
                raise Refused(self.wire.credentials.scrub(f"{answer.status}: it takes no file {piece.name}"))
        place = f"{home}/{part(piece.name)}"
        self.wire.send(
            "PUT", f"{place}/content", answers=(200,), assumed=Answer(200), body=piece.body(),
            headers={"Content-Type": "application/octet-stream"},
        )  # fmt: skip
        completed = {"key": piece.name, "status": "completed", "checksum": f"md5:{piece.md5}"}
        answer = self.wire.send(
            "POST", f"{place}/commit", answers=(200, 400, 409), assumed=Answer.of(completed), repeatable=True
        )
        entry = answer.json() if answer.status == 200 else self.files(draft).get(piece.name, {})
        if not _same(entry, piece):
            raise Strange(f"{piece.name} has another digest there than here")
        self.job.note(f"file {piece.name}")

    def reserve(self, draft: dict[str, Any]) -> dict[str, Any]:
        """A DOI of the repository's own, before it is published."""
        if text_of(draft, "pids", "doi", "identifier"):
            return draft
        answer = self.wire.send(
            "POST",
            f"{self._draft(draft)}/pids/doi",
            answers=(200, 201, 400),
            repeatable=True,
            assumed=self._assumed(201),
        )
        found = self._draft_in(answer) if answer.status != 400 else self._get(self._draft(draft)) or {}
        if not self.wire.rehearsal and not text_of(found, "pids", "doi", "identifier"):
            raise Refused(f"{answer.status}: it reserves no DOI", 'set doi = "none" or "article" for this target')
        self.job.note("DOI reserved", doi=text_of(found, "pids", "doi", "identifier"))
        return found

    def publish(self, draft: dict[str, Any]) -> dict[str, Any]:
        """Publish, or hand to the community's review where the record is not in it yet."""
        if self.job.target.community and text_of(draft, "versions", "index") in ("", "1"):
            return self._review(draft)
        answer = self.wire.send(
            "POST", f"{self._draft(draft)}/actions/publish", answers=(200, 202, 404), repeatable=True,
            assumed=self._assumed(202, is_published=True),
        )  # fmt: skip
        # A draft that is gone was published by a request whose answer was lost.
        found = answer.json() if answer.status != 404 else self._get(f"{self.api}/records/{part(text_of(draft, 'id'))}")
        if not isinstance(found, dict) or not found.get("is_published"):
            raise Strange("the record is not published after it was to be")
        self.job.note("published")
        return found

    def _review(self, draft: dict[str, Any]) -> dict[str, Any]:
        request = {"receiver": {"community": self.job.target.community}, "type": "community-submission"}
        self.wire.send(
            "PUT", f"{self._draft(draft)}/review", answers=(200,), assumed=Answer(200),
            headers={"Content-Type": "application/json"}, body=_json(request),
        )  # fmt: skip
        answer = self.wire.send(
            "POST", f"{self._draft(draft)}/actions/submit-review", answers=(200, 202, 400, 403, 404), repeatable=True,
            assumed=self._assumed(202), headers={"Content-Type": "application/json"}, body=_json({"payload": None}),
        )  # fmt: skip
        if answer.status >= 400:
            again = self._get(self._draft(draft)) or {}
            if text_of(again, "status") not in ("in_review", "submitted"):
                raise Refused(f"{answer.status}: the community takes no submission of it", status=answer.status)
        self.job.note("submitted for review")
        return draft


def _same(entry: dict[str, Any], piece: Piece) -> bool:
    return text_of(entry, "checksum") == f"md5:{piece.md5}" and text_of(entry, "status") in ("", "completed")


def _json(data: Any) -> Body:
    return Body.of(json.dumps(data, ensure_ascii=False).encode("utf-8"))
