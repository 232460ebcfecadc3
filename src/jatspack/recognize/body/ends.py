"""Statements that close the body (acknowledgements, funding, contributions …) are back matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jatspack.article import BackSection, BodyBlock, Section
from jatspack.recognize.body.context import Ids
from jatspack.richtext import Rich

if TYPE_CHECKING:
    from jatspack.recognize.lexicon import Lexicon


def take_statements(
    body: list[BodyBlock], lexicon: Lexicon, kinds: Mapping[str, str], ids: Ids, lang: str
) -> list[BackSection]:
    """Take the last sections of the body whose titles name statements; one that a section follows stays.

    `kinds` gives for roles of the lexicon the kind of back matter that they name.
    """
    at = len(body)
    while at and isinstance(last := body[at - 1], Section) and _kind(last, lexicon, kinds):
        at -= 1
    if not any(isinstance(block, Section) for block in body[:at]):
        return []
    taken = [block for block in body[at:] if isinstance(block, Section)]
    del body[at:]
    return [_back(section, _kind(section, lexicon, kinds), ids, lang) for section in taken]


def _kind(section: Section, lexicon: Lexicon, kinds: Mapping[str, str]) -> str:
    found = lexicon.label_whole(section.title.plain, tuple(kinds))
    return kinds[found[0].role] if found else ""


def _back(section: Section, kind: str, ids: Ids, lang: str) -> BackSection:
    number = Rich.of(f"{section.label} ", section.origin.lines[0][0]) if section.label else Rich()
    return BackSection(ids.next("back"), kind, number + section.title, section.blocks, section.origin, lang)
