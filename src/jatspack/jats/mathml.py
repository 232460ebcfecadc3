"""MathML beside TeX: elements moved to the prefix mml and to what the MathML 2 of the JATS DTD allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

from jatspack.jats.models import names
from jatspack.jats.tex import readable

MML = "http://www.w3.org/1998/Math/MathML"
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


class _NoMathML(Exception):
    """The formula has something that cannot be written; its TeX says it."""


def add_mathml(
    formulas: Sequence[tuple[etree._Element, bool]], mathml: Callable[[list[str]], list[str | None]]
) -> None:
    """Turn the tex-math of each formula into alternatives of TeX and MathML; TeX stands alone where there is none."""
    sources = [readable(parent[-1].text or "") for parent, _ in formulas]
    different = list(dict.fromkeys(sources))  # one letter is many formulas
    found = dict(zip(different, mathml(different), strict=True))
    for (parent, display), source in zip(formulas, sources, strict=True):
        printed = found[source]
        math = _math(printed, display) if printed else None
        if math is None:
            continue
        tex = parent[-1]
        alternatives = etree.SubElement(parent, "alternatives")
        alternatives.append(tex)
        alternatives.append(math)


def _math(source: str, display: bool) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None
    if etree.QName(root).localname != "math":
        return None
    out = etree.Element(f"{{{MML}}}math", nsmap={"mml": MML})
    out.set("display", "block" if display else "inline")
    try:
        _copy(root, out)
    except _NoMathML:
        return None
    return out


def _copy(source: etree._Element, target: etree._Element) -> None:
    for child in source:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        if name in _LEFT_OUT:
            continue
        if name in _TRANSPARENT:
            _copy(child, target)
            continue
        row = name if name in _ROWS.values() else None
        if name not in ATTRIBUTES or _ROWS.get(etree.QName(target).localname) != row:
            raise _NoMathML(name)
        copied = etree.SubElement(target, f"{{{MML}}}{name}")
        for key in sorted(ATTRIBUTES[name] & set(child.attrib)):
            copied.set(key, child.attrib[key])
        if name in _TOKENS:
            copied.text = child.text
        _copy(child, copied)
        if len(copied) != _ARITY.get(name, len(copied)):
            raise _NoMathML(name)
