"""Names, institutions, addresses: who wrote it and where they work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jatspack.recognize.countries import country_in
from jatspack.recognize.decoder import Evidence
from jatspack.recognize.evidence.view import View
from jatspack.recognize.identifiers import find_emails, find_orcids
from jatspack.recognize.lines import is_small
from jatspack.recognize.people.cutting import named_by_email, sentence_end
from jatspack.recognize.people.likeness import is_position, looks_like_byline
from jatspack.richtext import Rich

MARK_FIRST = re.compile(r"^\(?(?:\d{1,2}(?:\s*[,，]\s*\d{1,2})*|[a-z*†‡§¹²³⁴⁵⁶⁷⁸⁹])[)．.、]?\s*(?=[^\W\d_])")
MARKED_LINE = re.compile(r"(?:^|[\n\u2028;；])\s*[(（]?\d{1,2}[)）.．、]?\s*(?=[^\W\d_])")
POSTCODE = re.compile(r"(?<![\d\w-])\d{5,6}(?![\d\w])|(?<=[\u3400-\u9fff])\d{6}(?!\d)")
NAME_END = re.compile(r",|\s[–—-]\s")  # between a name and the degree or position of its bearer
SHORT = 15  # words; "Institute of Physics and Technology" is no prose
PHRASE = 6  # words
LONG = 150  # words; longer units are looked at only if they are lists
LIST_OF_NAMES = 25  # words from which on a list of names looks like prose to other detectors
LONGEST_HEAD = 70  # characters of a name before its bearer's position
LINE = 300  # characters
BLOCK = 8  # units between a title and the names above it
ENDS = frozenset({"abstract", "keywords"})
NO_ADDRESS = frozenset(
    {"editor", "reviewer", "translator", "supervisor", "funding", "licence", "copyright", "citation"}
)
ROLES_AGAINST = ("licence-label", "copyright-label")


def names(view: View) -> Iterator[Evidence]:
    """A list of personal names, with or without marks."""
    if view.unit.kind not in ("paragraph", "heading", "item") or not view.text or view.size > 4 * LONG:
        return
    text, labelled = _behind_label(view)
    if "@" in view.text and view.size <= 30 and named_by_email(view.text, view.lexicon):
        yield Evidence("byline", 6.0, "begins with the name that its e-mail address repeats")
        yield Evidence("affiliation", -1.0, "begins with a name")
        yield Evidence("title", -2.0, "begins with a name")
        yield Evidence("text", -3.0, "a name and its e-mail address")
        if _breaks_a_sentence(view):
            yield Evidence("byline", 6.0, "stands amid a sentence, as the head of a second column does")
        return
    if _named_with_position(view, text):
        yield Evidence("byline", 6.0, "a name, and the degree or position of its bearer")
        yield Evidence("affiliation", -1.0, "begins with a name")
        yield Evidence("title", -3.0, "a name, and the degree or position of its bearer")
        return
    likeness = 0.0 if _is_prose(view) else looks_like_byline(text, view.lexicon)
    if likeness > 0.5 and _shouted_beside_names(view):
        yield Evidence("byline", -2.0, "in capitals beside names that are not")
        yield Evidence("title", 2.0, "in capitals beside names that are not")
    elif likeness > 0.5:
        yield Evidence("byline", 6.0 * likeness - 1.0, f"reads as a list of names ({likeness:.2f})")
        if any(view.lexicon.pattern(kind).search(view.text) is not None for kind in ROLES_AGAINST):
            yield Evidence("byline", -4.0, "names a licence or who holds the rights")
            yield Evidence("note", 2.5, "names a licence or who holds the rights")
        yield Evidence("title", -2.5 * likeness, f"reads as a list of names ({likeness:.2f})")
        yield Evidence("heading", -2.0 * likeness, f"reads as a list of names ({likeness:.2f})")
        if "orcid.org" in view.text and not any(m.role in ("orcid", "email") for m in view.unit.labels):
            yield Evidence("byline", 2.0, "names beside their ORCIDs")
        if view.size >= LIST_OF_NAMES and likeness > 0.8:
            yield Evidence("byline", 4.0, "a long list of names")
            yield Evidence("text", -2.0, "a long list of names")
            yield Evidence("abstract", -2.5, "a long list of names")
    elif not labelled:
        yield Evidence("byline", -2.0, "does not read as names")


def _named_with_position(view: View, text: Rich) -> bool:
    """``Ivanov Ivan Ivanovich, Doctor of Sciences, professor, …``; a dash may stand for the first comma."""
    parted = NAME_END.search(view.text)
    if not parted or not 4 < parted.start() < LONGEST_HEAD or view.size > LONG / 2:
        return False
    second = view.text[parted.end() :].split(",", 1)[0].strip(" .")
    if not is_position(second, view.lexicon):
        return False
    end = NAME_END.search(text.text)
    return end is not None and looks_like_byline(text[: end.start()], view.lexicon) > 0.5


def _shouted_beside_names(view: View) -> bool:
    """Capitals without marks or initials, in the same block of front matter as names in small letters."""
    if view.capitals < 1.0 or view.size < 2 or any(c.isdigit() or c in ".*" for c in view.text):
        return False
    for step in (-1, 1):
        for n in range(1, BLOCK + 1 if step < 0 else 2):
            near = view.neighbour(step * n)
            if near is None or near.kind not in ("paragraph", "heading") or any(m.role in ENDS for m in near.labels):
                break
            if not near.text.plain.isupper() and len(near.text.text) < LINE and _reads_as_names(near.text, view):
                return True
    return False


def _reads_as_names(text: Rich, view: View) -> bool:
    head, comma, rest = text.text.partition(",")
    if comma and is_position(rest.split(",", 1)[0].strip(" ."), view.lexicon):
        text = text[: len(head)]
    return looks_like_byline(text, view.lexicon) > 0.5


def _breaks_a_sentence(view: View) -> bool:
    """Whether the paragraph above ends without a stop and the one below goes on with a small letter."""
    above, below = view.neighbour(-1), view.neighbour(1)
    if above is None or below is None or not {above.kind, below.kind} <= {"paragraph"}:
        return False
    return above.text.plain[-1:].isalnum() and below.text.plain[:1].islower()


def _behind_label(view: View) -> tuple[Rich, bool]:
    """The text behind a label for authors, up to the end of the sentence; all of it where there is no such label."""
    text = view.unit.text
    for label in view.unit.labels:
        if label.role == "authors" and label.delimiter:
            rest = text[label.end :]
            end = sentence_end(rest.text, view.lexicon)
            return (rest[: end.end(1)] if end else rest), True
    return text, False


def _is_prose(view: View) -> bool:
    """Sentences with function words; initials end no sentence and are no words."""
    if view.sentences <= 1:
        return False
    stop = view.lexicon.words("stopword")
    found = sum(len(w) > 1 and w.islower() and w in stop for w in view.words[: LONG * 2])
    return found > min(len(view.words), LONG * 2) / 6


def institution(view: View) -> Iterator[Evidence]:
    """Words such as University, Кафедра, 学院; a country; a post code; a mark before all this."""
    unit = view.unit
    if unit.kind not in ("paragraph", "item", "heading") or not view.text:
        return
    if view.size > LONG / 4 and unit.kind == "paragraph" and view.in_front:
        yield from _list_of_addresses(view)
    if view.size > LONG:
        return
    if any(label.role in NO_ADDRESS and label.delimiter for label in unit.labels):
        yield Evidence("affiliation", -3.0, "labelled as something else")
        return
    short = view.in_front or view.size <= SHORT
    prose = view.function_words > view.size / 4 and (view.sentences > 1 or not short)
    raised = "sup" in view.unit.text.run_at(0).style  # as a footnote of a name is
    found = _institutions(view) if raised or not prose else 0
    if prose and found < 2:
        yield Evidence("affiliation", -1.0, "running prose")
        return
    text = view.text
    post = POSTCODE.search(text) is not None
    dense = found / max(view.size / 12, 1)
    country = country_in(text) if view.size <= 40 else []
    if country and view.size <= 12:
        yield Evidence("affiliation", 2.0, f"names a country ({country[0][2]})")
        yield Evidence("byline", -2.5, f"names a country ({country[0][2]})")
    elif country and found:
        yield Evidence("affiliation", 0.5, f"names a country ({country[0][2]})")
    if found:
        yield Evidence("affiliation", min(2.0 + dense, 4.0), f"{found} words for institutions")
        if view.size <= 60 and unit.kind != "heading":
            yield Evidence("title", -1.0, f"{found} words for institutions")
    if post and (found or view.size < 20):
        yield Evidence("affiliation", 1.0, "a post code")
    marked = _marked(view)
    if marked and (found or post or country or (_raised(unit.text) and view.size <= 12)):
        yield Evidence("affiliation", 2.0 if found else 1.5, "begins with a mark")
        if _raised(unit.text) == 1:
            yield Evidence("byline", -2.0, "its only mark stands first")
    if not (view.in_front or country or post or marked):
        yield Evidence("affiliation", -1.5, "no sign of an address behind the front matter")
    if not (found or post or marked):
        yield Evidence("affiliation", -0.5, "no word for an institution")
    if view.size <= 60 and view.lexicon.any_of("degree", "position").search(text):
        yield Evidence("affiliation", 1.0, "degrees or positions")


def _institutions(view: View) -> int:
    """How many words for institutions and their parts; none in a phrase without a proper name."""
    found = sum(len(view.lexicon.pattern(kind).findall(view.text)) for kind in ("institution", "department"))
    if view.size < PHRASE or _names_something(view):
        return found
    clause = view.text.split(",", 1)[0]
    short = len(clause.split()) < PHRASE and clause[:1].isupper()
    return (
        sum(len(view.lexicon.pattern(kind).findall(clause)) for kind in ("institution", "department")) if short else 0
    )


def _names_something(view: View) -> bool:
    """Whether a word behind the first is a proper name's; "a study of the rural school" has none."""
    cased = [word for word in view.words if word[0].isupper() or is_small(word[0])]
    return len(cased) * 2 < len(view.words) or any(word[0].isupper() for word in cased[1:])


