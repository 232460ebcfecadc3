"""Figures and tables: images and tables brought together with their captions and notes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from jatspack.article import Figure, Origin, TableWrap
from jatspack.findings import finding
from jatspack.read.document import Block, Paragraph, Rule
from jatspack.recognize.body.captions import ENOUGH, CaptionPiece, Kind, label_at, make_caption, to_captions
from jatspack.recognize.body.context import Item, Work, span
from jatspack.recognize.body.pieces import Grid, Pictures, Piece, take_apart
from jatspack.richtext import HARD_BREAK, Rich, Run

_FILE_NAME = re.compile(r"\S+\.\w{3,4}|[\w-]*\d[\w-]*|\S{25,}")
_NOTE_MARK = re.compile(r"\s*(?:[*†‡§]+|[a-z]{1,2}(?=[\s.)=:]))\s*\S")
BESIDE = 1.2  # weight of an image or table next to the caption
NOTE_LENGTH = 600


def gather_floats(blocks: list[Block], work: Work) -> list[Item]:
    """Figures and tables made of images, tables, captions and notes; everything else as it was."""
    pieces = take_apart(blocks, work)
    _pair(pieces, work)
    _table_notes(pieces, work)
    return [item for piece in pieces for item in _finish(piece, work)]


def _pair(pieces: list[Piece], work: Work) -> None:
    """Give every caption its image or table: neighbours in the place where the document puts captions."""
    below = _habit(pieces)
    seen: set[tuple[Kind, str]] = set()
    for n, piece in enumerate(pieces):
        if not isinstance(piece, CaptionPiece):
            continue
        kind: Kind = piece.label.kind
        twin = _twin(pieces, n)
        target = _neighbour(pieces, n, kind, prefer_before=below[kind]) if twin is None else twin
        weight = piece.weight + (BESIDE if target is not None else 0.0)
        if twin is None and (kind, piece.label.number) in seen:
            weight -= 1.0
        if weight < ENOUGH:
            pieces[n] = _plain(piece)
            continue
        seen.add((kind, piece.label.number))
        if target is None:
            target = Pictures([], piece.lines) if kind == "figure" else Grid(None, piece.lines)
            pieces[n] = target
            target.rule = "caption-alone"
        else:
            pieces[n] = Rule(piece.lines)
        target.captions += to_captions(piece, work)
        target.labels.append(piece.label)
        target.lines = span(target.lines, piece.lines)


def _plain(piece: CaptionPiece) -> Item:
    if piece.text == piece.source.text:
        return piece.source
    return replace(piece.source, text=piece.text, lines=piece.lines)


def _habit(pieces: list[Piece]) -> dict[Kind, bool]:
    """Whether captions stand below their floats, told by those with a float on one side only."""
    votes: Counter[tuple[Kind, bool]] = Counter({("figure", True): 1, ("table", False): 1})
    for n, piece in enumerate(pieces):
        if isinstance(piece, CaptionPiece) and piece.weight + BESIDE >= ENOUGH:
            kind: Kind = piece.label.kind
            wanted = Pictures if kind == "figure" else Grid
            above = n > 0 and isinstance(pieces[n - 1], wanted)
            under = n + 1 < len(pieces) and isinstance(pieces[n + 1], wanted)
            if above != under:
                votes[kind, above] += 2
    return {kind: votes[kind, True] > votes[kind, False] for kind in ("figure", "table")}


def _twin(pieces: list[Piece], n: int) -> Pictures | Grid | None:
    """The float beside that already has a caption of the same number in another language."""
    piece = pieces[n]
    if not isinstance(piece, CaptionPiece):
        return None
    for places in (range(n - 1, -1, -1), range(n + 1, len(pieces))):
        beside = next((pieces[at] for at in places if not isinstance(pieces[at], Rule)), None)
        if isinstance(beside, Pictures | Grid) and beside.labels:
            label = beside.labels[-1]
            same = (label.kind, label.number) == (piece.label.kind, piece.label.number)
            if same and not set(label.langs) & set(piece.label.langs):
                return beside
    return None


def _neighbour(pieces: list[Piece], n: int, kind: Kind, *, prefer_before: bool) -> Pictures | Grid | None:
    wanted = Pictures if kind == "figure" else Grid
    before = _free(pieces, range(n - 1, -1, -1), wanted)
    after = _free(pieces, range(n + 1, len(pieces)), wanted)
    first, second = (before, after) if prefer_before else (after, before)
    target = first if first is not None else second
    if isinstance(target, Pictures) and target is before:
        _take_earlier(pieces, target, n - 1)
    return target


def _free(pieces: list[Piece], places: range, wanted: type[Pictures] | type[Grid]) -> Pictures | Grid | None:
    """The nearest float without a caption that nothing but captions and rules parts from here."""
    for at in places:
        piece = pieces[at]
        if isinstance(piece, wanted):
            return None if piece.captions else piece
        if not isinstance(piece, Rule | CaptionPiece):
            return None
    return None


def _take_earlier(pieces: list[Piece], target: Pictures, at: int) -> None:
    """Images one after another above one caption, at `at` the last before it, are parts of one figure."""
    while pieces[at] is not target:
        at -= 1
    at -= 1
    while at >= 0 and isinstance(pieces[at], Pictures | Rule):
        earlier = pieces[at]
        if isinstance(earlier, Pictures):
            if earlier.captions or _labelled(earlier):
                return
            target.images[:0] = earlier.images
            target.lines = span(earlier.lines, target.lines)
            pieces[at] = Rule(earlier.lines)
        at -= 1


def _labelled(pictures: Pictures) -> bool:
    return any(re.search(r"\d", image.alt.plain) and " " in image.alt.plain for image in pictures.images)


def _table_notes(pieces: list[Piece], work: Work) -> None:
    """Paragraphs below a table that are labelled as note or source, or explain a mark used in it."""
    for n, piece in enumerate(pieces):
        if not isinstance(piece, Paragraph) or len(piece.text) > NOTE_LENGTH:
            continue
        at = n - 1
        while at >= 0 and isinstance(pieces[at], Rule):
            at -= 1
        owner = pieces[at] if at >= 0 else None
        if isinstance(owner, Grid) and owner.table is not None and _is_note(piece.text, work):
            owner.notes.append(piece)
            pieces[n] = Rule(piece.lines)
        elif (
            isinstance(owner, Pictures)
            and owner.captions
            and owner.captions[-1].text
            and _labelled_note(piece.text, work)
        ):
            caption = owner.captions[-1]
            caption.text = caption.text + Rich((Run(HARD_BREAK, line=piece.lines[0]),)) + piece.text
            owner.lines = span(owner.lines, piece.lines)
            pieces[n] = Rule(piece.lines)


def _labelled_note(text: Rich, work: Work) -> bool:
    lead = re.match(r"[\s*]*", text.text)
    found = work.lexicon.label_at(text.text, lead.end() if lead else 0, roles=("note", "sources"))
    return any(match.delimiter for match in found)


def _is_note(text: Rich, work: Work) -> bool:
    if _labelled_note(text, work):
        return True
    first = text.run_at(len(text.text) - len(text.text.lstrip())) if text.plain else None
    marked = bool(_NOTE_MARK.match(text.text))
    return marked and first is not None and ("sup" in first.style or not text.text.lstrip()[0].isalpha())


def _finish(piece: Piece, work: Work) -> list[Item]:
    if isinstance(piece, CaptionPiece):
        return [_plain(piece)]
    if isinstance(piece, Pictures):
        return [_figure(piece, work)]
    if isinstance(piece, Grid):
        return [_table(piece, work)]
    return [piece]


def _figure(piece: Pictures, work: Work) -> Figure:
    alts: dict[str, Rich] = {}
    for image in piece.images:
        plain = image.alt.plain
        if plain in alts:
            work.account(plain, piece.lines[0], "alt-text-repeated")
        elif plain:
            alts[plain] = image.alt
    alt = " ".join(alts)
    if not piece.captions and alts and not _FILE_NAME.fullmatch(alt):
        first, *others = alts.values()
        label = label_at(first.text, work.lexicon)
        text = first[label.end :] if label else first
        spaced = [part for other in others for part in (Rich.of(" ", piece.lines[0]), other)]
        piece.captions.append(make_caption(label, Rich.join([text, *spaced]), work))
        piece.rule, alt = "caption-in-alt-text", ""
    for image in piece.images:
        work.account(image.title, piece.lines[0], "image-title")
    if not piece.captions:
        work.findings.append(finding("figure-without-caption", piece.lines))
    if not piece.images:
        work.findings.append(finding("figure-without-image", piece.lines, label=piece.captions[0].label))
    sources = [image.src for image in piece.images]
    return Figure(work.ids.next("fig"), piece.captions, sources, alt, Origin((piece.lines,), piece.rule))


def _table(piece: Grid, work: Work) -> TableWrap:
    if piece.table is None and piece.captions:
        work.findings.append(finding("table-without-cells", piece.lines, label=piece.captions[0].label))
    return TableWrap(work.ids.next("tbl"), piece.captions, piece.table, Origin((piece.lines,), piece.rule), piece.notes)
