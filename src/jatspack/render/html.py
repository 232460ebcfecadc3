"""A JATS tree as one HTML page: styles, images and all in it; nothing in it runs and nothing is fetched.

The page is made by XSLT 1.0 (xslt/article.xsl). What XSLT cannot do well is done to its result here: images,
links back from references and notes, the style sheet and its Content-Security-Policy.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import as_file, files

from lxml import etree

from jatspack.findings import Finding, finding
from jatspack.read.document import Media
from jatspack.render.functions import extensions
from jatspack.render.words import word

IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"})
_LARGEST_SPAN = 1000  # HTML: the most columns that a cell may span
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page, and what was found wrong while making it."""

    html: str
    findings: tuple[Finding, ...] = ()


def html(tree: etree._ElementTree, media: Mapping[str, Media]) -> str:
    """The page of a JATS Publishing tree; `media` by the hrefs of the JATS, by name, or by what the source called them.

    Raises lxml.etree.XSLTApplyError for a tree that cannot be transformed (nested deeper than libxslt's limit).
    """
    return render(tree, media).html


def render(tree: etree._ElementTree, media: Mapping[str, Media]) -> Rendered:
    """As `html`, with findings: images that are not there, images without a description."""
    page = _transform()(tree).getroot()
    lang = page.get("lang", "")
    findings = [*_images(page, media, lang)]
    _links_back(page, lang)
    for cell in page.iter("td", "th"):
        for attribute in ("colspan", "rowspan"):
            if not 1 < float(cell.get(attribute, "2")) <= _LARGEST_SPAN:
                del cell.attrib[attribute]
    _head(page)
    text = etree.tostring(page, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    return Rendered(text + "\n", tuple(findings))


@cache
def _transform() -> etree.XSLT:
    with as_file(files("jatspack.render") / "xslt") as folder:
        return etree.XSLT(etree.parse(folder / "article.xsl"), extensions=extensions())


def _images(page: etree._Element, media: Mapping[str, Media], lang: str) -> list[Finding]:
    """Put images into the page; one that is not there, or that browsers cannot show, leaves its description."""
    found = []
    known = _by_every_name(media)
    for image in list(page.iter("img")):
        href = image.get("src", "")
        item = known.get(href) or known.get(href.rpartition("/")[2])
        if item is not None and item.media_type in IMAGE_TYPES:
            image.set("src", f"data:{item.media_type};base64,{b64encode(item.data).decode('ascii')}")
            if image.get("alt", "") in ("", _label(image)):
                found.append(finding("image-without-description", src=href))
            continue
        found.append(finding("image-not-shown", src=href))
        description = image.get("alt") or word("image-missing", lang)
        kept = {name: image.get(name, "") for name in ("id", "lang", "dir") if image.get(name)}
        image.attrib.clear()
        image.tag = "span"
        for name, value in {"class": "missing", **kept}.items():
            image.set(name, value)
        image.text = f"[{description}]"
    return found


def _label(image: etree._Element) -> str:
    """The label of the figure that an image stands in: no description of it."""
    label = next((span for figure in image.iterancestors("figure") for span in figure.iter("span")), None)
    return "" if label is None else "".join(map(str, label.itertext())).strip()


def _by_every_name(media: Mapping[str, Media]) -> dict[str, Media]:
    by_name = {item.name: item for item in media.values()}
    return {**by_name, **{f"media/{name}": item for name, item in by_name.items()}, **media}


def _links_back(page: etree._Element, lang: str) -> None:
    """Each reference and note links back to every place that names it."""
    targets: dict[str, list[str]] = {}
    number = 0
    taken = {element.get("id") for element in page.iter() if element.get("id")}
    for link in page.iter("a"):
        ids = str(link.attrib.pop("data-rid", "")).split()
        if not ids or not {"bibr", "fn"} & set(link.get("class", "").split()):
            continue
        if not link.get("id"):
            number += 1
            while f"cite-{number}" in taken:
                number += 1
            link.set("id", f"cite-{number}")
        for target in ids:
            targets.setdefault(target, []).append(str(link.get("id")))
    if not targets:
        return
    for item in page.iter("li"):
        if places := targets.get(item.get("id", "")):
            box = item.find("div")
            home = _last_paragraph(item if box is None else box)
            home.append(_back(places, lang))


def _last_paragraph(box: etree._Element) -> etree._Element:
    last = box[-1] if len(box) else None
    return last if last is not None and last.tag == "p" and not last.tail else box


def _back(places: list[str], lang: str) -> etree._Element:
    span = etree.Element("span", {"class": "back"})
    for n, place in enumerate(places, 1):
        label = word("back", lang) + (f" {n}" if len(places) > 1 else "")
        link = etree.SubElement(span, "a", {"href": f"#{place}", "aria-label": label, "role": "doc-backlink"})
        link.text = "↑" if len(places) == 1 else f"↑{n}"
        link.tail = " "
    return span


def _head(page: etree._Element) -> None:
    """The style sheet, and a policy that allows it and embedded images, nothing else."""
    head = page.find("head")
    assert head is not None
    digests = []
    for medium in ("screen", "print"):
        style = etree.SubElement(head, "style", {"media": medium})
        style.text = stylesheet(medium)
        digests.append(f"'sha256-{b64encode(sha256(style.text.encode()).digest()).decode('ascii')}'")
    policy = f"default-src 'none'; img-src data:; style-src {' '.join(digests)}; base-uri 'none'; form-action 'none'"
    meta = etree.Element("meta", {"http-equiv": "Content-Security-Policy", "content": policy})
    charset = head.find("meta[@charset]")
    assert charset is not None
    charset.addnext(meta)


@cache
def stylesheet(medium: str) -> str:
    """The page's own style sheet for a medium, without its comments."""
    text = (files("jatspack.render") / "themes" / "web" / f"{medium}.css").read_text("utf-8")
    return "\n".join(line for line in _COMMENT.sub("", text).splitlines() if line.strip()) + "\n"
