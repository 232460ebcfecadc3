"""Personal names: is this a list of them, and what are the surname, the given names and the titles of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from jatspack.article import Name
from jatspack.recognize.lexicon import Lexicon
from jatspack.richtext import Rich

INITIAL = re.compile(
    r"^(?:[^\W\d_](?:[’'][^\W\d_])?\.[-‐]?)+$|^[A-ZА-ЯЁ]{1,2}$|^(?:Дж|Дз|Ю|Я|Sh|Ch|Zh|Yu|Ya|Ye|Th|Kh)\.$"
)
GLUED_INITIALS = re.compile(r"^((?:[^\W\d_]{1,2}\.[-‐]?\s?)+)([^\W\d_][^\W_]{1,}.*)$")
HAN = re.compile(r"^[\u3400-\u9fff]{2,4}$")
HAN_CHAR = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[^\W\d_¹²³⁴⁵⁶⁷⁸⁹⁰]+(?:[-‐'’ʼ`.][^\W\d_¹²³⁴⁵⁶⁷⁸⁹⁰]+)*\.?")
SPLIT = re.compile(r"[,;，；、·•|/\n\u2028()（）]")
LEAST_SHARE = 0.5  # of the words that may be names; with fewer no list of names reads as one
HAN_SPLIT = re.compile(r"[,;，；、·\d*†¹²³⁴⁵⁶⁷⁸⁹」』\n\u2028]+|(?<=[\u3400-\u9fff]{2})\s+(?=[\u3400-\u9fff]{2})")
MARKS = re.compile(r"[\d*†‡§¶#¹²³⁴⁵⁶⁷⁸⁹⁰\\∗]+")


def looks_like_byline(text: Rich, lexicon: Lexicon) -> float:  # noqa: PLR0912
    """How much a text reads as a list of personal names, from 0 to 1."""
    plain = text.text
    marks = sum("sup" in run.style for run in text) + len(re.findall(r"[¹²³⁴⁵⁶⁷⁸⁹*†‡]", plain))
    bracket = re.search(r"[(（]", plain)
    if bracket and bracket.start() > 3 and lexicon.pattern("institution").search(plain, bracket.start()):
        plain = plain[: bracket.start()]  # affiliations in brackets behind the names
    words = WORD.findall(MARKS.sub(" ", plain))
    if not words or lexicon.section_type(plain.strip())[0]:
        return 0.0
    if sum(len(w) for w in words) < 0.5 * len(re.sub(r"\s", "", plain)):
        return 0.0
    han = [w for w in words if HAN_CHAR.search(w)]
    if len(han) > len(words) / 2:
        return _han_likeness(plain, lexicon, marks)
    joiners = lexicon.words("conjunction").keys() | lexicon.words("particle").keys()
    prefix = lexicon.pattern("prefix")
    stop = lexicon.words("stopword")
    good = bad = 0
    for word in words:
        low = word.casefold()
        if low in joiners or prefix.fullmatch(word) or low.rstrip(".") in joiners:
            continue
        if low in stop and not INITIAL.match(word):
            bad += 1
        elif word[:1].isupper():
            good += 1
        else:
            bad += 1
    groups = [g for g in SPLIT.split(MARKS.sub(" ", plain)) if WORD.search(g)]
    longest = max((len(WORD.findall(g)) for g in groups), default=9)
    share = good / max(good + 2 * bad, 1)
    if share < LEAST_SHARE:
        return 0.0
    initials = sum(bool(INITIAL.match(w)) or bool(GLUED_INITIALS.match(w)) for w in words)
    score = share * (0.62 + 0.1 * min(marks, 3) + (0.18 if initials else 0.0) + (0.1 if len(groups) > 1 else 0.0))
    if longest > 5:
        score -= 0.12 * (longest - 5)
    dotted = any("." in w for w in words)
    cased = [w for w in words if len(w) > 2 and w.casefold() not in joiners]
    if len(cased) > 4 and all(w.isupper() for w in cased) and not marks and not dotted:
        score -= 0.4  # a title in capitals has no name that stands out
    if len(words) == 1 or good < 2:
        score -= 0.4
    if re.search(r"\d{3}|[«»“”\"/:@]", plain):
        score -= 0.45  # numbers, quotation marks and colons are in no name
    if lexicon.pattern("institution").search(plain) or lexicon.pattern("department").search(plain):
        score -= 0.35
    if plain.rstrip().endswith((".", ":")) and not initials:
        score -= 0.3
    return max(0.0, min(1.0, score))


def _han_likeness(plain: str, lexicon: Lexicon, marks: int) -> float:
    pieces = [re.sub(r"\s", "", p) for p in HAN_SPLIT.split(plain)]
    pieces = [p for p in pieces if HAN_CHAR.search(p)]
    if not pieces:
        return 0.0
    named = sum(bool(HAN.match(p)) for p in pieces)
    score = named / len(pieces) * (0.75 + 0.08 * min(marks, 2) + (0.15 if len(pieces) > 1 else 0.0))
    if lexicon.pattern("institution").search(plain):
        score -= 0.4
    return max(0.0, min(1.0, score))


def parse_name(text: str, lang: str, lexicon: Lexicon, surname_first: bool | None = None) -> Name:
    """One printed name taken apart. `surname_first` tells the order of the list it stands in, where that is known."""
    prefix, suffix, words = _without_titles(text, lexicon)
    joined = "".join(words)
    if HAN_CHAR.search(joined) and not re.search(r"[A-Za-zА-я]", joined):
        return _han_name(joined, lang, lexicon, prefix)
    words = [part for word in words for part in _split_initials(word)]
    if len(words) == 1:
        return Name(lang, words[0] if words else text.strip(), prefix=prefix, suffix=suffix)
    first, last = _order(words, lang, lexicon, surname_first)
    style: Literal["western", "eastern"] = "eastern" if first else "western"
    if first:
        cut = last
        surname, given = words[:cut], words[cut:]
    else:
        cut = last
        surname, given = words[cut:], words[:cut]
    return Name(lang, " ".join(surname), " ".join(given), prefix, suffix, style)


def _split_initials(word: str) -> list[str]:
    """``A.Surname`` and ``А.Б.Фамилия`` in parts; ``Surname-Other`` stays one."""
    glued = GLUED_INITIALS.match(word)
    if glued and not INITIAL.match(word):
        return [glued[1].strip(), glued[2]]
    back = re.match(r"^([^\W\d_]{3,}(?:-[^\W\d_]+)*)((?:[A-ZА-ЯЁ]\.)+)$", word)
    return [back[1], back[2]] if back else [word]


def _without_titles(text: str, lexicon: Lexicon) -> tuple[str, str, list[str]]:
    """Titles and degrees taken off both ends: (prefix, suffix, words of the name)."""
    rest = " ".join(text.split()).strip(" ,;:·")
    prefix: list[str] = []
    titles = (lexicon.pattern("prefix"), lexicon.pattern("degree"))
    again = True
    while again:
        again = False
        for pattern in titles:
            match = pattern.match(rest)
            follows = rest[match.end() :].lstrip(" .,")[:1] if match else ""
            if match and len(match[0].rstrip(".")) > 1 and follows and not follows.islower():
                prefix.append(rest[: match.end()].strip())
                rest = rest[match.end() :]
                dot = re.match(r"\.?[\s,]*", rest)
                if dot and dot[0].startswith("."):
                    prefix[-1] += "."
                rest = rest[dot.end() :] if dot else rest
                again = True
                break
    suffix = ""
    end = re.search(r"[,\s]+((?:Jr|Sr|II|III|IV)\.?)$", rest)
    if end:
        suffix, rest = end[1], rest[: end.start()]
    return " ".join(prefix), suffix, rest.replace("\u2028", " ").split()


def _han_name(joined: str, lang: str, lexicon: Lexicon, prefix: str) -> Name:
    compound = lexicon.words("compound-surname")
    cut = 2 if len(joined) > 2 and joined[:2] in compound else 1
    return Name(lang, joined[:cut], joined[cut:], prefix, style="eastern")


def _order(words: Sequence[str], lang: str, lexicon: Lexicon, surname_first: bool | None) -> tuple[bool, int]:
    """(surname stands first, index where the second part begins)."""
    initial = [bool(INITIAL.match(w)) for w in words]
    if any(initial) and not all(initial):
        if initial[-1] and not initial[0]:
            return True, initial.index(True)
        if initial[0] and not initial[-1]:
            return False, len(initial) - initial[::-1].index(True)
    capital = [len(w) > 1 and w.isupper() for w in words]
    if any(capital) and not all(capital):
        if capital[0] and not capital[-1]:
            return True, capital.index(False)
        if capital[-1] and not capital[0]:
            return False, _with_particles(words, capital.index(True), lexicon)
    patronymic = [bool(lexicon.pattern("patronymic").search(w)) for w in words]
    if any(patronymic[1:]) and len(words) == 3:
        return (True, 1) if patronymic[2] else (False, 2)
    if surname_first:
        return True, 1
    return False, _with_particles(words, _western_cut(words, lang), lexicon)


def _western_cut(words: Sequence[str], lang: str) -> int:
    """Where the surname begins in a name with the given names first."""
    if lang.startswith(("es", "gl")) and len(words) >= 3 and not any(INITIAL.match(w) for w in words):
        return len(words) - 2  # two surnames
    return len(words) - 1


def _with_particles(words: Sequence[str], cut: int, lexicon: Lexicon) -> int:
    particles = lexicon.words("particle")
    while cut > 1 and words[cut - 1].casefold() in particles and words[cut - 1][:1].islower():
        cut -= 1
    return cut
