"""One person and one institution across the languages of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rapidfuzz import fuzz

from jatspack.article import Accounted, Affiliation, Contributor, Name, Origin
from jatspack.recognize.people.affiliations import PrintedAffiliation
from jatspack.recognize.people.groups import PeopleGroup, PlacedPerson
from jatspack.recognize.people.romanize import romanize

VOWELLESS = re.compile(r"[\u0590-\u08ff]")  # Hebrew and Arabic letters
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々]+")
VOWELS = re.compile(r"[aeiouy]")
SAME_TEXT = 93.0  # ratio from which on two texts of one language are one
SAME_SURELY = 62.0  # ratio of romanised names from which on two names may be one


@dataclass(slots=True)
class People:
    """The result: one set of contributors and affiliations, however many languages name them."""

    contributors: list[Contributor] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)
    accounted: list[Accounted] = field(default_factory=list)  # names and addresses printed again in one language
    spare: list[tuple[int, str]] = field(default_factory=list)  # (line, ORCID) that would be a person's second
    unmatched: list[tuple[str, PlacedPerson]] = field(default_factory=list)


def match(groups: Sequence[PeopleGroup], language: str) -> People:
    """Contributors and affiliations of all language blocks as one set; the article's own language leads."""
    groups = [g for g in groups if g.persons or g.affiliations]
    if not groups:
        return People()
    base = _leading(groups, language)
    rest = [g for g in groups if g is not base]
    people = People()
    affiliation_of = _affiliations(people, base, rest)
    pairs = {id(g): _pair(base.persons, g.persons) for g in rest}
    for i, placed in enumerate(base.persons):
        twins = [(g, g.persons[pairs[id(g)][i]]) for g in rest if i in pairs[id(g)]]
        people.contributors.append(_contributor(base, placed, twins, affiliation_of, people))
    for group in rest:
        taken = set(pairs[id(group)].values())
        if not taken and _adds_authors(group, base):
            people.contributors += [_contributor(group, p, [], affiliation_of, people) for p in group.persons]
            continue
        people.unmatched += [(group.lang, p) for j, p in enumerate(group.persons) if j not in taken]
    return people


def _adds_authors(group: PeopleGroup, base: PeopleGroup) -> bool:
    """A block in the same language that names nobody again: more authors, if each has an e-mail and an address.

    Two columns of a front page that an extractor printed one behind the other are such blocks.
    """
    return group.lang == base.lang and bool(group.persons) and all(p.emails and p.affiliations for p in group.persons)


def _leading(groups: Sequence[PeopleGroup], language: str) -> PeopleGroup:
    """The block in the article's own language that comes first, unless a later one names far more people."""
    own = [g for g in groups if g.persons and g.lang.partition("-")[0] == language.partition("-")[0]]
    named = own or [g for g in groups if g.persons] or list(groups)
    most = max(len(g.persons) for g in named)
    return next(g for g in named if 2 * len(g.persons) >= most)


def _affiliations(people: People, base: PeopleGroup, rest: Sequence[PeopleGroup]) -> dict[tuple[int, int], str]:
    """One Affiliation for each address; the result maps (group, index in it) to its id."""
    ids: dict[tuple[int, int], str] = {}
    leader = base if base.affiliations else next((g for g in rest if g.affiliations), base)
    for i, printed in enumerate(leader.affiliations):
        ident = f"aff{i + 1}"
        ids[id(leader), i] = ident
        origin = Origin((printed.text.lines,), "affiliation")
        people.affiliations.append(Affiliation(ident, ",".join(printed.marks), [(leader.lang, printed.tagged)], origin))
    for group in rest:
        if group is leader:
            continue
        for i, printed in enumerate(group.affiliations):
            if (same := _printed_before(people, group.lang, printed)) is not None:
                ids[id(group), i] = same.id
                people.accounted.append(Accounted(printed.text.lines[0], printed.text.plain, "address printed again"))
                continue
            twin = _twin(group, i, leader)
            if twin is None or any(lang == group.lang for lang, _ in people.affiliations[twin].texts):
                ident = f"aff{len(people.affiliations) + 1}"
                origin = Origin((printed.text.lines,), "affiliation, not found in the other language")
                label = ",".join(printed.marks)
                people.affiliations.append(Affiliation(ident, label, [(group.lang, printed.tagged)], origin))
                ids[id(group), i] = ident
            else:
                people.affiliations[twin].texts.append((group.lang, printed.tagged))
                ids[id(group), i] = people.affiliations[twin].id
                origin = people.affiliations[twin].origin
                people.affiliations[twin].origin = replace(origin, lines=(*origin.lines, printed.text.lines))
    return ids


def _printed_before(people: People, lang: str, printed: PrintedAffiliation) -> Affiliation | None:
    """The address that stands there already in the same language, letter by letter or nearly so."""
    for affiliation in people.affiliations:
        for known, tagged in affiliation.texts:
            if known == lang and fuzz.ratio(tagged.text.plain, printed.text.plain) >= SAME_TEXT:
                return affiliation
    return None


def _twin(group: PeopleGroup, i: int, base: PeopleGroup) -> int | None:
    """The address of `base` that is the same institution: by its mark, else by order where the counts agree."""
    marks = group.affiliations[i].marks
    if marks:
        for j, other in enumerate(base.affiliations):
            if other.marks == marks:
                return j
    if len(group.affiliations) == len(base.affiliations):
        return i
    return None


