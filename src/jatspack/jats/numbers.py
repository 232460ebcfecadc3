"""Numbers of list items as they are printed."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def number(value: int, style: str) -> str:
    """`value` as "decimal", "lower-alpha" (a … z, aa …), "upper-alpha", "lower-roman" or "upper-roman"."""
    if value < 1 or style == "decimal":
        return str(value)
    out = _alpha(value) if style.endswith("alpha") else _roman(value)
    return out.upper() if style.startswith("upper") else out


def _alpha(value: int) -> str:
    out = ""
    while value:
        value, rest = divmod(value - 1, 26)
        out = chr(ord("a") + rest) + out
    return out


def _roman(value: int) -> str:
    out = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        out += letters * count
    return out
