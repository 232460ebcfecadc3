"""Mends for WeasyPrint's layout of blocks and columns (seen in 70.0), as in `jatspack.render.mends`.

`margins_cut_at_breaks`: a margin after an unforced break is to be cut (CSS Fragmentation 3, section 5.2). WeasyPrint
does so for the children of few boxes only, and with named pages takes every break for a forced one: a heading in a
section at the head of a page or of a column hangs too low. Here it is cut after forced breaks, too: no theme wants it.

`columns_balanced_by_search`: columns on the last page are made equally high by laying them out again and again, a pixel
higher each time. Seventy times for two columns of references, more than all that stands before them. Here the height
is searched for by doubling and halving: a tenth of the work, and the columns differ by less than a line. Each height
is tried in one pass (`_filled`), where WeasyPrint takes two. A box that must not be broken is broken nevertheless where
it is the first of a column too low for it: such heights are too small.

`lines_stay_beside_the_margin`: before a line stands beside a float, its least width is asked for; for a row of inline
boxes WeasyPrint adds up the first words of all of them. A line that is thought to be wider than its block sinks below
every float beside it, even one in the margin, which does not make it any shorter.
"""

from __future__ import annotations

from itertools import pairwise
from math import inf
from typing import Any

_NEAR = 12.0  # CSS pixels, less than a line: nearer need the height not be
_top_of_column: list[float | None] = [None]


def margins_cut_at_breaks() -> None:
    """Mend `block_level_layout_switch`; without effect where it is not found."""
    from weasyprint.layout import block, column

    original = getattr(block, "block_level_layout_switch", None)
    made = getattr(column, "_create_column_box", None)
    if original is None or made is None or hasattr(original, "mended"):
        return

    def create_column_box(*arguments: Any) -> Any:
        box = made(*arguments)
        _top_of_column[0] = box.position_y
        return box

    def switch(
        context: Any, box: Any, bottom_space: Any, skip: Any, around: Any, empty: bool, *rest: Any, **options: Any
    ) -> Any:
        if skip is None and box.style["margin_break"] == "auto" and _after_break(context, box, empty):
            box.margin_top = 0
        return original(context, box, bottom_space, skip, around, empty, *rest, **options)

    switch.mended = True  # type: ignore[attr-defined]
    block.block_level_layout_switch = switch
    column._create_column_box = create_column_box


def _after_break(context: Any, box: Any, page_is_empty: bool) -> bool:
    if context.in_column:
        return bool(box.position_y == _top_of_column[0])
    return page_is_empty and context.current_page > 1 and box.is_in_normal_flow()


def columns_balanced_by_search() -> None:
    """Mend `columns_layout`; without effect where it is not found."""
    from weasyprint.layout import block

    original = getattr(block, "columns_layout", None)
    if original is None or hasattr(original, "mended"):
        return

    def columns_layout(context: Any, box: Any, bottom_space: float, *rest: Any) -> Any:
        spans = any(child.style["column_span"] == "all" for child in box.children)
        if spans or box.style["column_fill"] != "balance" or box.style["height"] != "auto":
            return original(context, box, bottom_space, *rest)
        plain = box.copy()
        plain.style = box.style.copy()
        plain.style["column_fill"] = "auto"
        return _balanced(original, context, plain, bottom_space, rest)

    columns_layout.mended = True  # type: ignore[attr-defined]
    block.columns_layout = columns_layout


def _balanced(original: Any, context: Any, box: Any, bottom_space: float, rest: tuple[Any, ...]) -> Any:
    """Columns of the least height, to half a line, that holds all; as they come where the next page goes on."""
    from weasyprint.layout.block import remove_placeholders

    absolute, fixed = rest[3], rest[4]
    result = original(context, box, bottom_space, *rest)
    if result[0] is None or result[1] is not None:
        return result
    columns = [child for child in result[0].children if child.is_column]
    if len(columns) < 2 and not _high(columns):
        return result
    full, plain = result[0], _may_be_filled(result[0])

    def laid(space: float) -> Any:
        return _filled(context, box, full, space, rest) if plain else original(context, box, space, *rest)

    top = columns[0].position_y
    highest = max(_height(column) for column in columns)
    low = sum(_height(column) for column in columns) / max(int(box.style["column_count"]), 1)
    best, step, height = highest, _NEAR, low + _NEAR
    tried: float | None = None
    while best - low > _NEAR and height < best:
        if result[0] is not None:
            remove_placeholders(context, [result[0]], absolute, fixed)
        result, tried = laid(max(bottom_space, context.page_bottom - top - height)), height
        if result[0] is not None and result[1] is None and _fits(result[0], height) and not _torn(result[0]):
            best = height
        else:
            low, step = height, step * 2
        height = low + step if low + step < best else (low + best) / 2
    if tried not in (None, best):
        if result[0] is not None:
            remove_placeholders(context, [result[0]], absolute, fixed)
        result = laid(max(bottom_space, context.page_bottom - top - best) if best < highest else bottom_space)
    return result


