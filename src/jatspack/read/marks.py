"""Formulas that are none: OCR engines write marks, circled numbers and whole names as TeX."""

from __future__ import annotations

import re

from jatspack.richtext import Run, Style

LONGEST = 1000  # characters of TeX that may be a mark or a name; what is longer is a formula
Words = tuple[tuple[str, Style | None], ...]  # text and how it is raised

# $^{1,2*}$, ${ }^{(*)}$, $^ { 1 }$, $_{2}$
_MARK = re.compile(
    r"(?:\{\s*\}|\\,|~|\s)*([\^_])\s*(?:\{(?P<braced>(?:[^{}]|\{[^{}]*\})*)\}|(?P<single>[\w*+\-−]|\\[a-z]+))\s*"
)
_COMMANDS = {
    r"\ast": "*",
    r"\star": "*",
    r"\dagger": "†",
    r"\dag": "†",
    r"\ddagger": "‡",
    r"\ddag": "‡",
    r"\S": "§",
    r"\P": "¶",
    r"\#": "#",
    r"\circ": "°",
    r"\prime": "′",
    r"\quad": " ",
    r"\cdot": "",
    r"\scriptstyle": "",
    r"\scriptscriptstyle": "",
    r"\,": "",
    r"\;": "",
    r"\ ": " ",
}
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")
_WRAPPED = re.compile(r"\\(?:mathrm|text|mathbf|mathit|textrm|rm)\s*\{([^{}]*)\}")
_MARK_TEXT = re.compile(r"[\d\s,;.*†‡§¶#()\[\]°′+\-–—−]+|(?:[A-Za-z]|\d+|[*†‡])(?:[,;](?:[A-Za-z]|\d+|[*†‡]))*\*?")
_CIRCLED = re.compile(r"\s*\\textcircled\s*(?:\{\s*)+(\d{1,2}|[A-Za-z])\s*(?:\}\s*)+")
_SIGN = re.compile(r"\s*(?:\\(?:ast|star|dagger|dag|ddagger|ddag|S|P|#)|\\\s+[SP]|[*†‡§¶])\s*")
_FONT = r"\\(?:mathsf|mathrm|mathbf|mathit|mathnormal|operatorname|pmb|boldsymbol|bf|rm|sf|it|tt)\b"
_LETTERS = rf"(?:{_FONT}\s*|[{{}}~]|\s|[A-Za-z.\-])"
_NAME = re.compile(rf"(?P<name>{_LETTERS}*[A-Za-z.][{{}}~\s]*)(?P<mark>\^\s*(?:\{{[^{{}}]*\}}|[\w*])\s*)[.,\s]*")
_INNER = re.compile(
    r"\\(?:mathrm|mathsf|text|rm)\s*\{\s*([\d,*\s]+?)\s*\}"
)  # { \mathrm { 1 } }: a number within a mark
_WHOLE = re.compile(rf"\s*({_FONT})\s*\{{([^{{}}^]*)(\^\s*\{{[^{{}}]*\}})\s*\}}\s*")  # \mathrm { H e ^ { 1 } }
_UPRIGHT = re.compile(r"[{\s]*\\(?:mathsf|mathrm|mathbf|operatorname|bf|rm|sf)\b")
_NAMED = re.compile(r"(?:^|[\s,;，；])[A-Z][A-Za-z'’\-]+\s*$")
_LIST = re.compile(r"(?=.*[,*†‡])(?:\d{1,2}|[a-z*†‡])(?:,?(?:\d{1,2}|[a-z*†‡]))+")


def as_words(tex: str, before: str = "") -> Words:
    """What an inline formula is where it is no formula: a raised or lowered mark, a sign, a marked name; else ().

    `before` is the end of the text before it.
    """
    if len(tex) > LONGEST:
        return ()
    if (mark := math_mark(tex)) is not None:
        return ((mark[1], mark[0]),)
    if circled := _CIRCLED.fullmatch(tex):
        return ((_circle(circled[1]), None),)
    if _SIGN.fullmatch(tex):
        sign = tex.strip()
        return ((_COMMANDS.get("\\" + sign.removeprefix("\\").strip(), sign), None),)
    return _marked_name(tex, before)


def runs_of(words: Words, style: frozenset[Style], href: str, line: int) -> list[Run]:
    """The words as runs."""
    return [Run(text, style | {raised} if raised else style, href, line=line) for text, raised in words]


def math_mark(tex: str) -> tuple[Style, str] | None:
    """The style and the text where the formula is only a raised or lowered mark."""
    if tex.lstrip().startswith(r"\cdot"):  # a speck on the scan before the mark
        tex = tex.lstrip()[5:]
    match = _MARK.fullmatch(tex)
    if not match:
        return None
    content = match["braced"] if match["braced"] is not None else match["single"]
    content = _WRAPPED.sub(r"\1", _WRAPPED.sub(r"\1", content))
    content = _COMMAND.sub(lambda m: _COMMANDS.get(m[0], m[0]), content).replace("~", "")
    content = re.sub(r"\s*([,;])\s*", r"\1", " ".join(content.split()))
    content = re.sub(r"(?<=[\d(*]) (?=[\d)*])", "", content)
    if not content or not _MARK_TEXT.fullmatch(content):
        return None
    return ("sup" if match[1] == "^" else "sub"), content


def _circle(text: str) -> str:
    """① for 1, Ⓐ for A, ⓐ for a; other numbers in brackets."""
    if text.isdigit():
        return chr(0x245F + int(text)) if 1 <= int(text) <= 20 else f"({text})"
    return chr((0x24B6 - ord("A") if text.isupper() else 0x24D0 - ord("a")) + ord(text))


def _marked_name(tex: str, before: str) -> Words:
    r"""`\mathsf { X } \mathsf { u } ^ { 1 , 2 , \star }`: letters with a list of marks, which no power is.

    With one number it is a power (of a unit, of a variable) but for an upright word behind another name.
    """
    tex = _INNER.sub(r"\1", tex)
    if whole := _WHOLE.fullmatch(tex):
        tex = f"{whole[1]} {{ {whole[2]} }} {whole[3]}"
    match = _NAME.fullmatch(tex)
    if not match:
        return ()
    mark = math_mark(match["mark"])
    name = re.sub(r"[{}\s]", "", re.sub(_FONT, "", match["name"]).replace("~", " "))
    if mark is None or len(name) < 2:
        return ()
    named = _UPRIGHT.match(match["name"]) and name.isalpha() and name != name.upper() and _NAMED.search(before)
    return ((name, None), (mark[1], "sup")) if named or _LIST.fullmatch(mark[1]) else ()
