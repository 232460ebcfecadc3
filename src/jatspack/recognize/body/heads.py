"""Evidence that a heading, a paragraph or the first words of a paragraph are the head of a section.

Nothing is decided by one feature: every feature is a row with a weight, and a head is what reaches ENOUGH.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from jatspack.article import Figure, Formula, TableWrap
from jatspack.read.document import Code, Definitions, Heading, Lines, ListBlock, Paragraph, Quote
from jatspack.recognize.body.context import Item, Work
from jatspack.recognize.body.numbering import Numbering, Scheme, follows, numberings
from jatspack.richtext import HARD_BREAK, OBJECT, Rich

Form = Literal["marked", "paragraph", "run-in", "item"]
ENOUGH = 1.5
CORE = frozenset({"intro", "methods", "materials", "materials|methods", "results", "discussion", "conclusions"})

_CLOSE = re.compile(r"\s*([.:：。]|[-–—]+)\s*$")
_AFTER_STYLE = re.compile(r"\s*([.:：。]|[–—]|-(?=\s))\s*")
_INNER_SENTENCE = re.compile(r"[^\W\d_]{3,}[.?!]\s+[^\W\d_]")
_STATEMENT = re.compile(r"[^\W\d_]+\s+[\dA-ZА-Я]+(?:\.\d+)*")  # Theorem 1, Step 2
_OTHER_ROLES = ("figure", "table", "formula", "note", "keywords", "email", "orcid", "doi", "page", "citation")
_BRACKETED = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?){1,4}")
_VISIBLE = re.compile(r"[^\W_]")


@dataclass(slots=True)
class Head:
    """A candidate: where it stands, what it looks like, and the weights of its evidence."""

    at: int
    form: Form
    text: Rich  # the head as printed, with its number and closing mark
    rest: Rich | None  # the text that a run-in head runs into
    lines: Lines
    level: int = 0  # of a marked heading
    style: frozenset[str] = frozenset()
    capitals: bool = False
    closing: str = ""  # "." ":" "-" or nothing
    numbers: list[Numbering] = field(default_factory=list)
    number: Numbering | None = None
    sec_type: str = ""
    evidence: list[tuple[str, float]] = field(default_factory=list)

    @property
    def weight(self) -> float:
        return sum(weight for _, weight in self.evidence)

    @property
    def look(self) -> tuple[Form, int, frozenset[str], bool, str]:
        """What makes two heads look alike to a reader."""
        return (self.form, self.level, self.style, self.capitals, self.closing if self.form == "run-in" else "")


def find_heads(items: list[Item], work: Work) -> list[Head]:
    """All heads of the body with enough evidence, in order."""
    heads = [head for n, item in enumerate(items) for head in _candidates(n, item)]
    for head in heads:
        _look_at_words(head, work)
    _look_at_company(heads, items)
    _settle_numbers(heads)
    return [head for head in heads if head.weight >= ENOUGH]


def _candidates(at: int, item: Item) -> list[Head]:
    match item:
        case Heading():
            return [_head(at, "marked", item.text, None, item.lines, item.level)] if item.text.plain else []
        case ListBlock():
            return _numbered_line(at, item)
        case Paragraph():
            whole, run_in = _whole_paragraph(at, item), _run_in(at, item)
            if whole and (whole.style or not any(_words(head) for head in run_in)):
                return [whole]
            return run_in
    return []


def _words(head: Head) -> bool:
    """Whether a head has more than its number: in ``**2.1.** Study area`` the bold number runs into the head itself."""
    plain = head.text.plain
    return sum(letter.isalpha() for letter in plain[head.numbers[0].end if head.numbers else 0 :]) > 1


def _head(at: int, form: Form, text: Rich, rest: Rich | None, lines: Lines, level: int = 0) -> Head:
    visible = [run for run in text if _VISIBLE.search(run.text)]
    styles: frozenset[str] = frozenset(("bold", "italic", "underline", "sc"))
    style = frozenset.intersection(*(run.style for run in visible)) & styles if visible else frozenset()
    letters = [letter for letter in text.text if letter.isalpha()]
    capitals = (
        len(letters) > 3 and not any(letter.islower() for letter in letters) and any(c.isupper() for c in letters)
    )
    closing = _CLOSE.search(text.text)
    head = Head(at, form, text, rest, lines, level, frozenset(style), capitals)
    head.closing = "-" if closing and closing[1][0] in "-–—" else closing[1] if closing else ""
    head.closing = {"：": ":", "。": "."}.get(head.closing, head.closing)
    head.numbers = numberings(text.text)
    return head


def _numbered_line(at: int, item: ListBlock) -> list[Head]:
    """`1. Introduction` on a line of its own reads as a list of one item."""
    if not item.ordered or len(item.items) != 1 or len(item.items[0]) != 1:
        return []
    inner = item.items[0][0]
    if not isinstance(inner, Paragraph | Heading) or not inner.text.plain:
        return []
    printed = item.delimiter.replace("1", _printed_number(item))
    text = Rich.of(printed + " ", item.lines[0]) + inner.text
    return [_head(at, "item", text, None, item.lines)]


def _printed_number(item: ListBlock) -> str:
    if item.number_style == "upper-roman":
        return ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"][min(item.start, 12) - 1]
    if item.number_style == "upper-alpha":
        return chr(ord("A") + item.start - 1)
    return str(item.start)


def _whole_paragraph(at: int, item: Paragraph) -> Head | None:
    text = item.text
    if HARD_BREAK in text.text.strip() or OBJECT in text.text or len(text.text) > 200 or not _VISIBLE.search(text.text):
        return None
    head = _head(at, "paragraph", text.strip(), None, item.lines)
    styled = head.style & {"bold", "italic", "underline"}
    return head if styled or head.capitals or head.numbers or len(text.plain) < 80 else None


def _run_in(at: int, item: Paragraph) -> list[Head]:
    text = item.text
    lead = len(text.text) - len(text.text.lstrip())
    end = _styled_end(text, lead)
    if end <= lead or end >= len(text):
        return []
    inside = _CLOSE.search(text.text[:end])
    closed = end
    if not inside:
        after = _AFTER_STYLE.match(text.text, end)
        if not after:
            return []
        closed = after.end()
    rest = text[closed:].strip()
    if not rest.plain:
        return []
    head = _head(at, "run-in", text[lead:closed].strip(), rest, item.lines)
    if not head.style:
        return []
    head.evidence.append(("closed inside its style", 0.2) if inside else ("closed after its style", -0.1))
    return [head]


def _styled_end(text: Rich, lead: int) -> int:
    """Where the bold (else italic) words at the start end."""
    at = 0
    base: frozenset[str] | None = None
    for run in text:
        end = at + len(run.text)
        if end > lead and run.text.strip():
            style = run.style & {"bold", "italic"}
            if base is None:
                base = style
            shared = base & style
            if not shared or run.object is not None:
                return at
            base = shared
        at = end
    return at


def _look_at_words(head: Head, work: Work) -> None:
    """Evidence from the head's own words."""
    add = head.evidence.append
    plain = head.text.plain
    title = plain[head.numbers[0].end :] if head.numbers and head.numbers[0].end < len(plain) else plain
    title = _CLOSE.sub("", title)
    words = len(title.split())
    head.sec_type = work.lexicon.section_type(title)[0]
    add({"marked": ("marked as heading", 3.0), "item": ("a numbered line", 0.6)}.get(head.form, ("plain", 0.0)))
    if head.form in ("paragraph", "run-in", "item"):
        if "bold" in head.style:
            add(("bold", 1.2))
        elif head.style & {"italic", "underline"}:
            add(("italic", 0.6))
        elif head.capitals:
            add(("in capitals", 0.9))
    if head.sec_type:
        add(("a section's usual title", 1.2 if head.form != "paragraph" or len(plain) < 60 else 0.6))
    if len(title) <= 60 and (words <= 9):
        add(("short", 0.3))
    if len(title) > 120 and head.form != "marked":
        add(("long", -1.5))
    if head.form == "marked" and len(title) > 220:
        add(("as long as a paragraph", -2.5))
    if not _VISIBLE.search(title) or sum(letter.isalpha() for letter in title) < 2:
        add(("no words", -2.0))
    if head.form != "marked" and (_BRACKETED.fullmatch(title) or _INITIALS.fullmatch(head.text.plain)):
        add(("all in brackets, or nothing but initials", -2.5))
    if title[:1].islower():
        add(("starts small", -1.0 if head.form != "marked" else -0.3))
    if title.endswith((",", ";", "，", "；", "、")) and head.form != "marked":
        add(("ends open", -2.5))
    lead = re.match(r"[\s*]*", head.text.text)
    if work.lexicon.label_at(head.text.text, lead.end() if lead else 0, roles=_OTHER_ROLES):
        add(("another kind of label", -2.0))
    if head.form == "run-in":
        _look_at_run_in(head, title, words)
    elif head.form != "marked":
        _look_at_line(head, title, words)


