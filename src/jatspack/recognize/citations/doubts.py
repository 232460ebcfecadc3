"""What is wrong with a citation, told with a correction: no such reference, several, another year, another author."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz.distance import Levenshtein

from jatspack.article import Reference
from jatspack.config import entry
from jatspack.findings import Finding, finding
from jatspack.recognize.citations import numbers
from jatspack.recognize.citations.authors import Mention
from jatspack.recognize.citations.works import Work, Works, key
from jatspack.recognize.lexicon import lexicon
from jatspack.richtext import Rich

OPENING = 60  # characters by which a reference finds its place
BEFORE = 80  # characters before a citation by number in which its author is named
LIKE = 5  # letters of a name that may be misspelt
MOST_NAMES = 3  # capitalised words before a year; more are the name of something else
IN_BRACKETS = re.compile(r"[(（]\s?(?P<year>(?:1[5-9]|20)\d\d)[a-z]?\s?[)）]\s*$")
NAME = r"[^\W\d_\u3400-\u9fff]+(?:[-‐'’][^\W\d_\u3400-\u9fff]+)*"
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
CYRILLIC = re.compile(r"[\u0400-\u052f]")


@dataclass(slots=True)
class Doubts:
    """The findings about citations, each told once for a line."""

    works: Works
    findings: list[Finding] = field(default_factory=list)
    told: set[tuple[str, str, int]] = field(default_factory=set)

    def mention(self, text: Rich, mention: Mention, citing: AbstractSet[int] = frozenset()) -> None:
        """A name with a year that no work of this author in the list has, or that several have.

        `citing`: the brackets in which another citation stands that is in the list.
        """
        shown = f"{mention.name} ({mention.year})"
        if mention.several:
            self.ambiguous(text, mention.start, mention.end, shown, [work.reference for work in mention.known])
            return
        sure = mention.bracketed or (mention.clause >= 0 and (bool(mention.like) or mention.clause in citing))
        if not sure or "italic" in text.run_at(mention.start).style:
            return  # not a citation, or the title of a work
        if mention.like:
            meant = _meant(mention)
            if meant is not None:
                self.year(text, mention, meant)
                return
        elif not mention.known and (same := self._misspelt(mention)):
            self.author(text, mention, same)
            return
        if not mention.known and not self.works.labelled and mention.words <= MOST_NAMES:
            self.without(text, mention.start, mention.end, shown)

    def year(self, text: Rich, mention: Mention, work: Work) -> None:
        """The one work of the author has another year."""
        at = text.text.rfind(mention.year[:4], mention.start, mention.end)
        dated = work.years[0]
        correction = ""
        if at >= 0 and mention.year:
            correction = self._replace(text, mention.start, at, at + len(mention.year), dated)
        data = {"name": mention.name, "year": mention.year, "label": label_of(work.reference), "dated": dated}
        self._tell("citation-year-differs", text, mention.start, f"{mention.name} {mention.year}", correction, data)

    def author(self, text: Rich, mention: Mention, same: tuple[Work, str]) -> None:
        """A name that is nearly the one of a work of this year."""
        work, name = same
        line = text.line_at(mention.start)
        correction = entry("replace", find=mention.name, by=name, lines=str(line))
        data = {"name": f"{mention.name} ({mention.year})", "label": label_of(work.reference), "authors": name}
        self._tell("citation-author-differs", text, mention.start, mention.name, correction, data)

    def without(self, text: Rich, start: int, end: int, shown: str) -> None:
        """No reference fits: it cites nothing."""
        correction = self._cites(text, start, end, [])
        self._tell("citation-without-reference", text, start, shown, correction, {"text": shown})

    def ambiguous(self, text: Rich, start: int, end: int, shown: str, fitting: Sequence[Reference]) -> None:
        """Several references fit: the first of them is offered."""
        correction = self._cites(text, start, end, list(fitting[:1]))
        self._tell("citation-ambiguous", text, start, shown, correction, {"text": shown})

    def beside(self, text: Rich, group: Sequence[numbers.Mention]) -> None:
        """A name "and others", or a name with a year, before a citation by number: is the work by them, and of then?"""
        start = text.text.rfind("[", 0, group[0].start)
        named = _named(text.text, start) if start >= 0 and not is_linked(text, start, group[-1].end) else None
        if named is None:
            return
        at, name, year = named
        line = text.line_at(start)
        cited = [n for m in group for n in (m.number, *m.between)]
        references = [self.works.number(n, line) for n in cited]
        works = [self.works.by_id[r.id] for r in references if r is not None]
        if not works or len(works) < len(cited):
            return
        theirs = [work for work in works if _by(name, work)]
        if not theirs:
            if all(_same_script(name, work) for work in works):
                self._other_author(text, (at, start), name, works, single=len(cited) == 1)
        elif year and all(work.dated and year[:4] not in {y[:4] for y in work.years} for work in theirs):
            mention = Mention(at, start, name, year, None)
            self.year(text, mention, theirs[0])

    def _other_author(self, text: Rich, span: tuple[int, int], name: str, works: list[Work], *, single: bool) -> None:
        """The offer is the one other work that the name fits."""
        at, start = span
        meant = self.works.by_author.get(key(name), [])
        end = text.text.find("]", start) + 1
        correction = self._cites(text, start, end, [meant[0].reference]) if single and len(meant) == 1 else ""
        work = works[0]
        authors = ", ".join(work.names[:2]) or _opening(work.reference)
        data = {"name": name, "label": label_of(work.reference), "authors": authors}
        self._tell("citation-author-differs", text, at, name, correction, data)

    def _misspelt(self, mention: Mention) -> tuple[Work, str] | None:
        """The one work of this year whose first author is called nearly so."""
        wanted = key(mention.name)
        if len(wanted) < LIKE or mention.words > MOST_NAMES:
            return None
        found = {
            id(work): (work, name)
            for word, works in self.works.by_author.items()
            if abs(len(word) - len(wanted)) <= 2
            and Levenshtein.distance(word, wanted, score_cutoff=2) <= _slips(wanted)
            for work in works
            if mention.year[:4] in {year[:4] for year in work.years[:1]}
            for name in work.names[:1]
            if key(name) == word
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _cites(self, text: Rich, start: int, end: int, references: list[Reference]) -> str:
        if text.text[start - 1 : start] == "[" and text.text[end : end + 1] == "]":
            start, end = start - 1, end + 1
        find = " ".join(text.text[start:end].split())
        return entry("citations", find=find, lines=str(text.line_at(start)), references=[*map(_opening, references)])

    def _replace(self, text: Rich, floor: int, start: int, end: int, by: str) -> str:
        """The words with what stands before them if all is in one style, else as few of them as are found only here."""
        at, plain = start, text.text
        if len({run.style for run in text[floor:end]}) == 1:
            at = floor
        while at > floor and plain.count(plain[at:end]) > 1:
            at -= 1
            while at > floor and plain[at - 1].isalnum():
                at -= 1
        return entry("replace", find=plain[at:end], by=plain[at:start] + by, lines=str(text.line_at(start)))

    def _tell(self, code: str, text: Rich, at: int, shown: str, correction: str, data: dict[str, str]) -> None:
        line = text.line_at(at)
        if (code, shown, line) not in self.told:
            self.told.add((code, shown, line))
            self.findings.append(finding(code, (line, line), correction=correction, **data))


def is_linked(text: Rich, start: int, end: int) -> bool:
    """Whether a correction has linked it already."""
    return any(run.xref is not None for run in text[start:end])


def _meant(mention: Mention) -> Work | None:
    """The work whose year is misprinted: the only one of the author, or the only one that differs in one digit."""
    dated = [work for work in mention.like if work.dated and work.years]
    if len(dated) < len(mention.like):
        return None  # one whose year cannot be read may be meant
    if len({id(work) for work in dated}) == 1:
        return dated[0]
    near = {id(w): w for w in dated if Levenshtein.distance(w.years[0][:4], mention.year[:4]) == 1}
    return next(iter(near.values())) if len(near) == 1 else None


def _slips(word: str) -> int:
    return 2 if len(word) > 2 * LIKE - 2 else 1


@cache
def _others() -> re.Pattern[str]:
    """ "and others", as the last words before a citation, with the name before them."""
    phrases = {phrase for kind in ("et-al", "and-others") for phrase in lexicon().words(kind)}
    said = "|".join(re.escape(p).replace(r"\ ", r"\s?") for p in sorted(phrases, key=len, reverse=True))
    name = rf"(?P<name>{NAME})(?:\s(?:[^\W\d_]\.[\s-]?){{1,3}})?"
    return re.compile(rf"{name}(?:[,，]?\s|(?<=[\u3400-\u9fff]))(?:{said})[.,]?\s*$", re.IGNORECASE)


def _named(text: str, end: int) -> tuple[int, str, str] | None:
    """(offset, name, year) of who is named directly before `end`."""
    window = text[max(0, end - BEFORE) : end]
    year = IN_BRACKETS.search(window)
    head = window[: year.start()].rstrip() if year else window
    found = _others().search(head)
    if found is None and year:
        found = re.search(rf"(?<![^\W_])(?P<name>{NAME})$", head)
    if found is None or not found["name"][0].isupper() or len(found["name"]) < 3:
        return None
    return max(0, end - BEFORE) + found.start("name"), found["name"], year["year"] if year else ""


def _by(name: str, work: Work) -> bool:
    """Whether the name, or an inflected form of it, stands among the first words of the reference."""
    wanted = key(name)
    if wanted in work.zone:
        return True
    size = max(4, len(wanted) - 3)
    if any(word[:size] == wanted[:size] for word in work.zone):
        return True
    slips = _slips(wanted) if len(wanted) >= LIKE else 0
    text = work.reference.citations[0].text.text.text
    spelt = "".join(c for c in text[:400].casefold() if c.isalpha())
    return name.casefold() in spelt or any(
        Levenshtein.distance(w, wanted, score_cutoff=slips) <= slips for w in work.zone
    )


def _same_script(name: str, work: Work) -> bool:
    """A name that is printed in another script than the reference says nothing."""
    head = work.reference.citations[0].text.text.text[:40]
    return any(script.match(name) and script.search(head) for script in (LATIN, CYRILLIC))


def label_of(reference: Reference) -> str:
    return reference.label.strip(" .") or reference.id


def _opening(reference: Reference) -> str:
    text = reference.citations[0].text.text.plain
    return text if len(text) <= OPENING else text[:OPENING].rpartition(" ")[0] or text[:OPENING]
