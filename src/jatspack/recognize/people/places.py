"""The parts of an address that can be told for sure: institution, department, city, region, post code, country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jatspack.article import Part, Tagged
from jatspack.recognize.countries import country_in
from jatspack.recognize.lexicon import Lexicon
from jatspack.richtext import Rich

POSTAL_CODE = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,2}-)?\d{5}(?:-\d{3,4})?(?![\d-])"  # 12345, D-12345, 12345-678
    r"|(?<!\d)\d{6}(?![\d-])"  # 123456, also glued to a Chinese word
    r"|(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}(?!\w)"  # EH9 3FJ
    r"|(?<!\w)[A-Z]\d[A-Z]\s?\d[A-Z]\d(?!\w)"  # K1A 0B1
    r"|(?<!\w)\d{4}\s?[A-Z]{2}(?!\w)|(?<!\d)\d{3}-\d{4}(?!\d)|(?<!\d)\d{3}\s\d{2}(?!\d)|(?<!\d)\d{2}-\d{3}(?!\d)"
)
COMMA = re.compile(r"[,，、،;；(（]|\s[–—-]\s|\u2028|\n|(?<=[^\W\d_]{3})\.\s|(?<=[)）])\.\s")
STATE = re.compile(r"(?:^|\s)([A-Z]{2,3})$")
HAN = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[\s.,:-]*([^\W\d_]+)")
PERSONAL = ("prefix", "degree", "position")
LONGEST_CITY = 3  # words
LONGEST_DEGREE = 8
LONGEST_MARKER = 3  # letters of an abbreviated word for a town


@dataclass(slots=True)
class _Segment:
    """What stands between two commas, and what its words say."""

    start: int
    end: int
    text: str
    country: tuple[int, int, str] | None = None
    post: re.Match[str] | None = None
    institution: bool = False
    department: bool = False
    place: bool = False


def tag_parts(text: Rich, lexicon: Lexicon) -> Tagged:
    """The printed text with its parts tagged, where the words or their order say so."""
    segments = [_measure(text.text, a, b, n, lexicon) for n, (a, b) in enumerate(_segments(text.text))]
    _settle(segments)
    parts: list[Part] = []
    for n, segment in enumerate(segments):
        parts += _parts_of(segment, n, segments, text.text, lexicon)
    parts.sort(key=lambda p: (p.start, p.end))
    kept: list[Part] = []
    for part in parts:
        if part.end > part.start and (not kept or part.start >= kept[-1].end):
            kept.append(part)
    return Tagged(text, tuple(kept))


def _segments(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in COMMA.finditer(text):
        if text[at : match.start()].strip():
            yield _tight(text, at, match.start())
        at = match.end()
    if text[at:].strip():
        yield _tight(text, at, len(text))


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in "([（〒"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;.，；。)）〒"):
        end -= 1
    return start, end


def _measure(whole: str, start: int, end: int, n: int, lexicon: Lexicon) -> _Segment:
    text = whole[start:end]
    segment = _Segment(start, end, text, post=POSTAL_CODE.search(text))
    institution = lexicon.pattern("institution").search(text)
    street = lexicon.pattern("street").search(text)
    if street and (not institution or all("*" in e.phrase for e in institution.entries)):
        return segment
    named = country_in(text)
    if named and n and named[-1][1] >= len(text.rstrip(" .")) - (len(segment.post[0]) + 1 if segment.post else 0):
        segment.country = named[-1]
    segment.institution = institution is not None
    segment.department = lexicon.pattern("department").search(text) is not None
    return segment


def _settle(segments: Sequence[_Segment]) -> None:
    """A word that stands for both (School of …) is a department beside an institution; the first is one at least."""
    sure = any(s.institution and not s.department for s in segments)
    for segment in segments:
        if segment.institution and segment.department and sure:
            segment.institution = False
    if segments and not any(s.institution or s.department for s in segments):
        first = segments[0]
        first.institution = first.country is None and len(segments) > 1 and not first.text[:1].isdigit()


def _parts_of(segment: _Segment, n: int, segments: Sequence[_Segment], text: str, lexicon: Lexicon) -> Iterator[Part]:
    start, end = segment.start, segment.end
    country, post = segment.country, segment.post
    if country and (country[0] > 0 and (segment.institution or segment.department)):
        country = None if HAN.search(segment.text) else country
    stop = start + min([end - start, *([country[0]] if country else []), *([post.start()] if post else [])])
    if country:
        yield Part("country", start + country[0], start + country[1], (("country", country[2]),))
    if post:
        yield Part("postal-code", start + post.start(), start + post.end())
    if segment.institution or segment.department:
        kind = (("content-type", "dept"),) if segment.department and not segment.institution else ()
        yield Part("institution", *_without_positions(text, *_tight(text, start, stop), lexicon), kind)
        return
    left, right = _tight(text, start, stop)
    if post and right <= left:  # 60740-000 Fortaleza
        left, right = _tight(text, start + post.end(), start + country[0] if country else end)
    if right > left and n:
        yield from _place(left, right, n, segments, text, lexicon)


def _without_positions(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """What is left of an institution when the person's degree or position before or behind it is put aside.

    Before it only where the institution's own word follows at once: "Dr. X University" is named after Dr. X.
    """
    at, stop = start, lexicon.words("stopword")
    while before := next((m for kind in PERSONAL if (m := lexicon.pattern(kind).match(text, at))), None):
        if inner := lexicon.pattern("department").search(text[: before.end()], at + 1):
            return inner.start(), end  # head of the | department of …
        at = before.end()
        while (word := WORD.match(text, at)) and word[1].islower() and word[1] in stop:
            at = word.end(1)
        at = word.start(1) if word else at
    if at > start and not HAN.match(text, at):
        own = (lexicon.pattern(kind).match(text, at) for kind in ("institution", "department"))
        start = at if any(own) else _behind_degree(text, start, end, lexicon)
    behind = [m for m in lexicon.pattern("position").finditer(text[start:end]) if m.end() == end - start]
    if behind and behind[0].start() > 0:
        start, end = _tight(text, start, start + behind[0].start())
    return start, end


def _behind_degree(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Doctor of Geography from the | University of …: where the institution's word follows a small word."""
    if not any(lexicon.pattern(kind).match(text, start) for kind in ("degree", "position")):
        return start
    for kind in ("institution", "department"):
        found = lexicon.pattern(kind).search(text[:end], start)
        before = text[start : found.start()].split() if found else []
        if found and 1 < len(before) <= LONGEST_DEGREE and before[-1] in lexicon.words("stopword"):
            return found.start()
    return start


