"""One personal name taken apart: surname, given names, titles; in any order and script."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import Literal

from jatspack.article import Name
from jatspack.recognize.lexicon import Lexicon

INITIAL = re.compile(r"^(?:[^\W\d_](?:[’'][^\W\d_])?[.．][-‐]?)+$|^[A-ZА-ЯЁ]{1,2}$")
GLUED_INITIALS = re.compile(r"^((?:[^\W\d_]{1,2}\.[-‐]?\s?)+)([^\W\d_][^\W_]{1,}.*)$")
HAN_CHAR = re.compile(r"[\u3400-\u9fff々]")
HANGUL = re.compile(r"[\uac00-\ud7af]")
WORDLESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々\uac00-\ud7af]")
_LETTERED = re.compile(r"[A-Za-zА-я]")
_BACK_INITIALS = re.compile(r"^([^\W\d_]{3,}(?:-[^\W\d_]+)*)((?:[^\W\d_a-zа-я]\.)+)$")
_LETTERS = re.compile(r"[^\W\d_]{2}")  # M. A. before a surname are initials, not a degree
_DOT = re.compile(r"\.?[\s,]*")


def parse_name(text: str, lang: str, lexicon: Lexicon, surname_first: bool | None = None) -> Name:
    """One printed name taken apart. `surname_first` tells the order of the list it stands in, where that is known."""
    prefix, suffix, words = _without_titles(text, lexicon)
    joined = "".join(words)
    if WORDLESS.search(joined) and not _LETTERED.search(joined):
        return _wordless_name(words, lang, lexicon, prefix)
    words = [part for word in words for part in _split_initials(word)]
    suffix, words = _name_suffix(suffix, words, lexicon)
    if len(words) == 1:
        return Name(lang, words[0], prefix=prefix, suffix=suffix)
    if not words:
        return Name(lang, text.strip(), prefix=prefix, suffix=suffix)
    first, cut = _order(words, lang, lexicon, surname_first)
    style: Literal["western", "eastern"] = "eastern" if first else "western"
    surname, given = (words[:cut], words[cut:]) if first else (words[cut:], words[:cut])
    return Name(lang, " ".join(surname), " ".join(given), prefix, suffix, style)


def is_initial(word: str, lexicon: Lexicon) -> bool:
    """``A.``, ``А.Б.``, ``J.-P.``, ``JW``, and the letters that a language writes for one sound: ``Дж.``, ``Sh.``."""
    return bool(INITIAL.match(word)) or (word.endswith(".") and word.casefold() in lexicon.words("initial"))


def _split_initials(word: str) -> list[str]:
    """``A.Surname`` and ``А.Б.Фамилия`` in parts; ``Surname-Other`` stays one."""
    glued = GLUED_INITIALS.match(word)
    if glued and not INITIAL.match(word):
        return [glued[1].strip(), glued[2]]
    back = _BACK_INITIALS.match(word)
    return [back[1], back[2]] if back else [word]


def _without_titles(text: str, lexicon: Lexicon) -> tuple[str, str, list[str]]:
    """Titles and degrees taken off both ends: (prefix, suffix, words of the name)."""
    rest = " ".join(text.split()).strip(" ,;:·")
    prefix: list[str] = []
    again = True
    while again:
        again = False
        for pattern in (lexicon.pattern("prefix"), lexicon.pattern("degree")):
            match = pattern.match(rest)
            follows = rest[match.end() :].lstrip(" .,")[:1] if match else ""
            if match and _LETTERS.search(match[0]) and follows and not follows.islower() and follows not in "-‐–":
                dot = _DOT.match(rest, match.end())
                stop = dot.end() if dot else match.end()
                prefix.append(rest[: match.end()].strip() + ("." if dot and dot[0].startswith(".") else ""))
                rest = rest[stop:]
                again = True
                break
    return " ".join(prefix), "", rest.split()


def _name_suffix(suffix: str, words: list[str], lexicon: Lexicon) -> tuple[str, list[str]]:
    """``Jr.``, ``III``, ``Filho``: only where two words are left, and not in place of a surname in capitals."""
    if len(words) > 2 and words[-1].casefold() in lexicon.words("name-suffix"):
        return words[-1], words[:-1]
    return suffix, words


def _wordless_name(words: Sequence[str], lang: str, lexicon: Lexicon, prefix: str) -> Name:
    """Chinese, Japanese and Korean: the surname first, by a gap where there is one, else by its usual length."""
    joined = "".join(words)
    if len(words) == 2 and (lang.startswith("ja") or len(words[0]) > 1 or HANGUL.search(joined)):
        return Name(lang, words[0], words[1], prefix, style="eastern")
    japanese = lang.startswith("ja") and not HANGUL.search(joined)
    cut = 2 if len(joined) > 2 and (japanese or joined[:2] in lexicon.words("compound-surname")) else 1
    return Name(lang, joined[:cut], joined[cut:], prefix, style="eastern")


def wordless_names(words: Sequence[str], compound: Container[str], *, spaced: str = "") -> list[list[str]]:
    """Words of a script without gaps put together to names: ``张三丰 李 四`` is two. `spaced`: each name has a gap."""
    out: list[list[str]] = []
    for word in words:
        last = out[-1] if out else []
        alone = len(last) == 1 and (len(last[0]) == 1 or last[0] in compound or (bool(spaced) and len(last[0]) < 4))
        if last and alone and len(word) < 4:
            last.append(word)
        else:
            out.append([word])
    return out


def _order(words: Sequence[str], lang: str, lexicon: Lexicon, surname_first: bool | None) -> tuple[bool, int]:
    """(surname stands first, index where the second part begins)."""
    initial = [is_initial(w, lexicon) for w in words]
    if surname_first and initial[0] and len(words[0]) == 2 and words[0].isupper():
        initial[0] = False  # ``WU Lei`` among ``ZHANG Sanfeng``
    if surname_first is False and initial[-1] and len(words[-1]) == 2 and words[-1].isupper():
        initial[-1] = False
    if any(initial) and not all(initial):
        if initial[-1] and not initial[0]:
            return True, initial.index(True)
        if initial[0] and not initial[-1]:
            return False, _with_particles(words, len(initial) - initial[::-1].index(True), lang, lexicon)
    capital = [len(w) > 1 and w.isupper() for w in words]
    if any(capital) and not all(capital):
        if capital[0] and not capital[-1]:
            return True, capital.index(False)
        if capital[-1] and not capital[0]:
            return False, _with_particles(words, capital.index(True), lang, lexicon)
    patronymic = [bool(lexicon.pattern("patronymic").search(w)) for w in words]
    if any(patronymic[1:]) and len(words) == 3:
        return (True, 1) if patronymic[2] else (False, 2)
    if surname_first is None:
        surname_first = lexicon.table(lang, "people", "name-order") == "surname-first"
    if surname_first:
        return True, _leading_particles(words, lexicon)
    return False, _with_particles(words, _western_cut(words, lang, lexicon), lang, lexicon)


def _leading_particles(words: Sequence[str], lexicon: Lexicon) -> int:
    """Where the surname that stands first ends: behind its particles."""
    particles = lexicon.words("particle")
    cut = 1
    while cut < len(words) - 1 and words[cut - 1].casefold() in particles:
        cut += 1
    return cut


def _western_cut(words: Sequence[str], lang: str, lexicon: Lexicon) -> int:
    """Where the surname begins in a name with the given names first."""
    particles = lexicon.words("particle")
    full = [i for i, w in enumerate(words) if w.casefold() not in particles or not w[:1].islower()]
    doubled = lang.startswith(("es", "gl"))
    if doubled and len(full) >= 3 and not any(is_initial(w, lexicon) for w in words):
        given = lexicon.words("given-name")
        if len(full) > 3 or words[full[1]].casefold() not in given:
            return full[-2]  # two surnames
    return full[-1] if full else len(words) - 1


def _with_particles(words: Sequence[str], cut: int, lang: str, lexicon: Lexicon) -> int:
    """Particles belong to the surname, except in languages that file a name under what follows them."""
    particles = lexicon.words("particle")
    apart = lexicon.words("given-particle")
    if cut > 1 and words[cut - 1].casefold() in lexicon.words("surname-joiner"):
        cut -= 2 if cut > 2 else 0  # Oliveira e Silva
    behind = cut
    while cut > 1 and words[cut - 1].casefold() in particles:
        word = words[cut - 1].casefold()
        if not words[cut - 1][:1].islower() and (lang == "vi" or words[cut - 1].isupper()):
            break
        owners = particles[word]
        if cut == behind and (lang.partition("-")[0] in apart.get(word, ()) or set(owners) <= set(apart.get(word, ()))):
            break
        cut -= 1
    return cut
