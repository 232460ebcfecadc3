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
class Author:
    """A person or group; `name` in the order of its own language, `orcid` as an address. Empty where not said."""

    name: str
    given_names: str = ""
    surname: str = ""
    orcid: str = ""
    affiliations: tuple[str, ...] = ()  # as printed, each in its first language


@dataclass(frozen=True, slots=True)
class Facts:
    """What identifies an article. Empty where the file does not say."""

    language: str = ""
    titles: dict[str, str] = field(default_factory=dict)  # by language, the article's own first
    people: tuple[Author, ...] = ()
    doi: str = ""
    journal: str = ""
    publisher: str = ""
    languages: tuple[str, ...] = ()  # the article's own, then those of its other titles, abstracts and keywords
    licence: str = ""  # its address
    published: str = ""  # ISO 8601, as much of the date as there is

    @property
    def authors(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(person.name for person in self.people)


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
        return Facts(language, languages=(language,) if language else ())
    titles: dict[str, str] = {}
    for element in meta.iterfind("title-group//*"):
        if element.tag in ("article-title", "trans-title") and (text := plain(element)):
            parent = element.getparent()
            lang = element.get(XML + "lang") or (parent.get(XML + "lang") if parent is not None else "") or language
            titles.setdefault(lang, text)
    people = [
        _author(c, meta) for c in meta.iterfind("contrib-group/contrib") if c.get("contrib-type", "author") == "author"
    ]
    licence = meta.find("permissions/license")
    return Facts(
        language,
        titles,
        tuple(person for person in people if person.name),
        next((plain(i) for i in meta.iterfind("article-id") if i.get("pub-id-type") == "doi"), ""),
        (root.findtext("front/journal-meta/journal-title-group/journal-title") or "").strip(),
        (root.findtext("front/journal-meta/publisher/publisher-name") or "").strip(),
        _languages(root, language),
        (licence.get(XLINK + "href") or "").strip() if licence is not None else "",
        _date(meta.find("pub-date")),
    )


def _languages(root: etree._Element, own: str) -> tuple[str, ...]:
    path = "front/article-meta/*/trans-title-group | front/article-meta/trans-abstract | front/article-meta/kwd-group"
    found: Any = root.xpath(path)
    return tuple(dict.fromkeys(filter(None, [own, *(element.get(XML + "lang") for element in found)])))


def _date(date: etree._Element | None) -> str:
    if date is None:
        return ""
    parts = [(date.findtext(name) or "").strip() for name in ("year", "month", "day")]
    if not parts[0].isdecimal():
        return ""
    known = [parts[0]]
    for part in parts[1:]:
        if not part.isdecimal():
            break
        known.append(part.zfill(2))
    return "-".join(known)


def graphics(tree: etree._ElementTree, folder: Path) -> tuple[dict[str, Media], list[Finding]]:
    """The images that the tree shows, by their xlink:href, read from `folder` only; findings have the tree's lines."""
    uses: dict[str, list[tuple[int, int]]] = {}
    found: Any = tree.iter("graphic", "inline-graphic")
    for element in found:
        line = int(element.sourceline or 0)
        if href := element.get(XLINK + "href"):
            uses.setdefault(href, []).append((line, line))
    return take(uses, folder)


def _author(contrib: etree._Element, meta: etree._Element) -> Author:
    name = next(contrib.iter("name", "string-name"), None)
    orcid = next((plain(i) for i in contrib.iterfind("contrib-id") if i.get("contrib-id-type") == "orcid"), "")
    where = _affiliations(contrib, meta)
    if name is None:
        collab = contrib.find("collab")
        return Author(plain(collab) if collab is not None else "", orcid=orcid, affiliations=where)
    surname, given = ((name.findtext(tag) or "").strip() for tag in ("surname", "given-names"))
    first, last = (surname, given) if name.get("name-style") == "eastern" else (given, surname)
    return Author(f"{first} {last}".strip() or plain(name), given, surname, orcid, where)


def _affiliations(contrib: etree._Element, meta: etree._Element) -> tuple[str, ...]:
    """The addresses that a contributor names or holds, without their labels."""
    named = {rid for x in contrib.iterfind("xref") if x.get("ref-type") == "aff" for rid in x.get("rid", "").split()}
    found: Any = meta.xpath("contrib-group/aff | contrib-group/aff-alternatives | aff | aff-alternatives")
    ours = [element for element in found if element.get("id") in named]
    ours += [element for element in contrib if element.tag in ("aff", "aff-alternatives")]
    first = [e if e.tag == "aff" else e.find("aff") for e in ours]
    return tuple(_without_label(aff) for aff in first if aff is not None)


def _without_label(aff: etree._Element) -> str:
    label = aff.find("label")
    text = plain(aff)
    return text.removeprefix(plain(label)).strip() if label is not None else text


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
