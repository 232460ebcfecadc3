"""Addresses taken apart."""

from __future__ import annotations

import pytest

from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.people.places import tag_parts
from jatspack.richtext import Rich


def parts(text: str) -> list[tuple[str, str]]:
    return [(p.tag, text[p.start : p.end]) for p in tag_parts(Rich.of(text), lexicon()).parts]


@pytest.mark.parametrize(
    ("text", "institution"),
    [
        ("профессор, доктор Университет Есиля, Астана", "Университет Есиля"),
        ("dosen Fakultas Hukum, Bandung", "Fakultas Hukum"),
        ("Associate Professor of the Department of Botany, Leeds, UK", "Department of Botany"),
        ("Dr. Elena Marsh University, Pune, India", "Dr. Elena Marsh University"),
        ("东江大学研究生院，广州", "东江大学研究生院"),
        ("Химия кафедрасының аға оқытушысы, Орал", "Химия кафедрасының"),
    ],
)
def test_a_persons_degree_or_position_is_no_part_of_the_institution(text: str, institution: str) -> None:
    assert ("institution", institution) in parts(text)


@pytest.mark.parametrize("text", ["Dr.", "Professor, ", "доктор .,:- ", "Head of the the the"])
def test_titles_alone_are_no_institution(text: str) -> None:
    assert all(tag != "institution" or inner.strip() for tag, inner in parts(text))
