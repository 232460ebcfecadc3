"""What was recognised, as things that can be shown: each with its value, its source lines, its rule, its certainty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jatspack.article import Origin
from jatspack.read.document import Lines
from jatspack.review import words
from jatspack.richtext import OBJECT, Image, Math, Note, Rich

DOUBTFUL = 0.7  # a smaller confidence is marked
LONGEST = 20_000  # characters shown of one text
FEW = 12  # stretches of lines that one thing names


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of printed text; `label` and `colour` of the part that it is, both empty between parts."""

    text: str
    label: str = ""
    colour: str = ""


@dataclass(slots=True)
class Thing:
    """One recognised thing. `lines` are where it was read; `covers` are further lines that belong to it."""

    id: str
    kind: str  # what a reader calls it: "Title", "Author 2"
    text: str
    lines: tuple[Lines, ...]
    rule: str
    confidence: float
    lang: str = ""
    covers: list[Lines] = field(default_factory=list)

    @property
    def doubtful(self) -> bool:
        """Whether an editor should look at it."""
        return self.confidence < DOUBTFUL


@dataclass(slots=True)
class Things:
    """All things of a page; `add` numbers them. `languages` are the source lines whose language is known."""

    all: list[Thing] = field(default_factory=list)
    languages: dict[int, str] = field(default_factory=dict)

    def add(self, kind: str, text: str, origin: Origin, lang: str = "") -> Thing:
        """A thing with a place of its own on the page."""
        lines = joined(origin.lines)
        thing = Thing(f"t{len(self.all) + 1}", kind, short(text), lines, origin.rule, origin.confidence, lang)
        self.all.append(thing)
        if lang:
            self.speak(lang, lines)
        return thing

    def speak(self, lang: str, lines: Iterable[Lines]) -> None:
        """These source lines are of a language; the first to say so is believed."""
        for first, last in lines:
            for line in range(first, last + 1):
                self.languages.setdefault(line, lang)


def readable(text: Rich) -> str:
    """The characters of a text; a formula stands as its TeX, an image as its description, the mark of a note as *."""
    if OBJECT not in text.text:
        return text.text
    return "".join(run.text if run.object is None else _named(run.object) for run in text)


def _named(thing: Math | Image | Note) -> str:
    match thing:
        case Math():
            return f"${thing.tex}$"
        case Image():
            return f"[{thing.alt.plain or thing.src}]"
        case Note():
            return "*"


def one_line(text: Rich) -> str:
    """The same on one line."""
    return " ".join(readable(text).split())


def short(text: str) -> str:
    """A text of bounded length."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} … ({len(text) - LONGEST} more characters)"


def joined(lines: Iterable[Lines]) -> tuple[Lines, ...]:
    """Stretches of lines in order, those that touch made one; unknown ones (0) left out."""
    out: list[Lines] = []
    for first, last in sorted(pair for pair in lines if pair[0] > 0):
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return tuple(out)


def segments(text: Rich, parts: Sequence[tuple[str, int, int]]) -> list[Segment]:
    """Printed text cut at its parts: (JATS element, start, end), in order."""
    out, at = [], 0
    for tag, start, end in parts:
        if start > at:
            out.append(Segment(readable(text[at:start])))
        label, colour = words.part(tag)
        out.append(Segment(readable(text[start:end]), label, colour))
        at = max(at, end)
    if at < len(text.text):
        out.append(Segment(readable(text[at:])))
    return out
