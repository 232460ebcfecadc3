"""Marks within a line that CommonMark would read otherwise than they are meant: formulas, bold, ~, ^, brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from jatspack.read.draft import Draft

_TRIGGER = re.compile(r"[$~^*]|\]\(|\\[\[(]")
_TEX = re.compile(r"\\\S|[_^=<>{}]")
_WORDS = re.compile(r"[^\W\d_]{2}\s+[^\W\d_]{2}")  # two words of two letters or more
_LINE_END = re.compile(r"\$\s*\\n\s+|\s*\\n\s*\$")
_BRACED = re.compile(r"\\[A-Za-z]+|\{[^{}]*\}")
_CJK = re.compile(r"[\u3040-\u9fff\uff00-\uffef\u3000-\u303f]")
_DISPLAY_OPEN, _DISPLAY_CLOSE = re.compile(r"\s*\\\[\s*$"), re.compile(r"\s*\\\]\s*$")
_BRACKET_MATH = re.compile(r"\\\[(.{1,2000}?)\\\]|\\\((.{1,2000}?)\\\)")
_LITERAL_END = re.compile(r"^(?:\\n\b|\s)+|(?:\\n\b|\s)+$")
_ATTRIBUTES = re.compile(r"(?<=\))\{\s*(?:[#.][\w:.-]+|[\w-]+=(?:\"[^\"{}]*\"|[^\s{}\"]+))(?:\s+[^{}]*)?\}")
_HEADING_ATTRIBUTES = re.compile(r"^(#{1,6}\s.*?)\s*(\{\s*[#.-][\w:.-]*(?:\s+[^{}]*)?\})\s*$")
_LINK = re.compile(r"(?<![!\\])\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]*+(?:\([^()\s]*+\))?[^()\s]*+)\)")
_ADDRESS = re.compile(
    r"$|[#/<]|\.{1,2}/|10\.\d|[A-Za-z][A-Za-z0-9+.-]*:|(?=[!-~]*$)(?=[^A-Za-z]*[A-Za-z])[!-~]*?(?:[/@#]|\.[A-Za-z]{2})"
)
_PROTECTED = re.compile(
    r"(?P<code>(?<!(?<!\\)`)(?P<ticks>`++).+?(?<!`)(?P=ticks)(?!`))|(?P<escape>\\.)"
    r"|(?P<math>\$\$.+?\$\$|\$(?!\s)(?:[^$\\]|\\.)+?(?<!\s)\$(?!\d))"
    r"|(?P<tag></?[A-Za-z][^<>]*>)|(?P<auto><(?:[A-Za-z][\w+.-]*:|[^\s<>@]+@)[^\s<>]*>)"
    r"|(?P<target>\]\([^()\s]*+(?:\([^()\s]*+\))?[^()\s]*+(?:\s+\"[^\"]*\")?\))|(?P<note>\[\^[^\]\s]+\])"
    r"|(?P<url>(?:https?|ftp)://[^\s<>\])]+)"
)
_PAIRED = re.compile(
    r"~~(?=\S)[^~]+(?<=\S)~~|(?<=[^\W\d])~[^\s~]{1,20}~(?![\w~])|(?<=[^\W\d])~[\w+-]{1,8}~|\^[^\s^]{1,40}\^"
)
_STRONG = re.compile(r"(?<![*\\])\*\*(?!\*)")
_BOLD_AND_MARK = re.compile(r"(?<![*\\])\*\*(?=[^\s*])([^*\n]+?\s)\*\*\*(?!\*)")  # **A. Smith ***
_EM_CLOSE = re.compile(r"(?<![\w*\\])\*(?![\s*])([^*\n]{2,300}?[^\s\w*])\*(?=\w)")


def mend(draft: Draft) -> None:
    """Mend the lines outside code and display formulas."""
    _display(draft)
    inside = False
    for at, line in enumerate(draft.lines):
        if draft.code[at]:
            continue
        odd = line.count("$$") % 2 == 1
        if inside or odd:
            inside = inside != odd
            continue
        if _TRIGGER.search(line):
            draft.lines[at] = _line(draft, at, line)


def _display(draft: Draft) -> None:
    """`\\[` and `\\]` on lines of their own become `$$`; no empty line within a display formula."""
    lines = draft.lines
    if any("\\[" in line for line in lines):
        opened = -1
        for at, line in enumerate(lines):
            if draft.code[at]:
                continue
            if _DISPLAY_OPEN.match(line):
                opened = at
            elif _DISPLAY_CLOSE.match(line) and opened >= 0 and at - opened < 60:
                lines[opened] = lines[at] = "$$"
                opened = -1
    opened, at = -1, 0
    while at < len(lines):
        if not draft.code[at] and lines[at].count("$$") % 2:
            if opened >= 0 and at - opened < 60:
                for n in range(at - 1, opened, -1):
                    if not lines[n].strip():
                        draft.delete(n)
                        at -= 1
                opened = -1
            else:
                opened = at
        at += 1


def _line(draft: Draft, at: int, line: str) -> str:
    if "{" in line:
        line = _attributes(draft, at, line)
    if "\\" in line:
        line = _BRACKET_MATH.sub(_bracketed, line)
    if "$" in line:
        line = _dollars(_line_ends(draft, at, line) if "\\n" in line else line)
    if "](" in line:
        line = _LINK.sub(_link, line)
    if "~" in line or "^" in line:
        line = _outside(line, _escape)
    if "**" in line:
        line = _strong(_BOLD_AND_MARK.sub(r"<b>\1\*</b>", line) if "***" in line else line)
    if "*" in line:
        line = _emphasis(line)
    return line


def _line_ends(draft: Draft, at: int, line: str) -> str:
    """An extractor's `$\\n x\\n $`: a line end written out is no TeX."""
    for match in _LINE_END.finditer(line):
        draft.remove(at, match[0].replace("$", ""), "line-end-in-formula")
    return _LINE_END.sub("$", line)


