"""Every rule of a grammar, to be broken once in each way in which it can be broken."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from check.documents import Use
from check.grammar import Grammar, Pattern, holds


def faults(grammar: Grammar) -> Iterator[Use]:
    """Faults that leave no document of the grammar, each in the smallest document that has its place."""
    repeated = set(_repeated(grammar))
    for pattern in grammar.patterns:
        children = pattern.children
        if pattern.kind == "group" and len(children) > 1:
            for n in (n for n, c in enumerate(children) if not grammar.nullable(c)):
                yield Use(pattern, n, "missing")
                if any(holds(c, "element") and grammar.nullable(c) for c in children):
                    yield Use(pattern, n, "bereft")
            for n, (first, second) in enumerate(pairwise(children)):
                if holds(first, "element") and holds(second, "element") and not _alike(first, second):
                    yield Use(pattern, n, "swapped")
        elif pattern.kind == "element":
            yield from (Use(pattern, 0, fault) for fault in ("attribute", "element"))
            if not holds(children[0], "text", "data", "value"):
                yield Use(pattern, 0, "text")
            if pattern not in repeated and pattern is not grammar.start:
                yield Use(pattern, 0, "twice")
        elif pattern.kind == "attribute" and not holds(children[0], "text"):
            yield Use(pattern, 0, "wrong")
            yield from (Use(p, 0, "none") for p in inner(children[0]) if p.kind == "oneOrMore")
        elif pattern.kind == "oneOrMore" and holds(pattern, "element"):
            yield Use(pattern, 0, "none")
        elif pattern.kind == "optional" and holds(pattern, "element") and pattern not in repeated:
            yield Use(pattern, 0, "twice")
    for pattern in grammar.patterns:  # characters of an element; those of attributes are broken with their attribute
        if pattern.kind == "element":
            yield from (Use(p, 0, "wrong") for p in inner(pattern.children[0]) if p.kind == "data")


def inner(pattern: Pattern) -> Iterator[Pattern]:
    """The patterns in a pattern, not those in its elements and attributes."""
    seen, waiting = set(), [pattern]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        yield one
        if one.kind not in ("element", "attribute"):
            waiting += one.children


def _repeated(grammar: Grammar) -> Iterator[Pattern]:
    """What may stand more than once: inside a repetition, or before a repetition of its like."""
    for pattern in grammar.patterns:
        if pattern.kind in ("zeroOrMore", "oneOrMore"):
            yield from inner(pattern)
        for first, second in pairwise(pattern.children):
            if pattern.kind == "group" and second.kind == "oneOrMore" and _alike(first, second):
                yield from inner(first)


def _alike(first: Pattern, second: Pattern) -> bool:
    """Whether two patterns are satisfied by the same elements."""

    def elements(pattern: Pattern) -> set[str]:
        return {str(p) for p in inner(pattern) if p.kind == "element"}

    return elements(first) == elements(second)