def _list_of_addresses(view: View) -> Iterator[Evidence]:
    """A long paragraph of marked addresses: other detectors take it for prose."""
    text = view.unit.text
    marks = max(_raised(text), len(MARKED_LINE.findall(text.text)))
    if marks < 3 or not _marked(view):
        return
    found = len(view.lexicon.pattern("institution").findall(view.text))
    if found >= 0.6 * marks and view.size / marks < 40:
        why = f"{marks} marks and {found} words for institutions"
        yield Evidence("affiliation", 6.5, why)
        yield Evidence("text", -2.0, why)
        yield Evidence("abstract", -2.5, why)


def _raised(text: Rich) -> int:
    """How many runs are raised."""
    return sum("sup" in run.style for run in text)


def _marked(view: View) -> bool:
    runs = [r for r in view.unit.text if r.text.strip()]
    return bool(runs) and ("sup" in runs[0].style or MARK_FIRST.match(view.text) is not None)


def contact(view: View) -> Iterator[Evidence]:
    """E-mails and ORCIDs; strongest where there is little else."""
    text = view.text
    if view.unit.kind not in ("paragraph", "item") or len(text) > 1200:
        return
    found = [*find_emails(text), *find_orcids(text)] if "@" in text or "＠" in text or "00" in text else []
    if not found:
        if view.size <= 30:
            yield Evidence("contact", -1.0, "no e-mail and no ORCID")
        return
    rest = text
    for one in sorted(found, key=lambda f: -f.start):
        rest = rest[: one.start] + rest[one.end :]
    share = 1 - len(re.sub(r"\W", "", rest)) / max(len(re.sub(r"\W", "", text)), 1)
    why = f"{sum(f.kind == 'email' for f in found)} e-mails, {sum(f.kind == 'orcid' for f in found)} ORCIDs"
    yield Evidence("contact", 2.0 + 4.0 * share, why)
    yield Evidence("title", -4.0, "an e-mail or ORCID")
    yield Evidence("byline", -1.0 if share > 0.7 else 0.0, "an e-mail or ORCID")
    yield Evidence("keywords", -3.0, "an e-mail or ORCID")
