"""Whether a phrase that agrees with a text letter by letter agrees with it in gaps, ends, dots and accents too."""

from __future__ import annotations

from functools import cache, lru_cache

from jatspack.recognize.lexicon.entries import Entry, Found
from jatspack.recognize.lexicon.fold import FOLDED, WORDLESS, fold, is_link

_LONG = 8  # folded characters; a phrase this long may be broken once where it has no gap


def printed_length(window: str, wanted: int) -> int:
    """How many printed characters make `wanted` folded ones; -1 if one of them would be cut."""
    count = 0
    for at, char in enumerate(window):
        count += len(FOLDED[ord(char)])
        if count >= wanted:
            return at + 1 if count == wanted else -len(window) - 1
    return -len(window) - 1


def fit(text: str, start: int, end: int, entries: list[Entry], glued: bool) -> Found | None:
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


def fit_stem(text: str, start: int, end: int, entries: list[Entry]) -> Found | None:
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


@lru_cache(4096)
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
