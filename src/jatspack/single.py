"""One printed string taken apart: what `jatspack name`, `jatspack aff` and `jatspack ref` show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from jatspack.article import Affiliation, Article, Contributor, Origin, Part, Reference, ReferenceList
from jatspack.config import Config
from jatspack.jats import build
from jatspack.jats.serialize import fragment
from jatspack.recognize.language import identify
from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.people.affiliations import Piece, split_affiliations
from jatspack.recognize.people.byline import parse_byline
from jatspack.recognize.people.contacts import find_contacts
from jatspack.recognize.people.deal import deal
from jatspack.recognize.people.groups import PeopleGroup, PlacedPerson
from jatspack.recognize.people.marks import raise_marks
from jatspack.recognize.references import read_reference
from jatspack.richtext import Math, Rich, Run

# Marks as Markdown and HTML write them: <sup>1</sup>, ^1^, $^{1}$, \*.
_MARKUP = re.compile(r"<sup>([^<]*)</sup>|\^([^^\s]{1,12})\^|\$([^$]{1,60})\$|\\([^\w\s])")
_ITALICS = re.compile(r"(?<!\\)\*([^*]+)\*")
_ORIGIN = Origin((), "given by hand")


@dataclass(frozen=True, slots=True)
class TakenApart:
    """The JATS of one string, and the same as plain values."""

    xml: str
    rows: list[dict[str, Any]]


def take_names(text: str, lang: str = "") -> TakenApart:
    """A name or a byline: persons with their parts, marks, e-mails and ORCIDs."""
    words = lexicon()
    lang = lang or identify(text).lang
    rich = raise_marks(_rich(text))
    found = find_contacts(0, rich, words)
    group = PeopleGroup(lang, contacts=found.contacts)
    group.persons = [PlacedPerson(person, 0) for person in parse_byline(found.blanked, lang, words)]
    deal(group)
    contributors = [
        Contributor(
            [p.person.name],
            _ORIGIN,
            emails=p.emails,
            orcid="".join(p.orcids[:1]),
            corresponding=p.corresponding,
            degrees=[(lang, degree) for degree in p.person.degrees],
            roles=[(lang, role) for role in p.person.roles],
        )
        for p in group.persons
    ]
    rows = [
        {
            "lang": lang,
            "surname": p.person.name.surname,
            "given-names": p.person.name.given_names,
            "prefix": p.person.name.prefix,
            "suffix": p.person.name.suffix,
            "name-style": p.person.name.style,
            "degrees": p.person.degrees,
            "roles": p.person.roles,
            "marks": p.person.marks,
            "emails": p.emails,
            "orcid": "".join(p.orcids[:1]),
            "corresponding": p.corresponding,
        }
        for p in group.persons
    ]
    return TakenApart(_elements(Article(language=lang, contributors=contributors), "contrib"), rows)


def take_affiliations(text: str, lang: str = "") -> TakenApart:
    """An address or a list of them: label, departments, institution, city, country with its code."""
    words = lexicon()
    lang = lang or identify(text).lang
    rich = find_contacts(0, raise_marks(_rich(text)), words).rest
    printed = split_affiliations([Piece(0, rich, True)], words)
    affiliations = [
        Affiliation(f"aff{n}", ",".join(one.marks), [(lang, one.tagged)], _ORIGIN) for n, one in enumerate(printed, 1)
    ]
    rows = [
        {
            "lang": lang,
            "marks": one.marks,
            "text": one.text.plain,
            "parts": [
                {"tag": p.tag, "text": one.tagged.text.text[p.start : p.end], **dict(p.attributes)}
                for p in one.tagged.parts
            ],
        }
        for one in printed
    ]
    return TakenApart(_elements(Article(language=lang, affiliations=affiliations), "aff"), rows)


def take_reference(text: str, lang: str = "") -> TakenApart:
    """A reference: its parts in their printed order, its publication-type; ``*…*`` is read as italics."""
    runs: list[Run] = []
    for n, piece in enumerate(_ITALICS.split(text)):
        runs += [Run(piece, frozenset({"italic"}) if n % 2 else frozenset(), line=1)] if piece else []
    citation = read_reference(Rich(tuple(runs)), lang)
    printed = citation.text.text.text

    def row(part: Part) -> dict[str, Any]:
        inner = {"parts": [row(p) for p in part.parts]} if part.parts else {}
        return {"tag": part.tag, "text": printed[part.start : part.end], **dict(part.attributes), **inner}

    rows = [
        {
            "lang": citation.lang,
            "publication-type": citation.publication_type,
            "confidence": citation.origin.confidence,
            "parts": [row(part) for part in citation.text.parts],
        }
    ]
    listed = ReferenceList("refs-1", Rich(), [Reference("ref-1", "", [citation])], _ORIGIN)
    return TakenApart(_elements(Article(language=lang, reference_lists=[listed]), "mixed-citation"), rows)


def _rich(text: str) -> Rich:
    runs: list[Run] = []
    at = 0
    for match in _MARKUP.finditer(text):
        runs.append(Run(text[at : match.start()], line=1))
        raised = match[1] or match[2]
        if raised:
            runs.append(Run(raised, frozenset({"sup"}), line=1))
        elif match[3]:
            runs.append(Run("\ufffc", object=Math(match[3]), line=1))
        else:
            runs.append(Run(match[4] or "", line=1))
        at = match.end()
    runs.append(Run(text[at:], line=1))
    return Rich(tuple(run for run in runs if run.text))


def _elements(article: Article, tag: str) -> str:
    """The elements of one kind as they stand in the article's JATS, one below the other."""
    return "\n".join(fragment(element) for element in build(article, Config()).iter(tag))
