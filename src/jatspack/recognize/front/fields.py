"""Titles, abstracts and keywords out of decided units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jatspack.article import Abstract, Accounted, BodyBlock, KeywordGroup, Origin, Section
from jatspack.read.document import Paragraph
from jatspack.recognize.decoder import Decision
from jatspack.recognize.front.languages import passage_language
from jatspack.recognize.language import identify
from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.segments import Segment, origin, take_label
from jatspack.recognize.structured import MANY, part_heads
from jatspack.richtext import EMPTY, Rich

INSIDE = frozenset({"title", "byline", "note", "affiliation", "contact"})  # lines that an abstract may hold
PIECES = re.compile(r"(?<=\S)[^\S\n]+|\s*[\n\u2028/|]\s*")  # between two stretches of a title that are set apart
SURE = 0.8
SHORTEST_TITLE = 25  # characters
BESIDE = frozenset({"dates", "journal", "code"})  # … or that stand beside it, between its label and its text
# What parts keywords, the strongest first, and how many there must be at least. Lines come after full stops, because
# a list that is parted by these may be wrapped; two pieces are too few for that.
SEPARATORS = tuple(
    (re.compile(pattern), fewest)
    for pattern, fewest in (
        (r"[;；؛]", 2),
        (r"\s[·•|丨]\s|[·•丨]", 2),
        (r"[,，、،]", 2),
        (r"\u2028", 2),
        (r"\.\s+", 3),
        (r"\n", 2),
        (r"\.\s+", 2),
        (r"\s[-–—]\s", 2),
    )
)
HEAD_END = re.compile(r"[.:：。\]】—–]\s*$")
BRACKET_HEAD = re.compile(r"[\[［【]\s*([^\[\]【】［］]{1,12})\s*[\]］】]")


@dataclass(frozen=True, slots=True)
class PrintedTitle:
    """A title as it stands in one place; `weight` is what the evidence for it weighs."""

    lang: str
    text: Rich
    origin: Origin
    weight: float


def titles(parts: Sequence[Segment], known: Sequence[str]) -> Iterator[PrintedTitle]:
    """One title per language and place; a title that runs over two headings of one level is joined."""
    for segment in parts:
        run: list[Decision] = []
        for decision in segment.decisions:
            if run and not _continues(run, decision, known):
                yield from _title(run, known)
                run = []
            run.append(decision)
        if run:
            yield from _title(run, known)


def _continues(run: Sequence[Decision], decision: Decision, known: Sequence[str]) -> bool:
    before, unit = run[-1].unit, decision.unit
    if take_label(decision)[2] is not None:
        return False
    if unit.joined == "line":
        return not _another_language(" ".join(d.unit.text.plain for d in run), unit.text.plain, known)
    if before.kind != unit.kind or before.level != unit.level:
        return False
    one = passage_language(" ".join(d.unit.text.plain for d in run), known)
    return one == passage_language(unit.text.plain, known) or unit.text.plain[:1].islower()


def _another_language(one: str, other: str, known: Sequence[str]) -> bool:
    """Whether two lines are surely in two languages."""
    first, second = identify(one, tuple(known)), identify(other, tuple(known))
    return first.lang != second.lang and min(first.confidence, second.confidence) >= SURE


def _title(run: Sequence[Decision], known: Sequence[str]) -> Iterator[PrintedTitle]:
    text = EMPTY
    for decision in run:
        rest = take_label(decision)[1].strip()
        text = text + Rich.of(" ") + rest if text else rest
    for piece, lang in _by_language(text, known, run):
        title = piece.normalized()
        for style in ("bold", "italic", "underline"):
            if title.all(style):
                title = title.without(style)
        title = title.without("bold").merged()
        if title.text.endswith(".") and not title.text.endswith(".."):
            title = title[: len(title.text) - 1]
        weight = max(sum(e.weight for e in d.evidence if e.role == "title") for d in run)
        yield PrintedTitle(lang, title, origin(*run), weight)


def _by_language(text: Rich, known: Sequence[str], run: Sequence[Decision]) -> Iterator[tuple[Rich, str]]:
    """The whole title; or its parts, where it is set in pieces and changes its language between two of them."""
    best: tuple[float, tuple[Rich, Rich], str] | None = None
    cuts = [m for m in PIECES.finditer(text.text) if _set_apart(text, m)]
    for n, cut in enumerate(cuts):
        halves = text[: cut.start()].strip(), text[cut.end() :].strip()
        if min(len(half.plain) for half in halves) < SHORTEST_TITLE:
            continue
        one, two = (identify(half.plain, tuple(known)) for half in halves)
        opening = text.text[cut.end() : cuts[n + 1].start() if n + 1 < len(cuts) else None]
        sure = min(one.confidence, two.confidence)
        if "und" in (one.lang, two.lang) or one.lang == two.lang or sure < (best[0] if best else SURE):
            continue
        if identify(opening, (one.lang, two.lang)).lang == two.lang:
            best = sure, halves, one.lang
    if best is not None:
        yield best[1][0], best[2]
        yield from _by_language(best[1][1], known, run)
        return
    yield text, passage_language(text.plain, known, *run)


def _set_apart(text: Rich, gap: re.Match[str]) -> bool:
    """A line end or a bar; or a space that is set otherwise than the words before it."""
    return bool(gap[0].strip(" \t")) or text.run_at(gap.start()).style != text.run_at(gap.start() - 1).style


def abstracts(parts: Sequence[Segment], known: Sequence[str], roles: Sequence[str]) -> Iterator[Abstract]:
    """An abstract begins at each label; what follows without a label belongs to the one before, if only lines about
    title and people stand between. `roles` are those of all units."""
    label: Rich = EMPTY
    run: list[Decision] = []
    texts: list[tuple[Rich, Decision]] = []
    for segment in parts:
        for decision in segment.decisions:
            printed, rest, match = take_label(decision)
            between = roles[run[-1].unit.index + 1 : decision.unit.index] if run else ()
            inside = INSIDE if texts else INSIDE | BESIDE
            if run and (match is not None or not inside.issuperset(between)):
                yield _abstract(label, run, texts, known)
                label, run, texts = EMPTY, [], []
            if match is not None:
                label = printed
            if rest.plain:
                texts.append((rest, decision))
            run.append(decision)
    if run:
        yield _abstract(label, run, texts, known)


def _abstract(
    label: Rich, run: Sequence[Decision], texts: Sequence[tuple[Rich, Decision]], known: Sequence[str]
) -> Abstract:
    paragraphs: list[Rich] = []
    heads: set[int] = set()  # paragraphs that are headings of the abstract's own
    for text, decision in texts:
        if decision.unit.kind == "heading":
            heads.add(len(paragraphs))
            paragraphs.append(text)
        elif paragraphs and (decision.unit.joined == "line" or _broken(paragraphs[-1], text)):
            paragraphs[-1] = paragraphs[-1] + Rich.of("\n") + text
        else:
            paragraphs.append(text)
    for style in ("italic", "bold"):
        if paragraphs and all(p.all(style) for p in paragraphs):
            paragraphs = [p.without(style) for p in paragraphs]
    lang = passage_language(" ".join(p.plain for p in paragraphs)[:3000], known, *run)
    source = origin(*run)
    pieces = [piece for n, p in enumerate(paragraphs) for piece in ([(p, EMPTY)] if n in heads else _split_heads(p))]
    return Abstract(lang, label, list(_sections(pieces, source)), source)


def _broken(before: Rich, after: Rich) -> bool:
    """Whether a page's end cut the paragraph: no sentence ends, and small letters go on."""
    end, start = before.plain[-1:], after.plain[:1]
    return start.islower() and (end.isalpha() or end in ",-")


