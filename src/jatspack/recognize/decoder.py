"""The one place that decides: the best sequence of roles for a whole document.

Evidence for each unit plus the grammar's weights for role following role; the best path by Viterbi's
algorithm (A. J. Viterbi, IEEE Trans. Inf. Theory 13(2), 1967), and for each unit the margin to the best
path that gives it another role.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from jatspack.recognize.units import Unit

KEPT = 7  # roles per unit that stay in the running; the rest are hopeless and only cost time
FARTHEST = 9.0  # a role this far behind the best is dropped as well
CERTAIN = 1000.0  # the weight of what a person says


class Evidence(NamedTuple):
    """What one detector says of one unit."""

    role: str
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The role that a unit was given. `margin` is how much worse the document reads with the runner-up."""

    unit: Unit
    role: str
    margin: float
    runner_up: str
    evidence: tuple[Evidence, ...]


Step = Callable[[str, str, Unit], float]


@dataclass(frozen=True, slots=True)
class Grammar:
    """grammar.toml."""

    prior: dict[str, float]
    labels: dict[str, tuple[str, str]]
    label_weight: dict[str, Any]
    transition: dict[str, dict[str, float]]
    back_kinds: dict[str, str]
    heads: frozenset[str]  # roles of labels that stand alone
    otherwise: float
    inside_block: float
    inside_list: float

    def step(self, before: str, after: str, unit: Unit) -> float:
        """The weight of `after` following `before`, where `after` is the role of `unit`."""
        if unit.joined == "line" and before not in self.heads:
            if before == after:
                return 0.5
            extra = self.inside_list if unit.kind == "item" else self.inside_block
            return extra + min(self.transition[before].get(after, self.otherwise), 0.0)
        return self.transition[before].get(after, self.otherwise)


@cache
def grammar() -> Grammar:
    """The grammar, read once."""
    data = tomllib.loads(files(__package__).joinpath("grammar.toml").read_text("utf-8"))
    table = data["transition"]
    return Grammar(
        prior=data["prior"],
        labels={k: (v[0], v[1]) for k, v in data["labels"].items()},
        label_weight=data["label-weight"],
        transition={k: v for k, v in table.items() if isinstance(v, dict)},
        back_kinds=data["back-kinds"],
        heads=frozenset(v[1] for v in data["labels"].values() if v[1] != v[0]),
        otherwise=table["otherwise"],
        inside_block=table["inside-block"],
        inside_list=table["inside-list"],
    )


def decide(units: Sequence[Unit], evidence: Sequence[Sequence[Evidence]]) -> list[Decision]:
    """Roles for all units; `evidence[i]` belongs to `units[i]`."""
    if not units:
        return []
    rules = grammar()
    scores = [_candidates(rules, found) for found in evidence]
    steps = _steps(rules, evidence)
    forward = _sweep(rules, units, scores, steps)
    backward = _sweep_back(units, scores, steps)
    out = []
    role = max(forward[-1], key=lambda r: forward[-1][r][0])
    path = [role]
    for i in range(len(units) - 1, 0, -1):
        role = forward[i][role][1]
        path.append(role)
    path.reverse()
    for i, (unit, role) in enumerate(zip(units, path, strict=True)):
        through = {r: forward[i][r][0] + backward[i][r] for r in scores[i]}
        others = sorted((r for r in through if r != role), key=lambda r: -through[r])
        runner_up = others[0] if others else ""
        margin = through[role] - through[runner_up] if runner_up else FARTHEST
        out.append(Decision(unit, role, round(margin, 3), runner_up, tuple(evidence[i])))
    return out


def _candidates(rules: Grammar, found: Sequence[Evidence]) -> dict[str, float]:
    total = dict(rules.prior)
    for role, weight, _ in found:
        total[role] += weight
    best = max(total.values())
    kept = sorted((r for r in total if total[r] > best - FARTHEST), key=lambda r: (-total[r], r))[:KEPT]
    return {r: total[r] for r in kept}


def _steps(rules: Grammar, evidence: Sequence[Sequence[Evidence]]) -> list[Step]:
    """For each unit how the step to its role is weighed: a role that a person gave speaks against no neighbour."""

    def lenient(before: str, after: str, unit: Unit) -> float:
        return max(rules.step(before, after, unit), 0.0)

    given = [any(e.weight >= CERTAIN for e in found) for found in evidence]
    return [lenient if here or before else rules.step for before, here in zip([False, *given], given, strict=False)]


def _sweep(
    rules: Grammar, units: Sequence[Unit], scores: list[dict[str, float]], steps: list[Step]
) -> list[dict[str, tuple[float, str]]]:
    start = rules.transition["start"]
    table = [{r: (s + start.get(r, rules.otherwise), "") for r, s in scores[0].items()}]
    for unit, here, step in zip(units[1:], scores[1:], steps[1:], strict=True):
        row = {}
        for role, score in here.items():
            best, origin = max((value + step(r, role, unit), r) for r, (value, _) in table[-1].items())
            row[role] = (best + score, origin)
        table.append(row)
    return table


def _sweep_back(units: Sequence[Unit], scores: list[dict[str, float]], steps: list[Step]) -> list[dict[str, float]]:
    table = [dict.fromkeys(scores[-1], 0.0)]
    for i in range(len(units) - 2, -1, -1):
        after, unit, step = table[-1], units[i + 1], steps[i + 1]
        table.append({r: max(scores[i + 1][n] + after[n] + step(r, n, unit) for n in after) for r in scores[i]})
    return table[::-1]
