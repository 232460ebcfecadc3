"""E-mail addresses and ORCIDs in lines of the front matter, and the text without them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from jatspack.findings import Finding, finding
from jatspack.recognize.identifiers import find_emails, find_orcids
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.byline import FILLER
from jatspack.recognize.people.marks import RAISED, STAR, SUPERSCRIPT
from jatspack.richtext import Rich, Run

EDGE = re.compile(r"[\s,;:.，；：()（）\[\]*_–—-]*$")
PAIRS = {"(": ")", "[": "]", "（": "）", "<": ">"}
LABELS = ("email", "orcid", "phone")
LONGEST_LABEL = 45  # characters
INITIALS_BEHIND = re.compile(r"\s*[(（]((?:[^\W\d_a-zа-я]\.?[\s-]?){2,5})[)）]")  # jsmith@x.org (J.A.S.)
RIGHT_BEFORE = f"{RAISED}{STAR}"


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
    before: str = ""  # words between the contact before and this one's label
    after: str = ""  # words between this one and the next


@dataclass(slots=True)
class Found:
    """What a unit says besides its contacts. `rest` is its text without them; `blanked` has FILLER in their places."""

    contacts: list[Contact] = field(default_factory=list)
    rest: Rich = field(default_factory=Rich)
    blanked: Rich = field(default_factory=Rich)
    labels: list[tuple[int, str]] = field(default_factory=list)  # (line, text) of the labels taken off
    problems: list[Finding] = field(default_factory=list)


def find_contacts(unit: int, text: Rich, lexicon: Lexicon) -> Found:
    """Contacts of one unit and what is left of its text."""
    out = Found(rest=text, blanked=text)
    plain = _without_marks(text)
    if "@" not in plain and "＠" not in plain and "[at]" not in plain and "(at)" not in plain and "00" not in plain:
        return out
    corresponding = bool(lexicon.pattern("corresponding-author-label").search(plain))
    places: list[tuple[int, int, int, Literal["email", "orcid"], str]] = []  # label, start, end, kind, value
    for mail in find_emails(plain):
        places.append((_label_start(text, mail.start, lexicon), mail.start, mail.end, "email", mail.value))
    for orcid in find_orcids(plain):
        line = text.line_at(orcid.start)
        if orcid.valid:
            places.append((_label_start(text, orcid.start, lexicon), orcid.start, orcid.end, "orcid", orcid.value))
        else:
            out.problems.append(finding("orcid-checksum", (line, line), orcid=plain[orcid.start : orcid.end]))
    places.sort(key=lambda p: p[1])
    spans = []
    for n, (label, start, end, kind, value) in enumerate(places):
        last = places[n - 1][2] if n else 0
        following = places[n + 1][0] if n + 1 < len(places) else len(plain)
        mark = _mark_before(text, start)
        out.contacts.append(
            Contact(
                kind, value, unit, text.line_at(start), start, end, corresponding and kind == "email", mark,
                plain[last : max(label, last)], plain[end:following],
            )
        )  # fmt: skip
        initials = INITIALS_BEHIND.match(plain, end)
        if initials:
            out.labels.append((text.line_at(end), initials[1]))
        stop = initials.end() if initials else end
        spans.append(_with_brackets(plain, min(label, _mark_start(text, start)), start, stop))
    _take_out(text, plain, spans, out)
    return out


def _take_out(text: Rich, plain: str, spans: list[tuple[int, int, int]], out: Found) -> None:
    """Fill in the rest, the blanked text and the labels."""
    rest, blanked, at = Rich(), Rich(), 0
    for label, start, end in spans:
        if start < at:
            continue
        begin = max(label, at)
        rest = rest + text[at:begin]
        blanked = blanked + text[at:begin] + Rich((Run(FILLER * (end - begin), line=text.line_at(begin)),))
        if plain[label:start].strip(" :：,;.()（[<"):
            out.labels.append((text.line_at(label), plain[label:start].strip()))
        at = max(at, end)
    if spans:
        out.rest, out.blanked = _strip(rest + text[at:]), blanked + text[at:]


def _with_brackets(plain: str, label: int, start: int, end: int) -> tuple[int, int, int]:
    """A contact that fills a pair of brackets takes them along."""
    while label and label < len(plain) and end < len(plain) and PAIRS.get(plain[label - 1]) == plain[end]:
        label, end = label - 1, end + 1
    return label, start, end


def _mark_before(text: Rich, start: int) -> str:
    """A raised mark that stands right before the address."""
    before = text.text[:start].rstrip()
    if not before:
        return ""
    last = len(before) - 1
    raised = "sup" in text.run_at(last).style or before[last] in RIGHT_BEFORE
    return before[last].translate(SUPERSCRIPT) if raised else ""


def _mark_start(text: Rich, start: int) -> int:
    """Where the raised mark before an address begins; the address itself if it has none."""
    if not _mark_before(text, start):
        return start
    at = len(text.text[:start].rstrip())
    while at and (text.text[at - 1] in RIGHT_BEFORE or "sup" in text.run_at(at - 1).style):
        at -= 1
    return at


def _without_marks(text: Rich) -> str:
    """The text with raised marks blanked, so that none is read as the first letter of an address."""
    blanked = "".join(" " * len(run.text) if "sup" in run.style else run.text for run in text)
    return re.sub(f"[{RAISED}]", " ", blanked)


def _label_start(text: Rich, start: int, lexicon: Lexicon) -> int:
    """Where the label of a contact begins: ``E-mail: a@b.c`` at the E; the contact's own start if it has none."""
    before = text.text[:start]
    for length in range(min(len(before), LONGEST_LABEL), 0, -1):
        at = start - length
        if at and before[at - 1].isalnum():
            continue
        for match in lexicon.label_at(text.text, at, LABELS):
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
