"""What no unit shows by itself: where body, abstracts and lists begin and end, and which language the body is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from jatspack.recognize.language import script_of
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.structured import MANY, part_heads
from jatspack.recognize.units import CUTTING, NUMBERING, Unit

FARTHEST = 16  # units from an abstract's label to what ends it
SAMPLE = 12  # paragraphs of the body from which its language is taken
MOST_UNLABELLED = 3  # paragraphs of an abstract that has no label
LONG = 240  # characters of a paragraph that tells its language
TRANSLATED = 0.35  # a larger share of another language: the article itself is printed twice
ENDS = frozenset({"keywords", "abstract"})
LISTS = frozenset({"references", "sources"})
HEADS = frozenset({"abstract", "keywords", *LISTS})


@dataclass(slots=True)
class Context:
    """`abstract`: units between an abstract's label and what surely ends it. `again`: units behind the references
    that stand close before an abstract or keywords, where front matter in another language may be. `keywords`: the
    lines or list items below a line that is the label of keywords."""

    body_from: int
    list_from: int
    abstract: set[int] = field(default_factory=set)
    again: set[int] = field(default_factory=set)
    keywords: set[int] = field(default_factory=set)
    script: str = ""
    lang: str = ""
    translated: bool = False


def context(units: Sequence[Unit], lexicon: Lexicon) -> Context:
    """The context of all units of a document, found by their labels and headings."""
    body_from, sure = _body_from(units, lexicon)
    lists = (u.index for u in units if u.index > body_from and any(m.role in LISTS for m in u.whole_labels))
    out = Context(body_from, next(lists, len(units)))
    out.abstract = _abstracts(units, body_from if sure else len(units))
    out.again = _again(units, out.list_from)
    out.keywords = _keywords(units)
    _language(out, units, lexicon)
    return out


def _body_from(units: Sequence[Unit], lexicon: Lexicon) -> tuple[int, bool]:
    """Index of the unit that opens the body, and whether there is one: by its words (a head such as Introduction), or
    by its number, where heads are numbered on from it."""
    first = _first_number(units)
    for i, unit in enumerate(units):
        if i == first:
            return i, True
        text = unit.text
        if unit.kind not in ("heading", "paragraph") or not text.plain:
            continue
        head = text.plain if unit.kind == "heading" or len(text.plain) < 60 else lead(unit)
        number = NUMBERING.match(head)
        numbered = number is not None and unit.kind == "heading"
        kind = lexicon.section_type(head[number.end() :] if number else head)[0] if head else ""
        before = units[i - 1].whole_labels if i else ()
        if any(m.role == "abstract" for m in before) or not (kind == "intro" or (kind and numbered)):
            continue  # a structured abstract begins with a head like the body's
        if len(part_heads(text.plain, lexicon)) < MANY:  # … and may have no label
            return i, True
    return max(12, len(units) // 4), False


def _first_number(units: Sequence[Unit]) -> int:
    """Index of the heading 1 that a heading 2 follows; -1 where there is none."""
    first = -1
    for i, unit in enumerate(units):
        number = NUMBERING.match(unit.text.plain) if unit.kind == "heading" else None
        value = number[0].strip(" .)．、") if number else ""
        if value in ("1", "I"):
            first = i
        elif value in ("2", "II") and first >= 0:
            return first
    return -1


def _abstracts(units: Sequence[Unit], body_from: int) -> set[int]:
    """Units between an abstract's label and its keywords, the next abstract, or the head that opens the body."""
    out: set[int] = set()
    opened = -1
    for i, unit in enumerate(units):
        roles = {m.role for m in (unit.whole_labels or unit.labels)}
        if opened >= 0 and (roles & ENDS or i == body_from):
            if i - opened <= FARTHEST:
                out.update(range(opened + 1, i))
            if i == opened + 1 and units[opened].whole_labels and "abstract" not in roles:
                out.update(_first_prose(units, i))  # columns changed places: label, keywords, then the text
            opened = -1
        if "abstract" in roles:
            opened = i
        elif roles & LISTS or unit.listed or i - opened > FARTHEST:
            opened = -1
    return out or _unlabelled(units, body_from)


