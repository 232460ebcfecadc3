"""Citations by author and year: (Ruiz, 2018), Ruiz and Lee (2018a, b), (RUIZ; LEE, 2018, p. 5), 张三等（2018）.

From each year the text is read backwards, word by word, as long as the words can be names or what stands between
names; the names found are compared with those of the works that are of this year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jatspack.recognize.citations.names import han_names, joining_words, keys_of, unglued
from jatspack.recognize.citations.works import HAN, YEAR, Work, Works, stems, year_of
from jatspack.recognize.references import vocabulary

_L = r"[^\W\d_\u3400-\u9fff]"
TOKEN = re.compile(rf"{_L}+(?:[-‐'’ʼ`]\s?{_L}+)*|[\u3400-\u9fff·]+|\d+|[^\w\s]")
# What may stand in brackets before the year of a name outside them: a book's number, a volume, "cf."
BARE = re.compile(r"(?:[\s\[,.:]|[IVXLC]{1,6}\b|\d{1,3}(?:[-–]\d{1,3})?\b|[^\W\d_]{1,4}\.)*")
REACH = 200  # characters before a year
MORE = re.compile(r"[\s,;:.，；：、&\d–-]{1,24}(?:[^\W\d_]{1,3}[.\s]\s?[\d–-]+[\s,;，；]*)?(?:[^\W\d_]{1,3}\s)?")
LETTERS = re.compile(r"\s?[,;&，、]\s?([b-z])(?![\w])")
PASSED = frozenset(".,;&'’\"“”«»„*…:-‐–—/·，；：、！!")
OPEN, CLOSE = "(（[［", ")）]］"
NAMES = 14  # words of names looked at
CLEAR = 0.3  # by how much the best work must be better than the next


@dataclass(frozen=True, slots=True)
class Mention:
    """Names and a year. `work` is None if none fits or several do; `known` are the works of the first name."""

    start: int
    end: int
    name: str
    year: str
    work: Work | None
    known: tuple[Work, ...] = ()
    several: bool = False
    bracketed: bool = False  # the year stands in brackets behind the names
    like: tuple[Work, ...] = ()  # of the known works those that have all the names that are printed
    words: int = 0  # of the names
    clause: int = -1  # where the bracket opens in which names and a year stand, and nothing else


@dataclass(frozen=True, slots=True)
class _Names:
    words: tuple[tuple[int, str, frozenset[str]], ...]  # (offset, as printed, keys)
    others: bool  # "et al." stands with them
    whole: bool = False  # all words of a clause, as of an institution


def mentions(text: str, works: Works) -> Iterator[Mention]:
    """All names with a year behind them, whether a work fits or none."""
    after, last = 0, None
    for year in _years(text, works):
        open_at = _opened(text, max(0 if last else after, year.start() - 2 * REACH), year.start())
        value = _value(year)
        if last is not None and last[1] == open_at and MORE.fullmatch(text, after, year.start()):
            found = replace(_found(last[0], value, works), start=year.start(), end=year.end())
            if found.work is not None:
                yield found
                after = year.end()
                continue
        direct = open_at >= 0 and BARE.fullmatch(text, open_at + 1, year.start()) is not None
        anchor = open_at if direct else year.start()
        floor = max(after, anchor - REACH, 0 if direct else open_at + 1)
        inside = open_at >= 0 and not direct
        names = _names(text, floor, anchor, inside)
        found = _found(names, value, works)
        if found.work is None and inside:
            clause_names = _clause(text, floor, anchor)
            institution = _found(clause_names, value, works)
            if institution.work is not None or not names.words:
                names, found = clause_names, institution
        if not names.words:
            continue
        end = year.end() + (direct and found.work is not None and text[year.end() : year.end() + 1] in (")", "）"))
        clause = open_at if inside and not names.whole and _only_names(text, names, year.start()) else -1
        yield replace(found, end=end, bracketed=_surely(names, direct, inside), clause=clause)
        if found.work is None and not found.known:
            continue
        after, last = end, (names, open_at)
        for letter in LETTERS.finditer(text, end) if value[4:] else ():
            more = _found(names, value[:4] + letter[1], works)
            if letter.start() != after or more.work is None:
                break
            yield replace(more, start=letter.start(1), end=letter.end())
            after = letter.end()


def _surely(names: _Names, direct: bool, inside: bool) -> bool:
    """Whether this is the form of a citation, whatever the list holds."""
    if HAN.match(names.words[0][1]):
        return names.others
    return direct or (inside and names.others)


def _only_names(text: str, names: _Names, end: int) -> bool:
    """Whether nothing else stands between the bracket, or a semicolon, and the year: (Ruiz & Lee, 2018)."""
    start = names.words[0][0]
    before = text[max(0, start - 2) : start].strip()
    between, others, _ = joining_words()
    rest = [t[0] for t in TOKEN.finditer(text, start, end) if t[0][0].isalpha() and len(t[0]) > 1]
    known = {printed for _, printed, _ in names.words}
    return before[-1:] in (*OPEN, ";", "；") and all(w in known or w.casefold() in between | others for w in rest)


def _years(text: str, works: Works) -> Iterator[re.Match[str]]:
    """Years; and words for "no date" or "in press" if the list has works without a year."""
    found = [year for year in YEAR.finditer(text) if not _span_of_years(text, year)]
    if works.undated and ("(" in text or "（" in text):
        found = sorted([*found, *vocabulary.words("no-date", "in-press").finditer(text)], key=re.Match.start)
    yield from found


def _value(year: re.Match[str]) -> str:
    return year_of(year) if year.re is YEAR else ""


def _span_of_years(text: str, year: re.Match[str]) -> bool:
    """2010–2015, 12.05.2018, p. 1998: no year of a work."""
    before, behind = text[max(year.start() - 2, 0) : year.start()], text[year.end() : year.end() + 2]
    return (before[-1:] in "-–—./" and before[:1].isdigit()) or (behind[:1] in "-–—" and behind[1:].isdigit())


def _opened(text: str, floor: int, at: int) -> int:
    """Where the bracket around `at` opens; -1 if there is none."""
    depth = 0
    for i in range(at - 1, floor - 1, -1):
        if text[i] in CLOSE:
            depth += 1
        elif text[i] in OPEN:
            if not depth:
                return i
            depth -= 1
    return -1


def _names(text: str, floor: int, anchor: int, inside: bool) -> _Names:
    """The names directly before `anchor`, in printed order."""
    between, others, stop = joining_words()
    found: list[tuple[int, str, frozenset[str]]] = []
    et_al = False
    for token in reversed(list(TOKEN.finditer(text, floor, anchor))):
        word = token[0]
        if len(found) >= NAMES or word in OPEN or word in CLOSE:
            break
        if HAN.match(word):
            han, more, only_signs = han_names(word, token.start())
            et_al |= more
            if only_signs:
                continue  # Yu 和 Gamble, Yu 等
            if not han or (found and not HAN.match(found[-1][1])):
                break
            found += reversed(han)
        elif word[0].isalpha():
            low = word.casefold()
            if low in others or low in between:
                et_al |= low in others
            elif len(word) == 1:
                continue
            elif not word.islower():
                word, forms, glued = unglued(word, et_al)
                et_al |= glued
                found.append((token.start(), word, forms))
            elif not (found and low in stop) and not (inside and len(word) <= 4 and text[token.end()] == "."):
                break
        elif word.isdigit():
            if not inside or found:
                break
        elif word not in PASSED or (word in ".:!" and found and _ends_sentence(text, token.start(), between)):
            break
    return _Names(tuple(reversed(found)), et_al)


def _clause(text: str, floor: int, anchor: int) -> _Names:
    """All words between a bracket or semicolon and the year: an institution's name has small words too."""
    cut = max(text.rfind(sign, floor, anchor) for sign in ";；") + 1
    tokens = [t for t in TOKEN.finditer(text, max(floor, cut), anchor) if len(t[0]) > 1 and t[0].isalpha()]
    return _Names(tuple((t.start(), t[0], keys_of(t[0])) for t in tokens[:NAMES]), others=False, whole=True)


