"""contrib-group, aff, author-notes."""

from __future__ import annotations

import re

from lxml import etree

from jatspack.article import Affiliation, Article, Contributor, Name
from jatspack.jats.body import Blocks
from jatspack.jats.inline import XML, Writer, clean, leaf
from jatspack.read.document import Paragraph

ORCID = "https://orcid.org/"
CREDIT = "https://credit.niso.org/contributor-roles/"
# ANSI/NISO Z39.104: the terms as the addresses above end with them.
CREDIT_TERMS = frozenset(
    {
        "conceptualization", "data-curation", "formal-analysis", "funding-acquisition", "investigation", "methodology",
        "project-administration", "resources", "software", "supervision", "validation", "visualization",
        "writing-original-draft", "writing-review-editing",
    }
)  # fmt: skip


def people(article: Article, meta: etree._Element, writer: Writer, blocks: Blocks) -> None:
    """Contributors, affiliations and author-notes, in the order of article-meta."""
    correspondence = _Correspondence(article)
    labels = {a.id: a.label for a in article.affiliations}
    number = 0
    for kind in sorted({c.contrib_type for c in article.contributors}, key=lambda k: (k != "author", k)):
        group = etree.SubElement(meta, "contrib-group")
        for person in article.contributors:
            if person.contrib_type == kind:
                number += 1
                contrib = _contrib(group, person, number, labels, blocks)
                for ident in correspondence.of(person):
                    xref = etree.SubElement(contrib, "xref", {"ref-type": "corresp", "rid": ident})
                    etree.SubElement(xref, "sup").text = "*"
    for affiliation in article.affiliations:
        _affiliation(meta, affiliation, writer)
    _author_notes(article, meta, writer, correspondence)


def lang_of(element: etree._Element, lang: str) -> etree._Element:
    """Set xml:lang; "und" where it is not known, because the DTD would say English."""
    element.set(XML + "lang", lang or "und")
    return element


# --- contributors -----------------------------------------------------------


def _contrib(
    group: etree._Element, person: Contributor, number: int, labels: dict[str, str], blocks: Blocks
) -> etree._Element:
    contrib = etree.SubElement(group, "contrib", {"contrib-type": person.contrib_type, "id": f"contrib-{number}"})
    if person.corresponding:
        contrib.set("corresp", "yes")
    if person.equal_contribution:
        contrib.set("equal-contrib", "yes")
    if person.orcid:
        orcid = etree.SubElement(contrib, "contrib-id", {"contrib-id-type": "orcid", "authenticated": "false"})
        orcid.text = ORCID + person.orcid
    names = [name for name in person.names if clean(name.surname + name.given_names).strip()]
    holder = etree.SubElement(contrib, "name-alternatives") if len(names) > 1 else contrib
    for name in names:
        _name(holder, name)
    for lang, degree in person.degrees:
        if (element := leaf(contrib, "degrees", degree)) is not None:
            lang_of(element, lang)
    for email in person.emails:
        leaf(contrib, "email", email)
    for lang, role in person.roles:
        if (element := leaf(contrib, "role", role)) is not None:
            lang_of(element, lang)
    for role in person.credit_roles:
        _credit_role(contrib, role)
    for lang, text in person.biographies:
        blocks.fill(lang_of(etree.SubElement(contrib, "bio"), lang), text)
    for ident in person.affiliations:
        xref = etree.SubElement(contrib, "xref", {"ref-type": "aff", "rid": ident})
        leaf(xref, "sup", labels.get(ident, ""))
    return contrib


def _credit_role(contrib: etree._Element, role: str) -> None:
    """A role with the address of its CRediT term; what is no such term is a role like any other."""
    if (element := leaf(contrib, "role", role)) is None:
        return
    term = "-".join(re.findall(r"[a-z]+", role.lower()))
    if term in CREDIT_TERMS:
        # @vocab, @vocab-identifier and @vocab-term are of JATS 1.2; content-type names the term in any version.
        element.set("content-type", f"{CREDIT}{term}/")
    else:
        lang_of(element, "")


def _name(parent: etree._Element, name: Name) -> None:
    """name: surname and given-names in this order, whatever was printed first; @name-style says how to show them."""
    element = lang_of(etree.SubElement(parent, "name"), name.lang)
    element.set("name-style", name.style)
    surname, given = name.surname, name.given_names
    if name.style == "given-only" and not given.strip():
        surname, given = "", surname
    for tag, text in (("surname", surname), ("given-names", given), ("prefix", name.prefix), ("suffix", name.suffix)):
        leaf(element, tag, text)


# --- affiliations -----------------------------------------------------------


def _affiliation(meta: etree._Element, affiliation: Affiliation, writer: Writer) -> None:
    """aff, or aff-alternatives where an address is printed in several languages; the printed text stays in order."""
    if len(affiliation.texts) > 1:
        meta = etree.SubElement(meta, "aff-alternatives", {"id": affiliation.id})
    for lang, tagged in affiliation.texts:
        element = lang_of(etree.SubElement(meta, "aff"), lang)
        if meta.tag != "aff-alternatives":
            element.set("id", affiliation.id)
        leaf(element, "label", affiliation.label)
        text = tagged.text
        for style in ("bold", "italic"):
            if text.all(style):
                text = text.without(style)
        writer.fill_tagged(element, text, tagged.parts)
    if not affiliation.texts:
        lang_of(etree.SubElement(meta, "aff", {"id": affiliation.id}), "")


# --- author-notes -----------------------------------------------------------


class _Correspondence:
    """The corresp elements to be written, and which of them belong to which corresponding author.

    Printed lines are taken as they are. Where there are none, @corresp and the author's own e-mail say it all.
    """

    def __init__(self, article: Article) -> None:
        self.lines = [p.text for p in article.correspondence if p.text.plain]
        self.ids = [f"cor-{n + 1}" for n in range(len(self.lines))]
        claimed = {m for c in article.contributors for m in self._matching(c)}
        self.free = [n for n in range(len(self.lines)) if n not in claimed]

    def _matching(self, person: Contributor) -> list[int]:
        return [n for n, line in enumerate(self.lines) if any(mail in line.text for mail in person.emails)]

    def of(self, person: Contributor) -> list[str]:
        """Ids of this author's lines: those with an address of theirs, otherwise those with nobody's."""
        if not person.corresponding:
            return []
        return [self.ids[n] for n in self._matching(person) or self.free]


def _author_notes(article: Article, meta: etree._Element, writer: Writer, correspondence: _Correspondence) -> None:
    remarks = [p for p in article.author_notes if isinstance(p, Paragraph) and p.text.plain]
    if not (correspondence.lines or remarks):
        return
    notes = etree.SubElement(meta, "author-notes")
    for ident, line in zip(correspondence.ids, correspondence.lines, strict=True):
        writer.fill(etree.SubElement(notes, "corresp", {"id": ident}), line)
    for n, paragraph in enumerate(remarks):
        note = etree.SubElement(notes, "fn", {"fn-type": "other", "id": f"author-note-{n + 1}"})
        writer.fill(etree.SubElement(note, "p"), paragraph.text)
