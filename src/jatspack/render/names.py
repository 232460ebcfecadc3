"""People of a JATS tree as text: a name in one language, a byline, an affiliation's text."""

from __future__ import annotations

import re

from lxml import etree

from jatspack.render.words import word

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NAMES = ("name", "string-name", "collab", "anonymous", "on-behalf-of")
_MOST = 0.8  # of the words of a title: an abbreviation may stand in small letters
_MANY = 3  # more authors than these and a running head names the first alone


def _local(node: etree._Element) -> str:
    return node.tag if isinstance(node.tag, str) else ""


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def plain(node: etree._Element) -> str:
    """The text of an element without notes, their marks and labels, on one line."""
    out: list[str] = []

    def walk(element: etree._Element) -> None:
        out.append(element.text or "")
        for child in element:
            tag = _local(child)
            skipped = not tag or tag in {"fn", "label", "tex-math", "index-term"}
            if not skipped and not (tag == "xref" and child.get("ref-type") in {"fn", "table-fn"}):
                if tag == "break":
                    out.append(" ")
                walk(child)
                if tag in {"p", "title", "sec"}:
                    out.append(" ")
            out.append(child.tail or "")

    walk(node)
    return _squeeze("".join(out))


def candidates(contrib: etree._Element) -> list[etree._Element]:
    """The names of a contributor: of a person or a body, one for each language."""
    alternatives = contrib.find("name-alternatives")
    if alternatives is None:
        alternatives = contrib.find("collab-alternatives")
    home = contrib if alternatives is None else alternatives
    return [child for child in home if _local(child) in _NAMES]


def name_element(contrib: etree._Element, lang: str) -> etree._Element | None:
    """The name of a contributor in a language, or else the first one."""
    names = candidates(contrib)
    return next((name for name in names if name.get(XML_LANG) == lang), names[0] if names else None)


def full_name(name: etree._Element) -> str:
    """A name as one reads it: given names first, or the surname for ``name-style="eastern"``."""
    if name.find("surname") is None and name.find("given-names") is None:
        return plain(name)
    if _local(name) == "string-name" and any((child.tail or "").strip() for child in name):
        return plain(name)
    part = {tag: _squeeze(name.findtext(tag) or "") for tag in ("prefix", "given-names", "surname", "suffix")}
    order = ["given-names", "surname"]
    if name.get("name-style") == "eastern":
        order.reverse()
    core = [part[tag] for tag in order if part[tag]]
    joined = ("" if all(_HAN.search(text) for text in core) else " ").join(core)
    return " ".join(text for text in (part["prefix"], joined, part["suffix"]) if text)


def listed_name(name: etree._Element) -> str:
    """A name as in a list of works: the surname first."""
    surname, given = (_squeeze(name.findtext(tag) or "") for tag in ("surname", "given-names"))
    return f"{surname} {given}".strip() if surname else plain(name)


def person(contrib: etree._Element, lang: str) -> str:
    """A contributor's name in a language; the first name that there is where that language has none."""
    name = name_element(contrib, lang)
    return full_name(name) if name is not None else ""


def byline(group: etree._Element, lang: str) -> str:
    """The authors for a running head; the first with "et al." where they are many."""
    authors = [c for c in group.findall("contrib") if c.get("contrib-type", "author") == "author"]
    names = [text for text in (person(author, lang) for author in authors) if text]
    if len(names) > _MANY:
        return f"{names[0]} {word('et-al', lang)}"
    return ", ".join(names)


def affiliation(node: etree._Element, lang: str) -> str:
    """The text of an ``aff``, or of the one in a language among ``aff-alternatives``."""
    if _local(node) == "aff-alternatives":
        affs = node.findall("aff")
        node = next((aff for aff in affs if aff.get(XML_LANG) == lang), affs[0] if affs else node)
    has_text = any((part or "").strip() for part in [node.text, *(child.tail for child in node)])
    if has_text:
        return plain(node)
    return ", ".join(text for text in (plain(child) for child in node if _local(child) != "label") if text)


def in_capitals(text: str) -> bool:
    """Whether a title is printed in capitals: words of four letters and more have no small ones."""
    long = [word for word in re.findall(r"[^\W\d_]{4,}", text) if word.lower() != word.upper()]
    return len(long) > 1 and sum(word.isupper() for word in long) > len(long) * _MOST
