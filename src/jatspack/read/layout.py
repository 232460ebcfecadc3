"""Lines put so that CommonMark sees the blocks that the author meant: tables, HTML, indented text, false lists."""

from __future__ import annotations

import re

from jatspack.findings import finding
from jatspack.read import grids
from jatspack.read.draft import Draft

_PIPE_ROW = re.compile(r"\s{0,3}\|.*\|\s*$")
_DELIMITER = re.compile(r"\s{0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")
_ITEM = re.compile(r"\s*(?:[-+*•]|\d{1,9}[.)])(?:\s|$)")
_FALSE_NUMBER = re.compile(r"(\s*(?:>\s*)*)(\d{4,})([.)])(?=\s|$)")
_SETEXT = re.compile(r" {0,3}(?:-{2,}|=+)\s*$")
_CONTAINER = re.compile(r"\s*</?(?:div|center|section|article|main|figure|details|p|html|body)(?:\s[^<>]*)?>\s*$", re.I)
_INDENTED = re.compile(r"(?: {4,}|\t)\s*(?=\S)")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)([^\[\]]+)\]:(?=\s*\S)")
_NOTE = re.compile(r"[ >]*(?:(?:[-+*]|\d{1,9}[.)]) +)*\[\^([^\]\s]+)\]:")
_NOTE_MARK = re.compile(r"(?<!\\)\[\^([^\]\s]{1,40})\](?!\()")
_TABLE_BEGIN = re.compile(r"<table\b", re.I)
_RAW_TABLE = re.compile(r"\s*(?:</?[A-Za-z][^<>]*>\s*)*<table\b", re.I)
_TABLE_END = re.compile(r"</table\s*>(?:\s*</(?:body|html|div|center|p)\s*>)*", re.I)
_LONG = 150  # characters: a longer line above dashes is no heading


def mend(draft: Draft) -> None:
    """The steps in order; each looks first whether there is anything for it."""
    lines = draft.lines
    if any("<" in line for line in lines):
        _html(draft)
    if any("--" in line for line in lines):
        grids.redraw(draft)
    if any("|" in line for line in lines):
        _pipes(draft)
    if any("[^" in line for line in lines):
        _notes(draft)
    _indented(draft)
    _false_blocks(draft)
    if any("]:" in line for line in lines):
        _link_definitions(draft)


def _html(draft: Draft) -> None:
    """Containers dissolved; an HTML table is one block, whatever stands around it or is empty in it."""
    at, depth = 0, 0
    while at < len(draft.lines):
        line = draft.lines[at]
        if draft.code[at] or ("<" not in line and not depth):
            at += 1
            continue
        if depth and not line.strip():
            draft.lines[at] = "<!---->"  # CommonMark ends an HTML block at an empty line
        if not depth and _CONTAINER.match(line):
            draft.lines[at] = ""
        before = depth
        raw = before > 0 or ("<t" in line.lower() and _RAW_TABLE.match(line) is not None)
        draft.code[at] = draft.code[at] or raw  # no Markdown in it
        depth = max(0, depth + len(_TABLE_BEGIN.findall(line)) - line.lower().count("</table"))
        if not before and (begin := _TABLE_BEGIN.search(line)):
            at += _own_block(draft, at, begin.start())
        if (before or _TABLE_BEGIN.search(line)) and not depth:
            _end_block(draft, at)
        at += 1


def _own_block(draft: Draft, at: int, column: int) -> int:
    """Put a table that begins within a line on a line of its own; how many lines came before it."""
    line = draft.lines[at]
    head = line[:column]
    added = 0
    if re.sub(r"<[^<>]*>", "", head).strip():
        draft.insert(at, head)
        draft.insert(at + 1, "")
        draft.lines[at + 2] = line[column:]
        added = 2
    elif at and draft.lines[at - 1].strip():
        draft.insert(at, "")
        added = 1
    return added


def _end_block(draft: Draft, at: int) -> None:
    """Text after a table, on its line or the next, is a paragraph."""
    line = draft.lines[at]
    ends = list(_TABLE_END.finditer(line))
    if not ends:
        return
    tail = line[ends[-1].end() :]
    if tail.strip():
        draft.lines[at] = line[: ends[-1].end()]
        draft.insert(at + 1, tail.lstrip())
        draft.line_of[at + 1] = draft.line_of[at]
        draft.insert(at + 1, "")
        draft.line_of[at + 1] = draft.line_of[at]
    elif at + 1 < len(draft.lines) and draft.lines[at + 1].strip():
        draft.insert(at + 1, "")


def _cells(line: str) -> int:
    return len(_CELL_END.findall(line.strip().strip("|"))) + 1


def _pipes(draft: Draft) -> None:
    """Pipe tables: apart from the text around, rows together, a delimiter row, as many columns as the widest row."""
    at = 0
    while at < len(draft.lines):
        if draft.code[at] or not _PIPE_ROW.match(draft.lines[at]):
            at += 1
            continue
        end = _close_up(draft, at)
        if end - at < 2:
            at = end
            continue
        if at and draft.lines[at - 1].strip():
            draft.insert(at, "")
            at, end = at + 1, end + 1
        end += _delimit(draft, at, end)
        if end < len(draft.lines) and draft.lines[end].strip():
            draft.insert(end, "")
        at = end


