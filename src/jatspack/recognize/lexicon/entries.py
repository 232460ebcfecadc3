"""A phrase of the lexicon, and a place where phrases stand in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Entry(NamedTuple):
    """A phrase of one language. `tag` is the caller's: a role, a country code, a month."""

    phrase: str
    tag: str
    lang: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where a phrase stands in a text; reads like re.Match."""

    text: str
    first: int
    last: int
    entries: tuple[Entry, ...]

    def start(self, _group: int = 0) -> int:
        return self.first

    def end(self, _group: int = 0) -> int:
        return self.last

    def span(self, _group: int = 0) -> tuple[int, int]:
        return self.first, self.last

    def group(self, _group: int = 0) -> str:
        return self.text[self.first : self.last]

    def __getitem__(self, group: int) -> str:
        return self.text[self.first : self.last]

    @property
    def langs(self) -> tuple[str, ...]:
        """Languages whose word this is."""
        return tuple(dict.fromkeys(e.lang for e in self.entries))
