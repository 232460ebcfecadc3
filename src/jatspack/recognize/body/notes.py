"""Footnotes: notes at their mark, and note paragraphs at a page's end whose mark stands in the text above."""

from __future__ import annotations

import re
from dataclasses import replace

from jatspack.article import Footnote, Origin
from jatspack.read.document import Heading, Paragraph
from jatspack.recognize.body.context import Item, Work
from jatspack.recognize.body.lists import settle_nested
from jatspack.recognize.walk import replace_in
from jatspack.richtext import Note, Rich, Run, Xref

_SHORT_LABEL = re.compile(r"\d{1,3}|[*†‡§]{1,3}|\w")
_NOTE = re.compile(r"\s*(\d{1,3}|[*†‡§]{1,3})\s*(?=\S)")
_FARTHEST = 14  # blocks between the mark and its note: what a page holds


def lift_notes(items: list[Item], work: Work) -> list[Item]:
    """Replace notes by references to footnotes, in `work.footnotes`, in the order of their marks."""
    pages = _page_notes(items)
    marks: dict[Key, str] = {}
    for key in sorted(pages):
        at, end = pages[key]
        note = items[at]
        if isinstance(note, Paragraph):
            marks[key] = work.ids.next("fn")
            body = replace(note, text=note.text[end:].strip())
            work.footnotes.append(Footnote(marks[key], key[1], [body], Origin((note.lines,), "note-paragraph", 0.8)))
    gone = {pages[key][0] for key in marks}
    here: dict[int, dict[str, str]] = {}
    for (at, label), ident in marks.items():
        here.setdefault(at, {})[label] = ident
    kept: list[Item] = []
    for n, item in enumerate(items):
        if n in gone:
            continue
        linked = _link_marks(item, here[n]) if n in here else item
        kept.append(replace_in(linked, lambda text, _: notes_in(text, work)))
    return kept


Key = tuple[int, str]  # block of the mark, its label


def _page_notes(items: list[Item]) -> dict[Key, tuple[int, int]]:
    """Note paragraphs by the mark that they answer: (block, where the note's text starts)."""
    marks: dict[str, list[int]] = {}
    found: dict[Key, tuple[int, int]] = {}
    for n, item in enumerate(items):
        if not isinstance(item, Paragraph | Heading):
            continue
        start = _note_start(item.text) if isinstance(item, Paragraph) else None
        if start:
            label, end = start
            above = [at for at in marks.get(label, [])[-_FARTHEST:] if n - at <= _FARTHEST and (at, label) not in found]
            if above and end < len(item.text):
                found[(above[-1], label)] = (n, end)
                continue
        for label in _marks_in(item.text):
            marks.setdefault(label, []).append(n)
    return found


def _note_start(text: Rich) -> tuple[str, int] | None:
    match = _NOTE.match(text.text)
    if match and "sup" in text.run_at(match.start(1)).style:
        return match[1], match.end()
    return None


def _marks_in(text: Rich) -> list[str]:
    at, out = 0, []
    for run in text:
        label = run.text.strip()
        if at and "sup" in run.style and run.xref is None and _SHORT_LABEL.fullmatch(label):
            out.append(label)
        at += len(run.text)
    return out


def _link_marks(item: Item, wanted: dict[str, str]) -> Item:
    if not isinstance(item, Paragraph | Heading):
        return item
    out: list[Run] = []
    for run in item.text:
        label = run.text.strip()
        if "sup" in run.style and label in wanted:
            out.append(replace(run, xref=Xref("fn", wanted.pop(label))))
        else:
            out.append(run)
    return replace(item, text=Rich(tuple(out)))


def notes_in(text: Rich, work: Work) -> Rich:
    """The text with its notes lifted: marks that refer to footnotes in `work.footnotes`."""
    if not any(isinstance(run.object, Note) for run in text):
        return text
    out: list[Run] = []
    for run in text:
        if not isinstance(run.object, Note):
            out.append(run)
            continue
        note = run.object
        ident = work.ids.next("fn")
        short = bool(_SHORT_LABEL.fullmatch(note.label))
        label = note.label if short else ident.rpartition("-")[2]
        if not short:
            work.account(note.label, run.line, "footnote-name")
        footnote = Footnote(ident, label, [], Origin(((run.line, run.line),), "footnote"))
        work.footnotes.append(footnote)
        blocks = (replace_in(block, lambda inner, _: notes_in(inner, work)) for block in note.blocks)
        footnote.blocks[:] = [settle_nested(block) for block in blocks]  # type: ignore[misc]
        out.append(replace(run, text=label, style=run.style | {"sup"}, object=None, xref=Xref("fn", ident)))
    return Rich(tuple(out))
