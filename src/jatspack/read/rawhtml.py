"""Raw HTML blocks: tables with their spans, images, containers dissolved into what they hold."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from jatspack.findings import UnreadableInput, finding
from jatspack.read.document import Block, Cell, Code, Heading, ListBlock, Paragraph, Quote, Removed, Rule, Table
from jatspack.read.inlines import Context
from jatspack.read.markdown import is_formula
from jatspack.read.marks import as_words, runs_of
from jatspack.read.markup import BREAKING, DROPPED, KNOWN, Tag
from jatspack.richtext import EMPTY, HARD_BREAK, OBJECT, Image, Math, Rich, Run, Style

_BLOCKS = BREAKING | frozenset(("body", "details", "summary", "hr", "pre", "form", "main", "header", "footer", "nav"))
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_ANY = re.compile("<")
_MARKUP = re.compile(
    rf"</?(?:{'|'.join(sorted(KNOWN, key=len, reverse=True))})(?:\s[^<>]*)?/?>|<!--", re.I
)  # 0.1<D<0.6
_MATH = re.compile(r"(?<![\\$])\$\$([^$]+)\$\$|(?<![\\$])\$((?:[^$\\]|\\.)+)\$")
_MOST_SPAN = 1000  # HTML's own bound of rowspan and colspan


def html_blocks(text: str, start: int, context: Context) -> list[Block]:
    """The blocks of a piece of HTML that begins at line `start` of the parsed text."""
    if not text.strip():
        return []
    text = _ANY.sub(lambda m: m[0] if _MARKUP.match(m.string, m.start()) else "&lt;", text)
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    try:
        root = lxml_html.document_fromstring(f"<body>{text}</body>".encode(), parser=parser)
    except (etree.ParserError, ValueError):
        context.removed.append(Removed(context.source(start), text, "comment"))
        return []
    body = root.find(".//body")
    try:
        return _Html(context, start).blocks(body if body is not None else root)
    except RecursionError:
        raise UnreadableInput(
            f"line {context.source(start)}: HTML elements are nested too deep; this is no article text, take them out"
        ) from None


class _Html:
    """Walks the tree; running text that stands between blocks becomes paragraphs."""

    def __init__(self, context: Context, start: int) -> None:
        self.context = context
        self._first = start
        self._at = start  # line of the parsed text where the walk is
        self._runs: list[Run] = []
        self._out: list[Block] = []

    def blocks(self, element: Any) -> list[Block]:
        """Blocks of an element that holds blocks, running text, or both."""
        outer, runs = self._out, self._runs
        self._out, self._runs = [], []
        self._children(element, frozenset(), "")
        self._end()
        out, self._out, self._runs = self._out, outer, runs
        return out

    @property
    def _line(self) -> int:
        return self.context.source(self._at)

    def _text(self, text: str | None, style: frozenset[Style], href: str) -> None:
        at, line = 0, self._line
        self._at += (text or "").count("\n")
        for match in _MATH.finditer(text or ""):
            self._plain((text or "")[at : match.start()], style, href, line)
            self._math(match, style, href, line)
            at = match.end()
        self._plain((text or "")[at:], style, href, line)

    def _math(self, match: re.Match[str], style: frozenset[Style], href: str, line: int) -> None:
        display, inline = match.groups()
        tex = (display or inline).strip()
        words = as_words(tex, self._runs[-1].text if self._runs else "") if inline else ()
        if words:
            self._runs += runs_of(words, style, href, line)
        elif tex and (display or is_formula(tex, inline)):
            self._runs.append(Run(OBJECT, style, href, object=Math(tex, bool(display)), line=line))
        else:
            self._plain(match[0], style, href, line)

    def _plain(self, text: str, style: frozenset[Style], href: str, line: int) -> None:
        if text:
            folded = " ".join(text.split())
            if text[0].isspace():
                folded = " " + folded
            if text[-1].isspace() and folded.strip():
                folded += " "
            self._runs.append(Run(folded, style, href, line=line))

    def _end(self) -> None:
        rich = Rich(tuple(self._runs)).strip()
        self._runs = []
        if rich:
            self._out.append(Paragraph(rich, rich.lines))

    def _children(self, element: Any, style: frozenset[Style], href: str) -> None:
        self._text(element.text, style, href)
        for child in element:
            self._at = max(self._at, self._first + (child.sourceline or 1) - 1)
            self._element(child, style, href)
            self._text(child.tail, style, href)

    def _element(self, element: Any, style: frozenset[Style], href: str) -> None:
        if not isinstance(element.tag, str):
            if element.text and element.text.strip():
                self.context.removed.append(Removed(self._line, element.text, "comment"))
            return
        name = element.tag.lower()
        line = self._line
        if name in DROPPED:
            self.context.findings.append(finding("html-dropped", (line, line), tag=name))
            text = "".join(element.itertext())
            if text.strip():
                self.context.removed.append(Removed(line, text, f"<{name}>"))
        elif name == "br":
            self._runs.append(Run(HARD_BREAK, style, href, line=line))
        elif name == "img":
            if element.get("src"):
                image = Image(element.get("src"), Rich.of(element.get("alt", ""), line), element.get("title", ""))
                self._runs.append(Run(OBJECT, style, href, object=image, line=line))
        elif name in _BLOCKS or name in _HEADINGS:
            self._block(name, element, line, style, href)
        else:
            own = Tag(name, dict(element.attrib), closing=False, empty=False).style
            self._children(element, style | {own} if own else style, element.get("href", "") or href)

    def _block(self, name: str, element: Any, line: int, style: frozenset[Style], href: str) -> None:
        self._end()
        if name == "table":
            self._out.append(self._table(element, line))
        elif name in ("ul", "ol"):
            self._out += self._list(element, line, ordered=name == "ol")
        elif name == "blockquote":
            self._out.append(Quote(tuple(self.blocks(element)), (line, line)))
        elif name == "pre":
            self._out.append(Code("".join(element.itertext()).strip("\n"), (line, line)))
        elif name == "hr":
            self._out.append(Rule((line, line)))
        elif name in _HEADINGS:
            self._children(element, style, href)
            rich = Rich(tuple(self._runs)).strip()
            self._runs = []
            if rich:
                self._out.append(Heading(_HEADINGS[name], rich, rich.lines))
        else:
            own = Tag(name, dict(element.attrib), closing=False, empty=False).style
            self._children(element, style | {own} if own else style, href)
            self._end()

    def _list(self, element: Any, line: int, *, ordered: bool) -> list[Block]:
        items = [tuple(self.blocks(child)) for child in element if child.tag == "li"]
        start = element.get("start", "1")
        first = int(start) if start.isascii() and start.isdigit() else 1
        return [ListBlock(ordered, tuple(items), (line, line), start=first)] if items else []

    def _table(self, element: Any, line: int) -> Table:
        head: list[tuple[Cell, ...]] = []
        body: list[tuple[Cell, ...]] = []
        caption = EMPTY
        for child in element.iterchildren():
            if child.tag == "caption":
                caption = Rich.join(b.text for b in self.blocks(child) if isinstance(b, Paragraph))
        for row in element.iter("tr"):
            if next(row.iterancestors("table"), None) is not element:
                continue  # of a table within a cell
            self._at = max(self._at, self._first + (row.sourceline or 1) - 1)
            cells = tuple(self._cell(cell) for cell in row if cell.tag in ("td", "th"))
            if not cells:
                continue
            inside = next(row.iterancestors("thead", "tbody", "tfoot", "table")).tag
            leading = not body and all(cell.header for cell in cells)
            (head if inside == "thead" or (inside != "tbody" and leading) else body).append(cells)
        return Table(tuple(head), tuple(body), (line, max(line, self._line)), caption, "html")

    def _cell(self, cell: Any) -> Cell:
        align = cell.get("align", "").lower()
        return Cell(
            tuple(self.blocks(cell)),
            cell.tag == "th",
            _span(cell.get("rowspan")),
            _span(cell.get("colspan")),
            align if align in ("left", "right", "center") else "",
        )


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    return min(max(int(digits), 1), _MOST_SPAN) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1