def _look_at_run_in(head: Head, title: str, words: int) -> None:
    add = head.evidence.append
    add(
        {":": ("closed by a colon", 0.5), ".": ("closed by a full stop", 0.3)}.get(
            head.closing, ("closed by a dash", 0.2)
        )
    )
    rest = head.rest.plain if head.rest else ""
    start = rest.lstrip("\"'“«„([")[:1]
    if start.islower():
        add(("the text goes on small", -1.5 if head.closing == "." else -0.3))
    elif start:
        add(("the text starts anew", 0.3))
    if words > 14:
        add(("many words", -1.0))
    if _INNER_SENTENCE.search(title):
        add(("a sentence ends inside", -1.0))
    if _STATEMENT.fullmatch(title):
        add(("numbered like a statement", -1.0))
    if len(title) < 3:
        add(("a letter only", -1.0))
    if len(rest.split()) < 3 and len(rest) < 15:
        add(("hardly any text follows", -0.8))


def _look_at_line(head: Head, title: str, words: int) -> None:
    add = head.evidence.append
    if head.closing == ":":
        add(("closed by a colon", 0.3 if head.style else -0.8))
    elif head.closing == "." and words > 8:
        add(("a whole sentence", -1.2))
    elif head.closing == "." and not head.style and not head.sec_type:
        add(("closed by a full stop", -0.8))
    elif head.text.plain.endswith(("?", "!")):
        add(("closed by a question mark", -0.2))
    if _INNER_SENTENCE.search(title):
        add(("a sentence ends inside", -1.2))


