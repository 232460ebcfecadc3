"""Rich text as mixed content: style, links, cross-references, formulas, pictures and the parts tagged in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from lxml import etree

from jatspack.article import Part
from jatspack.jats.mathml import add_mathml
from jatspack.jats.models import INLINE, PARTS, PLAIN, STYLED, Holds
from jatspack.jats.uri import uri
from jatspack.read.document import Media, Paragraph
from jatspack.richtext import HARD_BREAK, OBJECT, Image, Math, Note, Rich, Run, Xref

XML = "{http://www.w3.org/XML/1998/namespace}"
XLINK = "{http://www.w3.org/1999/xlink}"

MathML = Callable[[list[str]], list[str | None]]
Wrapper = str | Xref | tuple[str, str]  # a style, a cross-reference, ("link", address)

# What cannot be decided by length is nested in this order, outermost first.
_ORDER = ("bold", "italic", "underline", "strike", "sc", "monospace", "sup", "sub")
_RAISED = frozenset({"sup", "sub"})
# Characters that XML 1.0 cannot hold (section 2.2).
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAFE = re.compile(r"(?:https?|ftp|mailto|doi|urn):", re.IGNORECASE)
_DOI = re.compile(r"doi:\s*(?=10\.)", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_SPACES = re.compile(r"[ \t\r\n]+")
_BREAK = re.compile(f" ?{HARD_BREAK} ?")
_PIECES = re.compile(r"\s+|\S+(?:\s+\S+)*")
_NAMESPACED = {"xlink:href": XLINK + "href", "xml:lang": XML + "lang"}


@dataclass(slots=True)
class Piece:
    """Characters or an object, and the elements that have to be around it."""

    run: Run
    text: str
    wrappers: frozenset[Wrapper]


@dataclass(slots=True)
class Writer:
    """What is needed while text is written: where pictures lie, and the formulas that wait for their MathML."""

    media: dict[str, Media] = field(default_factory=dict)
    formulas: list[tuple[etree._Element, bool]] = field(default_factory=list)
    notes: int = 0

    def fill(self, parent: etree._Element, text: Rich) -> etree._Element:
        """Append rich text to an element, as far as its content model allows; what it forbids stays as characters."""
        return self._fill(parent, text.strip(), INLINE.get(str(parent.tag), PLAIN))

    def append(self, parent: etree._Element, text: Rich) -> etree._Element:
        """Like `fill`, but white space at the ends stays."""
        return self._fill(parent, text, INLINE.get(str(parent.tag), PLAIN))

    def title(self, parent: etree._Element, tag: str, text: Rich) -> etree._Element:
        """Append a title; one that is wholly bold or italic is so because it is a title."""
        for style in ("bold", "italic"):
            if text.all(style):
                text = text.without(style)
        return self.fill(etree.SubElement(parent, tag), text)

    def fill_tagged(self, parent: etree._Element, text: Rich, parts: Sequence[Part]) -> etree._Element:
        """Append rich text with elements in it; a part that cuts a styled stretch cuts it in two."""
        holds, allowed = INLINE.get(str(parent.tag), PLAIN), PARTS.get(str(parent.tag), frozenset())
        at = 0
        for part in _flattened(parts, allowed):
            self._between(parent, text[at : part.start], holds)
            child = etree.SubElement(parent, part.tag)
            for name, value in part.attributes:
                child.set(_NAMESPACED.get(name, name), uri(clean(value)) if name == "xlink:href" else clean(value))
            if part.tag in PARTS:
                inner = [_shift(p, -part.start) for p in part.parts]
                self.fill_tagged(child, text[part.start : part.end], inner)
            else:
                self._fill(child, text[part.start : part.end], INLINE.get(part.tag, PLAIN))
            if not len(child) and not (child.text or "").strip():  # nothing to be seen is no part of anything
                parent.remove(child)
                _add(parent, child.text or "")
            at = part.end
        self._between(parent, text[at:], holds)
        return parent

    def _between(self, parent: etree._Element, text: Rich, holds: frozenset[Holds]) -> None:
        """Text between parts: style on punctuation alone is a left-over of the parts' own."""
        styled = any(run.style for run in text.runs)
        if styled and not any(character.isalnum() or character == OBJECT for character in text.text):
            text = Rich(tuple(replace(run, style=frozenset()) for run in text))
        self._fill(parent, text, holds)

    def _fill(self, parent: etree._Element, text: Rich, holds: frozenset[Holds]) -> etree._Element:
        if all(map(_plain, text.runs)):  # as most are: half of the time
            breaks = "break" in INLINE.get(str(parent.tag), PLAIN)
            for run in text.runs:
                write(parent, run.text, breaks=breaks)
        else:
            self._append(parent, _pieces(text, holds), holds)
        return parent

    def _append(self, parent: etree._Element, pieces: list[Piece], holds: frozenset[Holds]) -> None:
        """Put the widest element around the pieces that share it, then the next inside it."""
        i = 0
        while i < len(pieces):
            if not pieces[i].wrappers:
                self._leaf(parent, pieces[i], holds)
                i += 1
                continue
            wrapper, end = _widest(pieces, i)
            group = [Piece(p.run, p.text, p.wrappers - {wrapper}) for p in pieces[i:end]]
            element = _element(parent, wrapper, "".join(p.text for p in group))
            if element.tag == "email":
                write(element, "".join(p.text for p in group).strip())
            else:
                self._append(element, group, holds if isinstance(wrapper, str) else holds & STYLED)
            i = end

    def _leaf(self, parent: etree._Element, piece: Piece, holds: frozenset[Holds]) -> None:
        thing = piece.run.object
        if isinstance(thing, Math):
            if thing.display and "display" in holds and parent.tag in INLINE and "display" in INLINE[str(parent.tag)]:
                self.formula(etree.SubElement(parent, "disp-formula"), thing.tex, display=True)
            elif "formula" in holds:
                self.formula(etree.SubElement(parent, "inline-formula"), thing.tex, display=False)
            else:
                write(parent, thing.tex)
        elif isinstance(thing, Image):
            if "image" in holds and clean(thing.src):
                self.graphic(parent, thing.src, "inline-graphic", thing.alt.plain)
            else:
                write(parent, thing.alt.plain)
        elif isinstance(thing, Note):
            self._note(parent, thing, holds)
        else:
            write(parent, piece.text, breaks="break" in INLINE.get(str(parent.tag), PLAIN))

    def _note(self, parent: etree._Element, note: Note, holds: frozenset[Holds]) -> None:
        """A note that recognition left where its mark stood: fn in place, or its text where fn may not stand."""
        texts = [block.text for block in note.blocks if isinstance(block, Paragraph)]
        if "note" in holds:
            self.notes += 1
            element = etree.SubElement(parent, "fn", {"id": f"note-{self.notes}"})
            leaf(element, "label", note.label)
            for text in texts or [Rich()]:
                self._fill(etree.SubElement(element, "p"), text.strip(), holds - {"note"})
        else:
            for text in texts:
                write(parent, " ")
                self._fill(parent, text.strip(), holds)

    def formula(self, parent: etree._Element, tex: str, *, display: bool) -> None:
        """TeX inside inline-formula or disp-formula; MathML is put beside it by `finish`."""
        etree.SubElement(parent, "tex-math").text = clean(tex)
        self.formulas.append((parent, display))

    def graphic(self, parent: etree._Element, src: str, tag: str, alt: str = "") -> etree._Element:
        """A picture of this article's media folder; the printed address where the file is not there."""
        media = self.media.get(src)
        element = etree.SubElement(parent, tag)
        if media and "/" in media.media_type:
            kind, subtype = media.media_type.split("/", 1)
            element.set("mimetype", kind)
            element.set("mime-subtype", subtype)
        element.set(XLINK + "href", f"media/{media.name}" if media else uri(clean(src)) or quote(clean(src), safe=""))
        leaf(element, "alt-text", alt)
        return element

    def finish(self, mathml: MathML | None) -> None:
        """Ask for the MathML of all formulas at once, and put it beside the TeX where there is some."""
        if mathml is not None and self.formulas:
            add_mathml(self.formulas, mathml)


