"""Codes, dates and the rest of what journals print around an article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from jatspack.article import SPELT, Accounted, HistoryDate, Identifier
from jatspack.read.document import Paragraph
from jatspack.recognize.dates import find_dates
from jatspack.recognize.decoder import Decision
from jatspack.recognize.front.permissions import permissions
from jatspack.recognize.identifiers import find_dois
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.segments import label_of, origin, segments, take_label
from jatspack.richtext import EMPTY, Math, Rich
from jatspack.wording import rich_text, spelt

CODE_ROLES = frozenset({"udc", "irsti", "jel", "clc", "document-code", "bbk"})
KINDS = {"article-number": "publisher-id"}  # label -> kind of identifier, where it has another name
CODES = CODE_ROLES | KINDS.keys()
DOI_ADDRESS = re.compile(r"(?:[Dd][Oo][Ii]\s*:?\s*|(?<!\S))\S*?10\.\d{4,9}/\S+")


@dataclass(slots=True)
class Matter:
    """What was found, and the paragraphs that have no element of their own."""

    identifiers: list[Identifier] = field(default_factory=list)
    dates: list[HistoryDate] = field(default_factory=list)
    notes: list[tuple[str, Paragraph]] = field(default_factory=list)  # (notes-type, text)
    accounted: list[Accounted] = field(default_factory=list)
    copyright: Rich = EMPTY
    licence: Rich = EMPTY


def collect(decisions: Sequence[Decision], lexicon: Lexicon) -> Matter:
    """Go through the units of the roles code, dates, journal and note."""
    out = Matter()
    for segment in segments(decisions):
        if segment.role == "dates":
            _dates(segment.decisions, out)
    for decision in decisions:
        if decision.role == "code":
            _code(decision, out)
        elif decision.role in ("journal", "note"):
            kind = "running-matter" if decision.role == "journal" else "note"
            _remember_doi(decision, out)
            if not _permissions(decision, out, lexicon):
                out.notes.append((kind, _paragraph(decision)))
    return out


def _permissions(decision: Decision, out: Matter, lexicon: Lexicon) -> bool:
    """Whether the line holds the copyright or the licence; what is printed again, in another language, is a note."""
    holder, licence = permissions(decision.unit.text.strip(), lexicon)
    if not (holder or licence) or (holder and out.copyright) or (licence and out.licence):
        return False
    out.copyright, out.licence = out.copyright or holder, out.licence or licence
    return True


def _paragraph(decision: Decision) -> Paragraph:
    return Paragraph(decision.unit.text.strip(), decision.unit.lines)


def _code(decision: Decision, out: Matter) -> None:
    label, rest, match = take_label(decision)
    line, printed = decision.unit.lines[0], decision.unit.text.plain
    dois = list(find_dois(decision.unit.text.text))
    if dois and not out_has_doi(out):
        out.identifiers.append(Identifier("doi", dois[0].value, printed, origin(decision)))
        if match is None or match.role not in CODES:
            out.accounted.append(Accounted(line, printed, "identifier made an element"))
            return
        address = DOI_ADDRESS.search(rest.text)  # another code stands before or behind the DOI
        if address:
            out.accounted.append(Accounted(line, address[0], "identifier made an element"))
            rest = rest[: address.start()] + rest[address.end() :]
    formula = rich_text(rest.runs).strip() if any(isinstance(run.object, Math) for run in rest) else ""
    value = (spelt(formula) or rest.plain).strip(" .;,:：】[]·•|")
    if match is not None and match.role in CODES and value:
        printed = f"{label.plain} {value}" if formula else printed
        out.identifiers.append(Identifier(KINDS.get(match.role, match.role), value, printed, origin(decision)))
        out.accounted.append(Accounted(line, label.plain, "label made an element"))
        if formula:
            out.accounted.append(Accounted(line, formula, SPELT))
    elif match is not None and not value:
        out.accounted.append(Accounted(line, label.plain, "label without a value"))
    else:
        out.notes.append(("note", _paragraph(decision)))


def out_has_doi(out: Matter) -> bool:
    """Whether a DOI of the article was found already."""
    return any(i.kind == "doi" for i in out.identifiers)


def _remember_doi(decision: Decision, out: Matter) -> None:
    """Running matter before the body that prints one DOI prints the article's."""
    dois = {d.value for d in find_dois(decision.unit.text.text)}
    if len(dois) == 1 and not out_has_doi(out) and decision.role == "journal":
        match = label_of(decision)
        if match is None or match.role != "citation":
            out.identifiers.append(Identifier("doi", dois.pop(), decision.unit.text.plain, origin(decision)))


def _dates(run: Sequence[Decision], out: Matter) -> None:
    """Dates of lines that stand together: the name of an event may stand on the line above its date."""
    text = "\n".join(d.unit.text.text for d in run)
    starts = [0, *accumulate(len(d.unit.text) + 1 for d in run)]
    used: set[int] = set()
    for date in find_dates(text):
        lines = {bisect_right(starts, at) - 1 for at in (date.label_start, date.start) if at >= 0}
        if date.date_type not in ("received", "rev-recd", "accepted", "pub"):
            continue
        used |= lines
        printed = " ".join(text[date.start : date.end].split())
        if not any(d.date_type == date.date_type for d in out.dates):
            decision = run[bisect_right(starts, date.start) - 1]
            out.dates.append(HistoryDate(date.date_type, date.iso, printed, origin(decision)))  # type: ignore[arg-type]
    for n, decision in enumerate(run):
        if n in used:
            out.accounted.append(Accounted(decision.unit.lines[0], decision.unit.text.plain, "dates made elements"))
        else:  # a date that no event is named beside is the issue's
            out.notes.append(("running-matter", _paragraph(decision)))


def paragraphs(notes: Sequence[tuple[str, Paragraph]], kind: str) -> Iterator[Paragraph]:
    """Those of one kind."""
    return (p for k, p in notes if k == kind)
