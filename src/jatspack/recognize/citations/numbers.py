"""Citations by number: [3], [1, 4-6], [3, p. 45], [5]–[8], superscripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jatspack.recognize.citations.works import Works
from jatspack.richtext import Math, Rich

BRACKET = re.compile(r"[\[［【]([^\[\]［］【】]{1,80})[\]］】]")
ITEM = re.compile(r"(?<![\d.])(\d{1,3})(?:\s?[-‐–—−~～]\s?(\d{1,3}))?(?![\d.]\d)")
CLAUSE = re.compile(r"[;；]")
PIECE = re.compile(r"[^,，、;；]+")
RAISED = re.compile(r"[\[(（]?\s*\d{1,3}(?:\s*[-‐–—−,，;、]\s*\d{1,3})*\s*[\])）]?[.,]?")
SMALL = re.compile(r"[¹²³⁰⁴-⁹]+(?:\s?[,⁻–-]\s?[¹²³⁰⁴-⁹]+)*")
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
# What a raised digit is an exponent, a charge or an isotope of: m², 10³, R², 95²
EXPONENT = re.compile(r"(?:\d|(?<![^\W\d_])(?:[ckmdµn]?m|s|[a-zA-Zα-ωΑ-Ω])|[=×·*/^(])$")
INDEXED = re.compile(r"(?<![^\W_])[A-Za-z]$")
NEAR = 20  # characters before a bracket that are looked at
LONGEST_RANGE = 60
BEYOND = 30  # numbers behind the last one of the list that may still be a reference's, beside one of the list
LITTLE = 5  # the same for a bracket that holds no other
IN_TEX = re.compile(r"\^\s?\{\s?\[([\d\s,–-]{1,40})\]")


@dataclass(frozen=True, slots=True)
class Mention:
    """One printed number. A range has two, its ends; `between` are the numbers that only the range cites."""

    start: int
    end: int
    number: int
    between: tuple[int, ...] = ()


def brackets(text: str, works: Works, *, partly: bool = False) -> Iterator[list[Mention]]:
    """The mentions of each bracket that cites; a page behind a number cites nothing.

    `partly`: some of the numbers may be missing from the list, as far as the list goes on a little further.
    """
    for bracket in BRACKET.finditer(text):
        if not bracket[1].lstrip()[:1].isdigit() or _is_index(text, bracket):
            continue
        found: list[Mention] = []
        at = bracket.start(1)
        for clause in CLAUSE.split(bracket[1]):
            found += items(clause, at)
            at += len(clause) + 1
        known = sum(works.has(m.number) for m in found)
        before = text[max(0, bracket.start() - NEAR) : bracket.start()]
        if found and (known == len(found) or (partly and _may_cite(found, known, works, before))):
            yield found


def _may_cite(found: list[Mention], known: int, works: Works, before: str) -> bool:
    """Whether numbers that are not in the list are references all the same: not [0, 1], not [100], not a[7]."""
    numbers = [m.number for m in found]
    if min(numbers) < 1 or numbers != sorted(set(numbers)):
        return False
    if not before.strip() or INDEXED.search(before[-2:]):  # the first: an entry of a list that was not read as one
        return False
    return max(numbers) <= works.highest + (BEYOND if known else LITTLE)


def in_formulas(text: Rich) -> Iterator[tuple[int, int]]:
    """(number, line) of citations that an extractor took into a formula: 50\\%^{[1]}."""
    for run in text:
        if isinstance(run.object, Math) and "[" in run.object.tex:
            for match in IN_TEX.finditer(run.object.tex):
                for mention in items(re.sub(r"(?<=\d)\s(?=\d)", "", match[1]), 0):
                    for number in (mention.number, *mention.between):
                        yield number, run.line


def _is_index(text: str, bracket: re.Match[str]) -> bool:
    """An element of an array, a matrix size: letters or an equals sign directly before."""
    before = text[bracket.start() - 1 : bracket.start()]
    return before in ("=", "^", "_")


def items(clause: str, at: int) -> list[Mention]:
    """Numbers and ranges of one clause, up to where words say that pages follow."""
    out: list[Mention] = []
    for piece in PIECE.finditer(clause):
        if re.search(r"[^\W\d_]", piece[0]):
            break  # "с. 45", "p. 12": pages of the number before
        for item in ITEM.finditer(piece[0]):
            start = at + piece.start()
            first = Mention(start + item.start(1), start + item.end(1), int(item[1]))
            if not item[2]:
                out.append(first)
                continue
            last = int(item[2])
            if first.number < last <= first.number + LONGEST_RANGE:
                between = tuple(range(first.number + 1, last))
                out += [first, Mention(start + item.start(2), start + item.end(2), last, between)]
    return out


def raised(text: Rich, works: Works) -> Iterator[list[Mention]]:
    """Superscript numbers behind a word or a sign, if all of them are in the list."""
    at = 0
    for run in text:
        end = at + len(run.text)
        if "sup" in run.style and run.xref is None and RAISED.fullmatch(run.text.strip()):
            yield from _raised(text, at, run.text, works)
        elif run.object is None and SMALL.search(run.text):
            for found in SMALL.finditer(run.text):
                yield from _raised(text, at + found.start(), found[0].translate(DIGITS), works)
        at = end


def _raised(text: Rich, at: int, digits: str, works: Works) -> Iterator[list[Mention]]:
    before = text.text[max(at - 12, 0) : at].rstrip()
    if not before or EXPONENT.search(before):
        return
    lead = len(digits) - len(digits.lstrip(" [(（"))
    found = items(digits.strip(" []()（）.,"), at + lead)
    if found and all(works.has(m.number) for m in found):
        yield found
