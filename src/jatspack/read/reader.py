"""A source file to a Document: decoded, repaired, parsed by pandoc, every block with its source lines."""

from __future__ import annotations

from pathlib import Path

from jatspack.read.blocks import Blocks
from jatspack.read.document import Document
from jatspack.read.inlines import Context
from jatspack.read.limits import DEFAULT, Limits
from jatspack.read.pandoc import parse
from jatspack.read.repair import repair
from jatspack.read.source import load


def read_source(path: Path, limits: Limits = DEFAULT) -> Document:
    """Read an article.

    Raises UnreadableInput (missing, no text, empty, too large, too deeply nested, too slow to parse) and
    MissingDependency (no pandoc).
    """
    source, findings = load(path, limits)
    draft = repair(source.text)
    nodes, positions = parse("\n".join(draft.lines), limits)
    context = Context(draft.line_of, draft.lines, draft.removed, findings + draft.findings)
    blocks = Blocks(context).convert(nodes, positions)
    return Document(source, blocks, removed=context.removed, findings=context.findings)