def _attributes(draft: Draft, at: int, line: str) -> str:
    """`![…](a.png){width=50%}`, `# Title {#sec}`: nothing that is printed."""
    for pattern in (_ATTRIBUTES, _HEADING_ATTRIBUTES):
        if match := pattern.search(line):
            draft.remove(at, match[match.lastindex or 0], "attributes")
            line = line[: match.start(match.lastindex or 0)] + line[match.end(match.lastindex or 0) :]
    return line


def _bracketed(match: re.Match[str]) -> str:
    """`\\[x = 1\\]` is a formula, `\\[1\\]` a citation."""
    display, inline = match.groups()
    tex = (display or inline).strip()
    if not re.search(r"\\[A-Za-z]|(?<!\\)[_^=]", tex) or "](" in tex or "$" in tex:
        return match[0]
    return f"$${tex}$$" if display else f"${tex}$"


def _dollars(line: str) -> str:
    """Formulas as CommonMark's extension wants them: no space inside the marks, no digit after."""
    out: list[str] = []
    at = 0
    while at < len(line):
        begin = line.find("$", at)
        if begin < 0:
            break
        if begin and line[begin - 1] == "\\":
            out.append(line[at : begin + 1])
            at = begin + 1
            continue
        mark = "$$" if line.startswith("$$", begin) else "$"
        end = _closing(line, begin + len(mark), mark)
        if mark == "$" and (other := _escaped_closing(line, begin + 1, end)):
            end = other
            line = line[:end] + line[end + 1 :]  # the backslash goes, the dollar stays
        tex = _LITERAL_END.sub("", line[begin + len(mark) : end]) if end > 0 else ""
        if not tex or not (mark == "$$" or is_formula(tex, line[begin + 1 : end])):
            out.append(line[at:begin] + ("\\$" * len(mark)))
            at = begin + len(mark)
            continue
        after = end + len(mark)
        guard = "<span></span>" if line[after : after + 1].isdigit() and mark == "$" else ""
        out.append(f"{line[at:begin]}{mark}{tex}{mark}{guard}")
        at = after
    return "".join(out) + line[at:]


def _closing(line: str, at: int, mark: str) -> int:
    while (end := line.find(mark, at)) >= 0:
        if line[end - 1] != "\\" or line[end - 2 : end] == "\\\\":
            return end
        at = end + 1
    return -1


def _escaped_closing(line: str, begin: int, end: int) -> int:
    """OCR engines close a formula by `\\$`: where, if the text up to the next `$` is none but up to there is; or 0."""
    other = line.find("\\$", begin, end if end > 0 else len(line))
    if other < 0:
        return 0
    tex = line[begin:other]
    if not re.search(r"\\[A-Za-z]|[{}]|\d \. \d", tex) or _WORDS.search(_BRACED.sub("", tex)) or _CJK.search(tex):
        return 0
    whole = line[begin:end] if end > 0 else ""
    return other if not whole or _CJK.search(whole) or _WORDS.search(_BRACED.sub("", whole)) else 0


