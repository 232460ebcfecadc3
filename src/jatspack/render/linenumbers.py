"""A number beside every line of the text, counted through all pages, for manuscripts.

CSS has none, so they are put into the pages after layout: into the margin box that the theme keeps for them, where
they are no part of the text (an artifact, ISO 32000-1, 14.8.2.2). Tables, figures, footnotes and formulas have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

_PLACE = "@left-middle"
_SIZE, _GAP = 10.0, 14.0  # CSS pixels: of the numbers, and between them and the text
_SAME = 3.0  # CSS pixels: what differs less stands on one line
_UNNUMBERED = frozenset({"table", "figure", "aside", "pre"})
_UNNUMBERED_CLASSES = frozenset(
    {"masthead", "foot", "footnote", "formula", "affiliations", "author-notes", "details", "history", "rights"}
)


def number_lines(pages: list[Any]) -> int:
    """Put numbers into laid-out pages (WeasyPrint's page boxes); returns how many there are."""
    count = 0
    for page in pages:
        margin = next((box for box in page.children if getattr(box, "at_keyword", "") == _PLACE), None)
        if margin is None:
            continue
        numbers, last = [], -inf
        for line in _lines(page):
            if line.position_y + line.baseline <= last + _SAME:  # a list's mark and its text, cells of one row
                continue
            last = line.position_y + line.baseline
            count += 1
            numbers.append(_number(str(count), line, page, margin))
        margin.children = numbers
    return count


def _lines(box: Any) -> Iterator[Any]:
    """The lines of the text, from top to bottom."""
    for child in getattr(box, "children", ()):
        kind = type(child).__name__
        if kind in {"MarginBox", "FootnoteAreaBox", "TableBox"} or getattr(child, "element_tag", "") in _UNNUMBERED:
            continue
        element = getattr(child, "element", None)
        if element is not None and _UNNUMBERED_CLASSES & set((element.get("class") or "").split()):
            continue
        if kind == "LineBox":
            if any(hasattr(part, "text") and part.text.strip() for part in child.descendants()):
                yield child
            continue
        yield from _lines(child)


def _number(text: str, line: Any, page: Any, margin: Any) -> Any:
    """A line with the number, its baseline that of the text's line, in the left margin (for Arabic, too)."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox
    from weasyprint.layout.percent import resolve_percentages
    from weasyprint.text.line_break import split_first_line

    style = margin.style.copy()
    style["font_size"] = _SIZE
    box = TextBox("", style, margin.element, text)
    layout, _, _, width, height, baseline = split_first_line(text, style, None, None, 0)
    box.pango_layout, box.baseline = layout, baseline
    box.width, box.height, box.justification_spacing = width, height, 0
    box.position_x = page.content_box_x() - _GAP - width
    box.position_y = line.position_y + line.baseline - baseline
    row = LineBox.anonymous_from(margin, [box])
    resolve_percentages(row, (0, 0))
    row.background = None  # as layout leaves it
    row.position_x, row.position_y, row.width, row.height = box.position_x, box.position_y, width, height
    return row
