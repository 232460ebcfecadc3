"""Bylines, addresses and contacts in decided order, gathered into one group of people per language block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from jatspack.article import MISREAD, Accounted
from jatspack.findings import Finding
from jatspack.read.document import ListBlock
from jatspack.recognize.countries import country_in
from jatspack.recognize.decoder import Decision
from jatspack.recognize.front.blocks import Raw, assign_addresses, far_from, fragment, group_language, opens_group
from jatspack.recognize.identifiers import find_orcids
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.affiliations import Piece, split_affiliations
from jatspack.recognize.people.byline import Person, parse_byline
from jatspack.recognize.people.contacts import Contact, Found, find_contacts
from jatspack.recognize.people.cutting import NAME_LIKE, NAME_LIKE_FIRST, cut_address, named_by_email, sentence_end
from jatspack.recognize.people.deal import deal
from jatspack.recognize.people.groups import Correspondence, PeopleGroup, PlacedPerson, link_affiliations
from jatspack.recognize.people.likeness import looks_like_byline
from jatspack.recognize.people.marks import leading_marks, raise_marks
from jatspack.recognize.people.owners import AGAIN, named_again, own_address, printed_again
from jatspack.recognize.people.reread import reread
from jatspack.recognize.people.romanize import romanize
from jatspack.recognize.segments import take_label
from jatspack.richtext import EMPTY, HARD_BREAK, Rich

WORD = re.compile(r"[^\W\d_]+")
LONGEST_JOINER = 3  # words
MARK_BEFORE = re.compile(r"(?:\d{1,2}|[*∗†‡§¹²³⁴⁵⁶⁷⁸⁹])[.)]?\s*$")
ENDS = f".;,。；\n{HARD_BREAK}"
NAMED = 80  # characters in which a note on an author names him
LONGEST_LABEL = 40  # characters
APART = frozenset({"abstract", "abstract-head", "keywords", "keywords-head", "text", "heading", "ref", "back"})
OTHERS = frozenset({"editor", "reviewer", "translator", "supervisor"})  # whole labels whose names are no authors'


@dataclass(slots=True)
class Gathered:
    groups: list[PeopleGroup] = field(default_factory=list)
    loose: list[tuple[int, Rich]] = field(default_factory=list)
    notes: list[Rich] = field(default_factory=list)  # names that are no authors'
    accounted: list[Accounted] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def gather(decisions: Sequence[Decision], known: Sequence[str], lexicon: Lexicon) -> Gathered:
    """All people groups of the document, their links made."""
    out = Gathered()
    raws: list[Raw] = []
    waiting = ""  # the role of a label that stands alone, whose name or address is yet to come
    item, block, above = 0, -1, ""
    for decision in decisions:
        item = item + 1 if decision.unit.block == block else 0
        block = decision.unit.block
        if decision.role in APART:
            if raws:
                raws[-1].closed = True
            waiting = ""
        elif decision.role in ("byline", "affiliation", "contact"):
            waiting = _Placing(raws, decision, out, lexicon, waiting, item, above).place()
        else:
            whole = {m.role for m in decision.unit.whole_labels} & OTHERS
            waiting = whole.pop() if whole else ""
        above = decision.unit.text.plain[:NAMED] if decision.role == "back" else ""
    assign_addresses(raws, known, decisions)
    for raw in raws:
        out.groups.append(_parse(raw, known, lexicon, decisions, out))
    _adopt_orphans(out.groups)
    out.accounted += reread(out.groups)
    labels = {mark for group in out.groups for a in group.affiliations for mark in a.marks}
    for group in out.groups:
        link_affiliations(group)
        deal(group, labels)
        for printed in group.repeated:
            out.accounted.append(Accounted(printed.text.lines[0], printed.text.plain, "address printed again"))
    for raw in raws:
        _say_loose(raw, out, lexicon)
    return out


@dataclass(slots=True)
class _Placing:
    """One unit on its way into a group."""

    raws: list[Raw]
    decision: Decision
    out: Gathered
    lexicon: Lexicon
    waiting: str
    item: int
    above: str  # what a note on an author begins with, right above a contact

    def place(self) -> str:
        """Put the unit into its group; the role of a label that waits for the next unit, or nothing."""
        decision, unit = self.decision, self.decision.unit
        label, text, match = take_label(decision)
        if match is not None and (decision.role != "contact" or not text.plain) and label.plain:
            self.out.accounted.append(Accounted(unit.lines[0], label.plain, "label made an element"))
            if not text.plain:
                return match.role
        if decision.role == "contact":
            text = unit.text
        text = raise_marks(text)
        found = find_contacts(unit.index, text, self.lexicon)
        self.out.findings += found.problems
        self.out.accounted += [Accounted(line, words, "label made an element") for line, words in found.labels]
        if decision.role == "byline" and self.waiting in OTHERS:
            self.out.notes.append(text)
            return ""
        raw = self._raw()
        if decision.role == "byline" and self.waiting == "corresponding-author":
            raw.correspondence.append(Correspondence(text.plain, []))
            self.out.accounted.append(Accounted(unit.lines[0], text.plain, "name printed again"))
            return self.waiting
        raw.contacts += self._contacts(found, text)
        match decision.role:
            case "byline":
                self._byline(raw, found, text)
            case "affiliation":
                self._address(raw, found, text)
            case _:
                self._contact_line(raw, found, text)
        return self.waiting if decision.role == "contact" and not found.contacts else ""

    def _raw(self) -> Raw:
        last = self.raws[-1] if self.raws else None
        named = self.decision.role == "byline" and not self.waiting
        if last is None or far_from(last, self.decision) or (named and opens_group(last, self.decision)):
            self.raws.append(Raw())
        return self.raws[-1]

    def _contacts(self, found: Found, text: Rich) -> list[Contact]:
        """The unit's contacts; a mark that the line begins with is theirs, and so is a label that stood before it."""
        marks, _ = leading_marks(text)
        mark = marks[0] if len(marks) == 1 else self._item_mark()
        corresponding = self.waiting == "corresponding-author"
        own = self.decision.role == "contact"
        return [
            replace(
                c,
                mark=c.mark or (mark if own else ""),
                corresponding=c.corresponding or (corresponding and c.kind == "email"),
                before=f"{self.above} {c.before}" if self.above and own else c.before,
            )
            for c in found.contacts
        ]

    def _item_mark(self) -> str:
        source = self.decision.unit.source
        if self.decision.unit.kind == "item" and isinstance(source, ListBlock) and source.ordered:
            return str(source.start + self.item)
        return ""

    def _byline(self, raw: Raw, found: Found, text: Rich) -> None:
        names, address = self._sentence(found.blanked)
        if not address.plain:
            names, address = cut_address(names, text.text, self.lexicon)
        if fragment(raw, names):
            words = " ".join(WORD.findall(names.plain))
            self.out.accounted.append(Accounted(self.decision.unit.lines[0], words, "name printed again"))
            return
        if names.plain:
            raw.bylines.append((self.decision, names))
        self._add_address(raw, _without_filler(address))

    def _sentence(self, text: Rich) -> tuple[Rich, Rich]:
        """Names up to the end of their sentence, and the address behind it; a labelled field there is a note."""
        end = sentence_end(text.text, self.lexicon)
        if not end or looks_like_byline(text[: end.end(1)], self.lexicon) <= NAME_LIKE:
            return text, EMPTY
        rest = text[end.end() :].strip()
        if ":" not in rest.text[:LONGEST_LABEL] and self.lexicon.pattern("institution").search(rest.text):
            return text[: end.end(1)], rest
        if any(c.isalpha() for c in rest.plain):
            self.out.notes.append(rest)
        return text[: end.end(1)], EMPTY

    def _address(self, raw: Raw, found: Found, text: Rich) -> None:
        """An address; a name before it is cut off where its own e-mail address shows it."""
        address = found.rest
        if found.contacts and not leading_marks(text)[0] and (end := named_by_email(text.text, self.lexicon)):
            raw.bylines.append((self.decision, found.blanked[:end]))
            address = _without_filler(found.blanked[end:])
        elif self._unnamed(raw) and not leading_marks(text)[0]:
            names, rest = cut_address(found.blanked, text.text, self.lexicon, NAME_LIKE_FIRST)
            if rest.plain and len(WORD.findall(names.plain)) > 1:
                raw.bylines.append((self.decision, names))
                address = _without_filler(rest)
        self._add_address(raw, self._without_correspondence(raw, address))

    def _unnamed(self, raw: Raw) -> bool:
        """Whether nobody was named yet but in lines such as ``Name, University``."""
        return all(decision.role == "affiliation" for decision, _ in raw.bylines)

    def _without_correspondence(self, raw: Raw, address: Rich) -> Rich:
        """The address without a note on the corresponding author that begins a line or a sentence of it."""
        for label in self.lexicon.labels_in(address.text, ("corresponding-author",), bare=True):
            mark = MARK_BEFORE.search(address.text, 0, label.start)
            start = mark.start() if mark else label.start
            if start and address.text[:start].rstrip(" ")[-1:] in ENDS:
                note = address[start:].strip()
                raw.correspondence.append(Correspondence(note.plain, leading_marks(note)[0]))
                raw.loose.append((self.decision.unit.index, note))
                return address[:start].strip()
        return address

    def _add_address(self, raw: Raw, address: Rich) -> None:
        unit = self.decision.unit
        if any(c.isalpha() for c in address.plain):
            raw.addresses.append(Piece(unit.index, address, unit.joined == "block", self._item_mark()))
        elif address.plain:
            self.out.accounted.append(Accounted(unit.lines[0], address.plain, "mark that stands alone"))

    def _contact_line(self, raw: Raw, found: Found, text: Rich) -> None:
        """What stands in a contact line besides its contacts: who corresponds, the end of an address, or a note."""
        rest, lexicon = found.rest, self.lexicon
        marks, start = leading_marks(text)
        labelled = lexicon.pattern("corresponding-author-label").search(text.plain)
        if labelled:
            raw.correspondence.append(Correspondence(text.plain, marks or [m for m in [self._item_mark()] if m]))
        if not any(c.isalpha() for c in rest.plain):
            return
        place = lexicon.pattern("institution").search(rest.text) or country_in(rest.text)
        if place and not labelled and raw.addresses and self.decision.unit.joined != "block":
            raw.addresses.append(Piece(self.decision.unit.index, rest, False))
            return
        if start and rest.text.startswith(text.text[:start]):
            rest = rest[start:]
        raw.loose.append((self.decision.unit.index, rest))


