"""What was misread, put right as article.toml says: one step between recognition and JATS.

Nothing here reads the text anew, and nothing else changes what was recognised. Each entry of article.toml finds
what it is about by its words (anchors.py); what it takes from the text and what it gives is written down
(ledger.py), so that every word stays accounted for; an entry that finds nothing, or several things, is a finding.
"""

from __future__ import annotations

from jatspack.article import Article
from jatspack.config import Config
from jatspack.findings import Finding
from jatspack.recognize.corrections.blocks import correct_blocks
from jatspack.recognize.corrections.discard import discard
from jatspack.recognize.corrections.front import correct_front
from jatspack.recognize.corrections.ledger import Ledger
from jatspack.recognize.corrections.people import correct_people, settled
from jatspack.recognize.corrections.references import correct_references, part_lists
from jatspack.recognize.corrections.roles import assign_roles
from jatspack.recognize.corrections.sections import correct_sections
from jatspack.recognize.corrections.text import answered, correct_citations, correct_languages, correct_words
from jatspack.recognize.lexicon import Lexicon

__all__ = ["answered", "assign_roles", "correct"]


def correct(article: Article, config: Config, lexicon: Lexicon, doubts: list[Finding]) -> list[Finding]:
    """Apply all corrections in place; the doubts that are left, and what could not be applied.

    Words and citations come last and so find the text as the entries before them left it; all others find it as
    it was read.
    """
    own = config.article
    ledger = Ledger(article, config.places, lexicon)
    if not own.paired_lists:
        part_lists(article)
    correct_languages(ledger, own.passages)
    discard(ledger, own.discard)
    correct_front(ledger, own)
    correct_people(ledger, own)
    correct_sections(ledger, own.sections)
    correct_blocks(ledger, own)
    correct_references(ledger, own.references)
    correct_words(ledger, own.replace)
    correct_citations(ledger, own.citations)
    left = [f for f in doubts if not (own.contributors and settled(f, ledger))]
    return [*left, *ledger.findings]
