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
from jatspack.recognize.corrections.sought import Sought
from jatspack.recognize.corrections.text import every_text
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
    by_line = _by_line(texts) if damaged else {}
    return [
        *(found for found in reversed(once.values()) if _stands(found, by_line)),
        *wrong_identifiers(article, texts, told),
        *differing_links(document, article, texts),
        *missing_languages(article),
        *numbering_gaps(article, lexicon, told),
    ]


def _by_line(texts: Sequence[Rich]) -> dict[int, list[Rich]]:
    out: dict[int, list[Rich]] = {}
    for text in texts:
        for line in {run.line for run in text}:
            out.setdefault(line, []).append(text)
    return out


def _stands(found: Finding, by_line: dict[int, list[Rich]]) -> bool:
    """Whether the word is still in the article: recognition may have parted it, or taken it out as noise."""
    word = Sought(found.data["word"])
    return any(any(word.spans(text.text)) for line, _ in found.lines for text in by_line.get(line, ()))
