"""Stretches of a reference given other bounds."""

from __future__ import annotations

from jatspack.recognize.references.model import Stretch

CONTAINERS = frozenset({"journal", "book"})


def until(stretch: Stretch, end: int) -> Stretch:
    return Stretch(stretch.label, stretch.start, min(stretch.end, end))


def trimmed(plain: str, stretch: Stretch) -> Stretch:
    """Without the blanks and signs before its first word."""
    text = plain[stretch.start : stretch.end]
    return starting(stretch, stretch.end - len(text.lstrip(" ,.;:")))


def starting(stretch: Stretch, start: int) -> Stretch:
    return Stretch(stretch.label, max(stretch.start, start), stretch.end)
