"""front: journal-meta and article-meta, in the order that the DTD wants.

What neither the text nor the configuration gives is left out. Where the DTD of 1.1 insists on an element
(journal-id, issn, article-title, pub-date), it stands empty: nothing is made up, and the findings name it.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from jatspack.article import Abstract, Article, BackSection
from jatspack.config import Config, Journal
from jatspack.jats.body import Blocks
from jatspack.jats.inline import XLINK, Writer, clean, leaf
from jatspack.jats.people import lang_of, people
from jatspack.jats.uri import uri
from jatspack.read.document import Paragraph

ALI = "{http://www.niso.org/schemas/ali/1.0/}"


def front_matter(article: Article, config: Config, writer: Writer, blocks: Blocks) -> etree._Element:
    """The front element."""
    front = etree.Element("front")
    _journal_meta(front, config)
    meta = etree.SubElement(front, "article-meta")
    _identifiers(article, meta)
    _categories(article, config, meta, writer)
    _titles(article, meta, writer)
    people(article, meta, writer, blocks)
    _issue(article, config, meta)
    _history(article, meta)
    _permissions(article, config, meta, writer)
    _abstracts(article, meta, writer, blocks)
    _keywords(article, meta, writer)
    _funding(article, meta)
    if notes := [*article.front_notes, *article.unplaced]:  # the tag set allows one such element
        kind = "running-matter" if article.front_notes else "unplaced"
        blocks.fill(etree.SubElement(front, "notes", {"notes-type": kind}), notes)
    return front


def _seen(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts by language of which something can be seen."""
    return {lang: text for lang, text in texts.items() if clean(text).strip()}


# --- journal-meta -----------------------------------------------------------


def _journal_meta(front: etree._Element, config: Config) -> None:
    journal = config.journal.journal
    meta = etree.SubElement(front, "journal-meta")
    ident = etree.SubElement(meta, "journal-id", {"journal-id-type": "publisher-id"})
    ident.text = clean(journal.id).strip() or None
    _journal_titles(meta, journal)
    for medium, issn in (("print", journal.issn_print), ("electronic", journal.issn_electronic)):
        if issn:
            etree.SubElement(meta, "issn", {"publication-format": medium}).text = issn
    if meta.find("issn") is None:
        etree.SubElement(meta, "issn")
    publisher = etree.SubElement(meta, "publisher")
    if leaf(publisher, "publisher-name", journal.publisher) is not None:
        leaf(publisher, "publisher-loc", journal.publisher_place)
    else:
        meta.remove(publisher)
    if url := uri(journal.url):
        etree.SubElement(meta, "self-uri", {XLINK + "href": url})


def _journal_titles(meta: etree._Element, journal: Journal) -> None:
    group = etree.SubElement(meta, "journal-title-group")
    for n, (lang, title) in enumerate(_seen(journal.title).items()):
        home = group if n == 0 else lang_of(etree.SubElement(group, "trans-title-group"), lang)
        element = leaf(home, "journal-title" if n == 0 else "trans-title", title)
        if n == 0 and element is not None:
            lang_of(element, lang)
    leaf(group, "abbrev-journal-title", journal.abbreviated_title)
    if not len(group):
        meta.remove(group)


# --- article-meta -----------------------------------------------------------


def _identifiers(article: Article, meta: etree._Element) -> None:
    for kind in ("publisher-id", "doi"):
        value = next((i.value for i in article.identifiers if i.kind == kind), "")
        if (element := leaf(meta, "article-id", value)) is not None:
            element.set("pub-id-type", kind)


def _categories(article: Article, config: Config, meta: etree._Element, writer: Writer) -> None:
    """Sections of the journal, and classification codes (UDC, JEL …) as subject groups of their own type.

    A code says where the article stands in a scheme, which is what article-categories is for; in a kwd-group
    it would be one of the authors' keywords to every harvester that does not look at the type.
    """
    codes = [i for i in article.identifiers if i.kind not in ("doi", "publisher-id")]
    categories = etree.SubElement(meta, "article-categories")
    for lang, subject in _seen(config.article.subjects).items():
        group = lang_of(etree.SubElement(categories, "subj-group", {"subj-group-type": "heading"}), lang)
        leaf(group, "subject", subject)
    for lang, text in article.subjects:
        group = lang_of(etree.SubElement(categories, "subj-group", {"subj-group-type": "heading"}), lang)
        writer.fill(etree.SubElement(group, "subject"), text)
    for kind in dict.fromkeys(code.kind for code in codes):
        group = etree.SubElement(categories, "subj-group", {"subj-group-type": kind})
        for value in dict.fromkeys(code.value for code in codes if code.kind == kind):
            leaf(group, "subject", value)
        if not len(group):
            categories.remove(group)
    if not len(categories):
        meta.remove(categories)


def _titles(article: Article, meta: etree._Element, writer: Writer) -> None:
    group = etree.SubElement(meta, "title-group")
    if not article.titles:
        etree.SubElement(group, "article-title")
    for n, title in enumerate(article.titles):
        if n == 0:
            lang_of(writer.title(group, "article-title", title.text), title.lang)
            if title.subtitle.plain:
                writer.title(group, "subtitle", title.subtitle)
        else:
            trans = lang_of(etree.SubElement(group, "trans-title-group"), title.lang)
            writer.title(trans, "trans-title", title.text)
            if title.subtitle.plain:
                writer.title(trans, "trans-subtitle", title.subtitle)