def _sections(pieces: Sequence[tuple[Rich | None, Rich]], source: Origin) -> Iterator[BodyBlock]:
    """Sections of an abstract that is structured by heads that stand out."""
    section: Section | None = None
    for head, text in pieces:
        if head is not None:
            if section is not None:
                yield section
            title = head.without("bold", "italic").strip(" .:：。[]［］【】—–")
            section = Section("", title, [], source)
        if text.plain:
            paragraph = Paragraph(text.strip(), text.lines)
            if section is None:
                yield paragraph
            else:
                section.blocks.append(paragraph)
    if section is not None:
        yield section


def _split_heads(text: Rich) -> Iterator[tuple[Rich | None, Rich]]:
    """(head, text after it) for each head that stands out; (None, text) before.

    Heads are in brackets, in the style of the first words, in bold, or plain words that name a section.
    """
    cuts: list[tuple[int, int]] = [(m.start(), m.end()) for m in BRACKET_HEAD.finditer(text.text)]
    cuts = [c for c in cuts if not any(ch.isdigit() for ch in text.text[c[0] : c[1]])]
    cuts = sorted([*cuts, *_styled_heads(text)]) or _plain_heads(text.text)
    if not cuts:
        yield None, text
        return
    if text.text[: cuts[0][0]].strip():
        yield None, text[: cuts[0][0]]
    for (start, end), (stop, _) in zip(cuts, [*cuts[1:], (len(text), 0)], strict=True):
        yield text[start:end], text[end:stop]


