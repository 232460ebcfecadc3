"""metadata/premis.xml: what was made of what, with which programs, as PREMIS 3.0 (preservation metadata).

Objects are the files of the payload with their digests, events are what was done (in the words of the Library of
Congress's list of event types), agents are the programs with their versions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from jatspack.archive.contents import CONFIGURATION, DEPOSIT, Contents, blocks, media_type, size

PREMIS = "http://www.loc.gov/premis/v3"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SPACES: Any = {None: PREMIS, "xsi": _XSI}
_DIGEST = "sha256"
_SOURCE_SUFFIX = {".html": ".xml", ".pdf": ".xml", ".report.html": ".report.json"}  # what an output is made from


@dataclass(frozen=True, slots=True)
class _Event:
    kind: str
    detail: str
    agents: tuple[str, ...]
    source: tuple[str, ...]
    outcome: tuple[str, ...]
    result: str = ""


def provenance(contents: Contents) -> bytes:
    """The record as UTF-8 XML; the same contents give the same bytes."""
    root = etree.Element(_p("premis"), {"version": "3.0"}, nsmap=_SPACES)
    events = list(_events(contents))
    for name in sorted(contents.files):
        root.append(_object(contents, name))
    for number, event in enumerate(events, 1):
        root.append(_event(event, f"event-{number}", contents.made.isoformat()))
    for name, version in contents.tools.items():
        root.append(_agent(name, version))
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _events(contents: Contents) -> Iterator[_Event]:
    xml, source = contents.name(".xml"), contents.source
    assert xml
    settings = tuple(n for n in sorted(contents.files) if n.startswith(f"{CONFIGURATION}/"))
    digest = f"configuration: sha256 {contents.configuration}"
    if source != xml:
        made = (xml, *(n for n in sorted(contents.files) if n in contents.originals and n != source))
        yield _Event("normalization", f"raw text to JATS; {digest}", ("jatspack", "pandoc"), (source, *settings), made)
    result = "valid" if contents.valid else "valid JATS that breaks rules of its target: see the report"
    yield _Event("validation", contents.dtd or "no DTD was there", ("jatspack",), (xml,), (), result)
    if html := contents.name(".html"):
        yield _Event("rendering", f"JATS to HTML; {digest}", ("jatspack",), (xml,), (html,))
    if pdf := contents.name(".pdf"):
        yield _Event("rendering", f"JATS to PDF; {digest}", ("jatspack", "WeasyPrint"), (xml,), (pdf,))
    if deposit := tuple(n for n in sorted(contents.files) if n.startswith(f"{DEPOSIT}/")):
        detail = f"JATS to metadata for registries, indexes and repositories; {digest}"
        yield _Event("metadata extraction", detail, ("jatspack",), (xml, *settings), deposit)
    reports = tuple(n for s in (".report.json", ".report.html") if (n := contents.name(s)))
    yield _Event("metadata extraction", "report of the run", ("jatspack",), (source,), reports)
    everything = tuple(sorted(contents.files))
    yield _Event("information package creation", "BagIt 1.0 (RFC 8493)", ("jatspack",), everything, ())


def _object(contents: Contents, name: str) -> etree._Element:
    content = contents.files[name]
    digest = hashlib.new(_DIGEST)
    for block in blocks(content):
        digest.update(block)
    out = etree.Element(_p("object"), {f"{{{_XSI}}}type": "file"})
    _identifier(out, "object", _path(name))
    known = _add(out, "objectCharacteristics")
    _texts(_add(known, "fixity"), {"messageDigestAlgorithm": "SHA-256", "messageDigest": digest.hexdigest()})
    _add(known, "size", str(size(content)))
    _texts(_add(_add(known, "format"), "formatDesignation"), {"formatName": media_type(name)})
    if original := contents.originals.get(name):
        _add(out, "originalName", original)
    if source := _made_from(contents, name):
        related = _add(out, "relationship")
        _texts(related, {"relationshipType": "derivation", "relationshipSubType": "has source"})
        _identifier(related, "relatedObject", _path(source))
    return out


def _made_from(contents: Contents, name: str) -> str | None:
    if name == contents.name(".xml"):
        return contents.source if contents.source != name else None
    if name.startswith(f"{DEPOSIT}/"):
        return contents.name(".xml")
    source = _SOURCE_SUFFIX.get(name.removeprefix(contents.stem)) if name.startswith(contents.stem) else None
    return contents.name(source) if source else None


def _event(event: _Event, number: str, when: str) -> etree._Element:
    out = etree.Element(_p("event"))
    _identifier(out, "event", number, "local")
    _texts(out, {"eventType": event.kind, "eventDateTime": when})
    _add(_add(out, "eventDetailInformation"), "eventDetail", event.detail)
    if event.result:
        _add(_add(out, "eventOutcomeInformation"), "eventOutcome", event.result)
    for agent in event.agents:
        _add(_identifier(out, "linkingAgent", agent, "local"), "linkingAgentRole", "executing program")
    _link(out, event.source, "source")
    _link(out, event.outcome, "outcome")
    return out


def _link(out: etree._Element, names: Iterable[str], role: str) -> None:
    for name in names:
        _add(_identifier(out, "linkingObject", _path(name)), "linkingObjectRole", role)


def _agent(name: str, version: str) -> etree._Element:
    out = etree.Element(_p("agent"))
    _identifier(out, "agent", name, "local")
    _texts(out, {"agentName": name, "agentType": "software", "agentVersion": version})
    return out


def _path(name: str) -> str:
    return f"data/{name}"


def _identifier(parent: etree._Element, kind: str, value: str, scheme: str = "path in the bag") -> etree._Element:
    out = _add(parent, f"{kind}Identifier")
    _texts(out, {f"{kind}IdentifierType": scheme, f"{kind}IdentifierValue": value})
    return out


def _texts(parent: etree._Element, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        _add(parent, name, value)


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, _p(name))
    child.text = text
    return child


def _p(name: str) -> str:
    return f"{{{PREMIS}}}{name}"
