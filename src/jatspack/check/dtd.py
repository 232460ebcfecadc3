"""Validity under the official DTD that a file says it follows, or under the nearest that is here.

A minor version of JATS contains its predecessors, and Archiving contains Publishing: what is valid under the smaller
DTD is valid under the larger. What the smaller one says of @dtd-version, whose value it fixes, is set aside then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from jatspack.catalog import AUTHORING, Choice, Dtd, Edition, choose
from jatspack.check.fault import Fault, fault, logged
from jatspack.check.newer import may_be_allowed
from jatspack.jats.parse import Parsed

LARGE = 250_000  # bytes; in larger files libxml2 would take too long to name the places of very many complaints
_LOG = 100  # complaints of a feed parser that lxml keeps
_CHUNK = 1 << 15
_VERSION = re.compile(r"Value .*for attribute dtd-version of article ", re.DOTALL)
_LISTS_VERSIONS = (1, 3, 1_000)  # from this version on the DTD allows the older values of @dtd-version
_LONGEST = 160  # characters of a list of elements in a message
_LISTS = re.compile(r"expecting (.*), got (.*)", re.DOTALL)


@dataclass(slots=True)
class Proof:
    """`dtd_name` is empty where no DTD here could judge the file."""

    dtd_name: str = ""
    faults: list[Fault] = field(default_factory=list)


def check_dtd(parsed: Parsed) -> Proof:
    """What the DTD forbids, and what cannot be told without another DTD. A large file is parsed again for it."""
    proof = _proved(parsed, choose(parsed.declared))
    proof.faults = [replace(f, data={key: _short(text) for key, text in f.data.items()}) for f in proof.faults]
    return proof


def _proved(parsed: Parsed, choice: Choice) -> Proof:
    declared = parsed.declared
    if choice.exact is not None:
        return Proof(str(choice.exact.edition), _forbidden(parsed, choice.exact, aside=False))
    below = _forbidden(parsed, choice.below) if choice.below else []
    if choice.below and not below:
        asked = choice.below.edition
        allows_more = asked.order > declared.order > (1,) or declared.tag_set == AUTHORING != asked.tag_set
        wider = _wider(parsed, choice.below) if allows_more else []
        return Proof(str(choice.below.edition), _said(parsed) + wider)
    if choice.above is not None:
        found = _forbidden(parsed, choice.above) or _wider(parsed, choice.above)
        return Proof(str(choice.above.edition), _said(parsed) + found)
    if choice.below is None:
        code = "dtd-missing" if declared.is_jats else "dtd-none"
        return Proof("", [fault(code, parsed.tree.getroot(), declared=str(declared), version=declared.version)])
    return Proof(str(choice.below.edition), _said(parsed) + [_doubted(f, declared, choice.below) for f in below])


def _wider(parsed: Parsed, asked: Dtd) -> list[Fault]:
    return [fault("dtd-wider", parsed.tree.getroot(), dtd=str(asked.edition), declared=str(parsed.declared))]


def _doubted(found: Fault, declared: Edition, asked: Dtd) -> Fault:
    if found.code != "dtd-invalid" or not may_be_allowed(found.data["message"], declared, asked.edition):
        return found
    return replace(found, code="dtd-unproved", data={**found.data, "declared": str(declared)})


def _said(parsed: Parsed) -> list[Fault]:
    """The DTD would fix @dtd-version; where that is set aside, this is what is left to say of it."""
    root, declared = parsed.tree.getroot(), parsed.declared
    version = root.get("dtd-version", declared.version)
    order = Edition(version=version).order
    if version == declared.version or (declared.order >= _LISTS_VERSIONS and (1,) < order <= declared.order):
        return []
    return [fault("dtd-version", root, version=version, declared=declared.version)]


def _forbidden(parsed: Parsed, dtd: Dtd, *, aside: bool = True) -> list[Fault]:
    log = _fed(parsed, dtd) if len(parsed.text) > LARGE else _validated(parsed.tree, dtd)
    found = list(logged("dtd-invalid", log, dtd=str(dtd.edition)))
    if aside:
        found = [f for f in found if not _VERSION.match(f.data["message"])]
    if len(log) == _LOG and len(parsed.text) > LARGE:
        found.append(fault("findings-cut", parsed.tree.getroot(), check="DTD", more=""))
    return found


def _validated(tree: etree._ElementTree, dtd: Dtd) -> Any:
    """libxml2's log, of all that it has to say of the tree."""
    dtd.loaded.validate(tree.getroot())
    return dtd.loaded.error_log


def _fed(parsed: Parsed, dtd: Dtd) -> Any:
    """libxml2's log of a parser that validates as it goes along: the first complaints, however many there are."""
    parser = dtd.parser(validating=True)
    with parsed.put_aside():
        try:
            parser.feed(b'<!DOCTYPE article SYSTEM "it.dtd">')
            for start in range(parsed.prolog.root_at, len(parsed.text), _CHUNK):
                parser.feed(parsed.text[start : start + _CHUNK])
            parser.close()
        except etree.XMLSyntaxError:  # also where it is well-formed but not valid: the log tells
            pass
        return parser.feed_error_log


def _short(message: str) -> str:
    """Without the long lists of what could stand there."""
    return _LISTS.sub(lambda m: f"expecting {_cut(m[1])}, got {_cut(m[2]) or 'nothing'}", message)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 2].rpartition(" ")[0] + " …)"
