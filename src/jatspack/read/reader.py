"""A source file to a Document: decoded, repaired, parsed by pandoc, every block with its source lines."""

from __future__ import annotations

from pathlib import Path

from jatspack.findings import UnreadableInput
from jatspack.read.blocks import Blocks
from jatspack.read.document import Block, Document
from jatspack.read.draft import Draft
from jatspack.read.frontmatter import split
from jatspack.read.inlines import Context
from jatspack.read.layout import plain_note
from jatspack.read.limits import DEFAULT, Limits
from jatspack.read.media import collect
from jatspack.read.nesting import check_nesting
from jatspack.read.pandoc import parse
from jatspack.read.repair import repair
from jatspack.read.source import load


def read_source(path: Path, limits: Limits = DEFAULT) -> Document:
    """Read an article.

    Raises UnreadableInput (missing, no text, empty, too large, too deeply nested, too slow to parse) and
    MissingDependency (no pandoc).
    """
    source, findings = load(path, limits)
    front = split(source.text)
    check_nesting(source.text.split("\n"), path, limits)
    draft = repair(source.text, front.lines, front.fences)
    try:
        blocks, context = _convert(draft, limits)
    except RecursionError:
        raise UnreadableInput(
            f"{path}: lists or quotations are nested too deep; this is no article text, take them out"
        ) from None
    media, images = collect(blocks, path, limits)
    findings += [*front.findings, *draft.findings, *context.findings, *images]
    removed = sorted([*draft.removed, *context.removed], key=lambda r: r.line)
    return Document(source, blocks, front.metadata, removed, media, findings)


def _convert(draft: Draft, limits: Limits) -> tuple[list[Block], Context]:
    """Blocks; where a footnote turns out to be referred to by nothing, once more with it as a paragraph."""
    nodes, positions = parse("\n".join(draft.lines), limits)
    context = Context(draft.line_of, draft.lines)
    converter = Blocks(context)
    blocks = converter.convert(nodes, positions)
    unused = converter.unused_notes()
    if unused:
        for label, line in unused:
            plain_note(draft, line - 1, label)
        nodes, positions = parse("\n".join(draft.lines), limits)
        context = Context(draft.line_of, draft.lines)
        blocks = Blocks(context).convert(nodes, positions)
    return blocks, context
