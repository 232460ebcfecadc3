"""SWORD v2 (SWORD 2.0 Profile): an Atom entry makes the container, the bag is put into it, the deposit is completed.

In this order every step but the first may be repeated: the entry (section 6.3.3) is a POST, the bag is a PUT that
replaces what is there (6.5.1), completing twice does no harm (9.3). Whether the entry was made is looked up in the
collection's feed (6.2), where a server has one, by the identifier that it carries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from jatspack.config.targets import Sword2Target
from jatspack.deposit.terms import ATOM, DCTERMS, entry
from jatspack.handover.credentials import Secret
from jatspack.handover.delivery import Delivery, Deposited
from jatspack.handover.exchange import Answer, Body
from jatspack.handover.parcel import Piece
from jatspack.handover.troubles import Refused, Strange, Unknown
from jatspack.handover.wire import read_xml

APP, SWORD = "http://www.w3.org/2007/app", "http://purl.org/net/sword/terms/"
_ENTRY = "application/atom+xml;type=entry"
_MOST_PAGES = 50
_TRIES = 3
_SPACES = {"app": APP, "atom": ATOM, "sword": SWORD, "dcterms": DCTERMS}


@dataclass(frozen=True, slots=True)
class _Container:
    """A deposit's addresses: Edit-IRI, EM-IRI, SE-IRI, and its page."""

    edit: str
    media: str
    add: str
    page: str


def deliver(job: Delivery[Sword2Target]) -> Deposited:
    """Make the deposit, or bring up to date the one that is there."""
    server = _Server(job)
    collection, most = server.collection()
    piece = job.parcel.zipped()
    if most is not None and piece.size > most:
        raise Refused(f"it takes {most} bytes at most, the bag has {piece.size}", "ask there for another way")
    edit = job.earlier or job.receipt.known.get("edit", "") or server.find(collection)
    made = not edit
    container = server.create(collection) if made else server.container(edit)
    if not made:
        server.describe(container)
    server.put(container, piece)
    server.complete(container)
    return Deposited(container.page or container.edit, replaced=not made and job.receipt.known.get("whole") == "yes")


