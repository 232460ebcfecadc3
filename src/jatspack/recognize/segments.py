"""Decided units put together again: neighbours of one role, and labels taken from their texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jatspack.article import Origin
from jatspack.recognize.decoder import Decision, grammar
from jatspack.recognize.lexicon import LabelMatch
from jatspack.recognize.lines import LEAD_IN
from jatspack.recognize.units import Unit
from jatspack.richtext import EMPTY, Rich

SURE = 6.0  # a margin from which on a decision is as good as certain


@dataclass(frozen=True, slots=True)
class Segment:
    """Units of one role that stand together."""

    role: str
    decisions: tuple[Decision, ...]

    @property
    def units(self) -> list[Unit]:
        return [d.unit for d in self.decisions]

    @property
    def first(self) -> int:
        return self.decisions[0].unit.index


def segments(decisions: Sequence[Decision]) -> Iterator[Segment]:
    """Runs of equal roles."""
    run: list[Decision] = []
    for decision in decisions:
        if run and run[-1].role != decision.role:
            yield Segment(run[0].role, tuple(run))
            run = []
        run.append(decision)
    if run:
        yield Segment(run[0].role, tuple(run))


def confidence(*decisions: Decision) -> float:
    """How sure the decisions are together, 0 to 1, from the smallest margin."""
    margin = min((d.margin for d in decisions), default=0.0)
    return round(min(1.0, 0.5 + margin / (2 * SURE)), 3) if margin < SURE else 1.0


def origin(*decisions: Decision, rule: str = "") -> Origin:
    """Where a field made from these units comes from; the strongest evidence names the rule."""
    best = max((e for d in decisions for e in d.evidence if e.role == d.role), key=lambda e: e.weight, default=None)
    return Origin(
        tuple(d.unit.lines for d in decisions), rule or (best.why if best else "grammar"), confidence(*decisions)
    )


def label_of(decision: Decision) -> LabelMatch | None:
    """The label that speaks for the decided role: at the unit's start or being the unit; None if there is none."""
    rows = grammar().labels
    unit = decision.unit
    for match in unit.whole_labels:
        if decision.role in rows.get(match.role, ()):
            return match
    for match in unit.labels:
        if rows.get(match.role, ("", ""))[0] == decision.role:
            return match
    return None


def take_label(decision: Decision) -> tuple[Rich, Rich, LabelMatch | None]:
    """(printed label, the rest, the match); the label is empty where none speaks for the role."""
    text = decision.unit.text
    match = label_of(decision)
    if match is None:
        return EMPTY, text, None
    if match in decision.unit.whole_labels:
        return text.strip().strip(":：. 　【】[]"), EMPTY, match
    lead = LEAD_IN.match(text.text)
    start = lead.end() if lead and lead.end() <= match.start else match.start
    label = text[start : match.end].strip().strip(" :：.—–-|】])）")
    rest = text[match.end :]
    closing = LEAD_IN.match(rest.text)
    if closing and rest.text[: closing.end()].strip(" ") in ("_", "*", "**", "—", "–", "-"):
        rest = rest[closing.end() :]
    return label.without("bold", "italic"), rest.strip(), match
