"""Running text that keeps its style, its links and the source line of every character.

One flat string with runs over it, instead of a tree: a recogniser matches a regular expression on
`Rich.text` and slices the rich text by the same offsets.

Line ends: "\\n" is a line end of the source (a space to a reader); HARD_BREAK is a line break that the
author wanted (two spaces or a backslash at the line's end, ``<br>``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from jatspack.kept import kept

if TYPE_CHECKING:
    from jatspack.read.document import Block

HARD_BREAK = "\u2028"  # LINE SEPARATOR: white space to str.split and to \s
_SPACES = re.compile(r"\s+")
OBJECT = "\ufffc"  # OBJECT REPLACEMENT CHARACTER: stands in the text for a formula, an image or a note

Style = Literal["bold", "italic", "sup", "sub", "monospace", "strike", "underline", "sc"]


@dataclass(frozen=True, slots=True)
class Math:
    """A formula as the source has it: TeX without its delimiters."""

    tex: str
    display: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """An image in running text; `src` as the source has it."""

    src: str
    alt: Rich
    title: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, at the place of its mark."""

    blocks: tuple[Block, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Xref:
    """A cross-reference inside the article: JATS ``xref/@ref-type`` and ``@rid`` (ids parted by spaces)."""

    ref_type: str
    rid: str


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style from one source line (1-based; 0 where no line is known)."""

    text: str
    style: frozenset[Style] = frozenset()
    href: str = ""
    xref: Xref | None = None
    object: Math | Image | Note | None = None
    line: int = 0


@dataclass(frozen=True)
class Rich:
    """A sequence of runs. Slicing, splitting and searching go by the offsets of `text`."""

    runs: tuple[Run, ...] = ()

    @staticmethod
    def of(text: str, line: int = 0) -> Rich:
        """Plain text as rich text."""
        return Rich((Run(text, line=line),)) if text else Rich()

    @staticmethod
    def join(parts: Iterable[Rich]) -> Rich:
        """The parts one after another, nothing between them."""
        return Rich(tuple(run for part in parts for run in part.runs))

    @kept
    def text(self) -> str:
        """The characters alone."""
        return self.runs[0].text if len(self.runs) == 1 else "".join([run.text for run in self.runs])

    @kept
    def plain(self) -> str:
        """The text on one line: every run of white space is one space, none at the ends."""
        return " ".join(self.text.split())

    @kept
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for run in self.runs:
            starts.append(at)
            at += len(run.text)
        return starts

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.runs)

    def __iter__(self) -> Iterator[Run]:
        return iter(self.runs)

    def __add__(self, other: Rich) -> Rich:
        return Rich(self.runs + other.runs)

    def __getitem__(self, where: slice) -> Rich:
        start, stop, _ = where.indices(len(self.text))
        if start >= stop:
            return Rich()
        if start == 0 and stop == len(self.text):
            return self
        if len(self.runs) == 1:
            return Rich((_with_text(self.runs[0], self.runs[0].text[start:stop]),))
        out = []
        for i in range(bisect_right(self._starts, start) - 1, len(self.runs)):
            run, at = self.runs[i], self._starts[i]
            if at >= stop:
                break
            piece = run.text[max(start - at, 0) : stop - at]
            if piece:
                out.append(run if len(piece) == len(run.text) else _with_text(run, piece))
        return Rich(tuple(out))

    def strip(self, chars: str | None = None) -> Rich:
        """Without white space (or `chars`) at both ends."""
        left = len(self.text) - len(self.text.lstrip(chars))
        return self[left : len(self.text.rstrip(chars))]

    def split(self, pattern: re.Pattern[str]) -> list[Rich]:
        """The pieces between the matches of `pattern`."""
        out, at = [], 0
        for match in pattern.finditer(self.text):
            out.append(self[at : match.start()])
            at = match.end()
        return [*out, self[at:]]

    def run_at(self, offset: int) -> Run:
        """The run that holds the character at `offset`; IndexError beyond the text."""
        if not 0 <= offset < len(self.text):
            raise IndexError(offset)
        return self.runs[bisect_right(self._starts, offset) - 1]

    def line_at(self, offset: int) -> int:
        """The source line of the character at `offset`."""
        return self.run_at(min(offset, len(self.text) - 1)).line if self.runs else 0

    @property
    def lines(self) -> tuple[int, int]:
        """First and last source line, (0, 0) where none is known."""
        known = [run.line for run in self.runs if run.line]
        return (min(known), max(known)) if known else (0, 0)

    def all(self, style: Style) -> bool:
        """Whether every visible character has the style."""
        return bool(self.plain) and all(style in run.style or not run.text.strip() for run in self.runs)

    def without(self, *styles: Style) -> Rich:
        """The same text with the styles taken off."""
        return Rich(tuple(replace(run, style=run.style - set(styles)) for run in self.runs))

    def normalized(self) -> Rich:
        """White space folded to single spaces and stripped; hard breaks too."""
        out: list[Run] = []
        for run in self.runs:
            text = _SPACES.sub(" ", run.text)
            if text[:1] == " " and out and out[-1].text[-1:] == " ":
                _drop_space(out)  # of several spaces the last one's style and line count
            elif not out:
                text = text.lstrip()
            if text:
                out.append(run if text == run.text else _with_text(run, text))
        if out and out[-1].text[-1:] == " ":
            _drop_space(out)
        return Rich(tuple(out)).merged()

    def merged(self) -> Rich:
        """Neighbouring runs that differ in nothing made one."""
        out: list[Run] = []
        for run in self.runs:
            last = out[-1] if out else None
            if last and last.object is None and run.object is None and _alike(last, run):
                out[-1] = _with_text(last, last.text + run.text)
            else:
                out.append(run)
        return Rich(tuple(out))


def _with_text(run: Run, text: str) -> Run:
    """The run with another text: dataclasses.replace takes three times as long, and this is done all the time."""
    return Run(text, run.style, run.href, run.xref, run.object, run.line)


def _drop_space(runs: list[Run]) -> None:
    """Take the space off the end of the last run."""
    last = runs.pop()
    if len(last.text) > 1:
        runs.append(_with_text(last, last.text[:-1]))


def _alike(a: Run, b: Run) -> bool:
    return a.line == b.line and a.style == b.style and a.href == b.href and a.xref == b.xref


EMPTY = Rich()
