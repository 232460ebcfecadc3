"""Every visible word of the source stands in the blocks or among what was removed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from read_words import missing, source_words, texts

from jatspack.read import read_source

WORD = st.text("abcdefgабвгґқөüñçé的中文0123456789", min_size=1, max_size=9)
_MARKS = "* ** _ ` ~ ~~ ^ $ [ ] ( ) <sup> </sup> <b> </b> <br> \\ # > - 1. 5) 2018. ´ ¸ [^1] <!-- --> &amp; ： < \u00ad"
MARK = st.sampled_from(_MARKS.split(" "))
PHRASE = st.lists(st.tuples(WORD, MARK, st.sampled_from(("", " "))), max_size=6).map(
    lambda parts: "".join(space + word + mark + space for word, mark, space in parts)
)
LINE = st.one_of(
    PHRASE,
    PHRASE.map("# {}".format),
    PHRASE.map("- {}".format),
    PHRASE.map("12. {}".format),
    PHRASE.map("> {}".format),
    PHRASE.map("    {}".format),
    PHRASE.map("**{}:** and".format),
    PHRASE.map("| {} | b |".format),
    PHRASE.map("[^1]: {}".format),
    PHRASE.map("<div>{}</div>".format),
    st.sampled_from(["", "", "---", "===", "|---|---|", "```", "$$", "<table><tr><td>a</td></tr></table>", "7"]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINE, min_size=1, max_size=12))
def test_words_are_kept(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "article.md"
    path.write_text("word\n" + "\n".join(lines), encoding="utf-8")
    document = read_source(path)
    last = document.source.text.count("\n") + 1
    assert all(1 <= block.lines[0] <= block.lines[1] <= last for block in document.blocks)
    assert lost_letters(path) == {}


def lost_letters(path: Path) -> dict[str, int]:
    """Letters and digits that are fewer in the document than in the source: words may be parted otherwise."""
    document = read_source(path)
    kept = "".join(texts(document.blocks)) + "".join(r.text for r in document.removed)
    source = Counter(c for c in "".join(source_words(document.source.text).elements()) if c.isalnum())
    have = Counter(c for c in "".join(source_words(kept).elements()) if c.isalnum())
    return dict(source - have)


@pytest.mark.parametrize("kind", ["seed", "dev", "dev-jats", "backlog"])
def test_words_of_real_articles_are_kept(shared: Path, kind: str) -> None:
    paths = sorted((shared / kind).rglob("*.md"))[:: 10 if kind == "backlog" else 1]
    assert paths
    for path in paths:
        document = read_source(path)
        total = sum(source_words(document.source.text).values())
        assert sum(missing(document).values()) <= total * 0.001 + 2, (path, missing(document).most_common(9))
