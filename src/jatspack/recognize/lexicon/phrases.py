"""A set of words and phrases that finds itself in text: every lookup of the lexicon goes through here.

A regular expression of some thousand alternatives takes long to compile and to run; a dictionary of folded
phrases does not. Phrases come as printed; ``*`` at the end lets any ending follow (``университет*``), ``*`` at the
start lets the word begin otherwise (``*institut``). A phrase that ends in a dot takes the dot with it where it
stands, and must have it if it is one or two letters long (``с.``: pages; ``с``: with).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from jatspack.recognize.lexicon.fold import FOLDED, WORDLESS, fold, fold_lines, is_link

_STARTS = re.compile(r"(?<![^\W_])[^\W_]|[№&§/\[]|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.\s?){2,}$")  # in capitals, as initials are
_NAME = re.compile(r"\s?(?!\s)[^\W\d_][^\W\d_A-Z]{2,}(?![^\W\d_])")
_MEMORY = 20_000  # words
_TEXTS = 64  # texts whose word beginnings are remembered: many sets of phrases look through the same text in turn
_HEAD = 3  # letters
_LONG = 8  # folded characters; a phrase this long may be broken once where it has no gap


_Begun = tuple[tuple[str, ...], tuple[int, ...]]  # folded phrases, and their lengths from long to short


class Entry(NamedTuple):
    """A phrase of one language. `tag` is the caller's: a role, a country code, a month."""

    phrase: str
    tag: str
    lang: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where a phrase stands in a text; reads like re.Match."""

    text: str
    first: int
    last: int
    entries: tuple[Entry, ...]

    def start(self, _group: int = 0) -> int:
        return self.first

    def end(self, _group: int = 0) -> int:
        return self.last

    def span(self, _group: int = 0) -> tuple[int, int]:
        return self.first, self.last

    def group(self, _group: int = 0) -> str:
        return self.text[self.first : self.last]

    def __getitem__(self, group: int) -> str:
        return self.text[self.first : self.last]

    @property
    def langs(self) -> tuple[str, ...]:
        """Languages whose word this is."""
        return tuple(dict.fromkeys(e.lang for e in self.entries))


class Phrases:
    """Phrases that can be looked for; the searching methods are those of re.Pattern."""

    def __init__(
        self, entries: Iterable[Entry], folded: Sequence[str] | None = None, *, beside_names: bool = False
    ) -> None:
        """`folded`: the phrases folded, where that was done before. `beside_names`: a phrase of single letters (M.A.,
        e.V.) is not found where it is a person's initials: M. A. Reed."""
        self.entries = tuple(entries)
        self._beside_names = beside_names
        if folded is None:
            folded = fold_lines("\n".join(e.phrase for e in self.entries)) if self.entries else []
        self._folded = folded
        self._whole: dict[str, list[Entry]] = {}
        self._stems: dict[str, list[Entry]] = {}
        self._suffixes: dict[str, list[Entry]] = {}
        for entry, key in zip(self.entries, folded, strict=True):
            if "*" in key:
                where = self._suffixes if key.startswith("*") else self._stems
                where.setdefault(key.strip("*"), []).append(entry)
            elif key in self._whole:
                self._whole[key].append(entry)
            else:
                self._whole[key] = [entry]
        by_head: defaultdict[str, set[str]] = defaultdict(set)
        for word in (*self._whole, *self._stems):
            by_head[word[:_HEAD]].add(word)
        self._by_head = {head: tuple(words) for head, words in by_head.items() if head}
        self._suffix_lengths = tuple(sorted({len(s) for s in self._suffixes}, reverse=True))
        self._begun: dict[str, _Begun | None] = {}
        self._known: dict[str, tuple[Entry, ...]] = {}  # words looked up by suffix

    def only(self, tags: Collection[str]) -> Phrases:
        """Those with one of these tags."""
        kept = [(e, key) for e, key in zip(self.entries, self._folded, strict=True) if e.tag in tags]
        return Phrases([e for e, _ in kept], [key for _, key in kept], beside_names=self._beside_names)

    def __bool__(self) -> bool:
        return bool(self.entries)

    def get(self, word: str) -> list[Entry]:
        """Entries of which the whole of `word` is an instance; endings are not tried."""
        return self._whole.get(fold(word), [])

    def at(self, text: str, start: int = 0, *, glued: bool = False) -> Iterator[Found]:
        """Phrases that begin at `start`, longest first. `glued`: a capital may follow a small letter directly."""
        if begun := self._beginning(_head(text, start)):
            folded = text[start : start + _window(begun)].translate(FOLDED)
            yield from self._fitting(text, start, folded, 0, begun, glued)
        if self._suffixes:
            yield from self._by_suffix(text, start)

    def _beginning(self, head: str) -> _Begun | None:
        """The folded phrases that begin with these letters, and their lengths, longest first; None where none does."""
        if head in self._begun:
            return self._begun[head]
        words = tuple(word for k in range(len(head), 0, -1) for word in self._by_head.get(head[:k], ()))
        lengths = tuple(sorted({len(word) for word in words}, reverse=True))
        if len(self._begun) > _MEMORY:
            self._begun.clear()
        found = self._begun[head] = (words, lengths) if words else None
        return found

    def _fitting(
        self, text: str, start: int, folded: str, offset: int, begun: _Begun, glued: bool = False
    ) -> Iterator[Found]:
        """Phrases at `start`, which is `offset` in the folded text."""
        words, lengths = begun
        if not folded.startswith(words, offset):
            return
        window = text[start : start + _window(begun)]
        for length in lengths:
            key = folded[offset : offset + length]
            whole, stems = self._whole.get(key), self._stems.get(key)
            if not whole and not stems:
                continue
            end = start + _printed(window, length)
            if end < start:
                continue
            if whole and (found := _fit(text, start, end, whole, glued)) and not self._is_name(found):
                yield found
            if stems and (found := _fit_stem(text, start, end, stems)):
                yield found

    def _is_name(self, found: Found) -> bool:
        """Whether the phrase is the initials before a surname."""
        if not self._beside_names or not _INITIALS.match(found.text, found.first, found.last):
            return False
        return _NAME.match(found.text, found.last) is not None

    def places(self, text: str, pos: int = 0) -> Iterator[tuple[int, Iterator[Found]]]:
        """Every place where a phrase may begin, with those that do begin there, longest first."""
        words, folded = _starts(text)
        known, suffixes = self._begun, bool(self._suffixes)
        for start, offset, head, piece in words:
            if start < pos:
                continue
            begun = known[head] if head in known else self._beginning(head)
            if begun and folded.startswith(begun[0], offset):
                found = self._fitting(text, start, folded, offset, begun)
                yield start, chain(found, self._by_suffix(text, start)) if suffixes else found
            elif suffixes and (self._entries_of(piece) or piece[-1:].isalnum()):
                yield start, self._by_suffix(text, start)

    def _by_suffix(self, text: str, start: int) -> Iterator[Found]:
        word = _WORD.match(text, start)
        if word and (entries := self._entries_of(word[0])):
            yield Found(text, word.start(), word.end(), entries)

    def _entries_of(self, piece: str) -> tuple[Entry, ...]:
        """Entries whose suffix the word has that the piece begins with."""
        entries = self._known.get(piece)
        if entries is None:
            if len(self._known) > _MEMORY:
                self._known.clear()
            word = _WORD.match(piece)
            folded = fold(word[0]) if word else ""
            fitting = (self._suffixes.get(folded[-n:], []) for n in self._suffix_lengths if len(folded) > n + 1)
            entries = self._known[piece] = tuple(next(filter(None, fitting), []))
        return entries

    def finditer(self, text: str, pos: int = 0) -> Iterator[Found]:
        """All places, left to right, the longest at each, none overlapping."""
        at = pos
        for start, phrases in self.places(text, pos):
            if start >= at and (found := next(phrases, None)):
                yield found
                at = found.last

    def search(self, text: str, pos: int = 0) -> Found | None:
        """The first place, or None."""
        return next(self.finditer(text, pos), None)

    def match(self, text: str, pos: int = 0) -> Found | None:
        """The longest phrase that begins at `pos`, or None."""
        return next(self.at(text, pos), None)

    def fullmatch(self, text: str, pos: int = 0) -> Found | None:
        """The phrase that is all of the text, or None."""
        return next((f for f in self.at(text, pos) if f.last == len(text)), None)

    def findall(self, text: str, pos: int = 0) -> list[str]:
        """The printed forms of all places."""
        return [f.group() for f in self.finditer(text, pos)]

    @cached_property
    def pattern(self) -> str:
        """The phrases as a regular expression (without word bounds), for use inside a larger one; IGNORECASE."""
        words = sorted({e.phrase for e in self.entries}, key=lambda w: (-len(w), w))
        return "|".join(re.escape(w).replace(r"\*", r"[^\W\d_]*").replace(r"\ ", r"\s+") for w in words)


