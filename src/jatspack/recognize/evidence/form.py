"""What a unit looks like: heading, prose, capitals, and where in the document it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jatspack.recognize.decoder import Evidence
from jatspack.recognize.evidence.view import View
from jatspack.recognize.language import identify
from jatspack.recognize.structured import MANY, part_heads
from jatspack.recognize.units import CUTTING, NUMBERING

ENDS_OPEN = re.compile(r"[,;:–—-]$")
PROSE = 25  # words
LEAST_TITLE = 4  # words
ABOVE = 60  # characters that tell a language
SURE = 0.8  # confidence
CITES = re.compile(r"[\[［]\s?\d{1,3}(?:\s?[,;，；、–—-]\s?\d{1,3})*\s?[\]］](?=\s?[.,;。，；、])")  # [3]. [1, 4-6],
LEADER = re.compile(r"^[•✓✔▪■◆➢*]\s")


def kind(view: View) -> Iterator[Evidence]:
    """Tables, pictures, formulas and code are what they are."""
    match view.unit.kind:
        case "table" | "image":
            yield Evidence("float", 6.0, f"is a {view.unit.kind}")
            if view.unit.kind == "image":
                yield Evidence("title", -9.0, "a picture has no words")
        case "formula" | "code" | "quote":
            yield Evidence("text", 6.0, f"is a {view.unit.kind}")
        case "item":
            yield Evidence("text", 1.5, "is a list item")
            yield Evidence("title", -6.0, "is a list item")
            yield Evidence("heading", -6.0, "is a list item")
            yield Evidence("byline", -1.5, "is a list item")
        case _:
            return


def heading(view: View) -> Iterator[Evidence]:
    """Marked as a heading, or set like one: a short bold or capital line."""
    unit, size = view.unit, view.size
    if unit.kind == "heading":
        yield Evidence("heading", 3.0, "marked as a heading")
        yield Evidence("title", 2.0 if size >= 3 else -1.0, "marked as a heading")
        yield Evidence("text", -3.0, "marked as a heading")
        if unit.level == 1 and view.i < 4:
            yield Evidence("title", 1.0, "a heading of level 1 at the top")
        if NUMBERING.match(view.text) and size >= 1:
            yield Evidence("heading", 2.0, "numbered heading")
            yield Evidence("title", -2.5, "numbered heading")
        for role in ("byline", "affiliation", "keywords", "abstract", "ref"):
            yield Evidence(role, -1.5, "marked as a heading")
    elif unit.kind == "paragraph" and unit.joined == "block" and 0 < size <= 40:
        if view.strong:
            yield Evidence("heading", 2.5 if size <= 14 else 0.5, "a short bold line")
            yield Evidence("title", 2.0 if size >= 4 else 0.0, "a short bold line")
        elif view.slanted:
            yield Evidence("heading", 0.5 if size <= 12 else -1.0, "a short italic line")
        if view.capitals > 0.8 and size >= 3:
            yield Evidence("title", 1.5, "in capitals")
            yield Evidence("heading", 1.0 if size <= 12 else 0.0, "in capitals")
        if not view.strong and not view.slanted and view.capitals <= 0.8:
            yield Evidence("heading", -1.5, "set like running text")
    elif unit.kind == "paragraph":
        yield Evidence("heading", -4.0, "too long, or inside a paragraph")
    if unit.kind in ("heading", "paragraph") and size < 2 and not view.text.strip():
        yield Evidence("text", 1.0, "empty")


def prose(view: View) -> Iterator[Evidence]:
    """Whole sentences with function words are prose; a short line without any is not."""
    if view.unit.kind not in ("paragraph", "item", "quote", "heading"):
        return
    size, sentences = view.size, view.sentences
    if size >= PROSE and (sentences >= 1 or view.function_words >= 5):
        long = size >= 60
        yield Evidence("text", 2.0 if long else 1.0, "running prose")
        yield Evidence("abstract", 2.5 if long else 1.5, "running prose")
        yield Evidence("back", 1.0, "running prose")
        yield Evidence("title", -5.0 if size > 40 or sentences > 1 else -2.0, "running prose")
        yield Evidence("byline", -4.0 if long else -1.0, "running prose")
        yield Evidence("affiliation", -3.0 if long and view.function_words > size / 5 else 0.0, "running prose")
        yield Evidence("keywords", -3.0 if sentences > 1 else -0.5, "running prose")
        yield Evidence("heading", -5.0, "running prose")
        yield Evidence("journal", -1.0, "running prose")
        yield Evidence("contact", -3.0 if long else -0.5, "running prose")
    elif size < 8:
        yield Evidence("text", -0.5, "a short line")
        yield Evidence("abstract", -1.0, "a short line")
    if view.text.endswith((".", "。")) and 3 <= size <= 40 and view.unit.kind == "paragraph":
        yield Evidence("title", -0.7, "ends with a full stop")
    if view.unit.kind == "paragraph" and sentences and CITES.search(view.text):
        yield Evidence("text", 2.0, "cites works by their numbers")
        yield Evidence("title", -3.0, "cites works by their numbers")
    if size >= 4 and view.words[-1].casefold() in view.lexicon.words("stopword") and view.text[-1:].isalpha():
        yield Evidence("title", -1.5, "breaks off after a function word")
    if LEADER.match(view.text):
        yield Evidence("text", 1.5, "begins with a bullet")


def structured(view: View) -> Iterator[Evidence]:
    """A paragraph that names the parts of an article is an abstract, where front matter may stand."""
    if view.unit.kind != "paragraph" or not (view.in_front or view.behind) or view.sentences < MANY:
        return
    named = len(part_heads(view.text, view.lexicon))
    if named >= MANY:
        yield Evidence("abstract", 4.0, f"names {named} parts of an article")
        yield Evidence("text", -2.0, f"names {named} parts of an article")


def place_in_document(view: View) -> Iterator[Evidence]:
    """Front matter stands in front; a title stands near the top or opens a second language's block."""
    unit, size = view.unit, view.size
    if view.in_front:
        if unit.kind in ("heading", "paragraph") and 3 <= size <= 45 and not view.sentences > 2:
            yield Evidence("title", 1.0 if view.i > 6 else 2.0, "stands before the body")
        yield Evidence("text", -0.5, "stands before the body")
        yield Evidence("heading", -1.0, "stands before the body")
    elif view.behind:
        if unit.kind == "heading" and size < 4:
            yield Evidence("title", -1.5, "a short heading behind the references")
        yield Evidence("text", -0.5, "stands behind the references")
    else:
        yield Evidence("title", -1.5, "stands in or after the body")
        yield Evidence("text", 0.5, "stands in or after the body")


