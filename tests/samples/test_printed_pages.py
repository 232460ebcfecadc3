"""Every sample in every theme: nothing outside the margins, no table clipped, no heading left alone, no empty box;
and the pages look as their stored pictures do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from gallery import KEPT, STORED, names, page, printed, stored
from jatspack.render import PdfSettings
from jatspack.render.pdf import laid_out
from jatspack.render.theme import shipped
from pages import compare, pictures, side_by_side

OUT = Path(__file__).resolve().parents[2] / "out" / "changed-pages"
NEAR = 1.0  # CSS pixels: what rounding may do
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
CELLS = {"td", "th"}
Path_ = tuple[Any, ...]  # a box's ancestors, the page first


def leaves(box: Any, above: Path_ = ()) -> Iterator[tuple[Any, Path_]]:
    """Texts and images of a page's own area, with the boxes around each."""
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "MarginBox":
            continue
        if hasattr(child, "text"):
            if child.text.strip():
                yield child, (*above, box)
        elif hasattr(child, "replacement"):
            yield child, (*above, box)
        else:
            yield from leaves(child, (*above, box))


def outside_the_margins(page_box: Any, number: int) -> Iterator[str]:
    left, top = page_box.content_box_x(), page_box.content_box_y()
    right, bottom = left + page_box.width, top + page_box.height
    for leaf, _ in leaves(page_box):
        shown = getattr(leaf, "text", "image")[:50]
        if leaf.position_x < left - NEAR or leaf.position_x + leaf.width > right + NEAR:
            yield f"page {number}: {shown!r} stands beside the margins"
        if leaf.position_y < top - 2 * NEAR or leaf.position_y + leaf.height > bottom + 4 * NEAR:
            yield f"page {number}: {shown!r} stands above or below the margins"


def outside_its_cell(page_box: Any, number: int) -> Iterator[str]:
    for leaf, above in leaves(page_box):
        cell = next((box for box in reversed(above) if box.element_tag in CELLS and hasattr(box, "colspan")), None)
        if cell is not None:
            ends = cell.position_x + cell.border_width()
            if leaf.position_x < cell.position_x - NEAR or leaf.position_x + leaf.width > ends + NEAR:
                yield f"page {number}: {getattr(leaf, 'text', 'image')[:50]!r} stands outside its cell"


def headings_alone(pages: list[Any]) -> Iterator[str]:
    """The last of a page, or of a column, is no heading."""
    for number, page_box in enumerate(pages, 1):
        last: dict[int, tuple[Any, Path_]] = {}
        for leaf, above in leaves(page_box):
            if any(type(box).__name__ == "FootnoteAreaBox" or box.element_tag == "aside" for box in above):
                continue
            column = next((id(box) for box in above if getattr(box, "is_column", False)), 0)
            last[column] = (leaf, above)
        ends = [*last.values()] if number < len(pages) else [value for key, value in last.items() if key]
        for leaf, above in ends:
            if any(box.element_tag in HEADINGS for box in above):
                yield f"page {number}: the heading {getattr(leaf, 'text', '')[:50]!r} is left alone"


def parted(pages: list[Any]) -> Iterator[str]:
    """Figures, and what stands in the margin, are in one piece: on one page, in one column."""
    places: dict[int, set[tuple[int, int]]] = {}
    for number, page_box in enumerate(pages, 1):
        for leaf, above in leaves(page_box):
            column = next((id(box) for box in above if getattr(box, "is_column", False)), 0)
            for box in above:
                if box.element_tag == "aside" or (box.element_tag == "figure" and box.style["break_inside"] == "avoid"):
                    places.setdefault(id(box.element), set()).add((number, column))
                    if len(places[id(box.element)]) == 2:
                        shown = getattr(leaf, "text", "image")[:50]
                        yield f"page {number}: {shown!r} is cut off from its {box.element_tag}"


def empty_boxes(page_box: Any, number: int) -> Iterator[str]:
    """Characters that Pango found no glyph for."""
    for leaf, _ in leaves(page_box):
        if hasattr(leaf, "text") and unknown_glyphs(leaf):
            yield f"page {number}: a glyph is missing in {leaf.text[:50]!r}"


