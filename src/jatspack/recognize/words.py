"""Words that look damaged: spaces lost inside them, hyphens of line ends left in them. Reported, never changed.

The evidence is the document itself: the parted or the joined form that stands elsewhere, the endings and the
beginnings that its other words have.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from operator import add
from pathlib import Path

from jatspack.config import entry
from jatspack.findings import Finding, finding
from jatspack.read.document import Document
from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.walk import iter_rich
from jatspack.richtext import Rich

_ADDRESS_SIGNS = ("//", "www.", "@", "10.", ".com", ".org", ".net", ".edu", ".gov", ".htm", ".pdf", ".md", ".py")
_ADDRESS = re.compile(r"(?<!\S)\S*?(?://|www\.|@|\.(?:com|org|net|edu|gov|html?|pdf|md|py)\b)\S*|\b10\.\d{4,9}/\S+")
_CASELESS = "\u0590-\u109f\u1100-\u139f\u1780-\u1bff\u2e80-\ua63f\uac00-\ud7ff\uf900-\ufaff"  # scripts without capitals
_WORD = re.compile(rf"[^\W\d_{_CASELESS}]+(?:['’ʼ][^\W\d_{_CASELESS}]+)*|[{_CASELESS}]+")
_HYPHENATED = re.compile(r"(?<![\w\-‐–/])([^\W\d_]{2,})([-‐]\n?)([^\W\d_]{2,})(?![\w\-‐–/])")
_GLUE = re.compile(r"[\w\-_/\\@#&+]")  # beside one of these a word is a part of a name or of code
_INSIDE = re.compile(r"(?:[^\W\d_],?|,)\s$")  # before a word that does not start a sentence
_STOPPED = re.compile(r"\.\s+[^\W\d_]")

SHORTEST_PART = 4  # of a word that looks like two, in plain Latin letters
LONG_TAIL = 6  # letters of a word that no second half of a name is by chance (Jiangping, Wingfield)
COMMON_TAIL = 3  # … or how often it must stand alone
SHORTEST_SURE = 3  # where the alphabet or the parted form elsewhere speaks for it
_TAIL_KINDS = ("city-marker", "institution", "department", "street", "named-after")
SHORTEST_NAME = 12  # letters of two words in plain Latin letters
LONGEST = 60  # letters of what is looked at as a word
SHORTEST_JOINT = 14  # letters of a word of small letters that stands parted elsewhere


@dataclass(slots=True)
class Words:
    """The document's words. What stands around a word is looked up only for the few that are suspicious."""

    pieces: list[tuple[Rich, str]] = field(default_factory=list)  # with the text in which addresses are blanked
    forms: Counter[str] = field(default_factory=Counter)  # as printed
    counts: Counter[str] = field(default_factory=Counter)  # casefolded
    pairs: set[str] = field(default_factory=set)  # neighbours joined, casefolded
    hyphenated: list[tuple[str, str, bool, int]] = field(default_factory=list)
    after_hyphen: Counter[str] = field(default_factory=Counter)
    before_hyphen: Counter[str] = field(default_factory=Counter)
    words: list[list[str]] = field(default_factory=list)  # of each piece, casefolded
    _index: dict[str, list[int]] = field(default_factory=dict)

    def pieces_with(self, word: str) -> list[tuple[Rich, str]]:
        """The pieces in which a word stands, whatever its case."""
        if not self._index:
            for n, words in enumerate(self.words):
                for one in set(words):
                    self._index.setdefault(one, []).append(n)
        return [self.pieces[n] for n in self._index.get(word.casefold(), ())]

    def places(self, word: str) -> list[tuple[int, str, str]]:
        """Line and surroundings of every place where the word stands by itself."""
        same = re.compile(re.escape(word))
        return [
            (rich.line_at(match.start()), plain[max(match.start() - 2, 0) : match.start()], plain[match.end() :][:4])
            for rich, plain in self.pieces_with(word)
            for match in same.finditer(plain)
            if _alone(match, plain)
        ]

    def side_by_side(self, parts: Sequence[str]) -> bool:
        """Whether the parts stand somewhere one after another, parted by white space."""
        if any(a.casefold() + b.casefold() not in self.pairs for a, b in pairwise(parts)):
            return False
        row = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)
        return any(_alone(match, plain) for _, plain in self.pieces_with(parts[0]) for match in row.finditer(plain))


