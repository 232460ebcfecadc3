"""What is handed over: a verified bag, what its JATS says of the article, and the files that targets want from it.

All comes from the bag, so that metadata and content are of one state, whoever made the bag.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from jatspack.archive import opened, portable, unpack
from jatspack.archive.found import Found
from jatspack.archive.serialize import write
from jatspack.archive.store import Store
from jatspack.archive.tags import bag_info, declaration
from jatspack.archive.unpack import add_tag_files
from jatspack.archive.verify import prove
from jatspack.findings import UnreadableInput
from jatspack.handover.exchange import Body
from jatspack.jats.identifiers import bare_doi
from jatspack.jats.read import read_jats
from jatspack.jats.read_record import read_record
from jatspack.jats.record import Record
from jatspack.output.staging import BAGS

LARGEST_JATS = 100_000_000  # bytes
_TYPES = {".zip": "application/zip", ".tar": "application/x-tar", ".gz": "application/gzip", ".pdf": "application/pdf",
          ".xml": "application/xml", ".html": "text/html"}  # fmt: skip
_LONGEST_FIRST = (*sorted(BAGS, key=len, reverse=True), ".tar.gz", ".tgz", ".zip", ".tar")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that is sent: its name there, where it lies here, its bytes and digests (hexadecimal)."""

    name: str
    path: Path
    size: int
    sha256: str
    md5: str

    @staticmethod
    def of(path: Path, name: str) -> Piece:
        digests = hashlib.sha256(), hashlib.md5(usedforsecurity=False)  # MD5 is what the protocols ask for
        size = 0
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                size += len(block)
                for one in digests:
                    one.update(block)
        return Piece(name, path, size, digests[0].hexdigest(), digests[1].hexdigest())

    @property
    def media_type(self) -> str:
        return _TYPES.get(Path(self.name).suffix.lower(), "application/octet-stream")

    def body(self, start: int = 0, size: int | None = None) -> Body:
        """All of it, or `size` bytes from `start` on."""
        if size is None and start == 0:
            return Body(path=self.path, size=self.size, sha256=self.sha256)
        return Body(path=self.path, start=start, size=self.size - start if size is None else size)


@dataclass(slots=True)
class Parcel:
    """A bag on its way. `identifier` is its DOI or what else names the article for good; `digest` is that of all of
    its files, however they are serialised."""

    bag: Path
    stem: str  # of the outputs: article, for article.bag.zip
    article: str  # path of the JATS in the bag, "" for none
    identifier: str
    scheme: str  # doi, other, or content where the article has no name of its own
    title: str
    digest: str
    made: date
    files: frozenset[str]
    record: Record | None
    work: Path
    _pieces: dict[str, Piece] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The article's name as a file name."""
        return portable((self.stem if self.scheme == "content" else self.identifier).replace("/", "_"))

    @property
    def name(self) -> str:
        """The bag's name at the target as it lies here, a folder or a file: no two articles have the same."""
        suffix = next((s for s in _LONGEST_FIRST if self.bag.name.endswith(s)), self.bag.suffix)
        return self.label + (".bag" if self.bag.is_dir() else suffix)

    @property
    def names(self) -> list[str]:
        """All names that the bag may have at the target, however it was serialised; the one that it has comes first."""
        return list(dict.fromkeys([self.name, *(self.label + suffix for suffix in BAGS)]))

    def zipped(self, *, only_zip: bool = True) -> Piece:
        """The bag as one file: as it is where it is one already (any kind, unless `only_zip`); else as a zip, which is
        verified before it returns."""
        if self.bag.is_file() and (not only_zip or _is_zip(self.bag)):
            return self._once("bag", lambda: Piece.of(self.bag, self.name))
        return self._once("bag", lambda: self._packed({}, ""))

    def rewrapped(self, tag_files: dict[str, bytes], profile: str) -> Piece:
        """A zip of a copy of the bag that has more tag files, and follows another BagIt profile; verified."""
        return self._once("rewrapped", lambda: self._packed(tag_files, profile))

    def _packed(self, tag_files: dict[str, bytes], profile: str) -> Piece:
        folder = self.work / "packed" / f"{self.label}.bag"
        with opened(self.bag) as store:
            unpack(store, folder)
        if profile:
            info = folder / "bag-info.txt"
            lines = info.read_bytes().splitlines() if info.exists() else []
            kept = [line for line in lines if not line.lower().startswith(b"bagit-profile-identifier:")]
            told = b"\n".join([*kept, b"BagIt-Profile-Identifier: " + profile.encode("ascii"), b""])
            add_tag_files(folder, {**tag_files, "bag-info.txt": told})
        goal = write(folder, "zip", self.made)
        prove(goal)
        return Piece.of(goal, goal.name)

    def pieces(self, roles: Sequence[str]) -> list[Piece]:
        """Files by their role (bag, pdf, jats, html), in that order; those that the bag does not have are left out."""
        out = []
        for role in roles:
            if role == "bag":
                out.append(self.zipped())
            elif path := self.path_of(role):
                out.append(self._once(role, partial(self._extracted, path)))
        return out

    def path_of(self, role: str) -> str:
        """Where the bag has a file; "" where it has none."""
        suffix = {"jats": ".xml", "pdf": ".pdf", "html": ".html"}[role]
        path = self.article.removesuffix(".xml") + suffix
        return path if self.article and path in self.files else ""

    def _extracted(self, path: str) -> Piece:
        with opened(self.bag) as store:
            unpack(store, self.work / "pieces", [path])
        return Piece.of(self.work / "pieces" / path, Path(path).name)

    def _once(self, key: str, make: Callable[[], Piece]) -> Piece:
        if key not in self._pieces:
            self._pieces[key] = make()
        return self._pieces[key]


