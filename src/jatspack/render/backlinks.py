"""Links back: each reference and note names every place that cites it."""

from __future__ import annotations

from lxml import etree

from jatspack.render.words import word


def link_back(page: etree._Element, lang: str) -> None:
    """Append the links to the references and notes of a page.

    `data-rid`, which the XSLT left at each mark, stays only where a mark names more than the target of its link.
    """
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
        if len(ids) > 1:
            link.set("data-rid", " ".join(ids))
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
    return last if last is not None and last.tag == "p" and not (last.tail or "").strip() else box


def _back(places: list[str], lang: str) -> etree._Element:
    span = etree.Element("span", {"class": "back"})
    for n, place in enumerate(places, 1):
        label = word("back", lang) + (f" {n}" if len(places) > 1 else "")
        link = etree.SubElement(span, "a", {"href": f"#{place}", "aria-label": label, "role": "doc-backlink"})
        link.text = "↑" if len(places) == 1 else f"↑{n}"
        link.tail = " "
    return span
