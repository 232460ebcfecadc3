"""MathML as vector graphics, for the PDF. Ziamath is called here and nowhere else."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

_SIZE = 100.0  # the font size that formulas are drawn at; lengths are given in em of the text around
_LONGEST = 20_000  # characters of MathML; what is longer is no formula


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as an SVG image: width, height and depth below the line are in em."""

    address: str
    width: float
    height: float
    depth: float


@lru_cache(maxsize=512)
def draw(mathml: str) -> Drawing | None:
    """Draw a formula; None where it cannot be drawn."""
    if len(mathml) > _LONGEST:
        return None
    try:
        formula = _ziamath()(mathml, size=_SIZE)
        width, height = formula.getsize()
        svg = formula.svg()
        depth = -formula.getyofst()
    except Exception:  # whatever the library raises for MathML that it does not know
        return None
    address = "data:image/svg+xml;base64," + b64encode(svg.encode()).decode("ascii")
    return Drawing(address, width / _SIZE, height / _SIZE, depth / _SIZE)


@cache
def _ziamath() -> Any:
    from ziamath import styles
    from ziamath.config import config
    from ziamath.zmath import Math

    config.svg2 = False  # plain paths: half the work for who reads the SVG
    config.precision = 2
    # each element copies its parent's style, all the way down, only to look values up in it
    setattr(styles, "asdict", vars)  # noqa: B010
    return Math
