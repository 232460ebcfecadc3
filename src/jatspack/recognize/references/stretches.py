"""Stretches of a reference given other bounds."""

from __future__ import annotations

import re

from jatspack.recognize.references.model import Stretch

CONTAINERS = frozenset({"journal", "book"})
SENTENCE = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[)\]»”\"\d’']))[.。．?!]\s+(?=[^\W\d_a-zа-я])")
WORDY = re.compile(r"[^\W\d_]{3}")
GB_TYPE = re.compile(r"[\[［]\s?(J|M|D|C|N|P|R|S|Z|A|G|EB|DB|CP)(?:\s?/\s?(?:OL|CD|MT|DK))?\s?[\]］]")


def until(stretch: Stretch, end: int) -> Stretch:
    return Stretch(stretch.label, stretch.start, min(stretch.end, end))


def trimmed(plain: str, stretch: Stretch) -> Stretch:
    """Without the blanks and signs before its first word."""
    text = plain[stretch.start : stretch.end]
    return starting(stretch, stretch.end - len(text.lstrip(" ,.;:")))


def starting(stretch: Stretch, start: int) -> Stretch:
    return Stretch(stretch.label, max(stretch.start, start), stretch.end)
