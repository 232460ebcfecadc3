"""journal.toml: what holds for all articles of a journal."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jatspack.config.base import Date, Issn, Lang, Model
from jatspack.config.targets import Target, TargetName
from jatspack.config.theme import Theme


class Journal(Model):
    """JATS journal-meta."""

    title: dict[Lang, str] = Field(default_factory=dict, description="the journal's name, by language")
    abbreviated_title: str = ""
    id: Annotated[str, Field(description="publisher's short name of the journal (journal-id)")] = ""
    issn_print: Issn | None = None
    issn_electronic: Issn | None = None
    publisher: str = ""
    publisher_place: str = ""
    url: str = ""


class Licence(Model):
    """JATS permissions."""

    url: Annotated[str, Field(description="such as https://creativecommons.org/licenses/by/4.0/")] = ""
    text: dict[Lang, str] = Field(default_factory=dict)
    copyright_holder: str = ""
    copyright_year: Annotated[str, Field(pattern=r"^[0-9]{4}$")] | None = None


class Bag(Model):
    """What bag-info.txt says of the sender (RFC 8493, section 2.2.2)."""

    source_organization: str = ""
    organization_address: str = ""
    contact_name: str = ""
    contact_email: str = ""
    external_description: str = ""


class Deposit(Model):
    """What registries ask of who sends them metadata (jatspack export)."""

    depositor_name: Annotated[str, Field(max_length=130, description="else [bag] source_organization")] = ""
    depositor_email: Annotated[str, Field(max_length=200, description="else [bag] contact_email")] = ""
    registrant: Annotated[str, Field(max_length=255, description="who owns the DOIs; else the publisher")] = ""
    article_url: Annotated[
        str,
        Field(
            max_length=2000,
            description="where an article is to be found, with {doi}, {id}, {volume}, {issue} or {page} in it; "
            "for articles that do not say it themselves (self-uri)",
        ),
    ] = ""
    ojs_section: Annotated[str, Field(max_length=40, description="abbreviation of the section in OJS")] = "ART"
    ojs_author_group: Annotated[str, Field(max_length=200, description="what OJS calls its authors")] = "Author"
    ojs_genre: Annotated[str, Field(max_length=200, description="what OJS calls the text of an article")] = (
        "Article Text"
    )


DepositTarget = Literal[
    "crossref", "datacite", "oai_dc", "doaj", "ojs", "dspace", "mods", "bibtex", "ris", "csl-json", "pmc", "portico"
]  # fmt: skip


class Output(Model):
    """How the files are made."""

    jats_version: Literal["1.1", "1.2", "1.3"] = "1.3"
    rules: Annotated[
        Literal["default", "jats4r", "scielo", "pmc"], Field(description="who is to accept the XML: see docs/rules.md")
    ] = "default"
    paper_size: Literal["A4", "letter"] = "A4"
    html_images: Annotated[Literal["embedded", "beside"], Field(description="in the page, or as files beside it")] = (
        "embedded"
    )
    citation_styles: Annotated[
        list[str] | None,
        Field(description="styles of “Cite this article” (CSL), such as apa; none: those usual in its language"),
    ] = None
    serialize: Annotated[
        Literal["none", "zip", "tar", "tar.gz"], Field(description="the bag as a folder (none), or as one file")
    ] = "none"
    deposit: Annotated[
        list[DepositTarget],
        Field(description="for whom deposit metadata are made in every run (docs/export.md); [] for none"),
    ] = Field(default=["oai_dc", "csl-json"])
    bagging_date: Annotated[Date | None, Field(description="Bagging-Date; otherwise SOURCE_DATE_EPOCH or today")] = None


class JournalConfig(Model):
    """journal.toml: one for all articles of a journal."""

    journal: Journal = Journal()
    licence: Licence = Licence()
    languages: list[Lang] = Field(default_factory=list, description="languages that its articles may have")
    bag: Bag = Bag()
    deposit: Deposit = Deposit()
    output: Output = Output()
    theme: Theme = Theme()
    targets: dict[TargetName, Target] = Field(default_factory=dict, description="for jatspack deposit, by name")
