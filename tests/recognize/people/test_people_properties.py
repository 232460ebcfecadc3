"""Names, bylines, addresses and contacts of any shape: nothing crashes, nothing is made up, time grows with text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.people.affiliations import Piece, split_affiliations
from jatspack.recognize.people.byline import parse_byline
from jatspack.recognize.people.contacts import find_contacts
from jatspack.recognize.people.likeness import looks_like_byline
from jatspack.recognize.people.marks import leading_marks, raise_marks
from jatspack.recognize.people.names import parse_name
from jatspack.richtext import Rich

LANGS = st.sampled_from(["en", "ru", "kk", "es", "pt", "zh-Hans", "ja", "ko", "vi", "ar", "und"])
WORDS_OF_NAMES = "Anna MILLER A. В.Г. Ким de van 李 磊 张三丰 김철수 Nguyễn Prof. PhD and и 1 ¹,²"
OTHER_PIECES = "* ( ) [1,4] , ; @ a@b.org 0000-0002-1825-0097 University of Oslo ^ $ د. أحمد გიორგი l"
WORDS = st.sampled_from([*WORDS_OF_NAMES.split(), *OTHER_PIECES.split(), "\n", "\u2028"])
LINES = st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=60)
GIVEN = st.sampled_from(["Anna", "Peter", "Ольга", "Łukasz", "Ayşe", "José"])
FAMILY = st.sampled_from(["Miller", "Okafor", "Петрова", "Nowak", "Yılmaz", "Brook"])
MARKS = st.lists(st.sampled_from("123"), max_size=2, unique=True)


@given(LINES, LANGS)
def test_persons_hold_words_of_the_byline_only(text: str, lang: str) -> None:
    rich = raise_marks(Rich.of(text, 1))
    printed = "".join(filter(str.isalpha, text))
    for person in parse_byline(rich, lang, lexicon()):
        assert 0 <= person.start <= person.end <= len(rich)
        for part in (person.name.surname, person.name.given_names, person.name.prefix, person.name.suffix):
            for word in part.split():
                assert "".join(filter(str.isalpha, word)) in printed


@given(LINES)
def test_addresses_keep_their_words_and_tag_parts_inside_themselves(text: str) -> None:
    for printed in split_affiliations([Piece(0, Rich.of(text, 1), True)], lexicon()):
        at = 0
        for part in printed.tagged.parts:
            assert at <= part.start < part.end <= len(printed.tagged.text)
            at = part.end
        assert all(word in text for word in printed.text.text.split())


@given(LINES)
def test_contacts_blank_without_moving_anything(text: str) -> None:
    rich = Rich.of(text, 1)
    found = find_contacts(0, rich, lexicon())
    assert len(found.blanked) == len(rich)
    assert 0.0 <= looks_like_byline(rich, lexicon()) <= 1.0
    assert leading_marks(rich)[1] <= len(rich)


@given(st.lists(st.tuples(GIVEN, FAMILY, MARKS), min_size=1, max_size=6), st.sampled_from([", ", "; ", " · ", "\n"]))
def test_a_list_of_plain_names_is_read_back(people: list[tuple[str, str, list[str]]], separator: str) -> None:
    text = separator.join(
        f"{given} {family}{' '.join('¹²³'[int(m) - 1] for m in marks)}" for given, family, marks in people
    )
    persons = parse_byline(Rich.of(text, 1), "en", lexicon())
    assert [(p.name.given_names, p.name.surname, p.marks) for p in persons] == people


@given(LINES, LANGS)
def test_one_name_never_fails(text: str, lang: str) -> None:
    parse_name(text, lang, lexicon())


@pytest.mark.parametrize("piece", ["A.", "Anna ", "1,", "(", "а.б.", "张 ", "a@", "x.y-", "^1^ ", "[1,"])
def test_work_grows_with_the_text(piece: str, calls: Callable[[Callable[[], object]], int]) -> None:
    def work(count: int) -> int:
        rich = raise_marks(Rich.of(piece * count, 1))

        def read() -> None:
            looks_like_byline(rich, lexicon())
            parse_byline(rich, "en", lexicon())
            find_contacts(0, rich, lexicon())

        return calls(read)

    work(50)  # the lexicon's indexes are made
    assert work(2000) < 12 * work(200)
