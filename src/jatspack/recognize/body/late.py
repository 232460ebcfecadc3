"""Floats that stand after the text: each goes to the place where the text first names it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jatspack.article import Caption, Figure, TableWrap
from jatspack.read.document import ListBlock, Paragraph
from jatspack.recognize.body.captions import Kind, label_at
from jatspack.recognize.body.context import Item, Work
from jatspack.recognize.body.crossrefs import mentions
from jatspack.recognize.walk import iter_rich
from jatspack.richtext import OBJECT

Key = tuple[str, str]


def place_late(flow: list[Item], late: list[Item], work: Work) -> tuple[list[Item], list[Item]]:
    """The flow with the late floats in it, and what of `late` is left.

    A float whose caption already stands in the flow without its image or table completes that one.
    """
    here = {key: item for item in flow for key in _keys(item, work)}
    named = _first_mentions(flow, work)
    after: dict[int, list[Item]] = {}
    left: list[Item] = []
    for item in late:
        keys = list(_keys(item, work))
        twin = next((here[key] for key in keys if key in here), None)
        place = next((named[key] for key in keys if key in named), None)
        if twin is not None and _complete(twin, item, work):
            continue
        here.update((key, item) for key in keys if key not in here)
        if twin is None and place is not None:
            after.setdefault(place, []).append(item)
        else:
            left.append(item)
    out: list[Item] = []
    for n, item in enumerate(flow):
        out.append(item)
        out.extend(after.get(n, []))
    return out, left


def _keys(item: Item, work: Work) -> Iterator[Key]:
    if isinstance(item, Figure | TableWrap):
        kind: Kind = "figure" if isinstance(item, Figure) else "table"
        for caption in item.captions:
            label = label_at(caption.label, work.lexicon)
            if label and label.kind == kind:
                yield kind, label.number


def _first_mentions(flow: list[Item], work: Work) -> dict[Key, int]:
    out: dict[Key, int] = {}
    for n, item in enumerate(flow):
        if isinstance(item, Paragraph | ListBlock):
            for _, text in iter_rich([item]):
                for mention in mentions(text.text, work.lexicon):
                    kind = {"fig": "figure", "table": "table"}.get(mention.type)
                    if kind:
                        out.setdefault((kind, mention.number), n)
    return out


def _complete(twin: Item, item: Item, work: Work) -> bool:
    """Give the caption that stands in the text the image or table that stands at the end; whether that was so."""
    match twin, item:
        case Figure(), Figure() if not twin.graphics or (not item.graphics and _printed_again(twin, item)):
            twin.graphics, twin.alt = twin.graphics or item.graphics, twin.alt or item.alt
        case TableWrap(), TableWrap() if twin.table is None or (item.table is None and _printed_again(twin, item)):
            twin.table = twin.table or item.table
            twin.notes += item.notes
        case _:
            return False
    assert isinstance(twin, Figure | TableWrap)
    assert isinstance(item, Figure | TableWrap)
    for caption in item.captions:
        if _among(caption, twin.captions):
            work.account(f"{caption.label} {caption.text.plain}", item.origin.lines[0][0], "caption-printed-again")
        else:
            twin.captions.append(caption)
    twin.origin = replace(twin.origin, lines=(*twin.origin.lines, *item.origin.lines), rule="float-after-text")
    return True


def _printed_again(twin: Figure | TableWrap, item: Figure | TableWrap) -> bool:
    return all(_among(caption, twin.captions) for caption in item.captions)


def _among(caption: Caption, captions: list[Caption]) -> bool:
    """Whether the same was printed already, in the same or in more words."""
    plain = caption.text.plain.casefold()
    return OBJECT not in plain and any(plain in other.text.plain.casefold() for other in captions)