def _first_prose(units: Sequence[Unit], i: int) -> list[int]:
    return [j for j in range(i, min(i + 3, len(units))) if len(units[j].text.text) > LONG][:1]


def _unlabelled(units: Sequence[Unit], body_from: int) -> set[int]:
    """In an article without any label of an abstract: the prose right before the keywords or the body's first head."""
    if any(m.role == "abstract" for u in units for m in (*u.whole_labels, *u.labels) if m.delimiter or u.whole_labels):
        return set()
    ends = (i for i, u in enumerate(units) if i == body_from or any(m.role == "keywords" for m in u.labels))
    end = next(ends, 0)
    out: set[int] = set()
    for i in range(min(end, len(units)) - 1, 1, -1):
        if len(out) == MOST_UNLABELLED or units[i].kind != "paragraph":
            break
        if len(units[i].text.text) > LONG and not any(m.role in CUTTING for m in units[i].labels):
            out.add(i)
        elif out:
            break
    return out


def _keywords(units: Sequence[Unit]) -> set[int]:
    out: set[int] = set()
    for unit in units:
        if not any(m.role == "keywords" for m in unit.whole_labels):
            continue
        for below in units[unit.index + 1 : unit.index + FARTHEST]:
            first = below.index == unit.index + 1
            if below.labels or below.kind not in ("paragraph", "item") or len(below.text.text) > LONG:
                break
            if not first and below.joined == "block":
                break
            out.add(below.index)
    return out


def _again(units: Sequence[Unit], list_from: int) -> set[int]:
    out: set[int] = set()
    for i in range(list_from + 1, len(units)):
        unit = units[i]
        if not unit.listed and any(m.role in ENDS for m in (unit.whole_labels or unit.labels)):
            out.update(j for j in range(max(i - FARTHEST, list_from + 1), i + 1) if not units[j].listed)
    return out


def _language(out: Context, units: Sequence[Unit], lexicon: Lexicon) -> None:
    behind = [u for u in units[out.body_from :] if u.kind == "paragraph" and not u.listed]
    body = [u for u in behind if len(u.text.text) > LONG] or [u for u in behind if len(u.text.text) > LONG / 4]
    step = max(len(body) // SAMPLE, 1)
    scripts: Counter[str] = Counter()
    langs: Counter[str] = Counter()
    for unit in body[::step]:
        scripts[script_of(unit.text.text)] += 1
        if best := _tally(unit.text.plain, lexicon).most_common(1):
            langs[best[0][0]] += 1
    if not scripts:
        return
    out.script = scripts.most_common(1)[0][0]
    out.lang = langs.most_common(1)[0][0] if langs else ""
    total = sum(scripts.values())
    out.translated = scripts[out.script] < (1 - TRANSLATED) * total or langs[out.lang] < (1 - TRANSLATED) * total


def foreign(text: str, here: Context, lexicon: Lexicon) -> bool:
    """Whether a passage is surely in another language than the body, by its script or its function words."""
    if not here.script or here.translated:
        return False
    script = script_of(text)
    if script != here.script:
        return script != "Zyyy"
    found = _tally(text, lexicon)
    best = found.most_common(1)
    return bool(best) and best[0][0] != here.lang and best[0][1] >= 1.5 * found[here.lang] + 1.0


def _tally(text: str, lexicon: Lexicon) -> Counter[str]:
    """Function words by language; one that several languages have counts less."""
    stop = lexicon.words("stopword")
    out: Counter[str] = Counter()
    for word in text.split()[:80]:
        langs = stop.get(word.casefold().strip(".,;:()"))
        for lang in langs or ():
            out[lang] += 1.0 / len(langs or ())  # type: ignore[assignment]
    return out


def lead(unit: Unit) -> str:
    """The bold or italic words that a paragraph begins with."""
    out = ""
    for run in unit.text:
        if run.text.strip() and not run.style & {"bold", "italic"}:
            break
        out += run.text
    return " ".join(out.split())
