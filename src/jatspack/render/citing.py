"""The box "Cite this article" of a page: styles of the Citation Style Language, BibTeX, RIS."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from jatspack.findings import Finding, UsageError, finding
from jatspack.jats.bibliography import bibtex, ris
from jatspack.jats.record import Record
from jatspack.render import csl
from jatspack.render.words import direction, word


def fill(page: etree._Element, record: Record, styles: Sequence[str]) -> list[Finding]:
    """Fill the place that the XSLT left for the box; it goes out where the article cannot be cited.

    UsageError for a style that there is not.
    """
    place = page.find(".//header/div[@class='cite screen']")
    if place is None:
        return []
    lang = record.lang
    entries = {"BibTeX": bibtex(record, lang, described=False), "RIS": ris(record, lang)}
    if not styles or not any(entries.values()):
        parent = place.getparent()
        assert parent is not None
        parent.remove(place)
        return []
    found: list[Finding] = []
    place.tag = "details"
    place.set("data-copy", word("copy", lang))
    place.set("data-copied", word("copied", lang))
    etree.SubElement(place, "summary").text = word("cite", lang)
    if record.journal.titles:  # without a journal a style would have to call it something else
        place.append(_citations(page, record, styles, found))
    for name, text in entries.items():
        inner = etree.SubElement(place, "details", {"class": "entry"})
        etree.SubElement(inner, "summary").text = name
        etree.SubElement(inner, "pre", {"dir": "ltr"}).text = text
    return found


def _citations(page: etree._Element, record: Record, styles: Sequence[str], findings: list[Finding]) -> etree._Element:
    """One entry for each style; in other languages, too, which are shown when the reader switches to them."""
    listed = etree.Element("dl")
    languages = {record.lang: "own", **_switch(page, record)}
    for style in styles:
        name = csl.style_name(style)
        try:
            made = [(lang, kind, csl.cite(record, style, lang)) for lang, kind in languages.items()]
        except UsageError:
            raise
        except Exception as error:  # whatever the library raises over a style
            findings.append(finding("citation-not-made", style=name, reason=f"{type(error).__name__} {error}"[:200]))
            continue
        group = etree.SubElement(listed, "div")
        etree.SubElement(group, "dt").text = name
        for lang, kind, citation in made:
            cited = etree.SubElement(group, "dd", {"class": kind})
            if lang != record.lang:
                cited.set("lang", lang)
                if direction(lang) != direction(record.lang):
                    cited.set("dir", direction(lang))
            cited.text = citation.text
            cited.extend(citation)
    return listed


def _switch(page: etree._Element, record: Record) -> dict[str, str]:
    """The languages of the switch that title and all names stand in, with their class there; their buttons are told."""
    found = {}
    wanted = csl.languages_besides() & {row.lang for row in record.titles}
    for button in page.iterfind(".//fieldset[@class='languages screen']/label/input"):
        label = button.getnext()
        lang = label.get("lang", "") if label is not None else ""
        classes = button.get("class", "").split()
        named = all(any(name.lang == lang for name in person.names) for person in record.authors)
        if classes[:1] == ["other"] and lang in wanted and named:
            found[lang] = classes[1]
            button.set("class", " ".join([*classes, "has-citation"]))
    return found