def _date(parent: etree._Element, iso: str) -> None:
    """day, month, year out of YYYY[-MM[-DD]], and the whole as @iso-8601-date."""
    parts = iso.split("-")
    parent.set("iso-8601-date", iso)
    for tag, n in (("day", 2), ("month", 1), ("year", 0)):
        if len(parts) > n:
            etree.SubElement(parent, tag).text = parts[n]


def _issue(article: Article, config: Config, meta: etree._Element) -> None:
    own = config.article
    published = next((d.iso for d in article.dates if d.date_type == "pub"), "")
    date = etree.SubElement(meta, "pub-date", {"date-type": "pub"})
    if published:
        _date(date, published)
    else:
        etree.SubElement(date, "year")
    printed = {fact.kind: fact.value for fact in article.issue}
    first, last, elocation = own.first_page, own.last_page, own.elocation_id
    if not (first.strip() or elocation.strip()):  # the configuration's pages or number win over the printed ones
        first, last = printed.get("fpage", ""), last or printed.get("lpage", "")
        elocation = printed.get("elocation-id", "")
    leaf(meta, "volume", own.volume or printed.get("volume", ""))
    leaf(meta, "issue", own.issue or printed.get("issue", ""))
    if leaf(meta, "fpage", first) is not None:
        leaf(meta, "lpage", last)
    else:
        leaf(meta, "elocation-id", elocation)


def _history(article: Article, meta: etree._Element) -> None:
    """A revision may have happened more than once."""
    history = etree.SubElement(meta, "history")
    for kind in ("received", "rev-recd", "accepted"):
        dates = [d.iso for d in article.dates if d.date_type == kind]
        for iso in dict.fromkeys(dates if kind == "rev-recd" else dates[:1]):
            _date(etree.SubElement(history, "date", {"date-type": kind}), iso)
    if not len(history):
        meta.remove(history)


def _permissions(article: Article, config: Config, meta: etree._Element, writer: Writer) -> None:
    """Printed words as printed; what the configuration says of holder, year and licence beside them."""
    licence = config.journal.licence
    permissions = etree.SubElement(meta, "permissions")
    if article.copyright.plain:
        writer.fill(etree.SubElement(permissions, "copyright-statement"), article.copyright)
    leaf(permissions, "copyright-year", licence.copyright_year or "")
    leaf(permissions, "copyright-holder", licence.copyright_holder)
    element = etree.SubElement(permissions, "license")
    if url := uri(licence.url) or uri(article.licence_url):
        element.set(XLINK + "href", url)
        leaf(element, ALI + "license_ref", url)
    if article.licence.plain:
        writer.fill(etree.SubElement(element, "license-p"), article.licence)
    for text in _seen(licence.text).values():
        leaf(element, "license-p", text)
    if not len(element):
        permissions.remove(element)
    if not len(permissions):
        meta.remove(permissions)


def _abstracts(article: Article, meta: etree._Element, writer: Writer, blocks: Blocks) -> None:
    """The article's own language as abstract, every other as trans-abstract."""
    own = article.language.partition("-")[0]
    mine = [a for a in article.abstracts if a.lang.partition("-")[0] == own]
    if not mine and all(a.lang in ("", "und") for a in article.abstracts):
        mine = article.abstracts
    for tag, group in (("abstract", mine), ("trans-abstract", [a for a in article.abstracts if a not in mine])):
        for abstract in group:
            _abstract(lang_of(etree.SubElement(meta, tag), abstract.lang), abstract, writer, blocks)


def _abstract(element: etree._Element, abstract: Abstract, writer: Writer, blocks: Blocks) -> None:
    if abstract.title.plain:
        writer.title(element, "title", abstract.title)
    blocks.fill(element, abstract.blocks)


def _keywords(article: Article, meta: etree._Element, writer: Writer) -> None:
    for group in article.keywords:
        keywords = [k for k in group.keywords if k.plain]
        if not keywords:
            continue
        element = lang_of(etree.SubElement(meta, "kwd-group", {"kwd-group-type": "author"}), group.lang)
        if group.title.plain:
            writer.title(element, "title", group.title)
        for keyword in keywords:
            writer.fill(etree.SubElement(element, "kwd"), keyword)


def _funding(article: Article, meta: etree._Element) -> None:
    """JATS4R wants the statement in funding-group too, where machines look; its printed place is in back."""
    texts = [(section, text) for section in article.back if section.kind == "funding" for text in _paragraphs(section)]
    if not texts:
        return
    group = etree.SubElement(meta, "funding-group")
    for section, text in texts:
        if (element := leaf(group, "funding-statement", text)) is not None:
            lang_of(element, section.lang or article.language)


def _paragraphs(section: BackSection) -> list[str]:
    return [b.text.plain for b in section.blocks if isinstance(b, Paragraph) and b.text.plain]