def _pair(base: Sequence[PlacedPerson], other: Sequence[PlacedPerson]) -> dict[int, int]:
    """Index in base -> index in other."""
    score = {(i, j): _likeness(p, q, i == j) for i, p in enumerate(base) for j, q in enumerate(other)}
    same_count = len(base) == len(other)
    if same_count and sum(score[i, i] for i in range(len(base))) >= 45.0 * len(base):
        return {i: i for i in range(len(base))}
    if same_count and _soundless(base) != _soundless(other) and _same_marks(base, other):
        return {i: i for i in range(len(base))}
    out: dict[int, int] = {}
    for (i, j), value in sorted(score.items(), key=lambda item: (-item[1], item[0])):
        if value >= SAME_SURELY and i not in out and j not in out.values():
            out[i] = j
    return out


def _soundless(persons: Sequence[PlacedPerson]) -> bool:
    """Chinese characters alone: how a Japanese or Cantonese name sounds is not in them."""
    return all(HAN.fullmatch(p.person.name.surname + p.person.name.given_names) for p in persons)


def _same_marks(base: Sequence[PlacedPerson], other: Sequence[PlacedPerson]) -> bool:
    """Whether the marks say the same order, or say nothing."""
    return all(p.person.marks == q.person.marks for p, q in zip(base, other, strict=True))


def _likeness(a: PlacedPerson, b: PlacedPerson, same_place: bool) -> float:
    if set(a.orcids) & set(b.orcids) or set(a.emails) & set(b.emails):
        return 100.0
    one, two = a.person.name, b.person.name
    forward = fuzz.ratio(romanize(one.surname), romanize(two.surname))
    crossed = fuzz.ratio(romanize(one.surname), romanize(two.given_names)) if two.given_names else 0.0
    whole = fuzz.token_sort_ratio(
        f"{romanize(one.surname)} {romanize(one.given_names)}", f"{romanize(two.surname)} {romanize(two.given_names)}"
    )
    marks = 4.0 if a.person.marks and a.person.marks == b.person.marks else 0.0
    return max(forward, crossed, whole) + marks + (6.0 if same_place else 0.0)


def _contributor(
    base: PeopleGroup,
    placed: PlacedPerson,
    twins: Sequence[tuple[PeopleGroup, PlacedPerson]],
    ids: dict[tuple[int, int], str],
    people: People,
) -> Contributor:
    persons = [(base, placed), *twins]
    names = [placed.person.name]
    for group, twin in twins:
        if any(name.lang == group.lang for name in names):
            people.accounted.append(Accounted(twin.person.line, twin.person.printed, "name printed again"))
        else:
            names.append(_same_order(placed.person.name, twin.person.name))
    links = [ids[id(g), i] for g, p in persons for i in p.affiliations if (id(g), i) in ids]
    others = {o for p in base.persons if p is not placed for o in p.orcids} | {c.orcid for c in people.contributors}
    orcids = [o for o in dict.fromkeys(o for _, p in persons for o in p.orcids) if o not in others]
    people.spare += [(placed.person.line, o) for o in orcids[1:]]
    lines = tuple(dict.fromkeys((p.person.line, p.person.line) for _, p in persons if p.person.line))
    rule = "byline" + (f"; affiliation by {placed.rule}" if placed.rule else "")
    return Contributor(
        names=names,
        origin=Origin(lines, rule, 0.95 if len(persons) > 1 else 0.9),
        affiliations=list(dict.fromkeys(links)),
        degrees=[(g.lang, degree) for g, p in persons for degree in p.person.degrees],
        roles=[(g.lang, role) for g, p in persons for role in p.person.roles],
        emails=list(dict.fromkeys(e for _, p in persons for e in p.emails)),
        orcid=orcids[0] if orcids else "",
        corresponding=any(p.corresponding for _, p in persons),
    )


def _same_order(base: Name, other: Name) -> Name:
    """The other language's name with surname and given names as the base has them, where sound shows it."""
    if not base.given_names or not other.given_names or base.lang in (other.lang, "ja"):
        return other
    if cut := _same_cut(base, other):
        return cut
    straight = _sound(base.surname, other.surname) + _sound(base.given_names, other.given_names)
    crossed = _sound(base.surname, other.given_names) + _sound(base.given_names, other.surname)
    if crossed > straight + 15:
        style: Literal["eastern", "western"] = "eastern" if other.style == "western" else "western"
        return replace(other, surname=other.given_names, given_names=other.surname, style=style)
    return other


def _same_cut(base: Name, other: Name) -> Name | None:
    """The same words in the same order, in letters without accents: cut where the base is."""
    ours = [base.surname.split(), base.given_names.split()]
    theirs = [other.surname.split(), other.given_names.split()]
    if base.style != "eastern":
        ours.reverse()
    if other.style != "eastern":
        theirs.reverse()
    flat = [word for part in theirs for word in part]
    if [romanize(w) for part in ours for w in part] != [romanize(w) for w in flat] or ours == theirs:
        return None
    first, second = " ".join(flat[: len(ours[0])]), " ".join(flat[len(ours[0]) :])
    surname, given = (first, second) if base.style == "eastern" else (second, first)
    return replace(other, surname=surname, given_names=given, style=base.style)


def _sound(one: str, other: str) -> float:
    """Likeness of two names in any scripts, 0 to 100; without vowels where one script writes none."""
    a, b = romanize(one), romanize(other)
    if VOWELLESS.search(one + other):
        a, b = (VOWELS.sub("", name) for name in (a, b))
    return float(fuzz.ratio(a, b))
