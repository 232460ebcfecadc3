"""Metadata at the head of a file: YAML between `---` lines (pandoc, JOSS, Quarto, MyST), pandoc's `% title` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from jatspack.findings import Finding, finding

_MOST_CHARACTERS = 200_000
_MOST_EVENTS = 20_000
_DEEPEST = 20
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_KEY = re.compile(r"[A-Za-z][\w.-]*\s*:(?:\s|$)")
_FIELD = re.compile(r"%\s*([A-Za-z][\w-]*)\s*:\s*(.+)")
_TITLE_KEYS = ("title", "author", "date")  # of pandoc's title block, in this order


@dataclass(slots=True)
class FrontMatter:
    """`metadata` has strings for all scalars: `2024-10` is no date yet, `no` no falsehood, 0001 no number."""

    metadata: dict[str, object] = field(default_factory=dict)
    lines: int = 0  # leading lines of the source that were read, not to be read again
    fences: tuple[int, ...] = ()  # indexes of fence lines around what could not be read
    findings: list[Finding] = field(default_factory=list)


def split(text: str) -> FrontMatter:
    """The metadata at the head of the text; nothing where there is none."""
    lines = text.split("\n", 2000)
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() == "---":
        return _yaml(lines, first)
    if lines[first].startswith("%"):
        return _percent(lines, first)
    return FrontMatter()


def _yaml(lines: list[str], first: int) -> FrontMatter:
    last = next((n for n in range(first + 1, len(lines)) if lines[n].rstrip() in ("---", "...")), 0)
    body = lines[first + 1 : last]
    keys = sum(bool(_KEY.match(line)) for line in body)
    if not last or not keys:
        return FrontMatter()
    try:
        metadata = _load("\n".join(body))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = first + 2 + (mark.line if mark else 0)
        reason = getattr(error, "problem", None) or str(error)
        return FrontMatter(
            fences=(first, last), findings=[finding("front-matter-unreadable", (line, line), reason=str(reason))]
        )
    return FrontMatter(metadata, last + 1)


def _load(text: str) -> dict[str, object]:
    """Strings, lists and mappings, from YAML's nodes; ValueError beyond the bounds."""
    if len(text) > _MOST_CHARACTERS:
        raise ValueError("it is too long")
    depth = 0
    for n, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise ValueError("it has aliases (*name), which are not read")
        if depth > _DEEPEST or n > _MOST_EVENTS:
            raise ValueError("it is too deep or too long")
    value = _value(yaml.compose(text, Loader=_LOADER))
    if not isinstance(value, dict):
        raise ValueError("it is no list of keys and values")
    return value


def _value(node: yaml.Node | None) -> object:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    out: dict[str, object] = {}
    for key, item in node.value if isinstance(node, yaml.MappingNode) else ():
        name, value = str(_value(key)), _value(item)
        if name in out:  # YAML forbids it, people write it: neither value is lost
            before = out[name]
            out[name] = [*(before if isinstance(before, list) else [before]), value]
        else:
            out[name] = value
    return out


def _percent(lines: list[str], first: int) -> FrontMatter:
    """`% Title`, `% Author; Author`, `% Date` (continued by indented lines), or `%key: value` lines."""
    metadata: dict[str, object] = {}
    at, plain = first, 0
    while at < len(lines) and lines[at].startswith("%"):
        match = _FIELD.match(lines[at])
        value = lines[at][1:].strip()
        end = at + 1
        while end < len(lines) and lines[end][:1] in (" ", "\t") and lines[end].strip():
            value += "\n" + lines[end].strip()
            end += 1
        if match:
            metadata[match[1].lower()] = value.split(":", 1)[1].strip()
        elif plain < len(_TITLE_KEYS):
            if value:
                metadata[_TITLE_KEYS[plain]] = value
            plain += 1
        else:
            break
        at = end
    return FrontMatter(metadata, at) if metadata else FrontMatter()
