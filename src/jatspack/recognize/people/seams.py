"""Where a paragraph of the front matter goes over from a title to names, and from names to their address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.likeness import institutions, looks_like_byline
from jatspack.recognize.people.marks import RAISED, STAR, raises
from jatspack.recognize.people.names import is_initial
from jatspack.recognize.people.runs import HAN, name_before_address, name_behind_title, part_names
from jatspack.richtext import Rich

LONGEST = 1500  # characters of such a paragraph
LONGEST_TITLE = 500  # of a title and its names
NAME_LIKE = 0.6
AHEAD = 2  # characters that a pattern looks at behind a seam
SIGNS = rf"\d{RAISED}{re.escape(STAR)}"
MOST = 4  # words for institutions that are tried
LONGEST_NAME = 4  # Chinese characters
NEAR = 90  # characters from a seam to the word for an institution
BRACKET = re.compile(r"[(（]\s*(?=\S[^()（）]{3,})")
PARTING = ("", *",;，；、.&)）")
SEPARATOR = re.compile(r"[,;，；、]")
GLUED_FIGURE = re.compile(r"\d(?=[^\W\d_])")
CLOSED = re.compile(r"[)）]")
MARKED = re.compile(
    rf"[^\W\d_{RAISED}]\s?[{SIGNS}](?:[,，.]\s?[{SIGNS}]|[{SIGNS}]|[,，]\s?[a-z]\b)*(?:\s+|(?<=[{RAISED}{re.escape(STAR)}]))(?=[^\W_])"
)
INITIALS = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,},?\s(?:[^\W\d_]\.\s?){1,3}(?<=\s)(?=[^\W\d_]{2})")
LEAST_BEFORE = 2  # names that tell how many words a name has
WORD = re.compile(r"[^\W\d_]+(?:[-’'.][^\W\d_]+)*")
LETTER = re.compile(r"\s*[^\W\d_]")
FIRST = re.compile(r"[^\W\d_]+\.?")
MARK_END = re.compile(rf"[{SIGNS}]\s+(?=\d\Z)|[{RAISED}{re.escape(STAR)}]\s*\Z|\d\s+\Z")
NEXT = re.compile(r"\s+([^\W\d_]+)")
LAST = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]+[\s-]+){1,3}\Z")
CAPITALS = re.compile(r"\b[^\W\d_a-z]{2,}\b")


def seams(text: Rich, lexicon: Lexicon) -> set[int]:
    """Offsets in `text` where names begin behind a title, and where an address begins behind names."""
    if len(text.text) > LONGEST:
        return set()
    if len(text.text) < LONGEST_TITLE and (at := _styled(text, lexicon)):
        return {at}
    places = institutions(GLUED_FIGURE.sub(" ", text.text), lexicon)
    address = _bracket(text, places)
    for at in () if address else places[:MOST]:
        address = address or _glued(text.text, at, lexicon) or _lettered(text, at, lexicon)
    names = _title(text.text[: address or len(text)], lexicon)
    if not (address or names) or any(names <= place < (address or len(text)) for place in places):
        return set()
    if looks_like_byline(text[names : address or None].strip(), lexicon) <= NAME_LIKE:
        return set()
    return {address, names} - {0}


def _styled(text: Rich, lexicon: Lexicon) -> int:
    """*Names* **Title** in one line: where the style changes, names stand on one side only."""
    at = 0
    bounds = []
    before: frozenset[str] | None = None
    for run in text:
        style = run.style & {"bold", "italic"}
        if run.text.strip() and "sup" not in run.style:
            if before is not None and style != before:
                bounds.append(at)
            before = style
        at += len(run.text)
    if len(bounds) != 1 or not text.run_at(0).style & {"bold", "italic"} or not LETTER.match(text.text, bounds[0]):
        return 0
    head = text.text[: bounds[0]].rstrip()
    if head.endswith((":", "：", "—", "–", "-")) or lexicon.label_whole(head.strip(" .")):
        return 0
    sides = [looks_like_byline(part.strip(), lexicon) for part in (text[: bounds[0]], text[bounds[0] :])]
    return bounds[0] if max(sides) > NAME_LIKE and min(sides) < NAME_LIKE / 2 else 0


def _bracket(text: Rich, places: Sequence[int]) -> int:
    """``Names (1. Institute …; 2. …)``: the first bracket that an institution stands in."""
    for match in BRACKET.finditer(text.text, 2):
        start = match.start()
        at = next((place for place in places if place > start), start + NEAR)
        if at < start + NEAR and not CLOSED.search(text.text, start, at):
            return start
    return 0


def _glued(text: str, at: int, lexicon: Lexicon) -> int:
    """Names and an institution in one run of Chinese characters."""
    run = next((m for m in HAN.finditer(text, 0, len(text)) if m.start() <= at < m.end()), None)
    if run is None:
        return 0
    if behind := MARK_END.search(text, 0, run.start()):
        return behind.end()
    end = name_before_address(run[0], at - run.start(), text[run.end() :], lexicon)
    return run.start() + end if end else 0


def _lettered(text: Rich, at: int, lexicon: Lexicon) -> int:
    """Behind the last mark or the last initials before the institution, or right before its first word."""
    plain = text.text
    ends = [m.end() for m in MARKED.finditer(plain, 0, at + AHEAD)] + _raised(text, at)
    near = [end for end in ends if end <= at < end + NEAR]
    if near:
        return 0 if SEPARATOR.search(plain, max(near), at) else max(near)
    first = FIRST.search(plain)
    if first and not is_initial(first[0], lexicon):
        near = [m.end() for m in INITIALS.finditer(plain, 0, at + AHEAD) if m.end() <= at < m.end() + NEAR]
        if near and not SEPARATOR.search(plain, max(near), at):
            return max(near)
    if counted := _counted(plain, at):
        return counted
    word = FIRST.match(plain, at)
    behind = NEXT.match(plain, word.end()) if word else None
    name = LAST.search(plain, max(at - NEAR, 0), at)
    if behind and behind[1].islower() and name and CAPITALS.search(name[0]):
        return at
    return 0


def _counted(plain: str, at: int) -> int:
    """Behind the last name, where all names before have as many words: ``Lin Yue, Gao Ting, Shen Bo Key …``."""
    start = max((m.end() for m in SEPARATOR.finditer(plain, 0, at)), default=0)
    sizes = [len(WORD.findall(name)) for name in SEPARATOR.split(plain[: max(start - 1, 0)])]
    words = list(WORD.finditer(plain, start, at))
    if len(sizes) < LEAST_BEFORE or len(set(sizes)) > 1 or not 1 < sizes[0] <= len(words):
        return 0
    return words[sizes[0] - 1].end()


def _raised(text: Rich, at: int) -> list[int]:
    """Ends of raised marks behind a name that something other than a separator follows."""
    out, offset, letter = [], 0, False
    for run in text:
        end = offset + len(run.text)
        raised = "sup" in run.style or raises(run)
        if raised and letter and end <= at and text.text[end:].lstrip()[:1] not in PARTING:
            out.append(end)
        if run.text.strip():
            letter = not raised and run.text.strip()[-1].isalpha()
        offset = end
    return out


def _title(text: str, lexicon: Lexicon) -> int:
    """Where the names begin in ``…的影响陈明 刘永坚 …``; 0 where the text begins with a name."""
    runs = list(HAN.finditer(text))
    if len(runs) < 2 or runs[0].start() > 2:
        return 0
    names = [len(run[0]) <= LONGEST_NAME or len(part_names(run[0], lexicon)) > 1 for run in runs]
    at = max((n for n, name in enumerate(names) if not name), default=-1)
    if at < 0 or at == len(runs) - 1:
        return 0
    begin = name_behind_title(runs[at][0], lexicon)
    return runs[at].start() + begin if begin else 0
