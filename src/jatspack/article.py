"""The Article: what was recognised. Every later room works from this value. No behaviour here.

Languages are BCP 47 tags ("kk", "zh-Hans"); "" or "und" where neither text nor configuration tells.
Names of fields are JATS element names where there is one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from jatspack.read.document import Block, Code, Definitions, Lines, ListBlock, Media, Paragraph, Quote
from jatspack.richtext import EMPTY, Rich


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a field comes from: source lines (none for configuration), the rule, and how sure it is (0 to 1)."""

    lines: tuple[Lines, ...]
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """A tagged stretch of printed text: offsets into it, the JATS element, its attributes, parts inside it."""

    tag: str
    start: int
    end: int
    attributes: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Tagged:
    """Printed text with parts tagged in it. Parts are in order and nest, they never cross."""

    text: Rich
    parts: tuple[Part, ...] = ()


@dataclass(slots=True)
class Title:
    lang: str
    text: Rich
    origin: Origin
    subtitle: Rich = EMPTY


@dataclass(slots=True)
class Name:
    """One person's name in one language. `style` is JATS ``name/@name-style``."""

    lang: str
    surname: str
    given_names: str = ""
    prefix: str = ""
    suffix: str = ""
    style: Literal["western", "eastern", "islensk", "given-only"] = "western"


@dataclass(slots=True)
class Contributor:
    """One person, however many languages name them. `affiliations` are ids; empty where the text gives no link."""

    names: list[Name]
    origin: Origin
    affiliations: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    orcid: str = ""  # 0000-0000-0000-000X, checksum verified
    corresponding: bool = False
    equal_contribution: bool = False
    degrees: list[tuple[str, str]] = field(default_factory=list)  # (lang, text)
    roles: list[tuple[str, str]] = field(default_factory=list)  # (lang, text)
    credit_roles: list[str] = field(default_factory=list)  # CRediT terms
    biographies: list[tuple[str, tuple[Block, ...]]] = field(default_factory=list)  # (lang, text)
    contrib_type: Literal["author", "editor", "translator", "reviewer", "supervisor"] = "author"


@dataclass(slots=True)
class Affiliation:
    """One institution's address; one Tagged per language in which it is printed."""

    id: str
    label: str
    texts: list[tuple[str, Tagged]]  # (lang, text)
    origin: Origin


@dataclass(slots=True)
class Abstract:
    """`title` is the printed label; sections stand in `blocks` as Section values."""

    lang: str
    title: Rich
    blocks: list[BodyBlock]
    origin: Origin


@dataclass(slots=True)
class KeywordGroup:
    lang: str
    title: Rich
    keywords: list[Rich]
    origin: Origin


@dataclass(slots=True)
class Identifier:
    """`kind` is "doi", "publisher-id" or a subject code: "udc", "irsti", "jel", "clc", "msc", "bbk" …"""

    kind: str
    value: str
    printed: str
    origin: Origin


@dataclass(slots=True)
class HistoryDate:
    """`date_type` as in JATS ``date/@date-type``; `iso` is YYYY, YYYY-MM or YYYY-MM-DD."""

    date_type: Literal["received", "rev-recd", "accepted", "pub"]
    iso: str
    printed: str
    origin: Origin


IssueKind = Literal["volume", "issue", "fpage", "lpage", "elocation-id"]


@dataclass(slots=True)
class IssueFact:
    """Where the article appeared: `kind` is the JATS element, `printed` the line that says it."""

    kind: IssueKind
    value: str
    printed: str
    origin: Origin


@dataclass(slots=True)
class Section:
    """A section of body, abstract or back matter. `sec_type` is a JATS4R / JATS suggested value or ""."""

    id: str
    title: Rich
    blocks: list[BodyBlock]
    origin: Origin
    label: str = ""
    sec_type: str = ""
    lang: str = ""  # only where it differs from the article's