def _may_be_filled(box: Any) -> bool:
    """Whether `_filled` may do it: footnotes change the height of the page, what is positioned needs its box."""
    style = box.style
    if style["position"] == "relative" or style["column_count"] == "auto" or box.min_height not in ("auto", 0):
        return False
    return not any(part.footnote for part in box.descendants())


def _filled(context: Any, box: Any, full: Any, bottom_space: float, rest: tuple[Any, ...]) -> Any:
    """As `columns_layout` of columns that are filled one after the other, in one pass instead of two.

    `full` is what it made of the box for the whole page: width, gap and place of the columns are the same here.
    """
    from weasyprint.layout import block, column

    skip_stack, around, empty, absolute, fixed, _margins, *styles = rest
    start = next(iter(skip_stack)) if skip_stack else 0
    skip, page = ({0: skip_stack[start]} if skip_stack else None), None
    children = [child.copy() for child in box.children[start:]]
    first, count = full.children[0], full.style["column_count"]
    width, top = first.width, first.position_y
    step = width + (full.width - count * width) / max(count - 1, 1)
    columns: list[Any] = []
    context.in_column = True
    while len(columns) < count and (skip is not None or not columns):
        part = column._create_column_box(full, around, children, width, top)
        shift = len(columns) * step
        part.position_x += full.width - width - shift if full.style["direction"] == "rtl" else shift
        part, skip, page, *_ = block.block_box_layout(
            context,
            part,
            bottom_space,
            skip,
            around,
            empty,
            absolute,
            fixed,
            None,
            *styles,
            discard=False,
            max_lines=None,
        )
        if part is None:
            block.remove_placeholders(context, columns, absolute, fixed)
            columns = []
            break
        columns.append(part)
    context.in_column = False
    if not columns:
        return None, (0, None), {"break": "any", "page": None}, [], False
    height = max(part.margin_height() for part in columns)
    for part in columns:
        part.height = height
    result = full.copy_with_children(columns)
    result.height = top + min(context.page_bottom - top - bottom_space, height) - full.content_box_y()
    return result, skip, page, [], False


def _high(columns: list[Any]) -> bool:
    return any(_height(column) > 2 * _NEAR for column in columns)


def _height(column: Any) -> float:
    inner = [child for child in column.children if child.is_in_normal_flow()]
    return inner[-1].position_y + inner[-1].margin_height() - column.position_y if inner else 0.0


def _fits(box: Any, height: float) -> bool:
    return all(
        _height(child) - child.children[-1].margin_bottom <= height + 1 for child in box.children if child.children
    )


def _torn(box: Any) -> bool:
    """Whether one column ends, and the next begins, in the same box that is not to be broken."""
    columns = [child for child in box.children if child.is_column]
    return any(_kept_whole(left, -1) & _kept_whole(right, 0) for left, right in pairwise(columns))


def _kept_whole(column: Any, end: int) -> set[int]:
    """The elements, by identity, that stand at one end of a column and are not to be broken."""
    found = set()
    box = column
    while inner := [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]:
        box = inner[end]
        if box.element is not None and box.style["break_inside"] in {"avoid", "avoid-column"}:
            found.add(id(box.element))
    return found


def lines_stay_beside_the_margin() -> None:
    """Mend `avoid_collisions` for lines; without effect where it is not found."""
    from weasyprint.layout import inline

    original = getattr(inline, "avoid_collisions", None)
    if original is None or hasattr(original, "mended"):
        return

    def avoid_collisions(context: Any, line: Any, containing_block: Any, outer: bool = True) -> Any:
        width = getattr(containing_block, "width", inf)
        if isinstance(line, inline.boxes.LineBox) and line.width > width:
            line.width = width
        return original(context, line, containing_block, outer)

    avoid_collisions.mended = True  # type: ignore[attr-defined]
    inline.avoid_collisions = avoid_collisions
