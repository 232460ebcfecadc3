"""YAML front matter (pandoc, JOSS, Quarto, MyST) as corrections: it wins over the text, and article.toml over it.

What it says becomes the same value that article.toml becomes, so that one step applies both. A value that cannot be
what its key says (a DOI without a slash, an ORCID whose check digit is wrong) is not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from jatspack.config import ArticleConfig, Places
from jatspack.config.article import Affiliation, Contributor
from jatspack.recognize.corrections.front import correct_front
from jatspack.recognize.corrections.ledger import Ledger
from jatspack.recognize.corrections.people import correct_people, said
from jatspack.recognize.people.byline import parse_byline
from jatspack.richtext import Rich

LANG = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")
SEPARATOR = re.compile(r"\s*[;,]\s*")
SURNAME, GIVEN = ("family", "surname", "family-names", "last-names"), ("given", "given-names", "first", "given_names")
ADDRESS = ("department", "name", "institution", "city", "region", "state", "country")
YES = ("true", "yes", "1")
REFERENCES = ("index", "id", "ref", "number")


@dataclass(slots=True)
class _Given:
    """What the front matter says, as rows of the models of article.toml."""

    facts: dict[str, object] = field(default_factory=dict)
    people: list[Contributor] = field(default_factory=list)
    addresses: list[Affiliation] = field(default_factory=list)


def language_of(metadata: Mapping[str, object]) -> str:
    """The language that the front matter names; "" for none."""
    said = _text(metadata.get("lang") or metadata.get("language")).replace("_", "-")
    return said if LANG.fullmatch(said) else ""


def apply_front_matter(ledger: Ledger, metadata: Mapping[str, object]) -> None:
    """Correct the article by its own front matter; persons whom it does not name are none of its authors."""
    if not metadata:
        return
    given = _read(metadata, ledger)
    own = Ledger(ledger.article, Places("front matter"), ledger.lexicon)
    people = {"contributors": given.people, "affiliations": given.addresses}
    config = ArticleConfig().model_copy(update={**given.facts, **people})
    correct_front(own, config)
    if given.people:
        correct_people(own, config)
        _others(own)
    ledger.article.given[:] = [row for row in ledger.article.given if row.reason != own.rule()]  # words of the source


def _others(ledger: Ledger) -> None:
    """Authors and addresses of the text of which the front matter does not know."""
    article, rule = ledger.article, ledger.rule()
    for person in [c for c in article.contributors if c.contrib_type == "author" and c.origin.rule != rule]:
        ledger.replaced(said(person), "", person.origin.lines[0][0] if person.origin.lines else 0, rule, ordered=False)
        article.contributors.remove(person)
    linked = {ident for person in article.contributors for ident in person.affiliations}
    for one in [a for a in article.affiliations if linked and a.id not in linked]:
        for _, tagged in one.texts:
            ledger.replaced(tagged.text, "", tagged.text.lines[0], rule)
        article.affiliations.remove(one)


# --- reading --------------------------------------------------------------------


def _read(metadata: Mapping[str, object], ledger: Ledger) -> _Given:
    lang = language_of(metadata) or ledger.article.language or "und"
    out = _Given()
    title, subtitle = _text(metadata.get("title")), _text(metadata.get("subtitle"))
    keywords = metadata.get("keywords") or metadata.get("tags")
    words = keywords if isinstance(keywords, list) else SEPARATOR.split(_text(keywords))
    facts: dict[str, object] = {
        "titles": {lang: f"{title}: {subtitle}" if subtitle else title} if title else {},
        "abstracts": {lang: _text(metadata.get("abstract"))} if _text(metadata.get("abstract")) else {},
        "keywords": {lang: [w for w in map(_text, words) if w]} if any(map(_text, words)) else {},
        "doi": _text(metadata.get("doi")).removeprefix("https://doi.org/") or None,
        "published": _text(metadata.get("date"))[:10] or None,
    }
    for key, value in facts.items():
        try:
            out.facts[key] = getattr(ArticleConfig.model_validate({key: value}), key)
        except ValidationError:
            continue
    _people(metadata, lang, out, ledger)
    return out


def _people(metadata: Mapping[str, object], lang: str, out: _Given, ledger: Ledger) -> None:
    addresses: dict[str, str] = {}
    for n, item in enumerate(_list(metadata.get("affiliations") or metadata.get("affiliation")), 1):
        keys = [_text(item[k]) for k in REFERENCES if k in item] if isinstance(item, Mapping) else []
        for key in (*keys, str(n)):
            addresses.setdefault(key, _address(item))
    for item in _list(metadata.get("author") or metadata.get("authors")):
        for name, details in _named(item, lang, ledger):
            own = list(_addresses(details, addresses))
            for text in own:
                if all(text not in a.text.values() for a in out.addresses):
                    out.addresses.append(Affiliation.model_construct(text={lang: text}))
            person: dict[str, object] = {"names": {lang: name}, "place": len(out.people) + 1}
            if own:
                person["affiliations"] = own
            out.people.append(_valid(person, details))


def _named(item: object, lang: str, ledger: Ledger) -> Iterator[tuple[dict[str, str], Mapping[str, object]]]:
    """(name, what stands beside it) of each person of an entry; one text may name several."""
    details: Mapping[str, object] = item if isinstance(item, Mapping) else {}
    named = details.get("name", details if details else item)
    if isinstance(named, Mapping):
        surname = next((_text(named[k]) for k in SURNAME if k in named), "")
        given = next((_text(named[k]) for k in GIVEN if k in named), "")
        if surname or given:
            yield {"surname": surname, "given_names": given}, details
            return
        named = named.get("literal", "")
    for person in parse_byline(Rich.of(_text(named)), lang, ledger.lexicon):
        yield {"surname": person.name.surname, "given_names": person.name.given_names}, details


def _valid(person: dict[str, object], details: Mapping[str, object]) -> Contributor:
    """The person with those details that can be what they say."""
    orcid = _text(details.get("orcid") or details.get("ORCID")).rpartition("/")[2]
    corresponding = _text(details.get("corresponding") or details.get("corresp")).casefold()
    email = _text(details.get("email"))
    offered = {
        "orcid": orcid or None,
        "email": [email] if email else None,
        "corresponding": corresponding in YES or None,
    }
    for key, value in offered.items():
        try:
            Contributor.model_validate({**person, key: value})
        except ValidationError:
            continue
        person[key] = value
    return Contributor.model_validate(person)


def _addresses(details: Mapping[str, object], known: Mapping[str, str]) -> Iterator[str]:
    said = details.get("affiliations") or details.get("affiliation") or []
    for item in _list(said):
        if isinstance(item, Mapping):
            key = next((_text(item[k]) for k in REFERENCES if k in item), "")
            text = known.get(key, "") or _address(item)
            if text:
                yield text
        elif (text := _text(item)) in known:
            yield known[text]
        else:
            marks = SEPARATOR.split(text)
            yield from [known[m] for m in marks] if all(m in known for m in marks) else [text] if text else []


def _address(item: object) -> str:
    if not isinstance(item, Mapping):
        return _text(item)
    return ", ".join(text for key in ADDRESS if (text := _text(item.get(key))))


def _list(value: object) -> list[object]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list) else [value]


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
