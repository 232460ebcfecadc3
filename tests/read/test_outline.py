"""An outline has the blocks of its text."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from jatspack.read import pandoc
from jatspack.read.limits import DEFAULT
from jatspack.read.outline import outline

_BEGINS = [
    "", "", "", "- ", "12. ", "  * ", "> ", "# ", "    ", "| ", ":   ", "[^1]: ", "[1] ", "[label]: ", "::: ", "```",
]  # fmt: skip
_MARKS = [
    "---", "===", "***", "```", "~~~", ":::", "|---|---|", "<!--", "-->", "<table>", "</table>", "<pre>", "</pre>",
]  # fmt: skip
_WORDS = [
    "word", "a-longer,plain:stretch", "12%", "(b)", "d;e", "q!", "我们的论文", "привет", "12", "3.4", "x", "$a_b$",
    "**bold**", "*em*", "`code`", "[link](a.html)", "<b>", "</b>", "<", ">", "|", "]:", "-->", "</div>", "<td>",
]  # fmt: skip
LINES = st.one_of(
    st.just(""),
    st.sampled_from(_MARKS),
    st.tuples(st.sampled_from(_BEGINS + _MARKS), st.lists(st.sampled_from(_WORDS), max_size=12)).map(
        lambda parts: parts[0] + " ".join(parts[1])
    ),
)


def _lines(where: bytes) -> list[tuple[str, str, str]]:
    """Kinds of blocks with the lines that they begin and end on; a line's first column is not of it."""
    found = re.findall(r'"([A-Za-z]*)","([^"]*)"', where.decode())
    spans = [[(a, c, d == "1") for a, c, d in re.findall(r"(\d+):\d+-(\d+):(\d+)", at)] for _, at in found]
    return [(kind, str(span), str(where.count(b"["))) for (kind, _), span in zip(found, spans, strict=True)]


def _positions(text: str) -> list[tuple[str, str, str]]:
    return _lines(pandoc._ask([text.encode(), b""], DEFAULT)[0])


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=14))
def test_same_blocks(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert _positions(outline(text)) == _positions(text)


def test_cuts() -> None:
    assert outline("- A long line of a paragraph\nshort\n| a | long row of a table |") == "- A lo" + (
        "\nshort\n| a | long row of a table |"
    )
    assert outline("<html><body><table><tr><td>A cell</td></tr></table>") == "<html>"


def test_leaves_whole() -> None:
    for text in (
        '[label of a link]: there "and its\ntitle on another line"',
        "<!-- a comment that goes on\nand on until here --> and text",
        "--------------------------------",
        "````````````````````````````` code",
    ):
        assert outline(text) == text