def _styled_heads(text: Rich) -> Iterator[tuple[int, int]]:
    """Bold words with a full stop or colon where a sentence begins; italic ones if the text begins with such."""
    at = 0
    spans: list[tuple[int, int]] = []
    styles = {"bold"} | (text.run_at(0).style & {"italic"} if text else set())
    for run in text:
        end = at + len(run.text)
        if run.style & styles:
            if spans and not text.text[spans[-1][1] : at].strip():
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((at, end))
        at = end
    for start, end in spans:
        head = text.text[start:end]
        after = text.text[end : end + 2]
        before = text.text[:start].rstrip()
        set_off = HEAD_END.search(head) or (after.strip() and after.lstrip()[:1] in (":", ".", "："))
        opens = not before or before.endswith((".", "!", "?", "。", ";", "；"))
        if set_off and opens and 1 <= len(head.split()) <= 6 and any(c.isalpha() for c in head):
            extra = 0 if HEAD_END.search(head) else len(after) - len(after.lstrip()) + 1
            yield start, end + extra


def _plain_heads(text: str) -> list[tuple[int, int]]:
    """``Background: … Methods: … Results: …``: two heads or more that name sections, the first at the beginning."""
    found = part_heads(text, lexicon())
    closing = {m["close"] for m in found[:1]}
    cuts = [m.span("head") for m in found if m["close"] in closing]
    fewest = 2 if closing & {":", "："} else MANY  # a sentence of one word may be a sentence
    if len(cuts) < fewest or text[: cuts[0][0]].strip():
        return []
    return [(start, end + 1) for start, end in cuts]


def keywords(parts: Sequence[Segment], known: Sequence[str], near: dict[int, str]) -> Iterator[KeywordGroup]:
    """A group begins at each label. `near` gives the language of the abstract that stands before a unit."""
    label, pieces, run = EMPTY, list[Rich](), list[Decision]()
    for segment in parts:
        for decision in segment.decisions:
            printed, rest, match = take_label(decision)
            if match is not None and run:
                yield _keyword_group(label, pieces, run, known, near)
                label, pieces, run = EMPTY, [], []
            if match is not None:
                label = printed
            if rest.plain:
                if pieces and decision.unit.joined == "line" and decision.unit.kind != "item":
                    pieces[-1] = pieces[-1] + Rich.of("\n") + rest
                else:
                    pieces.append(rest)
            run.append(decision)
    if run:
        yield _keyword_group(label, pieces, run, known, near)


def _keyword_group(
    label: Rich, pieces: Sequence[Rich], run: Sequence[Decision], known: Sequence[str], near: dict[int, str]
) -> KeywordGroup:
    words: list[Rich] = []
    for piece in pieces:
        words += split_keywords(piece.without("bold", "italic") if piece.all("bold") or piece.all("italic") else piece)
    before = [lang for index, lang in sorted(near.items()) if index < run[0].unit.index]
    text = ", ".join(w.plain for w in words)
    langs = list(dict.fromkeys([*before[-1:], *known]))
    lang = passage_language(text, langs, *run)
    return KeywordGroup(lang, label, words, origin(*run))


def split_keywords(text: Rich) -> list[Rich]:
    """Single keywords: parted by the strongest separator that is there."""
    text = text.strip(" \n\u2028.。;；,，،؛")
    for pattern, fewest in SEPARATORS:
        parts = [p.normalized().strip(" .;,；，؛،*•·-") for p in text.split(pattern)]
        pieces = [p for p in parts if p.plain]
        if len(pieces) >= fewest and (fewest == 2 or all(len(p.plain) > 2 for p in pieces)):
            return pieces
    return [text.normalized()] if text.plain else []


def label_words(decision: Decision, reason: str) -> Accounted | None:
    """An Accounted row for a label that is not text of the XML."""
    printed, _, match = take_label(decision)
    return Accounted(decision.unit.lines[0], printed.plain, reason) if match and printed.plain else None
