"""Mends for WeasyPrint and pydyf (seen in 70.0 and 0.13): each has a test that fails without it, or a figure.

`_whole_lines`: a text that ends with a space and fits its line exactly but for that space is taken for one that
does not fit; then it breaks after its first word, and a line of one word stands in the middle of a paragraph.
About one line in a thousand. Here such a text is given back whole: the space hangs over the edge, as it should.

`_compressed_once`: the identifier of a PDF is a digest of its objects, for which every stream is compressed once more:
6 % of the time of a dozen pages.

`_plain_properties`: most properties of most elements are what they are at the start or what the parent has; all of
them go through every special case of CSS nevertheless: 8 %.

`_indented_from_the_right`: the indent of a line that runs from right to left stands at its end.

`_timeless_fonts`: without the HarfBuzz library for subsets, fontTools cuts the fonts, and writes the time into each.

`_characters_are_glyphs`: text in a CFF font is written by glyph numbers, which readers take for character identifiers;
where the two differ (fonts cut once before they came to us), they would show other characters, or none.

`_features_freed`: each piece of text in a font with features (old style numerals, say) leaves Pango's list of them in
memory for good: 200 KB for a dozen pages.

`_numbers_are_numbers`: a point of an SVG path is looked for by a regular expression in all that is left of the path,
and each of its numbers imports a table of units first: an eighth of the time of an article with 70 formulas.

The tags of a PDF are ours (tagging.py).
"""

from __future__ import annotations

import struct
from functools import lru_cache, partial
from importlib import import_module
from io import BytesIO
from math import inf
from typing import Any

from jatspack.render.mends_columns import (
    columns_balanced_by_search,
    lines_stay_beside_the_margin,
    margins_cut_at_breaks,
)
from jatspack.render.tagging import install

_FEATURES = (  # the properties that font_features takes, in its order
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
_CHARACTERS_PER_EM = 4  # more than any text font has: what is longer is certainly longer than the line


def mend() -> None:
    """Put the mended functions in place of the libraries' own, once; without effect where they are not found."""
    _whole_lines()
    install()
    _compressed_once()
    _plain_properties()
    _timeless_fonts()
    _characters_are_glyphs()
    _features_freed()
    _indented_from_the_right()
    _numbers_are_numbers()
    margins_cut_at_breaks()
    columns_balanced_by_search()
    lines_stay_beside_the_margin()


def _indented_from_the_right() -> None:
    from weasyprint.layout import inline

    original = getattr(inline, "text_align", None)
    if original is None or hasattr(original, "mended"):
        return

    def text_align(context: Any, line: Any, available_width: float, last: bool) -> Any:
        offset = original(context, line, available_width, last)
        return offset + line.text_indent if line.style["direction"] == "rtl" else offset

    text_align.mended = True  # type: ignore[attr-defined]
    inline.text_align = text_align


def _numbers_are_numbers() -> None:
    from weasyprint import svg

    original = svg.SVG.point
    path: Any = import_module("weasyprint.svg.path")  # the package has a function of this name
    if hasattr(original, "mended") or not hasattr(path, "point"):
        return

    def sizes(image: Any, x: str, y: str, font_size: Any) -> tuple[float, float]:
        try:
            return float(x), float(y)
        except (TypeError, ValueError):
            found: tuple[float, float] = original(image, x, y, font_size)
            return found

    def point(image: Any, string: str, font_size: Any) -> tuple[float, float, str]:
        x, space, rest = string.partition(" ")
        if not space:
            raise svg.PointError
        y, _, rest = rest.partition(" ")
        return (*image.point(x, y, font_size), rest)

    sizes.mended = True  # type: ignore[attr-defined]
    svg.SVG.point, path.point = sizes, point


def _features_freed() -> None:
    from weasyprint.text import line_break
    from weasyprint.text.ffi import ffi, pango

    features, original = getattr(line_break, "font_features", None), line_break.Layout.setup
    if features is None or hasattr(original, "mended"):
        return

    @lru_cache(maxsize=256)
    def told(*values: Any) -> bytes:
        return ",".join(f"{name} {value}" for name, value in features(*values).items()).encode()

    def setup(layout: Any, style: Any) -> None:
        original(layout, style)
        if text := told(*map(style.__getitem__, _FEATURES)):
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
            pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(text))  # the list's from now on
            pango.pango_layout_set_attributes(layout.layout, attributes)

    setup.mended = True  # type: ignore[attr-defined]
    line_break.font_features = lambda *_values: {}  # so that the original adds none
    line_break.Layout.setup = setup


def _timeless_fonts() -> None:
    from weasyprint.pdf import fonts

    original = getattr(fonts, "TTFont", None)
    if original is not None and not isinstance(original, partial):
        fonts.TTFont = partial(original, recalcTimestamp=False)


def _characters_are_glyphs() -> None:
    from weasyprint.pdf import fonts

    original = getattr(fonts.Font, "clean", None)
    if original is None or hasattr(original, "mended"):
        return

    def clean(font: Any, *arguments: Any) -> None:
        original(font, *arguments)
        if font.type == "otf":
            font.file_content = _with_plain_charset(font.file_content)

    clean.mended = True  # type: ignore[attr-defined]
    fonts.Font.clean = clean


def _with_plain_charset(data: bytes) -> bytes:
    """A CID-keyed CFF font (Adobe Technical Note 5176, section 13) whose charset gives each glyph its own number."""
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.sfnt import calcChecksum

    with TTFont(BytesIO(data), lazy=True) as font:
        if "CFF " not in font:
            return data
        top, entry = font["CFF "].cff.topDictIndex[0].rawDict, font.reader.tables["CFF "]
        glyphs = font["maxp"].numGlyphs
        directory = font.reader.file.getvalue().index(b"CFF ")
    if "ROS" not in top or top.get("charset", 0) <= 2 or glyphs < 2:  # 0 to 2: charsets of fonts with names
        return data
    few = glyphs - 2 <= 0xFF
    charset = struct.pack(">BHB" if few else ">BHH", 1 if few else 2, 1, glyphs - 2)
    changed = bytearray(data)
    place = entry.offset + top["charset"]
    changed[place : place + len(charset)] = charset
    table = bytes(changed[entry.offset : entry.offset + entry.length])
    changed[directory + 4 : directory + 8] = struct.pack(">L", calcChecksum(table))
    return bytes(changed)


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
