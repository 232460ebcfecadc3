"""Where the parts of a reference must begin and end, whatever the model says: ``//``, quotation marks, "et al.", "In",
"edited by", the full stop behind names. Each rule takes the model's stretches and gives them back with other bounds.
"""

from __future__ import annotations

import itertools
import re
from functools import cache

from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.references.abbreviated import abbreviated
from jatspack.recognize.references.containers import (
    behind_year,
    chapter,
    container_end,
    house,
    imprint,
    legal,
    located,
    slashed,
)
from jatspack.recognize.references.eastern import east_fields
from jatspack.recognize.references.imprints import (
    before_address,
    book_number,
    comma_imprint,
    edition,
    ending_imprint,
    named_house,
    parted_publisher,
    town_alone,
    translated,
)
from jatspack.recognize.references.model import Stretch
from jatspack.recognize.references.statements import (
    body_first,
    caseless_names,
    dated_names,
    east_quotes,
    gb_title,
    names_run_out,
    numbered_first,
    quoted_journal,
    thesis,
    untitled,
    whole_body,
)
from jatspack.recognize.references.stretches import CONTAINERS, SENTENCE, starting, trimmed, until
from jatspack.recognize.references.tokens import is_function_word
from jatspack.recognize.references.vocabulary import alternatives

CLOSING = re.compile(r"[\])）］]\s*")  # of [et al.]
NAMES_END = re.compile(r"(?<=[^\W\d_A-ZА-Я]{3})\.\s+(?=[^\W\d_a-zа-я]|[“\"«„‘])")
WORD_OR_JOINT = re.compile(r"[^\W\d_]+|[,:]\s+")
QUOTED = re.compile(r"“[^“”]{6,300}”|«[^«»]{6,300}»|„[^„“”]{6,300}[“”]|\"[^\"]{6,300}\"|``[^`]{6,300}(?:''|”)")
CLAUSE = re.compile(r"\s*[,.:;(（]\s*")
REPEATED = re.compile(r"\s*[—–_-]{2,}\s*[.,:]?\s+(?=\S)")
BEFORE_NAMES = frozenset({"editor", "author", "publisher", "place", "series"})
WORDED = frozenset({"journal", "book", "editor", "author", "series", "publisher", "place", "genre"})


