"""Words of human languages, as data: one TOML file per language beside this module.

Adding a language is adding a file; nothing here knows a word. `kind` of a word is its key in the tables people,
places and citation; ``stopword``; ``month``; and ``<role>-label`` for the labels of a role.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from jatspack.recognize.lexicon.load import Tables, read_all
from jatspack.recognize.lexicon.phrases import Entry, Found, Phrases

__all__ = ["Entry", "Found", "LabelMatch", "Lexicon", "Phrases", "lexicon"]

_BESIDE_NAMES = frozenset({"degree", "position", "institution", "department"})
_KIND_TABLES = ("people", "places", "citation")
# Behind a label: closing brackets and emphasis marks, then what parts it from its text. A hyphen needs a space, a
# dot before a small letter belongs to a name (doi.org).
_DELIMITER = re.compile(
    r"[^\S\n\u2028]*(?P<close>[\]】〕］)）>»”\"*_]*)[^\S\n\u2028]*[*_]*"
    r"(?P<mark>[:：;；|｜=＝՝։︰][\s—–-]*|[.．。][^\S\n]*[—–―-]+|[.．。](?![a-z])[:：]?|[—–―]+|-(?=\s)|(?<=\s)-|[\n\u2028])?[*_]*\s*"
)
_OPENING = re.compile(r"[\s【\[〔［(（<«“\"*_]*")
_CLOSING = re.compile(r"[\s】\]〕］)）>»”\"*_:：.．。,，;；—–-]*")
_BETWEEN = re.compile(r"[\s/|\\(（\[【〔*_«“]*")  # two languages' words for one label
_MOST_LANGUAGES = 3


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A label in a text. `start` is its first letter, `end` lies behind delimiter and spaces.

    `delimiter` holds closing bracket and mark (``】``, ``:``, ``. —``), a line break, or nothing.
    """

    role: str
    langs: tuple[str, ...]
    start: int
    end: int
    text: str
    delimiter: str


