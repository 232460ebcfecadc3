"""A formula in one line, for who hears it: Q = m/(∫_0^T c(t) dt). Only signs: the same in every language."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

_SCRIPTS = {
    "msub": ("_",),
    "munder": ("_",),
    "msup": ("^",),
    "mover": ("^",),
    "msubsup": ("_", "^"),
    "munderover": ("_", "^"),
}
_SILENT = frozenset({"annotation", "annotation-xml", "mspace", "mphantom", "none"})
_SPACED = frozenset("=<>≤≥≠≈≡∼∝→←↔⇒⇔∈∉⊂⊆+−-±×⋅/∑∏∫")  # relations and operators have room around them


def spoken(math: ET.Element) -> str:
    """The text of a MathML element, with fractions, roots, indices and exponents told by signs; "" for an empty one."""
    return " ".join(_say(math).split())


def _say(element: ET.Element) -> str:
    tag = element.tag.rpartition("}")[2]
    kids = list(element)
    if tag in _SILENT:
        return " " if tag == "mspace" else ""
    if tag == "mfrac" and len(kids) == 2:
        return f"{_held(kids[0])}/{_held(kids[1])}"
    if tag in ("msqrt", "mroot") and kids:
        inner = kids[:1] if tag == "mroot" else kids
        return f"{_say(kids[1]) if tag == 'mroot' and len(kids) > 1 else ''}√({_all(inner)})"
    if signs := _SCRIPTS.get(tag):
        parts = [sign + _held(kid) for sign, kid in zip(signs, kids[1:], strict=False)]
        return (_say(kids[0]).strip() if kids else "") + "".join(parts) + " "
    if tag == "mtr":
        return ", ".join(map(_say, kids)) + "; "
    if tag == "mo":
        sign = (element.text or "").strip()
        return f" {sign} " if sign in _SPACED else sign
    return (element.text or "").strip(" \n\t") + _all(kids) if kids else (element.text or "")


def _all(kids: Iterable[ET.Element]) -> str:
    return "".join(map(_say, kids))


def _held(element: ET.Element) -> str:
    """In brackets, where it is more than one sign or number."""
    text = " ".join(_say(element).split())
    return text if text.isalnum() or len(text) == 1 else f"({text})"
