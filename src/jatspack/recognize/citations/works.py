"""The works of the reference lists, to be found by number, or by author and year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from jatspack.article import Article, Part, Reference
from jatspack.recognize.people.romanize import romanize

# An OCR engine reads 2O1l for 2011.
YEAR = re.compile(r"(?<!\w)((?:[1lI][5-9]|2[0Oo])[\dOolI]{2})([a-zа-я]?)(?!\w)")
_DIGITS = str.maketrans("OolI", "0011")
WORD = re.compile(r"[^\W\d_]+(?:[-‐'’ʼ`][^\W\d_]+)*")
HAN = re.compile(r"[\u3400-\u9fff·]+")
# A Chinese name in its own script, first in the entry or in its translation in brackets: romanised its syllables
# would be like many others'.
HAN_NAME = re.compile(r"(?:\A|[\[［(（])\s*([\u3400-\u9fff]{2,4})\s?(?=[,，、.．:：(（]|等)")
# SteinerAL, ZhouGX: initials glued to the name.
GLUED_INITIALS = re.compile(r"([A-Z][^\W\d_]*[a-zß-ÿ])[A-Z]{1,3}")
_UMLAUT = re.compile(r"([aou])e")
_POSSESSIVE = re.compile(r"['’ʼ`]\w{0,4}$")
ZONE = 220  # characters in which the authors of a reference stand
TOGETHER = 8  # lines between lists that belong together
SHORT = 3  # letters: of a particle or an article before the word that is looked for


def year_of(match: re.Match[str]) -> str:
    """The year with its letter, in digits."""
    return match[1].translate(_DIGITS) + match[2]


@lru_cache(maxsize=8192)
def key(word: str) -> str:
    """A word as it is compared: plain letters, `ue` and `ü` alike, a possessive taken off."""
    return _UMLAUT.sub(r"\1", romanize(_POSSESSIVE.sub("", word) or word))


@dataclass(slots=True)
class Work:
    """One reference. `years`: each year that it prints; the first is the one it is cited by."""

    reference: Reference
    line: int
    first: set[str] = field(default_factory=set)  # what a citation may begin with
    zone: set[str] = field(default_factory=set)  # words of its authors, and what stands beside them
    authors: int = 0  # how many; 0: unknown
    names: tuple[str, ...] = ()  # their surnames as printed
    years: list[str] = field(default_factory=list)
    dated: bool = False  # its own year is known
    letter: str = ""  # a, b …: not printed, but of several works of one author in one year


@dataclass(slots=True)
class Works:
    """All works of an article; lists are numbered each for itself."""

    lists: list[tuple[int, int, dict[int, Reference]]] = field(default_factory=list)  # (first, last line, numbers)
    by_author: dict[str, list[Work]] = field(default_factory=lambda: defaultdict(list))
    by_stem: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    labelled: bool = False
    undated: bool = False  # some work has no year
    by_id: dict[str, Work] = field(default_factory=dict)
    highest: int = 0  # of all numbers

    def number(self, n: int, line: int) -> Reference | None:
        """The reference with this number.

        Lists that stand together and count each from 1 leave it open. Of lists with text between them (an article
        printed in two languages) the next one behind the mention is meant.
        """
        having = [(first, last, numbers[n]) for first, last, numbers in self.lists if n in numbers]
        behind = [row for row in having if row[0] > line] or having[-1:]
        together = [row for row in behind if row[0] - behind[0][1] <= TOGETHER]
        return together[0][2] if len(together) == 1 else None

    def called(self, n: int) -> list[Reference]:
        """All references with this number."""
        return [numbers[n] for _, _, numbers in self.lists if n in numbers]

    def has(self, n: int) -> bool:
        return any(n in numbers for _, _, numbers in self.lists)


def works_of(article: Article) -> Works:
    """The index of an article's reference lists."""
    out = Works()
    number, labels, found = 0, 0, []
    for one in article.reference_lists:
        numbers: dict[int, Reference] = {}
        for reference in one.references:
            number += 1
            digits = re.search(r"\d+", reference.label)
            labels += digits is not None
            numbers.setdefault(int(digits[0]) if digits else number, reference)
            found.append(_work(reference))
        lines = [work.line for work in found[-len(one.references) :]]
        out.lists.append((min(lines, default=0), max(lines, default=0), numbers))
    if len(out.lists) > 1 and not _restarts([numbers for _, _, numbers in out.lists]):
        joined = {n: r for _, _, numbers in out.lists for n, r in numbers.items()}
        out.lists = [(out.lists[0][0], out.lists[-1][1], joined)]
    out.labelled = labels * 2 > number
    out.undated = any(not work.years for work in found)
    _letters(found)
    out.by_id = {work.reference.id: work for work in found}
    out.highest = max((n for _, _, numbers in out.lists for n in numbers), default=0)
    for work in found:
        for word in work.first:
            out.by_author[word].append(work)
            out.by_stem[word[:4]].add(word)
    return out


