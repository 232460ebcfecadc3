"""Contributors and affiliations as article.toml has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jatspack.article import Affiliation, Contributor, Name, Part, Tagged
from jatspack.config import ArticleConfig
from jatspack.config.article import Affiliation as GivenAffiliation
from jatspack.config.article import Contributor as GivenPerson
from jatspack.config.article import PartTag
from jatspack.findings import Finding
from jatspack.read.document import Lines, Paragraph
from jatspack.recognize.corrections.anchors import Place, locate
from jatspack.recognize.corrections.front import paragraphs, words_of
from jatspack.recognize.corrections.ledger import Ledger, rich_words
from jatspack.recognize.countries import country_in
from jatspack.recognize.people.places import tag_parts
from jatspack.richtext import Rich

PEOPLE, PLACES = "contributors", "affiliations"
TAGS = {"dept": ("institution", (("content-type", "dept"),))}  # the others are JATS elements


def correct_people(ledger: Ledger, config: ArticleConfig) -> None:
    """Addresses first, so that persons can be linked to those that are added."""
    read = {a.id: _texts(a) for a in ledger.article.affiliations}  # an address is also found by what was read
    for n, given in enumerate(config.affiliations):
        _affiliation(ledger, given, n)
    people: list[tuple[GivenPerson, Contributor]] = []
    for n, person in enumerate(config.contributors):
        corrected = _person(ledger, person, n, read)
        if corrected is not None:
            people.append((person, corrected))
    for person, corrected in people:
        if person.place is not None:
            ledger.article.contributors.remove(corrected)
            ledger.article.contributors.insert(person.place - 1, corrected)


def settled(found: Finding, ledger: Ledger) -> bool:
    """Whether a doubt about people that recognition had is answered by the corrections."""
    people = ledger.article.contributors
    if found.code == "contact-undealt":
        return any(found.data["value"] in (*c.emails, c.orcid) for c in people)
    if found.code == "affiliations-unlinked":
        return bool(people) and all(c.affiliations for c in people)
    return False


# --- affiliations -------------------------------------------------------------


def _texts(one: Affiliation) -> tuple[str, ...]:
    return tuple(tagged.text.plain for _, tagged in one.texts)


def _affiliation_places(ledger: Ledger, read: dict[str, tuple[str, ...]] | None = None) -> list[Place[Affiliation]]:
    return [
        Place(a, _lines(a.origin.lines), (a.label,) if a.label else (), (*_texts(a), *(read or {}).get(a.id, ())))
        for a in ledger.article.affiliations
    ]


def _lines(lines: tuple[Lines, ...]) -> Lines:
    return (lines[0][0], lines[-1][1]) if lines else (0, 0)


def _affiliation(ledger: Ledger, given: GivenAffiliation, n: int) -> None:
    article, rule = ledger.article, ledger.rule(PLACES, n)
    places = _affiliation_places(ledger)
    whole = [Place(p.target, p.lines, p.texts) for p in places]
    same = next((p for text in given.text.values() if (p := locate(text, "", whole).place)), None)
    one: Affiliation | None = same.target if same else None
    if given.find and not (one and not locate(given.find, given.lines, places).place):
        one = ledger.locate(given, places, PLACES, n)
        if one is None:
            return
    if one is None:
        if not any(given.text.values()):
            ledger.unfit("it has neither find nor text", "say which address it is, or what it is", PLACES, n)
            return
        one = Affiliation(_free_id(article.affiliations), "", [], ledger.origin(None, PLACES, n))
        article.affiliations.append(one)
    if given.remove:
        before = " ".join(rich_words(t.text) for _, t in one.texts)
        ledger.replaced(before, "", _lines(one.origin.lines)[0], rule)
        article.affiliations.remove(one)
        for person in article.contributors:
            person.affiliations = [a for a in person.affiliations if a != one.id]
        return
    one.origin = ledger.origin(one.origin, PLACES, n)
    if given.label is not None:
        one.label = given.label
    for lang, text in given.text.items():
        _set_text(ledger, one, lang, text, rule)
    for lang, parts in given.parts.items():
        _set_parts(ledger, one, lang, parts, n)
    if given.country is not None:
        one.texts = [(lang, _with_country(tagged, given.country)) for lang, tagged in one.texts]


def _free_id(affiliations: list[Affiliation]) -> str:
    taken = {a.id for a in affiliations}
    return next(f"aff{k}" for k in range(1, len(taken) + 2) if f"aff{k}" not in taken)


def _set_text(ledger: Ledger, one: Affiliation, lang: str, text: str, rule: str) -> None:
    at = _text_in(one, lang)
    before = one.texts[at][1].text if at is not None else Rich()
    line = before.lines[0] or _lines(one.origin.lines)[0]
    ledger.replaced(before, text, line, rule)
    new = [(lang, tag_parts(Rich.of(text.strip(), line), ledger.lexicon))] if text.strip() else []
    if at is None:
        one.texts += new
    else:
        one.texts[at : at + 1] = new


def _text_in(one: Affiliation, lang: str) -> int | None:
    langs = [known for known, _ in one.texts]
    if lang in langs:
        return langs.index(lang)
    bases = [known.partition("-")[0] for known in langs]
    base = lang.partition("-")[0]
    return bases.index(base) if base in bases else None


def _set_parts(ledger: Ledger, one: Affiliation, lang: str, given: Mapping[PartTag, str | list[str]], n: int) -> None:
    at = _text_in(one, lang)
    if at is None:
        ledger.unfit(f"the address has no text in {lang}", f"give it: text.{lang} = …", PLACES, n)
        return
    known, tagged = one.texts[at]
    parts: list[Part] = []
    for tag, value in given.items():
        for words in [value] if isinstance(value, str) else value:
            if not words:
                continue
            start = tagged.text.text.find(words)
            if start < 0 or any(p.start < start + len(words) and start < p.end for p in parts):
                reason = f"“{words}” is not in the address, or is part of something else already"
                ledger.unfit(reason, "write the words just as the address has them", PLACES, n)
                return
            parts.append(_part(tag, words, start))
    one.texts[at] = (known, Tagged(tagged.text, tuple(sorted(parts, key=lambda p: p.start))))


def _part(tag: str, words: str, start: int) -> Part:
    name, attributes = TAGS.get(tag, (tag, ()))
    if tag == "country" and (found := country_in(words)):
        attributes = (("country", found[0][2]),)
    return Part(name, start, start + len(words), attributes)


def _with_country(tagged: Tagged, code: str) -> Tagged:
    attributes = (("country", code),) if code else ()
    return Tagged(
        tagged.text,
        tuple(Part(p.tag, p.start, p.end, attributes, p.parts) if p.tag == "country" else p for p in tagged.parts),
    )


# --- persons ------------------------------------------------------------------


def _forms(names: list[Name]) -> Iterator[str]:
    """What a person may be called in `find`."""
    for name in names:
        full = (name.given_names, name.surname)
        yield " ".join(full)
        yield " ".join(reversed(full))
        yield name.surname


def _person_places(ledger: Ledger) -> list[Place[Contributor]]:
    return [
        Place(c, _lines(c.origin.lines), (*_forms(c.names), *c.emails, c.orcid), tuple(_forms(c.names)))
        for c in ledger.article.contributors
    ]


def _person(ledger: Ledger, given: GivenPerson, n: int, read: dict[str, tuple[str, ...]]) -> Contributor | None:
    places = _person_places(ledger)
    person: Contributor | None = None
    wanted = [Name(lang, name.surname, name.given_names) for lang, name in given.names.items()]
    whole = [f"{name.given_names} {name.surname}" for name in wanted if name.surname or name.given_names]
    exact = [Place(p.target, p.lines, p.names) for p in places]
    same = next((p for form in whole if (p := locate(form, "", exact).place)), None)
    if given.find and not (same and not locate(given.find, given.lines, places).place):
        person = ledger.locate(given, places, PEOPLE, n)
        if person is None:
            return None
    elif same:
        person = same.target  # the correction is already true of what was read
    elif not whole:
        ledger.unfit("it has neither find nor names", "say which person it is, or add names", PEOPLE, n)
        return None
    if given.remove:
        if person is not None:
            ledger.replaced(said(person), "", _lines(person.origin.lines)[0], ledger.rule(PEOPLE, n), ordered=False)
            ledger.article.contributors.remove(person)
        return None
    before = said(person) if person else ""
    if person is None:
        person = Contributor([], ledger.origin(None, PEOPLE, n))
        ledger.article.contributors.append(person)
    person.origin = ledger.origin(person.origin, PEOPLE, n)
    _set_names(person, given)
    _set_details(ledger, person, given, n, read)
    ledger.replaced(before, said(person), _lines(person.origin.lines)[0], ledger.rule(PEOPLE, n), ordered=False)
    return person


def said(person: Contributor) -> str:
    """All words of a person that stand in the XML."""
    names = [w for n in person.names for w in (n.prefix, n.given_names, n.surname, n.suffix)]
    texts = [text for _, text in (*person.degrees, *person.roles)] + person.credit_roles
    texts += [words_of(b for b in blocks if isinstance(b, Paragraph)) for _, blocks in person.biographies]
    return " ".join([*names, *texts, *person.emails, person.orcid])


def _set_names(person: Contributor, given: GivenPerson) -> None:
    for lang, name in given.names.items():
        base = lang.partition("-")[0]
        old = next((x for x in person.names if x.lang == lang), None)
        old = old or next((x for x in person.names if x.lang.partition("-")[0] == base), None)
        if not name.model_fields_set:
            person.names = [x for x in person.names if x is not old]
            continue
        if old is None:
            old = Name(lang, "")
            person.names.append(old)
        person.names = [x for x in person.names if x is old or x.lang not in (lang, old.lang)]
        old.lang = lang
        for key in name.model_fields_set - {"name_style"}:
            setattr(old, key, getattr(name, key))
        if name.name_style:
            old.style = name.name_style


def _set_details(
    ledger: Ledger, person: Contributor, given: GivenPerson, n: int, read: dict[str, tuple[str, ...]]
) -> None:
    for texts, new in ((person.degrees, given.degrees), (person.roles, given.roles)):
        for lang, text in new.items():
            texts[:] = [(known, old) for known, old in texts if known != lang] + ([(lang, text)] if text else [])
    if given.credit_roles is not None:
        person.credit_roles = [role.strip() for role in given.credit_roles if role.strip()]
    for lang, text in given.biographies.items():
        line = _lines(person.origin.lines)[0]
        blocks = tuple(b for b in paragraphs(text, line) if isinstance(b, Paragraph))
        person.biographies = [b for b in person.biographies if b[0] != lang] + ([(lang, blocks)] if blocks else [])
    if given.orcid is not None:
        person.orcid = given.orcid
    if given.email is not None:
        person.emails = list(given.email)
        _take_from_notes(ledger, given.email)
    if given.corresponding is not None:
        person.corresponding = given.corresponding
    if given.equal_contribution is not None:
        person.equal_contribution = given.equal_contribution
    if given.contrib_type is not None:
        person.contrib_type = given.contrib_type
    if given.affiliations is not None:
        places = _affiliation_places(ledger, read)
        found = [ledger.one(locate(one, "", places), one, PEOPLE, n) for one in given.affiliations]
        linked = [a.id for a in found if a is not None]
        if len(linked) == len(found):
            person.affiliations = list(dict.fromkeys(linked))


def _take_from_notes(ledger: Ledger, emails: list[str]) -> None:
    """An address that could not be dealt stood alone among the correspondence; now it has its author."""
    notes = ledger.article.correspondence
    notes[:] = [note for note in notes if note.text.plain not in emails]
