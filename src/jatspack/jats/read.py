"""JATS read back: the few facts that later rooms need from any JATS article."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from jatspack.catalog import utf8
from jatspack.findings import Finding, UnreadableInput
from jatspack.jats.inline import XLINK, XML
from jatspack.jats.parse import Refused, parse
from jatspack.read.document import Media
from jatspack.read.media import take


@dataclass(frozen=True, slots=True)
class Facts:
    """What identifies an article. Empty where the file does not say."""

    language: str = ""
    titles: dict[str, str] = field(default_factory=dict)  # by language, the article's own first
    authors: tuple[str, ...] = ()
    doi: str = ""
    journal: str = ""
    publisher: str = ""


def read_jats(data: bytes) -> etree._ElementTree:
    """The tree of JATS bytes; UnreadableInput says what is wrong."""
    try:
        tree = parse(data)
    except Refused as error:
        raise UnreadableInput(str(error)) from error
    if tree.getroot().tag != "article":
        raise UnreadableInput(f"the root element is <{tree.getroot().tag}>, not <article>: give a JATS article")
    return tree


def decoded(data: bytes) -> str:
    """The text of an XML file, for people to read; what is not in the encoding that it names is U+FFFD."""
    with suppress(ValueError):  # check_jats says so
        data = utf8(data)
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def facts(tree: etree._ElementTree) -> Facts:
    """What identifies the article."""
    root = tree.getroot()
    language = root.get(XML + "lang", "")
    meta = root.find("front/article-meta")
    if meta is None:
        return Facts(language)
    titles: dict[str, str] = {}
    for element in meta.iterfind("title-group//*"):
        if element.tag in ("article-title", "trans-title") and (text := plain(element)):
            parent = element.getparent()
            lang = element.get(XML + "lang") or (parent.get(XML + "lang") if parent is not None else "") or language
            titles.setdefault(lang, text)
    authors = [
        _author(c) for c in meta.iterfind("contrib-group/contrib") if c.get("contrib-type", "author") == "author"
    ]
    return Facts(
        language,
        titles,
        tuple(a for a in authors if a),
        next((plain(i) for i in meta.iterfind("article-id") if i.get("pub-id-type") == "doi"), ""),
        (root.findtext("front/journal-meta/journal-title-group/journal-title") or "").strip(),
        (root.findtext("front/journal-meta/publisher/publisher-name") or "").strip(),
    )


def graphics(tree: etree._ElementTree, folder: Path) -> tuple[dict[str, Media], list[Finding]]:
    """The images that the tree shows, by their xlink:href, read from `folder` only; findings have the tree's lines."""
    uses: dict[str, list[tuple[int, int]]] = {}
    found: Any = tree.iter("graphic", "inline-graphic")
    for element in found:
        line = int(element.sourceline or 0)
        if href := element.get(XLINK + "href"):
            uses.setdefault(href, []).append((line, line))
    return take(uses, folder)


def _author(contrib: etree._Element) -> str:
    name = next(contrib.iter("name", "string-name"), None)
    if name is None:
        collab = contrib.find("collab")
        return plain(collab) if collab is not None else ""
    surname, given = (name.findtext(tag) or "" for tag in ("surname", "given-names"))
    if name.get("name-style") == "eastern":
        surname, given = given, surname
    return f"{given} {surname}".strip() or plain(name)


def plain(element: etree._Element) -> str:
    """The text of an element on one line, without notes and marks of links to them."""
    out: list[str] = []

    def walk(node: etree._Element) -> None:
        out.append(node.text or "")
        for child in node:
            twice = child.tag == "tex-math" and node.tag == "alternatives"  # the MathML beside it says it
            if isinstance(child.tag, str) and child.tag not in ("fn", "xref") and not twice:
                if child.tag == "break":
                    out.append(" ")
                walk(child)
            out.append(child.tail or "")

    walk(element)
    return " ".join("".join(out).split())
