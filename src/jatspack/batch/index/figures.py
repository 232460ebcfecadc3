"""What a batch came to, in figures: one walk over the articles of its ledger, in bounded memory."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log10
from statistics import median

from jatspack.batch.index.rows import DOUBTS, Row, row
from jatspack.batch.ledger import Entry
from jatspack.batch.task import ENDED, MADE, State

MOST = 20_000  # articles listed
SLOWEST = 15
NAMED = 5  # articles that a reason names
FINE = 40  # steps of a tenfold in which sizes and times are counted
_UNMADE = (State.FAILED, State.SET_ASIDE)


@dataclass(slots=True)
class Group:
    """Articles that have something in common: a journal, a language. Sums are of those that were made."""

    name: str
    states: Counter[State] = field(default_factory=Counter)
    valid: int = 0
    warnings: int = 0
    doubtful: int = 0
    fields: int = 0
    seconds: float = 0.0
    codes: Counter[str] = field(default_factory=Counter)  # articles with an error or a warning, by its code

    @property
    def articles(self) -> int:
        return sum(self.states.values())

    @property
    def made(self) -> int:
        return sum(self.states[state] for state in MADE)

    @property
    def unmade(self) -> int:
        return sum(self.states[state] for state in _UNMADE)

    @property
    def usual(self) -> list[tuple[str, int]]:
        """The three codes that most of its articles have."""
        return sorted(self.codes.items(), key=lambda item: (-item[1], item[0]))[:3]

    def add(self, one: Row, severities: Mapping[str, str]) -> None:
        """Count an article."""
        self.states[one.state] += 1
        if one.state not in MADE:
            return
        self.valid += one.valid
        self.warnings += one.warnings
        self.doubtful += one.doubtful
        self.fields += one.fields
        self.seconds += one.seconds
        self.codes.update(code for code, _ in one.found if severities[code] != "info")


@dataclass(slots=True)
class Code:
    """A kind of finding: how many articles have it, and how often in all."""

    code: str
    severity: str
    articles: int = 0
    times: int = 0


@dataclass(slots=True)
class Reason:
    """Why articles were not made; the parts of the message that name the article itself are "…"."""

    state: State
    message: str
    articles: int = 0
    first: list[Row] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What finds its articles: the message without what is each one's own."""
        return " ".join(word for word in self.message.split() if "…" not in word)


@dataclass(slots=True)
class Figures:
    """All of them. `cloud` counts articles by (whether made, size, seconds), both as FINE-ths of powers of ten."""

    all: Group = field(default_factory=lambda: Group(""))
    journals: dict[str, Group] = field(default_factory=dict)
    languages: dict[str, Group] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    reasons: dict[tuple[State, str], Reason] = field(default_factory=dict)
    confidence: list[int] = field(default_factory=lambda: [0] * 10)
    unsure: int = 0  # articles with a doubtful field
    words: int = 0
    missing: int = 0  # words
    incomplete: int = 0  # articles that miss words
    bytes: int = 0
    last: float = 0.0  # seconds since 1970
    times: list[float] = field(default_factory=list)
    cloud: Counter[tuple[bool, int, int]] = field(default_factory=Counter)
    rows: list[Row] = field(default_factory=list)
    slowest: list[Row] = field(default_factory=list)  # of those that were made

    @property
    def median(self) -> float:
        """Seconds of the article in the middle."""
        return median(self.times) if self.times else 0.0


def figures(entries: Iterable[Entry], at_home: Mapping[str, str]) -> Figures:
    """The figures of all articles, and the rows of the MOST that should be looked at first.

    `at_home` is as from `homes`.
    """
    out = Figures()
    slow: list[tuple[float, int, Row]] = []
    severities: dict[str, str] = {}
    for entry in entries:
        severities |= dict(entry.summary.findings.keys())
        one = row(entry, entry.summary.journal or at_home.get(_top(entry.name), ""))
        _count(out, entry, one, severities)
        if one.current:
            (heapq.heappush if len(slow) < SLOWEST else heapq.heappushpop)(slow, (one.seconds, -entry.id, one))
        out.rows.append(one)
        if len(out.rows) >= 2 * MOST:
            _bound(out.rows)
    _bound(out.rows)
    out.slowest = sorted((one for _, _, one in slow), key=lambda one: (-one.seconds, one.name))
    return out


def _bound(rows: list[Row]) -> None:
    rows.sort(key=lambda one: one.need)
    del rows[MOST:]


def homes(journals: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What stands for the journal of articles that know none, by their first folder: the title that the others there
    agree on, else the folder itself, where it is not the article's alone. Takes (name of an article, title)."""
    counts: Counter[str] = Counter()
    titles: dict[str, set[str]] = {}
    for name, title in journals:
        if folder := _top(name):
            counts[folder] += 1
            titles.setdefault(folder, set()).update([title] if title else [])
    return {
        folder: next(iter(titles[folder])) if len(titles[folder]) == 1 else folder
        for folder, count in counts.items()
        if count > 1
    }


def _top(name: str) -> str:
    """The first folder of an article's name, with its slash; "" where it lies in none."""
    first, slash, _ = name.partition("/")
    return first + slash if slash else ""


def _count(out: Figures, entry: Entry, one: Row, severities: Mapping[str, str]) -> None:
    for group in (
        out.all,
        out.journals.setdefault(one.journal, Group(one.journal)),
        out.languages.setdefault(one.language, Group(one.language)),
    ):
        group.add(one, severities)
    for code, times in one.found:
        kind = out.codes.setdefault(code, Code(code, severities[code]))
        kind.articles += 1
        kind.times += times
    if one.state in MADE:
        out.confidence = [a + b for a, b in zip(out.confidence, entry.summary.confidence, strict=True)]
        out.unsure += any(entry.summary.confidence[:DOUBTS])
        out.words += entry.summary.words
        out.missing += one.missing
        out.incomplete += one.missing > 0
    if one.state in _UNMADE:
        said = _without_its_name(entry)
        reason = out.reasons.setdefault((one.state, said), Reason(one.state, said))
        reason.articles += 1
        if len(reason.first) < NAMED:
            reason.first.append(one)
    out.bytes += one.bytes
    out.last = max(out.last, entry.ended or 0.0)
    if one.state in ENDED and entry.seconds > 0:
        out.times.append(entry.seconds)
        size, seconds = (round(FINE * log10(max(value, 0.001))) for value in (one.bytes, entry.seconds))
        out.cloud[one.state in MADE, size, seconds] += 1


def _without_its_name(entry: Entry) -> str:
    """A message, the same for all articles that it could be told of."""
    names = {str(entry.source), entry.name, entry.source.name}
    own = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?<![\w/.-])(?:{own})(?![\w/-])", "…", entry.message)[:500]
