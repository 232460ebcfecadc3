"""pandoc's inlines (JSON) to rich text: every run knows its source line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from jatspack.findings import Finding, finding
from jatspack.read.document import Block, Removed
from jatspack.read.marks import as_words, runs_of
from jatspack.read.markup import BREAKING, DROPPED, KNOWN, Tag, parse_tag
from jatspack.richtext import EMPTY, HARD_BREAK, OBJECT, Image, Math, Note, Rich, Run, Style

Node = dict[str, Any]

_STYLED: dict[str, Style] = {
    "Emph": "italic",
    "Strong": "bold",
    "Superscript": "sup",
    "Subscript": "sub",
    "Strikeout": "strike",
    "Underline": "underline",
    "SmallCaps": "sc",
}
_CLASSES: dict[str, Style] = {
    "underline": "underline",
    "ul": "underline",
    "smallcaps": "sc",
    "sc": "sc",
}
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.\-]*):")
_DEEPEST = 100  # elements open at once
_HOST = re.compile(r"[\w.\-]+:\d+(/.*)?")  # host:port is no scheme
_SAFE = frozenset(("http", "https", "ftp", "mailto", "doi", "tel", "urn", "orcid"))


@dataclass(slots=True)
class Context:
    """What the whole conversion shares."""

    line_of: Sequence[int]  # source line of each line of the text that pandoc parsed
    text: Sequence[str]  # the lines that pandoc parsed
    removed: list[Removed] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    note: Callable[[int, list[Node]], tuple[str, tuple[Block, ...]]] = lambda _line, _nodes: ("", ())

    def source(self, line: int) -> int:
        """Source line of a line that pandoc saw."""
        return self.line_of[min(max(line, 1), len(self.line_of)) - 1]


@dataclass(slots=True)
class _Open:
    """An HTML element that is open: what it gives its text, and the number of runs when it opened."""

    name: str
    style: Style | None
    href: str
    at: int


class Inlines:
    """One block's running text."""

    def __init__(self, context: Context, line: int) -> None:
        self.context = context
        self.line = line  # of the text that pandoc parsed
        self.runs: list[Run] = []
        self._buffer: list[str] = []
        self._base: frozenset[Style] = frozenset()  # by Markdown
        self._style: frozenset[Style] = frozenset()  # by Markdown and HTML
        self._base_href = ""
        self._href = ""
        self._open: list[_Open] = []
        self._dropping = ""  # the element that is being left out
        self._nodes: list[Node] = []
        self._closed: set[str] | None = None  # what closers() says of them, once somebody asks

    def rich(self, nodes: list[Node]) -> Rich:
        """The nodes as rich text."""
        self._nodes, self._closed = nodes, None
        self._walk(nodes)
        self._flush()
        for element in self._open:  # never closed: it styles nothing
            self._unstyle(element)
        return Rich(tuple(self.runs)) if self.runs else EMPTY

    def _walk(self, nodes: list[Node]) -> None:
        append = self._buffer.append
        for node in nodes:
            kind = node["t"]
            if kind == "Str":
                append(node["c"])
            elif kind == "Space":
                append(" ")
            else:
                _HANDLERS.get(kind, Inlines._other)(self, node)

    # --- the state

    @property
    def _source_line(self) -> int:
        return self.context.source(self.line)

    def _flush(self) -> None:
        if not self._buffer:
            return
        text = "".join(self._buffer)
        self._buffer.clear()
        if self._dropping:
            self.context.removed.append(Removed(self._source_line, text, f"<{self._dropping}>"))
        elif text:
            self.runs.append(Run(text, self._style, self._href, line=self._source_line))

    def _restyle(self) -> None:
        """Style and link, after an element began or ended."""
        self._flush()
        extra = {e.style for e in self._open if e.style}
        self._style = self._base | extra if extra else self._base
        self._href = next((e.href for e in reversed(self._open) if e.href), self._base_href)

    def _unstyle(self, element: _Open) -> None:
        for n in range(element.at, len(self.runs)):
            run = self.runs[n]
            style = run.style - {element.style} if element.style else run.style
            self.runs[n] = replace(run, style=style, href="" if run.href == element.href else run.href)

    def _object(self, value: Math | Image | Note) -> None:
        self._flush()
        if not self._dropping:
            self.runs.append(Run(OBJECT, self._style, self._href, object=value, line=self._source_line))

    # --- the kinds of inlines

    def _styled(self, node: Node) -> None:
        before = self._base
        self._base = before | {_STYLED[node["t"]]}
        self._restyle()
        self._walk(node["c"])
        self._flush()
        self._base = before
        self._restyle()

    def _span(self, node: Node) -> None:
        (_, classes, _), content = node["c"]
        before = self._base
        self._base = before | {_CLASSES[name] for name in classes if name in _CLASSES}
        self._restyle()
        self._walk(content)
        self._flush()
        self._base = before
        self._restyle()

    def _soft_break(self, _node: Node) -> None:
        self._buffer.append("\n")
        self._flush()
        self.line += 1

    def _line_break(self, _node: Node) -> None:
        self._buffer.append(HARD_BREAK)
        self._flush()
        self.line += 1

    def _code(self, node: Node) -> None:
        self._flush()
        if self._dropping:
            self._buffer.append(node["c"][1])
        else:
            style: frozenset[Style] = self._style | {"monospace"}
            self.runs.append(Run(node["c"][1], style, self._href, line=self._source_line))

    def _before(self) -> str:
        """The end of the text before."""
        text = "".join(self._buffer[-4:])
        return text if text.strip() or not self.runs else self.runs[-1].text + text

    def _math(self, node: Node) -> None:
        kind, tex = node["c"]
        display = kind["t"] == "DisplayMath"
        words = () if display else as_words(tex, self._before())
        if words and not self._dropping:
            self._flush()
            self.runs += runs_of(words, self._style, self._href, self._source_line)
            if "".join(tex.split()) != tex:  # `1 3` that became 13
                self.context.removed.append(
                    Removed(self._source_line, tex, "formula-is-mark", "".join(text for text, _ in words))
                )
        elif tex.strip():
            self._object(Math(tex.strip(), display))
        else:  # `$$$$`: signs, and no formula between them
            self._buffer.append("$$$$" if display else "$$")
        self.line += tex.count("\n")

    def _link(self, node: Node) -> None:
        _, content, (url, _title) = node["c"]
        before = self._base_href
        self._base_href = self._address(url)
        self._restyle()
        runs = len(self.runs)
        self._walk(content)
        self._flush()
        if self._base_href and not any(run.text.strip() for run in self.runs[runs:]):
            self._buffer.append(self._base_href)  # behind an icon that is gone: the address is all that is left
        self._flush()
        if _unescaped("".join(run.text for run in self.runs[runs:]), self._base_href):
            self.runs[runs:] = [replace(run, text=run.text.replace("\\", "")) for run in self.runs[runs:]]
        self._base_href = before
        self._restyle()

    def _address(self, href: str) -> str:
        """The address; "" where it leads nowhere outside the text, or must not be followed."""
        href = href.strip()
        if not href or href.startswith("#"):
            return ""
        scheme = _SCHEME.match(href)
        if scheme and scheme[1].lower() not in _SAFE and not _HOST.fullmatch(href):
            line = self._source_line
            self.context.findings.append(finding("link-refused", (line, line), href=href[:200]))
            return ""
        return href

    def _image(self, node: Node) -> None:
        _, content, (src, title) = node["c"]
        inner = Inlines(self.context, self.line)
        alt = inner.rich(content)
        self._object(Image(unquote(src), alt, title))
        self.line = inner.line

    def _note(self, node: Node) -> None:
        label, blocks = self.context.note(self.line, node["c"])
        self._object(Note(blocks, label))

    def _other(self, node: Node) -> None:
        content = node.get("c")
        if isinstance(content, str):
            self._buffer.append(content)
        elif isinstance(content, list):
            self._walk([item for item in content if isinstance(item, dict)])

    # --- HTML tags in running text

    def _raw(self, node: Node) -> None:
        text = node["c"][1]
        tag = parse_tag(text)
        if tag is None and text[1:2] in "!?":
            self.context.removed.append(Removed(self._source_line, text, "comment"))
        elif tag is None:
            self._buffer.append(text)
        elif self._dropping:
            if tag.closing and tag.name == self._dropping:
                self._flush()
                self._dropping = ""
        elif tag.name in DROPPED:
            self._drop(tag)
        elif tag.name not in KNOWN:
            self._unknown(tag, text)
        elif tag.closing:
            self._close(tag.name)
        elif tag.empty:
            self._void(tag)
        else:
            self._begin(tag)
        self.line += text.count("\n")

    def _drop(self, tag: Tag) -> None:
        line = self._source_line
        self.context.findings.append(finding("html-dropped", (line, line), tag=tag.name))
        if not tag.closing and not tag.empty and self._is_closed(tag.name):
            self._flush()
            self._dropping = tag.name

    def _is_closed(self, name: str) -> bool:
        if self._closed is None:
            self._closed = closers(self._nodes)
        return name in self._closed

    def _unknown(self, tag: Tag, text: str) -> None:
        """Markup that HTML does not know is left out; `p <q and r> s` is no markup."""
        if tag.closing or tag.empty or tag.attributes or self._is_closed(tag.name):
            self.context.removed.append(Removed(self._source_line, text, "unknown markup"))
        else:
            self._buffer.append(text)

    def _begin(self, tag: Tag) -> None:
        if tag.name in BREAKING and (self.runs or self._buffer):
            self._buffer.append(HARD_BREAK)
        self._flush()
        if len(self._open) >= _DEEPEST:
            return
        href = self._address(tag.attributes.get("href", "")) if tag.name == "a" else ""
        self._open.append(_Open(tag.name, tag.style, href, len(self.runs)))
        self._restyle()

    def _close(self, name: str) -> None:
        for n in range(len(self._open) - 1, -1, -1):
            if self._open[n].name == name:
                self._flush()
                del self._open[n]
                self._restyle()
                return

    def _void(self, tag: Tag) -> None:
        if tag.name == "br":
            self._buffer.append(HARD_BREAK)
            self._flush()
        elif tag.name == "img" and tag.attributes.get("src"):
            alt = Rich.of(tag.attributes.get("alt", ""), self._source_line)
            self._object(Image(tag.attributes["src"], alt, tag.attributes.get("title", "")))


def closers(nodes: list[Node]) -> set[str]:
    """Names of the elements that are closed somewhere in the nodes."""
    out: set[str] = set()
    for node in nodes:
        content = node.get("c")
        if node["t"] == "RawInline":
            tag = parse_tag(node["c"][1])
            if tag and tag.closing:
                out.add(tag.name)
        elif isinstance(content, list):
            out |= closers([item for item in content if isinstance(item, dict)])
            for item in content:
                if isinstance(item, list):
                    out |= closers([inner for inner in item if isinstance(inner, dict)])
    return out


_HANDLERS: dict[str, Callable[[Inlines, Node], None]] = {
    **dict.fromkeys(_STYLED, Inlines._styled),
    "Span": Inlines._span,
    "SoftBreak": Inlines._soft_break,
    "LineBreak": Inlines._line_break,
    "Code": Inlines._code,
    "Math": Inlines._math,
    "Link": Inlines._link,
    "Image": Inlines._image,
    "Note": Inlines._note,
    "RawInline": Inlines._raw,
}


def _unescaped(text: str, address: str) -> bool:
    """Whether a link's text is its own address, written with escapes of escapes (``a\\_b``)."""
    return "\\" in text and text.replace("\\", "") == address
