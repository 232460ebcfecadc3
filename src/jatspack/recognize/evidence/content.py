"""What a unit says: codes, dates, keywords, references, what journals print on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jatspack.recognize.counting import counted
from jatspack.recognize.dates import find_dates
from jatspack.recognize.decoder import Evidence
from jatspack.recognize.evidence.view import COUNTED_WORDS, View

# What must not stand before a sign is looked for behind its first characters: a search then skips to these at once.
DOI = re.compile(r"10\.(?<!\w10\.)\d{4,9}/\S+")
DOI_ADDRESS = re.compile(r"(?<!\S)\S*?10\.\d{4,9}/\S+")
YEAR = re.compile(r"[12]\d(?<!\d\d\d)(?<=1[6-9]|20)\d\d[a-z]?(?!\d)")
PAGES = re.compile(r"\d(?<![\d-]\d)\d{0,4}\s?[-–—~]\s?\d{1,5}(?![\d-])")
VOLUME = re.compile(
    r"\d(?<!\w\d)\d{0,3}\s?[(（]\s?\d{1,4}(?:[-–/]\d+)?\s?[)）]|№\s?\d+|[Vv]ol(?<!\w...)\.?\s?\d+|[ТтVT](?<!\w.)\.\s?\d+"
)
GOST = re.compile(r"//(?:(?<=\s//)|\s)|[\[［](?:[JMDCNPRSZA]|[EJD]B?/OL)[\]］]|[–—-](?<=\s.)\s(?:[СCP]|pp?)\.\s?\d")
INITIALS = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,},?\s(?:[^\W\d_]\.\s?-?){1,3}|(?:[^\W\d_]\.\s?){1,3}[^\W\d_]{2,}")
NUMBERED = re.compile(r"^\s*(?:[\[［(（]\s?\d{1,3}\s?[\]］)）]|\d{1,3}[.)．、]?\s)")
NAMES_AND_YEAR = re.compile(r"[^\W\d_][^()（）]{2,160}[(（](?:1[6-9]\d\d|20\d\d)[a-z]?[)）]\s?[.,:．]")
# Road Studies 49:, J. Roads 12(3)
NAME_AND_VOLUME = re.compile(r"[^\W\d_][^\d:;,()]{1,60}\s\d{1,4}\s?(?::|[(（]\s?\d{1,4}\s?[)）]\s?[:.,]?)")
URL = re.compile(r"https?://|www\.")
EVENTS = ("received", "revised", "accepted", "published")
LINE_NUMBER = re.compile(r"\s*[\[［(（]\s?(\d{1,3})\s?[\]］)）]")
ALONE = re.compile(r"\s*\d{1,3}\s*[\n\u2028]")
CODES, LETTERS = 100, 16  # characters of a line of codes, letters of it without its DOI
NAME_OF_JOURNAL = 8  # words
ISSUE_LINE = 80  # characters
ISSUE = ("volume", "issue", "pages", "counter", "month")
WORDS_AN_ENTRY = 45  # an entry is seldom longer
SEPARATOR = re.compile(r"[,;，；、،؛·•]")


def codes(view: View) -> Iterator[Evidence]:
    """A line that is little more than a DOI or a classification code."""
    text = view.text
    if not text or len(text) > 250 or view.unit.kind not in ("paragraph", "heading"):
        return
    found = DOI.search(text)
    named = any(label.role == "doi" for label in view.unit.labels)
    rest = sum(map(str.isalpha, DOI_ADDRESS.sub("", text))) if found and not named else 0
    if found and (len(found[0]) > 0.6 * len(text) or (len(text) < CODES and rest < LETTERS)):
        yield Evidence("code", 4.0, "little more than a DOI, and codes")
        yield Evidence("title", -2.0, "little more than a DOI, and codes")
        before = view.neighbour(-1)
        if DOI_ADDRESS.fullmatch(text) and not view.in_front and before is not None and before.kind != "heading":
            yield Evidence("code", 7.0, "a DOI alone, amid the text of a page")
    if len(text) < 80 and sum(map(str.isdigit, text)) > sum(map(str.isalpha, text)):
        yield Evidence("code", 1.0, "mostly digits")


def dates(view: View) -> Iterator[Evidence]:
    """A short line with a date in it; a line that is a date below a line that names its event."""
    if view.unit.kind != "paragraph" or view.size > 25 or not YEAR.search(view.text):
        return
    found = find_dates(view.text)
    if not found:
        return
    covered = sum(d.end - d.start for d in found)
    yield Evidence("dates", 2.0, "a date in a short line")
    if covered >= 0.8 * len(view.text.strip(" .;,")):
        yield Evidence("dates", 2.0, "nothing but a date")
        before = view.neighbour(-1)
        if before is not None and any(m.role in EVENTS for m in before.whole_labels):
            yield Evidence("dates", 4.0, "a date below the name of its event")


def keyword_list(view: View) -> Iterator[Evidence]:
    """Short pieces between separators, no sentence: what keywords look like once their label is known."""
    text = view.text
    if view.unit.kind not in ("paragraph", "item") or not text or len(text) > 700:
        return
    if view.i in view.here.keywords and view.sentences <= 1:
        yield Evidence("keywords", 4.0, "stands below the label of keywords")
        yield Evidence("text", -1.5, "stands below the label of keywords")
    pieces = [p for p in SEPARATOR.split(text) if p.strip()]
    if len(pieces) >= 3 and max(len(p.split()) for p in pieces) <= 7 and view.sentences <= 1:
        yield Evidence("keywords", 1.5, f"{len(pieces)} short pieces")


SIGNS = (
    ("year", YEAR, 1.0), ("pages", PAGES, 0.8), ("volume", VOLUME, 1.0), ("initials", INITIALS, 1.0),
    ("GOST or GB/T sign", GOST, 1.8), ("number before it", NUMBERED, 0.7), ("address", URL, 0.7), ("DOI", DOI, 1.0),
)  # fmt: skip


def reference(view: View) -> Iterator[Evidence]:
    """Years, pages, volumes, initials, // and [J] close together; the place under a list's heading."""
    text = view.text
    if view.unit.kind not in ("paragraph", "item") or not text:
        return
    head = text[:900]
    signs = [(name, weight) for name, pattern, weight in SIGNS if pattern.search(head)]
    if view.listed:
        yield from _under_heading(view, bool(signs))
    if len(text) < 15:
        return
    score, why = sum(weight for _, weight in signs), [name for name, _ in signs]
    if _numbered_lines(view):
        yield Evidence("ref", 3.0, "lines numbered from 1, each with a year")
    if view.size > 130 and not _many(view):
        score -= 1.5
    initial = INITIALS.match(NUMBERED.sub("", head).lstrip())
    if initial:
        score += 1.0
        why.append("begins with a name")
    if NAMES_AND_YEAR.match(NUMBERED.sub("", head).lstrip()):
        score += 1.0
        why.append("year in brackets after what it begins with")
    if _wordy(view) and not _many(view):
        score -= 1.5
    yield Evidence("ref", 1.6 * (score - 1.8), "like a reference: " + ", ".join(why) if why else "unlike a reference")


