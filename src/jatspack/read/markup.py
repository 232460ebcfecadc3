"""HTML tags as CommonMark passes them on: one tag of running text taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from jatspack.richtext import Style

_TAG = re.compile(r"<\s*(/?)\s*([A-Za-z][\w:.-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/?)\s*>", re.S)
_BOOLEAN = re.compile(r"[a-z]{4,}")  # nowrap, reversed, disabled
_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w:.-]*)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")

STYLES: dict[str, Style] = {
    "sup": "sup",
    "sub": "sub",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "cite": "italic",
    "var": "italic",
    "dfn": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strike",
    "strike": "strike",
    "del": "strike",
    "code": "monospace",
    "tt": "monospace",
    "kbd": "monospace",
    "samp": "monospace",
}
DROPPED = frozenset(("script", "style", "template", "object", "iframe", "noscript"))  # with all that they hold
VOID = frozenset(("br", "img", "hr", "wbr", "col", "input", "area", "embed", "source", "meta", "link"))
_OTHERS = """
a abbr acronym address article aside audio bdi bdo big blockquote body button canvas caption center colgroup data dd
details dir div dl dt fieldset figcaption figure font footer form frame h1 h2 h3 h4 h5 h6 head header html label legend
li main map mark math nav nobr ol option p param picture pre q rp rt ruby section select small span summary svg table
tbody td textarea tfoot th thead time title tr ul video
"""
_LINES = """
address article blockquote center dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 li ol p section table tr ul
"""
KNOWN = frozenset((*STYLES, *DROPPED, *VOID, *_OTHERS.split()))
BREAKING = frozenset(_LINES.split())  # in running text they begin a line of their own


@dataclass(frozen=True, slots=True)
class Tag:
    """`closing` is </x>; `empty` is <x/> or an element that never has content."""

    name: str
    attributes: dict[str, str]
    closing: bool
    empty: bool

    @property
    def style(self) -> Style | None:
        """The style that the element gives its text."""
        css = self.attributes.get("style", "").replace(" ", "").lower()
        if self.name in ("span", "font", "div", "p") and css:
            for rule, style in _CSS:
                if rule in css:
                    return style
        return STYLES.get(self.name)


_CSS: tuple[tuple[str, Style], ...] = (
    ("vertical-align:super", "sup"),
    ("vertical-align:sub", "sub"),
    ("font-weight:bold", "bold"),
    ("font-weight:700", "bold"),
    ("font-style:italic", "italic"),
    ("text-decoration:underline", "underline"),
    ("font-variant:small-caps", "sc"),
)


def parse_tag(text: str) -> Tag | None:
    """One tag; None where the text is none: a comment, a declaration, `<b and c>`."""
    match = _TAG.fullmatch(text.strip())
    if not match:
        return None
    closing, name, rest, slash = match.groups()
    if rest.strip() and "=" not in rest and not _BOOLEAN.fullmatch(rest.strip()):
        return None  # p <b and c> d
    attributes = {k.lower(): unescape(v.strip("\"'")) for k, v in _ATTRIBUTE.findall(rest)} if rest.strip() else {}
    return Tag(name.lower(), attributes, bool(closing), bool(slash) or name.lower() in VOID)
