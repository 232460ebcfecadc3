"""Display formulas and footnotes as article.toml has them."""

from __future__ import annotations

from collections.abc import Sequence

from jatspack.article import Footnote, Formula
from jatspack.config.article import Footnote as GivenNote
from jatspack.config.article import Formula as GivenFormula
from jatspack.read.document import Paragraph
from jatspack.recognize.corrections.anchors import Place
from jatspack.recognize.corrections.blocks import Holder, holders
from jatspack.recognize.corrections.front import paragraphs, words_of
from jatspack.recognize.corrections.ledger import Ledger
from jatspack.recognize.walk import Place as Kind
from jatspack.recognize.walk import replace_article, replace_holder
from jatspack.richtext import OBJECT, Math, Rich, Run

FORMULAS, NOTES = "formulas", "footnotes"


def correct_formulas(ledger: Ledger, given: Sequence[GivenFormula]) -> None:
    """Number and TeX; a formula that is none stays as a part of a paragraph."""
    for n, entry in enumerate(given):
        places = [
            Place((blocks, block), (0, 0), (block.label,) if block.label else (), (block.tex,))
            for blocks in holders(ledger.article)
            for block in blocks
            if isinstance(block, Formula)
        ]
        target = ledger.locate(entry, places, FORMULAS, n)
        if target is not None:
            _formula(ledger, entry, n, *target)


def _formula(ledger: Ledger, entry: GivenFormula, n: int, blocks: Holder, formula: Formula) -> None:
    before = f"{formula.tex} {formula.label}"
    if entry.label is not None:
        formula.label = entry.label.strip()
    if entry.tex is not None:
        formula.tex = entry.tex.strip()
    formula.origin = ledger.origin(formula.origin, FORMULAS, n)
    ledger.replaced(before, f"{formula.tex} {formula.label}", 0, ledger.rule(FORMULAS, n))
    if entry.remove or not formula.tex:
        math = Rich((Run(OBJECT, object=Math(formula.tex)), Run(f" {formula.label}"))) if formula.tex else Rich()
        at = next(i for i, other in enumerate(blocks) if other is formula)
        blocks[at : at + 1] = [Paragraph(math.strip(), (0, 0))] if math else []


def correct_footnotes(ledger: Ledger, given: Sequence[GivenNote]) -> None:
    """The words of a note; or no note, and no mark either."""
    for n, entry in enumerate(given):
        note = ledger.locate(entry, map(_place, ledger.article.footnotes), NOTES, n)
        if note is None:
            continue
        if entry.text is None and not entry.remove:
            ledger.unfit("it says neither text nor remove", "say what the footnote should be", NOTES, n)
            continue
        line = note.blocks[0].lines[0] if note.blocks and isinstance(note.blocks[0], Paragraph) else 0
        before = words_of(note.blocks)
        note.blocks = [] if entry.remove else paragraphs(entry.text or "", line)
        note.origin = ledger.origin(note.origin, NOTES, n)
        if not note.blocks:
            before = f"{note.label} {before}"
            ledger.article.footnotes.remove(note)
            _unmark(ledger, note, n)
        ledger.replaced(before, words_of(note.blocks), line, ledger.rule(NOTES, n))


def _place(note: Footnote) -> Place[Footnote]:
    text = words_of(note.blocks)
    lines = next((b.lines for b in note.blocks if isinstance(b, Paragraph)), (0, 0))
    return Place(note, lines, (note.label,) if note.label else (), (text, f"{note.label} {text}"))


def _unmark(ledger: Ledger, note: Footnote, n: int) -> None:
    """Take the marks of a note out of the text."""

    def change(text: Rich, _: Kind) -> Rich:
        marks = [run for run in text if run.xref is not None and run.xref.rid == note.id]
        for run in marks:
            ledger.replaced(run.text, "", run.line, ledger.rule(NOTES, n))
        return Rich(tuple(run for run in text if run not in marks)) if marks else text

    replace_article(ledger.article, change)
    for abstract in ledger.article.abstracts:
        replace_holder(abstract, change)
