"""Invented words of many shapes: names, titles, journals, publishers. Only their shapes are learned from."""

from __future__ import annotations

from functools import cache
from random import Random

from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.references.vocabulary import tables, topics

LETTERS = {
    "Latn": ("bcdfghjklmnprstvwz", "aeiou"),
    "Cyrl": ("бвгдзклмнпрстхчшж", "аеиоуыя"),
    "Arab": ("بتجحدرزسشصطعفقكلمنهوي", "اويا"),
    "Grek": ("βγδζθκλμνπρστφχ", "αεηιοω"),
    "Hans": ("农业发展研究中国经济社会科学技术历史文化教育环境水土生物医学工程方法理论应用分析系统影响", ""),
    "Jpan": ("日本研究教育社会文化経済歴史環境の開発における分析とその影響", ""),
    "Kore": ("한국연구교육사회문화경제역사환경개발분석영향방법이론", ""),
}
ACCENTS = {"es": "áéíóúñ", "pt": "ãçéíõú", "fr": "éèêàç", "de": "äöüß", "tr": "ıöüşçğ", "pl": "ąęłńóśż", "vi": "ạấềố"}
SCRIPTS = {"ru": "Cyrl", "uk": "Cyrl", "kk": "Cyrl", "be": "Cyrl", "bg": "Cyrl", "ky": "Cyrl", "ar": "Arab",
           "fa": "Arab",
           "el": "Grek", "zh-Hans": "Hans", "ja": "Jpan", "ko": "Kore"}  # fmt: skip
LANGUAGES = (
    ["en"] * 24 + ["es", "pt", "fr", "de", "it"] * 3 + ["pt"] * 3 + ["ru"] * 8 + ["uk", "kk"] * 2 + ["zh-Hans"] * 6
    + ["tr", "id", "pl", "nl", "sv", "cs", "vi", "ro", "hu", "be", "bg", "ky", "ja", "ko", "ar", "fa", "el"]
)  # fmt: skip


class Words:
    """Words of one language, drawn from one source of chance."""

    def __init__(self, random: Random, lang: str) -> None:
        self.random, self.lang = random, lang
        self.script = SCRIPTS.get(lang, "Latn")
        self.han = self.script in ("Hans", "Jpan", "Kore")

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def kind(self, *kinds: str, default: str = "") -> str:
        """A printed word of the lexicon of this language (or of English where it has none)."""
        for lang in (self.lang, "en"):
            words = [w for kind in kinds for w in listed(lang, kind)]
            if words:
                return self.random.choice(words)
        return default

    def word(self, shortest: int = 3, longest: int = 12) -> str:
        """A lower-case word."""
        consonants, vowels = LETTERS[self.script]
        if self.han:
            return "".join(self.random.choices(consonants, k=self.random.randint(1, 3)))
        size = min(longest, max(shortest, int(self.random.gauss(7, 2.6))))
        text = "".join(self.random.choice(vowels if i % 2 else consonants) for i in range(size))
        if self.lang in ACCENTS and self.chance(0.3):
            at = self.random.randrange(len(text))
            text = text[:at] + self.random.choice(ACCENTS[self.lang]) + text[at + 1 :]
        return text

    def name(self) -> str:
        """A capitalised word, now and then with a hyphen, an apostrophe or a capital inside."""
        text = self.word(3, 11).capitalize()
        if self.chance(0.05):
            text += "-" + self.word(3, 8).capitalize()
        elif self.chance(0.02) and self.script == "Latn":
            text = self.random.choice(["O’", "D'", "Mc", "Mac"]) + text
        return text

    def given(self) -> str:
        """A given name: most are well known."""
        names = given_names(self.script)
        return self.random.choice(names) if names and self.chance(0.7) else self.name()

    def topic(self) -> str:
        """A word of a title: one that titles often hold, one that ends like such words, or any."""
        words, endings = topics("words").get(self.lang, ()), topics("endings").get(self.lang, ())
        if words and self.chance(0.25):
            return self.random.choice(words)
        if endings and self.chance(0.45):
            return self.word(3, 7) + self.random.choice(endings)
        return self.word()

    def preposition(self, stops: tuple[str, ...]) -> str:
        """One of the words that a title may hold and that open a container elsewhere: in, no, в."""
        words = [w for w in listed(self.lang, "in") if w.isalpha() and w.lower() in stops]
        return self.random.choice(words).lower() if words else self.random.choice(stops)

    def acronym(self) -> str:
        if self.han or self.script not in ("Latn", "Cyrl"):
            return "".join(self.random.choices("ABCDEFGHLMNPRST", k=self.random.randint(2, 4)))
        return self.word(2, 5).upper()[: self.random.randint(2, 5)]

    def phrase(self, count: int, case: str = "sentence") -> str:
        """`count` words as they stand in a title: case is sentence, title, nouns or upper."""
        if self.han:
            return self.word() + "".join(self.word() for _ in range(count))
        out: list[str] = []
        stops = stopwords(self.lang)
        if stops and count > 1 and self.chance(0.22):  # The …, On …, A …
            first = self.random.choice(stops)
            out.append(first[:1].upper() + first[1:])
            count -= 1
        for i in range(len(out), len(out) + count):
            if stops and i > 0 and self.chance(0.32 if self.lang not in ("ru", "uk", "kk", "tr") else 0.15):
                word = self.random.choice(stops) if self.chance(0.7) else self.preposition(stops)
                out.append(word.capitalize() if case == "title" and len(word) > 4 and self.chance(0.5) else word)
                continue
            word = self.acronym() if self.chance(0.03) else self.topic()
            if self.chance(0.025):
                word = self.given()
            if self.chance(0.02):
                word = str(self.random.choice([self.random.randint(1, 30), self.random.randint(1750, 2020)]))
            proper = i == 0 or case == "title" or (case == "nouns" and self.chance(0.5)) or self.chance(0.07)
            out.append(word[:1].upper() + word[1:] if proper and word[0].islower() else word)
            if self.chance(0.04):
                out[-1] += "-" + self.word(3, 8)
        text = " ".join(out)
        return text.upper() if case == "upper" else text


@cache
def listed(lang: str, kind: str) -> tuple[str, ...]:
    """Words of a kind as one language prints them; no stems."""
    value = lexicon().table(lang, "citation", kind) or lexicon().table(lang, "people", kind)
    return tuple(w for w in value.split(" | ") if w and "*" not in w)


@cache
def stopwords(lang: str) -> tuple[str, ...]:
    """Function words of a language."""
    return tuple(lexicon().table(lang, "stopwords", "words").split())


@cache
def given_names(script: str) -> tuple[str, ...]:
    """Well-known given names in a script."""
    return tuple(n for n in known("given") if script == ("Cyrl" if n[0] >= "Ѐ" else "Latn"))


@cache
def known(table: str) -> tuple[str, ...]:
    """Publishers, places … that belong to no language."""
    return tuple(tables()[table])