def _look_at_company(heads: list[Head], items: list[Item]) -> None:
    """Evidence from what follows and from the other heads that look the same."""
    likely = {head.at for head in heads if head.weight > 0.5}
    alike = Counter(head.look for head in heads if head.weight > 0.5)
    for head in heads:
        add = head.evidence.append
        same = alike[head.look]
        if same >= 3 and head.style:
            add(("its style recurs", 0.6))
        elif same == 2 and head.style:
            add(("its style recurs", 0.4))
        if head.form == "run-in":
            continue
        after = items[head.at + 1] if head.at + 1 < len(items) else None
        texts = (Paragraph, ListBlock, Figure, TableWrap, Formula, Quote, Code, Definitions)
        if after is None:
            add(("nothing follows", -1.5 if head.form != "marked" else -0.5))
        elif isinstance(after, texts) and head.at + 1 not in likely:
            add(("text follows", 0.3))
        elif head.form == "paragraph" and not head.numbers and isinstance(after, Paragraph):
            add(("a line among lines", -0.6))


def _settle_numbers(heads: list[Head]) -> None:
    """Choose between the readings of each number; a weak one counts only where it goes on with the sequence."""
    before: dict[Scheme, Numbering] = {}  # the last of each scheme
    later = {(n.scheme, n.values) for head in heads for n in head.numbers}
    for head in heads:
        if head.form == "run-in" and not head.style:
            continue
        fitting = [n for n in head.numbers if follows(n, before) and (not n.weak or _has_company(n, later))]
        strong = [n for n in head.numbers if not n.weak]
        head.number = next(iter([*fitting, *strong]), None)
        if head.number is None:
            continue
        if head.number in fitting:
            head.evidence.append(("its number goes on", 1.0 if head.number.depth > 1 else 0.7))
        elif head.form != "marked":
            head.evidence.append(("its number stands out of sequence", -1.0))
        if head.number.depth > 1 and head.number.scheme == "decimal":
            head.evidence.append(("numbered in steps", 0.6))
        if head.weight >= ENOUGH:
            before[head.number.scheme] = head.number


def _has_company(number: Numbering, others: set[tuple[Scheme, tuple[int, ...]]]) -> bool:
    """A lone `I.` or `2` is no numbering: its neighbour must stand somewhere too."""
    parent, last = number.values[:-1], number.values[-1]
    neighbours = [(*parent, last - 1), (*parent, last - 2), (*parent, last + 1), (*number.values, 1)]
    return any((number.scheme, values) in others for values in neighbours)
