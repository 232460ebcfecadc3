"""What detectors look at: one unit, measured once, and its place in the document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jatspack.kept import kept
from jatspack.recognize.evidence.context import Context, context, foreign
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.lines import LEAD_IN
from jatspack.recognize.units import NUMBERING, Unit
from jatspack.richtext import OBJECT

SENTENCE_END = re.compile(r"[.!?。！？…](?=\s|$|[\"”»\]\[(])|[。！？]")
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
COUNTED_WORDS = 120  # in which function words are counted


class View:
    """A unit and what can be measured of it; every measure is made once, when first asked for."""

    def __init__(self, units: Sequence[Unit], i: int, lexicon: Lexicon, here: Context) -> None:
        self.units = units
        self.i = i
        self.unit = units[i]
        self.lexicon = lexicon
        self.here = here
        self.listed = units[i].listed

    @kept
    def text(self) -> str:
        """The text on one line, objects left out."""
        return self.unit.text.plain.replace(OBJECT, "").strip()

    @kept
    def bare(self) -> str:
        """The text without brackets, bullets and numbering before it."""
        lead = LEAD_IN.match(self.text)
        start = lead.end() if lead else 0
        number = NUMBERING.match(self.text, start)
        return self.text[number.end() if number else start :]

    @kept
    def words(self) -> list[str]:
        return WORD.findall(self.text)

    @kept
    def size(self) -> float:
        """Length in words; two Chinese, Japanese or Korean characters are reckoned as one word."""
        cjk = 0 if self.text.isascii() else len(CJK.findall(self.text))
        return cjk / 2 + len(WORD.findall(CJK.sub(" ", self.text))) if cjk else float(len(self.words))

    @kept
    def sentences(self) -> int:
        return len(SENTENCE_END.findall(self.text))

    @kept
    def capitals(self) -> float:
        """Share of letters that are capitals, of those that have case."""
        cased = [c for c in self.text if c.isupper() or c.islower()]
        return sum(c.isupper() for c in cased) / len(cased) if cased else 0.0

    @kept
    def function_words(self) -> int:
        """How many of the words are function words of some language; a capital alone is an initial."""
        stop = self.lexicon.words("stopword")
        return sum(w.casefold() in stop and (len(w) > 1 or w.islower()) for w in self.words[:COUNTED_WORDS])

    @kept
    def strong(self) -> bool:
        return self.unit.text.all("bold")

    @kept
    def slanted(self) -> bool:
        return self.unit.text.all("italic")

    @kept
    def in_front(self) -> bool:
        """Before the first thing that is surely body."""
        return self.i < self.here.body_from

    @kept
    def behind(self) -> bool:
        """Behind the references, close before an abstract or keywords: perhaps front matter in another language."""
        return self.i in self.here.again

    @kept
    def after_lists(self) -> bool:
        """Behind the heading of the first reference list, outside a list."""
        return self.i > self.here.list_from and not self.listed

    @kept
    def in_abstract(self) -> bool:
        """Between the label of an abstract and its keywords, the next abstract, or the head that opens the body."""
        return self.i in self.here.abstract

    @kept
    def foreign(self) -> bool:
        """In another language than the body. Asked for in front and behind the references only."""
        return foreign(self.text, self.here, self.lexicon)

    def neighbour(self, step: int) -> Unit | None:
        j = self.i + step
        return self.units[j] if 0 <= j < len(self.units) else None


def views(units: Sequence[Unit], lexicon: Lexicon) -> list[View]:
    """A view for every unit."""
    here = context(units, lexicon)
    return [View(units, i, lexicon, here) for i in range(len(units))]
