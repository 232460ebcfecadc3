"""Texts that name their own parts: ``Background: … Methods: … Results: …``, as structured abstracts do."""

from __future__ import annotations

import re

from jatspack.recognize.lexicon import Lexicon

MANY = 3  # parts that are named, from which on a paragraph is surely such a text
_HEAD = re.compile(r"(?:^|(?<=[.!?。；;])\s*)(?P<head>[^\W\d_][^.:：。,;!?\n]{1,60})(?P<close>[.:：])(?!\S[^\W\d_])")


def part_heads(text: str, lexicon: Lexicon) -> list[re.Match[str]]:
    """Words at the beginning of a sentence that name a part of an article, with the mark behind them.

    The groups are ``head`` and ``close``.
    """
    return [found for found in _HEAD.finditer(text) if lexicon.section_type(found["head"])[0]]
