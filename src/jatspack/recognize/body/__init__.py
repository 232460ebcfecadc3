"""The body of an article: sections, lists, floats, formulas and notes out of the document's blocks.

The steps, in order; each passes a flow of items on to the next:
layout tables dissolved, floats gathered, formulas lifted, cut paragraphs joined, lists recognised,
notes lifted, heads found and ranked, sections nested.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from jatspack.article import BackSection, BodyBlock, Origin
from jatspack.read.document import Block, Heading, Media, Rule
from jatspack.recognize.body.context import BodyResult, Ids, Item, Work, lines_of, span
from jatspack.recognize.body.crossrefs import link_mentions
from jatspack.recognize.body.dissolve import dissolve_layout
from jatspack.recognize.body.floats import gather_floats
from jatspack.recognize.body.formulas import lift_formulas
from jatspack.recognize.body.joins import join_cut
from jatspack.recognize.body.late import place_late
from jatspack.recognize.body.lists import recognise_lists, settle
from jatspack.recognize.body.notes import lift_notes, notes_in
from jatspack.recognize.body.sections import build_sections
from jatspack.richtext import Rich

if TYPE_CHECKING:
    from jatspack.recognize.lexicon import Lexicon

__all__ = ["BodyResult", "Ids", "build_back", "build_body", "lift_title_notes", "link_mentions"]

# Back matter that has sections of its own; the rest is a few paragraphs under one title.
SECTIONED = frozenset({"app", "other", "supplementary"})


def build_body(
    blocks: Sequence[Block],
    lexicon: Lexicon,
    lang: str = "",
    media: Mapping[str, Media] | None = None,
    *,
    late: Sequence[Block] = (),
    ids: Ids | None = None,
) -> BodyResult:
    """Recognise the body.

    `blocks` are the body's blocks in source order; `late` are those that stand after the references, of which
    floats go where the text names them, and the rest is in `BodyResult.late`. `ids` numbers the ids; hand the
    same value to every call for one article.
    Mentions ("Fig. 2") are not linked here, because their targets may stand in an appendix: call
    `link_mentions` on the whole article.
    """
    work = Work(lexicon, lang, media or {}, ids or Ids())
    flow = _flow(blocks, work)
    left: list[Item] = []
    if late:
        flow, left = place_late(flow, _flow(late, work), work)
    body = build_sections(flow, work)
    rest = build_sections(left, work, prefix="late-sec")
    return BodyResult(body, work.footnotes, work.findings, work.accounted, rest)


def build_back(  # noqa: PLR0913
    kind: str,
    title: Rich,
    blocks: Sequence[Block],
    lexicon: Lexicon,
    lang: str = "",
    media: Mapping[str, Media] | None = None,
    origin: Origin | None = None,
    *,
    ids: Ids | None = None,
) -> tuple[BackSection, BodyResult]:
    """One section of back matter; the result beside it carries its footnotes, findings and accounts."""
    work = Work(lexicon, lang, media or {}, ids or Ids())
    ident = work.ids.next("back")
    flow = _flow(blocks, work)
    sectioned = kind in SECTIONED or any(isinstance(item, Heading) for item in flow)
    if sectioned:
        body: list[BodyBlock] = build_sections(flow, work, prefix="back-sec")
    else:
        body = [item for item in flow if not isinstance(item, Rule | Heading)]  # type: ignore[misc]
    lines = span(title.lines, *(lines_of(item) for item in flow))
    section = BackSection(ident, kind, title, body, origin or Origin((lines,), "back-section"))
    return section, BodyResult(body, work.footnotes, work.findings, work.accounted)


def lift_title_notes(title: Rich, lexicon: Lexicon, ids: Ids) -> tuple[Rich, BodyResult]:
    """A title with marks in the place of its footnotes; the result beside it carries these."""
    work = Work(lexicon, ids=ids)
    text = notes_in(title, work)
    return text, BodyResult([], work.footnotes, work.findings, work.accounted)


def _flow(blocks: Sequence[Block], work: Work) -> list[Item]:
    items = gather_floats(dissolve_layout(list(blocks)), work)
    items = lift_formulas(items, work)
    items = join_cut(items)
    items = recognise_lists(items, work)
    return lift_notes(settle(items), work)
