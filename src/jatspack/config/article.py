"""article.toml: facts of one article, and corrections of what was misread in its text.

A table of fields ([titles], [abstracts] …) sets a field whatever was read. A list of corrections ([[contributors]],
[[references]] …) has entries that each find one thing by its words and say what it should be. An empty value
removes; a key that is left out leaves what was read.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from jatspack.config.base import LONGEST, Day, Doi, Email, Lang, Model, Orcid, Text
from jatspack.config.vocabulary import ArticleType, PublicationType, SecType

Find = Annotated[str, Field(min_length=1, max_length=LONGEST, description="the first words of it, as printed")]
Hint = Annotated[
    str,
    Field(pattern=r"^(\d{1,9}(-\d{1,9})?)?$", description="source lines, such as 31-45: a hint, the words decide"),
]
Discarded = Literal[
    "titles", "contributors", "affiliations", "abstracts", "keywords", "identifiers", "dates", "author-notes"
]
RoleName = Literal[
    "title", "byline", "affiliation", "contact", "abstract-head", "abstract", "keywords-head", "keywords", "code",
    "dates", "note", "journal", "heading", "text", "float", "ref-heading", "ref", "back-heading", "back",
]  # fmt: skip
PartTag = Literal["dept", "institution", "city", "state", "postal-code", "country"]
RefTag = Literal[
    "year", "article-title", "chapter-title", "source", "volume", "issue", "fpage", "lpage", "elocation-id",
    "publisher-name", "publisher-loc", "edition", "conf-name", "doi", "uri", "date-in-citation", "collab",
]  # fmt: skip
BackKind = Literal[
    "ack",
    "app",
    "coi",
    "funding",
    "data-availability",
    "contributions",
    "ethics",
    "bio",
    "glossary",
    "other",
    "section",
]


class Entry(Model):
    """One correction: `find` says of what, by its first words (or its label, or a person's name)."""

    find: Find
    lines: Hint = ""


class PersonName(Model):
    """One person's name in one language (JATS name). All empty: the person has no name in this language."""

    surname: Text = ""
    given_names: Text = ""
    prefix: Text = ""
    suffix: Text = ""
    name_style: Literal["western", "eastern", "islensk", "given-only"] | None = None


class Contributor(Model):
    """A person: corrected where `find` is a name, e-mail or ORCID that was read, otherwise added."""

    find: Annotated[str, Field(max_length=LONGEST, description="the name as read, in any language")] = ""
    lines: Hint = ""
    names: dict[Lang, PersonName] = Field(default_factory=dict, description="by language")
    degrees: dict[Lang, Text] = Field(default_factory=dict)
    roles: dict[Lang, Text] = Field(default_factory=dict, description="position, by language")
    orcid: Orcid | None = None
    email: list[Email] | None = None
    credit_roles: Annotated[list[Text] | None, Field(description="CRediT terms, such as Conceptualization")] = None
    biographies: dict[Lang, Text] = Field(default_factory=dict, description="paragraphs parted by an empty line")
    corresponding: bool | None = None
    equal_contribution: bool | None = None
    affiliations: Annotated[
        list[Find] | None, Field(description="label or first words of each; [] means that no link is known")
    ] = None
    contrib_type: Literal["author", "editor", "translator", "reviewer", "supervisor"] | None = None
    place: Annotated[int | None, Field(ge=1, le=10_000, description="1 is the first author")] = None
    remove: bool = False

    @field_validator("orcid")
    @classmethod
    def _checksum(cls, value: str | None) -> str | None:
        """ISO 7064, MOD 11-2."""
        digits, total = (value or "").replace("-", ""), 0
        for digit in digits[:-1]:
            total = (total + int(digit)) * 2
        if digits and "0123456789X"[(12 - total % 11) % 11] != digits[-1]:
            raise ValueError("the check digit of this ORCID does not fit; ask the author for the right one")
        return value


class Affiliation(Model):
    """An address: corrected where `find` is its label or first words, otherwise added."""

    find: Annotated[str, Field(max_length=LONGEST, description="its label or first words")] = ""
    lines: Hint = ""
    text: dict[Lang, Text] = Field(default_factory=dict, description="whole printed address, by language")
    parts: dict[Lang, dict[PartTag, str | list[str]]] = Field(
        default_factory=dict, description="which words of the address are institution, city …"
    )
    country: Annotated[str | None, Field(pattern=r"^([A-Z]{2})?$", description="ISO 3166 code of its country")] = None
    label: Text | None = None
    remove: bool = False


class Section(Model):
    """A section: corrected where `find` is its title, opened before a paragraph where `before` is its beginning."""

    find: Annotated[str, Field(max_length=LONGEST)] = ""
    before: Annotated[str, Field(max_length=LONGEST, description="first words of a paragraph without heading")] = ""
    lines: Hint = ""
    title: Text | None = None
    label: Text | None = None
    level: Annotated[int | None, Field(ge=1, le=9, description="1 is a section of the body")] = None
    sec_type: Annotated[Literal[SecType, ""] | None, Field(description="such as methods; empty removes it")] = None
    lang: Lang | None = None
    remove: Annotated[bool, Field(description="it is no heading: its words become a paragraph")] = False


class Float(Entry):
    """A figure or table, found by its label or caption."""

    label: dict[Lang, Text] = Field(default_factory=dict)
    caption: dict[Lang, Text] = Field(default_factory=dict)
    alt: Annotated[Text | None, Field(description="of a figure: what it shows, for who cannot see it")] = None
    continues: Annotated[str, Field(max_length=LONGEST, description="of a table: label of the table it goes on")] = ""
    remove: Annotated[bool, Field(description="it is no figure or table: its words become paragraphs")] = False


class RefName(Model):
    """A person in a reference, written as printed there."""

    surname: Text
    given_names: Text = ""


class Reference(Model):
    """A reference, found by its label or first words; added at the end, or after another, where `find` is left out."""

    find: Annotated[str, Field(max_length=LONGEST)] = ""
    after: Annotated[str, Field(max_length=LONGEST, description="label or first words of the one before")] = ""
    lines: Hint = ""
    text: Annotated[Text, Field(description="the whole reference, instead of what was read")] = ""
    label: Text | None = None
    lang: Lang | None = None
    publication_type: Annotated[
        Literal[PublicationType, ""] | None, Field(description="journal, book, thesis …; empty removes it")
    ] = None
    parts: dict[RefTag, str] = Field(default_factory=dict, description="words of the reference; empty: not tagged")
    names: Annotated[list[RefName] | None, Field(description="all its authors, as printed")] = None
    split: list[Find] = Field(default_factory=list, description="first words of each further reference in it")
    join: Annotated[bool, Field(description="it is the rest of the reference before it")] = False
    remove: bool = False


class Citation(Entry):
    """A citation in the text: `find` is all of it, such as [3] or (Author, 2018)."""

    within: Annotated[str, Field(max_length=LONGEST, description="first words of its paragraph")] = ""
    references: list[Find] = Field(description="labels or first words; [] means that it cites nothing")
    all: Annotated[bool, Field(description="wherever it stands")] = False


class Passage(Entry):
    """The language of a title, abstract, keyword list, section, caption, reference …"""

    lang: Lang


class Paragraph(Entry):
    """A paragraph anywhere: its whole text, or no paragraph at all."""

    text: Annotated[Text | None, Field(description="instead of what was read")] = None
    remove: bool = False


class Formula(Entry):
    """A display formula, found by its number or the beginning of its TeX."""

    label: Annotated[Text | None, Field(description='its number as printed, such as "(3)"')] = None
    tex: Text | None = None
    remove: Annotated[bool, Field(description="it is no display formula: it stays in a paragraph")] = False


class Footnote(Entry):
    """A footnote, found by its label or first words."""

    text: Annotated[Text | None, Field(description="paragraphs parted by an empty line")] = None
    remove: bool = False


class Back(Model):
    """Back matter (acknowledgements, funding …): corrected where `find` is its title or beginning, otherwise added.

    The kind "section" makes it a section of the body.
    """

    find: Annotated[str, Field(max_length=LONGEST)] = ""
    lines: Hint = ""
    kind: BackKind | None = None
    title: Text | None = None
    text: Annotated[Text | None, Field(description="paragraphs parted by an empty line")] = None
    lang: Lang | None = None
    remove: bool = False


class Replace(Entry):
    """Words that were misread: `find` anywhere in the text becomes `by`."""

    by: Text
    within: Annotated[str, Field(max_length=LONGEST, description="first words of the paragraph")] = ""
    all: Annotated[bool, Field(description="wherever they stand")] = False


class Role(Entry):
    """What a stretch of the source is, before anything is read from it.

    From `find` to the end of its paragraph; or to the words `to`; or as many lines as `lines` counts ("31-45").
    """

    role: RoleName
    to: Annotated[str, Field(max_length=LONGEST, description="its last words")] = ""


class Accept(Model):
    """A finding whose correction, or silence, is taken as it is offered."""

    finding: Annotated[str, Field(min_length=1, max_length=80, description="its code")]
    find: Annotated[str, Field(max_length=LONGEST, description="words of its message; left out: all of this code")] = ""
    lines: Hint = ""


class Silence(Model):
    """A finding that was looked at and needs no more attention."""

    finding: Annotated[str, Field(min_length=1, max_length=80, description="its code")]
    find: Annotated[str, Field(max_length=LONGEST, description="words of its message; left out: all of this code")] = ""
    lines: Hint = ""
    reason: Annotated[str, Field(min_length=3, max_length=2000)]


class ArticleConfig(Model):
    """article.toml: facts of one article and corrections of its text; they win over the text."""

    language: Lang | None = None
    doi: Doi | None = None
    publisher_id: Text = ""
    article_type: Annotated[ArticleType, Field(description="JATS article/@article-type")] = "research-article"
    volume: Text = ""
    issue: Text = ""
    first_page: Text = ""
    last_page: Text = ""
    elocation_id: Text = ""
    published: Day | None = None
    received: Day | None = None
    revised: Day | None = None
    accepted: Day | None = None
    paired_lists: Annotated[bool, Field(description="false: two reference lists of the same works stay two lists")] = (
        True
    )
    discard: list[Discarded] = Field(
        default_factory=list, description="fields of which nothing that was read is kept; give them anew below"
    )
    subjects: dict[Lang, Text] = Field(default_factory=dict, description="section of the journal, by language")
    titles: dict[Lang, Text] = Field(default_factory=dict)
    subtitles: dict[Lang, Text] = Field(default_factory=dict)
    licence: Annotated[Text | None, Field(description="the printed words of the licence; empty removes them")] = None
    copyright: Annotated[Text | None, Field(description="the printed copyright line; empty removes it")] = None
    abstracts: dict[Lang, Text | dict[str, Text]] = Field(
        default_factory=dict, description="paragraphs parted by an empty line; or a table: head of each part = its text"
    )
    keywords: dict[Lang, list[Text]] = Field(default_factory=dict)
    identifiers: dict[Annotated[str, Field(pattern=r"^[a-z][a-z-]*$")], str | list[str]] = Field(
        default_factory=dict, description="udc, irsti, jel, clc …"
    )
    contributors: list[Contributor] = Field(default_factory=list)
    affiliations: list[Affiliation] = Field(default_factory=list)
    sections: list[Section] = Field(default_factory=list)
    figures: list[Float] = Field(default_factory=list)
    tables: list[Float] = Field(default_factory=list)
    references: list[Reference] = Field(default_factory=list)
    citations: list[Citation] = Field(default_factory=list)
    passages: list[Passage] = Field(default_factory=list)
    paragraphs: list[Paragraph] = Field(default_factory=list)
    formulas: list[Formula] = Field(default_factory=list)
    footnotes: list[Footnote] = Field(default_factory=list)
    back: list[Back] = Field(default_factory=list)
    replace: list[Replace] = Field(default_factory=list)
    roles: list[Role] = Field(default_factory=list)
    accept: list[Accept] = Field(default_factory=list)
    silence: list[Silence] = Field(default_factory=list)
