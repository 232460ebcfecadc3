"""Reference lists: entries split, each taken apart, lists of the same works in two scripts paired."""

from __future__ import annotations

from collections.abc import Sequence

from jatspack.article import Accounted, Citation, Reference, ReferenceList
from jatspack.findings import Finding, finding
from jatspack.recognize.language import identify
from jatspack.recognize.references.pair import compare_twins, pair
from jatspack.recognize.references.parse import parse_reference
from jatspack.recognize.references.split import Entry, ReferenceSection, split_entries
from jatspack.richtext import Rich

__all__ = ["ReferenceSection", "build_lists", "parse_reference", "read_reference", "split_entries"]

TITLES = ("article-title", "chapter-title", "source")
SURE = 0.5


def build_lists(sections: Sequence[ReferenceSection]) -> tuple[list[ReferenceList], list[Finding], list[Accounted]]:
    """Reference lists of the article. Lists of the same works become one, whose references have a citation each."""
    findings: list[Finding] = []
    accounted: list[Accounted] = []
    lists: list[ReferenceList] = []
    number = 0
    for section in sections:
        entries = split_entries(section.blocks)
        if not entries:
            continue
        references = []
        for entry in entries:
            number += 1
            references.append(_reference(entry, number, section.lang))
        current = ReferenceList("", section.title, references, section.origin, section.lang)
        twins = ((other, pair(other, current)) for other in lists if not section.apart)
        twin, pairs = next(((other, found) for other, found in twins if found), (current, {}))
        if not pairs:
            lists.append(current)
            continue
        number -= len(references)
        findings += compare_twins(twin, current, pairs)
        accounted += _merge(twin, current, pairs)
    for n, one in enumerate(lists, 1):
        one.id = f"refs-{n}"
    for one in lists:
        for reference in one.references:
            if not any(c.text.parts for c in reference.citations):
                lines = reference.citations[0].origin.lines
                findings.append(finding("reference-not-understood", *lines, label=reference.label))
    return lists, findings, accounted


def _reference(entry: Entry, number: int, lang_of_list: str) -> Reference:
    return Reference(f"ref-{number}", entry.label, [read_reference(entry.text, lang_of_list)])


def read_reference(text: Rich, lang_of_list: str = "") -> Citation:
    """A reference taken apart, its language that of its title: words around it are the style's."""
    citation = parse_reference(text)
    title = next((p for p in citation.text.parts if p.tag in TITLES), None)
    words = text.text[title.start : title.end] if title else ""
    candidates = (lang_of_list,) if lang_of_list else ()
    for passage in (words, text.plain):
        guess = identify(passage, candidates)
        if guess.confidence >= SURE:
            citation.lang = guess.lang
            break
    return citation


def _merge(one: ReferenceList, other: ReferenceList, pairs: dict[int, int]) -> list[Accounted]:
    """The second list's citations join the first list's references; its labels are printed twice, tagged once."""
    accounted = []
    for i, j in pairs.items():
        one.references[i].citations += other.references[j].citations
        label = other.references[j].label
        if label:
            line = other.references[j].citations[0].origin.lines[0][0]
            accounted.append(Accounted(line, label, "number of a reference that is paired with its twin"))
    if other.title.plain:
        one.other_titles.append((other.lang, other.title))
    return accounted
