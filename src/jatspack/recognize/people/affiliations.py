"""Printed addresses: one text per institution, its mark, and the parts that can be told for sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from jatspack.article import Part, Tagged
from jatspack.recognize.countries import country_in
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.byline import SUPERSCRIPT
from jatspack.richtext import HARD_BREAK, Rich

NUMBER_FIRST = re.compile(r"\s*[(（\[]?\s*(\d{1,2}(?:\s*[,，]\s*\d{1,2})*)\s*(?:[)）\].．、:-]\s*|\s+|(?=[^\W\d_]))")
LETTER_FIRST = re.compile(r"\s*[(（]?([a-z])\s*[)）.．]\s*|\s*([*†‡§]+)\s*")
INNER_NUMBER = re.compile(
    r"(?:^|(?<=[;；,，。\s(（\n\u2028]))(\d{1,2})(?:[.．、)）]\s*|[-–]\s?|\s+|(?=[^\W\d_]))(?=\S)"
)
POSTAL_CODE = re.compile(r"(?<![\d-])(?:[A-Z]{1,2}-)?\d{5}(?:-\d{3,4})?(?![\d-])|(?<![\d-])\d{6}(?![\d-])")
COMMA = re.compile(r"[,，;；]|\s[–—-]\s|\u2028|\n")
EDGE = " \t\n\u2028,;，；、("


@dataclass(slots=True)
class PrintedAffiliation:
    """An address as printed once. `marks` as printed; `unit` is the place in the order of units."""

    marks: list[str]
    text: Rich
    unit: int
    tagged: Tagged = field(default_factory=lambda: Tagged(Rich()))


def split_affiliations(pieces: Sequence[tuple[int, Rich, bool]], lexicon: Lexicon) -> list[PrintedAffiliation]:
    """Addresses from (unit, text, begins a paragraph) in printed order.

    A mark begins a new address. Where no address has a mark, each paragraph is one, save that one without
    any institution continues the address above it.
    """
    out: list[PrintedAffiliation] = []
    marked_style = any(_leading_marks(text)[0] for _, text, _ in pieces)
    for unit, text, fresh in pieces:
        for marks, part in _split_inner(text):
            if not part.plain:
                continue
            known = lexicon.pattern("institution").search(part.text) or lexicon.pattern("department").search(part.text)
            continues = bool(out) and not marks and (marked_style or not fresh or not known)
            if continues:
                last = out[-1]
                last.text = last.text + Rich.of(HARD_BREAK if not fresh else " ") + part
            else:
                out.append(PrintedAffiliation(marks, part, unit))
    for affiliation in out:
        affiliation.text = _trim(affiliation.text)
        affiliation.tagged = tag_parts(affiliation.text, lexicon)
    return [a for a in out if a.text.plain]


def _trim(text: Rich) -> Rich:
    text = text.strip(EDGE)
    if text.text.endswith((")", "）")) and text.text.count("(") + text.text.count("（") < text.text.count(
        ")"
    ) + text.text.count("）"):
        text = text[:-1].strip(EDGE)
    return text


def _leading_marks(text: Rich) -> tuple[list[str], int]:
    """Marks at the start and the offset behind them."""
    at, marks = 0, []
    for run in text:
        bare = run.text.strip()
        if not bare:
            at += len(run.text)
            continue
        if "sup" in run.style or re.fullmatch(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+", bare):
            marks += re.findall(r"\d+|[^\W\d_]|[*†‡§]", bare.translate(SUPERSCRIPT))
            at += len(run.text)
            continue
        break
    if marks:
        return marks, at
    superscript = re.match(r"\s*([¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s*", text.text)
    if superscript:
        return re.findall(r"\d", superscript[1].translate(SUPERSCRIPT)), superscript.end()
    number = NUMBER_FIRST.match(text.text)
    if number and not POSTAL_CODE.match(text.text.strip()):
        return re.findall(r"\d+", number[1]), number.end()
    letter = LETTER_FIRST.match(text.text)
    if letter:
        return [letter[1] or letter[2]], letter.end()
    return [], 0


def _split_inner(text: Rich) -> Iterator[tuple[list[str], Rich]]:
    """``(1. …; 2. …; 3. …)`` in its parts: numbers that run 1, 2, 3 at the starts of clauses."""
    marks, start = _leading_marks(text)
    if not marks or not marks[-1].isdigit():
        yield marks, text[start:].strip()
        return
    cuts: list[tuple[int, int, str]] = []
    expected = int(marks[-1]) + 1
    for found in _inner_numbers(text, start):
        if found[2] == str(expected):
            cuts.append(found)
            expected += 1
    begin = start
    for cut, after, number in cuts:
        yield marks, _trim(text[begin:cut])
        marks, begin = [number], after
    yield marks, text[begin:].strip()


def _inner_numbers(text: Rich, start: int) -> Iterable[tuple[int, int, str]]:
    for match in INNER_NUMBER.finditer(text.text, start):
        before = text.text[: match.start()].rstrip(" ")
        style = text.run_at(match.start(1)).style
        clause = before.endswith((";", "；", ",", "，", "。", "\n", HARD_BREAK, "(", "（", "."))
        if clause or style & {"sup", "bold"}:
            yield match.start(), match.end(), match[1]
    for match in re.finditer(r"[¹²³⁴⁵⁶⁷⁸⁹]", text.text[start:]):
        yield start + match.start(), start + match.end(), match[0].translate(SUPERSCRIPT)


def tag_parts(text: Rich, lexicon: Lexicon) -> Tagged:
    """Institution, department, city, post code and country tagged where the words say so."""
    parts: list[Part] = []
    segments = list(_segments(text.text))
    for n, (start, end) in enumerate(segments):
        piece = text.text[start:end]
        countries = [c for c in country_in(piece) if c[1] - c[0] >= 0.6 * len(piece.strip(" ."))]
        if countries and n:
            first, last, code = countries[0]
            parts.append(Part("country", start + first, start + last, (("country", code),)))
            continue
        post = POSTAL_CODE.search(piece)
        department = lexicon.pattern("department").search(piece)
        institution = lexicon.pattern("institution").search(piece)
        if institution or department:
            kind = (("content-type", "dept"),) if department and not institution else ()
            stop = post.start() if post else len(piece)
            left, right = _tight(text.text, start, start + stop)
            if right > left:
                parts.append(Part("institution", left, right, kind))
        elif n and _is_city(piece, n, segments, text.text, lexicon):
            stop = start + (post.start() if post and post.start() > 1 else len(piece))
            left, right = _tight(text.text, start if not post or post.start() > 1 else start + post.end(), stop)
            if right > left:
                parts.append(Part("city", left, right))
        if post:
            parts.append(Part("postal-code", start + post.start(), start + post.end()))
    parts.sort(key=lambda p: p.start)
    return Tagged(text, tuple(p for i, p in enumerate(parts) if not i or p.start >= parts[i - 1].end))


def _segments(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in COMMA.finditer(text):
        if text[at : match.start()].strip():
            yield _tight(text, at, match.start())
        at = match.end()
    if text[at:].strip():
        yield _tight(text, at, len(text))


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;.，；"):
        end -= 1
    return start, end


def _is_city(piece: str, n: int, segments: Sequence[tuple[int, int]], text: str, lexicon: Lexicon) -> bool:
    """A city marker says so; else one to three capitalised words just before the country."""
    if lexicon.pattern("city-marker").search(piece):
        return True
    bare = POSTAL_CODE.sub("", piece).strip(" .")
    if not bare or any(c.isdigit() for c in bare) or not bare[:1].isupper() or len(bare.split()) > 3:
        return False
    if n + 1 < len(segments):
        start, end = segments[n + 1]
        after = text[start:end]
        return any(c[1] - c[0] >= 0.6 * len(after.strip(" .")) for c in country_in(after))
    return False
