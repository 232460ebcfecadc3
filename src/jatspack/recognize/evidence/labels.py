"""Words that name what follows: "Abstract", "Ключевые слова:", "参考文献"."""

from __future__ import annotations

from collections.abc import Iterator

from jatspack.recognize.decoder import Evidence, grammar
from jatspack.recognize.evidence.context import lead
from jatspack.recognize.evidence.view import View
from jatspack.recognize.lexicon import LabelMatch
from jatspack.recognize.units import CUTTING


def label(view: View) -> Iterator[Evidence]:
    """A label at the start of the unit, or the unit being a label."""
    rules = grammar()
    weight = rules.label_weight
    unit = view.unit
    for match in unit.whole_labels:
        if match.role in rules.labels:
            strength = weight["whole-heading"] if unit.kind == "heading" or view.strong else weight["whole"]
            yield Evidence(rules.labels[match.role][1], strength, f"“{match.text}” is a label ({match.role})")
    if unit.sublist:
        yield Evidence("ref-heading", 6.0, "a heading below that of the reference list")
        yield Evidence("heading", -2.0, "a heading below that of the reference list")
    if unit.whole_labels:
        return
    seen: set[str] = set()
    for match in unit.labels:
        role = rules.labels.get(match.role, ("", ""))[0]
        if not role or role in seen:
            continue
        seen.add(role)
        strength = _strength(view, match)
        if match.role in weight["weak"]:
            strength *= weight["weak-factor"]
        yield Evidence(role, strength, f"begins with the label “{match.text}” ({match.role})")
    front = [m for m in unit.labels if m.role in CUTTING and m.delimiter.strip()]
    if front and all(m.role != "abstract" for m in front):
        yield Evidence("abstract", -2.0, f"“{front[0].text}” is a label of something else")


def _strength(view: View, match: LabelMatch) -> float:
    weight = grammar().label_weight
    text = view.unit.text
    inside = text.run_at(min(match.start, len(text) - 1)).style
    after = text.run_at(min(match.end, len(text) - 1)).style
    delimited = bool(match.delimiter.strip())
    if inside & {"bold", "italic"} and inside != after:
        return float(weight["styled"])
    if delimited:
        return float(weight["delimited"])
    return float(weight["bare"]) if match.text[:1].isupper() or not match.text[:1].islower() else 0.0


def section_word(view: View) -> Iterator[Evidence]:
    """A heading or run-in head that names a usual section: Introduction, Методы, 结论."""
    unit = view.unit
    if unit.kind == "heading" or (unit.kind == "paragraph" and view.size <= 8):
        kind, _ = view.lexicon.section_type(view.bare)
        if kind:
            yield Evidence("heading", 4.0, f"names a section ({kind})")
            yield Evidence("title", -3.0, f"names a section ({kind})")
    elif unit.kind == "paragraph":
        head = lead(unit)
        if head and len(head) < 80 and len(head) < len(view.text):
            kind, _ = view.lexicon.section_type(head)
            if kind:
                yield Evidence("text", 3.0, f"opens with the head “{head}” ({kind})")
                yield Evidence("abstract", 0.5, f"opens with the head “{head}” ({kind})")
