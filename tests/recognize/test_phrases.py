"""Phrases found in one pass over the text are those that a plain search at every word finds."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from jatspack.recognize.lexicon import Entry, Found, Phrases, lexicon
from jatspack.recognize.lexicon.beginnings import Beginnings
from jatspack.recognize.lexicon.fold import FOLDED, fold

# A word may begin behind anything that is no letter or digit, at some signs, and at every Chinese, Japanese or Korean
# character. This is said again here on purpose.
BEGINS = re.compile(r"(?<![^\W_])[^\W_]|[№&§/\[]|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
KINDS = ("institution", "department", "degree", "pages", "volume", "journal", "street", "surname-ending", "label")

letters = st.sampled_from("abnsuABNSéßﬁıбнсБ大学部院가がｱاـʼ゙・")
signs = st.sampled_from(" \n\t.,-'’\u00ad\u2028_/№&§[]()12²½\u0301\u3099*")
words = st.text(letters, min_size=1, max_size=4)
texts = st.text(letters | signs, max_size=40)


@st.composite
def phrases(draw: st.DrawFn) -> Phrases:
    """Sets of words and phrases, some of them stems and endings."""
    rows = draw(st.lists(st.lists(words, min_size=1, max_size=3).map(draw(st.sampled_from(" -.")).join), max_size=6))
    forms = [draw(st.sampled_from(["{}", "{}.", "{}*", "*{}"])).format(row) for row in rows]
    tags = draw(st.sampled_from(["institution", "other"]))
    return Phrases([Entry(row, tags, "xx") for row in forms], beside_names=draw(st.booleans()))


def plainly(sought: Phrases, text: str) -> list[tuple[int, list[Found]]]:
    """What begins at each word, asked word by word."""
    found = ((m.start(), list(sought.at(text, m.start()))) for m in BEGINS.finditer(text))
    return [(start, here) for start, here in found if here]


def in_one_pass(sought: Phrases, text: str) -> list[tuple[int, list[Found]]]:
    found = ((start, list(here)) for start, here in sought.places(text))
    return [(start, here) for start, here in found if here]


@given(phrases(), texts)
def test_one_pass_finds_what_a_search_at_every_word_finds(sought: Phrases, text: str) -> None:
    assert in_one_pass(sought, text) == plainly(sought, text)


@given(phrases(), st.data())
def test_a_text_made_of_the_phrases_themselves(sought: Phrases, data: st.DataObject) -> None:
    known = [entry.phrase.strip("*") for entry in sought.entries] or ["a"]
    text = "".join(data.draw(st.lists(st.sampled_from(known) | signs | letters, max_size=12)))
    assert in_one_pass(sought, text) == plainly(sought, text)


@settings(deadline=None)  # the first call reads the lexicon
@given(st.sampled_from(KINDS), st.data())
def test_the_words_of_the_lexicon(kind: str, data: st.DataObject) -> None:
    sought = lexicon().pattern(kind)
    known = st.sampled_from(sought.entries).map(lambda entry: entry.phrase.strip("*"))
    text = "".join(data.draw(st.lists(known | known.map(str.upper) | signs | words, max_size=8)))
    assert in_one_pass(sought, text) == plainly(sought, text)


@given(phrases(), texts, st.integers(0, 40))
def test_a_search_may_begin_inside_the_text(sought: Phrases, text: str, pos: int) -> None:
    everywhere = [start for start, _ in in_one_pass(sought, text)]
    assert [start for start, here in sought.places(text, pos) if list(here)] == [s for s in everywhere if s >= pos]


@given(texts)
def test_beginnings(text: str) -> None:
    found = Beginnings(text)
    assert found.folded == text.translate(FOLDED) == "".join(map(fold, text))
    starts = {m.start(): fold(text[: m.start()]) for m in BEGINS.finditer(text)}
    assert {found.at(offset) for offset in range(len(found.folded))} <= starts.keys() | {-1}
    assert all(found.at(len(before)) == start for start, before in starts.items() if fold(text[start]))


def test_a_row_without_end_is_gone_through_once(calls) -> None:
    sought = lexicon().pattern("institution")
    once, thrice = (calls(lambda n=n: sought.findall("大学" * n)) for n in (200, 600))
    assert thrice < 4 * once


def test_an_ending_is_one_at_the_end_of_the_word_only() -> None:
    endings = Phrases([Entry("*institut", "", "")])
    assert endings.findall("Hauptinstitut, Institutions, Forschungsinstitut2, institut大学") == [
        "Hauptinstitut",
        "Forschungsinstitut",
    ]
