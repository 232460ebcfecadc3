"""What a verification finds, kept small whatever a bag holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from jatspack.findings import Finding, finding

MOST = 1000  # findings of one kind that are told; the others are counted


class Found:
    """Findings, of each kind so many."""

    def __init__(self) -> None:
        self._kept: list[Finding] = []
        self._counts: Counter[str] = Counter()

    def add(self, *found: Finding) -> None:
        """Take findings, or count them."""
        for one in found:
            self._counts[one.code] += 1
            if self._counts[one.code] <= MOST:
                self._kept.append(one)

    def __iadd__(self, found: Iterable[Finding]) -> Found:
        for one in found:
            self.add(one)
        return self

    def all(self) -> list[Finding]:
        """What was kept, and how many more there are of each kind."""
        more = {code: count - MOST for code, count in self._counts.items() if count > MOST}
        return [*self._kept, *(finding("bag-more", kind=code, count=str(count)) for code, count in more.items())]
