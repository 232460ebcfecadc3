"""What every target is handed, and where it says what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from jatspack.config import Config
from jatspack.findings import Finding, Severity, finding
from jatspack.jats.record import Record

# What a target may want: what it is called, and how to give it.
WANTS: dict[str, tuple[str, str]] = {
    "doi": ("a DOI", 'set doi in article.toml, or <article-id pub-id-type="doi"> in the JATS'),
    "title": ("a title of the article", "set <article-title>"),
    "authors": ("an author", 'add [[contributors]] to article.toml, or <contrib contrib-type="author"> to the JATS'),
    "date": ("a date of publication", "set published in article.toml, or <pub-date> in the JATS"),
    "journal": ("the title of the journal", "set [journal.title] in journal.toml, or <journal-title> in the JATS"),
    "issn": ("an ISSN that is right", "set issn_print or issn_electronic in journal.toml, or <issn> in the JATS"),
    "publisher": ("the name of the publisher", "set publisher in journal.toml, or <publisher-name> in the JATS"),
    "abstract": ("an abstract", "add an <abstract>"),
    "keywords": ("keywords", "add a <kwd-group>"),
    "licence": (
        "the address of the licence",
        "set url of [licence] in journal.toml, or <license xlink:href> in the JATS",
    ),
    "language": ("the language of the article", "set xml:lang of <article>"),
    "pages": (
        "a first page or an article number",
        "set first_page or elocation_id in article.toml, or <fpage> or <elocation-id> in the JATS",
    ),
    "volume": ("a volume or an issue", "set volume or issue in article.toml, or <volume> or <issue> in the JATS"),
    "url": ("the address of its page", "set article_url of [deposit] in journal.toml, or <self-uri> in the JATS"),
    "full text": ("the address of the full text, or a DOI", "set article_url of [deposit] in journal.toml, or a DOI"),
    "depositor": ("the name of the depositor", "set depositor_name of [deposit] in journal.toml"),
    "email": ("the e-mail address of the depositor", "set depositor_email of [deposit] in journal.toml"),
    "registrant": ("a registrant", "set registrant of [deposit] in journal.toml"),
    "journal id": ("the journal's short name or ISSN", "set id of [journal] in journal.toml, or <journal-id>"),
    "pdf": ("the PDF of the article", "put it beside the JATS, with the same name and the ending .pdf"),
    "emails": ("an e-mail address of each author", "set them in the JATS (<email>), or in OJS after the import"),
    "references": ("the reference list", "add a <ref-list>"),
    "jats": ("the JATS in the bag", "deposit a bag that has the article's JATS at the top of its payload"),
}


@dataclass(frozen=True, slots=True)
class Job:
    """An article on its way to the targets.

    `stem` is the file's name without its ending; `files` are what lies beside it, by the names that the JATS has for
    them (and `stem`.pdf); `when` is the time of the run.
    """

    record: Record
    tree: etree._ElementTree
    jats: bytes
    stem: str
    config: Config
    when: datetime
    files: Mapping[str, bytes] = field(default_factory=dict)


class Account:
    """The findings of one target. `refused` says whether something that it must have is missing."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.findings: list[Finding] = []

    @property
    def refused(self) -> bool:
        return any(f.severity is Severity.ERROR for f in self.findings)

    def needs(self, **there: object) -> None:
        """Nothing is written where one of these is empty; the names are those of WANTS, `_` for a space."""
        self._missing("deposit-needs", there)

    def wants(self, **there: object) -> None:
        """The same for what the target can do without."""
        self._missing("deposit-lacks", there)

    def _missing(self, code: str, there: Mapping[str, object]) -> None:
        for key, value in there.items():
            if not value:
                what, how = WANTS[key.replace("_", " ")]
                self.findings.append(finding(code, target=self.target, what=what, how=how))

    def fit(self, what: str, value: str, longest: int, shortest: int = 1) -> str:
        """A value that has a place of at most `longest` characters; "" and a finding where it has none."""
        if not value or shortest <= len(value) <= longest:
            return value
        self.left_out(f"{what} {value[:40]!r}", f"it has {len(value)} characters, {shortest} to {longest} are allowed")
        return ""

    def left_out(self, what: str, reason: str, how: str = "shorten or correct it, or do without it there") -> None:
        """Note a value that the target cannot hold."""
        self.findings.append(finding("deposit-left-out", target=self.target, what=what, reason=reason, how=how))

    def broken(self, reason: str) -> None:
        """Note that what was made breaks the target's schema."""
        self.findings.append(finding("deposit-invalid", target=self.target, reason=reason))
