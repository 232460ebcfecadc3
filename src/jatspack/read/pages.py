"""What a printed page adds to the text: page rules, page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from jatspack.read.draft import Draft

_BREAK = re.compile(
    r"\s*(?:\{\d+\}-{3,}|\\(?:newpage|pagebreak|clearpage)\s*(?:\{\})?|</?div[^<>]*page-break[^<>]*>(?:\s*</div>)?"
    r"|-{3,}\s*\{?\d+\}?\s*-{3,})\s*$",
    re.I,
)
_LONE = re.compile(r"\s*(?:[*_]{1,3})?[-–—|\[(]?\s*(\d{1,4})\s*[-–—|\])]?(?:[*_]{1,3})?\s*$")
_ADDRESS = re.compile(r"\s*<?(?:https?://|www\.)[^\s<>]+>?\s*$")
_NUMBERED = re.compile(r"#+[\s*_]*(?:[(（]?\d|[IVX]{1,4}[.\s]|[一二三四五六七八九十]{1,3}[、.．\s])")
_MANY = 5  # numbered headings
_DIGITS = re.compile(r"\d+")
_LONGEST = 250  # characters of a running head
_MOST_LINES = 3  # of a running foot
_PROSE = 40  # characters: a shorter line is no line of prose
_PAGE = 12  # lines between the numbers of two pages
_MOST_STEP = 4  # pages between two that show their number


def remove(draft: Draft) -> None:
    """Blank what belongs to the page, not to the text."""
    breaks = _rules(draft)
    numbers = _numbers(draft, breaks)
    feet = _feet(draft) | _addresses(draft) | _unnumbered(draft)
    _heads(draft, sorted(breaks | numbers | feet))


def _rules(draft: Draft) -> set[int]:
    """Lines that part pages by their form alone."""
    out = set()
    for at, line in enumerate(draft.lines):
        if line and line.lstrip()[:1] in "{\\<-" and not draft.code[at] and _BREAK.match(line):
            draft.blank(at, "page-break")
            out.add(at)
    return out


def _alone(draft: Draft, at: int) -> bool:
    """A paragraph of one line."""
    lines = draft.lines
    above = at == 0 or not lines[at - 1].strip()
    return above and (at + 1 == len(lines) or not lines[at + 1].strip())


def _numbers(draft: Draft, breaks: set[int]) -> set[int]:
    """Lone numbers that are page numbers: beside a page break, or three and more that count up."""
    found = [
        (at, int(match[1]))
        for at, line in enumerate(draft.lines)
        if len(line) < 20 and not draft.code[at] and (match := _LONE.match(line)) and _alone(draft, at)
    ]
    out = {at for at, _ in found if _near(draft, at, breaks)}
    out |= {at for at, _ in found if _within_sentence(draft, at)}
    chain = _ascending(found)
    apart = len(chain) == 2 == len(found) and chain[1] - chain[0] >= _PAGE
    if len(found) == 1 and _between_prose(draft, found[0][0]):
        out.add(found[0][0])
    if apart or (len(chain) >= 3 and len(chain) * 2 > len(found)):
        out |= set(chain)
    for at in out:
        draft.blank(at, "page-number")
    return out


def _ascending(found: list[tuple[int, int]]) -> list[int]:
    """The longest chain of lines whose numbers grow by small steps."""
    longest: dict[int, tuple[int, int]] = {}  # by number: length of the longest chain that ends with it, its last line
    before: list[int] = []
    for n, (_, number) in enumerate(found):
        length, last = max(longest.get(number - step, (0, -1)) for step in range(1, _MOST_STEP + 1))
        before.append(last)
        longest[number] = max(longest.get(number, (0, -1)), (length + 1, n))
    chain = []
    at = max(longest.values(), default=(0, -1))[1]
    while at >= 0:
        chain.append(found[at][0])
        at = before[at]
    return chain[::-1]


def _between_prose(draft: Draft, at: int) -> bool:
    """Whether paragraphs of prose stand above and below: no text, table or list has a number alone there."""
    before = next((line for line in reversed(draft.lines[:at]) if line.strip()), "").strip()
    after = next((line for line in draft.lines[at + 1 :] if line.strip()), "").strip()
    prose = len(before) > _PROSE and len(after) > _PROSE and before[-1] in '.!?…»”"。！？'
    return prose and (after[0].isalpha() or after[0] in '«“"¿¡')


def _within_sentence(draft: Draft, at: int) -> bool:
    """Whether the text before the line goes on after it."""
    before = next((line for line in reversed(draft.lines[max(at - 6, 0) : at]) if line.strip()), "").rstrip()
    after = next((line for line in draft.lines[at + 1 : at + 7] if line.strip()), "").lstrip()
    return len(before) > _PROSE and before[-1].isalnum() and after[:1].islower()


def _near(draft: Draft, at: int, marks: set[int]) -> bool:
    """Whether only empty lines stand between the line and a mark."""
    for step in (-1, 1):
        n = at + step
        while 0 <= n < len(draft.lines):
            if n in marks:
                return True
            if draft.lines[n].strip():
                break
            n += step
    return False


def _feet(draft: Draft) -> set[int]:
    """Lines that recur and differ only in a number that counts up: running heads with the page number in them."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(draft.lines):
        if 8 < len(line) <= _LONGEST and not draft.code[at] and line[0] not in "#|<!" and _DIGITS.search(line):
            groups[_DIGITS.sub("0", line.strip())].append(at)
    out = set()
    for template, places in groups.items():
        if len(places) < 3 or len(template.split()) < 4:
            continue
        rows = [[int(n) for n in _DIGITS.findall(draft.lines[at])] for at in places]
        columns = list(zip(*rows, strict=True))
        varying = [column for column in columns if len(set(column)) > 1]
        if len(varying) != 1 or not all(0 < b - a <= _MOST_STEP for a, b in pairwise(varying[0])):
            continue
        if not _edge(columns, varying[0], template):
            continue
        if sum(_alone(draft, at) for at in places) * 3 >= len(places) * 2:
            out |= set(places)
        elif rest := _same_paragraph(draft, places):
            out |= {at + step for at in places for step in rest}
    for at in out:
        draft.blank(at, "running-head")
    return out


