"""Counts as plots: numbers for the SVG of the templates, in its own units."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log2

from jatspack.batch.index.figures import FINE

WIDTH, HEIGHT = 440, 250  # of the cloud
LEFT, RIGHT, TOP, BOTTOM = 44, 10, 8, 36  # its margins
BAR = 100  # units of a whole bar
STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)  # seconds
_BYTES = {2: "100 B", 3: "1 kB", 4: "10 kB", 5: "100 kB", 6: "1 MB", 7: "10 MB", 8: "100 MB"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a distribution; `width` of BAR, the longest has all of it."""

    label: str
    count: int
    share: float
    width: float
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """Articles of about one size and time."""

    x: float
    y: float
    radius: float
    made: bool


@dataclass(frozen=True, slots=True)
class Cloud:
    """Sizes from left to right, seconds upwards, both logarithmic. Ticks are (place, label)."""

    dots: list[Dot]
    across: list[tuple[float, str]]
    up: list[tuple[float, str]]


def bars(labels: Sequence[str], counts: Sequence[int], doubtful: int = 0) -> list[Bar]:
    """A distribution; the first `doubtful` rows are marked."""
    total, most = sum(counts) or 1, max(counts, default=0) or 1
    return [
        Bar(label, count, count / total, round(max(BAR * count / most, count > 0), 1), n < doubtful)
        for n, (label, count) in enumerate(zip(labels, counts, strict=True))
    ]


def durations(times: Sequence[float]) -> list[Bar]:
    """Articles by seconds, from the first step that any took to the last."""
    found = Counter(bisect_right(STEPS, seconds) for seconds in times)
    if not found:
        return []
    steps = range(min(found), max(found) + 1)
    return bars([_between(n) for n in steps], [found[n] for n in steps])


def _between(step: int) -> str:
    if step == 0:
        return f"under {STEPS[0]:g} s"
    if step == len(STEPS):
        return f"{STEPS[-1]:g} s and more"
    return f"{STEPS[step - 1]:g} – {STEPS[step]:g} s"


def cloud(counts: Mapping[tuple[bool, int, int], int]) -> Cloud | None:
    """Sizes against seconds; None where there is nothing to show."""
    if not counts:
        return None
    across = _axis([size for _, size, _ in counts], LEFT, WIDTH - RIGHT)
    up = _axis([seconds for _, _, seconds in counts], HEIGHT - BOTTOM, TOP)
    dots = [
        Dot(across.at(size), up.at(seconds), round(2 + 0.5 * log2(n), 1), made)
        for (made, size, seconds), n in sorted(counts.items(), reverse=True)
    ]
    return Cloud(
        dots,
        [(across.at(FINE * power), _BYTES.get(power, f"10^{power} B")) for power in across.powers],
        [(up.at(FINE * power), f"{10.0**power:g} s") for power in up.powers],
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    low: int  # FINE-ths of powers of ten
    high: int
    begin: float
    end: float

    def at(self, value: int) -> float:
        return round(self.begin + (self.end - self.begin) * (value - self.low) / (self.high - self.low), 1)

    @property
    def powers(self) -> range:
        return range(ceil(self.low / FINE), floor(self.high / FINE) + 1)


def _axis(values: Sequence[int], begin: float, end: float) -> _Axis:
    """An axis that holds all values and at least one power of ten."""
    low, high = min(values) - FINE // 4, max(values) + FINE // 4
    if ceil(low / FINE) > floor(high / FINE):
        low = FINE * floor(low / FINE)
    return _Axis(low, high, begin, end)
