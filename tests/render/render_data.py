"""Articles for the tests of the render room, and a walk through what was made of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree

from jatspack.read.document import Media

DATA = Path(__file__).parent / "data"
PARSER = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)


def tree_of(name: str) -> etree._ElementTree:
    return etree.parse(DATA / name, PARSER)


def media() -> dict[str, Media]:
    return {"wells.svg": Media("wells.svg", "wells.svg", (DATA / "wells.svg").read_bytes(), "image/svg+xml")}


def jats(body: str = "", front: str = "", back: str = "", lang: str = "en") -> etree._ElementTree:
    """A small article around some JATS."""
    text = f"""<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"
      xml:lang="{lang}"><front><article-meta><title-group><article-title>On wells</article-title></title-group>{front}
      </article-meta></front><body>{body}</body><back>{back}</back></article>"""
    return etree.ElementTree(etree.fromstring(text))


def elements(node: Any) -> Iterator[Any]:
    """The structure elements below a node of a PDF's structure tree."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K", pikepdf.Array()))