@lru_cache(_TEXTS)
def _starts(text: str) -> tuple[list[tuple[int, int, str, str]], str]:
    """Where words begin, in the text and in the folded text, with their first folded letters and what is printed up to
    the next; the folded text."""
    starts = [place.start() for place in _STARTS.finditer(text)]
    lead = text[: starts[0]] if starts else text
    folded = [lead.translate(FOLDED)]
    words, offset = [], len(folded[0])
    for start, end in pairwise((*starts, len(text))):
        piece = text[start:end]
        known = _pieces.get(piece) or _piece(piece)
        words.append((start, offset, known[1] or _head(text, start), piece))
        folded.append(known[0])
        offset += len(known[0])
    return words, "".join(folded)


_pieces: dict[str, tuple[str, str]] = {}  # a printed word with what follows it -> folded, its head


def _piece(piece: str) -> tuple[str, str]:
    """A word folded, and its first folded letters; these are empty where they reach into the next word."""
    if len(_pieces) > _MEMORY:
        _pieces.clear()
    head = _head(piece, 0) if len(piece) > _HEAD and piece[:_HEAD].isalpha() else ""
    found = _pieces[piece] = piece.translate(FOLDED), head
    return found


def _window(begun: _Begun) -> int:
    """How many printed characters a phrase may take at most."""
    return 3 * begun[1][0] + 8


