"""Words that no element took are kept all the same: in the notes of the front matter, with a finding that says so."""

from __future__ import annotations

from jatspack.article import Article
from jatspack.check.conservation import SHOWN, Conservation
from jatspack.findings import Finding, finding
from jatspack.read.document import Paragraph
from jatspack.richtext import OBJECT, Math, Rich


def keep_unplaced(article: Article, words: Conservation) -> Finding:
    """Put the missing words into `article.unplaced`, a paragraph for each stretch that was printed together."""
    for text in words.unplaced:
        shown = Rich(tuple(run for run in text if run.text != OBJECT or isinstance(run.object, Math)))
        article.unplaced.append(Paragraph(shown.strip(), text.lines))
    lines = sorted({word.line for word in words.missing if word.line})
    return finding(
        "text-unplaced",
        *((n, n) for n in lines[:SHOWN]),
        count=str(len(words.missing)),
        words=", ".join(word.text for word in words.missing[:SHOWN]),
    )
