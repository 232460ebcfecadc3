"""Fields of which article.toml wants nothing that was read."""

from __future__ import annotations

from collections.abc import Sequence

from jatspack.article import Origin
from jatspack.recognize.corrections.front import words_of
from jatspack.recognize.corrections.ledger import Ledger, rich_words
from jatspack.recognize.corrections.people import said


def discard(ledger: Ledger, fields: Sequence[str]) -> None:
    """Take away all that was read of these fields, every word of it accounted for."""
    article = ledger.article
    for field in fields:
        gone: list[tuple[str, Origin]] = []
        match field:
            case "titles":
                gone = [(f"{rich_words(t.text)} {rich_words(t.subtitle)}", t.origin) for t in article.titles]
                article.titles = []
            case "contributors":
                gone = [(said(c), c.origin) for c in article.contributors]
                article.contributors = []
            case "affiliations":
                gone = [(rich_words(t.text), a.origin) for a in article.affiliations for _, t in a.texts]
                article.affiliations = []
                for person in article.contributors:
                    person.affiliations = []
            case "abstracts":
                gone = [(f"{rich_words(a.title)} {words_of(a.blocks)}", a.origin) for a in article.abstracts]
                article.abstracts = []
            case "keywords":
                gone = [(" ".join(map(rich_words, (k.title, *k.keywords))), k.origin) for k in article.keywords]
                article.keywords = []
            case "identifiers":
                gone = [(i.value, i.origin) for i in article.identifiers]
                article.identifiers = []
            case "dates":
                gone = [(d.printed, d.origin) for d in article.dates]
                article.dates = []
            case "author-notes":
                notes = (*article.author_notes, *article.correspondence)
                gone = [(rich_words(p.text), Origin((p.lines,), "")) for p in notes]
                article.author_notes, article.correspondence = [], []
        for text, origin in gone:
            ledger.replaced(text, "", origin.lines[0][0] if origin.lines else 0, ledger.rule("discard"))