def bounded(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """The model's stretches with the bounds that signs in the text leave no doubt about."""
    for rule in RULES:
        stretches = [s for s in rule(plain, stretches) if s.start < s.end]  # a bound may leave nothing: "Title //"
    return stretches


def _rejoined(_plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Numbers between title and container are the title's where the same numbers are printed again behind: years."""
    out: list[Stretch] = []
    for n, stretch in enumerate(stretches):
        again = any(s.label == stretch.label for s in stretches[n + 1 :])
        after = stretches[n + 1].label if n + 1 < len(stretches) else ""
        inside = stretch.label in ("pages", "year", "volume") and after in ("journal", "book", "title")
        if out and out[-1].label == "title" and inside and again:
            out[-1] = Stretch("title", out[-1].start, stretch.end)
        else:
            out.append(stretch)
    return out


def _behind_et_al(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Names end with "et al.": words behind it are the title's."""
    out = list(stretches)
    for n, (one, after) in enumerate(itertools.pairwise(out)):
        if one.label != "author" or after.label != "title":
            continue
        others = lexicon().pattern("et-al").search(plain[: one.end], one.start)
        if others and re.search(r"[^\W\d_]{3}", plain[others.end() : one.end]):
            out[n] = Stretch("author", one.start, others.end())
            behind = CLOSING.match(plain, others.end())
            out[n + 1] = Stretch("title", behind.end() if behind else others.end(), after.end)
    return out


def _title_end(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """A title ends with a punctuation mark: what follows it without one, or in small letters, is still title up to
    the next full stop."""
    out: list[Stretch] = []
    for stretch in stretches:
        last = out[-1] if out else None
        joint = plain[last.end - 1 : stretch.start + 1] if last else ","
        open_ended = joint[0].isalnum() and joint[-1].isalnum() and joint[1:-1].isspace()
        small = plain[stretch.start].islower() and stretch.label in CONTAINERS and not _opened(plain, stretch)
        small = small and not plain[: stretch.start].rstrip().endswith("//")
        if last and open_ended and stretch.label in CONTAINERS and last.label in BEFORE_NAMES and _titled(out):
            out[-1] = Stretch(stretch.label, last.start, stretch.end)  # Trans R | Soc Trop Med
            continue
        if last and last.label in CONTAINERS and open_ended and stretch.label in WORDED:
            end = CLAUSE.search(plain, stretch.start, stretch.end)
            out[-1] = Stretch(last.label, last.start, end.start() if end else stretch.end)
            if end:
                out.append(Stretch(stretch.label, end.end(), stretch.end))
            continue
        if last is None or last.label != "title" or stretch.label not in WORDED or not (open_ended or small):
            out.append(stretch)
            continue
        stop = SENTENCE.search(plain, stretch.start, stretch.end)
        out[-1] = Stretch("title", last.start, stop.start() + 1 if stop else stretch.end)
        if stop:
            out.append(Stretch(stretch.label, stop.end(), stretch.end))
    return out


def _titled(stretches: list[Stretch]) -> bool:
    """Whether the last stretch stands right behind a title."""
    return len(stretches) > 1 and stretches[-2].label == "title"


def _opened(plain: str, stretch: Stretch) -> bool:
    """Behind a comma, a full stop or a quotation mark, and beginning with the word that opens containers: in, dans."""
    word = _in().match(plain, stretch.start)
    before = plain[: stretch.start].rstrip()[-1:]
    return word is not None and word.end() < stretch.end and before in ",.;”\"»’'?!)"


@cache
def _in() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('in')})(?:\s*:|(?![^\W\d_]))\s*", re.IGNORECASE)


def _repeated(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """A dash in the place of the names: those of the entry before; what follows it is no name."""
    dash = REPEATED.match(plain)
    if dash is None or not stretches:
        return stretches
    rest = [starting(s, dash.end()) for s in stretches if s.end > dash.end()]
    if rest and rest[0].label == "author":
        rest[0] = Stretch("title", rest[0].start, rest[0].end)
    if len(rest) > 1 and rest[1].label == rest[0].label:
        rest[:2] = [Stretch(rest[0].label, rest[0].start, rest[1].end)]
    return [Stretch("note", 0, dash.end()), *rest]


def _names_end(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """Names end at the first full stop that belongs to no initial: what follows it is the title's."""
    out = list(stretches)
    for n, one in enumerate(out):
        if one.label != "author" or any(s.label == "title" for s in out[:n]):
            continue
        stop = NAMES_END.search(plain, one.start + 2, one.end) or _before_function_word(plain, one)
        if stop is None or not re.search(r"[^\W\d_]{3}", plain[stop.end() : one.end]):
            continue
        after = out[n + 1] if n + 1 < len(out) else None
        joined = after is not None and after.label == "title"
        untitled = not any(s.label == "title" for s in out)
        if joined or untitled:
            out[n] = Stretch("author", one.start, stop.start() + 1)
            out[n + 1 : n + 2 if joined else n + 1] = [
                Stretch("title", stop.end(), after.end if joined and after else one.end)
            ]
        break
    return out


def _before_function_word(plain: str, names: Stretch) -> re.Match[str] | None:
    """The comma or colon before the part of the names that holds a word like "of": it is a title's."""
    joint = None
    if lexicon().pattern("et-al").search(plain[: names.end], names.start):
        return None
    for found in WORD_OR_JOINT.finditer(plain, names.start, names.end):
        if found[0][0] == ":" and joint:
            return joint
        if not found[0][0].isalpha():
            joint = found
        elif found[0].islower() and len(found[0]) > 1 and is_function_word(found[0]):
            return joint
    return None


def _quoted(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """The first words in quotation marks behind the names are the title, whole; a container may follow."""
    quoted = QUOTED.search(plain)
    if quoted is None or not _alone(plain, quoted, stretches):
        return stretches
    before = [until(s, quoted.start()) for s in stretches if s.start < quoted.start()]
    after = [s if s.start >= quoted.end() else starting(s, quoted.end()) for s in stretches if s.end > quoted.end()]
    after = [trimmed(plain, s) for s in after if any(c.isalnum() for c in plain[s.start : s.end])]
    if after and after[0].label in ("title", "author", "editor") and after[0].start - quoted.end() < 4:
        contained = any(s.label in CONTAINERS for s in after)
        first = Stretch("book" if _in().match(plain, after[0].start) else "journal", after[0].start, after[0].end)
        keep = after[0].label == "editor" or (contained and after[0].label == "author")
        after[0] = after[0] if keep else first
        if len(after) > 1 and not keep and after[1].label in CONTAINERS:
            after[:2] = [Stretch(after[1].label, first.start, after[1].end)]
    return [*before, Stretch("title", quoted.start(), quoted.end()), *after]


def _alone(plain: str, quoted: re.Match[str], stretches: list[Stretch]) -> bool:
    """Whether the quotation is a part of its own, no words of a title within it or container before it."""
    label = next((s.label for s in stretches if s.end > quoted.start()), "")
    earlier = [s for s in stretches if s.start < quoted.start()]
    if any(s.label in ("title", *CONTAINERS) for s in earlier[:-1]) or (earlier and earlier[-1].label in CONTAINERS):
        return False
    before = plain[: quoted.start()].rstrip()
    inner, behind = plain[quoted.end() - 2], plain[quoted.end() : quoted.end() + 12].lstrip()
    parted = inner in ",.?!" or behind[:1] in ",.;" or _in().match(behind) is not None or behind[:1].isupper()
    title_before = bool(earlier) and earlier[-1].label == "title" and len(before) - earlier[-1].start > 3
    return (
        parted
        and not title_before
        and label not in ("note", "url")
        and (not before or before[-1] in ".,:;)]0123456789")
    )


def _unbroken(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """No part ends inside A&A: a word with an ampersand in it is whole."""
    out = list(stretches)
    for n, (one, after) in enumerate(itertools.pairwise(stretches)):
        if one.end == after.start and plain[after.start] == "&" and plain[one.end - 1].isalpha():
            start = plain.rfind(" ", one.start, one.end) + 1
            if start > one.start and plain[after.start + 1 : after.start + 2].isalpha():
                out[n : n + 2] = [Stretch(one.label, out[n].start, start), Stretch(after.label, start, after.end)]
    return out


RULES = (
    _unbroken,
    numbered_first,
    abbreviated,
    names_run_out,
    _behind_et_al,
    gb_title,
    east_quotes,
    east_fields,
    caseless_names,
    dated_names,
    slashed,
    legal,
    chapter,
    _rejoined,
    _repeated,
    whole_body,
    _names_end,
    body_first,
    _quoted,
    _title_end,
    behind_year,
    imprint,
    edition,
    translated,
    container_end,
    located,
    house,
    thesis,
    quoted_journal,
    before_address,
    book_number,
    ending_imprint,
    parted_publisher,
    named_house,
    town_alone,
    comma_imprint,
    untitled,
)
