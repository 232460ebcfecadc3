"""The model of references: that it fits its features, and what it makes of references in many styles."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jatspack.article import Part
from jatspack.recognize.references import parse_reference
from jatspack.recognize.references.features import features
from jatspack.recognize.references.model import label
from jatspack.recognize.references.tokens import tokenize
from jatspack.richtext import Rich

TRAINING = Path(__file__).parents[3] / "bench" / "training"


def test_the_model_belongs_to_the_features(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up references that it was not trained on; a model of other features would fail at once."""
    monkeypatch.setattr(sys, "path", [str(TRAINING), *sys.path])
    from compose import printed

    right = total = 0
    for segments, _ in (printed(Random(seed)) for seed in range(1000, 1150)):
        text, ends = "", []
        for name, part in segments:
            text = f"{text} {part}".strip()
            ends.append((len(text), name))
        wanted = {t.start: next(name for end, name in ends if t.start < end) for t in tokenize(text)}
        for stretch in label(Rich.of(text))[0]:
            inside = [name for start, name in wanted.items() if stretch.start <= start < stretch.end]
            right += inside.count(stretch.label)
            total += len(inside)
    assert right / total > 0.9


@settings(deadline=None)  # the first call reads the model
@given(st.text(max_size=300))
def test_parts_lie_in_order_inside_the_text(text: str) -> None:
    citation = parse_reference(Rich.of(text))
    assert citation.text.text.text == text
    check(citation.text.parts, 0, len(text))


SIGNS = st.text(alphabet='//.:;,&()[]«»"“”–- aBвГ17１和', max_size=60)


@settings(deadline=None, max_examples=300)
@example("a //")
@example("//")
@given(SIGNS)
def test_signs_in_any_order_break_nothing(text: str) -> None:
    check(parse_reference(Rich.of(text)).text.parts, 0, len(text))


def check(parts: tuple[Part, ...], start: int, end: int) -> None:
    for part in parts:
        assert start <= part.start < part.end <= end
        check(part.parts, part.start, part.end)
        start = part.end


@settings(deadline=None)  # the first call reads the model
@given(st.text(max_size=200))
def test_every_token_has_features(text: str) -> None:
    tokens = tokenize(text)
    assert len(features(tokens)) == len(tokens)
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert "".join(t.text for t in tokens) == "".join(text.split())


STYLES = [
    (
        "Ferro, A. B., & Lund, K. (2019). Salt, snow and the soils of small gardens. Journal of Winter Ecology, 12(3), "
        "45–60. https://doi.org/10.5555/jwe.2019.3",
        {
            "article-title": "Salt, snow and the soils of small gardens",
            "source": "Journal of Winter Ecology",
            "year": "2019",
            "volume": "12",
            "issue": "3",
            "fpage": "45",
            "lpage": "60",
            "pub-id": "10.5555/jwe.2019.3",
        },
    ),
    (
        "Сейтова А. Б., Лугов Р. В. Почтовые станции степи // Вопросы истории дорог. – 2018. – № 4. – С. 12–25.",
        {
            "article-title": "Почтовые станции степи",
            "source": "Вопросы истории дорог",
            "year": "2018",
            "issue": "4",
            "fpage": "12",
            "lpage": "25",
        },
    ),
    (
        "沈墨言, 林舒妍. 竹炭对茶园土壤氮素淋失的影响[J]. 土壤通报, 2019, 50(4): 112-118.",
        {
            "article-title": "竹炭对茶园土壤氮素淋失的影响",
            "source": "土壤通报",
            "year": "2019",
            "volume": "50",
            "issue": "4",
            "fpage": "112",
        },
    ),
    (
        "OLIVEIRA, M. C.; PRADO, J. Memórias de um rio seco. Revista do Sertão, v. 9, n. 2, p. 55-70, 2021.",
        {
            "article-title": "Memórias de um rio seco",
            "source": "Revista do Sertão",
            "volume": "9",
            "issue": "2",
            "fpage": "55",
            "year": "2021",
        },
    ),
    (
        "Okafor TL, Barrow J. Recovery of sandy soils after salting. Soil Sci Lett. 2015;8(2):101-9.",
        {
            "article-title": "Recovery of sandy soils after salting",
            "source": "Soil Sci Lett",
            "volume": "8",
            "fpage": "101",
        },
    ),
    (
        "Huber, Petra (2017): Die späte Werkstatt. Frankfurt a. M.: Campus.",
        {"source": "Die späte Werkstatt", "publisher-name": "Campus", "year": "2017"},
    ),
]


@pytest.mark.parametrize(("printed", "wanted"), STYLES, ids=[w.get("source", "") for _, w in STYLES])
def test_styles(printed: str, wanted: dict[str, str]) -> None:
    parts = parse_reference(Rich.of(printed)).text.parts
    found = {part.tag: printed[part.start : part.end] for part in parts}
    assert {tag: found.get(tag) for tag in wanted} == wanted


def test_a_no_break_space_between_surname_and_initials_is_kept_where_the_tag_set_allows_it() -> None:
    citation = parse_reference(Rich.of("Petrović\u00a0A. B. Reke i gradovi. Vesnik. 2010. 3: 45-60."))
    group = next(part for part in citation.text.parts if part.tag == "person-group")
    assert [part.tag for part in group.parts] == ["string-name"]
