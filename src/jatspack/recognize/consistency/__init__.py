"""What in an article does not agree with itself. Reported with a correction to offer, never changed.

Each module looks at one thing: letters, identifiers, links, languages, numbering. Citations report what they find
while they are linked (recognize/citations).
"""

from __future__ import annotations

from collections.abc import Sequence

from jatspack.article import Article
from jatspack.findings import Finding
from jatspack.read.document import Document
from jatspack.recognize.consistency.identifiers import wrong_identifiers
from jatspack.recognize.consistency.languages import missing_languages
from jatspack.recognize.consistency.letters import wrong_letters
from jatspack.recognize.consistency.links import differing_links
from jatspack.recognize.consistency.numbering import numbering_gaps
from jatspack.recognize.consistency.offers import offered
from jatspack.recognize.consistency.parted import parted_words
from jatspack.recognize.corrections.text import every_text, word_pattern
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.words import Words, suspicious_words
from jatspack.richtext import Rich

__all__ = ["consistency", "offered"]


def consistency(
    document: Document, article: Article, words: Words, lexicon: Lexicon, told: list[Finding]
) -> list[Finding]:
    """All that does not agree; `told` are the findings so far, of which none is said again in other words."""
    texts = every_text(article)
    damaged = [*suspicious_words(words), *parted_words(words, article), *wrong_letters(words)]
    once = {(found.code, found.data["word"], found.lines): found for found in reversed(damaged)}
    return [
        *(found for found in reversed(once.values()) if _stands(found, texts)),
        *wrong_identifiers(article, texts, told),
        *differing_links(document, article, texts),
        *missing_languages(article),
        *numbering_gaps(article, lexicon, told),
    ]


def _stands(found: Finding, texts: Sequence[Rich]) -> bool:
    """Whether the word is still in the article: recognition may have parted it, or taken it out as noise."""
    word = word_pattern(found.data["word"])
    for first, last in found.lines:
        for text in texts:
            low, high = text.lines
            if low <= last and first <= high and word.search(text.text):
                return True
    return False
