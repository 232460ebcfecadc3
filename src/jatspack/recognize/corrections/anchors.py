"""Corrections find what they are about by its words; line numbers only help to choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from jatspack.read.document import Lines
from jatspack.wording import letters

T = TypeVar("T")
LIKE = 90.0  # per cent of the letters that must be the same where a source was changed a little
ENOUGH = 16  # letters and digits from which on likeness counts


@dataclass(frozen=True, slots=True)
class Place(Generic[T]):
    """Something that a correction can be about. `names` must be given whole, of `texts` the first words do."""

    target: T
    lines: Lines
    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """The one place that is meant; None with no `rivals` where there is none, with them where there are several."""

    place: Place[T] | None
    rivals: tuple[Place[T], ...] = ()


def locate(find: str, hint: str, places: Sequence[Place[T]]) -> Found[T]:
    """The place that is called `find`, else that begins with it, else that begins very much like it."""
    wanted = letters(find)
    if not wanted:
        return Found(None)
    tests: list[Callable[[Place[T]], bool]] = [
        lambda p: any(letters(t) == wanted for t in p.names),
        lambda p: any(letters(t) == wanted for t in p.texts),
        lambda p: any(letters(t[: _reach(find)]).startswith(wanted) for t in p.texts),
    ]
    if len(wanted) >= ENOUGH:
        tests.append(lambda p: any(_alike(wanted, t[: _reach(find)]) for t in p.texts))
    for test in tests:
        found = [p for p in places if test(p)]
        if found:
            return nearest(found, hint)
    return Found(None)


def nearest(found: Sequence[Place[T]], hint: str) -> Found[T]:
    """Of several places the one nearest to the hint."""
    if len(found) > 1 and hint:
        line = int(hint.partition("-")[0])
        least = min(_apart(p.lines, line) for p in found)
        found = [p for p in found if _apart(p.lines, line) == least]
    return Found(found[0]) if len(found) == 1 else Found(None, tuple(found))


def _reach(find: str) -> int:
    """Characters of a text that can hold as many letters as `find`, markup and spaces allowed for."""
    return 4 * len(find) + 40


def _alike(wanted: str, text: str) -> bool:
    return fuzz.ratio(wanted, letters(text)[: len(wanted)]) >= LIKE


def _apart(lines: Lines, line: int) -> int:
    return 0 if lines[0] <= line <= lines[1] else min(abs(line - lines[0]), abs(line - lines[1]))
