"""Printed numbering at the start of a heading: 1. 1.2 I. A. § 3 and Chinese numerals, glued to the word or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Scheme = Literal["decimal", "roman", "alpha", "han", "paren"]

_DECIMAL = re.compile(r"\s*(§\s*)?(\d{1,3}(?:\s?[.．·]\s?\d{1,2}){0,4})(\s?[.．)、:]{1,2})?(\s*)(?=\S)")
_ROMAN = re.compile(r"\s*(?P<value>[IVXLІХ]{1,6})\s?[.)．、](?P<gap>\s*)(?=\S)")
_ALPHA = re.compile(r"\s*(?P<value>[A-ZА-Я])(?P<rest>(?:\.\d{1,2})*)[.)](?P<gap>\s+)(?=\S)")
_HAN = re.compile(
    r"\s*(?:(?P<value>[一二三四五六七八九十]{1,3})[、.．]|[（(](?P<inner>[一二三四五六七八九十]{1,3})[）)])\s*(?=\S)"
)
_PAREN = re.compile(r"\s*[(（](\d{1,2})[)）]\s*(?=[^\W\d_])")
_TITLE = re.compile(r"[\"«“‘'(（\[【《*]*[^\W_]")
_HAN_DIGITS = {digit: n for n, digit in enumerate("〇一二三四五六七八九")}
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "І": 1, "Х": 10}
# A lone capital after a glued digit is a name (3D, 2S), not a title.
_GLUED_TITLE = re.compile(r"[^\W\d_]{2}|[^\W\d_A-Za-z]|[A-Z][a-z]")
MOST = 40  # no article has more sections side by side


@dataclass(frozen=True, slots=True)
class Numbering:
    """`label` as printed; `end` is where the title starts; a weak one needs a neighbour in the sequence."""

    label: str
    scheme: Scheme
    values: tuple[int, ...]
    end: int
    weak: bool = False

    @property
    def depth(self) -> int:
        return len(self.values)


def numberings(text: str) -> list[Numbering]:
    """All readings of the number at the start of `text`: `I.` is a Roman number or a letter."""
    found = [_decimal(text), _roman(text), _alpha(text), _han(text), _paren(text)]
    return [reading for reading in found if reading and reading.end < len(text)]


def follows(new: Numbering, last_of: Mapping[Scheme, Numbering]) -> bool:
    """Whether `new` continues the sequence of the headings before it (first of all, next sibling, first child).

    `last_of` is the last number of each scheme.
    """
    if new.scheme not in last_of:
        return all(value <= 1 for value in new.values)
    last = last_of[new.scheme].values
    values = new.values
    if len(values) == len(last) + 1:
        return values[:-1] == last and values[-1] <= 1
    if len(values) > len(last):
        return False
    step = values[-1] - last[len(values) - 1]
    restart = new.scheme in ("alpha", "han", "paren") and values[-1] == 1
    return (values[:-1] == last[: len(values) - 1] and 1 <= step <= 2) or restart


def _decimal(text: str) -> Numbering | None:
    match = _DECIMAL.match(text)
    if not match:
        return None
    section, number, stop, gap = match.groups()
    values = tuple(int(value) for value in re.findall(r"\d+", number))
    rest = text[match.end() :]
    if values[0] > MOST or (rest[0].isdigit() or not _TITLE.match(rest)):
        return None
    glued = not gap and not stop
    if glued and (not _GLUED_TITLE.match(rest) or rest[0].islower()):
        return None
    weak = not section and len(values) == 1 and (glued or not stop)
    return Numbering(match.group().strip(), "decimal", values, match.end(), weak or rest[0].islower())


def _roman(text: str) -> Numbering | None:
    match = _ROMAN.match(text)
    if not match:
        return None
    total, last = 0, 0
    for letter in reversed(match["value"]):
        value = _ROMAN_VALUES[letter]
        total += value if value >= last else -value
        last = max(last, value)
    return Numbering(match.group().strip(), "roman", (total,), match.end(), weak=True)


def _alpha(text: str) -> Numbering | None:
    match = _ALPHA.match(text)
    if not match:
        return None
    letter = match["value"]
    first = ord(letter) - ord("A" if letter <= "Z" else "А") + 1
    rest = tuple(int(value) for value in re.findall(r"\d+", match["rest"]))
    return Numbering(match.group().strip(), "alpha", (first, *rest), match.end(), weak=not rest)


def _paren(text: str) -> Numbering | None:
    match = _PAREN.match(text)
    return Numbering(match.group().strip(), "paren", (int(match[1]),), match.end()) if match else None


def _han(text: str) -> Numbering | None:
    match = _HAN.match(text)
    if not match:
        return None
    printed = match["value"] or match["inner"]
    tens, ten, ones = printed.rpartition("十")
    value = (10 * _HAN_DIGITS.get(tens, 1) if ten else 0) + _HAN_DIGITS.get(ones, 0)
    # （一） stands one level below 一、
    values = (value,) if match["value"] else (0, value)
    return Numbering(match.group().strip(), "han", values, match.end())
