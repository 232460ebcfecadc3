"""The profile's grammar as data: its patterns, read from jatspack.rng, and what may be asked of them.

RELAX NG: ISO/IEC 19757-2; the names of patterns are those of its XML syntax.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from math import inf
from pathlib import Path

from lxml import etree

SPACE = "{http://relaxng.org/ns/structure/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
# All that this grammar uses; a new kind must be thought of here.
KINDS = {
    "element", "attribute", "group", "choice", "optional", "zeroOrMore", "oneOrMore", "text", "empty", "value", "data",
    "list",
}  # fmt: skip


@dataclass(eq=False)
class Pattern:
    """A pattern. `name` is of an element or attribute ({namespace}local), `value` of a value or data type's name."""

    kind: str
    children: list[Pattern] = field(default_factory=list)
    name: str = ""
    value: str = ""
    params: dict[str, str] = field(default_factory=dict)
    where: str = ""  # the definition that it stands in

    def __repr__(self) -> str:
        return f"{self.where}: {self.kind} {etree.QName(self.name).localname if self.name else self.value}".rstrip()


class Grammar:
    """A whole grammar; `start` is the pattern that a document follows."""

    def __init__(self, path: Path) -> None:
        root = etree.parse(str(path)).getroot()
        self.prefixes = {k: v for k, v in root.nsmap.items() if k}  # a DTD knows names by their prefix
        self._names = {k: f"{{{v}}}" for k, v in self.prefixes.items()} | {"xml": XML}
        self._defined = {d.get("name", ""): d for d in root.iter(SPACE + "define")}
        self._made: dict[str, Pattern] = {}
        start = root.find(SPACE + "start")
        assert start is not None
        self.start = self._group(start, "start")
        self.patterns = list(self._all())
        self.costs = self._costs()
        self._parents: dict[Pattern, list[Pattern]] = {}
        for pattern in self.patterns:
            for child in pattern.children:
                self._parents.setdefault(child, []).append(pattern)

    # --- reading ------------------------------------------------------------

    def _group(self, node: etree._Element, where: str) -> Pattern:
        children = [self._pattern(c, where) for c in node.iterchildren(etree.Element) if c.tag != SPACE + "param"]
        return children[0] if len(children) == 1 else Pattern("group", children, where=where)

    def _pattern(self, node: etree._Element, where: str) -> Pattern:
        kind = str(node.tag).removeprefix(SPACE)
        if kind == "ref":
            return self._definition(node.get("name", ""))
        assert kind in KINDS, kind
        if kind in ("choice", "group"):
            return Pattern(kind, [self._pattern(c, where) for c in node.iterchildren(etree.Element)], where=where)
        if kind in ("value", "data"):
            params = {p.get("name", ""): p.text or "" for p in node.iterchildren(SPACE + "param")}
            return Pattern(
                kind, value=node.text or "" if kind == "value" else node.get("type", ""), params=params, where=where
            )
        if kind in ("text", "empty"):
            return Pattern(kind, where=where)
        if kind == "attribute" and not len(node):  # trang leaves out what it need not say
            return Pattern(kind, [Pattern("text", where=where)], name=self._name(node), where=where)
        return Pattern(kind, [self._group(node, where)], name=self._name(node), where=where)

    def _definition(self, name: str) -> Pattern:
        """One pattern for each definition, however often it is used: it may hold itself."""
        if name not in self._made:
            self._made[name] = made = Pattern("group", where=name)
            made.children = [self._group(self._defined[name], name)]
        return self._made[name]

    def _name(self, node: etree._Element) -> str:
        prefix, colon, local = node.get("name", "").rpartition(":")
        return self._names[prefix] + local if colon else local

    # --- questions ----------------------------------------------------------

    def _all(self) -> Iterator[Pattern]:
        seen, waiting = {self.start}, deque([self.start])
        while waiting:
            pattern = waiting.popleft()
            yield pattern
            for child in pattern.children:
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)

    def _costs(self) -> dict[Pattern, float]:
        """The fewest elements that each pattern can be satisfied with."""
        costs: dict[Pattern, float] = dict.fromkeys(self.patterns, inf)
        changed = True
        while changed:
            changed = False
            for pattern in self.patterns:
                inner = [costs[c] for c in pattern.children]
                cost = {"choice": min(inner, default=0), "optional": 0, "zeroOrMore": 0}.get(pattern.kind, sum(inner))
                cost += pattern.kind == "element"
                if cost < costs[pattern]:
                    costs[pattern], changed = cost, True
        return costs

    @cache  # noqa: B019
    def nullable(self, pattern: Pattern) -> bool:
        """Whether the pattern is satisfied by nothing at all."""
        if pattern.kind in ("group", "oneOrMore"):
            return all(self.nullable(c) for c in pattern.children)
        if pattern.kind == "choice":
            return any(self.nullable(c) for c in pattern.children)
        return pattern.kind in ("optional", "zeroOrMore", "text", "empty")

    @cache  # noqa: B019 (one grammar in a test run)
    def distances(self, target: Pattern) -> dict[Pattern, int]:
        """How many patterns lie between each pattern and the target inside it; only those that hold it."""
        out, waiting = {target: 0}, deque([target])
        while waiting:
            pattern = waiting.popleft()
            for parent in self._parents.get(pattern, []):
                if parent not in out:
                    out[parent] = out[pattern] + 1
                    waiting.append(parent)
        return out


def holds(pattern: Pattern, *kinds: str) -> bool:
    """Whether a pattern of one of the kinds stands in this one, not counting what stands in elements and attributes."""
    seen: set[Pattern] = set()

    def look(one: Pattern) -> bool:
        if one in seen:
            return False
        seen.add(one)
        if one.kind in kinds:
            return True
        return one.kind not in ("element", "attribute") and any(look(c) for c in one.children)

    return look(pattern)