def _without_filler(text: Rich) -> Rich:
    return Rich(tuple(run for run in text if "\x1f" not in run.text)).strip(" ,;()（）")


def _parse(
    raw: Raw, known: Sequence[str], lexicon: Lexicon, decisions: Sequence[Decision], out: Gathered
) -> PeopleGroup:
    lang = group_language(raw, known, decisions)
    group = PeopleGroup(lang, contacts=raw.contacts, correspondence=raw.correspondence)
    owners: dict[int, int] = {}  # by unit
    for decision, text in _unwrapped(raw.bylines):
        persons = parse_byline(text, lang, lexicon)
        for person in persons:
            same = named_again(person, group.persons) if decision.role == "affiliation" else -1
            if same >= 0:
                owners[decision.unit.index] = same
                out.accounted.append(Accounted(person.line, printed_again(person, group.persons[same].person), AGAIN))
                continue
            placed = PlacedPerson(person, decision.unit.index)
            linked = list(find_orcids(text.run_at(person.start).href)) if len(text) > person.start else []
            placed.orcids += [o.value for o in linked if o.valid]
            if person.misread:
                out.accounted.append(Accounted(person.line, person.misread, MISREAD))
            group.persons.append(placed)
        _between_names(text, persons, decision, out)
    for piece in raw.addresses:
        piece.owner = owners.get(piece.unit, -1)
        out.accounted += own_address(piece, group.persons, lang, lexicon)
    group.affiliations = split_affiliations(raw.addresses, lexicon, {d.unit.index for d, _ in raw.bylines})
    return group