_heads: dict[str, str] = {}  # three printed letters -> folded


def _head(text: str, start: int) -> str:
    """The first folded letters of what begins at `start`; empty where that is no letter or digit."""
    printed = text[start : start + _HEAD]
    head = _heads.get(printed)
    if head is None:
        head = text[start : start + 4 * _HEAD].translate(FOLDED)[:_HEAD] if printed and FOLDED[ord(printed[0])] else ""
        if printed.isalpha() and len(printed) == _HEAD:
            if len(_heads) > _MEMORY:
                _heads.clear()
            _heads[printed] = head
    return head


def _printed(window: str, wanted: int) -> int:
    """How many printed characters make `wanted` folded ones; -1 if one of them would be cut."""
    count = 0
    for at, char in enumerate(window):
        count += len(FOLDED[ord(char)])
        if count >= wanted:
            return at + 1 if count == wanted else -len(window) - 1
    return -len(window) - 1


def _fit(text: str, start: int, end: int, entries: list[Entry], glued: bool) -> Found | None:
    """The entries whose gaps and ends agree with the print."""
    while end < len(text) and is_link(text[end]):
        end += 1
    if not _ends_word(text, end, glued, text[start:end]):
        return None
    fitting = [e for e in entries if _gaps_agree(text[start:end], e.phrase) and _capitals_agree(text[start:end], e)]
    dotted = [e for e in fitting if e.phrase.endswith(".")]
    if dotted:
        dot = text[end : end + 1] in (".", "．")
        if not dot:
            fitting = [e for e in fitting if e not in dotted or len(fold(e.phrase)) > 2]
        else:
            end += 1
    return Found(text, start, end, tuple(_closest(text[start:end], fitting))) if fitting else None


def _capitals_agree(printed: str, entry: Entry) -> bool:
    """PAN is an academy, Pan a person."""
    return entry.tag != "institution" or not entry.phrase.isupper() or printed.isupper()


def _fit_stem(text: str, start: int, end: int, entries: list[Entry]) -> Found | None:
    fitting = [e for e in entries if _gaps_agree(text[start:end], e.phrase)]
    if not fitting:
        return None
    while end < len(text) and (text[end].isalpha() or is_link(text[end]) or _is_inner(text, end)):
        end += 1
    return Found(text, start, end, tuple(fitting))


def _is_inner(text: str, at: int) -> bool:
    """An apostrophe between two letters."""
    return text[at] in "'’ʼ`ʻ‘" and text[at + 1 : at + 2].isalpha()


def _ends_word(text: str, end: int, glued: bool, printed: str) -> bool:
    if end >= len(text):
        return True
    after, last = text[end], text[end - 1]
    if not after.isalpha() and not (last.isdigit() and after.isdigit()):
        return True
    if WORDLESS.match(last) or WORDLESS.match(after):
        return True
    # AbstractWe; Key wordswe: two words are nothing else
    return glued and last.islower() and (after.isupper() or " " in printed)


def _closest(printed: str, entries: list[Entry]) -> list[Entry]:
    """Entries that agree with the print accent by accent first, then those of which it lacks accents; else all."""
    if len(entries) < 2:
        return entries
    plain = _plain(printed)
    exact = [e for e in entries if _plain(e.phrase) == plain]
    return exact + [e for e in entries if e not in exact and _lacks_accents(plain, _plain(e.phrase))] or entries


@cache
def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _lacks_accents(plain: str, full: str) -> bool:
    return len(plain) == len(full) and all(a in (b, FOLDED[ord(b)]) for a, b in zip(plain, full, strict=True))


@cache
def _gaps(phrase: str) -> frozenset[int]:
    """Numbers of folded characters before which the phrase has a gap."""
    out, count = set(), 0
    for char in phrase.rstrip("*."):
        folded = FOLDED[ord(char)]
        if folded:
            count += len(folded)
        elif not is_link(char):
            out.add(count)
    return frozenset(out)


def _gaps_agree(printed: str, phrase: str) -> bool:
    """Gaps stand where the phrase has them, between all letters, or, once, at a line end or in a long word."""
    if printed.isalpha():
        return True
    stray, count, broken = 0, 0, 0
    allowed = _gaps(phrase)
    before = ""
    for char in printed:
        folded = FOLDED[ord(char)]
        if folded:
            count += len(folded)
            before = char
        elif count not in allowed and not is_link(char) and not WORDLESS.match(before):
            stray += 1
            broken += char.isspace() and char not in " \u00a0"
    if not stray:
        return True
    if stray >= 0.6 * (count - 1) and count > 2:
        return True
    return stray <= 1 + broken and (count >= _LONG or broken > 0)
