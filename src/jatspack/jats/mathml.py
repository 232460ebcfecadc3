"""MathML beside TeX: elements moved to the prefix mml and to what the MathML 2 of the JATS DTD allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cache, lru_cache

from lxml import etree

from jatspack.jats.models import names
from jatspack.jats.tex import readable

MML = "http://www.w3.org/1998/Math/MathML"
_MML = f"{{{MML}}}"
_TRANSPARENT = frozenset({"semantics"})  # the annotation is the TeX, which has an element of its own
_LEFT_OUT = frozenset({"annotation", "annotation-xml"})
_TOKENS = frozenset({"mi", "mn", "mo", "mtext"})
# Elements and their attributes: what MathML 2 has of what pandoc writes. schemas/jatspack.rnc says the same.
ATTRIBUTES = {
    **dict.fromkeys(("mi", "mn", "mtext"), names("mathvariant")),
    "mo": names(
        "accent fence form largeop lspace mathvariant maxsize minsize movablelimits rspace separator stretchy symmetric"
    ),
    "mspace": names("depth height width"),
    "mstyle": names("displaystyle mathvariant scriptlevel"),
    "mfrac": names("linethickness"),
    "menclose": names("notation"),
    "munder": names("accentunder"),
    "mover": names("accent"),
    "munderover": names("accent accentunder"),
    **dict.fromkeys(("mtable", "mtr", "mtd"), names("columnalign")),
    **dict.fromkeys(("mrow", "msqrt", "mroot", "mphantom", "msub", "msup", "msubsup"), names("")),
}
# How many children these elements have.
_ARITY = {
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
    **dict.fromkeys(("mspace", "mi", "mn", "mo", "mtext"), 0),
}
# What alone may stand in these, and nowhere else.
_ROWS = {"mtable": "mtr", "mtr": "mtd"}
_ROW_NAMES = frozenset(_ROWS.values())


class _NoMathML(Exception):
    """The formula has something that cannot be written; its TeX says it."""


def add_mathml(
    formulas: Sequence[tuple[etree._Element, bool]], mathml: Callable[[list[str]], list[str | None]]
) -> None:
    """Turn the tex-math of each formula into alternatives of TeX and MathML; TeX stands alone where there is none."""
    sources = [readable(parent[-1].text or "") for parent, _ in formulas]
    different = list(dict.fromkeys(sources))  # one letter is many formulas
    found = dict(zip(different, mathml(different), strict=True))
    written = {source: _math(printed) for source, printed in found.items() if printed}
    still = Counter(sources)
    for (parent, display), source in zip(formulas, sources, strict=True):
        known = written.get(source)
        if known is None:
            continue
        still[source] -= 1
        math = deepcopy(known) if still[source] else known
        math.set("display", "block" if display else "inline")
        tex = parent[-1]
        alternatives = etree.SubElement(parent, "alternatives")
        alternatives.append(tex)
        alternatives.append(math)


def _math(source: str) -> etree._Element | None:
    try:
        root = etree.fromstring(source.encode("utf-8"), _parser())
    except etree.XMLSyntaxError:
        return None
    if _name(root) != "math":
        return None
    out = etree.Element(_MML + "math", nsmap={"mml": MML})
    try:
        _copy(root, out, "math")
    except _NoMathML:
        return None
    return out


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


def _name(element: etree._Element) -> str:
    """The local name."""
    return _local(str(element.tag))


@lru_cache(256)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _copy(source: etree._Element, target: etree._Element, into: str) -> None:
    """Append what stands in `source` to `target`, whose local name is `into`."""
    for child in source:
        if not isinstance(child.tag, str):
            continue
        name = _name(child)
        if name in _LEFT_OUT:
            continue
        if name in _TRANSPARENT:
            _copy(child, target, into)
            continue
        row = name if name in _ROW_NAMES else None
        if name not in ATTRIBUTES or _ROWS.get(into) != row:
            raise _NoMathML(name)
        copied = etree.SubElement(target, _MML + name)
        if given := child.keys():
            for key in sorted(ATTRIBUTES[name].intersection(given)):
                copied.set(key, child.get(key, ""))
        if name in _TOKENS:
            copied.text = child.text
        _copy(child, copied, name)
        if len(copied) != _ARITY.get(name, len(copied)):
            raise _NoMathML(name)
