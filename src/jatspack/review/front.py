"""Front matter as cards: one for each language, one for each author, one for each address, and the facts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jatspack import wording
from jatspack.article import Abstract, Affiliation, Article, Contributor, KeywordGroup, Name, Section
from jatspack.recognize.walk import iter_rich
from jatspack.render.links import orcid_url
from jatspack.review import words
from jatspack.review.things import Segment, Thing, Things, one_line, segments, short
from jatspack.richtext import Rich

_CONTACT = re.compile(r"@|\d{4}-\d{4}-\d{4}-")
_CONTACTS = 500  # lines in which e-mail addresses and ORCIDs of authors are looked for


@dataclass(slots=True)
class Summary:
    """An abstract or another text: its paragraphs, the titles of its sections among them."""

    thing: Thing
    paragraphs: list[tuple[bool, str]]  # (whether it is a title, text)
    words: int


@dataclass(slots=True)
class Language:
    """What the front matter has in one language."""

    lang: str
    titles: list[tuple[Thing, str]] = field(default_factory=list)  # (title, its subtitle)
    abstracts: list[Summary] = field(default_factory=list)
    keywords: list[tuple[Thing, list[str]]] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        """What this language lacks."""
        have = {"title": self.titles, "abstract": self.abstracts, "keywords": self.keywords}
        return [name for name, found in have.items() if not found]


@dataclass(slots=True)
class Author:
    """A contributor; `affiliations` are (id of the address's card, its label)."""

    thing: Thing
    person: Contributor
    names: list[tuple[str, str]]  # (lang, name)
    orcid_url: str
    affiliations: list[tuple[str, str]]
    biographies: list[tuple[str, str]]  # (lang, text)


@dataclass(slots=True)
class Address:
    """An affiliation in every language that it is printed in."""

    thing: Thing
    label: str
    texts: list[tuple[str, list[Segment]]]


@dataclass(slots=True)
class Front:
    """All of the front matter. `remarks` are (what, text) without a place of their own in the report's fields."""

    languages: list[Language]
    authors: list[Author]
    addresses: list[Address]
    facts: list[tuple[Thing, str]]  # (identifier, date, volume …; as printed where that differs)
    remarks: list[tuple[str, str]]


def front(article: Article, text: str, things: Things) -> Front:
    """The cards, and their things; `text` is the source."""
    languages = _languages(article, things)
    addresses = [_address(a, n, things) for n, a in enumerate(article.affiliations, 1)]
    cards = {a.id: card for a, card in zip(article.affiliations, addresses, strict=True)}
    contacts = [(n, line.casefold()) for n, line in enumerate(text.split("\n"), 1) if _CONTACT.search(line)]
    authors = [_author(c, n, cards, things) for n, c in enumerate(article.contributors, 1)]
    for author in authors:
        known = [value.casefold() for value in (*author.person.emails, author.person.orcid) if value]
        author.thing.covers += [(n, n) for n, line in contacts[:_CONTACTS] if any(value in line for value in known)]
    return Front(languages, authors, addresses, _facts(article, things), list(_remarks(article)))


def _languages(article: Article, things: Things) -> list[Language]:
    """The article's own language first, the others as they come."""
    cards: dict[str, Language] = {}
    langs = [x.lang for x in article.titles] + [x.lang for x in article.abstracts] + [x.lang for x in article.keywords]
    for lang in (article.language, *langs):
        cards.setdefault(lang or "und", Language(lang or "und"))
    for title in article.titles:
        thing = things.add("Title", one_line(title.text), title.origin, title.lang)
        cards[title.lang or "und"].titles.append((thing, one_line(title.subtitle)))
    for abstract in article.abstracts:
        cards[abstract.lang or "und"].abstracts.append(_summary(abstract, things))
    for group in article.keywords:
        cards[group.lang or "und"].keywords.append(_keywords(group, things))
    return [card for card in cards.values() if len(card.missing) < 3 or card.lang == article.language]


def _summary(abstract: Abstract, things: Things) -> Summary:
    paragraphs = []
    for block in abstract.blocks:
        for place, text in iter_rich([block]):
            if one_line(text):
                paragraphs.append((isinstance(block, Section) and place == "title", short(one_line(text))))
    thing = things.add("Abstract", one_line(abstract.title), abstract.origin, abstract.lang)
    return Summary(thing, paragraphs, sum(len(wording.words(text)) for _, text in paragraphs))


def _keywords(group: KeywordGroup, things: Things) -> tuple[Thing, list[str]]:
    thing = things.add("Keywords", one_line(group.title), group.origin, group.lang)
    return thing, [short(one_line(k)) for k in group.keywords]


def _address(affiliation: Affiliation, number: int, things: Things) -> Address:
    texts = []
    for lang, tagged in affiliation.texts:
        if lang:
            things.speak(lang, [tagged.text.lines])
        texts.append((lang, segments(tagged.text, [(p.tag, p.start, p.end) for p in tagged.parts])))
    first = one_line(affiliation.texts[0][1].text) if affiliation.texts else ""
    return Address(things.add(f"Affiliation {number}", first, affiliation.origin), affiliation.label, texts)


def _author(person: Contributor, number: int, cards: dict[str, Address], things: Things) -> Author:
    names = [(name.lang, full_name(name)) for name in person.names]
    what = person.contrib_type.capitalize()
    thing = things.add(f"{what} {number}", names[0][1] if names else "", person.origin)
    linked = [(cards[a].thing.id, cards[a].label or cards[a].thing.text) for a in person.affiliations if a in cards]
    told = [(lang, " ".join(one_line(text) for _, text in iter_rich(blocks))) for lang, blocks in person.biographies]
    return Author(thing, person, names, orcid_url(person.orcid), linked, [(lang, short(text)) for lang, text in told])


def full_name(name: Name) -> str:
    """A name in its own order."""
    core = [name.surname, name.given_names] if name.style == "eastern" else [name.given_names, name.surname]
    return " ".join(part for part in (name.prefix, *core, name.suffix) if part)


def _facts(article: Article, things: Things) -> list[tuple[Thing, str]]:
    out = []
    for code in article.identifiers:
        thing = things.add(words.kind(code.kind), code.value, code.origin)
        out.append((thing, code.printed if code.printed != code.value else ""))
    for fact in article.issue:
        thing = things.add(words.part(fact.kind)[0].capitalize(), fact.value, fact.origin)
        out.append((thing, fact.printed if fact.printed != fact.value else ""))
    for date in article.dates:
        thing = things.add(words.kind(date.date_type), date.iso, date.origin)
        out.append((thing, date.printed if date.printed != date.iso else ""))
    return out


def _remarks(article: Article) -> list[tuple[str, str]]:
    notes = [("Correspondence", p.text) for p in article.correspondence]
    notes += [("Author note", p.text) for p in article.author_notes]
    notes += [("Running matter", p.text) for p in article.front_notes]
    notes += [("No place found", p.text) for p in article.unplaced]
    notes += [("Subject", text) for _, text in article.subjects]
    notes += [("Licence", article.licence), ("Copyright", article.copyright)]
    notes.append(("Licence", Rich.of(article.licence_url)))
    return [(what, short(one_line(text))) for what, text in notes if one_line(text)]
