"""The record of an article: what catalogues, registries and repositories want to know of it, as plain values.

What the JATS does not say is empty here, and stays absent in whatever is made from it. jats.read_record fills it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")
STYLES = ("bold", "italic", "sub", "sup")  # of a run; other styles are not kept


def first_of_each(rows: Iterable[T], key: Callable[[T], str]) -> tuple[T, ...]:
    """The first row of each key (such as a language), in their order."""
    out: dict[str, T] = {}
    for row in rows:
        out.setdefault(key(row), row)
    return tuple(out.values())


@dataclass(frozen=True, slots=True)
class Text:
    """A text on one line and its language (BCP 47; "" where the JATS says none).

    `runs` are its pieces, each with its styles.
    """

    lang: str
    runs: tuple[tuple[str, frozenset[str]], ...]

    @property
    def plain(self) -> str:
        return "".join(text for text, _ in self.runs)


def in_language(texts: tuple[Text, ...], lang: str) -> str:
    """The text in a language, or else the first; "" for none."""
    return next((text.plain for text in texts if text.lang == lang), texts[0].plain if texts else "")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an abstract: its heading ("" for none), and its paragraphs."""

    title: str
    paragraphs: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Abstract:
    """An abstract in one language; `kind` is @abstract-type ("" for the usual one)."""

    lang: str
    parts: tuple[Part, ...]
    kind: str = ""

    @property
    def plain(self) -> str:
        """One paragraph a line, the heading of a part before its first."""
        lines = []
        for part in self.parts:
            lines += [p.plain for p in part.paragraphs]
            if part.title:
                first = len(lines) - len(part.paragraphs)
                head = part.title if part.title[-1] in ".:?!。：" else f"{part.title}:"
                lines[first:] = [f"{head} {lines[first]}", *lines[first + 1 :]]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in one language. `surname` is empty where a name is not taken apart; `full` is all of it, as one reads it.

    `style` is JATS @name-style.
    """

    lang: str
    full: str
    surname: str = ""
    given: str = ""
    suffix: str = ""
    style: str = "western"
    body: bool = False  # of a group or an institution

    @property
    def listed(self) -> str:
        """Surname first, a comma between."""
        if not self.surname:
            return self.full
        return ", ".join(part for part in (self.surname, self.given, self.suffix) if part)


@dataclass(frozen=True, slots=True)
class Address:
    """An affiliation in one language: all of its text without its label, and the parts that are tagged."""

    lang: str
    text: str
    institutions: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    city: str = ""
    country: str = ""
    country_code: str = ""
    ror: str = ""  # https://ror.org/…


@dataclass(frozen=True, slots=True)
class Person:
    """A contributor, with a name for each language that has one; the article's own language first.

    `role` is @contrib-type; each affiliation is a tuple with an Address for each language, the own one first.
    """

    names: tuple[Name, ...]
    role: str = "author"
    orcid: str = ""  # https://orcid.org/…
    orcid_authenticated: bool = False
    emails: tuple[str, ...] = ()
    affiliations: tuple[tuple[Address, ...], ...] = ()
    corresponding: bool = False

    def name(self, lang: str = "") -> Name:
        """The name in a language, or else the first."""
        return next((name for name in self.names if name.lang == lang), self.names[0])


@dataclass(frozen=True, slots=True)
class Award:
    """Who paid, its identifier (an address), and the number that the award has there; any may be empty."""

    funder: str
    funder_id: str
    number: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A work in the reference list: its printed text, and the parts that are tagged, by JATS element name."""

    id: str
    label: str
    text: str
    kind: str  # @publication-type
    parts: dict[str, str]  # year, article-title, source, volume, issue, fpage, doi …; only those that are there
    authors: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """A work that the article names as related: @related-article-type, and its DOI or address."""

    kind: str
    scheme: str  # doi or uri
    identifier: str


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication: ISO 8601, as much of it as there is, and on what (print, electronic or "")."""

    iso: str
    medium: str = ""


@dataclass(frozen=True, slots=True)
class Journal:
    """journal-meta."""

    titles: tuple[Text, ...] = ()
    abbreviated: str = ""
    id: str = ""  # publisher's short name
    issn_print: str = ""
    issn_electronic: str = ""
    issn_other: str = ""  # of which the JATS does not say on what
    publisher: str = ""
    place: str = ""

    @property
    def issns(self) -> tuple[str, ...]:
        return tuple(i for i in (self.issn_print, self.issn_electronic, self.issn_other) if i)


@dataclass(frozen=True, slots=True)
class Licence:
    """permissions."""

    url: str = ""
    texts: tuple[Text, ...] = ()
    copyright: str = ""
    year: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """The article. Titles, abstracts and keywords by language, the article's own first."""

    lang: str = ""
    kind: str = ""  # @article-type
    titles: tuple[Text, ...] = ()
    subtitles: dict[str, Text] = field(default_factory=dict)  # by language
    abstracts: tuple[Abstract, ...] = ()
    keywords: tuple[Text, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()  # (scheme, code): udc, jel …
    sections: tuple[Text, ...] = ()  # of the journal, such as Articles
    people: tuple[Person, ...] = ()
    journal: Journal = Journal()
    published: tuple[Published, ...] = ()
    received: str = ""
    accepted: str = ""
    volume: str = ""
    issue: str = ""
    first_page: str = ""
    last_page: str = ""
    article_number: str = ""
    doi: str = ""  # bare
    publisher_id: str = ""
    url: str = ""
    pdf_url: str = ""
    licence: Licence = Licence()
    awards: tuple[Award, ...] = ()
    funding: tuple[Text, ...] = ()  # statements in words
    cited: tuple[Cited, ...] = ()
    related: tuple[Related, ...] = ()

    @property
    def summaries(self) -> tuple[Abstract, ...]:
        """The usual abstract of each language: no graphical one, no highlights."""
        return first_of_each((a for a in self.abstracts if not a.kind), lambda a: a.lang)

    @property
    def authors(self) -> tuple[Person, ...]:
        return tuple(p for p in self.people if p.role == "author")

    @property
    def date(self) -> str:
        """The first date of publication that is there; of a month and a day in it, the day."""
        return min((p.iso for p in self.published), key=lambda iso: f"{iso}~", default="")

    @property
    def year(self) -> str:
        return self.date[:4]

    @property
    def pages(self) -> str:
        """The range of pages."""
        return self.first_page + (f"-{self.last_page}" if self.last_page not in ("", self.first_page) else "")

    @property
    def title(self) -> str:
        """The own title in plain text."""
        return self.titles[0].plain if self.titles else ""