def _alone(match: re.Match[str], text: str) -> bool:
    """Whether no letter of an alphabet with capitals stands beside the match."""
    around = text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
    return not any(letter.isalpha() and letter.lower() != letter.upper() for letter in around)


def suspicious_words(text: Words) -> list[Finding]:
    """Findings `space-lost` and `word-split` for every damaged-looking word of the document, in order of lines."""
    found = [*_lost_spaces(text), *_glued_tails(text), *_joined_pairs(text), *_split_words(text)]
    unique = {(row.code, row.data["word"], row.lines): row for row in found}
    return sorted(unique.values(), key=lambda row: (row.lines, row.data["word"]))


def _found(code: str, line: int, word: str, suggestion: str, why: str) -> Finding:
    correction = entry("replace", find=word, by=suggestion, lines=str(line))
    return finding(code, (line, line), correction=correction, word=word, suggestion=suggestion, why=why)


def read_words(document: Document) -> Words:
    """All words of a document, counted once for every check that asks for them."""
    text = Words()
    for _, rich in iter_rich(document.blocks):
        plain = rich.text
        if any("monospace" in run.style for run in rich):
            plain = "".join(" " * len(run.text) if "monospace" in run.style else run.text for run in rich)
        if any(sign in plain for sign in _ADDRESS_SIGNS):
            plain = _ADDRESS.sub(lambda match: " " * len(match.group()), plain)
        text.pieces.append((rich, plain))
        words = _WORD.findall(plain)
        text.forms.update(words)
        folded = [word.casefold() for word in words]
        text.words.append(folded)
        text.counts.update(folded)
        text.pairs.update(map(add, folded, folded[1:]))
        for match in _HYPHENATED.finditer(plain) if "-" in plain or "\u2010" in plain else ():
            first, hyphen, second = match.groups()
            text.hyphenated.append((first, second, "\n" in hyphen, rich.line_at(match.start())))
            text.after_hyphen[second.casefold()] += 1
            text.before_hyphen[first.casefold()] += 1
    return text


# --- lost spaces --------------------------------------------------------------


def _lost_spaces(text: Words) -> Iterator[Finding]:
    """A capital after a small letter inside a word, or a capitalised word after one in capitals."""
    for word, count in text.forms.items():
        if word.isupper() or word[1:].islower() or not any(map(str.isupper, word[1:])):
            continue
        if len(parts := case_parts(word)) < 2 or word.casefold() in _names():
            continue
        stands = min(map(len, parts)) >= SHORTEST_SURE - 1 and text.side_by_side(parts)
        if not stands and (count > 1 or not _looks_like_words(word, parts, text)):
            continue
        places = text.places(word)
        if not stands and any(_GLUE.search(before[-1:] + after[:1]) for _, before, after in places):
            continue
        why = "the parted form stands elsewhere" if stands else "a capital stands inside it"
        for line, _, _ in places:
            yield _found("space-lost", line, word, " ".join(parts), why)


def case_parts(word: str) -> list[str]:
    """A word parted where a capital follows a small letter, or a capitalised word follows capitals."""
    cuts = [0]
    for n in range(1, len(word)):
        before, here = word[n - 1], word[n]
        after = word[n + 1] if n + 1 < len(word) else ""
        rises = before.islower() and here.isupper()
        falls = before.isupper() and here.isupper() and after.islower()
        if rises or (falls and min(n - cuts[-1], len(word) - n) >= SHORTEST_PART):
            cuts.append(n)
    return [word[a:b] for a, b in zip(cuts, [*cuts[1:], len(word)], strict=True)]


def _looks_like_words(word: str, parts: list[str], text: Words) -> bool:
    shortest = min(map(len, parts))
    foreign = not word.isascii()
    if word[0].islower():
        # iPhone, bioRxiv: a small start is a name's, unless words of the document stand inside
        return shortest >= SHORTEST_SURE and all(text.counts[part.casefold()] for part in parts)
    if any(part.isupper() for part in parts[1:]):
        return False  # ArcGIS, FastQC
    return shortest >= (SHORTEST_SURE if foreign else SHORTEST_PART) and (
        foreign or sum(map(len, parts)) >= SHORTEST_NAME or all(text.counts[part.casefold()] for part in parts)
    )


