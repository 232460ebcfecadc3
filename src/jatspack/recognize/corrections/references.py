"""References as article.toml has them: parts, whole texts, wrong splits, what is missing or too much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jatspack.article import Article, Citation, Part, Reference, ReferenceList, Tagged
from jatspack.config.article import Reference as Given
from jatspack.config.article import RefTag
from jatspack.recognize.corrections.anchors import Found, Place, locate
from jatspack.recognize.corrections.ledger import Ledger, rich_words
from jatspack.recognize.references import parse_reference
from jatspack.richtext import Rich
from jatspack.wording import letters

TABLE = "references"


@dataclass(frozen=True, slots=True)
class Printed:
    """One reference as one of its lists prints it."""

    group: ReferenceList
    reference: Reference
    citation: Citation


class _Unfit(Exception):
    """A correction that cannot be applied: the reason, and what to do."""


def correct_references(ledger: Ledger, given: Sequence[Given]) -> None:
    """All corrections of the reference lists; what each is about is looked up before any is applied."""
    if not given:
        return
    places = list(reference_places(ledger.article))
    found = [_target(ledger, entry, n, places) for n, entry in enumerate(given)]
    for n, (entry, printed) in enumerate(zip(given, found, strict=True)):
        try:
            if printed is not None:
                _correct(ledger, entry, n, printed)
            elif not entry.find:
                _add(ledger, entry, n, places)
        except _Unfit as problem:
            reason, advice = problem.args
            ledger.unfit(reason, advice, TABLE, n)
    _number(ledger.article)


def part_lists(article: Article) -> None:
    """Lists that were taken for one list in two languages become lists of their own again."""
    parted: list[ReferenceList] = []
    for group in article.reference_lists:
        parted.append(group)
        for n, (lang, title) in enumerate(group.other_titles, 1):
            others = [(r, r.citations[n:]) for r in group.references if len(r.citations) > 1]
            references = [Reference("", "", [citations[0]]) for _, citations in others if citations]
            parted.append(ReferenceList("", title, references, group.origin, lang))
        untitled = [] if group.other_titles else [r for r in group.references if len(r.citations) > 1]
        if untitled:
            references = [Reference("", "", r.citations[1:2]) for r in untitled]
            parted.append(ReferenceList("", Rich(), references, group.origin))
        for reference in group.references:
            del reference.citations[1:]
        group.other_titles = []
    article.reference_lists = parted
    for n, group in enumerate(parted, 1):
        group.id = f"refs-{n}"
    _number(article)


def reference_places(article: Article) -> Iterator[Place[Printed]]:
    """Every reference under its label, its number in the list and its text."""
    number = 0
    for group in article.reference_lists:
        for reference in group.references:
            number += 1
            for citation in reference.citations:
                text = citation.text.text.plain
                lines = citation.origin.lines[0] if citation.origin.lines else (0, 0)
                label = reference.label or str(number)
                yield Place(Printed(group, reference, citation), lines, (label,), (text, f"{label} {text}"))


def locate_reference(find: str, hint: str, places: Sequence[Place[Printed]]) -> Found[Printed]:
    """A work printed in two lists is one reference: its label names the first of its texts."""
    named = {id(p.target.reference): p for p in reversed(places) if letters(find) == letters(p.names[0])}
    return locate(find, hint, list(named.values()) or places)


def _target(ledger: Ledger, entry: Given, n: int, places: Sequence[Place[Printed]]) -> Printed | None:
    if not entry.find:
        return None
    return ledger.one(locate_reference(entry.find, entry.lines, places), entry.find, TABLE, n)


def _correct(ledger: Ledger, entry: Given, n: int, printed: Printed) -> None:
    reference, citation = printed.reference, printed.citation
    line = citation.origin.lines[0][0] if citation.origin.lines else 0
    before = f"{reference.label} {rich_words(citation.text.text)}"
    origin = ledger.origin(citation.origin, TABLE, n)
    if entry.remove:
        whole = " ".join(rich_words(c.text.text) for c in reference.citations)
        ledger.replaced(f"{reference.label} {whole}", "", line, ledger.rule(TABLE, n))
        printed.group.references.remove(reference)
        return
    if entry.join:
        _join(ledger, n, printed)
        return
    if entry.text:
        _set(citation, parse_reference(Rich.of(" ".join(entry.text.split()), line), entry.lang or citation.lang))
    if entry.split:
        _split(ledger, entry, n, printed)
    if entry.label is not None:
        reference.label = entry.label.strip()
    _details(entry, citation)
    citation.origin = origin
    if entry.text or entry.label is not None:
        after = f"{reference.label} {rich_words(citation.text.text)}"
        ledger.replaced(before, after, line, ledger.rule(TABLE, n))


def _set(citation: Citation, new: Citation) -> None:
    citation.text, citation.publication_type, citation.lang = new.text, new.publication_type, new.lang
    citation.origin = replace(new.origin, lines=citation.origin.lines or new.origin.lines)


def _details(entry: Given, citation: Citation) -> None:
    if entry.lang is not None:
        citation.lang = entry.lang
    if entry.publication_type is not None:
        citation.publication_type = entry.publication_type
    if entry.parts:
        citation.text = _with_parts(citation.text, entry.parts)
    if entry.names is not None:
        citation.text = _with_names(citation.text, [(one.surname, one.given_names) for one in entry.names])


def _with_parts(tagged: Tagged, given: Mapping[RefTag, str]) -> Tagged:
    """Each tag stands for the words that are given, once; empty words take it away."""
    for tag, words in given.items():
        name, attributes = _element(tag, words)
        kept = [p for p in tagged.parts if not _same_tag(p, tag, name)]
        if words:
            start = _place_of(words, tagged.text.text, kept)
            part = Part(name, start, start + len(words), attributes)
            kept = [p for p in kept if p.end <= part.start or p.start >= part.end]
            kept = sorted([*kept, part], key=lambda p: p.start)
        tagged = Tagged(tagged.text, tuple(kept))
    return tagged


def _element(tag: str, words: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    if tag == "doi":
        return "pub-id", (("pub-id-type", "doi"),)
    if tag == "uri":
        return "ext-link", (("ext-link-type", "uri"), ("xlink:href", words))
    return tag, ()


def _same_tag(part: Part, tag: str, name: str) -> bool:
    titles = ("article-title", "chapter-title")
    if tag in titles:
        return part.tag in titles
    return part.tag == name and (tag != "doi" or ("pub-id-type", "doi") in part.attributes)


def _place_of(words: str, text: str, parts: Sequence[Part]) -> int:
    """Where the words stand: first where nothing else is tagged, whole words before pieces of words."""
    starts = []
    at = text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    if not starts:
        raise _Unfit(f"“{words[:60]}” is not in the reference", "write the words just as the reference has them")

    def rank(start: int) -> tuple[bool, bool]:
        end = start + len(words)
        inside = text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()
        return any(p.start < end and start < p.end for p in parts), inside

    return min(starts, key=rank)


def _with_names(tagged: Tagged, names: Sequence[tuple[str, str]]) -> Tagged:
    """One person-group with all names, as they stand in the text."""
    text, at = tagged.text.text, 0
    inner: list[Part] = []
    for surname, given in names:
        parts: list[Part] = []
        for tag, words in (("surname", surname), ("given-names", given)):
            start = text.find(words, at)
            if words and start < 0:
                advice = "write the names just as the reference has them, in its order"
                raise _Unfit(f"“{words[:60]}” is not in the reference behind the names before it", advice)
            if words:
                parts.append(Part(tag, start, start + len(words)))
        parts.sort(key=lambda p: p.start)
        if not parts or any(a.end > b.start for a, b in pairwise(parts)):
            raise _Unfit(f"surname and given names of “{surname[:60]}” overlap", "give each its own words")
        inner.append(Part("string-name", parts[0].start, parts[-1].end, (), tuple(parts)))
        at = parts[-1].end
    kept = [p for p in tagged.parts if p.tag not in ("person-group", "name", "string-name", "collab")]
    if inner:
        attributes = (("person-group-type", "author"),)
        group = Part("person-group", inner[0].start, inner[-1].end, attributes, tuple(inner))
        kept = [p for p in kept if p.end <= group.start or p.start >= group.end]
        kept = sorted([*kept, group], key=lambda p: p.start)
    return Tagged(tagged.text, tuple(kept))


# --- the split of the list ------------------------------------------------------


def _join(ledger: Ledger, n: int, printed: Printed) -> None:
    """The rest of the entry before it; the number that it had was none."""
    references = printed.group.references
    at = references.index(printed.reference)
    if at == 0:
        raise _Unfit("nothing stands before it in its list", "take `join` out")
    before, label = references[at - 1], printed.reference.label
    for citation in printed.reference.citations:
        head = next((c for c in before.citations if c.lang == citation.lang), before.citations[0])
        text = head.text.text + Rich.of(" ", citation.text.text.lines[0]) + citation.text.text
        origin = replace(head.origin, lines=(*head.origin.lines, *citation.origin.lines))
        _set(head, parse_reference(text, head.lang))
        head.origin = ledger.origin(origin, TABLE, n)
    line = printed.citation.origin.lines[0][0] if printed.citation.origin.lines else 0
    ledger.replaced(label, "", line, ledger.rule(TABLE, n))
    references.remove(printed.reference)


def _split(ledger: Ledger, entry: Given, n: int, printed: Printed) -> None:
    """Further entries begin at the words that are given."""
    text = printed.citation.text.text
    cuts = [0]
    for words in entry.split:
        start = text.text.find(words, cuts[-1] + 1)
        if start < 0:
            advice = "write the first words of each further reference just as they are printed, in their order"
            raise _Unfit(f"“{words[:60]}” is not in the reference", advice)
        cuts.append(start)
    pieces = [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    _set(printed.citation, parse_reference(pieces[0], printed.citation.lang))
    printed.citation.origin = ledger.origin(printed.citation.origin, TABLE, n)
    at = printed.group.references.index(printed.reference)
    for k, piece in enumerate(pieces[1:], 1):
        new = parse_reference(piece, printed.citation.lang)
        new.origin = ledger.origin(new.origin, TABLE, n)
        printed.group.references.insert(at + k, Reference("", "", [new]))


def _add(ledger: Ledger, entry: Given, n: int, places: Sequence[Place[Printed]]) -> None:
    if not entry.text:
        raise _Unfit("it has neither find nor text", "say which reference it is, or give its text")
    lists = ledger.article.reference_lists
    group, at = (lists[-1], len(lists[-1].references)) if lists else (None, 0)
    if entry.after:
        before = ledger.one(locate_reference(entry.after, entry.lines, places), entry.after, TABLE, n)
        if before is None:
            return
        group, at = before.group, before.group.references.index(before.reference) + 1
    if group is None:
        group = ReferenceList("refs-1", Rich(), [], ledger.origin(None, TABLE, n))
        lists.append(group)
    citation = parse_reference(Rich.of(" ".join(entry.text.split())), entry.lang or group.lang)
    citation.origin = ledger.origin(None, TABLE, n)
    _details(entry, citation)
    group.references.insert(at, Reference("", entry.label or "", [citation]))
    said = f"{entry.label or ''} {rich_words(citation.text.text)}"
    ledger.replaced("", said, 0, ledger.rule(TABLE, n))


def _number(article: Article) -> None:
    """Ids in the order of the lists; citations are linked to them later."""
    article.reference_lists = [group for group in article.reference_lists if group.references]
    number = 0
    for group in article.reference_lists:
        for reference in group.references:
            number += 1
            reference.id = f"ref-{number}"
