"""Numbers that are left out or stand twice: references, figures, tables, sections, formulas."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from jatspack.article import Article, Figure, Formula, Reference, Section, TableWrap
from jatspack.config import entry
from jatspack.findings import Finding, finding
from jatspack.read.document import Lines
from jatspack.recognize.body.captions import KINDS, label_at
from jatspack.recognize.body.numbering import numberings
from jatspack.recognize.lexicon import Lexicon
from jatspack.wording import letters

_NUMBER = re.compile(r"(.*?)(\d{1,3})\D*")
_FORMULA = re.compile(r"\s*[(（\[]?\s*(\d{1,3})\s*[)）\]]?\s*")
_FEWEST = 3  # numbers that make a sequence
_WIDEST = 3  # numbers left out in one place; more are another way of counting


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Something with a printed number: the sequence that it belongs to, its place in it, how it is called."""

    kind: str
    sequence: str
    number: int
    printed: str
    lines: tuple[Lines, ...]
    above: str = ""  # of "2.3": "2."
    correction: tuple[str, str, str] = ("", "", "")  # table of article.toml, what finds it there, key of its number


def numbering_gaps(article: Article, lexicon: Lexicon, told: Sequence[Finding]) -> Iterator[Finding]:
    """One finding for each gap and each number that stands twice."""
    missed = {(f.data["kind"], f.data["number"]) for f in told if f.code == "mention-without-target"}
    rows = [*_references(article), *_floats(article, lexicon), *_sections(article)]
    sequences: dict[tuple[str, str], list[_Numbered]] = defaultdict(list)
    for row in rows:
        sequences[row.kind, row.sequence].append(row)
    for found in sequences.values():
        yield from _gaps(found, missed)
        yield from _repeated(found)


def _gaps(rows: list[_Numbered], missed: set[tuple[str, str]]) -> Iterator[Finding]:
    numbers = sorted({row.number for row in rows})
    if len(numbers) < _FEWEST and numbers != [1, 3]:
        return
    left_out = [n for n in range(numbers[0], numbers[-1]) if n not in numbers]
    if numbers[0] == 2:
        left_out.insert(0, 1)
    if len(left_out) * 3 > len(numbers) + 1:
        return  # counted otherwise
    for a, b in zip([numbers[0] - 1, *numbers], numbers, strict=False):
        gap = [n for n in range(a + 1, b) if n in left_out and (rows[0].kind, str(n)) not in missed]
        if gap and len(gap) <= _WIDEST:
            behind = next(row for row in rows if row.number == b)
            said = ", ".join(behind.above + str(n) for n in gap)
            yield finding("number-missing", *behind.lines, kind=behind.kind, number=said, before=behind.printed)


def _repeated(rows: list[_Numbered]) -> Iterator[Finding]:
    counts = Counter((row.number, letters(row.printed)) for row in rows)
    free = {row.number for row in rows}
    seen: set[tuple[int, str]] = set()
    for row in rows:
        key = (row.number, letters(row.printed))
        if key in seen:
            correction = ""
            following = row.number + 1
            if following not in free and row.correction[0]:
                label = str(following).join(row.printed.rsplit(str(row.number), 1))
                correction = _relabelled(row, label)
            yield finding("number-repeated", *row.lines, correction=correction, kind=row.kind, printed=row.printed)
        elif counts[key] > 1:
            seen.add(key)


def _relabelled(row: _Numbered, label: str) -> str:
    table, find, key = row.correction
    line = {"lines": str(row.lines[0][0])} if row.lines else {}
    return entry(table, find=find, **line, **{key: label})


def _references(article: Article) -> Iterator[_Numbered]:
    for n, group in enumerate(article.reference_lists):
        for reference in group.references:
            match = _NUMBER.fullmatch(reference.label.strip())
            if match:
                lines = reference.citations[0].origin.lines[:1]
                offer = ("references", _opening(reference), "label")
                yield _Numbered("reference", f"{n}{match[1]}", int(match[2]), reference.label, lines, correction=offer)


def _opening(reference: Reference) -> str:
    """Enough words of a reference to find it by."""
    text = reference.citations[0].text.text.plain
    return text if len(text) <= 60 else text[:60].rpartition(" ")[0]


def _floats(article: Article, lexicon: Lexicon) -> Iterator[_Numbered]:
    for block in _blocks(article):
        if isinstance(block, Figure | TableWrap):
            for caption in block.captions[:1]:
                label = label_at(caption.label, lexicon)
                match = _NUMBER.fullmatch(label.number) if label else None
                if label and match and match[1] in ("", "s"):
                    role = _role(caption.label, lexicon) or label.kind
                    table = "figures" if isinstance(block, Figure) else "tables"
                    offer = (table, caption.label, f"label.{caption.lang or 'und'}")
                    sequence, lines = f"{match[1]} {caption.lang}", block.origin.lines[:1]
                    yield _Numbered(role, sequence, int(match[2]), caption.label, lines, correction=offer)
        elif isinstance(block, Formula):
            match = _FORMULA.fullmatch(block.label)
            if match:
                yield _Numbered("formula", "", int(match[1]), block.label, block.origin.lines[:1])


def _role(printed: str, lexicon: Lexicon) -> str:
    """A scheme is counted apart from a figure."""
    word = letters(re.sub(r"\d.*", "", printed)) or letters(printed).strip("0123456789")
    return next((role for role in KINDS if word in _labels(role, lexicon)), "")


@cache
def _labels(role: str, lexicon: Lexicon) -> frozenset[str]:
    return frozenset(map(letters, lexicon.words(f"{role}-label")))


def _sections(article: Article) -> Iterator[_Numbered]:
    for block in _blocks(article):
        if isinstance(block, Section) and block.label:
            reading = next(iter(numberings(f"{block.label.strip()} Aa")), None)
            if reading and reading.scheme == "decimal":
                above = "".join(f"{value}." for value in reading.values[:-1])
                title = block.title.plain
                sequence, offer = f"{reading.depth} {above}", ("sections", title, "label")
                number, lines = reading.values[-1], block.origin.lines[:1]
                yield _Numbered("section", sequence, number, block.label, lines, above, offer)


def _blocks(article: Article) -> Iterator[object]:
    stack: list[object] = [*reversed(article.back), *reversed(article.body)]
    while stack:
        block = stack.pop()
        yield block
        stack.extend(reversed(getattr(block, "blocks", ())))
