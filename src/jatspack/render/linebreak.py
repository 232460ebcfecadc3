"""A mend for WeasyPrint's line breaking (seen in 70.0).

A text that ends with a space and fits its line exactly but for that space is taken for one that does not fit;
then it breaks after its first word, and a line of one word stands in the middle of a paragraph. About one line
in a thousand. Here such a text is given back whole: the space hangs over the edge, as it should.
"""

from __future__ import annotations

from math import inf
from typing import Any

_CHARACTERS_PER_EM = 4  # more than any text font has: what is longer is certainly longer than the line


def mend() -> None:
    """Put the mended function in place of WeasyPrint's, once; without effect where it is called otherwise."""
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
