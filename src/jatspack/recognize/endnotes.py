"""Endnotes: numbered notes gathered behind the text, each tied to its mark in the text.

They stand under a heading of their own ("Notes"), or without one behind the text or the references, where their
numbers are raised or stand on lines by themselves. Numbered paragraphs to which no marks lead are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeGuard

from jatspack.article import Accounted, Article, BackSection, BodyBlock, Footnote, Origin, Section
from jatspack.findings import Finding, finding
from jatspack.read.document import ListBlock, Paragraph
from jatspack.recognize.citations.numbers import EXPONENT
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.walk import Place, iter_article, replace_article
from jatspack.richtext import EMPTY, Rich, Run, Xref

HEADING = ("note",)
_OPENS = re.compile(r"(?:\A|[\n\u2028])[^\S\n\u2028]*(?P<open>[\[(]?)(?P<n>\d{1,3})(?P<close>[\])]?[.)]?)(?P<gap>\s*)")
_MARKS = re.compile(r"\d{1,3}(?:\s*[,;]\s*\d{1,3})*")
_NUMBER = re.compile(r"\d{1,3}")
_BRACKET = re.compile(r"\[(\d{1,3})\]")
_LONGEST_HEADING = 60  # characters
_LEAST = 0.6  # share of a run's notes that marks must lead to
_RISING = 0.8  # share of the marks that must stand in the order of the notes


@dataclass(slots=True)
class _Note:
    label: str
    blocks: list[BodyBlock]
    lines: tuple[int, int]


@dataclass(slots=True)
class _Run:
    """Notes that are numbered on, and the blocks of `blocks` that they are made of."""

    blocks: list[BodyBlock]
    owner: Section | BackSection | None
    siblings: list[BodyBlock] | list[BackSection]  # among which the owner stands
    headed: bool
    title: Rich = EMPTY  # the printed word for notes
    notes: list[_Note] = field(default_factory=list)
    taken: list[BodyBlock] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Mark:
    text: Rich
    start: int
    end: int
    label: str


def lift_endnotes(article: Article, lexicon: Lexicon) -> list[Finding]:
    """Make footnotes of the notes behind the text; a note to which no mark leads is a finding."""
    findings: list[Finding] = []
    for run in list(_runs(article, lexicon)):
        marks = _marks_of(run, article)
        if not _convincing(run, marks):
            continue
        idents = _lift(run, article)
        _link(article, marks, idents)
        findings += [
            finding("note-without-mark", note.lines, label=note.label)
            for note in run.notes
            if note.label not in {mark.label for mark in marks}
        ]
    return findings


# --- notes ----------------------------------------------------------------------


def _runs(article: Article, lexicon: Lexicon) -> Iterator[_Run]:
    for run in _containers(article, lexicon):
        for block in run.blocks:
            if not run.notes and not run.headed and _is_heading(block, lexicon):
                run.headed = True
                run.taken.append(block)
                run.title = block.text
                continue
            notes = _notes_of(block, run.headed)
            if notes and (not run.notes or int(notes[0].label) == int(run.notes[-1].label) + 1):
                run.notes += notes
                run.taken.append(block)
            elif run.notes and run.headed and isinstance(block, Paragraph | ListBlock):
                run.notes[-1].blocks.append(block)
                run.taken.append(block)
            elif run.notes:
                break
        if run.notes:
            yield run


def _is_heading(block: BodyBlock, lexicon: Lexicon) -> TypeGuard[Paragraph]:
    """A paragraph that is nothing but the word for notes."""
    return isinstance(block, Paragraph) and bool(lexicon.label_whole(block.text.plain[:_LONGEST_HEADING], HEADING))


def _containers(article: Article, lexicon: Lexicon) -> Iterator[_Run]:
    """Every list of blocks in which notes may stand."""

    def inside(section: Section | BackSection, siblings: list[BodyBlock] | list[BackSection]) -> Iterator[_Run]:
        headed = bool(lexicon.label_whole(section.title.plain, HEADING))
        yield _Run(section.blocks, section, siblings, headed, section.title if headed else EMPTY)
        for block in section.blocks:
            if isinstance(block, Section):
                yield from inside(block, section.blocks)

    yield _Run(article.body, None, article.body, headed=False)
    for block in article.body:
        if isinstance(block, Section):
            yield from inside(block, article.body)
    for back in article.back:
        yield from inside(back, article.back)


def _notes_of(block: BodyBlock, headed: bool) -> list[_Note]:
    if isinstance(block, ListBlock) and block.ordered and headed:
        lines = block.item_lines or (block.lines,) * len(block.items)
        return [
            _Note(str(block.start + n), list(item), where)  # type: ignore[arg-type]  # settled already
            for n, (item, where) in enumerate(zip(block.items, lines, strict=True))
        ]
    return _parted(block.text, headed) if isinstance(block, Paragraph) else []


def _parted(text: Rich, headed: bool) -> list[_Note]:
    """The notes that a paragraph holds, one behind another; none if it does not begin with one."""
    starts: list[re.Match[str]] = []
    for match in _OPENS.finditer(text.text):
        raised = "sup" in text.run_at(match.start("n")).style
        alone = "\n" in match["gap"] or "\u2028" in match["gap"]
        marked = raised or alone or (headed and bool(match["gap"] or match["close"]))
        follows = int(match["n"]) == int(starts[-1]["n"]) + 1 if starts else match.start() == 0
        if marked and follows and text.text[match.end() :].strip():
            starts.append(match)
        elif not starts:
            return []
    out = []
    ends = [*(match.start() for match in starts[1:]), len(text)]
    for match, after in zip(starts, ends, strict=False):
        note = text[match.end() : after].strip()
        out.append(_Note(match["n"], [Paragraph(note, note.lines)], note.lines))
    return out


# --- marks ----------------------------------------------------------------------


def _marks_of(run: _Run, article: Article) -> list[_Mark]:
    """The first mark of each note, in the order of the text. Where the references have numbers, brackets cite these."""
    own = {id(block.text) for note in run.notes for block in note.blocks if isinstance(block, Paragraph)}
    own |= {id(block.text) for block in run.taken if isinstance(block, Paragraph)}
    wanted = {note.label for note in run.notes}
    numbered = any(reference.label for one in article.reference_lists for reference in one.references)
    out: list[_Mark] = []
    for _, text in iter_article(article):
        if id(text) in own:
            continue
        for mark in _marks_in(text, brackets=not numbered):
            if mark.label in wanted:
                wanted.discard(mark.label)
                out.append(mark)
    return out


def _marks_in(text: Rich, *, brackets: bool) -> Iterator[_Mark]:
    at = 0
    for run in text:
        free = run.xref is None and run.object is None
        if free and "sup" in run.style and at and _MARKS.fullmatch(run.text.strip()):
            if not EXPONENT.search(text.text[:at].rstrip()):
                yield from (_Mark(text, at + m.start(), at + m.end(), m[0]) for m in _NUMBER.finditer(run.text))
        elif free and brackets:
            yield from (_Mark(text, at + m.start(), at + m.end(), m[1]) for m in _BRACKET.finditer(run.text))
        at += len(run.text)


def _convincing(run: _Run, marks: list[_Mark]) -> bool:
    """Whether marks lead to most of the notes, in their order."""
    if len(marks) < (1 if run.headed else 2) or len(marks) < _LEAST * len(run.notes):
        return False
    order = [int(mark.label) for mark in marks]
    rising = sum(a < b for a, b in pairwise(order))
    return rising >= _RISING * (len(order) - 1)


# --- the change -----------------------------------------------------------------


def _lift(run: _Run, article: Article) -> dict[str, str]:
    """Take the notes out of their place; the ids of their footnotes by label."""
    known = {footnote.id for footnote in article.footnotes}
    idents: dict[str, str] = {}
    number = 0
    for note in run.notes:
        number = next(n for n in range(number + 1, number + len(known) + 2) if f"fn-{n}" not in known)
        idents[note.label] = f"fn-{number}"
        article.footnotes.append(Footnote(f"fn-{number}", note.label, note.blocks, Origin((note.lines,), "endnote")))
    taken = {id(block) for block in run.taken}
    run.blocks[:] = [block for block in run.blocks if id(block) not in taken]
    if run.owner is not None and not run.blocks:
        run.siblings.remove(run.owner)  # type: ignore[arg-type]
    elif run.owner is not None and run.title is run.owner.title:
        return idents  # the heading stays above what else is there
    if run.title.plain:
        article.accounted.append(Accounted(run.title.lines[0], run.title.plain, "label made an element"))
    return idents


def _link(article: Article, marks: list[_Mark], idents: dict[str, str]) -> None:
    by_text: dict[int, list[_Mark]] = {}
    for mark in marks:
        by_text.setdefault(id(mark.text), []).append(mark)

    def change(text: Rich, _place: Place) -> Rich:
        found = by_text.get(id(text))
        return _with_links(text, found, idents) if found else text

    replace_article(article, change)


def _with_links(text: Rich, marks: list[_Mark], idents: dict[str, str]) -> Rich:
    out: list[Run] = []
    at = 0
    for mark in marks:
        out += text[at : mark.start].runs
        out += [replace(run, xref=Xref("fn", idents[mark.label]), href="") for run in text[mark.start : mark.end].runs]
        at = mark.end
    return Rich((*out, *text[at:].runs)) if out else EMPTY
