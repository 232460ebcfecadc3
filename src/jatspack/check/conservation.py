"""Nothing lost, nothing made up: every word of the source is in the tree or accounted for, and the other way round."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from jatspack.article import LABELLED, MISREAD, REPLACED, SPELT, Accounted, Article
from jatspack.check.derived import missing_fields, unfounded
from jatspack.check.matching import Matching, match
from jatspack.check.order import out_of_order
from jatspack.check.words import Unit, line_of, list_numbers, printed, source_units, tree_units, words
from jatspack.config import Config
from jatspack.findings import Finding, finding
from jatspack.read.document import Document
from jatspack.richtext import Rich
from jatspack.wording import spelt

SHOWN = 12  # words that one finding names
_SHORT = 4  # letters or digits of marks that were printed together
_AROUND = 12  # lines before and after, in which their rows stand
_LEAST = 3  # words of a stretch that may be a piece of what other lines account for
_MOST = 60  # words of such a stretch; longer ones are looked for in pieces
Row = tuple[Accounted, Counter[str]]  # what is accounted for, and the words of it that are left to give


@dataclass(frozen=True, slots=True)
class Word:
    """A word and the source line where it stands, or stood (0 where it stands in the tree alone)."""

    text: str
    line: int


@dataclass(slots=True)
class Conservation:
    """The account of all words. total == kept + those in `accounted` + those in `missing`."""

    total: int = 0
    kept: int = 0
    accounted_words: int = 0
    accounted: list[Accounted] = field(default_factory=list)
    missing: list[Word] = field(default_factory=list)
    invented: list[Word] = field(default_factory=list)
    moved: list[Word] = field(default_factory=list)
    unplaced: list[Rich] = field(default_factory=list)  # the missing words as printed
    findings: list[Finding] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether nothing is lost, made up or out of order."""
        return not (self.missing or self.invented or self.moved)


def conservation(
    document: Document, article: Article, tree: etree._ElementTree, config: Config | None = None
) -> Conservation:
    """Account for every word of the source.

    Words of the tree that are not the source's must be the configuration's, and stand in the front matter.
    """
    source, units = source_units(document), tree_units(tree.getroot())
    spoken_for = _spoken_for(source, article)
    matching = match(source, units, spoken_for)
    out = Conservation(kept=matching.kept)
    out.total = sum(len(unit.words) for unit in source)
    _account(out, matching, article, spoken_for)
    for removed in document.removed:
        count = len(words(removed.text))
        out.total += count
        out.accounted_words += count
        out.accounted.append(Accounted(removed.line, removed.text, removed.reason))
    out.accounted.sort(key=lambda row: row.line)
    _invented(out, matching, article, config, Counter(list_numbers(document.blocks)))
    out.invented += [Word(word, 0) for word in unfounded(tree.getroot(), units, source, article, config)]
    out.missing += [Word(value, lines[0]) for value, lines in missing_fields(article, tree.getroot())]
    out.moved = _moved(out_of_order(matching, source, units), article)
    out.findings = list(_findings(out))
    return out


def _spoken_for(source: list[Unit], article: Article) -> dict[int, set[int]]:
    """For the id() of a unit the indexes of the words that `article.accounted` lists for its lines."""
    rows: defaultdict[int, list[list[str]]] = defaultdict(list)
    for row in article.accounted:
        if found := words(row.text):
            rows[row.line].append(found)
    out: dict[int, set[int]] = {}
    for unit in source if rows else ():
        here = [(n, row) for n in range(unit.lines[0], unit.lines[1] + 1) for row in rows.get(n, ())]
        if here:
            out[id(unit)] = _indexes(unit, here)
    return out


def _indexes(unit: Unit, rows: list[tuple[int, list[str]]]) -> set[int]:
    """Where the words of each row stand: together, no word in two rows, in the row's line if they stand there; or else
    in order. The longest come first."""
    text, found = f" {' '.join(unit.words)} ", set[int]()
    behind: dict[tuple[int, str], int] = {}
    several = unit.lines[0] != unit.lines[1]
    for line, row in sorted(rows, key=lambda r: len(r[1]), reverse=True):
        wanted = f" {' '.join(row)} "
        key, elsewhere = (line if several else 0, wanted), range(0)
        at = text.find(wanted, behind.get(key, 0))
        while at >= 0:
            behind[key] = at + len(wanted) - 1
            first = text.count(" ", 0, at + 1) - 1
            here = range(first, first + len(row))
            if found.isdisjoint(here):
                if not several or line_of(unit, first) == line:
                    found.update(here)
                    break
                elsewhere = elsewhere or here
            at = text.find(wanted, behind[key])
        else:
            if elsewhere:
                found.update(elsewhere)
            elif len(row) > 1:
                found.update(_one_by_one(unit.words, row))
    return found


