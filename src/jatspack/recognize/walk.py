"""One walk over all rich text of an article's body, back matter and footnotes, to read it or to replace it.

Citations and cross-references both turn runs into runs with an Xref; neither should know how a table cell
or a definition list is built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import is_
from typing import TYPE_CHECKING, Literal, TypeVar

from jatspack.article import (
    Abstract,
    Article,
    BackSection,
    BodyBlock,
    Figure,
    Footnote,
    Formula,
    Section,
    TableWrap,
)
from jatspack.read.document import Block, Cell, Code, Definitions, Heading, ListBlock, Paragraph, Quote, Rule, Table
from jatspack.richtext import Note, Rich

if TYPE_CHECKING:
    AnyBlock = BodyBlock | Block

Place = Literal["title", "text", "caption", "cell", "term"]
Replace = Callable[[Rich, Place], Rich]
T = TypeVar("T", bound="AnyBlock")


def iter_rich(blocks: Iterable[AnyBlock]) -> Iterator[tuple[Place, Rich]]:
    """Every rich text in `blocks`, in reading order, with the kind of place where it stands."""
    found: list[tuple[Place, Rich]] = []

    def note(text: Rich, place: Place) -> Rich:
        found.append((place, text))
        return text

    for block in blocks:
        replace_in(block, note)
        yield from found
        found.clear()


def iter_article(article: Article) -> Iterator[tuple[Place, Rich]]:
    """Every rich text of body, back matter and footnotes, in reading order."""
    yield from iter_rich(article.body)
    for section in article.back:
        yield "title", section.title
        yield from iter_rich(section.blocks)
    for footnote in article.footnotes:
        yield from iter_rich(footnote.blocks)


def replace_article(article: Article, change: Replace) -> None:
    """Pass every rich text of body, back matter and footnotes through `change`, in place."""
    article.body[:] = [replace_in(block, change) for block in article.body]
    for section in article.back:
        replace_holder(section, change)
    for footnote in article.footnotes:
        replace_holder(footnote, change)


def replace_holder(holder: BackSection | Footnote | Abstract, change: Replace) -> None:
    """The same for one back section, footnote or abstract; its title is passed too."""
    if isinstance(holder, BackSection):
        holder.title = change(holder.title, "title")
    holder.blocks[:] = [replace_in(block, change) for block in holder.blocks]


def replace_in(block: T, change: Replace) -> T:
    """The block with every rich text passed through `change`; sections, figures and tables are changed in place."""
    return _replace(block, change, "text")  # type: ignore[return-value]


def _replace(block: AnyBlock, change: Replace, place: Place) -> AnyBlock:  # noqa: PLR0911
    match block:
        case Paragraph():
            text = _through_notes(change(block.text, place), change)
            return block if text is block.text else replace(block, text=text)
        case Heading():
            text = change(block.text, "title")
            return block if text is block.text else replace(block, text=text)
        case Section():
            block.title = change(block.title, "title")
            block.blocks[:] = [replace_in(inner, change) for inner in block.blocks]
            return block
        case ListBlock():
            items = tuple(_all(item, change, place) for item in block.items)
            return block if _same(items, block.items) else replace(block, items=items)
        case Quote():
            blocks = _all(block.blocks, change, place)
            return block if blocks is block.blocks else replace(block, blocks=blocks)
        case Definitions():
            defined = tuple((change(term, "term"), _all(meaning, change, place)) for term, meaning in block.items)
            return replace(block, items=defined)
        case Figure():
            _captions(block, change)
            return block
        case TableWrap():
            _captions(block, change)
            if block.table is not None:
                block.table = _replace(block.table, change, "cell")  # type: ignore[assignment]
            block.notes[:] = [replace_in(note, change) for note in block.notes]
            return block
        case Table():
            caption = change(block.caption, "caption") if block.caption else block.caption
            head, body = _rows(block.head, change), _rows(block.body, change)
            if caption is block.caption and head is block.head and body is block.body:
                return block
            return replace(block, caption=caption, head=head, body=body)
        case Code() | Formula() | Rule():
            return block
    return block


def _all(blocks: tuple[Block, ...], change: Replace, place: Place) -> tuple[Block, ...]:
    out = [_replace(block, change, place) for block in blocks]
    return blocks if _same(out, blocks) else tuple(out)  # type: ignore[arg-type]


def _same(new: Sequence[object], old: Sequence[object]) -> bool:
    """Whether nothing was changed: what is the same need not be built again."""
    return all(map(is_, new, old))


def _captions(block: Figure | TableWrap, change: Replace) -> None:
    for caption in block.captions:
        caption.text = change(caption.text, "caption")


def _rows(rows: tuple[tuple[Cell, ...], ...], change: Replace) -> tuple[tuple[Cell, ...], ...]:
    out = [[_cell(cell, change) for cell in row] for row in rows]
    return rows if all(map(_same, out, rows)) else tuple(map(tuple, out))


def _cell(cell: Cell, change: Replace) -> Cell:
    blocks = _all(cell.blocks, change, "cell")
    return cell if blocks is cell.blocks else replace(cell, blocks=blocks)


def _through_notes(text: Rich, change: Replace) -> Rich:
    """Footnotes that still stand in the text are text too."""
    if not [run for run in text.runs if isinstance(run.object, Note)]:
        return text
    return Rich(
        tuple(
            replace(run, object=replace(run.object, blocks=_all(run.object.blocks, change, "text")))
            if isinstance(run.object, Note)
            else run
            for run in text
        )
    )