def _addresses(draft: Draft) -> set[int]:
    """A web address that stands alone on a line three times and more is the journal's."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(draft.lines):
        if len(line) <= _LONGEST and not draft.code[at] and _ADDRESS.match(line) and _alone(draft, at):
            places[line.strip()].append(at)
    out = {at for group in places.values() if len(group) >= 3 for at in group}
    for at in out:
        draft.blank(at, "running-head")
    return out


def _unnumbered(draft: Draft) -> set[int]:
    """A heading without a number that recurs among numbered ones is the journal's name."""
    headings = [(at, line.strip()) for at, line in enumerate(draft.lines) if line[:1] == "#" and not draft.code[at]]
    plain: dict[str, list[int]] = defaultdict(list)
    for at, line in headings:
        if not _NUMBERED.match(line):
            plain[line].append(at)
    numbered = len(headings) - sum(map(len, plain.values()))
    if numbered < max(_MANY, len(plain)):
        return set()
    first = next(at for at, line in headings if _NUMBERED.match(line))
    out = {at for places in plain.values() if len(places) > 1 and places[0] > first for at in places}
    for at in out:
        draft.blank(at, "running-head")
    return out


def _same_paragraph(draft: Draft, places: list[int]) -> range | None:
    """The lines of a foot that is printed on two or three, counted from the one with the number; all must recur."""
    shapes = set()
    for at in places:
        first, last = at, at
        while first and draft.lines[first - 1].strip():
            first -= 1
        while last + 1 < len(draft.lines) and draft.lines[last + 1].strip() and last - first < _MOST_LINES:
            last += 1
        others = tuple(draft.lines[n] for n in range(first, last + 1) if n != at)
        shapes.add((first - at, last - at, others))
        if last - first >= _MOST_LINES or len(shapes) > 1:
            return None
    first, last, _ = shapes.pop()
    return range(first, last + 1)


def _edge(columns: list[tuple[int, ...]], varying: tuple[int, ...], template: str) -> bool:
    """The page number is the first or the last word of the line."""
    words = [word.strip("*_|·—–- ") for word in template.split()]
    words = [word for word in words if word]
    return bool(words) and (
        (columns[0] == varying and words[0] == "0") or (columns[-1] == varying and words[-1] == "0")
    )


def _heads(draft: Draft, marks: list[int]) -> None:
    """Lines that recur word for word, mostly beside a place where a page ends."""
    if len(marks) < 2:
        return
    near: dict[str, list[int]] = defaultdict(list)
    for mark in marks:
        for step in (-1, 1):
            n, seen = mark + step, 0
            while 0 <= n < len(draft.lines) and seen < 2 and abs(n - mark) < 12:
                line = draft.lines[n].strip()
                if line and not draft.code[n]:
                    seen += 1
                    if 3 < len(line) <= _LONGEST and line[0] not in "|<!":
                        near[line].append(n)
                n += step
    everywhere: dict[str, set[int]] = defaultdict(set)
    for at, line in enumerate(draft.lines):
        if line.strip() in near:
            everywhere[line.strip()].add(at)
    for line, places in near.items():
        beside = {at for at in places if _alone(draft, at)}
        often = len(beside) >= 3 or (len(beside) == 2 and len(everywhere[line]) == 2 and line[0] != "#")
        if often and len(beside) * 3 >= len(everywhere[line]) * 2:
            for at in everywhere[line]:
                draft.blank(at, "running-head")