class _Server:
    """A collection of a SWORD v2 server."""

    def __init__(self, job: Delivery[Sword2Target]) -> None:
        self.job, self.wire = job, job.wire
        self.lists = True  # until it is known that the collection has no feed
        if job.target.on_behalf_of:
            self.wire.headers["On-Behalf-Of"] = job.target.on_behalf_of

    def collection(self) -> tuple[str, int | None]:
        """Col-IRI, and the most bytes that one request may have, from the service document (section 6.1)."""
        root = read_xml(self.wire.send("GET", self.job.target.url, answers=(200,), assumed=self._service()))
        rows = _found(root, "//app:collection")
        wanted = self.job.target.collection
        named = [r for r in rows if wanted in ("", r.get("href", ""), _text(r, "atom:title"))]
        if len(named) != 1:
            there = ", ".join(f"“{_text(row, 'atom:title')}”" for row in rows[:10])[:400] or "none"
            raise Refused(f"which collection is not clear; it has {there}", "set collection to a title of these")
        accepted = [(e.text or "").strip() for e in _found(named[0], "sword:acceptPackaging")]
        if accepted and self.job.target.packaging not in accepted:
            listed = ", ".join(accepted[:5])[:300]
            raise Refused(
                f"the collection takes no {self.job.target.packaging}, but {listed}", "set packaging to one of these"
            )
        limit = _text(root, "sword:maxUploadSize")
        most = int(limit) * 1024 if re.fullmatch(r"[0-9]{1,15}", limit) else None  # in kB
        return self.wire.link(named[0].get("href", ""), self.job.target.url), most

    def find(self, collection: str) -> str:
        """Edit-IRI of an earlier deposit of the article, "" where the feed has none."""
        url, seen = collection, set[str]()
        while url and url not in seen and len(seen) < _MOST_PAGES:
            seen.add(url)
            answer = self.wire.send("GET", url, answers=(200, 404, 405, 406, 501), assumed=self._feed())
            root = self._feed_in(answer)
            if root is None:
                break
            for row in _found(root, "//atom:entry"):
                names = {(e.text or "").strip() for e in _found(row, "dcterms:identifier")} | {_text(row, "atom:id")}
                if {self.job.parcel.identifier, f"info:jatspack/{self.job.parcel.identifier}"} & names:
                    edit = self._link(row, "edit", url)
                    if edit:
                        self.job.made("found", edit=edit)
                        return edit
            url = self._link(root, "next", url)
        return ""

    def _feed_in(self, answer: Answer) -> etree._Element | None:
        """The collection's feed; None, with a finding, where the server has none: it need not."""
        reason = f"{answer.status}"
        if answer.status == 200:
            root = read_xml(answer)
            if root.tag == f"{{{ATOM}}}feed":
                return root
            reason = "what it gives is no feed"
        if self.lists:
            self.job.tell("handover-no-lookup", reason=reason)
        self.lists = False
        return None

    def create(self, collection: str) -> _Container:
        """A container with the article's metadata (section 6.3.3); looked for where the answer was lost."""
        if self.job.may_be_there and not self.lists:
            raise Unknown("an earlier run broke off while it was made, and there is no list to look in")
        for _ in range(_TRIES):
            try:
                answer = self.job.creating(lambda: self._create(collection))
            except Unknown:
                if self.lists and (edit := self.find(collection)):
                    return self.container(edit)
                if not self.lists:
                    raise
                continue
            edit = self.wire.link(answer.headers.get("location", ""), collection)
            self.job.made("container made", edit=edit)
            if answer.body and read_xml(answer).tag == f"{{{ATOM}}}entry":
                return self._container(read_xml(answer), edit)
            return self.container(edit)
        raise Unknown("it broke off several times")

    def _create(self, collection: str) -> Answer:
        return self.wire.send(
            "POST", collection, answers=(200, 201, 202), assumed=self._receipt(), body=self._entry(),
            headers={"Content-Type": _ENTRY, "In-Progress": "true", "Slug": slug(self.job.parcel.label)},
        )  # fmt: skip

    def container(self, edit: str) -> _Container:
        """The deposit receipt (section 10)."""
        answer = self.wire.send("GET", self.wire.link(edit), answers=(200,), assumed=self._receipt())
        return self._container(read_xml(answer), edit)

    def _container(self, root: etree._Element, edit: str) -> _Container:
        own = self._link(root, "edit", edit) or edit
        media = self._link(root, "edit-media", edit)
        if not media:
            raise Strange("its deposit receipt has no edit-media link")
        page = next((e.get("href", "") for e in _found(root, "atom:link[@rel='alternate']")), "")
        return _Container(own, media, self._link(root, f"{SWORD}add", edit) or own, page)

    def describe(self, container: _Container) -> None:
        """Metadata of an earlier deposit anew (section 6.5.2)."""
        self.wire.send(
            "PUT", container.edit, answers=(200, 204), assumed=Answer(200), body=self._entry(),
            headers={"Content-Type": _ENTRY, "In-Progress": "true"},
        )  # fmt: skip
        self.job.note("metadata")

    def put(self, container: _Container, piece: Piece) -> None:
        """The bag in place of what is there (section 6.5.1); Content-MD5 is in hexadecimal digits here."""
        headers: dict[str, str | Secret] = {
            "Content-Type": piece.media_type,
            "Content-Disposition": f"attachment; filename={slug(piece.name)}",
            "Content-MD5": piece.md5,
            "Packaging": self.job.target.packaging,
            "In-Progress": "true",
        }
        self.wire.send(
            "PUT",
            container.media,
            answers=(200, 201, 202, 204),
            assumed=Answer(200),
            headers=headers,
            body=piece.body(),
        )
        self.job.note("bag", sha256=piece.sha256)

    def complete(self, container: _Container) -> None:
        """The deposit is whole (section 9.3)."""
        self.wire.send(
            "POST", container.add, answers=(200, 201, 202, 204), assumed=Answer(200), headers={"In-Progress": "false"},
            repeatable=True,
        )  # fmt: skip
        self.job.note("completed", whole="yes")

    def _entry(self) -> Body:
        parcel = self.job.parcel
        return Body.of(entry(parcel.record, parcel.title, parcel.identifier, f"{parcel.made.isoformat()}T00:00:00Z"))

    def _link(self, element: etree._Element, rel: str, base: str) -> str:
        rows = _found(element, "atom:link[@rel=$rel]", rel=rel)
        feeds = [row for row in rows if "type=feed" not in row.get("type", "")]
        href = next((row.get("href", "") for row in feeds or rows), "")
        return self.wire.link(href, base) if href else ""

    def _service(self) -> Answer:
        collection = f"{self.job.target.url.rstrip('/')}/{{collection}}"
        if self.job.target.collection.startswith("http"):
            collection = self.job.target.collection
        root = etree.Element(f"{{{APP}}}service")
        child = etree.SubElement(root, f"{{{APP}}}collection", href=collection)
        etree.SubElement(child, f"{{{ATOM}}}title").text = self.job.target.collection
        return Answer(200, body=etree.tostring(root))

    def _feed(self) -> Answer:
        return Answer(200, body=etree.tostring(etree.Element(f"{{{ATOM}}}feed")))

    def _receipt(self) -> Answer:
        base = f"{self.job.target.url.rstrip('/')}/{{deposit}}"
        root = etree.Element(f"{{{ATOM}}}entry")
        for rel, place in (("edit", ""), ("edit-media", "/{media}"), (f"{SWORD}add", "")):
            etree.SubElement(root, f"{{{ATOM}}}link", rel=rel, href=base + place)
        return Answer(201, {"location": base}, etree.tostring(root))


def _found(element: etree._Element, path: str, **values: Any) -> list[etree._Element]:
    found: Any = element.xpath(path, namespaces=_SPACES, **values)
    return [one for one in found if isinstance(one, etree._Element)]


def _text(element: etree._Element, path: str) -> str:
    return next((" ".join((e.text or "").split()) for e in _found(element, path)), "")


def slug(name: str) -> str:
    """A name in ASCII, as Slug and filename must be here (RFC 5023, section 9.7; Profile, section 6.3.1)."""
    from anyascii import anyascii

    return re.sub(r"[^A-Za-z0-9._-]+", "_", anyascii(name)).strip("_.") or "article"
