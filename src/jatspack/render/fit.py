"""What is too wide for a column of text: smaller type, the full width of the page, or a landscape page."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as Base64Error
from io import BytesIO
from math import inf
from xml.etree import ElementTree as ET

from jatspack.render.theme import Layout, Setting
from jatspack.render.tree import Parents, add_class, classes, parents_of, split_at, text_of

_WIDTH_OF_LETTER = 0.53  # of a word in Fira Sans, in em
_LONGEST_PART = 10  # letters of a word that are left on a line when it is hyphenated
_FEW_LINES = 18  # of a table that stays whole
_SHORT_CELL = 5  # Han characters that stay on one line of a table
_LETTERS_IN_A_ROW = 110
_LONG_LABEL = 4  # characters of a reference's number: more need a wider column
_WIDE_IMAGE = 2.2  # width by height: such an image is too low in a narrow column
_FRONT = frozenset({"front", "translation", "abstract", "keywords", "rights", "foot", "margin"})


def fit(root: ET.Element, layout: Layout) -> None:
    """Say of each table and figure how it is to be set; then put what spans the columns between them."""
    parents = parents_of(root)
    for table in root.iter("table"):
        _table(table, parents, layout)
    for references in root.iter("ol"):
        if any(len(text_of(label)) > _LONG_LABEL for item in references for label in item.findall("span")):
            add_class(references, "long-labels")
    if layout.columns > 1:
        for figure in root.iter("figure"):
            image = figure.find(".//img")
            if image is not None and _shape(image.get("src", "")) >= _WIDE_IMAGE:
                add_class(figure, "wide")
    article = root.find(".//article")
    if article is not None:
        _after_its_section(article, parents)
        if layout.columns > 1:
            _columns(article)


def _breaks_anywhere(word: str) -> bool:
    """Han characters and kana have no words that a line end must spare."""
    return any("\u3040" <= char <= "\u9fff" for char in word)


def _letters(word: str) -> int:
    """The letters that a word needs on one line; a Han character is as wide as two."""
    return 2 * min(len(word), _SHORT_CELL) if _breaks_anywhere(word) else len(word)


def _longest_words(table: ET.Element) -> tuple[dict[int, int], int, int]:
    """The letters of each column's longest word; the numbers of columns and of rows."""
    longest: dict[int, int] = {}
    columns = rows = 0
    for row in table.iter("tr"):
        at = 0
        rows += 1
        if not text_of(row) and row.find(".//img") is None:
            add_class(row, "blank")
        for cell in row:
            span = int(cell.get("colspan", "1"))
            words = text_of(cell).split()
            if sum(map(len, words)) <= _SHORT_CELL and any(map(_breaks_anywhere, words)):
                add_class(cell, "whole")
            if span == 1:
                longest[at] = max([longest.get(at, 1), *map(_letters, words)])
            at += span
        columns = max(columns, at)
    return longest, columns, rows


def _table(table: ET.Element, parents: Parents, layout: Layout) -> None:
    longest, columns, rows = _longest_words(table)

    def width(setting: Setting) -> float:
        most = _LONGEST_PART if setting is layout.dense else inf  # a dense table is hyphenated
        letters = sum(min(longest.get(n, 1), most) for n in range(columns))
        return letters * setting.size * _WIDTH_OF_LETTER + columns * setting.padding

    figure = _figure(table, parents)
    usual, dense = width(layout.table), width(layout.dense)
    if figure is not None and rows + len(text_of(table)) / _LETTERS_IN_A_ROW <= _FEW_LINES:
        add_class(figure, "whole")
    if usual <= layout.text:
        return
    if figure is None or (dense <= layout.text and layout.wide == layout.text):
        add_class(table, *["dense", "crammed"][: 1 + (dense > layout.text)])
    elif usual <= layout.wide:
        add_class(figure, "wide")
    elif dense <= layout.wide:
        add_class(figure, "wide")
        add_class(table, "dense")
    else:
        add_class(figure, "sideways")
        add_class(table, *["dense", "crammed"][: (usual > layout.sideways) + (dense > layout.sideways)])


def _figure(element: ET.Element, parents: Parents) -> ET.Element | None:
    inner: ET.Element | None = element
    while inner is not None and inner.tag != "figure":
        inner = parents.get(inner)
    return inner


def _shape(address: str) -> float:
    """Width of an embedded bitmap by its height; 0 where it cannot be told."""
    from PIL import Image, UnidentifiedImageError

    head, comma, data = address.partition(",")
    if not comma or not head.startswith("data:image/") or "svg" in head:
        return 0.0
    try:
        with Image.open(BytesIO(b64decode(data))) as image:
            return image.width / image.height
    except (UnidentifiedImageError, Image.DecompressionBombError, Base64Error, OSError, ValueError):
        return 0.0


def _after_its_section(article: ET.Element, parents: Parents) -> None:
    """A landscape page breaks the text before it: it comes after its section, unless another table would be passed."""
    for figure in [element for element in article.iter("figure") if "sideways" in classes(element)]:
        section, inner = parents[figure], figure
        while section is not article and not (section.tag == "section" and _top(section, parents)):
            section, inner = parents[section], section
        if section is article:
            continue
        following = list(section)[list(section).index(inner) + 1 :]
        home = parents[figure]
        if any(True for later in following for _ in later.iter("table")):
            continue
        figure.tail, tail = None, figure.tail
        at = list(home).index(figure)
        if tail and tail.strip():
            if at:
                home[at - 1].tail = (home[at - 1].tail or "") + tail
            else:
                home.text = (home.text or "") + tail
        home.remove(figure)
        section.append(figure)
        parents[figure] = section


def _top(section: ET.Element, parents: Parents) -> bool:
    parent = parents[section]
    return parent.tag == "article" or "body" in classes(parent)


def _columns(article: ET.Element) -> None:
    """Everything after the front matter into boxes of class "columns", what spans them between two such boxes."""
    flow = [child for child in article if child.tag not in {"header", "footer"} and not _FRONT & classes(child)]
    boxes: list[ET.Element] = []
    for child in flow:
        if "body" in classes(child):
            boxes += list(child)
            for part in child:
                add_class(part, "in-body")
        else:
            boxes.append(child)
    at = list(article).index(flow[0]) if flow else 0
    for child in flow:
        article.remove(child)
    hold = ET.Element("div", {"class": "columns body"})
    hold.extend(boxes)
    article.insert(at, hold)
    parents = parents_of(article)
    for figure in [f for f in hold.iter("figure") if {"wide", "sideways"} & classes(f)]:
        for part in split_at(figure, hold, parents):
            add_class(part, "spanning")
    _box_up(article, hold)


def _box_up(article: ET.Element, hold: ET.Element) -> None:
    """Cut the one box of columns at each part that spans them."""
    at = list(article).index(hold)
    article.remove(hold)
    current: ET.Element | None = None
    for child in list(hold):
        if "spanning" in classes(child):
            article.insert(at, child)
            current, at = None, at + 1
            continue
        if current is None:
            current = ET.Element("div", {"class": "columns body"})
            article.insert(at, current)
            at += 1
        current.append(child)
