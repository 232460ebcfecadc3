"""Figures, tables, paragraphs and back matter as article.toml has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jatspack.article import (
    Article,
    BackSection,
    BodyBlock,
    Caption,
    Figure,
    Formula,
    Section,
    TableWrap,
)
from jatspack.config import ArticleConfig
from jatspack.config.article import Back, Float
from jatspack.config.article import Paragraph as GivenParagraph
from jatspack.read.document import Block, Lines, Paragraph, Table
from jatspack.recognize.corrections.anchors import Place, locate
from jatspack.recognize.corrections.front import in_language, paragraphs, words_of
from jatspack.recognize.corrections.ledger import Ledger, rich_words
from jatspack.recognize.units import flat
from jatspack.richtext import OBJECT, Image, Rich, Run

Holder = list[BodyBlock] | list[Paragraph]


def correct_blocks(ledger: Ledger, config: ArticleConfig) -> None:
    """Figures and tables, then paragraphs, then sections of the back matter."""
    for n, entry in enumerate(config.figures):
        _float(ledger, entry, n, "figures")
    for n, entry in enumerate(config.tables):
        _float(ledger, entry, n, "tables")
    for n, paragraph in enumerate(config.paragraphs):
        _paragraph(ledger, paragraph, n)
    for n, back in enumerate(config.back):
        _back(ledger, back, n)


def holders(article: Article) -> Iterator[Holder]:
    """Every list of blocks in an article that can be changed."""
    tops: list[Holder] = [article.body, *(s.blocks for s in article.back), *(f.blocks for f in article.footnotes)]
    tops += [*(a.blocks for a in article.abstracts), article.author_notes, article.front_notes, article.correspondence]
    for top in tops:
        yield from _below(top)


def _below(blocks: Holder) -> Iterator[Holder]:
    yield blocks
    for block in blocks:
        if isinstance(block, Section):
            yield from _below(block.blocks)
        elif isinstance(block, TableWrap):
            yield block.notes


# --- figures and tables ---------------------------------------------------------


def _floats(article: Article, table: str) -> Iterator[Place[tuple[list[BodyBlock], Figure | TableWrap]]]:
    kind = Figure if table == "figures" else TableWrap
    for blocks in holders(article):
        for block in blocks:
            if isinstance(block, kind):
                labels = tuple(c.label for c in block.captions if c.label)
                whole = tuple(f"{c.label} {c.text.plain}" for c in block.captions)
                texts = (*whole, *(c.text.plain for c in block.captions), *_contents(block))
                lines = block.origin.lines[0] if block.origin.lines else (0, 0)
                yield Place((blocks, block), lines, labels, texts)  # type: ignore[arg-type]


def _contents(block: Figure | TableWrap) -> tuple[str, ...]:
    """What a float without caption may be called: its first cells, its file."""
    if isinstance(block, Figure):
        return (*block.graphics, block.alt)
    return ("".join(piece.plain + " " for piece in flat(block.table))[:2000],) if block.table is not None else ()


def _float(ledger: Ledger, entry: Float, n: int, table: str) -> None:
    target = ledger.locate(entry, _floats(ledger.article, table), table, n)
    if target is None:
        return
    blocks, block = target
    block.origin = ledger.origin(block.origin, table, n)
    lines: Lines = block.origin.lines[0] if block.origin.lines else (0, 0)
    before = _captions(block)
    for lang in dict.fromkeys([*entry.label, *entry.caption]):
        _caption(block, lang, entry.label.get(lang), entry.caption.get(lang), lines[0])
    if entry.alt is not None and isinstance(block, Figure):
        before, block.alt = f"{before} {block.alt}", entry.alt
        ledger.replaced(before, f"{_captions(block)} {block.alt}", lines[0], ledger.rule(table, n))
    else:
        ledger.replaced(before, _captions(block), lines[0], ledger.rule(table, n))
    at = next(i for i, other in enumerate(blocks) if other is block)
    if entry.remove:
        del blocks[at]
        for piece in _dissolved(block, lines):
            _put_back(ledger.article, piece, blocks, at)
    elif entry.continues:
        _continue(ledger, entry, n, blocks, block)


def _captions(block: Figure | TableWrap) -> str:
    return " ".join(f"{c.label} {rich_words(c.text)}" for c in block.captions)


def _caption(block: Figure | TableWrap, lang: str, label: str | None, text: str | None, line: int) -> None:
    old = in_language(block.captions, lang) or in_language(block.captions, "und") or in_language(block.captions, "")
    if old is None:
        old = Caption(lang, "", Rich())
        block.captions.append(old)
    old.lang = lang
    old.label = old.label if label is None else label.strip()
    old.text = old.text if text is None else Rich.of(text.strip(), line)
    if not (old.label or old.text.plain):
        block.captions.remove(old)


def _dissolved(block: Figure | TableWrap, lines: Lines) -> list[BodyBlock]:
    """The words as paragraphs: captions, then pictures or one paragraph a row, then notes."""
    out: list[BodyBlock] = []
    for caption in block.captions:
        printed = caption.text.lines if caption.text.lines[0] else lines
        label = Rich.of(f"{caption.label} ", printed[0]) if caption.label else Rich()
        out.append(Paragraph(label + caption.text, printed))
    if isinstance(block, Figure):
        runs = tuple(
            Run(OBJECT, object=Image(src, Rich.of(block.alt, lines[0])), line=lines[0]) for src in block.graphics
        )
        return [*out, Paragraph(Rich(runs), lines)] if runs else out
    if isinstance(block.table, Table):
        for row in (*block.table.head, *block.table.body):
            pieces = [piece for cell in row for inner in cell.blocks for piece in flat(inner) if piece]
            text = Rich.join(r for piece in pieces for r in (piece, Rich.of(" ")))
            if text.plain:
                out.append(Paragraph(text.strip(), text.lines if text.lines[0] else lines))
    elif block.table is not None:
        out.append(block.table)  # type: ignore[arg-type]
    return [*out, *block.notes]


def _put_back(article: Article, piece: BodyBlock, blocks: list[BodyBlock], at: int) -> None:
    """Where its line stands in the body: a float may have been moved away from there; else where the float stood."""
    lines = piece.lines if isinstance(piece, Paragraph) else (0, 0)
    best = None
    for holder in _below(article.body):
        for n, block in enumerate(holder):
            first = _first_line(block)
            if 0 < first <= lines[0] and (best is None or first >= best[0]):
                best = (first, holder, n)
    if best is None or not any(holder is blocks for holder in _below(article.body)):
        blocks.insert(at, piece)
        return
    _, home, n = best
    head = home[n]
    if isinstance(head, Section):
        head.blocks.insert(0, piece)
    else:
        home.insert(n + 1, piece)  # type: ignore[arg-type]


def _first_line(block: BodyBlock) -> int:
    if isinstance(block, Section | Formula):
        return block.origin.lines[0][0] if block.origin.lines else 0
    return 0 if isinstance(block, Figure | TableWrap) else block.lines[0]


def _continue(ledger: Ledger, entry: Float, n: int, blocks: list[BodyBlock], block: Figure | TableWrap) -> None:
    """A table that a page had cut: its rows go on in the first part; a caption printed again becomes a note."""
    places = [p for p in _floats(ledger.article, "tables") if p.target[1] is not block]
    first = ledger.one(locate(entry.continues, "", places), entry.continues, "tables", n)
    if first is None:
        return
    head = first[1]
    if not (isinstance(head, TableWrap) and isinstance(block, TableWrap)):
        ledger.unfit("only a table can go on in a table", "take `continues` out", "tables", n)
        return
    if isinstance(head.table, Table) and isinstance(block.table, Table):
        rows = (*head.table.body, *block.table.head, *block.table.body)
        head.table = replace(head.table, body=rows, lines=(head.table.lines[0], block.table.lines[1]))
    elif head.table is None:
        head.table = block.table
    elif block.table is not None:
        ledger.unfit("one of the two is no table of rows and cells", "take `continues` out", "tables", n)
        return
    lines = block.origin.lines[0] if block.origin.lines else (0, 0)
    for caption in block.captions:
        label = Rich.of(f"{caption.label} ") if caption.label else Rich()
        head.notes.append(Paragraph(label + caption.text, caption.text.lines if caption.text.lines[0] else lines))
    head.notes += block.notes
    blocks.remove(block)


# --- paragraphs -----------------------------------------------------------------


def _paragraph(ledger: Ledger, entry: GivenParagraph, n: int) -> None:
    places: list[Place[tuple[Holder, Paragraph]]] = [
        Place((blocks, block), block.lines, (), (block.text.plain,))
        for blocks in holders(ledger.article)
        for block in blocks
        if isinstance(block, Paragraph)
    ]
    target = ledger.locate(entry, places, "paragraphs", n)
    if target is None:
        return
    blocks, block = target
    at = next(i for i, other in enumerate(blocks) if other is block)
    text = "" if entry.remove else entry.text
    if text is None:
        ledger.unfit("it says neither text nor remove", "say what the paragraph should be", "paragraphs", n)
        return
    new = paragraphs(text, block.lines[0])
    ledger.replaced(block.text, words_of(new), block.lines[0], ledger.rule("paragraphs", n))
    blocks[at : at + 1] = new  # type: ignore[assignment]


# --- back matter ------------------------------------------------------------------


def _back(ledger: Ledger, entry: Back, n: int) -> None:
    article, rule = ledger.article, ledger.rule("back", n)
    if entry.find:
        section = ledger.locate(entry, _back_places(article.back), "back", n)
        if section is None:
            return
    elif entry.kind and (entry.text or entry.title):
        ident = next(f"back-added-{k}" for k in range(1, 10**6) if all(s.id != f"back-added-{k}" for s in article.back))
        section = BackSection(ident, entry.kind, Rich(), [], ledger.origin(None, "back", n))
        article.back.append(section)
    else:
        ledger.unfit("it has no find, and not kind and text either", "find a section, or give one", "back", n)
        return
    section.origin = ledger.origin(section.origin, "back", n)
    line = section.origin.lines[0][0] if section.origin.lines else 0
    before = f"{rich_words(section.title)} {words_of(section.blocks)}"
    if entry.remove:
        article.back.remove(section)
        ledger.replaced(before, "", line, rule)
        return
    section.kind = entry.kind or section.kind
    section.lang = entry.lang or section.lang
    if entry.title is not None:
        section.title = Rich.of(entry.title.strip(), line)
    if entry.text is not None:
        section.blocks = paragraphs(entry.text, line)
    ledger.replaced(before, f"{rich_words(section.title)} {words_of(section.blocks)}", line, rule)
    if entry.kind == "section":
        _into_body(article, section)


def _into_body(article: Article, back: BackSection) -> None:
    """A section of the body, where its lines stand."""
    line = back.origin.lines[0][0] if back.origin.lines else 0
    below = (n for n, block in enumerate(article.body) if _first_line(block) > line > 0)
    section = Section(back.id, back.title, back.blocks, back.origin, lang=back.lang)
    article.body.insert(next(below, len(article.body)), section)
    article.back.remove(back)


def _back_places(sections: Sequence[BackSection]) -> Iterator[Place[BackSection]]:
    for section in sections:
        first: Block | BodyBlock | None = section.blocks[0] if section.blocks else None
        start = first.text.plain if isinstance(first, Paragraph) else ""
        lines = section.origin.lines[0] if section.origin.lines else (0, 0)
        title = section.title.plain
        yield Place(section, lines, (title,), tuple(t for t in (title, start, f"{title} {start}") if t))
