"""Detectors: each looks at one unit (and at the plain text beside it) and says what it may be.

A detector gets a `View` and yields `Evidence`. None sees another's result and none changes anything; what
their words weigh together is for the decoder. A new layout is a new row in grammar.toml, a new word in the
lexicon, or, at most, a new detector in DETECTORS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from jatspack.recognize.decoder import Evidence
from jatspack.recognize.evidence import content, form, labels, persons
from jatspack.recognize.evidence.view import View, views
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.units import Unit

Detector = Callable[[View], Iterable[Evidence]]

DETECTORS: tuple[Detector, ...] = (
    labels.label,
    labels.section_word,
    form.kind,
    form.heading,
    form.prose,
    form.structured,
    form.place_in_document,
    form.other_language,
    form.inside_abstract,
    persons.names,
    persons.institution,
    persons.contact,
    content.codes,
    content.dates,
    content.keyword_list,
    content.reference,
    content.running_matter,
    content.boilerplate,
)


def collect(units: Sequence[Unit], lexicon: Lexicon) -> list[list[Evidence]]:
    """All evidence, unit by unit."""
    return [[e for detector in DETECTORS for e in detector(view)] for view in views(units, lexicon)]
