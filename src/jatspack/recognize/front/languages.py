"""The language of each passage of the front matter: label, script, words and neighbours together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from jatspack.recognize.decoder import Decision
from jatspack.recognize.language import identify
from jatspack.recognize.lines import width
from jatspack.recognize.segments import label_of

FEW_LETTERS = 40
ENOUGH = 6000  # characters are enough to tell a language
SELF_EVIDENT = ("abstract", "text", "title")


def article_language(decisions: Sequence[Decision]) -> str:
    """The language of the body; of the abstracts where there is no body; "und" where nothing tells."""
    for roles in (("text",), ("abstract",), ("title",), ("text", "abstract", "title", "heading", "ref")):
        text = ""
        for d in decisions:
            if d.role in roles and d.unit.kind in ("paragraph", "item", "heading"):
                text += d.unit.text.plain + "\n"
                if len(text) > ENOUGH:
                    break
        if width(text) > FEW_LETTERS or (text and "title" in roles):
            guess = identify(text)
            if guess.lang != "und":
                return guess.lang
    return "und"


def candidates(decisions: Sequence[Decision], language: str) -> list[str]:
    """Languages that the article is known to use: the body's and those of whole abstracts."""
    found = Counter({language: 5} if language and language != "und" else {})
    for d in decisions:
        if d.role == "abstract" and len(d.unit.text.plain) > 120:
            guess = identify(d.unit.text.plain)
            if guess.confidence > 0.6 and guess.lang != "und":
                found[guess.lang] += 1
    return [lang for lang, _ in found.most_common()]


def passage_language(text: str, known: Sequence[str], *decisions: Decision) -> str:
    """Language of one passage; the languages of its label and those known in the article are a prior."""
    label_langs = [lang for d in decisions if (match := label_of(d)) for lang in match.langs]
    if len(text) < FEW_LETTERS and len(told := {lang for lang in label_langs if lang in known}) == 1:
        return told.pop()  # a label alone: its own language is better evidence than a few letters
    guess = identify(text, tuple(known))
    if guess.lang != "und" and (guess.confidence >= 0.75 or len(text) > 200):
        return guess.lang
    both = [lang for lang in label_langs if lang in known]
    if guess.lang in label_langs or not label_langs:
        return guess.lang
    if len(set(both)) == 1:
        return both[0]
    return guess.lang if guess.lang != "und" else (label_langs[0] if len(set(label_langs)) == 1 else "und")