@dataclass(slots=True)
class Caption:
    """A figure's or table's printed label ("Fig. 2.") and caption, in one language."""

    lang: str
    label: str
    text: Rich


@dataclass(slots=True)
class Figure:
    id: str
    captions: list[Caption]
    graphics: list[str]  # src as in Document.media, or as printed where the file is not there
    alt: str
    origin: Origin


@dataclass(slots=True)
class TableWrap:
    """`head` and `body` rows are read.document.Table rows."""

    id: str
    captions: list[Caption]
    table: Block | None
    origin: Origin
    notes: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class Formula:
    """A display formula; `label` is its printed number without brackets changed, "(1)"."""

    id: str
    tex: str
    label: str
    origin: Origin


@dataclass(slots=True)
class Footnote:
    id: str
    label: str
    blocks: list[BodyBlock]
    origin: Origin


BodyBlock = Section | Paragraph | ListBlock | Figure | TableWrap | Formula | Quote | Code | Definitions


@dataclass(slots=True)
class BackSection:
    """`kind` is "ack", "app", "coi", "funding", "data-availability", "contributions", "ethics", "bio",
    "glossary" or "other"."""

    id: str
    kind: str
    title: Rich
    blocks: list[BodyBlock]
    origin: Origin
    lang: str = ""


@dataclass(slots=True)
class Citation:
    """A reference as printed in one language, parts tagged; `publication_type` as in JATS4R."""

    lang: str
    text: Tagged
    publication_type: str
    origin: Origin


@dataclass(slots=True)
class Reference:
    """One work. More than one citation where the list is printed in two scripts."""

    id: str
    label: str
    citations: list[Citation]


@dataclass(slots=True)
class ReferenceList:
    id: str
    title: Rich
    references: list[Reference]
    origin: Origin
    lang: str = ""
    other_titles: list[tuple[str, Rich]] = field(default_factory=list)  # of lists paired into this one


@dataclass(frozen=True, slots=True)
class Accounted:
    """Words of the source that are not text of the XML, and why: a mark made a link, a repeated e-mail …

    In Article.given it is the other way round: words of the XML that are not the source's, and who gave them.
    """

    line: int
    text: str
    reason: str


LABELLED = "mark made a label"
SPELT = "a formula that spells a code"
REPLACED = "replaced by "  # … of a row ``replaced by article.toml:12``
MISREAD = "a letter that is a mark misread"  # the reason of an Accounted row ``Miller l``: the rest of the word stays


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry of article.toml: its place there, what it corrects, where that stands in the source, if it did."""

    rule: str
    field: str
    value: str
    lines: tuple[Lines, ...]
    applied: bool


@dataclass(slots=True)
class Article:
    language: str = ""
    titles: list[Title] = field(default_factory=list)
    contributors: list[Contributor] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)
    abstracts: list[Abstract] = field(default_factory=list)
    keywords: list[KeywordGroup] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    dates: list[HistoryDate] = field(default_factory=list)
    issue: list[IssueFact] = field(default_factory=list)  # one of a kind
    subjects: list[tuple[str, Rich]] = field(default_factory=list)  # printed section or article type: (lang, text)
    author_notes: list[Paragraph] = field(default_factory=list)
    front_notes: list[Paragraph] = field(default_factory=list)  # running matter: JATS front/notes
    unplaced: list[Paragraph] = field(default_factory=list)  # printed words that no element took: JATS front/notes
    correspondence: list[Paragraph] = field(default_factory=list)
    licence: Rich = EMPTY
    licence_url: str = ""  # what the printed licence links to or names
    copyright: Rich = EMPTY
    body: list[BodyBlock] = field(default_factory=list)
    back: list[BackSection] = field(default_factory=list)
    reference_lists: list[ReferenceList] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    media: dict[str, Media] = field(default_factory=dict)  # by src
    accounted: list[Accounted] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    given: list[Accounted] = field(default_factory=list)  # words that corrections put into the text