def _one_by_one(of: tuple[str, ...], row: list[str]) -> list[int]:
    """The first places of the words in order; none where one is not there."""
    out: list[int] = []
    for word in row:
        try:
            out.append(of.index(word, out[-1] + 1 if out else 0))
        except ValueError:
            return []
    return out


def _account(out: Conservation, matching: Matching, article: Article, spoken_for: dict[int, set[int]]) -> None:
    """Give each word that is not in the tree to a row of `article.accounted` of the same lines."""
    rows: list[Row] = [(row, Counter(words(row.text))) for row in article.accounted]
    by_line: defaultdict[int, list[int]] = defaultdict(list)
    for n, (row, _) in enumerate(rows):
        by_line[row.line].append(n)
    known = {word for _, left in rows for word in left}
    used: set[int] = set()
    fields: set[str] = set()
    open_: list[tuple[Unit, list[int], list[int]]] = []
    corrected = [n for n, (row, _) in enumerate(rows) if row.reason.startswith(REPLACED)]
    for unit, found in _standing(matching, spoken_for, spare=True):
        for word in found:  # it stands in the tree all the same, and its row pays for no other word
            _take(word, _near(unit, by_line), rows, set())
    for unit, indexes in _stretches(matching.layout.lost()):
        near = _near(unit, by_line)
        # a word that a correction took away may have been paired with its like in another place: that before its pieces
        left = [i for i in indexes if not _take(unit.words[i], (*near, *corrected), rows, used)]
        left = [i for i in left if not _spend(unit.words[i], near, rows, used)]
        open_.append((unit, indexes, _elsewhere(unit, left, rows, known, used)))
    for unit, found in _standing(matching, spoken_for, spare=False):
        for word in found:
            _take(word, _near(unit, by_line), rows, set())
    for unit, indexes, rest in open_:
        left = [i for i in rest if not _spend(unit.words[i], corrected, rows, used)]
        if len(left) == 1 and len(unit.words[left[0]]) <= _SHORT:
            marks = [n for n in _near(unit, by_line, _AROUND) if rows[n][0].reason == LABELLED]
            left = [] if _spend(unit.words[left[0]], marks, rows, used) else left
        if left and unit.key:
            fields.add(unit.key)
            left = []
        out.accounted_words += len(indexes) - len(left)
        out.missing += [Word(unit.words[i], line_of(unit, i)) for i in left]
        out.unplaced += [printed(unit, run[0], run[-1]) for run in _runs(left)]
    out.accounted += [Accounted(1, key, "field of the front matter that was not used whole") for key in sorted(fields)]
    out.accounted += [rows[n][0] for n in sorted(used)]


def _near(unit: Unit, by_line: Mapping[int, list[int]], around: int = 0) -> list[int]:
    """The rows of a unit's lines, and of so many lines around it."""
    lines = range(unit.lines[0] - around, unit.lines[1] + around + 1)
    return [n for line in lines if line in by_line for n in by_line[line]]


def _standing(matching: Matching, spoken_for: dict[int, set[int]], *, spare: bool) -> Iterator[tuple[Unit, list[str]]]:
    """Words that are accounted for and found their place nevertheless; `spare`: one that can do without them."""
    if not spoken_for:
        return
    layout = matching.layout
    for unit, placed in zip(layout.source, layout.placed, strict=True):
        if found := spoken_for.get(id(unit)):
            yield unit, [unit.words[i] for i in found if placed[i] != -1 and (placed[i] in layout.row.spare) is spare]
    for unit, twin in matching.pairs:
        if found := spoken_for.get(id(unit)):
            yield unit, [unit.words[i] for i in found if (i in twin.optional) is spare]


def _stretches(lost: Iterable[tuple[Unit, int]]) -> Iterator[tuple[Unit, list[int]]]:
    """Lost words that stand one after another."""
    unit: Unit | None = None
    indexes: list[int] = []
    for one, i in lost:
        if one is not unit or i != indexes[-1] + 1:
            if unit is not None:
                yield unit, indexes
            unit, indexes = one, []
        indexes.append(i)
    if unit is not None:
        yield unit, indexes


def _runs(indexes: list[int]) -> Iterator[list[int]]:
    """Indexes that follow one another."""
    for _, run in groupby(enumerate(indexes), key=lambda pair: pair[1] - pair[0]):
        yield [i for _, i in run]


