"""Mends for WeasyPrint and pydyf (seen in 70.0 and 0.13): each has a test that fails without it, or a figure.

`_whole_lines`: a text that ends with a space and fits its line exactly but for that space is taken for one that
does not fit; then it breaks after its first word, and a line of one word stands in the middle of a paragraph.
About one line in a thousand. Here such a text is given back whole: the space hangs over the edge, as it should.

`_compressed_once`: the identifier of a PDF is a digest of its objects, for which every stream is compressed once more:
6 % of the time of a dozen pages.

`_plain_properties`: most properties of most elements are what they are at the start or what the parent has; all of
them go through every special case of CSS nevertheless: 8 %.

`_timeless_fonts`: without the HarfBuzz library for subsets, fontTools cuts the fonts, and writes the time into each.

`_known_pages`: while tags are written, the list of all pages is made anew for every tag: a tenth of the time of a
document of a dozen pages, and quadratic.
"""

from __future__ import annotations

from functools import partial
from math import inf
from typing import Any

_CHARACTERS_PER_EM = 4  # more than any text font has: what is longer is certainly longer than the line


def mend() -> None:
    """Put the mended functions in place of the libraries' own, once; without effect where they are not found."""
    _whole_lines()
    _known_pages()
    _compressed_once()
    _plain_properties()
    _timeless_fonts()


def _timeless_fonts() -> None:
    from weasyprint.pdf import fonts

    original = getattr(fonts, "TTFont", None)
    if original is not None and not isinstance(original, partial):
        fonts.TTFont = partial(original, recalcTimestamp=False)


def _compressed_once() -> None:
    import pydyf

    original = getattr(pydyf.Stream, "data", None)
    if not isinstance(original, property) or original.fget is None or hasattr(original.fget, "mended"):
        return
    written = original.fget

    def data(stream: Any) -> Any:
        state = (len(stream.stream), dict(stream.extra))
        known = getattr(stream, "_known_data", None)
        if known is None or known[0] != state:
            known = stream._known_data = (state, written(stream))
        return known[1]

    data.mended = True  # type: ignore[attr-defined]
    pydyf.Stream.data = property(data)


def _plain_properties() -> None:
    from weasyprint import css

    original = css.ComputedStyle.__missing__
    if hasattr(original, "mended"):
        return
    special = {"float", "display", "position", "page"}
    plain = {key for key in css.INITIAL_VALUES if key not in special and not key.startswith("text_decoration_")}
    inherited = frozenset(plain & css.INHERITED)
    initial = {key: css.INITIAL_VALUES[key] for key in plain - css.INHERITED - css.INITIAL_NOT_COMPUTED}
    logical = {
        key: frozenset(name(block="ttb", inline=direction) for direction in ("ltr", "rtl"))
        for key, name in css.PHYSICAL_FUNCTIONS.items()
    }
    nothing: frozenset[str] = frozenset()

    def missing(style: Any, key: str) -> Any:
        if key not in style.cascaded and logical.get(key, nothing).isdisjoint(style.cascaded):
            if key in initial:
                value = style[key] = initial[key]
                return value
            if key in inherited and style.parent_style is not None:
                value = style[key] = style.parent_style[key]
                return value
        return original(style, key)

    missing.mended = True  # type: ignore[attr-defined]
    css.ComputedStyle.__missing__ = missing


def _known_pages() -> None:
    import pydyf

    original = getattr(pydyf.PDF, "page_references", None)
    if not isinstance(original, property) or original.fget is None or hasattr(original.fget, "mended"):
        return
    listed = original.fget

    def page_references(pdf: Any) -> Any:
        count = pdf.pages["Count"]
        known = getattr(pdf, "_known_pages", None)
        if known is None or known[0] != count:
            known = pdf._known_pages = (count, listed(pdf))
        return known[1]

    page_references.mended = True  # type: ignore[attr-defined]
    pydyf.PDF.page_references = property(page_references)


def _whole_lines() -> None:
    from weasyprint.layout import inline

    original = getattr(inline, "split_first_line", None)
    if original is None or getattr(original, "mended", False):
        return

    def split_first_line(text: str, style: Any, context: Any, width: float | None, *rest: Any, **options: Any) -> Any:
        result = original(text, style, context, width, *rest, **options)
        if result[2] is None or width is None or width == inf or not text.endswith(" "):
            return result
        if style["white_space"] != "normal" or len(text) > width / (style["font_size"] or inf) * _CHARACTERS_PER_EM:
            return result
        unbroken = original(text.rstrip(" "), style, context, inf, *rest, **options)
        if unbroken[3] > width:
            return result
        return original(text, style, context, inf, *rest, **options)

    split_first_line.mended = True  # type: ignore[attr-defined]
    inline.split_first_line = split_first_line
