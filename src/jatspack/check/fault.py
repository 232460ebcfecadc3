"""A fault: what a check says of an element. Its place in the file is looked up later, for all faults at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from xml.parsers import expat

from lxml import etree

from jatspack.findings import Finding, finding

LONGEST = 500  # characters of a name or value that a finding quotes; a file's may be of any length
MOST = 1_000  # faults that one check tells of; the rest are counted


class _Done(Exception):
    """All places are known."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where there is no `element`, `path` (XPath) leads to it; where that fails too, only the line is known."""

    code: str
    element: etree._Element | None
    data: dict[str, str]
    line: int = 0
    path: str = ""


def fault(code: str, element: etree._Element, **data: str) -> Fault:
    """Make one."""
    return Fault(code, element, data)


def logged(code: str, log: Any, **data: str) -> Iterator[Fault]:
    """The faults in an error log of libxml2, each once."""
    for line, path, message in dict.fromkeys((e.line, e.path, e.message) for e in log):
        yield Fault(code, None, {"message": message, **data}, line, path or "")


def bounded(faults: Iterable[Fault], check: str, tree: etree._ElementTree, most: int = MOST) -> list[Fault]:
    """The first faults of a check; a last one says how many more there are."""
    rest = iter(faults)
    first = list(islice(rest, most))
    if more := sum(1 for _ in rest):
        first.append(fault("findings-cut", tree.getroot(), check=check, more=f"{more} "))
    return first


def place(faults: Iterable[Fault], tree: etree._ElementTree, text: bytes) -> list[Finding]:
    """Findings with the line and column where each element's tag begins.

    libxml2 counts lines up to 65,535 and knows no columns, so the file (`text`, in UTF-8) is gone through again.
    """
    spaces = {prefix: uri for prefix, uri in tree.getroot().nsmap.items() if prefix}
    faults = [replace(f, element=_at(tree, f.path, spaces)) if f.path else f for f in faults]
    wanted = {f.element for f in faults if f.element is not None}
    places = _places(tree, text, wanted) if wanted else {}
    out = []
    for one in faults:
        line, column = places.get(one.element, (one.line, 0)) if one.element is not None else (one.line, 0)
        data = {key: text if len(text) <= LONGEST else text[: LONGEST - 1] + "…" for key, text in one.data.items()}
        out.append(replace(finding(one.code, (line, line), **data), column=column))
    return out


def _at(tree: etree._ElementTree, path: str, spaces: dict[str, str]) -> etree._Element | None:
    try:
        found: Any = tree.xpath(f"({path})[1]", namespaces=spaces)  # the path may fit others further on
    except etree.XPathError:  # a prefix that the root does not declare
        return None
    return found[0] if isinstance(found, list) and found and isinstance(found[0], etree._Element) else None


def _places(
    tree: etree._ElementTree, text: bytes, wanted: set[etree._Element]
) -> dict[etree._Element, tuple[int, int]]:
    """The n-th element of the tree is the n-th start tag of the file."""
    numbers: dict[int, etree._Element] = {}
    for n, element in enumerate(tree.getroot().iter(etree.Element)):
        if element in wanted:
            numbers[n] = element
            if len(numbers) == len(wanted):
                break
    found: dict[etree._Element, tuple[int, int]] = {}
    parser = expat.ParserCreate("utf-8")
    last, count = max(numbers), 0

    def start(*_: object) -> None:
        nonlocal count
        if count in numbers:
            found[numbers[count]] = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        if count == last:
            raise _Done
        count += 1

    parser.StartElementHandler = start
    try:
        parser.Parse(text, True)
    except _Done:
        pass
    except expat.ExpatError:  # libxml2 took what expat does not: its lines must do
        pass
    return {e: found.get(e, (int(str(e.sourceline or 0)), 0)) for e in wanted}
