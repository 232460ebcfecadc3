"""XML of any origin, parsed so that it can do no harm.

Nothing that the file declares for itself takes effect, nothing is fetched, and no file is read but the official DTD
that its DOCTYPE names, from the catalog: its named characters (&ndash;, &alpha;) are the only entities there are.
libxml2's limits stay on: elements 256 deep, 10 MB in one text or attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from jatspack.catalog import Dtd, Edition, Prolog, choose, edition, foreign, read_prolog, utf8
from jatspack.findings import Finding, finding

_ENTITY = re.compile(rb"&(?!#|amp;|lt;|gt;|quot;|apos;)")
_NAME = re.compile(r"Entity '([^']+)'")
_PREFIXES = "NAMESPACE"  # libxml2's domain of errors about prefixes, which the DTD may declare


MOST_MARKUP = 4_000_000  # tags and attributes; each may take 300 bytes of memory
_MARKUP = (b"<", b'="', b"='")
_FOR_PROGRAMMERS = ("Resource limit exceeded: ", ", use XML_PARSE_HUGE option", ", try XML_PARSE_HUGE")


class Refused(Exception):
    """The bytes are no XML that can be read safely; `finding` says why and where."""

    def __init__(self, reason: Finding) -> None:
        super().__init__(reason.message)
        self.finding = reason


@dataclass(slots=True)
class Parsed:
    """`text` is the file in UTF-8; `declared` is the DTD that it says it follows."""

    tree: etree._ElementTree
    text: bytes
    prolog: Prolog
    declared: Edition

    @contextmanager
    def put_aside(self) -> Iterator[None]:
        """Do without the tree for a while: two trees of a large file are more than one needs to have."""
        del self.tree
        yield
        self.tree = open_xml(self.text).tree


def open_xml(data: bytes) -> Parsed:
    """The tree of XML bytes, and what was said before it. Raises Refused."""
    try:
        text = utf8(data)
    except ValueError as error:
        raise _refused("xml-malformed", (1, 1), str(error)) from None
    if sum(map(text.count, _MARKUP)) > MOST_MARKUP:
        raise _refused("xml-limits", (1, 1), f"more than {MOST_MARKUP:,} tags and attributes")
    prolog = read_prolog(text)
    if prolog.declares:
        raise _refused("xml-unsafe", prolog.declared_at, f"the file declares {prolog.declares} for itself")
    declared = edition(prolog)
    dtd = None if foreign(prolog) or not prolog.doctype else _nearest(declared)
    tree = _tree(text, dtd)
    if prolog.fault:  # libxml2 is of another opinion; what expat cannot read may hide declarations
        raise _refused("xml-malformed", prolog.fault_at, prolog.fault)
    return Parsed(tree, text, prolog, declared)


def parse(data: bytes) -> etree._ElementTree:
    """The tree of XML bytes. Raises Refused."""
    return open_xml(data).tree


def _nearest(declared: Edition) -> Dtd | None:
    """A DTD whose characters are those of the declared one: all versions have the same sets."""
    choice = choose(declared)
    return choice.exact or choice.below or choice.above


def _tree(text: bytes, dtd: Dtd | None) -> etree._ElementTree:
    """Without the DTD where that will do, as nearly always."""
    plain = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8")
    if dtd is None or not _ENTITY.search(text):
        try:
            return _parsed(text, plain)
        except etree.XMLSyntaxError as error:
            if dtd is None or _last(plain).domain_name != _PREFIXES:
                raise _unreadable(error, plain) from error
    parser = dtd.parser()
    try:
        return _parsed(text, parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(error, parser) from error
    except OSError as error:
        raise _refused("xml-unsafe", (1, 1), f"the DTD {dtd.path} cannot be used: {error}") from error


def _parsed(text: bytes, parser: etree.XMLParser) -> etree._ElementTree:
    """The tree; an entity that nothing declares is no error to libxml2 where there could have been a DTD."""
    try:
        tree = etree.ElementTree(etree.fromstring(text, parser))
    finally:
        log: Any = parser.error_log
        unknown = next((entry for entry in log if entry.type_name.endswith("_UNDECLARED_ENTITY")), None)
        if unknown is not None:
            found = _NAME.search(unknown.message)
            name = f"&{found[1]};" if found else "&"
            place = unknown.line, max(unknown.column - len(name), 1)
            raise _refused("xml-unsafe", place, f"the entity {name} is not known")
    return tree


def _last(parser: etree.XMLParser) -> Any:
    log: Any = parser.error_log
    return log.last_error


def _unreadable(error: etree.XMLSyntaxError, parser: etree.XMLParser) -> Refused:
    line, column = error.position
    reason = " ".join((error.msg or "it is empty").rsplit(", line ", 1)[0].split())
    last = _last(parser)
    if last is None or last.type_name != "ERR_RESOURCE_LIMIT":
        return _refused("xml-malformed", (line or 1, column or 1), reason)
    for words in _FOR_PROGRAMMERS:
        reason = reason.replace(words, "")
    return _refused("xml-limits", (line or 1, column or 1), reason)


def _refused(code: str, at: tuple[int, int], reason: str) -> Refused:
    return Refused(replace(finding(code, (at[0], at[0]), reason=reason), column=at[1]))