def other_language(view: View) -> Iterator[Evidence]:
    """What is in another language than the body is hardly of the body."""
    unit = view.unit
    if view.size < 3 or unit.kind not in ("heading", "paragraph"):
        return
    set_off = unit.kind == "heading" or view.strong
    if not (view.in_front or view.behind or (view.after_lists and set_off)) or not view.foreign:
        return
    why = "in another language than the body"
    if view.size >= PROSE:
        yield Evidence("text", -2.0, why)
        yield Evidence("abstract", 1.5, why)
        yield Evidence("back", -1.0, why)
    else:
        yield Evidence("text", -1.5, why)
        yield Evidence("heading", -2.5, why)
        yield Evidence("title", 1.0, why)


def _in_another_language(view: View) -> bool:
    """Whether the unit is surely written in another language than the one above it."""
    above = view.neighbour(-1)
    if above is None or len(above.text.plain) < ABOVE:
        return False
    one, other = identify(above.text.plain), identify(view.text)
    return one.lang != other.lang and min(one.confidence, other.confidence) > SURE


def inside_abstract(view: View) -> Iterator[Evidence]:
    """Between an abstract's label and what ends it stands the abstract, its own heads included."""
    if not view.in_abstract or any(m.role in CUTTING and m.delimiter.strip() for m in view.unit.labels):
        return
    why = "between an abstract's label and what ends it"
    if view.unit.kind == "heading" and view.size >= LEAST_TITLE and _in_another_language(view):
        yield Evidence("title", 2.0, "a heading in another language than the abstract above it")
        return
    if view.size >= 8 or (view.sentences and view.unit.kind != "heading"):
        yield Evidence("abstract", 2.5, why)
        yield Evidence("text", -2.0, why)
        yield Evidence("back", -2.0, why)
    elif view.unit.kind == "heading" and view.lexicon.section_type(view.bare)[0]:
        yield Evidence("abstract", 7.0, why + ", names a section")
        yield Evidence("heading", -4.0, why)