def _glued_tails(text: Words) -> Iterator[Finding]:
    """A small word glued to a name that stands alone elsewhere; the tail is a word of the document or the lexicon."""
    names = {form for form in text.forms if _is_name(form, text)}
    tails = _tail_words()
    for word in names:
        if text.forms[word] > 1 or len(word) > LONGEST:
            continue
        for cut in range(SHORTEST_PART, len(word) - 1):
            head, tail = word[:cut], word[cut:]
            if head not in names or head.casefold() in _combining_forms():
                continue
            often = text.forms[tail] >= (COMMON_TAIL if len(tail) < LONG_TAIL else 1)
            known = len(tail) >= SHORTEST_PART and (often or tail in tails)
            short = len(tail) < SHORTEST_PART and f"{tail}." in tails
            line, before, after = text.places(word)[0]
            inside = _INSIDE.search(before) or any(_INSIDE.search(at) for _, at, _ in text.places(head))
            if (known and inside) or (short and _STOPPED.match(after)):
                stop = "" if known else "."
                parted = f"{head} {tail}{stop}"
                why = f"“{head}” stands elsewhere"
                yield _found("space-lost", line, word + stop, parted, why)
                break


def _is_name(form: str, text: Words) -> bool:
    capital = form[0].isupper() and form[1:].islower()
    return capital and len(form) >= SHORTEST_PART and not text.forms[form.lower()]


def _joined_pairs(text: Words) -> Iterator[Finding]:
    """One word here, the same letters as two words elsewhere."""
    for word, count in text.forms.items():
        if count > 1 or len(word) > LONGEST or (len(word) < SHORTEST_JOINT and word.isascii()):
            continue
        folded = word.casefold()
        if folded not in text.pairs or text.counts[folded] > 1 or len(case_parts(word)) > 1:
            continue
        for cut in range(SHORTEST_PART, len(folded) - SHORTEST_PART + 1):
            parts = (folded[:cut], folded[cut:])
            if text.counts[parts[0]] and text.counts[parts[1]] and text.side_by_side(parts):
                places = text.places(word)
                if not places:  # beside letters of another script
                    continue
                line = places[0][0]
                parted = f"{word[:cut]} {word[cut:]}"
                why = "the parted form stands elsewhere"
                yield _found("space-lost", line, word, parted, why)


# --- line-end hyphens ---------------------------------------------------------


def _split_words(text: Words) -> Iterator[Finding]:
    for first, second, at_line_end, line in text.hyphenated:
        why = _why_split(first, second, text, at_line_end=at_line_end)
        if why:
            yield _found("word-split", line, f"{first}-{second}", first + second, why)


def _why_split(first: str, second: str, text: Words, *, at_line_end: bool) -> str:
    a, b = first.casefold(), second.casefold()
    if not second.islower() or len(second) < SHORTEST_SURE:
        return ""
    # a hyphenated half counts once as a word by itself
    alone = text.counts[b] > text.after_hyphen[b]
    compound = text.after_hyphen[b] > 1 or (a in _combining_forms() and not at_line_end)
    if text.counts[a + b] and not compound and (at_line_end or not alone):
        return "the joined form stands elsewhere"
    if is_ending(b) and not alone and text.after_hyphen[b] == 1:
        return "its second half is an ending"
    return ""


def is_ending(half: str) -> bool:
    """Whether a folded half of a word is how words end."""
    return _endings().fullmatch(half) is not None


@cache
def _endings() -> re.Pattern[str]:
    rows = tomllib.loads(Path(__file__).with_name("endings.toml").read_text("utf-8"))
    return re.compile("|".join(str(row) for row in rows.values()))


@cache
def _combining_forms() -> frozenset[str]:
    """First halves that take a hyphen in one house and none in another: anti-, socio-."""
    return frozenset(Path(__file__).with_name("combining_forms.txt").read_text("utf-8").split())


@cache
def _tail_words() -> frozenset[str]:
    """Words and abbreviations that stand after a name in addresses."""
    words = lexicon()
    return frozenset(word for kind in _TAIL_KINDS for word in words.words(kind))


@cache
def _names() -> frozenset[str]:
    """Names of products and the like that have a capital inside."""
    text = Path(__file__).with_name("inner_capitals.txt").read_text("utf-8")
    return frozenset(text.casefold().split())
