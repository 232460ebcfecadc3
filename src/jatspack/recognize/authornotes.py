"""Footnotes of names: an address behind a mark in the byline is a paragraph of the front matter, its mark raised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from jatspack.read.document import Block, Heading, Paragraph
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.lines import LINE_END
from jatspack.recognize.people.likeness import looks_like_byline
from jatspack.recognize.units import FRONT
from jatspack.richtext import Note, Rich, Run

NAME_LIKE = 0.5
LONGEST = 600  # characters of a line of names
MARK = re.compile(r"\w{1,3}|[*†‡§¶#]{1,3}")


def open_author_notes(blocks: Sequence[Block], lexicon: Lexicon) -> list[Block]:
    """The blocks, with the footnotes whose marks stand behind names set below them as marked paragraphs."""
    out: list[Block] = []
    seen: set[str] = set()
    for n, block in enumerate(blocks):
        held = isinstance(block, Paragraph | Heading) and n < FRONT and _held(block.text, lexicon)
        if not held or not isinstance(block, Paragraph | Heading):
            out.append(block)
            continue
        labels = [note.label if MARK.fullmatch(note.label) else str(i) for i, (_, note) in enumerate(held, 1)]
        text = list(block.text)
        below: list[Block] = []
        for (at, note), label in zip(held, labels, strict=True):
            raised = Run(label, frozenset({"sup"}), line=text[at].line)
            text[at] = raised
            if label not in seen:
                seen.add(label)
                below += _marked(note, raised)
        out += [replace(block, text=Rich(tuple(text))), *below]
    return out


def _held(text: Rich, lexicon: Lexicon) -> list[tuple[int, Note]]:
    """The runs that are footnotes in lines of names: (index, note)."""
    notes = [(n, run.object) for n, run in enumerate(text) if isinstance(run.object, Note)]
    if not notes:
        return []
    ends = [0, *(m.end() for m in LINE_END.finditer(text.text)), len(text)]
    lines = [
        (a, b)
        for a, b in pairwise(ends)
        if b - a < LONGEST and looks_like_byline(text[a:b].strip(), lexicon) > NAME_LIKE
    ]
    starts = [sum(len(run.text) for run in text.runs[:n]) for n, _ in notes]
    return [
        note
        for note, at in zip(notes, starts, strict=True)
        if any(a < at < b for a, b in lines) and all(isinstance(b, Paragraph) for b in note[1].blocks)
    ]


def _marked(note: Note, mark: Run) -> list[Block]:
    """The note's paragraphs, the first with its mark before it."""
    first, *rest = [block for block in note.blocks if isinstance(block, Paragraph)]
    opened = Rich((replace(mark, line=first.lines[0]), Run(" "))) + first.text
    return [replace(first, text=opened), *rest]