# --- pieces -----------------------------------------------------------------


def _plain(run: Run) -> bool:
    """Whether a run is nothing but characters."""
    return not (run.style or run.href or run.xref or run.object or OBJECT in run.text or _has_unwritable(run.text))


def _pieces(text: Rich, holds: frozenset[Holds]) -> list[Piece]:
    """Runs parted into words and white space; white space is styled only where both its neighbours are."""
    out: list[Piece] = []
    for run in text:
        wrappers = _wrappers(run, holds)
        if run.object is not None:
            out.append(Piece(run, "", wrappers))
            continue
        for piece in _PIECES.findall(run.text):
            out.append(Piece(run, piece, wrappers))
    blank = [not p.text.strip() and p.run.object is None for p in out]
    for n, piece in enumerate(out):
        if blank[n]:
            before = next((out[m].wrappers for m in range(n - 1, -1, -1) if not blank[m]), frozenset())
            after = next((out[m].wrappers for m in range(n + 1, len(out)) if not blank[m]), frozenset())
            piece.wrappers = before & after
    return out


def _wrappers(run: Run, holds: frozenset[Holds]) -> frozenset[Wrapper]:
    out: set[Wrapper] = set()
    for style in run.style:
        if ("raised" if style in _RAISED else "style") in holds:
            out.add(style)
    if "style" not in holds and out >= _RAISED:
        out.discard("sub")  # where nothing else is styled, neither holds the other
    if run.xref is not None and run.xref.rid and "xref" in holds:
        out.add(run.xref)
    elif (
        run.href
        and "link" in holds
        and _SAFE.match(run.href)
        and run.object is None
        and (address := _address(run.href))
    ):
        out.add(("link", address))
    return frozenset(out)


