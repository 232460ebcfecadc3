"""A SWORD v2 server, written from the SWORD 2.0 Profile: one collection, whose feed lists all of its deposits."""

from __future__ import annotations

import base64
import re
from xml.sax.saxutils import escape

from lxml import etree

from handover.conftest import SECRET
from handover.server import Reply, Seen, Server, wants

NS = 'xmlns="http://www.w3.org/2005/Atom" xmlns:sword="http://purl.org/net/sword/terms/" xmlns:dcterms="http://purl.org/dc/terms/"'
BAGIT = "http://purl.org/net/sword/package/BagIt"
_USER = "Basic " + base64.b64encode(f"owl:{SECRET}".encode()).decode()
_DCTERMS = "{http://purl.org/dc/terms/}"
Deposit = dict[str, object]


class Sword2Server(Server):
    """`feed` False: collections have no feed, which section 6.2 allows."""

    def __init__(self, *, feed: bool = True, packaging: str = BAGIT, limit: int = 16384, page: int = 2) -> None:
        self.deposits: dict[str, Deposit] = {}
        self.feed, self.packaging, self.limit, self.page = feed, packaging, limit, page
        super().__init__()

    def handle(self, seen: Seen) -> Reply:
        if seen.headers.get("authorization") != _USER:
            return self._error("ErrorUnauthorized", "who are you?", 401)
        if seen.path == "/sd":
            return self._service()
        if seen.path == "/col":
            return self._collection(seen)
        match = re.fullmatch(r"/(edit|media|add)/(\d+)", seen.path)
        wants(match, "no such address")
        assert match
        what, id_ = match[1], match[2]
        if id_ not in self.deposits:
            return Reply(404)
        return {"edit": self._edit, "media": self._media, "add": self._add}[what](seen, id_)

    @staticmethod
    def _error(kind: str, summary: str, status: int) -> Reply:
        """Section 12."""
        xml = f'<sword:error {NS} href="http://purl.org/net/sword/error/{kind}"><summary>{escape(summary)}</summary></sword:error>'
        return Reply(status, xml.encode())

    def _service(self) -> Reply:
        """Section 6.1; the address of the collection is one that a server behind a proxy may give: http."""
        xml = f"""<service xmlns="http://www.w3.org/2007/app" xmlns:atom="http://www.w3.org/2005/Atom"
          xmlns:sword="http://purl.org/net/sword/terms/"><sword:version>2.0</sword:version>
          <sword:maxUploadSize>{self.limit}</sword:maxUploadSize><workspace><atom:title>Main</atom:title>
          <collection href="/col"><atom:title>Articles</atom:title><accept>*/*</accept>
          <accept alternate="multipart-related">*/*</accept><sword:mediation>false</sword:mediation>
          <sword:acceptPackaging>{self.packaging}</sword:acceptPackaging></collection>
          <collection href="/theses"><atom:title>Theses</atom:title><accept>*/*</accept></collection>
          </workspace></service>"""
        return Reply(200, xml.encode(), {"Content-Type": "application/atomsvc+xml"})

    def _collection(self, seen: Seen) -> Reply:
        if seen.method == "GET":
            return self._feed(seen) if self.feed else Reply(405)
        wants(seen.method == "POST", "a collection is posted to")
        self._is_entry(seen)
        wants(seen.headers.get("in-progress") == "true", "more will come")
        wants(seen.headers["slug"].isascii(), "Slug")
        id_ = str(len(self.deposits) + 1)
        self.deposits[id_] = {"entry": seen.body, "bag": b"", "complete": 0}
        return Reply(201, self._receipt(id_), {"Location": f"{self.url}/edit/{id_}"})

    def _feed(self, seen: Seen) -> Reply:
        start = int(seen.query.get("start", 0))
        ids = list(self.deposits)[start : start + self.page]
        rows = "".join(self._receipt(id_).decode() for id_ in ids)
        more = start + self.page < len(self.deposits)
        following = f'<link rel="next" href="/col?start={start + self.page}"/>' if more else ""
        return Reply(200, f"<feed {NS}>{following}{rows}</feed>".encode())

    @staticmethod
    def _is_entry(seen: Seen) -> etree._Element:
        """Section 6.3.3; Atom (RFC 4287, section 4.1.2) must have id, title, updated and an author."""
        wants(seen.headers["content-type"].replace(" ", "") == "application/atom+xml;type=entry", "an entry")
        root = etree.fromstring(seen.body)
        wants(root.tag == "{http://www.w3.org/2005/Atom}entry", "an entry")
        for name in ("id", "title", "updated", "author/{http://www.w3.org/2005/Atom}name"):
            wants(root.findtext("{http://www.w3.org/2005/Atom}" + name), name)
        wants(root.findtext(f"{_DCTERMS}title") and root.findtext(f"{_DCTERMS}identifier"), "Dublin Core terms")
        return root

    def _receipt(self, id_: str) -> bytes:
        """Section 10."""
        root = etree.fromstring(self.deposits[id_]["entry"])  # type: ignore[arg-type]
        terms = "".join(
            f"<dcterms:{etree.QName(e).localname}>{escape(e.text or '')}</dcterms:{etree.QName(e).localname}>"
            for e in root
            if str(e.tag).startswith(_DCTERMS)
        )
        return f"""<entry {NS}><id>info:server/{id_}</id><title>t</title>{terms}
          <link rel="edit-media" type="application/atom+xml;type=feed" href="{self.url}/media/{id_}.feed"/>
          <link rel="edit-media" href="{self.url}/media/{id_}"/><link rel="edit" href="{self.url}/edit/{id_}"/>
          <link rel="http://purl.org/net/sword/terms/add" href="{self.url}/add/{id_}"/>
          <link rel="alternate" href="{self.url}/page/{id_}"/>
          <sword:treatment>kept</sword:treatment></entry>""".encode()

    def _edit(self, seen: Seen, id_: str) -> Reply:
        if seen.method == "PUT":
            self._is_entry(seen)
            self.deposits[id_]["entry"] = seen.body
        return Reply(200, self._receipt(id_))

    def _media(self, seen: Seen, id_: str) -> Reply:
        """Section 6.5.1."""
        wants(seen.method == "PUT", "the bag is put")
        if seen.headers["content-md5"] != seen.md5:
            return self._error("ErrorChecksumMismatch", "not what was sent", 412)
        wants(re.fullmatch(r"attachment; filename=[!-~]+", seen.headers["content-disposition"]), "a file name")
        wants(
            seen.headers["packaging"] == self.packaging and seen.headers["content-type"] == "application/zip", "a bag"
        )
        self.deposits[id_]["bag"] = seen.body
        return Reply(204)

    def _add(self, seen: Seen, id_: str) -> Reply:
        """Section 9.3."""
        wants(seen.method == "POST" and seen.headers.get("in-progress") == "false" and not seen.body, "complete")
        self.deposits[id_]["complete"] = 1
        return Reply(200, self._receipt(id_))