def _numbered_lines(view: View) -> bool:
    """[1] … [2] …: a list of references that nothing is printed above."""
    lines = [line for line in re.split(r"[\n\u2028]", view.unit.text.text) if line.strip()]
    numbers = [found for line in lines if (found := LINE_NUMBER.match(line))]
    if view.in_front or len(numbers) < 2 or not LINE_NUMBER.match(lines[0]):
        return False
    entries = re.split(r"[\n\u2028](?=\s*[\[［(（]\s?\d)", view.unit.text.text)
    counted = [int(found[1]) for found in numbers] == list(range(1, len(numbers) + 1))
    return counted and sum(YEAR.search(entry) is not None for entry in entries) >= 0.6 * len(entries)


def _under_heading(view: View, signs: bool) -> Iterator[Evidence]:
    """Entries that show few of the signs (an archive item, a law) stand in the list all the same."""
    why = "stands under the heading of a reference list"
    if view.unit.kind == "item":
        yield Evidence("ref", 8.0, why + ", in a list")
    elif ALONE.match(view.unit.text.text) and _wordy(view):
        yield Evidence("text", 2.0, "a note: its number stands on a line by itself")
    elif NUMBERED.match(view.text) and _numbers_go_on(view):
        yield Evidence("ref", 7.0, why + ", with a number")
    elif not signs:
        heading = view.size <= 4 and view.text[-1:].isalpha()
        yield Evidence("ref", -1.0 if heading else 1.5, "a few words under a list's heading" if heading else why)
    else:
        yield Evidence("ref", 2.5 if (_wordy(view) and not _many(view)) or view.strong else 4.0, why)


