"""Where words begin in a text, in print and in its folded form: there, and only there, a phrase may begin."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from jatspack.kept import kept
from jatspack.recognize.lexicon.fold import FOLDED, Erasing

_TEXTS = 256  # that are remembered: many sets of phrases look through the same text in turn
_ROWS = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # characters that stand in rows: each may begin a word
_SIGNS = r"№&§/\["  # a phrase may begin with one of these too
_FIRST = re.compile(rf"(?<![^\W_])[^\W_]|[{_SIGNS}]|[{_ROWS}]")
_IN_ROW = re.compile(rf"[{_ROWS}]")
_IN_ROW_FOLDED = re.compile(rf"[{_ROWS}\u1100-\u11ff]")
# A word, or some characters of a row, with all up to the next; what stands before the first.
_WORD = rf"[{_ROWS}]{{1,32}}(?:(?<=[^\W_])[^\W_{_ROWS}]+)?|[^\W_{_ROWS}]+|[{_SIGNS}]"
_REST = rf"[^\w{_SIGNS}{_ROWS}]"
_PIECE = re.compile(rf"(?:{_WORD}|(?={_REST}|_)){_REST}*(?:_{_REST}*)*")


_BUT_LINE_ENDS = Erasing({ord("\n"): "\n"})


class Beginnings:
    """A text folded, and the places where its words begin."""

    def __init__(self, text: str) -> None:
        printed = _PIECE.findall(text.replace("\n", " ")) or [""]
        pieces = "\n".join(printed).translate(_BUT_LINE_ENDS).split("\n")
        self.text = text
        self.folded = "".join(pieces)
        starts, offsets = (accumulate(map(len, row), initial=0) for row in (printed, pieces))
        self._starts = dict(zip(offsets, starts, strict=True))

    def at(self, offset: int) -> int:
        """Where the word begins that begins at an offset of the folded text; -1 where none does."""
        start = self._starts.get(offset)
        if start is None:
            start = self._in_row(offset) if _IN_ROW_FOLDED.match(self.folded, offset) else -1
        return start if start >= 0 and _FIRST.match(self.text, start) else -1

    def ending(self, offset: int, end: int) -> list[int]:
        """Where words may begin that end at `end` of the folded text with what begins at `offset`."""
        if end not in self._starts and self.folded[end : end + 1].isalpha():
            return []  # letters go on: it is no end
        if _IN_ROW.search(self.text):
            return [found.start() for found in _FIRST.finditer(self.text)]
        return [self._starts[self._offsets[bisect_right(self._offsets, offset) - 1]]]

    @kept
    def _offsets(self) -> list[int]:
        return list(self._starts)

    def _in_row(self, offset: int) -> int:
        """The character of a row that begins at an offset of the folded text."""
        at = self._offsets[bisect_right(self._offsets, offset) - 1]
        for place in range(self._starts[at], len(self.text)):
            size = len(FOLDED[ord(self.text[place])])
            if size and at >= offset:
                return place if at == offset else -1
            at += size
        return -1


@lru_cache(_TEXTS)
def beginnings(text: str) -> Beginnings:
    """The beginnings of a text that many ask for."""
    return Beginnings(text)
