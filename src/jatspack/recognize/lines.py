"""The lines of a paragraph: prose that an extractor wrapped, or a stack of lines that each say something.

In wrapped prose a line ends because the next word did not fit. In a stack (byline, address, e-mail) it ends
because it is over. So a line end is only one if the next line's first word had still found room, or if the
next line begins with something that opens: a label, a raised mark, an e-mail address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from jatspack.read.document import Block, Paragraph
from jatspack.recognize.lexicon import Lexicon
from jatspack.richtext import HARD_BREAK, Rich

LEAD_IN = re.compile(r"[\s【\[(（<«“\"”*•▪■◆➢✓·_\-–—]*")  # what may stand before a label
LINE_END = re.compile(f"[\n{HARD_BREAK}]")
WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]")
FIRST_WORD = re.compile(r"\s*(\S+)")
MAIL_FIRST = re.compile(r"\W{0,3}[\w.+-]{2,40}\s?@")
CONTACT_LAST = re.compile(r"[\w-]@[\w-]{1,60}\.[\w.-]{2,60}$|\d{4}-\d{3}[\dXx]$")  # an address, an ORCID
SENTENCE_OVER = (".", "!", "?", ":", ";", "。", "；", "：", "！", "？")
NARROWEST = 40  # columns; narrower text is not told from a stack of lines
EVEN = 0.6  # the shortest full line of wrapped prose, as a share of the longest
FILL = 0.86  # how full a line is that had no room for the next word (proportional type is uneven)
FEW = 3  # wrapped paragraphs that show a document to be wrapped
MANY = 4
AFRESH = 0.8  # of the lines begin with a capital or a number: a stack
MOST_LINES = 60


def width(text: str) -> int:
    """Columns that a text takes; an East Asian character takes two."""
    return len(text) + len(WIDE.findall(text))


def wrapped_at(blocks: Sequence[Block]) -> float:
    """The width to which a document's prose is wrapped; 0 where every paragraph is one line."""
    found = []
    for block in blocks:
        if isinstance(block, Paragraph) and "\n" in block.text.text:
            column = _column(block.text.text.split("\n"))
            if column:
                found.append(column)
    return median(found) if len(found) >= FEW else 0.0


def _column(lines: Sequence[str]) -> int:
    """The width of a paragraph whose lines are evenly long; 0 if they are not, or if nearly all begin afresh."""
    widths = [width(line.rstrip()) for line in lines]
    full = widths[:-1]
    if len(full) < 2 or max(full) < NARROWEST or min(full) < EVEN * max(full) or _afresh(lines):
        return 0
    return max(widths)


def _afresh(lines: Sequence[str]) -> bool:
    """Whether lines begin with capitals or numbers so often that they are no wrapped prose."""
    firsts = [line.lstrip()[:1] for line in lines[1:]]
    return len(firsts) >= MANY and sum(c.isupper() or c.isdigit() for c in firsts) >= AFRESH * len(firsts)


def line_starts(text: Rich, lexicon: Lexicon, roles: frozenset[str], column: float) -> set[int]:
    """Offsets where lines begin that are more than the wrap of the line before. `column`: see `wrapped_at`."""
    plain = text.text
    ends = [m.end() for m in LINE_END.finditer(plain)]
    if not ends:
        return set()
    lines = [plain[a:b] for a, b in zip([0, *ends], [*ends, len(plain)], strict=True)]
    if HARD_BREAK not in plain:
        column = _column(lines) or column
    out = set()
    for at, before, line in zip(ends, lines, lines[1:], strict=False):
        over = before.endswith(HARD_BREAK) or not _runs_on(before.rstrip(), line, column)
        if (over and len(ends) <= MOST_LINES) or _opens(text, at, line, lexicon, roles):
            out.add(at)
    return out


def is_small(letter: str) -> bool:
    """Whether a letter is one that no sentence begins with. Georgian letters count as small, but have no capitals."""
    return letter.islower() and not "\u10d0" <= letter <= "\u10ff"


def _runs_on(before: str, line: str, column: float) -> bool:
    """Whether a line is the wrap of the one before: that one was full, or breaks off in a sentence."""
    first = FIRST_WORD.match(line)
    word = first[1] if first else ""
    if before.endswith(("-", "\u2010", "\u00ad")) and word[:1].islower():
        return True
    if CONTACT_LAST.search(before[-80:]) and not word[:1].islower():
        return False
    if WIDE.match(word):
        word = word[:1]
    if column and width(before) + 1 + width(word) >= FILL * column:
        return True
    return is_small(word[:1]) and "@" not in word and not before.endswith(SENTENCE_OVER)


def _set_apart(text: Rich, at: int) -> bool:
    """Whether the line before is bold or italic from end to end, and this one is not."""
    start = max(text.text.rfind("\n", 0, at - 1), text.text.rfind(HARD_BREAK, 0, at - 1)) + 1
    style = text.run_at(start).style & {"bold", "italic"}
    if not style or not style - text.run_at(at).style:
        return False
    return all(text[start : at - 1].strip().all(one) for one in style - text.run_at(at).style)


def _opens(text: Rich, at: int, line: str, lexicon: Lexicon, roles: frozenset[str]) -> bool:
    """Whether a line inside a paragraph begins something: a label, a raised mark, an e-mail address."""
    if "sup" in text.run_at(at).style or MAIL_FIRST.match(line) or _set_apart(text, at):
        return True
    lead = LEAD_IN.match(line)
    start = lead.end() if lead else 0
    styled = bool(text.run_at(min(at + start, len(text) - 1)).style) and not text.run_at(at - 1).style
    return any(
        (m.delimiter.strip() or styled) and not line[m.start].islower() for m in lexicon.label_at(line, start, roles)
    )
