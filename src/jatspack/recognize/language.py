"""Which language a passage is written in, also where it is a title of three words.

Evidence, cheapest first: the script; letters that a language has or lacks; function words; typical endings of
words; and, only where these do not settle it, the statistics of py3langid. All of it but the last is data of the
lexicon (tables orthography and stopwords).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from jatspack.recognize.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Guess:
    """A language tag of the lexicon (``und`` if nothing speaks for any) and how sure it is, from 0 to 1."""

    lang: str
    confidence: float


UNKNOWN = Guess("und", 0.0)
_RANGES = {
    "Latn": r"A-Za-zªº\u00c0-\u024f\u1e00-\u1eff\ua720-\ua7ff",
    "Cyrl": r"\u0400-\u052f\u1c80-\u1c8f",
    "Hani": r"\u3400-\u9fff\uf900-\ufaff",
    "Kana": r"\u3041-\u30fa\u30fc-\u30ff",
    "Hang": r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "Grek": r"\u0370-\u03ff\u1f00-\u1fff",
    "Arab": r"\u0620-\u064a\u066e-\u06d5\u06ee-\u06ff\u0750-\u077f",
    "Hebr": r"\u05d0-\u05ea",
    "Armn": r"\u0531-\u0587",
    "Geor": r"\u10a0-\u10ff\u1c90-\u1cbf",
    "Deva": r"\u0900-\u0963\u0970-\u097f",
    "Thai": r"\u0e01-\u0e4e",
}
_WORDS = re.compile("|".join(f"(?P<{script}>[{form}]+)" for script, form in _RANGES.items()))
_WEIGHT = {"Hani": 2.5, "Kana": 2.5, "Hang": 2.0}  # a character of these says as much as two or three letters
_GROUP = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani", "Kore": "Hang"}
_BASE = {
    "Latn": frozenset("abcdefghijklmnopqrstuvwxyz"),
    "Cyrl": frozenset(map(chr, range(0x430, 0x450))),
    "Arab": frozenset("ابتثجحخدذرزسشصضطظعغفقلمنهو"),
}
_MOST = 600  # characters looked at; more adds time and no certainty
# Score of the best, and its lead over the next, that need no statistics: beyond, these change one answer in 250.
_SETTLED = (2.0, 1.9)
_SHARP = 1.3  # makes the confidence agree with how often it is right (measured on short texts)
_CANDIDATE = 1.2  # what being expected adds to a language's score


def script_of(text: str) -> str:
    """ISO 15924 code of the script that most of the text is in: Jpan with any kana, ``Zyyy`` without letters."""
    found = _scripts(text[:_MOST])
    return _majority(found) if found else "Zyyy"


def _scripts(text: str) -> Counter[str]:
    out: Counter[str] = Counter()
    for match in _WORDS.finditer(text):
        script = match.lastgroup or ""
        out[script] += round((match.end() - match.start()) * _WEIGHT.get(script, 1.0) * 2)
    return out


def _majority(found: Counter[str]) -> str:
    script = found.most_common(1)[0][0]
    if script in ("Hani", "Kana"):
        return "Jpan" if found["Kana"] * 12 >= found["Hani"] else "Hani"
    return {"Hang": "Kore"}.get(script, script)


def identify(text: str, candidates: Sequence[str] = ()) -> Guess:
    """The language of a text. `candidates` are more likely, no more than that; quotes and formulas do no harm."""
    return _identify(text[:_MOST], tuple(candidates))


@lru_cache(256)
def _identify(text: str, candidates: tuple[str, ...]) -> Guess:
    found = _scripts(text)
    if not found:
        return UNKNOWN
    script = _majority(found)
    share = found[script] / found.total() if script in found else 1.0
    model = _model("Hani" if script in ("Hani", "Jpan") else _GROUP.get(script, script))
    if script == "Jpan":
        return Guess("ja", 0.97) if "ja" in model.langs else UNKNOWN
    if not model.langs:
        return UNKNOWN
    if len(model.langs) == 1:
        return Guess(model.langs[0], min(0.99, 0.6 + 0.4 * share))
    words = [m[0].casefold() for m in _WORDS.finditer(text) if m.lastgroup == model.script]
    guess = model.decide(words, text, candidates)
    return Guess(guess.lang, round(guess.confidence * min(1.0, 0.5 + share), 3))


@dataclass(slots=True)
class _Model:
    """What tells the languages of one script apart. Every table gives a list of scores, one per language."""

    script: str
    langs: tuple[str, ...]
    stopwords: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    endings: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    letters: dict[str, list[float]] = field(default_factory=dict)
    ending_lengths: tuple[int, ...] = ()
    prior: tuple[float, ...] = ()

    def decide(self, words: Sequence[str], text: str, candidates: Sequence[str]) -> Guess:
        """The language with the best score, or `UNKNOWN`."""
        scores = self.score(words)
        for n, lang in enumerate(self.langs):
            if lang in candidates or lang.split("-")[0] in candidates:
                scores[n] += _CANDIDATE
        first, second = _best_two(scores)
        settled = scores[first] >= _SETTLED[0] and scores[first] - scores[second] >= _SETTLED[1]
        if not settled:
            for n, p in enumerate(_statistics(text, self.langs)):
                scores[n] += p
            first, second = _best_two(scores)
        return Guess(self.langs[first], _confidence(scores, first, sum(map(len, words))))

    def score(self, words: Sequence[str]) -> list[float]:
        """Scores of all languages from letters, function words and endings."""
        scores = list(self.prior)
        for word in words:
            for n, weight in self.stopwords.get(word, ()):
                scores[n] += weight
        for word in words:
            size = len(word)
            for length in self.ending_lengths:
                if length <= size - 2 and (known := self.endings.get(word[-length:])):
                    for n, weight in known:
                        scores[n] += weight
                    break
        joined = "".join(words)
        room = len(joined) / 25
        for letter, count in Counter(joined).items():
            row = self.letters.get(letter)
            if row:
                strength = count / (count + room)
                for n, weight in enumerate(row):
                    scores[n] += strength * weight
        return scores


def _best_two(scores: Sequence[float]) -> tuple[int, int]:
    order = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
    return order[0], order[1]


def _confidence(scores: Sequence[float], first: int, letters: int) -> float:
    """Share of the best among all, and less for a few letters alone."""
    top = scores[first]
    share = 1.0 / sum(math.exp(max(_SHARP * (s - top), -50.0)) for s in scores)
    return share * (1.0 - math.exp(-(letters + 2) / 6.0))


def _split(value: str) -> list[str]:
    return [v for v in re.split(r"[\s|]+", value) if v]


@cache
def _model(script: str) -> _Model:
    words = lexicon()
    langs = tuple(lang for lang in words.languages if _GROUP.get(words.script(lang), words.script(lang)) == script)
    model = _Model(script, langs)
    model.stopwords = _weighted(
        (
            (word, n)
            for n, lang in enumerate(langs)
            for table in ("stopwords", "orthography")
            for word in words.table(lang, table, "words").split()
        ),
        len(langs), 1.1,
    )  # fmt: skip
    model.endings = _weighted(
        ((word, n) for n, lang in enumerate(langs) for word in _split(words.table(lang, "orthography", "endings"))),
        len(langs), 0.8,
    )  # fmt: skip
    model.ending_lengths = tuple(sorted({len(e) for e in model.endings}, reverse=True))
    model.letters = _letters(script, langs)
    model.prior = tuple(float(words.table(lang, "orthography", "prior") or 0) for lang in langs)
    return model


def _weighted(pairs: Iterable[tuple[str, int]], count: int, unit: float) -> dict[str, list[tuple[int, float]]]:
    """A word that few languages have says more."""
    rows: dict[str, set[int]] = {}
    for word, n in pairs:
        rows.setdefault(word.casefold(), set()).add(n)
    out = {}
    for word, owners in rows.items():
        weight = unit * (0.25 + math.log(max(count, 4) / len(owners)) / math.log(max(count, 4)) * 1.35)
        out[word] = [(n, weight if len(word) > 1 else weight * 0.6) for n in sorted(owners)]
    return out


def _letters(script: str, langs: Sequence[str]) -> dict[str, list[float]]:
    """Letters beyond the script's base speak for the languages that have them and against the others; letters of
    the base that a language lacks speak against it a little, because names have them."""
    base = _BASE.get(script, frozenset())
    have = [_characters(lang, "letters") | _characters(lang, "characters") for lang in langs]
    lack = [_characters(lang, "absent") for lang in langs]
    out: dict[str, list[float]] = {}
    for letter in frozenset().union(*have) - base:
        owners = sum(letter in letters for letters in have)
        gain = 1.0 + 2.0 * math.log(len(langs) / owners) / math.log(max(len(langs), 2))
        out[letter] = [gain if letter in letters else -5.0 for letters in have]
    for letter in frozenset().union(*lack):
        row = out.setdefault(letter, [0.0] * len(langs))
        for n, letters in enumerate(lack):
            if letter in letters:
                row[n] -= 2.5
    return out


def _characters(lang: str, key: str) -> frozenset[str]:
    return frozenset("".join(_split(lexicon().table(lang, "orthography", key))).casefold())


def _statistics(text: str, langs: Sequence[str]) -> list[float]:
    """Scores of py3langid, -2 for languages that it does not know. The first call takes 0.6 s."""
    from jatspack.recognize.ngrams import identifier

    ranked = dict(identifier().rank(text))
    top = max(ranked.values())
    heat = math.sqrt(len(text.encode()) or 1)
    return [max(-4.0, (ranked[k] - top) / heat) if (k := lang.split("-")[0]) in ranked else -2.0 for lang in langs]