def _ends_sentence(text: str, at: int, between: frozenset[str]) -> bool:
    """Whether the full stop is more than an abbreviation's: behind a long word."""
    before = re.search(r"[^\W\d_]*$", text[max(at - 20, 0) : at])
    word = before[0] if before else ""
    return len(word) > 2 and word.casefold() not in between


def _found(names: _Names, year: str, works: Works) -> Mention:
    """The work that fits names and year best, if it is clearly the best."""
    scores: dict[int, tuple[float, int, Work]] = {}
    known: list[Work] = []
    at, printed = (names.words[0][0], names.words[0][1]) if names.words else (0, "")
    for n, (_, _, forms) in enumerate(names.words):
        for work in _works(forms, works, year):
            known.append(work)
            score = _year_score(work, year)
            if names.whole and (n or not _all_known(names, work)):
                continue
            if score is None and not work.years and len(names.words) >= 3 and _all_known(names, work):
                score = 0.3
            if score is not None:
                score += _name_score(names, n, work)
                if id(work) not in scores or scores[id(work)][0] < score:
                    scores[id(work)] = (score, n, work)
    ranked = sorted(scores.values(), key=lambda s: (-s[0], s[1]))
    if not ranked:
        n = next((n for n, w in enumerate(names.words) if works.by_author.keys() & w[2]), 0)
        if names.words:
            at, printed = names.words[n][:2]
        rest = names.words[n:]
        theirs = [work for work in known if all(forms & work.zone for _, _, forms in rest)]
        return Mention(at, at, printed, year, None, tuple(known), like=tuple(theirs), words=len(rest))
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < CLEAR:
        fitting = tuple(work for score, _, work in ranked if ranked[0][0] - score < CLEAR)
        return Mention(at, at, printed, year, None, fitting, several=True)
    _, n, work = ranked[0]
    start, printed, _ = names.words[n]
    return Mention(start, start, printed, year, work, tuple(known))


