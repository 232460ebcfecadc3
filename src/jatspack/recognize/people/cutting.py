"""A line that holds names and an address, cut between them."""

from __future__ import annotations

import re

from jatspack.recognize.identifiers import find_emails
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.deal import SURE, name_in
from jatspack.recognize.people.likeness import institutions, looks_like_byline
from jatspack.recognize.people.marks import RAISED
from jatspack.richtext import EMPTY, HARD_BREAK, Rich

BRACKET = re.compile(r"[(（]\s*(?=\S[^()（）]{3,})")
WORD = re.compile(rf"[^\W\d_{RAISED}]+(?:[-’'.][^\W\d_{RAISED}]+)*\.?")
SEPARATORS = f",;，；\n{HARD_BREAK}"
SENTENCE = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,})[.。]\s+(?=\S)")
PATRONYMIC = re.compile(r"\s+([^\W\d_a-zа-я][^\W\d_]+)\s*(?=[,;])")  # Ivanov Ivan | Ivanovich,
NAME_LIKE = 0.5
NAME_LIKE_FIRST = 0.4  # … of a line before an address where nobody was named yet; scripts without capitals have less
LONGEST_NAME = 4  # words of a name before an address that nothing parts from it


def cut_address(text: Rich, whole: str, lexicon: Lexicon, least: float = NAME_LIKE) -> tuple[Rich, Rich]:
    """(names, address): ``Names (1. Institute …; 2. …)``, ``Name, Institute, City``, ``Name Institute name@x.org``.

    `whole` is the text with the contacts that are blanked in `text`, `least` how much the names must read as names.
    """
    for bracket in BRACKET.finditer(text.text):
        if bracket.start() > 1 and _institution_at(text.text[bracket.start() :], lexicon) >= 0:
            return text[: bracket.start()].strip(), text[bracket.start() :].strip("()（） ")
    at = _institution_at(text.text, lexicon)
    if at < 0:
        return text, EMPTY
    cut = max(text.text.rfind(s, 0, at) for s in SEPARATORS)
    if cut > 0 and looks_like_byline(text[:cut], lexicon) > least:
        return text[:cut].strip(), text[cut + 1 :].strip()
    end = named_by_email(whole, lexicon)
    return (text[:end].strip(), text[end:].strip(" ,;")) if end else (text, EMPTY)


def sentence_end(text: str, lexicon: Lexicon) -> re.Match[str] | None:
    """The first full stop behind a word that is no title: ``John Carter. University of …``."""
    for match in SENTENCE.finditer(text):
        if not any(
            lexicon.pattern(kind).match(text, match.start(1)) for kind in ("prefix", "degree", "position", "initial")
        ):
            return match
    return None


def _institution_at(text: str, lexicon: Lexicon) -> int:
    return next(iter(institutions(text, lexicon)), -1)


def named_by_email(text: str, lexicon: Lexicon) -> int:
    """Where the name ends that a line begins with and that its own e-mail address repeats; 0 if there is none."""
    mails = find_emails(text) if "@" in text else []
    if len(mails) != 1:
        return 0
    local = "".join(c for c in mails[0].value.partition("@")[0].casefold() if c.isalpha())
    stop = _institution_at(text, lexicon)
    words = list(WORD.finditer(text, 0, stop if stop > 0 else mails[0].start))[:LONGEST_NAME]
    best, end = SURE, 0
    for n in range(2, len(words) + 1):
        if not all(w[0][:1].isupper() or len(w[0]) < 4 for w in words[:n]):
            break
        name = [w[0] for w in words[:n]]
        likeness = max(name_in(local, name[-1], " ".join(name[:-1])), name_in(local, name[0], " ".join(name[1:])))
        repeated = _letters_used(name[-1], local)
        if likeness > best and repeated:
            best, end = likeness, words[n - 1].end()
    more = PATRONYMIC.match(text, end) if end else None
    return more.end(1) if more else end


def _letters_used(word: str, local: str) -> bool:
    """Whether the last word is in the address too, so that the name ends with it."""
    return name_in(local, word, "") >= SURE or word.rstrip(".").casefold()[:1] == local[-1:]
