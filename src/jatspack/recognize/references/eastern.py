"""Japanese and Chinese references whose fields only commas part. A rule of bounds.py."""

from __future__ import annotations

import re

from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.references.model import Stretch

_EAST = r"\u3005\u3040-\u30ff\u3400-\u9fff"
_NAME = rf"[{_EAST}][{_EAST}\s]{{0,12}}[{_EAST}]"
_NAMES = re.compile(rf"(?:[\[(（［]?\d+[\])）］.．]\s*)?(?P<names>{_NAME}(?:\s*[、，,・]\s*{_NAME})*)\s*[：:]\s*(?=\S)")
_NUMBER = re.compile(r"\d+")
_FIELD = re.compile(r"[^、，]+")
_RANGE = re.compile(r"\d\s*[-–~～－]\s*\d|\d\s*[(（]\s*\d+\s*[)）]")
_YEAR = re.compile(r"\s*[(（]?(?:1[5-9]|20)\d\d\D{0,3}\s*$")
_LONGEST_NAMES = 60  # characters


def east_fields(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Names：Title、Journal、Volume、Pages、Year, or Names：Title、House、Place、Year: the colon ends the names."""
    names = _NAMES.match(plain)
    if names is None or len(names["names"]) > _LONGEST_NAMES:
        return stretches
    fields = [_field(plain, found.start(), found.end()) for found in _FIELD.finditer(plain, names.end())]
    first = next((n for n, field in enumerate(fields) if field.label), len(fields))
    words, numbers = fields[:first], [field for field in fields[first:] if field.label]
    if len(words) < 2 or not numbers:
        return stretches
    if any(number.label != "year" for number in numbers):
        rest = [Stretch("journal", words[-1].start, words[-1].end)]
        title_end = words[-2].end
    else:
        house = next((n for n, word in enumerate(words) if n and _is_house(plain[word.start : word.end])), 1)
        labels = ["publisher", *["place"] * (len(words) - house - 1)]
        rest = [Stretch(label, word.start, word.end) for label, word in zip(labels, words[house:], strict=True)]
        title_end = words[house - 1].end
    author = Stretch("author", names.start("names"), names.end("names"))
    return [author, Stretch("title", words[0].start, title_end), *rest, *numbers]


def _field(plain: str, start: int, end: int) -> Stretch:
    label = _numbers(plain[start:end])
    number = _NUMBER.search(plain[:end], start)
    if label == "volume" and number and not _NUMBER.search(plain[:end], number.end()):
        end = number.end()  # the word behind a number, which its form does not allow
    return Stretch(label, start, end)


def _numbers(field: str) -> str:
    """What the numbers of a field are; "" for a field of words."""
    if _YEAR.match(field):
        return "year"
    if not any(char.isdigit() for char in field):
        return ""
    for name in ("pages", "volume", "issue"):
        if lexicon().pattern(name).search(field):
            return "pages" if name == "pages" else "volume"
    found = _RANGE.search(field)
    if found:
        return "volume" if found[0][-1] in ")）" else "pages"
    return "volume" if field.strip().isdecimal() else ""


def _is_house(field: str) -> bool:
    return any(field.strip().endswith(word) for word in lexicon().words("publisher"))
