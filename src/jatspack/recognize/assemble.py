"""The decided document made into an Article: every field parsed by its own module, nothing decided twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jatspack.article import Article, BackSection, Footnote, Origin
from jatspack.config import Config
from jatspack.findings import Finding, finding
from jatspack.read.document import Block, Document, ListBlock, Paragraph
from jatspack.recognize.body import Ids, build_back, build_body, lift_title_notes
from jatspack.recognize.body.ends import take_statements
from jatspack.recognize.corrections import language_of
from jatspack.recognize.decoder import Decision, grammar
from jatspack.recognize.front.filling import fill_front
from jatspack.recognize.front.languages import article_language, candidates, passage_language
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.references import ReferenceSection, build_lists
from jatspack.recognize.segments import origin, segments, take_label
from jatspack.richtext import EMPTY, Rich

PARAGRAPH = 200  # characters: of running text, not of a caption or a line
FEW_PARAGRAPHS = 3
BODY = frozenset({"text", "heading", "float"})


@dataclass(slots=True)
class Regions:
    """The document's blocks by the part of the article that they belong to."""

    body: list[Block] = field(default_factory=list)
    references: list[tuple[Rich, list[Block], Decision | None]] = field(default_factory=list)
    back: list[tuple[str, Rich, list[Block], Decision]] = field(default_factory=list)
    late: list[Block] = field(default_factory=list)  # text and floats after the references


def assemble(
    document: Document, decisions: Sequence[Decision], config: Config, lexicon: Lexicon
) -> tuple[Article, list[Finding]]:
    """The Article and what was found doubtful on the way."""
    article = Article(media=document.media)
    article.language = config.article.language or language_of(document.metadata) or article_language(decisions)
    known = candidates(decisions, article.language)
    findings: list[Finding] = []
    parts = list(segments(decisions))
    fill_front(article, parts, decisions, known, lexicon, findings)
    regions = _regions(document, decisions)
    _body(article, regions, lexicon, document, findings)
    _references(article, regions, known, findings)
    return article, findings


# --- body and back ------------------------------------------------------------


def _regions(document: Document, decisions: Sequence[Decision]) -> Regions:
    out = Regions()
    seen_references = False
    by_block: dict[int, list[Decision]] = {}
    for decision in decisions:
        by_block.setdefault(decision.unit.block, []).append(decision)
    mode = "body"
    for n, block in enumerate(document.blocks):
        here = by_block.get(n, [])
        at = 0
        for role, members in _runs(here):
            piece = _piece(block, members, at, len(members) == len(here))
            at += len(members)
            if role == "ref-heading":
                label, _, _ = take_label(members[0])
                out.references.append((label or members[0].unit.text, [], members[0]))
                mode, seen_references = "references", True
            elif role == "ref":
                if mode != "references":
                    out.references.append((EMPTY, [], None))
                label, rest, matched = take_label(members[0])
                if matched is not None and not out.references[-1][1]:
                    out.references[-1] = (label, [], members[0])
                    rest = _text([rest, *(m.unit.text for m in members[1:])], members)
                    piece = Paragraph(rest, rest.lines)
                out.references[-1][1].append(piece)
                mode, seen_references = "references", True
            elif role in ("back-heading", "back"):
                mode = _back(out, role, members, piece, mode)
            elif role in BODY:
                if seen_references:
                    out.late.append(piece)
                else:
                    out.body.append(piece)
                    mode = "body"
            else:
                mode = "front"
    return out


def _back(out: Regions, role: str, members: Sequence[Decision], piece: Block, mode: str) -> str:
    label, rest, matched = take_label(members[0])
    kinds = grammar().back_kinds
    opened = mode == "back" and role == "back" and bool(out.back) and not out.back[-1][2]
    if opened and matched is not None and not matched.delimiter.strip() and out.back[-1][0] == kinds.get(matched.role):
        out.back[-1][2].append(piece)  # under the heading Acknowledgements: "Thanks are due …"
        return "back"
    if matched is not None and matched.role in kinds:
        blocks: list[Block] = []
        if role == "back" and rest.plain:
            blocks.append(Paragraph(rest, rest.lines))
        blocks += [Paragraph(m.unit.text, m.unit.lines) for m in members[1:] if m.unit.text.plain]
        out.back.append((kinds[matched.role], label, blocks, members[0]))
        return "back"
    if mode == "back" and out.back:
        out.back[-1][2].append(piece)
        return "back"
    (out.body if not out.references else out.late).append(piece)
    return mode