class Lexicon:
    """All languages' words. Every index is made when first asked for and kept."""

    def __init__(self, languages: Mapping[str, Tables]) -> None:
        self._tables = languages
        self.languages: tuple[str, ...] = tuple(languages)
        self._patterns: dict[str, Phrases] = {}
        self._words: dict[str, Mapping[str, tuple[str, ...]]] = {}
        self._by_roles: dict[frozenset[str], Phrases] = {}
        self._several: dict[tuple[str, ...], Phrases] = {}

    def script(self, lang: str) -> str:
        """ISO 15924 code of a language's script; the empty string for an unknown language."""
        return self._tables.get(lang, {"": {}})[""].get("script", "")

    def table(self, lang: str, table: str, key: str) -> str:
        """A value of a language's file as it stands there; the empty string if there is none."""
        return self._tables.get(lang, {}).get(table, {}).get(key, "")

    def label_at(self, text: str, start: int = 0, roles: Collection[str] | None = None) -> list[LabelMatch]:
        """Labels that begin at `start`, longest first; one match per role and length."""
        out = []
        for found in self._labels(roles).at(text, start, glued=True):
            end, delimiter = _delimiter(text, found.last)
            out += _by_role(found, end, delimiter)
        return out

    def label_whole(self, text: str, roles: Collection[str] | None = None) -> list[LabelMatch]:
        """Labels that are all of the text, brackets, punctuation and emphasis marks aside.

        A label may be printed again in other languages: “参考文献 (References)”.
        """
        opening = _OPENING.match(text)
        start = opening.end() if opening else 0
        for found in self._labels(roles).at(text, start):
            end, closing = self._repeated(text, found, roles)
            if end == len(text):
                return _by_role(found, len(text), closing)
        return []

    def _repeated(self, text: str, found: Found, roles: Collection[str] | None) -> tuple[int, str]:
        """Where the label ends with its repetitions in other languages; the signs that close it."""
        tags = {entry.tag for entry in found.entries}
        end, closing = _closed(text, found.last)
        for _ in range(_MOST_LANGUAGES - 1):
            between = _BETWEEN.match(text, end)
            start = between.end() if between else end
            again = next((f for f in self._labels(roles).at(text, start) if tags & {e.tag for e in f.entries}), None)
            if again is None:
                break
            end, closing = _closed(text, again.last)
        return end, closing

    def labels_in(self, text: str, roles: Collection[str] | None, *, bare: bool = False) -> list[LabelMatch]:
        """Labels anywhere at the start of a word that are followed by a delimiter; none inside another.

        `bare`: a delimiter is not asked for.
        """
        out: list[LabelMatch] = []
        at = 0
        labels = self._labels(roles)
        for start, phrases in labels.places(text):
            if start < at or not text[start].isalpha():
                continue
            for found in phrases:
                end, delimiter = _delimiter(text, found.last)
                if delimiter or bare:
                    out += _by_role(found, end, delimiter)
                    at = found.last
                    break
        return out

    def section_type(self, title: str) -> tuple[str, tuple[str, ...]]:
        """JATS sec-type that a heading (its numbering stripped) stands for, or ``""``, and the languages."""
        opening = _OPENING.match(title)
        start = opening.end() if opening else 0
        for found in self._pattern("section").at(title, start):
            closing = _CLOSING.match(title, found.last)
            if closing and closing.end() == len(title):
                return found.entries[0].tag, found.langs
        return "", ()

    def words(self, kind: str) -> Mapping[str, tuple[str, ...]]:
        """Casefolded words and phrases of a kind, with their languages. Stems end in ``*``. Empty if unknown."""
        if kind not in self._words:
            out: dict[str, tuple[str, ...]] = {}
            for entry in self._entries(kind):
                word = entry.phrase.casefold()
                langs = out.get(word, ())
                out[word] = langs if entry.lang in langs else (*langs, entry.lang)
            self._words[kind] = out
        return self._words[kind]

    def pattern(self, kind: str) -> Phrases:
        """Words of a kind, to be searched for as with a compiled regular expression. Empty if unknown."""
        return self._pattern(kind)

    def any_of(self, *kinds: str) -> Phrases:
        """Words of several kinds, to learn by one search whether there is any of them."""
        if kinds not in self._several:
            entries = chain.from_iterable(map(self._entries, kinds))
            self._several[kinds] = Phrases(entries, beside_names=_BESIDE_NAMES.issuperset(kinds))
        return self._several[kinds]

    def month(self, word: str, langs: Sequence[str] = ()) -> int | None:
        """1 to 12 for a month's name or abbreviation; None if unknown or if languages disagree and none is given."""
        entries = self._pattern("month").get(word)
        known = [e for e in entries if e.lang in langs] or entries
        numbers = {e.tag for e in known}
        return int(numbers.pop()) if len(numbers) == 1 else None

    def _pattern(self, kind: str) -> Phrases:
        if kind not in self._patterns:
            self._patterns[kind] = Phrases(self._entries(kind), beside_names=kind in _BESIDE_NAMES)
        return self._patterns[kind]

    def _labels(self, roles: Collection[str] | None) -> Phrases:
        if roles is None:
            return self._pattern("label")
        key = frozenset(roles)
        if key not in self._by_roles:
            self._by_roles[key] = self._pattern("label").only(key)
        return self._by_roles[key]

    def _entries(self, kind: str) -> Iterator[Entry]:
        """Words of a kind from all languages; the tag is the key: a role, a section type, a month's number."""
        for lang, tables in self._tables.items():
            if kind in ("label", "section", "month"):
                for key, value in tables.get(kind + "s", {}).items():
                    yield from _split(value, key, lang)
            elif kind == "stopword":
                for word in tables.get("stopwords", {}).get("words", "").split():
                    yield Entry(word, kind, lang)
            elif kind.endswith("-label"):
                yield from _split(tables.get("labels", {}).get(kind.removesuffix("-label"), ""), kind, lang)
            else:
                for table in _KIND_TABLES:
                    yield from _split(tables.get(table, {}).get(kind, ""), kind, lang)


def _closed(text: str, end: int) -> tuple[int, str]:
    closing = _CLOSING.match(text, end)
    return (closing.end(), closing[0].strip()) if closing else (end, "")


def _split(value: str, tag: str, lang: str) -> Iterator[Entry]:
    return (Entry(word, tag, lang) for word in value.split(" | ") if word)


def _delimiter(text: str, end: int) -> tuple[int, str]:
    match = _DELIMITER.match(text, end)
    if not match:
        return end, ""
    close = match["close"] if match["close"].strip('*_"') else ""
    mark = match["mark"] or ""
    return match.end(), (close + (mark.strip() or mark[:1]))


def _by_role(found: Found, end: int, delimiter: str) -> list[LabelMatch]:
    roles: dict[str, list[str]] = {}
    for entry in found.entries:
        langs = roles.setdefault(entry.tag, [])
        if entry.lang not in langs:
            langs.append(entry.lang)
    return [LabelMatch(r, tuple(langs), found.first, end, found.group(), delimiter) for r, langs in roles.items()]


@cache
def lexicon() -> Lexicon:
    """The lexicon of all languages, read once."""
    return Lexicon(read_all())
