"""Values that JATS leaves open and jatspack does not: those that archives know. The same as in schemas/jatspack.rnc."""

from __future__ import annotations

from typing import Literal

# article/@article-type: the values that JATS and SciELO suggest.
ArticleType = Literal[
    "abstract", "addendum", "announcement", "article-commentary", "book-review", "books-received", "brief-report",
    "calendar", "case-report", "clinical-instruction", "collection", "correction", "data-article", "data-paper",
    "discussion", "dissertation", "editorial", "expression-of-concern", "guideline", "in-brief", "interview",
    "introduction", "letter", "meeting-report", "news", "obituary", "oration", "other", "partial-retraction",
    "product-review", "rapid-communication", "reply", "reprint", "research-article", "retraction", "review-article",
    "technical-report", "translation",
]  # fmt: skip

# sec/@sec-type: what headings stand for in the lexicon, and the statements that JATS4R wants to be found.
SecType = Literal[
    "background", "cases", "conclusions", "discussion", "discussion|conclusions", "intro", "limitations",
    "literature-review", "materials", "materials|methods", "methods", "objective", "results", "results|discussion",
    "subjects", "supplementary-material", "theory",
    "COI-statement", "author-contributions", "data-availability", "ethics-statement", "funding-statement",
]  # fmt: skip

# mixed-citation/@publication-type: JATS4R, Citations; and what the letters of GB/T 7714 stand for.
PublicationType = Literal[
    "book", "confproc", "data", "journal", "newspaper", "other", "patent", "preprint", "report", "software",
    "standard", "thesis", "webpage",
]  # fmt: skip