def _runs(decisions: Sequence[Decision]) -> Iterator[tuple[str, list[Decision]]]:
    """Neighbours with one role, except that each labelled back section stands alone."""
    run: list[Decision] = []
    for decision in decisions:
        labelled = decision.role == "back" and take_label(decision)[2] is not None
        if run and (run[-1].role != decision.role or labelled):
            yield run[0].role, run
            run = []
        run.append(decision)
    if run:
        yield run[0].role, run


def _piece(block: Block, members: Sequence[Decision], start: int, whole: bool) -> Block:
    """The block itself, or what these units, from the one with number `start` on, are of it."""
    if whole:
        return block
    if isinstance(block, ListBlock):
        items = block.items[start : start + len(members)]
        lines = block.item_lines[start : start + len(members)]
        return ListBlock(
            block.ordered, items, block.lines, block.start + start, block.number_style, block.delimiter, lines
        )
    text = _text([m.unit.text for m in members], members)
    return Paragraph(text, text.lines if text.lines[0] else block.lines)


def _text(texts: Sequence[Rich], members: Sequence[Decision]) -> Rich:
    """The texts of units one after another, as they were parted."""
    parts: list[Rich] = []
    for text, member in zip(texts, members, strict=True):
        if parts and text:
            parts.append(Rich.of("\n" if member.unit.joined == "line" else " "))
        if text:
            parts.append(text)
    return Rich.join(parts)


def _body(article: Article, regions: Regions, lexicon: Lexicon, document: Document, findings: list[Finding]) -> None:
    ids = Ids()
    notes: list[Footnote] = []
    for printed in article.titles:
        printed.text, lifted = lift_title_notes(printed.text, lexicon, ids)
        notes += lifted.footnotes
        article.accounted += lifted.accounted
    result = build_body(regions.body, lexicon, article.language, document.media, late=regions.late, ids=ids)
    late = result.late
    article.body, article.footnotes = result.blocks, [*notes, *result.footnotes]
    article.accounted += result.accounted
    findings += result.findings
    article.back += take_statements(article.body, lexicon, grammar().back_kinds, ids, article.language)
    for kind, title, blocks, decision in regions.back:
        lang = article.language
        section, more = build_back(kind, title, blocks, lexicon, lang, document.media, origin(decision), ids=ids)
        article.back.append(section)
        article.footnotes += more.footnotes
        article.accounted += more.accounted
        findings += more.findings
    if late:
        lines = (regions.late[0].lines[0], regions.late[-1].lines[1])
        source = Origin((lines,), "stands after the references", 0.6)
        article.back.append(BackSection(ids.next("back"), "other", EMPTY, late, source))
        findings.append(finding("text-after-references", lines))


def _references(article: Article, regions: Regions, known: Sequence[str], findings: list[Finding]) -> None:
    sections: list[ReferenceSection] = []
    for title, blocks, decision in regions.references:
        lang = passage_language(title.plain, known, *([decision] if decision else [])) if title.plain else ""
        source = origin(decision) if decision else Origin((), "references without a heading")
        before = sections[-1].blocks if sections else []
        apart = bool(before and blocks) and _prose_between(regions.late, before[-1], blocks[0])
        sections.append(ReferenceSection(title, blocks, lang, source, apart))
    lists, problems, accounted = build_lists(sections)
    article.reference_lists = lists
    article.accounted += accounted
    findings += problems


def _prose_between(late: Sequence[Block], one: Block, other: Block) -> bool:
    """Whether an article's running text stands between two lists, not only titles and abstracts."""
    long = [b for b in late if isinstance(b, Paragraph) and len(b.text.text) > PARAGRAPH]
    return sum(one.lines[1] < block.lines[0] < other.lines[0] for block in long) >= FEW_PARAGRAPHS
