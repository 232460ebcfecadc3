"""Captions of figures and tables: which paragraphs are captions, their labels, their languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from jatspack.article import Caption
from jatspack.read.document import Heading, Lines, Paragraph
from jatspack.recognize.body.context import Item, Work
from jatspack.recognize.language import identify
from jatspack.richtext import HARD_BREAK, Image, Rich

if TYPE_CHECKING:
    from jatspack.recognize.lexicon import Lexicon

Kind = Literal["figure", "table"]
# Charts, schemes and their like are figures in JATS.
KINDS: dict[str, Kind] = {"figure": "figure", "scheme": "figure", "chart": "figure", "table": "table"}

# A year or another number may be glued to the number: 图12010 is figure 1.
_DIGITS = r"(?:\d{1,3}(?!\d)|\d{1,2}(?=(?:19|20)\d\d(?!\d))|\d(?=\d{3}))"
NUMBER = rf"(?:[A-ZА-Я]\.?\s?)?{_DIGITS}(?:[.\-–]\d{{1,2}}(?!\d))*|[IVX]{{1,5}}(?![^\W\d_])|[A-Z]\d{{0,2}}(?![^\W_])"
_AFTER = re.compile(rf"\s?[.№#]*\s*(?P<number>{NUMBER})\s*(?P<part>[a-eа-д](?![^\W_]))?")
# The number first: "1-кесте", "2. ábra"; with the ending of an ordinal number, too.
_BEFORE = re.compile(rf"[\s(\[]*(?P<number>{NUMBER})(?:[-‐–]?[^\W\d_]{{1,3}}[^\S\n\u2028])?[-‐–\s.]*")
_DELIMITER = re.compile(r"\s*(?P<mark>[.:：。．|]|\s[-–—]+(?=\s)|[–—]+|-(?=\s))?[\s*]*(?P<dash>[-–—]+(?=\s))?\s*")
_LABEL_LINE = re.compile(f"[\n{HARD_BREAK}]")
_LEAD = re.compile(r"[\s\[【(（*]*")

ENOUGH = 1.0  # weight from which a paragraph is a caption
LONG = 300
LONGEST = 2500


@dataclass(slots=True)
class Label:
    """A printed label such as "Figure 2." at the start of a text."""

    kind: Kind
    number: str  # compared casefolded, without spaces
    printed: str
    end: int  # where the caption's text starts
    delimited: bool
    langs: tuple[str, ...]


@dataclass(slots=True)
class CaptionPiece:
    """A paragraph that may be a caption, with the weight of what speaks for it."""

    label: Label
    text: Rich
    lines: Lines
    weight: float
    source: Paragraph | Heading
    captions: list[Caption] = field(default_factory=list)


def label_at(text: str, lexicon: Lexicon, start: int = 0) -> Label | None:
    """The figure or table label that starts at `start`: "Fig. 2.", "图1", "1-кесте"."""
    lead = _LEAD.match(text, start)
    at = lead.end() if lead else start
    found = lexicon.label_at(text, at, roles=tuple(KINDS))
    for match in found:
        number = _AFTER.match(text, match.start + len(match.text))
        if number:
            return _label(text, match.start, number, match.role, match.langs)
    number = _BEFORE.match(text, at)
    if number:
        for match in lexicon.label_at(text, number.end(), roles=tuple(KINDS)):
            stop = match.start + len(match.text)
            if match.start != number.end() or text[stop : stop + 1].isalnum():
                continue
            if number["number"].isalpha() and (len(number["number"]) == 1 or _AFTER.match(text, stop)):
                continue  # an article, as in "A Tabela 1"
            return _label(text, at, number, match.role, match.langs, stop)
    return None


def _label(
    text: str, start: int, number: re.Match[str], role: str, langs: tuple[str, ...], stop: int | None = None
) -> Label:
    end = number.end() if stop is None else stop
    if stop is None and number["part"]:
        end = number.end("part")
    elif stop is None:
        end = number.end("number")
    delimiter = _DELIMITER.match(text, end)
    mark = delimiter["mark"] if delimiter and delimiter["mark"] else ""
    printed = text[start:end].strip() + (mark if mark.strip() in tuple(".:：。．") else "")
    after = delimiter.end() if delimiter else end
    delimited = bool(mark or (delimiter and delimiter["dash"])) or after >= len(text)
    key = re.sub(r"\s", "", number["number"]).rstrip(".").casefold() + (number.groupdict().get("part") or "")
    return Label(KINDS[role], key, " ".join(printed.split()), after, delimited, langs)


def caption_pieces(paragraph: Paragraph | Heading, work: Work) -> list[CaptionPiece]:
    """The captions in one paragraph: none, one, or several of different numbers on lines of their own."""
    text = paragraph.text
    starts = [0] if (first := label_at(text.text, work.lexicon)) else []
    if not first:
        return []
    for line in _LABEL_LINE.finditer(text.text):
        label = label_at(text.text, work.lexicon, line.end())
        if label and (label.delimited or label.number != first.number):
            starts.append(line.end())
    pieces = []
    for n, start in enumerate(starts):
        piece = text[start : starts[n + 1] if n + 1 < len(starts) else len(text)]
        label = label_at(piece.text, work.lexicon)
        if label is None:
            return []  # what stood before the second label was no label of its own
        lines = piece.lines if piece.lines[0] else paragraph.lines
        pieces.append(CaptionPiece(label, piece, lines, weigh(piece, label), paragraph))
    return pieces


def weigh(text: Rich, label: Label) -> float:
    """What the text itself says for being a caption, not a sentence that starts with a mention."""
    plain = text.text
    rest = plain[label.end :].lstrip()
    first = text.run_at(len(plain) - len(plain.lstrip()))
    weight = 0.0
    if first.style & {"bold", "italic"} and not text.all("italic"):
        weight += 1.0
    elif first.style:
        weight += 0.5
    if label.delimited:
        weight += 1.0
    if not rest:
        weight += 1.0
    elif rest[0].isupper():
        weight += 0.8
    elif rest[0].islower():
        weight -= 1.0
    if len(plain) <= LONG:
        weight += 0.3
    elif len(plain) > LONGEST:
        weight -= 3.0
    return weight


def to_captions(piece: CaptionPiece, work: Work) -> list[Caption]:
    """The caption, or the captions in several languages, that one paragraph prints one after the other."""
    out: list[Caption] = []
    text, label = piece.text, piece.label
    while True:
        body = text[label.end :]
        following = next(_twins(body.text, label, work.lexicon), None)
        stop = following if following is not None else len(body)
        out.append(make_caption(label, body[:stop], work))
        dash = text.text[: label.end].strip().removeprefix(label.printed).strip()
        work.account(dash, piece.lines[0], "caption-delimiter")
        if following is None:
            return out
        text = body[following:]
        label = label_at(text.text, work.lexicon) or label


def _twins(text: str, label: Label, lexicon: Lexicon) -> Iterator[int]:
    """Where the same label starts again in another language."""
    for match in re.finditer(rf"(?<![^\W_])(?=[^\W\d_])|(?<=\s)(?={re.escape(label.number)})", text):
        again = label_at(text, lexicon, match.start()) if match.start() else None
        if (
            again
            and again.kind == label.kind
            and again.number == label.number
            and not set(again.langs) & set(label.langs)
        ):
            yield match.start()


def make_caption(label: Label | None, text: Rich, work: Work) -> Caption:
    """A caption; bold or italic of the whole is how captions look, not what they say."""
    text = text.strip()
    for style in ("bold", "italic"):
        if text.all(style):
            text = text.without(style)
    lang = ""
    if label and label.langs and work.lang not in label.langs:
        lang = label.langs[0] if len(label.langs) == 1 else identify(text.plain, label.langs).lang
    return Caption(lang, label.printed if label else "", text)


def images_of(item: Item) -> list[Image]:
    """The images of a paragraph that holds nothing else."""
    if not isinstance(item, Paragraph):
        return []
    images = [run.object for run in item.text if isinstance(run.object, Image)]
    rest = "".join(run.text for run in item.text if not isinstance(run.object, Image))
    return images if images and not rest.strip() else []