def _unwrapped(bylines: Sequence[tuple[Decision, Rich]]) -> list[tuple[Decision, Rich]]:
    """Lines of one paragraph put together where a name runs on: no separator ends the line."""
    out: list[tuple[Decision, Rich]] = []
    for decision, text in bylines:
        last = out[-1] if out else None
        if (
            last is not None
            and last[0].unit.block == decision.unit.block
            and decision.unit.joined == "line"
            and last[1].text.rstrip()[-1:].isalpha()
            and any(c in last[1].text for c in ",;")
            and "sup" not in last[1].run_at(len(last[1].text.rstrip()) - 1).style
        ):
            out[-1] = (last[0], last[1] + Rich.of("\n", decision.unit.lines[0]) + text)
        else:
            out.append((decision, text))
    return out


def _between_names(text: Rich, persons: Sequence[Person], decision: Decision, out: Gathered) -> None:
    """Words of a byline that are in no name: ``and``, ``и``, ``және`` are accounted for, more is kept as a note."""
    at = 0
    for start, end in [*((p.start, p.stop) for p in persons), (len(text), len(text))]:
        words = " ".join(WORD.findall(text.text[at:start]))
        if len(words.split()) > LONGEST_JOINER:
            out.loose.append((decision.unit.index, text[at:start].strip(" .,;")))
        elif words:
            out.accounted.append(Accounted(text.line_at(at), words, "stands between the names"))
        at = end


def _adopt_orphans(groups: list[PeopleGroup]) -> None:
    """Contacts or addresses without persons join the nearest group that names some."""
    named = [g for g in groups if g.persons]
    for group in list(groups):
        if group.persons or not named:
            continue
        home = min(named, key=lambda g: (g.lang != group.lang, bool(g.affiliations), groups.index(g)))
        home.contacts += group.contacts
        home.correspondence += group.correspondence
        group.contacts = []
        if not home.affiliations:
            home.affiliations += group.affiliations
            groups.remove(group)
        elif not group.affiliations:
            groups.remove(group)


def _say_loose(raw: Raw, out: Gathered, lexicon: Lexicon) -> None:
    """What is left of contact lines: a name printed again is accounted for, everything else is kept."""
    persons = [p for group in out.groups for p in group.persons]
    for unit, text in raw.loose:
        rest = text.plain
        for kind in ("orcid-label", "email-label"):
            for label in lexicon.pattern(kind).findall(rest):
                rest = rest.replace(label, " ")
        words = {romanize(w) for w in WORD.findall(rest) if len(w) > 1}
        names = {romanize(w) for p in persons for w in WORD.findall(p.person.printed)}
        if words <= names:
            out.accounted.append(Accounted(text.lines[0], text.plain, "name printed again"))
        else:
            out.loose.append((unit, text))
