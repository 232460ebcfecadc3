"""Mends for WeasyPrint and pydyf (seen in 70.0 and 0.13): each has a test that fails without it, or a figure.

`_whole_lines`: a text that ends with a space and fits its line exactly but for that space is taken for one that
does not fit; then it breaks after its first word, and a line of one word stands in the middle of a paragraph.
About one line in a thousand. Here such a text is given back whole: the space hangs over the edge, as it should.

`_known_pages`: while tags are written, the list of all pages is made anew for every tag: a tenth of the time of a
document of a dozen pages, and quadratic.
"""

from __future__ import annotations

from math import inf
from typing import Any

_CHARACTERS_PER_EM = 4  # more than any text font has: what is longer is certainly longer than the line


def mend() -> None:
    """Put the mended functions in place of the libraries' own, once; without effect where they are not found."""
    _whole_lines()
    _known_pages()


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
