"""E-mail addresses and ORCIDs in lines of the front matter, and the text without them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from jatspack.findings import Finding, finding
from jatspack.recognize.identifiers import find_emails, find_orcids
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.byline import SUPERSCRIPT
from jatspack.richtext import Rich

EDGE = re.compile(r"[\s,;:.，；：()（）\[\]*_–—-]*$")


@dataclass(frozen=True, slots=True)
class Contact:
    """One address. `unit` is its place among the units; `start` and `end` are offsets into that unit's text."""

    kind: Literal["email", "orcid"]
    value: str
    unit: int
    line: int
    start: int
    end: int
    corresponding: bool = False
    mark: str = ""  # a raised mark printed before it


def find_contacts(
    unit: int, text: Rich, lexicon: Lexicon
) -> tuple[list[Contact], Rich, list[tuple[int, str]], list[Finding]]:
    """Contacts of one unit, what is left of its text, (line, label text) of the labels taken off, and findings."""
    plain = _without_marks(text)
    corresponding = bool(lexicon.pattern("corresponding-author-label").search(plain))
    found: list[Contact] = []
    problems: list[Finding] = []
    for mail in find_emails(plain):
        line = text.line_at(mail.start)
        mark = _mark_before(text, mail.start)
        found.append(Contact("email", mail.value, unit, line, mail.start, mail.end, corresponding, mark))
    for orcid in find_orcids(plain):
        line = text.line_at(orcid.start)
        if orcid.valid:
            found.append(Contact("orcid", orcid.value, unit, line, orcid.start, orcid.end))
        else:
            problems.append(finding("orcid-checksum", (line, line), orcid=plain[orcid.start : orcid.end]))
    places = sorted((c.start, c.end) for c in found)
    spans = [(min(_label_start(text, a, lexicon), _mark_start(text, a)), a, b) for a, b in places]
    rest, labels, at = Rich(), [], 0
    for label, start, end in spans:
        if start < at:
            continue
        rest = rest + text[at : max(label, at)]
        if plain[label:start].strip(" :：,;.()"):
            labels.append((text.line_at(label), plain[label:start].strip()))
        at = max(at, end)
    rest = rest + text[at:]
    return found, _strip(rest) if spans else rest, labels, problems


def _mark_before(text: Rich, start: int) -> str:
    """A raised mark that stands right before the address."""
    before = text.text[:start].rstrip()
    if not before:
        return ""
    last = len(before) - 1
    raised = "sup" in text.run_at(last).style or before[last] in "¹²³⁴⁵⁶⁷⁸⁹*∗†‡"
    return before[last].translate(SUPERSCRIPT) if raised else ""


def _mark_start(text: Rich, start: int) -> int:
    """Where the raised mark before an address begins; the address itself if it has none."""
    if not _mark_before(text, start):
        return start
    at = len(text.text[:start].rstrip())
    while at and (text.text[at - 1] in "¹²³⁴⁵⁶⁷⁸⁹*∗†‡" or "sup" in text.run_at(at - 1).style):
        at -= 1
    return at


def _without_marks(text: Rich) -> str:
    """The text with raised marks blanked, so that none is read as the first letter of an address."""
    blanked = "".join(" " * len(run.text) if "sup" in run.style else run.text for run in text)
    return re.sub(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]", " ", blanked)


def _label_start(text: Rich, start: int, lexicon: Lexicon) -> int:
    """Where the label of a contact begins: ``E-mail: a@b.c`` at the E; the contact's own start if it has none."""
    before = text.text[:start]
    for length in range(min(len(before), 45), 0, -1):
        at = start - length
        if at and before[at - 1].isalnum():
            continue
        for match in lexicon.label_at(text.text, at, ("email", "orcid", "phone")):
            if match.end >= start or not text.text[match.end : start].strip(" :：<([*_"):
                return at
    return start


def _strip(text: Rich) -> Rich:
    text = text.strip()
    end = EDGE.search(text.text)
    if end and end.start() < len(text):
        closing = text.text[end.start() :]
        keep = 1 if closing[:1] in ".)）" and not closing.startswith(").") else 0
        text = text[: end.start() + keep]
    return text.strip(" \n\u2028,;:，；：")
