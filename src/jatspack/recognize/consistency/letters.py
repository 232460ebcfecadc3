"""Letters that do not belong into their word: of another script that look the same, or 1 l I and 0 O taken for another.

What is mended must be a form that the document has elsewhere, or leave no other reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from jatspack.config import entry
from jatspack.findings import Finding, finding
from jatspack.recognize.words import Words, case_parts

# Letters that look the same, one group to a look; the script is told by the code point.
_ALIKE = (
    "aаα eеε oоο pрρ cсϲ yуγ xхχ iіι jјϳ sѕ hһ dԁ qԛ wԝ vѵν kкκ nп uυ tтτ mм əә ɵө gɡ ëё ïї áάá éέ íί óό úύ āā "
    "AАΑ BВΒ EЕΕ KКΚ MМΜ HНΗ OОΟ PРΡ CСϹ TТΤ YУΥ XХΧ IІΙ JЈ SЅ NΝ ZΖ YҮΥ ƏӘ ƟӨ ËЁ ÏЇ"
)
_SCRIPTS = {"Latn": "A-Za-z\u00c0-\u024f\u0250-\u02af\u1e00-\u1eff", "Cyrl": "\u0400-\u052f", "Grek": "\u0370-\u03ff"}
_L, _C, _G = _SCRIPTS.values()
_BORDER = re.compile(f"[{_L}][{_C}]|[{_C}][{_L}{_G}]|[{_G}][{_C}]|[{_G}][{_L}]|[{_L}][{_G}]")
_OTHER = re.compile(f"[{_C}{_G}]")
_LETTER = re.compile(rf"[{_L}{_C}{_G}]")
_WORD = re.compile(rf"[{_L}{_C}{_G}]+(?:[-‐–'’ʼ][{_L}{_C}{_G}]+)*")
_ROMAN = re.compile(r"[IVXLCDM]+")
_SHORTEST = 4  # letters of a Latin word in which Greek ones are no symbols
_INNER = 5  # letters of a word in which one foreign letter has no look-alike

_DIGITAL = re.compile(r"(?<![\w.,/+=-])[\dOolIОоІЗ]{4,}(?![\w/=-])")
_BETWEEN = re.compile(r"\d[OolIОоІЗ]{1,2}\d")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_LITRES = re.compile(r"\d+l")
_DIGITS = str.maketrans("OolIОоІЗ", "00110013")  # the last four are Cyrillic
_DIGIT_IN_WORD = re.compile(r"(?<=[^\W\d_])[01](?=[^\W\d_])")
_TOKEN = re.compile(r"[^\W_]+")
_MIXED_CASE = re.compile(r"[^\W\d_]*[a-zß-ÿ]I[a-zß-ÿ]+")
_VOWELS = "aeiouyáéíóúàèìòùâêîôûäëïöüãõåøæœ"
_FEWEST = 4  # letters of a word whose first letter is doubted


def wrong_letters(words: Words) -> Iterator[Finding]:
    """Words of two scripts, numbers with letters in them, words with digits or with I and l exchanged."""
    yield from _mixed(words)
    yield from _numbers(words)
    yield from _digits_in_words(words)
    yield from _exchanged(words)


def _found(code: str, word: str, mended: str, lines: list[int], **data: str) -> Finding:
    """One row for a form, wherever it stands: its correction mends all of them."""
    rows = sorted(set(lines))
    correction = entry("replace", find=word, by=mended, all=True) if mended else ""
    return finding(code, *((n, n) for n in rows), correction=correction, word=word, suggestion=mended, **data)


# --- scripts ------------------------------------------------------------------


def _mixed(words: Words) -> Iterator[Finding]:
    places: dict[str, list[int]] = {}
    behind: dict[str, str] = {}
    for rich, plain in words.pieces:
        if plain.isascii() or not _OTHER.search(plain):
            continue
        end = 0
        for border in _BORDER.finditer(plain):
            if border.start() < end:
                continue
            start, end = _around(plain, border.start())
            word = plain[start:end]
            places.setdefault(word, []).append(rich.line_at(border.start()))
            behind.setdefault(word, plain[end : end + 1])
    for word, lines in places.items():
        mended = _one_script(word, words, behind[word])
        if mended is not None and mended != word:
            told = ", ".join(f"{letter} {name}" for letter, name in _strangers(word, mended))
            yield _found("mixed-scripts", word, mended, lines, letters=told)


def _around(text: str, at: int) -> tuple[int, int]:
    """The unbroken letters around an offset."""
    start, end = at, at + 1
    while start and _LETTER.match(text, start - 1):
        start -= 1
    while end < len(text) and _LETTER.match(text, end):
        end += 1
    return start, end


def _script(letter: str) -> str:
    if "\u0400" <= letter <= "\u052f":
        return "Cyrl"
    return "Grek" if "\u0370" <= letter <= "\u03ff" else "Latn"


def _look_alikes() -> dict[tuple[str, str], str]:
    """(letter, script) to the letter of that script that looks the same."""
    out: dict[tuple[str, str], str] = {}
    for group in _ALIKE.split():
        for one in group:
            for other in group:
                out.setdefault((one, _script(other)), other)
    return out


_LOOKS = _look_alikes()


def _one_script(word: str, words: Words, behind: str) -> str | None:
    """The word in one script; "" where only one foreign letter stands in it that has no look-alike; None: no doubt."""
    counts = Counter(map(_script, word))
    (most, many), *rest = counts.most_common()
    few = sum(count for _, count in rest)
    if "Grek" in counts and counts.keys() & {"Latn", "Cyrl"} and (len(word) < _SHORTEST or min(counts.values()) > 1):
        return None  # symbols: Δt, μm, βγX
    forms = {script: form for script in counts if (form := _written_in(word, script))}
    if "Grek" in counts and "Latn" in counts and not _disguised(word):
        forms.pop("Latn", None)
    if not forms:
        foreign = [n for n, letter in enumerate(word) if _script(letter) != most]
        inside = len(foreign) == 1 and 0 < foreign[0] < len(word) - 1 and "Grek" not in counts
        return "" if inside and len(word) >= _INNER and word[foreign[0]].islower() else None
    standing = {script: form for script, form in forms.items() if words.counts[form.casefold()]}
    if len(standing) == 1:
        return next(iter(standing.values()))
    if "Grek" in counts and "Latn" in counts:
        return forms.get(most)
    if "Latn" in forms and (_ROMAN.fullmatch(forms["Latn"]) or behind.isdigit()):
        return forms["Latn"]
    if most in forms and many > few:
        return forms[most]
    return next(iter(forms.values())) if len(forms) == 1 else None


def _disguised(word: str) -> bool:
    """Whether its Greek letters look just like Latin ones; α and γ are symbols: IFNγ."""
    return all(letter.isupper() or letter in "ον" for letter in word if _script(letter) == "Grek")


def _written_in(word: str, script: str) -> str:
    out = [letter if _script(letter) == script else _LOOKS.get((letter, script), "") for letter in word]
    return "".join(out) if all(out) else ""


_NAMES = {"Latn": "Latin", "Cyrl": "Cyrillic", "Grek": "Greek"}


def _strangers(word: str, mended: str) -> list[tuple[str, str]]:
    """The letters of another script, each once, with the script's name."""
    home = _script(mended[0]) if mended else Counter(map(_script, word)).most_common(1)[0][0]
    return list(dict.fromkeys((letter, _NAMES[_script(letter)]) for letter in word if _script(letter) != home))


