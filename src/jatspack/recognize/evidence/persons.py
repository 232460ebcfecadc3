"""Names, institutions, addresses: who wrote it and where they work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jatspack.recognize.countries import country_in
from jatspack.recognize.decoder import Evidence
from jatspack.recognize.evidence.view import View
from jatspack.recognize.people.names import looks_like_byline

EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
ORCID = re.compile(r"\b\d{4}\s?[-–]\s?\d{4}\s?[-–]\s?\d{4}\s?[-–]\s?\d{3}[\dXxХх]\b")
MARK_FIRST = re.compile(r"^\(?(?:\d{1,2}(?:\s*[,，]\s*\d{1,2})*|[a-z*†‡§¹²³⁴⁵⁶⁷⁸⁹])[)．.、]?\s*(?=[^\W\d_])")
POSTCODE = re.compile(r"(?<!\d)\d{5,6}(?!\d)")


def names(view: View) -> Iterator[Evidence]:
    """A list of personal names, with or without marks."""
    if view.unit.kind not in ("paragraph", "heading", "item") or not view.text or view.size > 150:
        return
    prose = view.sentences > 1 and view.function_words > view.size / 6
    likeness = 0.0 if prose else looks_like_byline(view.unit.text, view.lexicon)
    if likeness > 0.5:
        yield Evidence("byline", 6.0 * likeness - 1.0, f"reads as a list of names ({likeness:.2f})")
        yield Evidence("title", -2.5 * likeness, f"reads as a list of names ({likeness:.2f})")
        yield Evidence("heading", -2.0 * likeness, f"reads as a list of names ({likeness:.2f})")
    else:
        yield Evidence("byline", -2.0, "does not read as names")


def institution(view: View) -> Iterator[Evidence]:
    """Words such as University, Кафедра, 学院; a country; a post code; a mark before all this."""
    unit = view.unit
    if unit.kind not in ("paragraph", "item", "heading") or view.size > 150 or not view.text:
        return
    if view.function_words > view.size / 4 and (view.sentences > 1 or not view.in_front):
        yield Evidence("affiliation", -1.0, "running prose")
        return
    text = view.text
    found = len(view.lexicon.pattern("institution").findall(text)) + len(
        view.lexicon.pattern("department").findall(text)
    )
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
    if marked and (found or post or view.size <= 12):
        yield Evidence("affiliation", 2.0 if found else 1.5, "begins with a mark")
        if sum("sup" in run.style for run in unit.text) == 1:
            yield Evidence("byline", -2.0, "its only mark stands first")
    if not (found or post or marked):
        yield Evidence("affiliation", -0.5, "no word for an institution")
    positions = len(view.lexicon.pattern("position").findall(text)) + len(view.lexicon.pattern("degree").findall(text))
    if positions and view.size <= 60:
        yield Evidence("affiliation", 1.0, "degrees or positions")


def _marked(view: View) -> bool:
    runs = [r for r in view.unit.text if r.text.strip()]
    return bool(runs) and ("sup" in runs[0].style or MARK_FIRST.match(view.text) is not None)


def contact(view: View) -> Iterator[Evidence]:
    """E-mails and ORCIDs; strongest where there is little else."""
    text = view.text
    if view.unit.kind not in ("paragraph", "item") or len(text) > 1200:
        return
    mails, orcids = EMAIL.findall(text), ORCID.findall(text)
    if not mails and not orcids:
        if view.size <= 30:
            yield Evidence("contact", -1.0, "no e-mail and no ORCID")
        return
    rest = EMAIL.sub("", ORCID.sub("", text))
    share = 1 - len(re.sub(r"\W", "", rest)) / max(len(re.sub(r"\W", "", text)), 1)
    yield Evidence("contact", 2.0 + 4.0 * share, f"{len(mails)} e-mails, {len(orcids)} ORCIDs")
    yield Evidence("title", -4.0, "an e-mail or ORCID")
    yield Evidence("byline", -1.0 if share > 0.7 else 0.0, "an e-mail or ORCID")
    yield Evidence("keywords", -3.0, "an e-mail or ORCID")
