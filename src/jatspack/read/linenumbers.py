"""Line numbers that a manuscript prints in its margin and an extractor read as the beginning of each line."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from jatspack.read.draft import Draft

# A number with a gap or a letter behind it; an item's number has a dot or bracket.
_NUMBER = re.compile(r"\s{0,3}(\d{1,4})(?:\s+(?=\S)|(?=[^\W\d_]))")
_STOP = re.compile(r"[.!?。！？:：;；|]\W*$")
_STEP = 3  # lines of which a number may be missing
_LEAST = 8  # numbered lines
_FULL = 0.6  # share of lines that are as long as the measure, and of those that end within a sentence
_SHORT = 18  # characters: a shorter measure is a table's or a list's


class _Line(NamedTuple):
    at: int
    number: int
    end: int  # of the number


def remove(draft: Draft) -> None:
    """Take the numbers off wrapped lines that are numbered through."""
    for run in _runs(draft):
        if not _is_wrapped_text(draft, run):
            continue
        for line in run:
            text = draft.lines[line.at]
            draft.remove(line.at, text[: line.end], "line-number")
            draft.lines[line.at] = text[line.end :].rstrip()  # a break at the line's end is the margin's too


def _runs(draft: Draft) -> list[list[_Line]]:
    """Lines whose numbers go on, as far as the lines themselves do."""
    found = [
        _Line(at, int(match[1]), match.end())
        for at, text in enumerate(draft.lines)
        if text and not draft.code[at] and (match := _NUMBER.match(text))
    ]
    runs: list[list[_Line]] = []
    for line in found:
        last = runs[-1][-1] if runs else None
        if last and 0 < line.number - last.number <= _STEP and line.at - last.at <= 2 * _STEP:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [run for run in runs if len(run) >= _LEAST]


def _is_wrapped_text(draft: Draft, run: list[_Line]) -> bool:
    """Full lines that stand together and end where the measure ends, not where a sentence does."""
    texts = [draft.lines[line.at][line.end :].rstrip() for line in run]
    measure = sorted(map(len, texts))[len(texts) * 3 // 4]
    together = sum(b.at - a.at == 1 and b.number - a.number == 1 for a, b in pairwise(run))
    full = sum(len(text) >= 0.6 * measure for text in texts)
    within = sum(not _STOP.search(text) for text in texts)
    return measure >= _SHORT and together >= _LEAST - 2 and min(full, within) >= _FULL * len(texts)
