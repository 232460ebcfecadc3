"""How much a text reads as a list of personal names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jatspack.recognize.identifiers import find_emails, find_orcids
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.marks import RAISED, STAR, raise_marks
from jatspack.recognize.people.names import GLUED_INITIALS, WORDLESS, is_initial, wordless_names
from jatspack.recognize.people.runs import part_names
from jatspack.richtext import OBJECT, Note, Rich

# Vowel signs are no letters to a regular expression: Hebrew, Arabic, Devanagari, Bengali.
_SIGN = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0962-\u0963\u0981-\u0983\u09bc-\u09cd"
_LETTER = rf"[^\W\d_{RAISED}][{_SIGN}]*"
WORD = re.compile(rf"(?:{_LETTER})+(?:[-‐'’ʼ`.](?:{_LETTER})+)*\.?")
SPLIT = re.compile(r"[,;，；、،؛·・•|/\n\u2028()（）]")
COMMA = re.compile(r"[,;]")
BRACKET = re.compile(r"[(（]")
RAISED_SIGN = re.compile(f"[{RAISED}]")
MARK_BEHIND = re.compile(rf"[{RAISED}{STAR}]|(?<=[^\W\d_])\s?\d{{1,2}}(?!\d)")
NO_LETTER = re.compile(rf"[\s\d,.;，、；{STAR}{RAISED}]")
MARKS = re.compile(rf"[\d{STAR}{RAISED}\\]+")
# An OCR engine makes corner brackets and quotation marks of raised figures; a lone letter is a mark.
WORDLESS_SPLIT = re.compile(
    rf"(?:[,;，；、·・.\d{STAR}{RAISED}「」『』‘’'`{{}}()（）\n\u2028]|(?<![A-Za-z])[a-z](?![A-Za-z]))+"
)
FIGURES = re.compile(rf"(?<=[^\W\d_])\s?(?:[,，.;]?\s?(?:\d(?!\d\d)|[{STAR}{RAISED}\\]))+")
KANA = re.compile(r"[\u3040-\u30ff]")
# Scripts without capitals: nothing but words, marks and separators tells a name.
CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u10d0-\u10ff\u1200-\u137f\u3040-\u30ff\uac00-\ud7af]")
CONTACT_FRAME = re.compile(r"[(（\[]\s*(?:ORCID)?[\s:]*[)）\]]|\bORCID(?:\s+iD)?\b:?", re.IGNORECASE)
LEAST_SHARE = 0.5  # of the words that may be names; with fewer no list of names reads as one
NO_NAME = re.compile(r"\d{3}|[«»“”\"/:@%=+]")  # numbers, quotation marks and colons are in no name
UNDOTTED = re.compile(r"(?<=[a-z]\s)[A-Z]{1,2}(?=\s[A-Z][a-z]|\s*(?:[,;\d*]|$))")  # Hughes JR, Jessica R Hughes
LONGEST_NAME = 5  # words
LONGEST_WORDLESS = 10  # characters


@dataclass(slots=True)
class _Count:
    """What the words of a text are."""

    good: int = 0
    bad: int = 0
    caseless: int = 0


def looks_like_byline(text: Rich, lexicon: Lexicon) -> float:
    """How much a text reads as a list of personal names, from 0 to 1."""
    text = raise_marks(without_positions(text, lexicon))
    raising = ["sup" in run.style or isinstance(run.object, Note) for run in text]
    marks = sum(raising)
    raised = bool(marks) or RAISED_SIGN.search(text.text) is not None
    plain = "".join([" " if raises else run.text for run, raises in zip(text, raising, strict=True)])
    plain = _without_contacts(plain)
    marks += len(MARK_BEHIND.findall(plain))
    bracket = BRACKET.search(plain)
    if NO_NAME.search(plain, 0, bracket.start() if bracket else len(plain)) and not WORDLESS.search(plain):
        return 0.0
    if bracket and bracket.start() > 1 and _is_address(plain[bracket.start() :], lexicon):
        plain = plain[: bracket.start()]  # addresses in brackets behind the names
    if plain.count(OBJECT) > marks / 2:
        return 0.0
    words = WORD.findall(MARKS.sub(" ", plain))
    if not words or lexicon.section_type(plain.strip())[0]:
        return 0.0
    if sum(len(w) for w in words) < 0.5 * len(re.sub(r"\s", "", FIGURES.sub("", plain))):
        return 0.0
    wordless = sum(bool(WORDLESS.search(w)) for w in words)
    if wordless > len(words) / 2:
        return _wordless(plain, lexicon, marks)
    return _lettered(plain, words, marks, raised, lexicon)


def without_positions(text: Rich, lexicon: Lexicon) -> Rich:
    """The text without the degrees and positions between its commas: ``John Carter, PhD, professor``."""
    plain = text.text
    if "," not in plain or not lexicon.any_of("degree", "position").search(plain):
        return text
    out, at = Rich(), 0
    for comma in (*COMMA.finditer(plain), None):
        end = comma.start() if comma else len(plain)
        words = plain[at:end].strip(" ,.\n\u2028")
        if not at or not is_position(words, lexicon):
            out = out + text[max(at - 1, 0) : end]
        at = comma.end() if comma else end
    return out


def is_position(words: str, lexicon: Lexicon) -> bool:
    """A degree or a position, with or without what it is one in: ``доцент кафедры``, ``Doctor of Sciences``."""
    for kind in ("degree", "position"):
        pattern = lexicon.pattern(kind)
        opening = pattern.match(words)
        if opening:
            last = opening[0].rpartition(" ")[2].casefold()
            whole = opening.end() >= len(words.rstrip("."))
            if whole or words[:1].islower() or last in lexicon.words("stopword"):
                return True
        if words[:1].islower() and any(m.end() >= len(words.rstrip(".")) for m in pattern.finditer(words)):
            return True
    return False


def _without_contacts(plain: str) -> str:
    """ORCIDs and e-mails blanked, with the brackets around them."""
    if "@" not in plain and "00" not in plain:
        return plain
    for found in (*find_orcids(plain), *find_emails(plain)):
        plain = plain[: found.start] + " " * (found.end - found.start) + plain[found.end :]
    return CONTACT_FRAME.sub(" ", plain)


def _is_address(text: str, lexicon: Lexicon) -> bool:
    return any(m.last > m.first + 1 for m in lexicon.any_of("institution", "department").finditer(text))


def institutions(text: str, lexicon: Lexicon) -> list[int]:
    """Where words for institutions stand."""
    return sorted(set(_institutions(text, lexicon)))


def _institutions(text: str, lexicon: Lexicon) -> Iterator[int]:
    """One character of a script without gaps may be part of any word."""
    for kind in ("institution", "department"):
        yield from (m.start() for m in lexicon.pattern(kind).finditer(text) if m.last > m.first + 1)


def _lettered(plain: str, words: list[str], marks: int, raised: bool, lexicon: Lexicon) -> float:
    count = _counted(words, lexicon)
    joiners = lexicon.words("conjunction")
    groups = [g for g in SPLIT.split(MARKS.sub(" ", plain)) if WORD.search(g)]
    longest = max((_longest_run(g, joiners) for g in groups), default=9)
    share = count.good / max(count.good + 2 * count.bad, 1)
    if share < LEAST_SHARE:
        return 0.0
    initials = sum("." in w and (is_initial(w, lexicon) or bool(GLUED_INITIALS.match(w))) for w in words)
    initials = initials or len(UNDOTTED.findall(plain))
    several = len(groups) > 1 or any(w.casefold() in joiners for w in words[1:-1])
    told = count.caseless < len(words) / 2 or any(lexicon.pattern("surname-ending").fullmatch(w) for w in words)
    base = 0.62 if told else 0.45
    score = share * (base + 0.1 * min(marks, 3) + (0.18 if initials else 0.0) + (0.1 if several else 0.0))
    score -= 0.12 * max(longest - LONGEST_NAME, 0)
    cased = [w for w in words if len(w) > 2 and w.casefold() not in joiners]
    shouted = len(cased) > 3 and all(w.isupper() for w in cased) and not marks and not initials
    if shouted and (len(cased) > 4 or not _paired(words, joiners)):
        score -= 0.4  # a title in capitals has no name that stands out
    if count.good < 2 and not raised:
        score -= 0.4
    if NO_NAME.search(plain):
        score = min(score - 0.45, 0.45)
    if score > 0 and _is_address(plain, lexicon):
        score -= 0.35
    if plain.rstrip().endswith((".", ":")) and not initials:
        score -= 0.3
    return max(0.0, min(1.0, score))


def _paired(words: list[str], joiners: object) -> bool:
    """Whether each side of a conjunction has words enough for a name: JOHN SMITH AND MARY BROWN."""
    sizes = [0]
    for word in words:
        sizes = [*sizes, 0] if word.casefold() in joiners else [*sizes[:-1], sizes[-1] + 1]  # type: ignore[operator]
    return len(sizes) > 1 and min(sizes) > 1


def _counted(words: list[str], lexicon: Lexicon) -> _Count:
    """How many words may be part of a name, and how many can't."""
    joiners = lexicon.words("conjunction").keys() | lexicon.words("particle").keys()
    stop = lexicon.words("stopword")
    count = _Count()
    shouted = all(w.isupper() for w in words)
    for n, word in enumerate(words):
        if count.good + len(words) - n < 2 * LEAST_SHARE * count.bad:
            break  # whatever follows, the share stays below the least
        low = word.casefold()
        caseless = bool(CASELESS.match(word))
        initial = word[:1].isupper() and is_initial(word, lexicon)
        initial = initial and not (shouted and len(word) > 1 and low in stop)
        if not initial and (low in joiners or low.rstrip(".") in joiners or _is_title(word, lexicon)):
            continue
        count.caseless += caseless
        if initial:
            count.good += 1
        elif low in stop and (caseless or n == 0 or word.islower() or (word.isupper() and len(word) > 1)):
            # a capital in the midst of the text makes Ali a name; "in" joins no names
            count.bad += 2 if len(word) > 1 and (shouted or word.islower()) else 1
        elif caseless or word[:1].isupper():
            count.good += 1
        else:
            count.bad += 1
    return count


