"""What was misread, put right as article.toml says: one step between recognition and JATS.

Nothing here reads the text anew, and nothing else changes what was recognised. Each entry of article.toml finds
what it is about by its words (anchors.py); what it takes from the text and what it gives is written down
(ledger.py), so that every word stays accounted for; an entry that finds nothing, or several things, is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from jatspack.article import Correction
from jatspack.config import ArticleConfig, Model
from jatspack.findings import Finding
from jatspack.recognize.corrections.accept import accept
from jatspack.recognize.corrections.blocks import correct_blocks
from jatspack.recognize.corrections.discard import discard
from jatspack.recognize.corrections.front import correct_front
from jatspack.recognize.corrections.frontmatter import apply_front_matter, language_of
from jatspack.recognize.corrections.ledger import Ledger
from jatspack.recognize.corrections.notes import correct_footnotes, correct_formulas
from jatspack.recognize.corrections.people import correct_people, settled
from jatspack.recognize.corrections.references import correct_references, part_lists
from jatspack.recognize.corrections.roles import assign_roles
from jatspack.recognize.corrections.sections import correct_sections
from jatspack.recognize.corrections.text import answered, correct_citations, correct_languages, correct_words

ANCHORS = ("find", "before", "after", "text", "names")
LONGEST = 80  # characters of a value in the report

__all__ = [
    "Ledger",
    "accept",
    "answered",
    "apply_front_matter",
    "assign_roles",
    "correct",
    "correct_notes",
    "language_of",
]


def correct(ledger: Ledger, own: ArticleConfig) -> None:
    """Apply all corrections in place, but those of footnotes.

    Words and citations come last and so find the text as the entries before them left it; all others find it as
    it was read.
    """
    if not own.paired_lists:
        part_lists(ledger.article)
    correct_languages(ledger, own.passages)
    discard(ledger, own.discard)
    correct_front(ledger, own)
    correct_people(ledger, own)
    correct_sections(ledger, own.sections)
    correct_blocks(ledger, own)
    correct_formulas(ledger, own.formulas)
    correct_references(ledger, own.references)
    correct_words(ledger, own.replace)
    correct_citations(ledger, own.citations)


def correct_notes(ledger: Ledger, own: ArticleConfig, doubts: list[Finding]) -> list[Finding]:
    """The footnotes at last, when endnotes are among them; the doubts that are left, and what could not be applied."""
    correct_footnotes(ledger, own.footnotes)
    ledger.article.corrections = list(entries(ledger, own))
    left = [f for f in doubts if not (own.contributors and settled(f, ledger))]
    return [*left, *ledger.findings]


def entries(ledger: Ledger, own: ArticleConfig) -> Iterator[Correction]:
    """All that article.toml says, in the order of its fields, for the report; findings speak for themselves."""
    for field in sorted(own.model_fields_set - {"silence", "accept"}, key=list(type(own).model_fields).index):
        value = getattr(own, field)
        if isinstance(value, dict):
            for key, said in value.items():
                yield Correction(ledger.rule(field, key), f"{field}.{key}", _short(said), (), applied=True)
        elif isinstance(value, list) and value and isinstance(value[0], Model):
            for n, entry in enumerate(value):
                said = next((s for key in ANCHORS if (s := getattr(entry, key, ""))), "")
                lines, failed = ledger.found.get((field, n), ()), (field, n) in ledger.failed
                yield Correction(ledger.rule(field, n), field, _short(said), lines, applied=not failed)
        else:
            yield Correction(ledger.rule(field), field, _short(value), (), applied=True)


def _short(value: object) -> str:
    text = _said(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _said(value: object) -> str:
    if isinstance(value, Model):
        return " ".join(filter(None, map(_said, value.model_dump(exclude_defaults=True).values())))
    if isinstance(value, dict | list):
        return ", ".join(map(_said, value.values() if isinstance(value, dict) else value))
    return str(value)
