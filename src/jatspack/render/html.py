"""A JATS tree as one HTML page: styles, images and all in it; nothing is fetched.

The page is made by XSLT 1.0 (xslt/article.xsl). What XSLT cannot do well is done to its result here: images, links
back, citations of the article itself, JSON-LD, and the policy that lets nothing in but the page's own styles and the
one script that ships with jatspack. The page does all it must without that script.
"""

from __future__ import annotations

import posixpath
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import as_file, files
from typing import Literal
from urllib.parse import quote, unquote

from lxml import etree

from jatspack.findings import Finding, finding
from jatspack.jats.read_record import read_record
from jatspack.read.document import Media
from jatspack.render import citing, csl
from jatspack.render.backlinks import link_back
from jatspack.render.functions import extensions
from jatspack.render.linked import json_ld
from jatspack.render.words import word

IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"})
_LARGEST_SPAN = 1000  # HTML: the most columns that a cell may span
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class HtmlSettings:
    """How the page is made. `images`: in the page, or where the JATS names them; `citation_styles`: None for those
    that are usual in the article's language."""

    images: Literal["embedded", "beside"] = "embedded"
    citation_styles: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page, what was found wrong while making it, and the images that it names, by their address in it."""

    html: str
    findings: tuple[Finding, ...] = ()
    images: Mapping[str, Media] = field(default_factory=dict)


def html(tree: etree._ElementTree, media: Mapping[str, Media], settings: HtmlSettings | None = None) -> str:
    """The page of a JATS Publishing tree; `media` by the hrefs of the JATS, by name, or by what the source called them.

    Raises lxml.etree.XSLTApplyError for a tree that cannot be transformed (nested deeper than libxslt's limit).
    """
    return render(tree, media, settings).html


def render(tree: etree._ElementTree, media: Mapping[str, Media], settings: HtmlSettings | None = None) -> Rendered:
    """As `html`, with findings: images that are not there, images without a description."""
    settings = settings or HtmlSettings()
    page = _transform()(tree).getroot()
    lang = page.get("lang", "")
    images = _Images(media, settings, lang)
    images.place(page)
    link_back(page, lang)
    for cell in page.iter("td", "th"):
        for attribute in ("colspan", "rowspan"):
            if not 1 < float(cell.get(attribute, "2")) <= _LARGEST_SPAN:
                del cell.attrib[attribute]
    known = read_record(tree)
    styles = csl.styles_for(lang) if settings.citation_styles is None else settings.citation_styles
    findings = [*images.findings, *citing.fill(page, known, styles)]
    _head(page, json_ld(known), settings)
    text = etree.tostring(page, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    return Rendered(text + "\n", tuple(findings), images.beside)


@cache
def _transform() -> etree.XSLT:
    with as_file(files("jatspack.render") / "xslt") as folder:
        return etree.XSLT(etree.parse(folder / "article.xsl"), extensions=extensions())


class _Images:
    """Images put into the page; one that is not there, or that browsers cannot show, leaves its description."""

    def __init__(self, media: Mapping[str, Media], settings: HtmlSettings, lang: str) -> None:
        by_name = {item.name: item for item in media.values()}
        self.known = {**by_name, **{f"media/{name}": item for name, item in by_name.items()}, **media}
        self.embedded, self.lang = settings.images == "embedded", lang
        self.findings: list[Finding] = []
        self.beside: dict[str, Media] = {}

    def place(self, page: etree._Element) -> None:
        for image in list(page.iter("img")):
            href = image.get("src", "")
            item = self.known.get(href) or self.known.get(href.rpartition("/")[2])
            if item is None or item.media_type not in IMAGE_TYPES:
                self.findings.append(finding("image-not-shown", src=href))
                self._leave_out(image)
                continue
            image.set("src", self._address(href, item))
            if image.get("alt", "") in ("", _label(image)):
                self.findings.append(finding("image-without-description", src=href))

    def _address(self, href: str, item: Media) -> str:
        if self.embedded or href.startswith("data:"):
            return f"data:{item.media_type};base64,{b64encode(item.data).decode('ascii')}"
        address = quote(posixpath.normpath(unquote(href).replace("\\", "/")))
        self.beside[address] = item
        return address

    def _leave_out(self, image: etree._Element) -> None:
        description = image.get("alt") or word("image-missing", self.lang)
        kept = {name: image.get(name, "") for name in ("id", "lang", "dir") if image.get(name)}
        image.attrib.clear()
        image.tag = "span"
        for name, value in {"class": "missing", **kept}.items():
            image.set(name, value)
        image.text = f"[{description}]"


def _label(image: etree._Element) -> str:
    """The label of the figure that an image stands in: no description of it."""
    label = next((span for figure in image.iterancestors("figure") for span in figure.iter("span")), None)
    return "" if label is None else "".join(map(str, label.itertext())).strip()


def _head(page: etree._Element, linked_data: str, settings: HtmlSettings) -> None:
    """JSON-LD, the style sheets, the script, and a policy that allows them and the images, nothing else."""
    head, body = page.find("head"), page.find("body")
    assert head is not None
    assert body is not None
    if linked_data:
        etree.SubElement(head, "script", {"type": "application/ld+json"}).text = linked_data
    digests = []
    for medium in ("screen", "print"):
        style = etree.SubElement(head, "style", {"media": medium})
        style.text = stylesheet(medium)
        digests.append(_digest(style.text))
    etree.SubElement(body, "script").text = script()
    sources = "data:" if settings.images == "embedded" else "'self' data:"
    policy = (
        f"default-src 'none'; img-src {sources}; style-src {' '.join(digests)}; script-src {_digest(script())}; "
        "base-uri 'none'; form-action 'none'"
    )
    meta = etree.Element("meta", {"http-equiv": "Content-Security-Policy", "content": policy})
    charset = head.find("meta[@charset]")
    assert charset is not None
    charset.addnext(meta)


@cache
def _digest(text: str) -> str:
    """A source expression (Content Security Policy Level 3, section 2.3.1)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"


@cache
def stylesheet(medium: str) -> str:
    """The page's own style sheet for a medium: the files of its folder, in the order of their names."""
    folder = files("jatspack.render") / "themes" / "web" / medium
    sheets = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".css")), key=lambda entry: entry.name)
    text = _COMMENT.sub("", "\n".join(sheet.read_text("utf-8") for sheet in sheets))
    return "\n".join(line for line in text.splitlines() if line.strip()) + "\n"


@cache
def script() -> str:
    """The page's own script: what it adds is convenience only."""
    text = (files("jatspack.render") / "themes" / "web" / "page.js").read_text("utf-8")
    return "\n".join(line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("//")) + "\n"