def _works(forms: frozenset[str], works: Works, year: str) -> Iterator[Work]:
    # Printed in a script of its own before romanised, a double name before its first part: and always the same.
    exact = [work for form in sorted(forms, reverse=True) for work in works.by_author.get(form, ())]
    if exact:
        yield from exact
        return
    near = [w for form in forms if len(form) >= 4 for stem in stems(works, form) for w in works.by_author[stem]]
    if near and all(work is near[0] for work in near) and near[0].years[:1] == [year]:
        yield near[0]


def _all_known(names: _Names, work: Work) -> bool:
    return all(forms & work.zone for _, _, forms in names.words)


def _year_score(work: Work, year: str) -> float | None:
    """How well the years agree; None if they do not. No year is "no date"."""
    if not year:
        return 2.0 if not work.years else None
    bare, letter = year[:4], year[4:]
    if year in work.years[:1]:
        return 2.0 if work.dated else 1.5
    if work.dated and work.years[0][:4] == bare:
        if letter and work.letter:
            return 1.8 if letter == work.letter else None
        return 1.0 if not (letter and work.years[0][4:]) else None
    if year in work.years:
        return 0.7
    return 0.4 if any(y[:4] == bare and not (letter and y[4:]) for y in work.years) else None


def _name_score(names: _Names, n: int, work: Work) -> float:
    """How well the names from the n-th on are those of the work."""
    rest: Sequence[tuple[int, str, frozenset[str]]] = names.words[n:]
    hits = sum(bool(forms & work.zone) for _, _, forms in rest)
    score = hits - 0.6 * (len(rest) - hits) - 0.05 * n
    if names.others:
        score -= {1: 0.6, 2: 0.25}.get(work.authors, 0.0)
    elif len(rest) == work.authors:
        score += 0.4
    elif work.authors > len(rest) and len(rest) <= 2:
        score -= 0.2
    return score
