"""journal.toml and article.toml: what the text does not say, and corrections to what it does.

Both are checked by pydantic models, from which the JSON Schemas in schemas/ are made. A value that neither
file gives stays absent from the output: nothing is made up.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jatspack.findings import UsageError

Lang = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$", description="BCP 47 tag, such as kk")]
Issn = Annotated[str, Field(pattern=r"^\d{4}-\d{3}[\dX]$", description="ISSN with its hyphen")]
Date = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", description="YYYY, YYYY-MM or YYYY-MM-DD")]


class Model(BaseModel):
    """Unknown keys are mistakes: a misspelt key must not be passed over in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
    copyright_year: Annotated[str, Field(pattern=r"^\d{4}$")] | None = None


class Bag(Model):
    """What bag-info.txt says of the sender (RFC 8493, section 2.2.2)."""

    source_organization: str = ""
    organization_address: str = ""
    contact_name: str = ""
    contact_email: str = ""
    external_description: str = ""


class Output(Model):
    """How the files are made."""

    jats_version: Literal["1.1", "1.2", "1.3"] = "1.3"
    paper_size: Literal["A4", "letter"] = "A4"
    bagging_date: Annotated[Date | None, Field(description="Bagging-Date; otherwise SOURCE_DATE_EPOCH or today")] = None


class JournalConfig(Model):
    """journal.toml: one for all articles of a journal."""

    journal: Journal = Journal()
    licence: Licence = Licence()
    languages: list[Lang] = Field(default_factory=list, description="languages that its articles may have")
    bag: Bag = Bag()
    output: Output = Output()


class ArticleConfig(Model):
    """article.toml: facts of one article that the text does not give; they win over the text."""

    language: Lang | None = None
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    publisher_id: str = ""
    article_type: Annotated[str, Field(description="JATS article/@article-type")] = "research-article"
    volume: str = ""
    issue: str = ""
    first_page: str = ""
    last_page: str = ""
    elocation_id: str = ""
    published: Date | None = None
    received: Date | None = None
    accepted: Date | None = None
    subjects: dict[Lang, str] = Field(default_factory=dict, description="section of the journal, by language")
    titles: dict[Lang, str] = Field(default_factory=dict)


class Config(Model):
    """Everything that is configured for one run."""

    journal: JournalConfig = JournalConfig()
    article: ArticleConfig = ArticleConfig()


def load(journal: Path | None = None, article: Path | None = None) -> Config:
    """Read the two files (either may be None); UsageError names file, line and remedy for anything wrong."""
    return Config(
        journal=_read(journal, JournalConfig) if journal else JournalConfig(),
        article=_read(article, ArticleConfig) if article else ArticleConfig(),
    )


def discover(source: Path, journal: Path | None = None) -> Config:
    """Configuration of a source file: `journal` or journal.toml beside it; <stem>.toml or article.toml beside it."""
    folder = source.parent
    own = next((p for p in (folder / f"{source.stem}.toml", folder / "article.toml") if p.is_file()), None)
    if journal is None and (folder / "journal.toml").is_file():
        journal = folder / "journal.toml"
    if own is not None and own.name == "journal.toml":
        own = None
    return load(journal, own)


T = TypeVar("T", bound=Model)


def _read(path: Path, model: type[T]) -> T:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error}); give a UTF-8 TOML file") from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"{path}:{line[1]}" if line else str(path)
        raise UsageError(f"{where}: not valid TOML: {error}; see https://toml.io for the syntax") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = [
            f"{path}:{_line_of(text, e['loc'])}: {_said(e['loc'], e['msg'], e['type'])}" for e in error.errors()
        ]
        raise UsageError("\n".join(problems)) from error


def _said(where: tuple[int | str, ...], message: str, kind: str) -> str:
    key = ".".join(str(part) for part in where if part != "[key]")
    if kind == "extra_forbidden":
        return f"unknown key “{key}”; `jatspack init` writes a file with all keys"
    return f"“{key}”: {message[:1].lower()}{message[1:]}"


def _line_of(text: str, where: tuple[int | str, ...]) -> int:
    """The line on which a key stands: its table is looked for first, then the key below it."""
    line = 1
    lines = text.splitlines()
    for part in where:
        pattern = re.compile(
            rf"\s*(?:\[+\s*(?:[\w.-]+\.)?{re.escape(str(part))}\s*\]+|\"?{re.escape(str(part))}\"?\s*=)"
        )
        found = next((n for n, row in enumerate(lines[line - 1 :], line) if pattern.match(row)), None)
        line = found or line
    return line
