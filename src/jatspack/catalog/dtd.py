"""One official DTD: where it lies, and loading it so that nothing but its own folder is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from jatspack.catalog.edition import Edition, named

_STUB = b'<!DOCTYPE article SYSTEM "it.dtd"><article/>'


_Resolver: Any = etree.Resolver  # its stubs leave out what a resolver can do


class _OwnFolder(_Resolver):  # type: ignore[misc]
    """Answers the first question with the DTD, whatever the document calls it; then files beside it, nothing else."""

    def __init__(self, main: Path) -> None:
        self.main, self.folder, self.asked = main, main.parent.resolve(), False

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        if not self.asked:
            self.asked = True
            return self.resolve_filename(str(self.main), context)
        url = system_url or ""
        path = Path(unquote(url.removeprefix("file://")) if url.startswith("file://") else url).resolve()
        if self.folder in path.parents and path.is_file():
            return self.resolve_filename(str(path), context)
        raise PermissionError(f"it asks for {url or public_id!r}, which is not beside it")


@dataclass(slots=False)
class Dtd:
    """A DTD of the catalog; `origin` says where it comes from. Loaded when it is first used."""

    edition: Edition
    path: Path
    origin: str

    @cached_property
    def loaded(self) -> etree.DTD:
        """The DTD, ready to validate. Raises etree.XMLSyntaxError or OSError where it cannot be loaded."""
        tree = etree.fromstring(_STUB, self.parser()).getroottree()
        found: Any = tree.docinfo.externalDTD
        if found is None:
            raise OSError(f"{self.path}: no DTD")
        return found  # type: ignore[no-any-return]

    def parser(self, *, validating: bool = False) -> etree.XMLParser:
        """A parser for one document that follows this DTD: its entities are known, its defaults are not filled in.

        What the document itself declares must have been refused before (see prolog.py).
        """
        parser = etree.XMLParser(
            load_dtd=True,
            dtd_validation=validating,
            resolve_entities=True,
            attribute_defaults=False,
            no_network=True,
            encoding="utf-8",
        )
        parser.resolvers.add(_OwnFolder(self.path))
        return parser


def look(path: Path, origin: str) -> Dtd | None:
    """The DTD in a file, if it is one of JATS articles: it declares <article> with @dtd-version, and loads.

    Raises etree.XMLSyntaxError or OSError where it is broken.
    """
    found = Dtd(Edition(), path, origin)
    root: Any = next((e for e in elements(found.loaded) if e.name == "article"), None)
    version: Any = (
        next((a for a in root.iterattributes() if a.name == "dtd-version"), None) if root is not None else None
    )
    if version is None:
        return None
    said = _said(path)
    fixed = version.default_value or ""
    if said is None or (fixed and said.version and fixed != said.version):
        return None
    found.edition = Edition(said.tag_set, said.version or fixed, said.mathml3, said.oasis)
    return found if found.edition.version else None


def elements(dtd: etree.DTD) -> Iterator[Any]:
    """Its element declarations."""
    yield from dtd.iterelements()  # type: ignore[attr-defined]


def _said(path: Path) -> Edition | None:
    """What the head of the file calls itself: the official ones quote their public identifier there."""
    with path.open("rb") as file:
        head = file.read(8_000).decode("utf-8", "replace")
    for line in head.splitlines():
        if found := named(line, ""):
            return found
    return named("", path.name)