def _close_up(draft: Draft, at: int) -> int:
    """Take out empty lines between rows of one table; the index after its last row."""
    lines = draft.lines
    end = at + 1
    while end < len(lines):
        if _PIPE_ROW.match(lines[end]):
            end += 1
            continue
        following = end + 1
        if lines[end].strip() or following >= len(lines) or not _PIPE_ROW.match(lines[following]):
            break
        begins = following + 1 < len(lines) and _DELIMITER.match(lines[following + 1]) and end - at > 1
        if begins or _cells(lines[following]) != _cells(lines[at]):
            break
        draft.delete(end)
    return end


def _delimit(draft: Draft, at: int, end: int) -> int:
    """Give rows a delimiter row and the same number of columns; how many lines were added."""
    rows = [n for n in range(at, end) if not (n == at + 1 and _DELIMITER.match(draft.lines[n]))]
    most = max(_cells(draft.lines[n]) for n in rows)
    if not _DELIMITER.match(draft.lines[at + 1]):
        draft.insert(at + 1, "|" + "---|" * most)
        draft.line_of[at + 1] = draft.line_of[at]
        added = 1
    else:
        added = 0
    for n in (at, at + 1):  # cells beyond those of the head would be lost
        lacking = most - _cells(draft.lines[n])
        if lacking > 0:
            draft.lines[n] = draft.lines[n].rstrip() + (" --- |" if n == at + 1 else "   |") * lacking
    return added


def _indented(draft: Draft) -> None:
    """Text that an extractor indented is a paragraph, not code; what belongs to a list stays."""
    in_list = False
    for at, line in enumerate(draft.lines):
        if draft.code[at] or not line.strip():
            continue
        if (_ITEM.match(line) or _NOTE.match(line)) and (in_list or not _INDENTED.match(line)):
            in_list = True
        elif not line[0].isspace():
            in_list = False
        elif not in_list and (match := _INDENTED.match(line)) and not _looks_like_code(line):
            draft.lines[at] = line[match.end() :]


def _looks_like_code(line: str) -> bool:
    letters = sum(c.isalpha() or c.isspace() for c in line)
    return letters * 10 < len(line) * 7 or line.rstrip().endswith((";", "{", "}"))


def _false_blocks(draft: Draft) -> None:
    """`2018. In that year` begins no list; dashes below a paragraph make it no heading."""
    above = 0  # lines of the paragraph so far
    at = 0
    while at < len(draft.lines):
        line = draft.lines[at]
        if draft.code[at] or not line.strip():
            above, at = 0, at + 1
            continue
        if line.lstrip(" >")[:1].isdigit() and (match := _FALSE_NUMBER.match(line)):
            draft.lines[at] = line[: match.start(3)] + "\\" + line[match.start(3) :]
        if above and line[:1] in " -=" and _SETEXT.match(line) and (above > 2 or len(draft.lines[at - 1]) > _LONG):
            draft.insert(at, "")
            above, at = 0, at + 1
        above, at = above + 1, at + 1


def _notes(draft: Draft) -> None:
    """A footnote without a mark in the text (a copyright box, an author's note) stays as a paragraph."""
    _no_notes_in_notes(draft)
    first: dict[str, int] = {}
    for at, line in enumerate(draft.lines):
        if not draft.code[at] and (match := _NOTE.match(line)):
            if match[1].casefold() in first:
                plain_note(draft, at, match[1])
            else:
                first[match[1].casefold()] = at
    used = {
        mark.casefold()
        for at, line in enumerate(draft.lines)
        if "[^" in line and not draft.code[at]
        for mark in _NOTE_MARK.findall(_NOTE.sub("", line))
    }
    for label, at in first.items():
        if label not in used:
            plain_note(draft, at, label)
    for label in sorted(used - set(first)):
        lines = [n for n, line in zip(draft.line_of, draft.lines, strict=True) if f"[^{label}]" in line.casefold()]
        draft.findings.append(finding("note-missing", *((n, n) for n in lines), label=label))


def _no_notes_in_notes(draft: Draft) -> None:
    """A note that refers to itself, or in a ring, never ends for pandoc: marks within notes are text."""
    inside = False
    for at, line in enumerate(draft.lines):
        begins = not draft.code[at] and _NOTE.match(line)
        if begins:
            inside = True
        elif line.strip() and not line[0].isspace() and (at == 0 or not draft.lines[at - 1].strip()):
            inside = False
        if inside and "[^" in line and not draft.code[at]:
            head = begins.end() if begins else 0
            draft.lines[at] = line[:head] + _NOTE_MARK.sub(r"\\[\\^\1\\]", line[head:])


def plain_note(draft: Draft, at: int, label: str) -> None:
    """Make a footnote's text, from its first line on, a paragraph."""
    draft.lines[at] = _NOTE.sub(lambda m: m[0].replace("[^", "\\[\\^").replace("]:", "\\]:"), draft.lines[at])
    line = draft.line_of[at]
    draft.findings.append(finding("note-unused", (line, line), label=label))


def _link_definitions(draft: Draft) -> None:
    """`[3]: https://…` in a list of references is its text, not the target of every [3]."""
    used: str | None = None
    for at, line in enumerate(draft.lines):
        if draft.code[at] or not (match := _DEFINITION.match(line)):
            continue
        if used is None:
            used = "\n".join(draft.lines).casefold()
        if f"][{match[1].casefold()}]" in used:
            draft.remove(at, match[1], "link-definition")
        else:
            begin = match.start(1) - 1
            draft.lines[at] = line[:begin] + "\\" + line[begin:]
