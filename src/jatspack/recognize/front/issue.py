"""Volume, issue and pages of the article itself, out of what journals print around it.

``Cilt 7, Sayı 2, s. 45-58``, ``Vol.35 No.4``, ``第 35 卷 第 4 期``, ``Andean Biology 12(3): 101–115``; and the line
that says how to cite the article, where it names this article's title. Of one line the first number of a kind counts;
what two lines print differently is not taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from rapidfuzz import fuzz

from jatspack.article import IssueFact, IssueKind
from jatspack.recognize.counting import counted
from jatspack.recognize.decoder import Decision
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.references import parse_reference
from jatspack.recognize.segments import label_of, origin
from jatspack.wording import letters

_SAME = 85.0  # per cent of likeness from which on the cited title is this article's
_CITED: dict[str, IssueKind] = {"volume": "volume", "issue": "issue", "fpage": "fpage", "lpage": "lpage"}


def issue_facts(decisions: Sequence[Decision], titles: Sequence[str], lexicon: Lexicon) -> list[IssueFact]:
    """What running matter and the line for citation say; `titles` are the article's own."""
    found: dict[IssueKind, dict[str, IssueFact]] = {}
    for decision in decisions:
        if decision.role != "journal":
            continue
        label = label_of(decision)
        cited = label is not None and label.role == "citation"
        printed = _cited(decision, titles) if cited else counted(decision.unit.text.plain, lexicon)
        for kind, value in dict(reversed(list(printed))).items():
            fact = IssueFact(kind, value, decision.unit.text.plain, origin(decision, rule="printed around the article"))
            found.setdefault(kind, {}).setdefault(value, fact)
    return list(chain.from_iterable(values.values() for values in found.values() if len(values) == 1))


def _cited(decision: Decision, titles: Sequence[str]) -> Iterator[tuple[IssueKind, str]]:
    """The parts of a line that tells how to cite the article, if it is this article that it names."""
    label = label_of(decision)
    text = decision.unit.text[label.end if label else 0 :]
    citation = parse_reference(text)
    named = next((p for p in citation.text.parts if p.tag == "article-title"), None)
    if named is None:
        return
    title = letters(citation.text.text.text[named.start : named.end])
    if not any(fuzz.ratio(title, letters(one)) >= _SAME for one in titles):
        return
    for part in citation.text.parts:
        if part.tag in _CITED:
            yield _CITED[part.tag], citation.text.text.text[part.start : part.end]
