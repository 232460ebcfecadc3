"""Blocks: sec, p, list, fig, table-wrap, disp-formula, disp-quote, code, def-list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from jatspack.article import BodyBlock, Caption, Figure, Formula, Origin, Section, TableWrap
from jatspack.jats.inline import XML, Writer, clean, leaf
from jatspack.jats.models import BLOCKS, HOLDS_BLOCKS, HOLDS_SECTIONS
from jatspack.jats.numbers import number
from jatspack.read.document import Block, Cell, Code, Definitions, Heading, ListBlock, Paragraph, Quote, Table
from jatspack.richtext import Rich

LIST_TYPES = {
    "decimal": "order",
    "lower-alpha": "alpha-lower",
    "upper-alpha": "alpha-upper",
    "lower-roman": "roman-lower",
    "upper-roman": "roman-upper",
}
_NOWHERE = Origin((), "")


@dataclass(slots=True)
class Blocks:
    """Writes blocks; one for the whole article."""

    writer: Writer
    language: str = ""

    def fill(self, parent: etree._Element, blocks: Sequence[BodyBlock | Block]) -> etree._Element:
        """Append blocks to an element that holds blocks; where only some may stand, the others go into a p.

        In JATS sections come last: what follows one in reading order joins its innermost last section.
        """
        here = parent
        for block in blocks:
            if isinstance(block, Section) and here.tag not in HOLDS_SECTIONS:
                self._append(here, Paragraph(_strong(block.title), (0, 0)))
                self.fill(here, block.blocks)
            elif isinstance(block, Section):
                here = _innermost(self._section(parent, block))
            else:
                self._append(here, block)
        return parent

    def _append(self, parent: etree._Element, block: BodyBlock | Block) -> None:
        element = self._block(block)
        if element is None:
            return
        if element.tag in HOLDS_BLOCKS.get(str(parent.tag), BLOCKS):
            parent.append(element)
        else:
            etree.SubElement(parent, "p").append(element)

    def _section(self, parent: etree._Element, section: Section) -> etree._Element:
        element = etree.SubElement(parent, "sec")
        if section.id:
            element.set("id", section.id)
        if section.sec_type:
            element.set("sec-type", section.sec_type)
        if section.lang and section.lang != self.language:
            element.set(XML + "lang", section.lang)
        leaf(element, "label", section.label)
        self.writer.title(element, "title", section.title)
        return self.fill(element, section.blocks)

    def _block(self, block: BodyBlock | Block) -> etree._Element | None:  # noqa: PLR0911 (one row per kind)
        match block:
            case Paragraph():
                return self.writer.fill(etree.Element("p"), block.text) if block.text else None
            case Heading():
                return self.writer.fill(etree.Element("p"), _strong(block.text))
            case ListBlock():
                return self._list(block)
            case Figure():
                return self._figure(block)
            case TableWrap():
                return self._table_wrap(block)
            case Table():
                return self._table_wrap(TableWrap("", _caption(block.caption), block, _NOWHERE))
            case Formula():
                return self._formula(block)
            case Quote():
                return self.fill(etree.Element("disp-quote"), block.blocks)
            case Code():
                return self._code(block)
            case Definitions():
                return self._definitions(block)
            case _:
                return None  # a rule between paragraphs

    # --- kinds --------------------------------------------------------------

    def _list(self, block: ListBlock) -> etree._Element | None:
        """JATS lists start at 1 and end numbers as the style sheet likes; what was printed otherwise is a label."""
        if not block.items:
            return None
        kind = LIST_TYPES[block.number_style] if block.ordered else "bullet"
        element = etree.Element("list", {"list-type": kind})
        labelled = block.ordered and (block.start != 1 or block.delimiter != "1.")
        for n, item in enumerate(block.items):
            entry = etree.SubElement(element, "list-item")
            if labelled:
                printed = number(block.start + n, block.number_style)
                etree.SubElement(entry, "label").text = block.delimiter.replace("1", printed)
            self.fill(entry, item)
            if not len(entry) or entry[-1].tag == "label":
                etree.SubElement(entry, "p")
        return element

    def captions(self, element: etree._Element, captions: Sequence[Caption]) -> None:
        """label and caption in the article's language; in others, label and text are paragraphs of the same caption.

        JATS 1.1 allows one caption; two figures in a fig-group would say that there are two pictures.
        """
        order = sorted(captions, key=lambda c: c.lang.split("-")[0] != self.language.split("-")[0])
        for n, item in enumerate(order):
            text = item.text
            if n == 0:
                leaf(element, "label", item.label)
            elif item.label.strip():
                text = Rich.of(f"{item.label} ") + text
            if not text.plain:
                continue
            caption = element.find("caption")
            if caption is None:
                caption = etree.SubElement(element, "caption")
            foreign = item.lang and item.lang not in ("und", self.language)
            if n == 0:
                if foreign:
                    caption.set(XML + "lang", item.lang)
                self.writer.title(caption, "title", text)
            else:
                paragraph = self.writer.fill(etree.SubElement(caption, "p"), text)
                if item.lang and item.lang != "und":
                    paragraph.set(XML + "lang", item.lang)

    def _figure(self, figure: Figure) -> etree._Element:
        element = etree.Element("fig", {"id": figure.id} if figure.id else {})
        self.captions(element, figure.captions)
        graphics = [src for src in figure.graphics if clean(src)]
        shared = figure.alt if len(graphics) != 1 else ""
        leaf(element, "alt-text", shared)
        for src in graphics:
            self.writer.graphic(element, src, "graphic", "" if shared else figure.alt)
        return element

    def _table_wrap(self, wrap: TableWrap) -> etree._Element:
        element = etree.Element("table-wrap", {"id": wrap.id} if wrap.id else {})
        self.captions(element, wrap.captions)
        if isinstance(wrap.table, Table):
            self._table(element, wrap.table)
        elif isinstance(wrap.table, Code | ListBlock | Definitions | Quote):
            inner = self._block(wrap.table)
            if inner is not None:
                element.append(inner)
        foot = self.fill(etree.Element("table-wrap-foot"), wrap.notes)
        if len(foot):
            element.append(foot)
        return element

    def _table(self, parent: etree._Element, table: Table) -> None:
        """table: thead? and tbody, which must not be empty; rows without cells are no rows of JATS."""
        head, body = [r for r in table.head if r], [r for r in table.body if r]
        element = etree.SubElement(parent, "table")
        if not (head or body):
            parent.remove(element)
            return
        groups = (("thead", head), ("tbody", body)) if body else (("tbody", head),)
        for tag, rows in groups:
            if not rows:
                continue
            group = etree.SubElement(element, tag)
            for row in rows:
                line = etree.SubElement(group, "tr")
                for cell in row:
                    self._cell(line, cell, cell.header or rows is head)

    def _cell(self, row: etree._Element, cell: Cell, header: bool) -> None:
        element = etree.SubElement(row, "th" if header else "td")
        if cell.align:
            element.set("align", cell.align)
        if cell.colspan > 1:
            element.set("colspan", str(cell.colspan))
        if cell.rowspan > 1:
            element.set("rowspan", str(cell.rowspan))
        if len(cell.blocks) == 1 and isinstance(cell.blocks[0], Paragraph):
            self.writer.fill(element, cell.blocks[0].text)
        else:
            self.fill(element, cell.blocks)

    def _formula(self, formula: Formula) -> etree._Element:
        element = etree.Element("disp-formula", {"id": formula.id} if formula.id else {})
        leaf(element, "label", formula.label)
        self.writer.formula(element, formula.tex, display=True)
        return element

    def _code(self, block: Code) -> etree._Element:
        element = etree.Element("code")
        if language := clean(block.language).strip():
            element.set("language", language)
        element.set(XML + "space", "preserve")
        element.text = clean(block.text)
        return element

    def _definitions(self, block: Definitions) -> etree._Element | None:
        if not block.items:
            return None
        element = etree.Element("def-list")
        for term, definitions in block.items:
            item = etree.SubElement(element, "def-item")
            self.writer.fill(etree.SubElement(item, "term"), term)
            if definitions:
                definition = self.fill(etree.SubElement(item, "def"), definitions)
                if not len(definition):
                    item.remove(definition)
        return element


def _innermost(section: etree._Element) -> etree._Element:
    while len(section) and section[-1].tag == "sec":
        section = section[-1]
    return section


def _strong(text: Rich) -> Rich:
    """A heading where no title may stand."""
    return Rich(tuple(replace(run, style=run.style | {"bold"}) for run in text))


def _caption(text: Rich) -> list[Caption]:
    return [Caption("", "", text)] if text.plain else []
