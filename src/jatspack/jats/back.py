"""back: acknowledgements, statements, appendices, notes and the reference lists."""

from __future__ import annotations

from lxml import etree

from jatspack.article import Article, BackSection, Citation, Reference, ReferenceList
from jatspack.jats.body import Blocks
from jatspack.jats.inline import XML, Writer, leaf
from jatspack.jats.people import lang_of
from jatspack.richtext import Rich, Run

# sec/@sec-type of the statements that JATS4R wants findable.
STATEMENTS = {
    "coi": "COI-statement",
    "funding": "funding-statement",
    "data-availability": "data-availability",
    "contributions": "author-contributions",
    "ethics": "ethics-statement",
}


def back_matter(article: Article, writer: Writer, blocks: Blocks) -> etree._Element:
    """The back element; empty where there is nothing to put into it."""
    back = etree.Element("back")
    for section in article.back:
        _section(back, section, writer, blocks, article.language)
    if article.footnotes:
        group = etree.SubElement(back, "fn-group")
        for footnote in article.footnotes:
            note = etree.SubElement(group, "fn", {"id": footnote.id})
            leaf(note, "label", footnote.label)
            blocks.fill(note, footnote.blocks)
            if note.find("p") is None:
                etree.SubElement(note, "p")
    for references in article.reference_lists:
        _reference_list(back, references, writer)
    return back


def _section(back: etree._Element, section: BackSection, writer: Writer, blocks: Blocks, language: str) -> None:
    element = _home(back, section)
    if section.id:
        element.set("id", section.id)
    if section.lang and section.lang not in ("und", language):
        element.set(XML + "lang", section.lang)
    if section.title.plain:
        writer.title(element, "title", section.title)
    blocks.fill(element, section.blocks)


def _home(back: etree._Element, section: BackSection) -> etree._Element:
    """ack, app, bio and glossary are elements of their own; other statements are sec, or notes without a title."""
    if section.kind in ("ack", "bio", "glossary"):
        return etree.SubElement(back, section.kind)
    if section.kind == "app" and section.title.plain:
        last = back[-1] if len(back) else None
        group = last if last is not None and last.tag == "app-group" else etree.SubElement(back, "app-group")
        return etree.SubElement(group, "app")
    statement = STATEMENTS.get(section.kind)
    if section.title.plain:
        return etree.SubElement(back, "sec", {"sec-type": statement} if statement else {})
    return etree.SubElement(back, "notes", {"notes-type": statement} if statement else {})


# --- references -------------------------------------------------------------


def _reference_list(back: etree._Element, references: ReferenceList, writer: Writer) -> None:
    element = etree.SubElement(back, "ref-list", {"id": references.id} if references.id else {})
    if references.lang:
        lang_of(element, references.lang)
    titles = [(references.lang, references.title), *references.other_titles]
    titles = [(lang, title) for lang, title in titles if title.plain]
    if titles:
        title = writer.title(element, "title", titles[0][1])
        for lang, other in titles[1:]:
            _other_title(title, lang, other, writer)
    for reference in references.references:
        _reference(element, reference, writer)


def _other_title(title: etree._Element, lang: str, other: Rich, writer: Writer) -> None:
    """The title of a second list of the same works: one title is allowed, named-content keeps the language."""
    writer.append(title, Rich((Run(" / "),)))
    writer.title(title, "named-content", other)
    lang_of(title[-1], lang).set("content-type", "list-title")


def _reference(parent: etree._Element, reference: Reference, writer: Writer) -> None:
    element = etree.SubElement(parent, "ref", {"id": reference.id})
    leaf(element, "label", reference.label)
    if len(reference.citations) > 1:
        element = etree.SubElement(element, "citation-alternatives")
    for citation in reference.citations:
        _citation(element, citation, writer)
    if not reference.citations:
        etree.SubElement(element, "mixed-citation")


def _citation(parent: etree._Element, citation: Citation, writer: Writer) -> None:
    element = etree.SubElement(parent, "mixed-citation")
    if citation.publication_type:
        element.set("publication-type", citation.publication_type)
    if citation.lang:
        lang_of(element, citation.lang)
    writer.fill_tagged(element, citation.text.text, citation.text.parts)
