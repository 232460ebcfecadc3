"""Words that are looked for in texts as they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jatspack.wording import NO_SPACE

_LETTER = re.compile(rf"[^\W\d_{NO_SPACE}]")  # of scripts that part words
_DIGIT = re.compile(r"\d")


class Sought:
    """Words to be found, whatever white space parts them, or follows a hyphen; not as a piece of a longer word or
    number. The signs beside them are looked at here: a pattern that says what they may be takes ten times as long to
    compile, and most words are sought once."""

    def __init__(self, find: str) -> None:
        self._word = find.strip()
        words = [re.escape(word).replace(r"\-", r"-\s*") for word in find.split()]
        parted = len(words) > 1 or "-" in find
        self._form = re.compile(r"\s+".join(words)) if parted else None
        self._before = next((kind for kind in (_DIGIT, _LETTER) if kind.match(self._word[:1])), None)
        self._after = next((kind for kind in (_DIGIT, _LETTER) if kind.match(self._word[-1:])), None)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the words stand, from left to right."""
        at = 0
        while self._word and (span := self._next(text, at)):
            start, end = span
            before = self._before and start and self._before.match(text, start - 1)
            if before or (self._after and self._after.match(text, end)):
                at = start + 1
            else:
                yield span
                at = end

    def _next(self, text: str, at: int) -> tuple[int, int] | None:
        if self._form:
            found = self._form.search(text, at)
            return found.span() if found else None
        start = text.find(self._word, at)
        return (start, start + len(self._word)) if start >= 0 else None
