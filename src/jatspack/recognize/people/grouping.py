"""Words of a byline between its separators, and what makes one person of several such groups or several of one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.likeness import is_position
from jatspack.recognize.people.names import HAN_CHAR, is_initial
from jatspack.recognize.people.runs import part_names
from jatspack.richtext import Rich


@dataclass(slots=True)
class Group:
    """Words between two separators, and the marks that stand at them."""

    words: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    start: int = -1
    end: int = -1
    stop: int = -1
    degrees: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    misread: str = ""


def without_apposition(groups: list[Group], text: Rich, lexicon: Lexicon) -> list[Group]:
    """Degrees and positions between the commas belong to the person before them: ``John Carter, PhD``."""
    out: list[Group] = []
    for group in groups:
        words = " ".join(group.words)
        printed = " ".join(text.text[group.start : group.end].split())
        degree = lexicon.pattern("degree").search(words)
        if out and degree and is_position(words, lexicon) and not lexicon.pattern("position").match(words):
            out[-1].degrees.append(printed)
            out[-1].marks += group.marks
            out[-1].stop = group.end
        elif out and is_position(words, lexicon):
            out[-1].roles.append(printed)
            out[-1].marks += group.marks
            out[-1].stop = group.end
        else:
            out.append(group)
    return out


def join_inverted(groups: list[Group], lexicon: Lexicon) -> list[Group]:
    """``Surname, A. B.``: a group of initials alone belongs to the surname before it."""
    out: list[Group] = []
    for group in groups:
        alone = all(is_initial(w, lexicon) for w in group.words)
        if out and alone and not out[-1].marks and not any(is_initial(w, lexicon) for w in out[-1].words):
            last = out[-1]
            last.words += group.words
            last.marks += group.marks
            last.end = group.end
        else:
            out.append(group)
    return out


def unseparated(group: Group, text: Rich, lexicon: Lexicon) -> list[Group]:
    """``Ivanov A. B. Petrov C. D.``: names that nothing parts, told by the initials that each of them has."""
    initial = [is_initial(w, lexicon) or bool(re.match(r"^[^\W\d_]\.", w)) for w in group.words]
    starts = [i for i in range(len(initial)) if not i or initial[i] != initial[i - 1]]
    runs = len(starts)
    cuts = _capitals(group.words)
    if not cuts and (runs < 4 or runs % 2 or HAN_CHAR.search(group.words[0])):
        return [group]
    cuts = cuts or [starts[i] for i in range(0, runs, 2)]
    out, at = [], group.start
    for a, b in zip(cuts, [*cuts[1:], len(group.words)], strict=True):
        words = group.words[a:b]
        start = text.text.index(words[0], at)
        at = text.text.index(words[-1], start) + len(words[-1])
        out.append(Group(words, [], start, at))
    out[-1].marks = group.marks
    return out


def _capitals(words: list[str]) -> list[int]:
    """``HU Guili YE Xiaofei WANG Yushi``: where names begin with surnames in capitals; nothing where they do not."""
    cuts = [i for i, word in enumerate(words) if len(word) > 1 and word.isalpha() and word.isupper()]
    sizes = [b - a for a, b in pairwise([*cuts, len(words)])]
    return cuts if len(cuts) > 2 and cuts[0] == 0 and set(sizes) <= {2, 3} else []


def unparted(group: Group, lexicon: Lexicon) -> list[Group]:
    """``刘福珍吴江``: Chinese names without a space between them; what stands behind them is the last one's."""
    names = part_names(group.words[0], lexicon) if len(group.words) == 1 else []
    if len(names) < 2:
        return [group]
    out, at = [], group.start
    for name in names:
        out.append(Group([name], [], at, at + len(name)))
        at += len(name)
    last = out[-1]
    last.marks, last.degrees, last.roles, last.stop = group.marks, group.degrees, group.roles, group.stop
    return out