def _without_marker(text: str, left: int, right: int, lexicon: Lexicon) -> tuple[int, int]:
    """``г. Алматы``, ``Алматы қ.``: the abbreviated word for a town is no part of its name."""
    piece = text[left : right + 1]
    for found in lexicon.pattern("city-marker").finditer(piece):
        word = piece[found.start() : found.end()].rstrip(".")
        if len(word) > LONGEST_MARKER or piece[found.start() + len(word) :][:1] != ".":
            continue
        if found.start() == 0:
            return _tight(text, left + len(word) + 1, right)
        if left + found.start() + len(word) >= right - 1 and piece[found.start() - 1] == " ":
            return _tight(text, left, left + found.start())
    return left, right


def _place(left: int, right: int, n: int, segments: Sequence[_Segment], text: str, lexicon: Lexicon) -> Iterator[Part]:
    """City or region: a marker says so, or it stands before the country, the region's letters or the post code."""
    piece = text[left:right]
    if lexicon.pattern("region-marker").search(piece):
        yield Part("state", left, right)
        return
    if lexicon.pattern("city-marker").search(piece):
        yield Part("city", *_without_marker(text, left, right, lexicon))
        return
    if lexicon.pattern("street").search(piece) or any(c.isdigit() for c in piece):
        return
    here = segments[n]
    if HAN.search(piece):
        if segments[n - 1].institution or segments[n - 1].department or here.post:
            at = piece.rfind(" ") + 1
            if at:
                yield Part("state", *_tight(text, left, left + at))
            yield Part("city", left + at, right)
        return
    following = segments[n + 1] if n + 1 < len(segments) else None
    state = STATE.search(piece)
    if state and (n > 1 or state.start(1) > 0):
        yield Part("state", left + state.start(1), left + state.end(1))
        right = left + state.start()
        piece = text[left:right]
    if any((m := lexicon.pattern(kind).match(piece)) and m.end() == len(piece) for kind in PERSONAL):
        return
    words = piece.split()
    if not words or len(words) > LONGEST_CITY or not piece[:1].isupper() or right - left < 2:
        return
    last = following is None and n > 0 and (segments[n - 1].institution or segments[n - 1].department)
    ahead = following is not None and (
        (following.country is not None and following.country[0] == 0)
        or STATE.fullmatch(following.text) is not None
        or (following.post is not None and len(following.text) < 12)
    )
    if here.country or here.post or ahead or last:
        yield Part("city", left, right)