# --- digits and letters ---------------------------------------------------------


def _numbers(words: Words) -> Iterator[Finding]:
    """2O18, l998, 41OO02: digits with a letter among them that looks like one."""
    places: dict[str, list[int]] = {}
    for rich, plain in words.pieces:
        for match in _DIGITAL.finditer(plain):
            if not match[0].isdigit() and _is_number(match[0]):
                places.setdefault(match[0], []).append(rich.line_at(match.start()))
    for word, lines in places.items():
        yield _found("misread", word, word.translate(_DIGITS), lines, why="a letter stands among digits")


def _is_number(token: str) -> bool:
    digits = sum(letter.isdigit() for letter in token)
    number = token.translate(_DIGITS)
    if digits * 2 < len(token):
        return False
    if len(token) == 4 and _YEAR.fullmatch(number):
        return not (_LITRES.fullmatch(token) and token[2] == "0")
    return bool(_BETWEEN.search(token)) and token[0].isdigit() and token[-1].isdigit()


def _digits_in_words(words: Words) -> Iterator[Finding]:
    """a1ways, C0VID: the word with the letter stands elsewhere."""
    places: dict[str, list[int]] = {}
    for rich, plain in words.pieces:
        if "0" in plain or "1" in plain:
            end = 0
            for match in _DIGIT_IN_WORD.finditer(plain):
                if match.start() < end:
                    continue
                start = match.start()
                while start and plain[start - 1].isalnum():
                    start -= 1
                token = _TOKEN.match(plain, start)
                end = token.end() if token else match.end()
                if token and sum(letter.isalpha() for letter in token[0]) >= _FEWEST:
                    places.setdefault(token[0], []).append(rich.line_at(start))
    for word, lines in places.items():
        mended = next((form for form in _with_letters(word) if words.forms[form]), "")
        if mended:
            yield _found("misread", word, mended, lines, why=f"“{mended}” stands elsewhere")


def _with_letters(word: str) -> Iterator[str]:
    """The word with letters for its digits: small ones between small letters."""
    if any(digit in word for digit in "23456789") or (word.isupper() and "1" in word):
        return  # a code: PTP1B
    for one, zero in (("l", "o"), ("i", "o"), ("I", "O"), ("I", "o")):
        yield word.replace("1", one).replace("0", zero)


def _exchanged(words: Words) -> Iterator[Finding]:
    """Iater, lnstitute, aIways: the other form stands elsewhere, and is the likelier one."""
    for word, count in words.forms.items():
        if len(word) < _FEWEST or word[0] not in "Il":
            # FamilyInstance is two words
            if "I" in word[1:] and _MIXED_CASE.fullmatch(word) and min(map(len, case_parts(word))) < _FEWEST:
                mended = word[0] + word[1:].replace("I", "l")
                if words.forms[mended] or words.counts[mended.casefold()] > words.counts[word.casefold()]:
                    yield from _row(words, word, mended)
            continue
        other = ("l" if word[0] == "I" else "I") + word[1:]
        if word[1:].islower() and words.forms[other] and _likelier(other, words.forms[other], count):
            yield from _row(words, word, other)


def _likelier(other: str, there: int, here: int) -> bool:
    """Before a vowel it is l, before a consonant I, unless one form is much more frequent."""
    if there >= 3 * here or here >= 3 * there:
        return there > here
    return (other[0] == "l") == (other[1].casefold() in _VOWELS)


def _row(words: Words, word: str, mended: str) -> Iterator[Finding]:
    lines = [line for line, _, _ in words.places(word)]
    if lines:
        yield _found("misread", word, mended, lines, why=f"“{mended}” stands elsewhere")
