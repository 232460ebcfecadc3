"""The HTML page made ready for paper: what only a screen needs goes out, notes go to the foot of their page.

Works on the tree that WeasyPrint parsed (xml.etree), before it is laid out.
"""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree as ET

from jatspack.findings import Finding, finding
from jatspack.render.firstpage import arrange
from jatspack.render.fit import fit
from jatspack.render.formulas import draw
from jatspack.render.spoken import spoken
from jatspack.render.theme import Theme
from jatspack.render.tree import Parents, add_class, classes, detach, parents_of
from jatspack.render.words import direction

MATHML = "{http://www.w3.org/1998/Math/MathML}"
ET.register_namespace("mml", MATHML[1:-1])
_NO_FOOTNOTES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "table", "figcaption", "caption"})
_SPACE = re.compile(r"[ \t\r\n]+")
_PASSAGES = frozenset({"html", "section", "blockquote"})  # whose language chooses the first font
_LONG_WORD = re.compile(r"[^\s/\-\u2010-\u2014\u200b\u2e80-\uffff]{40,}")
_SHOWN = 60  # characters of a formula that a finding names


def prepare(root: ET.Element, theme: Theme) -> list[Finding]:
    """Change the tree in place; returns what was found wrong."""
    parents = parents_of(root)
    _remove_screen_parts(root, parents)
    _running_heads(root, parents)
    _footnotes(root, parents)
    arrange(root, theme, parents)
    for element in root.iter():
        if lang := element.get("lang"):
            if element.tag in _PASSAGES:
                add_class(element, "hyphens" if _may_be_justified(lang) else "no-hyphens")
            if element.tag in _PASSAGES or "citation" in classes(element):
                add_class(element, "cjk" if _is_cjk(lang) else "alphabetic")
    _break_long_words(root)
    fit(root, theme.layout)
    return _formulas(root, parents_of(root))


@cache
def _may_be_justified(lang: str) -> bool:
    """Whether words are hyphenated, or, as in Arabic and Hebrew, short enough without."""
    import pyphen

    return direction(lang) == "rtl" or pyphen.language_fallback(lang) is not None


def _break_long_words(root: ET.Element) -> None:
    """A zero width space in words that no line may hold; CSS's overflow-wrap breaks short ones of inline boxes, too."""

    def broken(text: str) -> str:
        return _LONG_WORD.sub(lambda word: "\u200b".join(re.findall(".{1,20}", word[0])), text)

    for element in root.iter():
        if element.text and element.tag != "title":
            element.text = broken(element.text)
        if element.tail:
            element.tail = broken(element.tail)


def _is_cjk(lang: str) -> bool:
    return lang.partition("-")[0] in {"zh", "ja", "ko", "yue"}


def _remove_screen_parts(root: ET.Element, parents: Parents) -> None:
    for element in list(root.iter()):
        if element.tag in ("style", "script", "nav") or {"skip", "back", "orcid", "screen"} & classes(element):
            detach(element, parents)
        elif element.tag == "button":  # an author's name, which opens nothing on paper
            element.tag = "span"
            element.attrib.clear()


def _running_heads(root: ET.Element, parents: Parents) -> None:
    """The running heads' texts become attributes of the article, where the theme reads them (string-set)."""
    article = root.find(".//article")
    for box in [element for element in root.iter("div") if "running" in classes(element)]:
        texts = {span.get("class", ""): " ".join("".join(span.itertext()).split()) for span in box}
        if article is not None:
            sides = [texts.get("running-authors", ""), texts.get("running-journal", "")]
            article.set("data-title", texts.get("running-title", ""))
            article.set("data-side", " · ".join(text for text in sides if text))
        detach(box, parents)


def _footnotes(root: ET.Element, parents: Parents) -> None:
    """Move each note to its first mark. Notes of headings, tables and captions stay at the end."""
    sections = [element for element in root.iter("section") if "notes" in classes(element)]
    notes = {item.get("id"): item for section in sections for item in section.iter("li") if item.get("id")}
    for link in list(root.iter("a")):
        item = notes.get((link.get("href") or "").removeprefix("#"))
        if item is None or "fn" not in classes(link) or not _may_hold_note(link, parents):
            continue
        place = parents[link]
        if place.tag == "sup" and len(place) == 1 and not (place.text or "").strip() and not (link.tail or "").strip():
            mark, place = place, parents[place]
        else:
            mark = link
        note = ET.Element(
            "span", {"class": "footnote", "id": item.get("id", ""), "data-mark": "".join(mark.itertext())}
        )
        note.tail = mark.tail
        body = item.find("div")
        for paragraph in body if body is not None else ():
            note.append(paragraph)
            parents[paragraph] = note
        _fold_space(note)
        place[list(place).index(mark)] = note
        parents[note] = place
        detach(item, parents)
        del notes[item.get("id")]
    for section in sections:
        if not any(True for _ in section.iter("li")):
            detach(section, parents)


def _fold_space(note: ET.Element) -> None:
    """WeasyPrint does not fold white space in footnotes: every line end of the source would be one on paper."""
    for element in note.iter():
        if element.text:
            element.text = _SPACE.sub(" ", element.text)
        if element.tail and element is not note:
            element.tail = _SPACE.sub(" ", element.tail)
    for paragraph in note:
        paragraph.text = (paragraph.text or "").lstrip(" ")


def _may_hold_note(element: ET.Element, parents: Parents) -> bool:
    parent = parents.get(element)
    while parent is not None:
        if parent.tag in _NO_FOOTNOTES or {"note", "footnote"} & classes(parent):
            return False
        parent = parents.get(parent)
    return True


def _formulas(root: ET.Element, parents: Parents) -> list[Finding]:
    """Draw every formula; its alternative text is the formula in one line."""
    found = []
    for math in list(root.iter(f"{MATHML}math")):
        text = spoken(math)
        tail, math.tail = math.tail, None
        mathml = ET.tostring(math, encoding="unicode")
        drawing = draw(mathml)
        if drawing is None:
            found.append(finding("formula-not-drawn", text=text[:_SHOWN]))
            image = ET.Element("code", {"class": "tex"})
            image.text = text
        else:
            image = ET.Element(
                "img", {"class": "math", "src": drawing.address, "alt": text or "=", "data-mathml": mathml}
            )
            image.set(
                "style",
                f"width:{drawing.width:.3f}em;height:{drawing.height:.3f}em;vertical-align:{-drawing.depth:.3f}em",
            )
        image.tail = tail
        parent = parents[math]
        parent[list(parent).index(math)] = image
    return found
