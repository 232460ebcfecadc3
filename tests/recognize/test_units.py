"""Where paragraphs are cut: at the lines of a stack, never inside wrapped prose."""

from __future__ import annotations

import textwrap

import pytest

from jatspack.read.document import Block, Paragraph
from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.units import cut
from jatspack.richtext import HARD_BREAK, Rich

PROSE = (
    "Rivers that rise in the mountains carry more sediment in spring, when the snow melts, than in any other season, "
    "and the gauges that the survey has kept since it began show it for every basin. We compare the records of nine "
    "stations and ask how far the change of the last decades can be told from the spread between single years."
)


def paragraph(text: str) -> Block:
    return Paragraph(Rich.of(text, 1), (1, 1))


def wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width))


def pieces(*texts: str) -> list[str]:
    return [unit.text.plain for unit in cut([paragraph(t) for t in texts], lexicon())]


@pytest.mark.parametrize("width", [45, 60, 72, 80, 100, 130])
def test_wrapped_prose_is_one_piece(width: int) -> None:
    assert pieces(wrapped(PROSE, width)) == [PROSE]


@pytest.mark.parametrize("width", [60, 80, 100])
def test_wrapped_chinese_is_one_piece(width: int) -> None:
    text = "本文以九个水文站的长期观测资料为基础分析了山区河流输沙量的季节变化及其与气温和降水的关系" * 5
    assert len(pieces("\n".join(textwrap.wrap(text, width // 2)))) == 1


def test_lines_of_a_stack_are_pieces() -> None:
    lines = ["Ana Ruiz, Jon Berg", "University of the North, Oslo", "ana@example.org"]
    assert pieces("\n".join(lines)) == lines
    assert pieces(HARD_BREAK.join(lines)) == lines


def test_a_stack_of_many_marked_lines() -> None:
    lines = [f"Department {n}, University of the {n}th Parallel, Longyearbyen, Norway" for n in range(1, 31)]
    assert pieces("\n".join(lines)) == lines


def test_keywords_below_a_wrapped_abstract() -> None:
    text = f"Abstract. {wrapped(PROSE, 80)}\nKeywords: rivers, sediment, snow, gauges"
    assert pieces(text) == [f"Abstract. {PROSE}", "Keywords: rivers, sediment, snow, gauges"]


def test_a_word_that_is_also_a_label_does_not_cut_prose() -> None:
    text = wrapped(f"{PROSE} The title that the first had promised was given to the atlas of the survey", 80)
    text += "\npublished by the survey in three volumes, with a title that said more than they gave."
    assert len(pieces(text)) == 1


def test_two_lines_are_read_by_the_width_of_the_document() -> None:
    address = "Department of Water, Faculty of Earth Sciences, University of the North, Institute\nof Rivers, Oslo"
    body = [wrapped(PROSE, 80)] * 3
    assert pieces(address, *body)[0] == " ".join(address.split())
    assert len(pieces(address.replace("of Rivers", "Institute of Rivers"), PROSE, PROSE, PROSE)) == 5
