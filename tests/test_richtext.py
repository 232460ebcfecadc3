"""Rich text: offsets, slices and joins never lose or move a character."""

import re

from hypothesis import given
from hypothesis import strategies as st

from jatspack.richtext import HARD_BREAK, Rich, Run

STYLES = st.frozensets(st.sampled_from(["bold", "italic", "sup"]))
RUNS = st.lists(st.builds(Run, st.text("aбв ,.\n" + HARD_BREAK, min_size=1), STYLES, line=st.integers(1, 9)))
RICH = RUNS.map(lambda runs: Rich(tuple(runs)))


@given(RICH, st.integers(-20, 20), st.integers(-20, 20))
def test_slice_is_the_slice_of_the_text(rich: Rich, start: int, stop: int) -> None:
    assert rich[start:stop].text == rich.text[start:stop]


@given(RICH, st.integers(0, 30))
def test_parts_joined_are_the_whole(rich: Rich, cut: int) -> None:
    whole = Rich.join([rich[:cut], rich[cut:]])
    assert whole.text == rich.text
    assert [(c, s) for r in whole for c in r.text for s in [r.style]] == [
        (c, s) for r in rich for c in r.text for s in [r.style]
    ]


@given(RICH)
def test_split_loses_only_the_separators(rich: Rich) -> None:
    assert ",".join(p.text for p in rich.split(re.compile(","))) == rich.text


@given(RICH)
def test_normalized_folds_white_space_and_keeps_words(rich: Rich) -> None:
    assert rich.normalized().text == " ".join(rich.text.split()) == rich.plain


@given(RICH)
def test_merged_changes_nothing_visible(rich: Rich) -> None:
    merged = rich.merged()
    assert merged.text == rich.text
    assert len(merged.runs) <= len(rich.runs)


@given(RICH)
def test_run_at_finds_the_character(rich: Rich) -> None:
    for i, character in enumerate(rich.text):
        assert character in rich.run_at(i).text


def test_lines_and_all() -> None:
    rich = Rich((Run("a ", frozenset({"bold"}), line=3), Run("b", frozenset({"bold", "italic"}), line=5)))
    assert rich.lines == (3, 5)
    assert rich.all("bold")
    assert not rich.all("italic")
    assert not Rich().all("bold")
    assert rich.without("bold").runs[1].style == {"italic"}