def _elsewhere(unit: Unit, lost: list[int], rows: list[Row], known: set[str], used: set[int]) -> list[int]:
    """Spend stretches of lost words on rows of other lines, the longest first; what is left of them."""
    left: list[int] = []
    at = 0
    while at < len(lost):
        last = next((n for n in range(at, min(len(lost), at + _MOST)) if unit.words[lost[n]] not in known), None)
        for end in range(min(len(lost), at + _MOST) if last is None else last, at, -1):
            piece = [unit.words[i] for i in lost[at:end]]
            telling = len(piece) >= _LEAST or 1 < len(piece) == len(lost) or len(piece) == len(unit.words)
            if telling and (far := _row_with(Counter(piece), rows)) >= 0:
                rows[far][1].subtract(piece)
                used.add(far)
                at = end
                break
        else:
            left.append(lost[at])
            at += 1
    return left


def _row_with(wanted: Counter[str], rows: list[Row]) -> int:
    """A row of other lines that holds all these words: which of two equal stretches was lost, nobody can tell."""
    return next((n for n, (_, left) in enumerate(rows) if all(left[w] >= count for w, count in wanted.items())), -1)


def _take(word: str, near: Sequence[int], rows: list[Row], used: set[int]) -> bool:
    """Take a word from the first of the rows that has it."""
    for n in near:
        if rows[n][1][word] > 0:
            rows[n][1][word] -= 1
            used.add(n)
            return True
    return False


def _spend(word: str, near: Sequence[int], rows: list[Row], used: set[int]) -> bool:
    """Take a word, or the pieces that were printed together as this word, from rows near it."""
    if _take(word, near, rows, used):
        return True
    for n in near:
        left = rows[n][1]
        for piece in [p for p, count in left.items() if count > 0 and word.startswith(p)]:
            left[piece] -= 1
            if _spend(word[len(piece) :], near, rows, used):
                used.add(n)
                return True
            left[piece] += 1
    return False


def _invented(
    out: Conservation, matching: Matching, article: Article, config: Config | None, listed: Counter[str]
) -> None:
    """What a correction gave is known word by word, wherever it stands; the configuration gives subjects besides."""
    corrected = Counter(word for row in article.given for word in words(row.text))
    subjects = {word for text in (config.article.subjects.values() if config else ()) for word in words(text)}
    misread = Counter(word for row in article.accounted for word in _reread(row))
    for unit, i in matching.layout.added():
        word = unit.words[i]
        if word in subjects and _is(unit, "subject"):
            continue
        if listed[word] > 0 and _is(unit, "label"):
            listed[word] -= 1
        elif misread[word] > 0 and _in_front(unit):
            misread[word] -= 1
        elif corrected[word] > 0:
            corrected[word] -= 1
        else:
            out.invented.append(Word(word, matching.line(unit, i)))


def _reread(row: Accounted) -> list[str]:
    """What the front matter has in place of a word, or of a formula, that the text prints otherwise."""
    return words(row.text if row.reason == MISREAD else spelt(row.text)) if row.reason in (MISREAD, SPELT) else []


def _is(unit: Unit, tag: str) -> bool:
    return unit.element is not None and unit.element.tag == tag


def _moved(moved: Iterable[tuple[Unit, int]], article: Article) -> list[Word]:
    """Words out of order, but for what corrections explain, and for words of which one is accounted for in their
    lines: which of two equal ones that was, nobody can tell."""
    given = Counter[int]()
    for row in article.given:
        given[row.line] += len(words(row.text))
    accounted: defaultdict[int, set[str]] = defaultdict(set)
    for row in article.accounted:
        accounted[row.line].update(words(row.text))
    out = []
    for unit, i in moved:
        lines = range(unit.lines[0], unit.lines[1] + 1)
        line = next((n for n in lines if given[n] > 0), 0)
        if line:
            given[line] -= 1
        elif not any(unit.words[i] in accounted[n] for n in lines if n in accounted):
            out.append(Word(unit.words[i], line_of(unit, i)))
    return out


def _in_front(unit: Unit) -> bool:
    return unit.element is not None and any(e.tag == "front" for e in unit.element.iterancestors())


# --- findings ---------------------------------------------------------------


def _findings(out: Conservation) -> Iterator[Finding]:
    for code, found in (("words-lost", out.missing), ("words-added", out.invented), ("words-moved", out.moved)):
        if found:
            lines = sorted({word.line for word in found if word.line})
            shown = ", ".join(word.text for word in found[:SHOWN]) + (" …" if len(found) > SHOWN else "")
            yield finding(code, *((n, n) for n in lines[:SHOWN]), count=str(len(found)), words=shown)