def _numbers_go_on(view: View) -> bool:
    """The unit before is numbered too, or it is the heading."""
    before = view.neighbour(-1)
    return before is None or not before.listed or NUMBERED.match(before.text.plain) is not None


def _wordy(view: View) -> bool:
    """Whether function words are as many as in running prose; they are counted in the first words only."""
    return view.function_words > 0.3 * max(min(view.size, COUNTED_WORDS), 1)


def _many(view: View) -> bool:
    """Whether years stand as close as in a list of entries."""
    return view.size > WORDS_AN_ENTRY and len(YEAR.findall(view.text)) * WORDS_AN_ENTRY >= view.size


def running_matter(view: View) -> Iterator[Evidence]:
    """Journal name with volume and year, ISSN, page ranges: what is printed around an article."""
    text = view.text
    if view.unit.kind == "heading" or not 0 < len(text) < 300 or not view.in_front:
        return
    if view.size <= NAME_OF_JOURNAL and view.lexicon.pattern("journal").search(text):
        yield Evidence("journal", 1.0, "a word for journals")
        yield Evidence("byline", -3.0, "a word for journals")
    kinds = {kind for kind, _ in counted(text, view.lexicon)} if any(map(str.isdigit, text)) else set()
    if view.sentences > (5 if len(kinds) > 1 else 3):  # behind Vol. and P. no sentence ends
        return
    if NAME_AND_VOLUME.fullmatch(text):
        yield Evidence("journal", 4.0, "a name and a volume, and no more")
        yield Evidence("title", -3.0, "a name and a volume, and no more")
    if _issue_alone(view):
        yield Evidence("journal", 5.0, "nothing but volume, issue, date and pages")
        yield Evidence("title", -3.0, "nothing but volume, issue, date and pages")
        yield Evidence("byline", -3.0, "nothing but volume, issue, date and pages")
    marks = sum(p.search(text) is not None for p in (YEAR, VOLUME, PAGES, URL))
    if marks and (marks := marks + (view.lexicon.pattern("journal").search(text) is not None)) >= 2:
        yield Evidence("journal", 1.0 + marks, "journal, volume, year")
    if len(kinds) > 1:
        yield Evidence("journal", 2.0, "counts " + ", ".join(sorted(kinds)))
        yield Evidence("title", -1.0, "counts " + ", ".join(sorted(kinds)))


def _issue_alone(view: View) -> bool:
    """``Vol. 35 No. 4``, ``第 35 卷 第 4 期``, ``Cilt 7, Sayı 2, s. 45-58``: words that count volumes, and numbers."""
    text = view.text
    if len(text) > ISSUE_LINE or not any(c.isdigit() for c in text):
        return False
    if not any(view.lexicon.pattern(kind).search(text) for kind in ISSUE[:2]):
        return False
    spans = [m.span() for kind in ISSUE for m in view.lexicon.pattern(kind).finditer(text)]
    return all(any(a <= at < b for a, b in spans) for at, c in enumerate(text) if c.isalpha())


def boilerplate(view: View) -> Iterator[Evidence]:
    """Words of copyright and licences in a line before or behind the body."""
    placed = view.in_front or view.after_lists
    if view.unit.kind != "paragraph" or view.strong or not placed or not 3 <= view.size <= 90:
        return
    if "©" in view.text or view.lexicon.labels_in(view.text, ("copyright",), bare=True):
        yield Evidence("note", 4.0, "words of copyright")
        yield Evidence("title", -3.0, "words of copyright")
        yield Evidence("abstract", -2.0, "words of copyright")
    elif view.lexicon.labels_in(view.text, ("licence",), bare=True):
        yield Evidence("note", 2.0, "words of a licence")
        yield Evidence("title", -1.0, "words of a licence")
