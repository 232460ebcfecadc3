"""A shortened text is read as the text itself."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from test_outline import LINES

from jatspack.read import pandoc
from jatspack.read.limits import DEFAULT
from jatspack.read.outline import outline
from jatspack.read.shorthand import restored, shortened


def _joined(node: Any) -> Any:
    """pandoc's JSON with neighbouring words and spaces as one string: where words are parted tells nothing."""
    if isinstance(node, dict):
        return {key: _joined(value) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    out: list[Any] = []
    for inner in node:
        kind = inner.get("t") if isinstance(inner, dict) else None
        if kind not in ("Str", "Space"):
            out.append(_joined(inner))
            continue
        text = inner.get("c", " ")
        if out and isinstance(out[-1], tuple):
            text = out.pop()[0] + text
        out.append((text,))
    return out


def _whole(text: str) -> Any:
    return json.loads(pandoc._ask([outline(text).encode(), text.encode()], DEFAULT)[1])["blocks"]


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=14))
def test_same_reading(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert _joined(pandoc.parse(text)[0]) == _joined(_whole(text))


def test_shortens_and_restores() -> None:
    text = 'A plain sentence of many words, and *one* with a mark.\n<table><tr><td>A "cell" of it</td></tr></table>'
    short, stretches = shortened(text)
    assert len(short) < len(text) / 2
    assert restored(short, stretches) == text.replace('"', '\\"')


def test_the_letter_that_marks() -> None:
    text = "The letter ꙮ stands in the word серафими многоꙮчитїи, and nothing is shortened."
    assert shortened(text) == (text, [])