def _widest(pieces: list[Piece], i: int) -> tuple[Wrapper, int]:
    """The wrapper of piece i that goes furthest, and where it ends."""
    best: tuple[int, int, Wrapper] | None = None
    for wrapper in pieces[i].wrappers:
        end = i
        while end < len(pieces) and wrapper in pieces[end].wrappers:
            end += 1
        rank = _ORDER.index(wrapper) if isinstance(wrapper, str) else len(_ORDER)
        if best is None or (-end, rank) < best[:2]:
            best = (-end, rank, wrapper)
    assert best is not None
    return best[2], -best[0]


def _element(parent: etree._Element, wrapper: Wrapper, text: str) -> etree._Element:
    if isinstance(wrapper, str):
        return etree.SubElement(parent, wrapper)
    if isinstance(wrapper, Xref):
        return etree.SubElement(parent, "xref", {"ref-type": wrapper.ref_type, "rid": wrapper.rid})
    href = wrapper[1]
    if href[:7].lower() == "mailto:" and _EMAIL.fullmatch(text.strip()):
        return etree.SubElement(parent, "email")
    element = etree.SubElement(parent, "ext-link", {"ext-link-type": "uri"})
    element.set(XLINK + "href", href)
    return element


def _address(href: str) -> str:
    return uri(clean(_DOI.sub("https://doi.org/", href)))


def _flattened(parts: Sequence[Part], allowed: frozenset[str]) -> list[Part]:
    """The parts that may stand here; a part that may not gives its place to the parts inside it."""
    out: list[Part] = []
    for part in parts:
        if part.tag in allowed and all(uri(clean(v)) for k, v in part.attributes if k == "xlink:href"):
            out.append(part)
        else:
            out += _flattened(part.parts, allowed)
    return out


def _shift(part: Part, by: int) -> Part:
    return Part(part.tag, part.start + by, part.end + by, part.attributes, tuple(_shift(p, by) for p in part.parts))


# --- characters -------------------------------------------------------------


def clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return text if text.isprintable() else _UNWRITABLE.sub("", text)


def _has_unwritable(text: str) -> bool:
    return not text.isprintable() and _UNWRITABLE.search(text) is not None


def leaf(parent: etree._Element, tag: str, text: str) -> etree._Element | None:
    """Append an element of characters alone; nothing where there is none to be seen."""
    text = clean(text).strip()
    if not text:
        return None
    element = etree.SubElement(parent, tag)
    element.text = text
    return element


def write(parent: etree._Element, text: str, *, breaks: bool = False) -> None:
    """Append characters; line ends of the source are spaces, hard breaks are break elements where `breaks` allows."""
    if text.isprintable() and "  " not in text and OBJECT not in text:  # as most are
        _add(parent, text)
        return
    text = _SPACES.sub(" ", clean(text.replace(OBJECT, "")))
    for n, piece in enumerate(_BREAK.split(text) if HARD_BREAK in text else (text,)):
        if n and breaks:
            etree.SubElement(parent, "break")
        elif n:
            _add(parent, " ")
        _add(parent, piece)


def _add(parent: etree._Element, text: str) -> None:
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