def locate(path: Path) -> Path:
    """The bag that is meant: a bag itself; the stem or another output of `jatspack convert`; the folder that holds it.

    Raises UnreadableInput where there is none, or more than one; the message says what to do.
    """
    if path.is_dir() and (path / "bagit.txt").is_file():
        return path
    if path.is_file() and path.name.endswith((".zip", ".tar", ".gz", ".tgz")):
        return path
    stem = path
    for suffix in (".report.json", ".report.html", ".xml", ".html", ".pdf", *BAGS):
        if path.name.endswith(suffix) and (path.is_file() or not path.exists()):
            stem = path.with_name(path.name.removesuffix(suffix))
            break
    beside = [stem.with_name(stem.name + suffix) for suffix in BAGS]
    found = [bag for bag in beside if bag.exists()]
    if not found and path.is_dir():
        found = sorted(
            entry for entry in path.iterdir() if entry.name.endswith(BAGS) and not entry.name.startswith(".")
        )
    if len(found) == 1:
        return found[0]
    if found:
        raise UnreadableInput(f"{path}: there are several bags: {_listed(found)}; name one of them")
    if not path.exists() and not path.parent.is_dir():
        raise UnreadableInput(f"{path}: there is nothing; check the path")
    what = "no bag is in it" if path.is_dir() else "no bag belongs to it"
    raise UnreadableInput(f"{path}: {what}; make one with jatspack convert (without --only), or name the bag")


def _listed(bags: Sequence[Path]) -> str:
    names = [bag.name for bag in bags[:5]]
    return ", ".join(names) + (f" and {len(bags) - 5} more" if len(bags) > 5 else "")


def stem_of(bag: Path) -> str:
    """The name that the outputs have in common."""
    name = bag.name
    for suffix in _LONGEST_FIRST:
        if name.endswith(suffix) and name != suffix:
            return name.removesuffix(suffix)
    return name


@contextmanager
def parcel(bag: Path) -> Iterator[Parcel]:
    """Open a bag that verifies; what is unpacked of it goes away in the end."""
    with TemporaryDirectory(prefix="jatspack-") as work, opened(bag) as store:
        yield _parcel(bag, store, Path(work))


def _parcel(bag: Path, store: Store, work: Path) -> Parcel:
    stem = stem_of(bag)
    digest, roots = _read(store)
    chosen = f"data/{stem}.xml" if f"data/{stem}.xml" in roots else next(iter(roots), "")
    record = read_record(read_jats(roots[chosen])) if chosen else None
    version, encoding = declaration(store, Found())
    info = {label.casefold(): value for label, value in bag_info(store, version, encoding, Found())}
    named, scheme = _named(record, info.get("external-identifier", ""), digest)
    title = (record.title if record else "") or info.get("external-description", "")
    made = _day(info.get("bagging-date", ""))
    return Parcel(bag, stem, chosen, named, scheme, title, digest, made, frozenset(store.sizes), record, work)


def fingerprint(bag: Path) -> str:
    """The digest of all files of a bag, whether it is a folder or one file."""
    with opened(bag) as store:
        return _read(store)[0]


def _read(store: Store) -> tuple[str, dict[str, bytes]]:
    """The digest of all files by their names, and the JATS files at the top of the payload."""
    rows, articles = [], {}
    for name, blocks in store.walk(list(store.sizes)):
        candidate = name.startswith("data/") and name.count("/") == 1 and name.endswith(".xml")
        keep = candidate and store.sizes[name] <= LARGEST_JATS
        made, data = hashlib.sha256(), bytearray()
        for block in blocks:
            made.update(block)
            if keep:
                data += block
        rows.append(f"{name}\0{made.hexdigest()}\n")
        if keep and _is_article(bytes(data)):
            articles[name] = bytes(data)
    return hashlib.sha256("".join(sorted(rows)).encode("utf-8", "surrogateescape")).hexdigest(), dict(
        sorted(articles.items())
    )


def _is_article(data: bytes) -> bool:
    try:
        read_jats(data)
    except UnreadableInput:
        return False
    return True


def _named(record: Record | None, external: str, digest: str) -> tuple[str, str]:
    """What names the article for good, and what kind of name that is."""
    if doi := (record.doi if record else "") or bare_doi(external):
        return doi.lower(), "doi"  # DOIs do not mind capitals (ISO 26324)
    if record and record.publisher_id:
        journal = record.journal.id or next(iter(record.journal.issns), "")
        return ":".join(text for text in (journal, record.publisher_id) if text), "other"
    return (external, "other") if external else (f"sha256:{digest}", "content")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return date(1980, 1, 1)  # the first of zip


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"
