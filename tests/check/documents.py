"""Documents drawn from a grammar, by a walk through its patterns.

A walk can be sent to one place of the grammar (a Use), so that every branch of it is taken by some document;
and it can break one rule there (a fault), so that every rule is seen to be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

import rstr
from hypothesis import strategies as st
from lxml import etree

from check.grammar import Grammar, Pattern, holds

TEXTS = ("x", "", "Ж é ұ", "a < b & c > d", "中文", " ", "\u00a0", "two  words\n")
SAMPLES = {
    "language": ("en", "kk", "zh-Hans", "und"),
    "anyURI": ("https://a.example/b?c=d&e=f#g", "media/a.png", "mailto:a@example.org"),
    "token": ("x", "Ж é", "a < b & c", "中", " in spaces "),
    "date": ("2024-02-29", "1999-12-31"),
    "gYearMonth": ("2024-05", "1999-12"),
    "integer": ("2", "7"),
    "NCName": ("n0",),  # ids and links get their values where their attribute is written
}
_DEEPEST = 40
_COUNTS = {"optional": (0, 1), "zeroOrMore": (0, 2), "oneOrMore": (1, 2)}  # the fewest, and the most that are drawn


@dataclass(frozen=True)
class Use:
    """A pattern and how it is used: `at` is the number of repetitions or of a choice.

    Or a `fault` that is made there: a child left out of a sequence ("missing"; "bereft" where all others are there),
    two children the wrong way round ("swapped"; for these, `at` is the child's number), nothing of what must be
    ("none"), two of what may be one ("twice"), a value that is none ("wrong"), something in an element that may not
    be ("text", "attribute", "element").
    """

    pattern: Pattern
    at: int = 0
    fault: str = ""

    def __str__(self) -> str:
        return f"{self.pattern!r} {self.fault} {self.at}"


def uses(grammar: Grammar) -> Iterator[Use]:
    """Every branch of the grammar."""
    for pattern in grammar.patterns:
        if pattern.kind in _COUNTS:
            least, most = _COUNTS[pattern.kind]
            yield from (Use(pattern, n) for n in range(least, most + 1))
        if pattern.kind == "choice":
            yield from (Use(pattern, n) for n in range(len(pattern.children)))


@dataclass
class Walk:
    """One walk through a grammar, which writes a document.

    `pick` says a number below the one that it is asked with, wherever the grammar leaves something open and there is
    `budget` (elements) left; else the least is written that will do.
    """

    grammar: Grammar
    goal: Use
    pick: Callable[[int], int] = lambda count: 0
    budget: int = 0
    ids: int = 0
    depth: int = 0
    gap: str = ""  # behind each value of a list
    links: list[tuple[etree._Element, int]] = field(default_factory=list)  # elements with a rid, and to how many

    def document(self) -> etree._Element:
        """The root of a document, its links led to ids that it has."""
        holder = etree.Element("holder", nsmap=self.grammar.prefixes)
        self._write(self.grammar.start, holder, sent=True)
        root = holder[0]
        holder.remove(root)
        self._lead(root)
        return root

    # --- patterns -----------------------------------------------------------

    def _write(self, pattern: Pattern, parent: etree._Element, *, sent: bool = False, full: bool = False) -> None:
        """Write what satisfies the pattern. `sent`: the goal is inside it. `full`: an element is wanted of it."""
        match pattern.kind:
            case "element":
                self._element(pattern, parent, sent)
            case "attribute":
                self._attribute(pattern, parent, sent)
            case "optional" | "zeroOrMore" | "oneOrMore":
                self._repeated(pattern, parent, sent, full)
            case "choice":
                child = self._chosen(pattern, sent, full)
                self._write(child, parent, sent=sent and not self._here(pattern), full=full)
            case "group":
                self._sequence(pattern, parent, sent, full)
            case "list":
                self.gap = " "
                self._write(pattern.children[0], parent, sent=sent)
                self.gap = ""
            case "text":
                _append(parent, TEXTS[self._free(len(TEXTS))])
            case "value":
                _append(parent, pattern.value + self.gap)
            case "data":
                wrong = sent and self.goal.fault == "wrong"
                _append(parent, (_wrong(pattern) if wrong else self._data(pattern)) + self.gap)

    def _here(self, pattern: Pattern) -> bool:
        return self.goal.pattern is pattern

    def _repeated(self, pattern: Pattern, parent: etree._Element, sent: bool, full: bool) -> None:
        least, most = _COUNTS[pattern.kind]
        here = sent and self._here(pattern)
        if here:
            count = {"none": 0, "twice": 2}.get(self.goal.fault, self.goal.at)
        elif sent or full:
            count = 1
        else:
            count = least + (self._free(most - least + 1) if self._may_grow() else 0)
        for n in range(count):
            self._write(pattern.children[0], parent, sent=sent and not here and n == 0, full=full)

    def _chosen(self, pattern: Pattern, sent: bool, full: bool) -> Pattern:
        if sent:
            return pattern.children[self.goal.at] if self._here(pattern) else self._nearest(pattern)
        choices = [c for c in pattern.children if holds(c, "element")] if full else pattern.children
        if self._may_grow():
            return choices[self._free(len(choices))]
        return min(choices, key=lambda c: self.grammar.costs[c])

    def _sequence(self, pattern: Pattern, parent: etree._Element, sent: bool, full: bool) -> None:
        children, n = list(pattern.children), self.goal.at
        wanted: list[Pattern] = []  # of which there must be something, for the fault to be seen
        if full:
            wanted = [next(c for c in children if holds(c, "element"))]
        elif sent and self._here(pattern) and self.goal.fault == "swapped":
            wanted = children[n : n + 2]
            children[n : n + 2] = reversed(wanted)
        elif sent and self._here(pattern):
            del children[n]
            wanted = [c for c in children if self.goal.fault == "bereft" and holds(c, "element")]
        on_the_way = self._nearest(pattern) if sent and not self._here(pattern) else None
        for child in children:
            self._write(child, parent, sent=child is on_the_way, full=child in wanted)

    def _nearest(self, pattern: Pattern) -> Pattern:
        far = self.grammar.distances(self.goal.pattern)
        return min((c for c in pattern.children if c in far), key=lambda c: far[c])

    def _may_grow(self) -> bool:
        return self.budget > 0 and self.depth < _DEEPEST

    def _free(self, count: int) -> int:
        return self.pick(count) if self.budget > 0 else 0

    # --- elements, attributes, values -----------------------------------------

    def _element(self, pattern: Pattern, parent: etree._Element, sent: bool) -> None:
        here = sent and self._here(pattern)
        self.budget, self.depth = self.budget - 1, self.depth + 1
        element = etree.SubElement(parent, pattern.name)
        self._write(pattern.children[0], element, sent=sent and not here)
        self.depth -= 1
        match self.goal.fault if here else "":
            case "text":
                _append(element, "astray")
            case "attribute":
                element.set("astray", "1")
            case "element":
                etree.SubElement(element, "astray")
            case "twice":
                self._write(pattern, parent)

    def _attribute(self, pattern: Pattern, parent: etree._Element, sent: bool) -> None:
        holder, here = etree.Element("holder"), sent and self._here(pattern)
        self._write(pattern.children[0], holder, sent=sent and not here)
        value = "".join(holder.itertext())
        if here:
            value = _wrong(pattern.children[0])
        elif pattern.name == "id":
            self.ids += 1
            value = f"n{self.ids}"
        elif pattern.name == "rid" and not (sent and self.goal.fault):
            self.links.append((parent, 1 + (self._free(3) if holds(pattern.children[0], "list") else 0)))
        parent.set(pattern.name, value)

    def _data(self, pattern: Pattern) -> str:
        samples = SAMPLES.get(pattern.value)
        if samples is None:
            samples = tuple(rstr.Rstr(Random(n)).xeger(pattern.params["pattern"]) for n in range(4))
        return samples[self._free(len(samples))]

    def _lead(self, root: etree._Element) -> None:
        """Give the links targets; a document without any id gets a figure to be linked to."""
        known = [str(e.get("id")) for e in root.iter(etree.Element) if e.get("id")]
        if self.links and not known:
            known = ["target"]
            body = root.find("body")
            if body is None:
                body = etree.Element("body")
                root[0].addnext(body)
            body.insert(0, etree.Element("fig", {"id": "target"}))
        for element, count in self.links:
            element.set("rid", " ".join(known[self.pick(len(known))] for _ in range(count)))


def _wrong(pattern: Pattern) -> str:
    """What no value of the pattern is: of texts that may be anything, none at all."""
    seen = pattern
    while seen.kind == "group":
        seen = seen.children[0]
    return "" if seen.value in ("token", "anyURI") else "\t§ no value of any type §"


def _append(element: etree._Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def smallest(grammar: Grammar, goal: Use) -> etree._Element:
    """The smallest document that has the goal in it."""
    return Walk(grammar, goal).document()


@st.composite
def documents(draw: st.DrawFn, grammar: Grammar) -> etree._Element:
    """Any document of the grammar: a walk to some place of it, with more on the way."""
    goal = draw(st.sampled_from(list(uses(grammar))))
    return Walk(grammar, goal, lambda count: draw(st.integers(0, count - 1)), budget=30).document()