def unknown_glyphs(box: Any) -> int:
    from weasyprint.text.ffi import ffi, pango

    if not hasattr(pango, "pango_layout_get_unknown_glyphs_count"):
        ffi.cdef("int pango_layout_get_unknown_glyphs_count (PangoLayout * layout);", override=True)
    box.pango_layout.reactivate(box.style)
    try:
        return int(pango.pango_layout_get_unknown_glyphs_count(box.pango_layout.layout))
    finally:
        box.pango_layout.deactivate()


@pytest.mark.parametrize("theme", [*shipped()])
@pytest.mark.parametrize("sample", names())
def test_everything_stands_where_it_should(sample: str, theme: str) -> None:
    pages = laid_out(page(sample), PdfSettings(theme=theme))
    wrong = [*headings_alone(pages), *parted(pages)]
    for number, page_box in enumerate(pages, 1):
        wrong += outside_the_margins(page_box, number)
        wrong += outside_its_cell(page_box, number)
        wrong += empty_boxes(page_box, number)
    assert wrong == []


def test_authors_stand_below_their_title_and_beside_the_margin() -> None:
    first = laid_out(page("es-en-education"))[0]
    title, authors = (
        next(box for box in first.descendants() if box.element is not None and name in box.element.get("class", ""))
        for name in ("title", "authors")
    )
    (line, *_) = authors.children
    assert line.position_y - (title.position_y + title.margin_height()) < line.height


@pytest.mark.parametrize("theme", ["journal", "two-column"])
def test_entries_of_a_han_list_are_not_indented(theme: str) -> None:
    boxes = [box for p in laid_out(page("ja-en-snow"), PdfSettings(theme=theme)) for box in p.descendants()]
    entries = [b for b in boxes if b.element is not None and b.element.get("class") == "citation"]
    paragraphs = [b for b in boxes if b.element_tag == "p" and b.element.text and "観測に協力" in b.element.text]
    assert {box.style["text_indent"].value for box in entries} == {0}
    assert all(box.style["text_indent"].value > 0 for box in paragraphs)
    assert paragraphs


def test_a_missing_glyph_is_seen() -> None:
    pages = laid_out('<html lang="en"><body><p>\U00012000 and words</p></body></html>')
    assert [*empty_boxes(pages[0], 1)] != []


def test_a_very_wide_table_stands_on_a_landscape_page_and_nothing_else_does() -> None:
    pages = laid_out(page("en-wide-tables"))
    sideways = [p for p in pages if p.width > p.height]
    assert len(sideways) == 1
    assert all(any(box.element_tag == "figure" for box in above) for _, above in leaves(sideways[0]))


def test_a_long_table_repeats_its_head() -> None:
    heads = [
        sum(1 for leaf, above in leaves(p) if leaf.text == "Entry" and any(b.element_tag == "thead" for b in above))
        for p in laid_out(page("en-wide-tables"))
    ]
    assert sum(heads) == 2
    assert max(heads) == 1


@pytest.mark.parametrize(("sample", "theme"), KEPT)
def test_pages_look_as_they_did(sample: str, theme: str) -> None:
    """`python bench/gallery.py --accept` makes today's pages the stored ones, when a change is meant."""
    images = pictures(printed(sample, theme))
    changed = []
    for number in KEPT[sample, theme]:
        file = stored(sample, theme, number)
        old, new = Image.open(file).convert("L"), images[number - 1]
        difference = compare(old, new)
        if not difference.same:
            side_by_side(old, new, difference.shown, OUT / file.name)
            changed.append(f"{OUT / file.name}: {difference.share:.0%} of the page is not as it was")
    assert changed == [], "look at the pictures; if the change is meant: python bench/gallery.py --accept"


def test_the_comparison_sees_a_change_and_overlooks_a_hair() -> None:
    first, second = (Image.open(stored("kk-ru-en-history", "journal", n)).convert("L") for n in (1, 2))
    assert compare(first, first).share == 0
    assert compare(first, ImageChops.offset(first, 1, 0)).same
    assert not compare(first, second).same
    without = first.copy()
    without.paste(255, (60, 100, 220, 140))  # a paragraph is gone
    assert not compare(first, without).same
    assert not compare(first, ImageChops.offset(first, 0, 9)).same


def test_stored_pictures_are_those_that_are_compared() -> None:
    assert {file.name for file in STORED.iterdir()} == {
        stored(*key, n).name for key, many in KEPT.items() for n in many
    }
