"""MathML beside TeX: elements moved to the prefix mml and to what the MathML 2 of the JATS DTD allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

from jatspack.jats.models import names
from jatspack.jats.tex import readable

MML = "http://www.w3.org/1998/Math/MathML"
_TRANSPARENT = frozenset({"semantics"})  # the annotation is the TeX, which has an element of its own
_LEFT_OUT = frozenset({"annotation", "annotation-xml"})
_COMMON = names("mathcolor mathsize mathvariant")
_TOKENS = frozenset({"mi", "mn", "mtext"})  # the DTD gives them fewer attributes than it gives operators
_ATTRIBUTES = _COMMON | names(
    "accent accentunder align close columnalign columnlines columnspacing columnspan depth displaystyle fence "
    "form frame height largeop linethickness lspace maxsize minsize "
    "movablelimits notation open rowalign rowlines rowspacing rowspan rspace scriptlevel separator separators "
    "stretchy symmetric voffset width"
)


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
    _copy(root, out)
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
        copied = etree.SubElement(target, f"{{{MML}}}{name}")
        for key in sorted((_COMMON if name in _TOKENS else _ATTRIBUTES) & set(child.attrib)):
            copied.set(key, child.attrib[key])
        if child.text and child.text.strip():
            copied.text = child.text
        _copy(child, copied)
