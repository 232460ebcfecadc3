"""The books of the corrections: what each took away and gave, and which could not be applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from rapidfuzz.distance import LCSseq

from jatspack.article import REPLACED, Accounted, Article, Origin
from jatspack.config import Places
from jatspack.findings import Finding, finding
from jatspack.read.document import Lines
from jatspack.recognize.corrections.anchors import Found, Place, locate
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.walk import iter_rich
from jatspack.richtext import Image, Note, Rich
from jatspack.wording import rich_text, words

T = TypeVar("T")
SHOWN = 60  # characters of an anchor in a message


class Anchored(Protocol):
    """An entry of article.toml that says where it belongs."""

    @property
    def find(self) -> str: ...
    @property
    def lines(self) -> str: ...


@dataclass(slots=True)
class Ledger:
    """What the corrections of all kinds share."""

    article: Article
    places: Places
    lexicon: Lexicon
    findings: list[Finding] = field(default_factory=list)
    found: dict[tuple[str, int], tuple[Lines, ...]] = field(default_factory=dict)
    failed: set[tuple[str, int]] = field(default_factory=set)

    def rule(self, *path: str | int) -> str:
        """Name and line of the configuration: the rule by which a corrected field came about."""
        return self.places.rule(*path)

    def origin(self, before: Origin | None, *path: str | int) -> Origin:
        """The origin of a corrected field: the lines it was read from, and the configuration that decided."""
        rule = self.rule(*path)
        return replace(before, rule=rule, confidence=1.0) if before else Origin((), rule)

    # --- finding ------------------------------------------------------------

    def locate(self, entry: Anchored, places: Iterable[Place[T]], table: str, n: int, find: str = "") -> T | None:
        """What the entry is about; None, and a finding, where it is nowhere or in several places."""
        wanted = find or entry.find
        return self.one(locate(wanted, entry.lines, list(places)), wanted, table, n)

    def one(self, found: Found[T], wanted: str, table: str, n: int) -> T | None:
        """The target of a place; a finding where there is not just one."""
        if found.place is not None:
            lines = found.place.lines
            self.found[table, n] = (*self.found.get((table, n), ()), *([lines] if lines[0] else []))
            return found.place.target
        shown = wanted if len(wanted) <= SHOWN else wanted[:SHOWN] + " …"
        if not found.rivals:
            self._tell("correction-unapplied", table, n, find=shown)
        else:
            rivals = list(dict.fromkeys(str(p.lines[0]) for p in found.rivals))
            self._tell("correction-ambiguous", table, n, find=shown, places=", ".join(rivals[:8]), first=rivals[0])
        return None

    def unfit(self, reason: str, advice: str, table: str, n: int) -> None:
        """A correction that found its place and cannot be applied to it."""
        self._tell("correction-unfit", table, n, reason=reason, advice=advice)

    def _tell(self, code: str, table: str, n: int, **data: str) -> None:
        self.failed.add((table, n))
        line = self.places.line(table, n)
        where = [(line, line)] if line else []
        self.findings.append(finding(code, *where, file=self.places.name, table=table, **data))

    # --- words --------------------------------------------------------------

    def replaced(self, before: str | Rich, after: str | Rich, line: int, rule: str, *, ordered: bool = True) -> None:
        """Account for the words that differ. `ordered` is False for fields whose order the text does not give."""
        old, new = _words(before), _words(after)
        if ordered:
            gone, come = [], []
            for step in LCSseq.opcodes(old, new):
                if step.tag != "equal":
                    gone += old[step.src_start : step.src_end]
                    come += new[step.dest_start : step.dest_end]
        else:
            gone, come = _surplus(old, new), _surplus(new, old)
        if gone:
            self.article.accounted.append(Accounted(line, " ".join(gone), REPLACED + rule))
        if come:
            self.article.given.append(Accounted(line, " ".join(come), rule))


def _words(text: str | Rich) -> list[str]:
    return words(text if isinstance(text, str) else rich_words(text))


def rich_words(text: Rich) -> str:
    """All that a rich text says: formulas as TeX, the descriptions of its pictures, its footnotes."""
    out = [rich_text(text.runs)]
    for run in text:
        if isinstance(run.object, Image):
            out += [rich_words(run.object.alt), run.object.title]
        elif isinstance(run.object, Note):
            out += [rich_words(piece) for _, piece in iter_rich(run.object.blocks)]
    return " ".join(out)


def _surplus(one: list[str], other: list[str]) -> list[str]:
    left = Counter(other)
    out = []
    for word in one:
        if left[word] > 0:
            left[word] -= 1
        else:
            out.append(word)
    return out
