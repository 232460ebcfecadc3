"""Extractor noise out, with a record of all that went, before pandoc parses the text."""

from __future__ import annotations

from jatspack.read import layout, linenumbers, markdown, noise, pages
from jatspack.read.draft import Draft, fenced


def repair(text: str, skip: int = 0, fences: tuple[int, ...] = ()) -> Draft:
    """The text without noise. `skip` leading lines are front matter, `fences` stand around one that cannot be read."""
    lines = text.split("\n")
    lines[:skip] = [""] * skip
    for at in fences:
        lines[at] = ""
    draft = Draft(lines, list(range(1, len(lines) + 1)))
    draft.code = fenced(lines)
    noise.remove(draft, text)
    linenumbers.remove(draft)
    pages.remove(draft)
    layout.mend(draft)
    markdown.mend(draft)
    return draft