@lru_cache(4096)
def _is_title(word: str, lexicon: Lexicon) -> bool:
    """Dr, Prof., PhD."""
    return bool(lexicon.pattern("prefix").fullmatch(word) or lexicon.pattern("degree").fullmatch(word))


def _longest_run(group: str, joiners: object) -> int:
    """Words of the longest name in a group that conjunctions may part further."""
    longest = run = 0
    for word in WORD.findall(group):
        run = 0 if word.casefold() in joiners else run + 1  # type: ignore[operator]
        longest = max(longest, run)
    return longest


def _wordless(plain: str, lexicon: Lexicon, marks: int) -> float:
    """Chinese, Japanese and Korean: pieces of two to four characters, most of them beginning with a known surname."""
    pieces: list[str] = []
    compound = lexicon.words("compound-surname")
    for part in WORDLESS_SPLIT.split(plain):
        words = [w for w in part.split() if WORDLESS.search(w)]
        names = wordless_names(words, compound, spaced="ja" if KANA.search(plain) else "")
        pieces += [one for name in names for one in part_names("".join(name), lexicon)]
    if not pieces:
        return 0.0
    surnames = lexicon.words("surname")
    named = known = 0
    for piece in pieces:
        short = 2 <= len(piece) <= 4 and all(WORDLESS.match(c) for c in piece)
        named += short
        known += short and (piece[0] in surnames or piece[:2] in surnames or piece[:2] in compound)
    base = 0.55 + 0.25 * known / len(pieces)
    score = named / len(pieces) * (base + 0.08 * min(marks, 2) + (0.15 if len(pieces) > 1 else 0.0))
    if score > 0 and _is_address(plain, lexicon):
        score -= 0.4
    if max(map(len, pieces)) > LONGEST_WORDLESS or (len(pieces) == 1 and not known and not marks):
        score -= 0.3  # a sentence, or a section of the journal
    return max(0.0, min(1.0, score))
