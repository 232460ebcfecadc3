"""The front of the article as a theme wants it: parts beside the title or at the page's foot, the journal's logo."""

from __future__ import annotations

from itertools import pairwise
from math import inf
from xml.etree import ElementTree as ET

from jatspack.render.theme import Theme
from jatspack.render.tree import HEADINGS, Parents, add_class, classes, detach, text_of

_LONG_TITLE = 100  # letters
_LONGEST_NAME = 30
_LETTERS_IN_A_LINE = 32  # of a margin of 39 mm
_LINES_BESIDE_TITLE = 46  # more do not stand beside the title and the abstract
_LETTERS_IN_A_COLUMN = 80
_CAPITALS = 0.85  # of a heading's letters


def arrange(root: ET.Element, theme: Theme, parents: Parents) -> None:
    """Move what the theme wants elsewhere, add the logo, tell headings in capitals and long titles."""
    article = root.find(".//article")
    header = None if article is None else article.find("header")
    _headings(root)
    _names_and_addresses(root, parents)
    if article is None or header is None:
        return
    _issue(article, header)
    if theme.logo:
        _logo(header, theme.logo, parents)
    layout = theme.layout
    front = [*header, *(child for child in article if "rights" in classes(child))]
    _move(front, header, layout.foot, "foot", parents)
    _move(front, header, layout.margin, "margin", parents)
    for section in article:
        if "translation" in classes(section):
            _move(list(section), section, layout.translation_margin, "margin", parents)
    for before, body in pairwise(list(article)):
        if "body" in classes(body):
            add_class(before, "before-body")


def _headings(root: ET.Element) -> None:
    for element in root.iter():
        if element.tag not in HEADINGS:
            continue
        text = text_of(element)
        if element.tag == "h1" and len(text) > _LONG_TITLE:
            add_class(element, "long")
        cased = [char for char in text if char.isupper() or char.islower()]
        if len(cased) > 3 and sum(char.isupper() for char in cased) >= _CAPITALS * len(cased):
            add_class(element, "capitals")


def _names_and_addresses(root: ET.Element, parents: Parents) -> None:
    """A name stays on one line if it is no longer than names are; an address fills its lines, wherever they broke."""
    for box in root.iter("ul"):
        if "authors" in classes(box):
            for span in box.iter("span"):
                if "name" in classes(span) and len(text_of(span)) <= _LONGEST_NAME:
                    add_class(span, "whole")
        if "affiliations" in classes(box):
            for line_end in list(box.iter("br")):
                line_end.tail = " " + (line_end.tail or "")
                detach(line_end, parents)


def _issue(article: ET.Element, header: ET.Element) -> None:
    """The issue stands by itself: without the comma that parts it from the journal's name; at the foot with it."""
    for span in header.iter("span"):
        if "issue" in classes(span):
            article.set("data-issue", text_of(next(s for s in header.iter("span") if "journal" in classes(s))))
            span.text = (span.text or "").lstrip(", ")


def _logo(header: ET.Element, address: str, parents: Parents) -> None:
    """The logo into the head of the first page; the journal's name is its alternative text."""
    masthead = next((element for element in header if "masthead" in classes(element)), None)
    if masthead is None:
        masthead = ET.Element("p", {"class": "masthead"})
        header.insert(0, masthead)
        parents[masthead] = header
    cite = masthead.find(".//cite")
    image = ET.Element("img", {"class": "logo", "src": address, "alt": text_of(cite) if cite is not None else ""})
    image.tail, masthead.text = masthead.text, None
    masthead.insert(0, image)
    parents[image] = masthead


def _move(front: list[ET.Element], home: ET.Element, names: tuple[str, ...], kind: str, parents: Parents) -> None:
    """Gather the named parts of the front in one box. In a margin what is too long stays where it is."""
    box = ET.Element("aside" if kind == "margin" else "div", {"class": kind})
    room = inf if kind == "foot" else _lines_beside(home)
    for part in [part for name in names for part in front if name in classes(part)]:
        if parents[part] in (box, None) or {"margin", "foot"} & classes(parents[part]):
            continue
        room -= sum(1 + len(text_of(row)) / _LETTERS_IN_A_LINE for row in (part if len(part) else [part]))
        if room < 0:
            break
        box.append(detach(part, parents))
        parents[part] = box
        if kind == "margin":
            _break_after_at(part)
    if len(box):
        after_masthead = int("masthead" in classes(home[0])) if len(home) else 0
        home.insert(after_masthead if kind == "margin" else len(home), box)
        parents[box] = home


def _lines_beside(home: ET.Element) -> float:
    """How many lines of the margin there is text beside."""
    if home.tag == "header":
        return _LINES_BESIDE_TITLE
    return len(text_of(home)) / _LETTERS_IN_A_COLUMN


def _break_after_at(part: ET.Element) -> None:
    """An e-mail address that is too long for the margin goes on after its @."""
    for link in part.iter("a"):
        name, at, host = (link.text or "").partition("@")
        if at and (link.get("href") or "").startswith("mailto:"):
            link.text = name + at
            ET.SubElement(link, "span", {"class": "unbroken"}).text = host