def is_formula(tex: str, raw: str) -> bool:
    """Whether what stands between two dollars is a formula and not text between two prices."""
    if _TEX.search(tex):
        return not (_WORDS.search(_BRACED.sub("", tex)) and "\\" not in tex)
    if raw[:1].isspace() and raw[-1:].isspace():
        return len(tex) < 40 and not _WORDS.search(tex)
    return not _WORDS.search(tex) and not re.fullmatch(r"[\d.,]+[^\d.,$]*(?:\s|[^\w)])", raw)


def _link(match: re.Match[str]) -> str:
    """`[J](Author, …)` is no link: its target is no address."""
    if _ADDRESS.match(match[2]):
        return match[0]
    return f"[{match[1]}\\]({match[2]})"


def _outside(line: str, change: Callable[[str, str], str]) -> str:
    """Apply `change` to what is neither code, formula, tag, link target nor escaped."""
    out: list[str] = []
    at = 0
    for match in _PROTECTED.finditer(line):
        out += [change(line[at : match.start()], line[at - 1 : at] if at else ""), match[0]]
        at = match.end()
    return "".join(out) + change(line[at:], line[at - 1 : at] if at else "")


def _escape(text: str, _before: str) -> str:
    """`~` and `^` that raise or lower nothing: `3~5 and 6~7` is no subscript."""
    if "~" not in text and "^" not in text:
        return text
    out, at = [], 0
    for match in _PAIRED.finditer(text):
        out += [re.sub(r"[~^]", r"\\\g<0>", text[at : match.start()]), match[0]]
        at = match.end()
    return "".join(out) + re.sub(r"[~^]", r"\\\g<0>", text[at:])


def _punctuation(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "PS"


def _flanks(line: str, begin: int, end: int) -> tuple[bool, bool]:
    """Left- and right-flanking, CommonMark 0.31, section 6.2."""
    before, after = line[begin - 1 : begin] or " ", line[end : end + 1] or " "
    left = not after.isspace() and (not _punctuation(after) or before.isspace() or _punctuation(before))
    right = not before.isspace() and (not _punctuation(before) or after.isspace() or _punctuation(after))
    return left, right


def _strong(line: str) -> str:
    """Bold whose marks touch the wrong side, as between CJK letters (`**摘要：**本文`): marked as HTML instead."""
    masked = _PROTECTED.sub(lambda m: "x" * len(m[0]) if m.lastgroup not in ("tag",) else m[0], line)
    marks = [m.span() for m in _STRONG.finditer(masked)]
    if len(marks) % 2 or not marks:
        return line
    pairs = list(zip(marks[::2], marks[1::2], strict=True))
    if any(not _encloses(masked, *pair) for pair in pairs):
        return line
    for (a, b), (c, d) in reversed(pairs):
        if not _flanks(masked, a, b)[0] or not _flanks(masked, c, d)[1]:
            line = f"{line[:a]}<b>{line[b:c]}</b>{line[d:]}"
    return line


def _encloses(line: str, opening: tuple[int, int], closing: tuple[int, int]) -> bool:
    """Whether two marks can be a pair: significance marks after numbers (`0.5** 0.7**`) are none."""
    inside = line[opening[1] : closing[0]]
    before = line[opening[0] - 1 : opening[0]]
    if not inside.strip() or inside.lstrip()[0] in ",;.:)]}，；。：）":
        return False
    if inside[0].isspace():
        return not before.strip() and not inside[-1].isspace()
    return True


def _emphasis(line: str) -> str:
    """The same for a single mark, where it surely closes (`*Keywords:*word`)."""
    if not _EM_CLOSE.search(line):
        return line
    masked = _PROTECTED.sub(lambda m: "x" * len(m[0]), line)
    for match in reversed(list(_EM_CLOSE.finditer(masked))):
        a, b = match.span()
        if _punctuation(masked[b - 2]) and _flanks(masked, a, a + 1)[0]:
            line = f"{line[:a]}<i>{line[a + 1 : b - 1]}</i>{line[b:]}"
    return line
