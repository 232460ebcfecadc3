"""A set of words and phrases that finds itself in text: every lookup of the lexicon goes through here.

Phrases come as printed; ``*`` at the end lets any ending follow (``университет*``), ``*`` at the start lets the word
begin otherwise (``*institut``). A phrase that ends in a dot takes the dot with it where it stands, and must have it
if it is one or two letters long (``с.``: pages; ``с``: with).

All phrases of a set are looked for at once in the folded text (A. V. Aho and M. J. Corasick, Comm. ACM 18(6), 1975);
what begins where a word begins is then held against the print.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from ahocorasick_rs import AhoCorasick, Implementation

from jatspack.kept import kept
from jatspack.recognize.lexicon.beginnings import beginnings
from jatspack.recognize.lexicon.entries import Entry, Found
from jatspack.recognize.lexicon.fitting import fit, fit_stem, printed_length
from jatspack.recognize.lexicon.fold import ERASING, FOLDED, fold, fold_lines

__all__ = ["Entry", "Found", "Phrases"]

_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.\s?){2,}$")  # in capitals, as initials are
_NAME = re.compile(r"\s?(?!\s)[^\W\d_][^\W\d_A-Z]{2,}(?![^\W\d_])")
_HEAD = 3  # letters

_Begun = tuple[tuple[str, ...], tuple[int, ...]]  # folded phrases, and their lengths from long to short


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
        self._suffixes.pop("", None)
        by_head: defaultdict[str, set[str]] = defaultdict(set)
        for word in (*self._whole, *self._stems):
            by_head[word[:_HEAD]].add(word)
        self._by_head = {head: tuple(words) for head, words in by_head.items() if head}
        self._begun: dict[str, _Begun] = {}

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
            yield from self._fitting(text, start, begun, glued)
        if self._suffixes:
            yield from self._by_suffix(text, start)

    def _beginning(self, head: str) -> _Begun | None:
        """The folded phrases that begin with these letters, and their lengths, longest first; None where none does."""
        while head not in self._by_head:
            if not head:
                return None
            head = head[:-1]
        begun = self._begun.get(head)
        if begun is None:
            words = tuple(word for k in range(len(head), 0, -1) for word in self._by_head.get(head[:k], ()))
            lengths = tuple(sorted({len(word) for word in words}, reverse=True))
            begun = self._begun[head] = words, lengths
        return begun

    def _fitting(self, text: str, start: int, begun: _Begun, glued: bool) -> Iterator[Found]:
        """Phrases at `start`, longest first."""
        words, lengths = begun
        window = text[start : start + 3 * lengths[0] + 8]  # no phrase takes more in print
        folded = window.translate(ERASING)
        if not folded.startswith(words):
            return
        for length in lengths:
            key = folded[:length]
            whole, stems = self._whole.get(key), self._stems.get(key)
            if not whole and not stems:
                continue
            end = start + printed_length(window, length)
            if end < start:
                continue
            if whole and (found := fit(text, start, end, whole, glued)) and not self._is_name(found):
                yield found
            if stems and (found := fit_stem(text, start, end, stems)):
                yield found

    def _is_name(self, found: Found) -> bool:
        """Whether the phrase is the initials before a surname."""
        if not self._beside_names or not _INITIALS.match(found.text, found.first, found.last):
            return False
        return _NAME.match(found.text, found.last) is not None

    def places(self, text: str, pos: int = 0) -> Iterator[tuple[int, Iterator[Found]]]:
        """Every place where a phrase may begin, with those that do begin there, longest first."""
        return ((start, self.at(text, start)) for start in self._candidates(text) if start >= pos)

    def _candidates(self, text: str) -> list[int]:
        """Where a word begins and the letters of a phrase follow, from left to right; gaps and ends may not agree."""
        if not self.entries:
            return []
        words = beginnings(text)
        starts = set()
        for which, offset, end in self._automaton.find_matches_as_indexes(words.folded, overlapping=True):
            if which < len(self._suffixes):
                starts.update(words.ending(offset, end))
            elif (start := words.at(offset)) >= 0:
                starts.add(start)
        return sorted(starts)

    @kept
    def _automaton(self) -> AhoCorasick:
        """What finds all phrases in one pass; the suffixes come first."""
        keys = dict.fromkeys(filter(None, chain(self._whole, self._stems)))
        return AhoCorasick([*self._suffixes, *keys], implementation=Implementation.ContiguousNFA, store_patterns=False)

    def _by_suffix(self, text: str, start: int) -> Iterator[Found]:
        """The word at `start`, if it ends in a suffix and has two letters more at least."""
        word = _WORD.match(text, start)
        folded = fold(word[0]) if word else ""
        entries = next(
            (self._suffixes[folded[n:]] for n in range(2, len(folded)) if folded[n:] in self._suffixes), None
        )
        if word and entries:
            yield Found(text, start, word.end(), tuple(entries))

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

    @kept
    def pattern(self) -> str:
        """The phrases as a regular expression (without word bounds), for use inside a larger one; IGNORECASE."""
        words = sorted({e.phrase for e in self.entries}, key=lambda w: (-len(w), w))
        return "|".join(re.escape(w).replace(r"\*", r"[^\W\d_]*").replace(r"\ ", r"\s+") for w in words)


def _head(text: str, start: int) -> str:
    """The first folded letters of what begins at `start`; empty where that is no letter or digit."""
    head = text[start : start + _HEAD].translate(ERASING)
    if len(head) < _HEAD and head:
        head = text[start : start + 4 * _HEAD].translate(ERASING)
    return head[:_HEAD] if head and FOLDED[ord(text[start])] else ""