def _restarts(lists: list[dict[int, Reference]]) -> bool:
    return sum(map(len, lists)) > len({n for numbers in lists for n in numbers})


def _work(reference: Reference) -> Work:
    work = Work(reference, reference.citations[0].origin.lines[0][0] if reference.citations[0].origin.lines else 0)
    for citation in reference.citations:
        text = citation.text.text.text
        year = next((text[p.start : p.end].strip() for p in citation.text.parts if p.tag == "year"), "")
        groups = [p for p in citation.text.parts if p.tag == "person-group"]
        names = [_printed(text, name) for name in groups[0].parts] if groups else []
        work.authors = max(work.authors, len(names))
        work.names += tuple(names)
        if names:
            work.first |= _keys(names[0])
            for name in names:
                work.zone |= _keys(name)
        head = text[:ZONE]
        opening = [m[0] for m in WORD.finditer(head)][:4]
        work.first |= {key(w) for w in opening[:1]} | {key(w) for w in opening[1:2] if len(opening[0]) <= SHORT}
        work.zone |= {key(w) for w in WORD.findall(head)}
        work.first |= {key(m[1]) for word in opening[:1] if (m := GLUED_INITIALS.fullmatch(word))}
        work.first |= {m[1] for m in HAN_NAME.finditer(text)}
        work.first |= _acronyms(head)
        found = [year_of(m) for m in YEAR.finditer(text)]
        if match := YEAR.match(year):
            work.dated = True
            found.insert(0, year_of(match))
        work.years += [y for y in found if y not in work.years]
    work.first = {k for k in work.first if len(k) > 1}
    return work


def _printed(text: str, name: Part) -> str:
    """The surname, or the whole name of an institution."""
    part = next((p for p in name.parts if p.tag in ("surname", "collab")), name)
    return text[part.start : part.end]


def _keys(name: str) -> set[str]:
    """The words of a surname: `Di Bitetti` is cited by all of it, or by the last."""
    words = WORD.findall(name)
    if len(words) > 3:
        return {key(words[0])}  # an institution
    return {key(w) for w in words if len(w) > 1 and (len(words) == 1 or not w.islower())}


def _acronyms(head: str) -> set[str]:
    """World Health Organization is cited as WHO too."""
    words = WORD.findall(re.split(r"[.(（,:]\s", head, maxsplit=1)[0])
    letters = "".join(w[0] for w in words if w[0].isupper())
    return {key(letters)} if len(letters) >= 3 and not any(w.isupper() for w in words) else set()


def _letters(works: list[Work]) -> None:
    """Works of one author in one year without printed letters are told apart by their order."""
    groups: dict[tuple[str, str], list[Work]] = defaultdict(list)
    for work in works:
        if work.dated and work.years[0].isdigit() and work.first:
            groups[min(work.first), work.years[0]].append(work)
    for group in groups.values():
        if len(group) > 1:
            for n, work in enumerate(group[:26]):
                work.letter = chr(ord("a") + n)


def stems(works: Works, word: str) -> Iterator[str]:
    """Authors of whom the word may be an inflected form: `Иванова` of `Иванов`."""
    for other in works.by_stem.get(word[:4], ()):
        size = min(len(word), len(other))
        if other != word and abs(len(word) - len(other)) <= 2 and word[: size - 1] == other[: size - 1]:
            yield other
