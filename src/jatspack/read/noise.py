"""Characters and marks that no author wrote: glyph numbers, anchors, comments, parted accents, invisible letters."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

from jatspack.findings import finding
from jatspack.read.draft import Draft

# what extractors write for a glyph whose character the font does not tell
_GLYPH = re.compile(
    r"GLYPH(?:<[^<>\n]{1,60}>|&lt;[^&\n]{1,60}&gt;|\(\w{1,20}\))|\(cid:\d{1,6}\)|/\.notdef\b"
    r"|(?:(?<=[\s*_(])|^)(?:/(?:C\d{1,3}|g(?:id)?\d{1,5}|uni[0-9A-F]{4}|u1?[0-9A-F]{4}))+(?![\w./])"
)
_GLYPH_HINT = re.compile(r"GLYPH|\(cid:|/\.notdef|/(?:C|g|gid|uni|u)\d")
_ICON = re.compile(r"[\ue000-\uf8ff\U000f0000-\U000ffffd]+")  # private use: an icon of the journal's font
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffc\ufffe\uffff]+")
_SPACE = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff\u180e\u202a-\u202e\u2066-\u2069]")
_JOINERS = re.compile("[\u200c\u200d]")  # of meaning in Arabic, Indic scripts and emoji only
_PLAIN = re.compile(r"[A-Za-z\u00c0-\u052f\u3040-\u9fff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_WORD_WITH_INVISIBLE = re.compile(rf"\w{{0,40}}(?:{_INVISIBLE.pattern}+\w*)+")
_NBSP = re.compile(r"&(?:nbsp|#160|#xA0|ensp|emsp|thinsp);|&(?:shy|zwnj|zwj|ZeroWidthSpace);", re.I)

_EMPTY_ANCHOR = re.compile(r"<(span|a)\b(?=[^<>]*\b(?:id|name|class)\s*=)[^<>]*(?:>\s*</\1\s*>|/>)", re.I)

# an accent that TeX printed apart from its letter: spacing form to combining form
_COMBINING = dict(
    zip("`´¨ˆ˜¸ˇ˘˙˚˛˝¯", "\u0300\u0301\u0308\u0302\u0303\u0327\u030c\u0306\u0307\u030a\u0328\u030b\u0304", strict=True)
)
_PARTED = re.compile(r"[^\W\d_]{0,40}(?: ?[´¨ˆ˜¸ˇ˘˙˚˛˝] ?[^\W\d_]+)+")
_ACCENT = re.compile(r"( ?)([´¨ˆ˜¸ˇ˘˙˚˛˝])( ?)([^\W\d_])")
_ACCENTS = re.compile("[´¨ˆ˜¸ˇ˘˙˚˛˝]")
_SURE = re.compile(r"[¨ˆ˜¸ˇ˘˙˚˛˝] ?[a-zıA-Z]")  # beside these a spacing acute is no apostrophe either
_ELISION = re.compile(r"(?:^|(?<=\W))[a-zA-Z]$")


def remove(draft: Draft, text: str) -> None:
    """Take the noise out of the draft; `text` is its whole text, to see cheaply what need not be looked for."""
    if "<!--" in text:
        _comments(draft)
    if "</" in text or "/>" in text:
        draft.substitute(_EMPTY_ANCHOR, "anchor")
    _unread(draft, text)
    if _CONTROL.search(text):
        draft.substitute(_CONTROL, "control-character")
        draft.lines[:] = [_CONTROL.sub("", line) for line in draft.lines]  # in code too: XML has no place for them
    if _SPACE.search(text):
        draft.lines[:] = [_SPACE.sub(" ", line) for line in draft.lines]
    if _INVISIBLE.search(text):
        _invisible(draft)
    if _JOINERS.search(text):
        draft.lines[:] = [_JOINERS.sub(_joiner, line) for line in draft.lines]
    if _NBSP.search(text):
        draft.substitute(_NBSP, "entity-for-space", lambda m: "" if m[0][1:3].lower() in ("sh", "zw", "ze") else " ")
    if _ACCENTS.search(text):
        _accents(draft, text)


def _comments(draft: Draft) -> None:
    """HTML comments, over many lines too. In a line of text one is cut out, else its lines become empty."""
    text = "\n".join("" if code else line for line, code in zip(draft.lines, draft.code, strict=True))
    spans, end = [], 0
    while (begin := text.find("<!--", end)) >= 0 and (end := text.find("-->", begin + 4) + 3) > 2:
        spans.append((begin, end))
    starts = [0, *(at + 1 for at, c in enumerate(text) if c == "\n")]
    for begin, end in reversed(spans):
        first = bisect_right(starts, begin) - 1
        column = begin - starts[first]
        for n, part in enumerate(text[begin:end].split("\n")):
            at, left = first + n, column if n == 0 else 0
            draft.remove(at, part, "comment")
            draft.lines[at] = draft.lines[at][:left] + draft.lines[at][left + len(part) :]


def _unread(draft: Draft, text: str) -> None:
    """Glyphs without a character: taken out, and told, because a letter may be missing there."""
    if _GLYPH_HINT.search(text):
        before = len(draft.removed)
        draft.substitute(_GLYPH, "glyph")
        gone = draft.removed[before:]
        if gone:
            shown = ", ".join(dict.fromkeys(removed.text for removed in gone[:8]))
            draft.findings.append(finding("glyphs-unread", *dict.fromkeys((r.line, r.line) for r in gone), text=shown))
    if _ICON.search(text):
        draft.substitute(_ICON, "icon")


def _invisible(draft: Draft) -> None:
    """Soft hyphens, zero-width spaces, direction marks where no script needs them."""
    at = -1
    while (at := at + 1) < len(draft.lines):
        line = draft.lines[at]
        if draft.code[at] or not _INVISIBLE.search(line):
            continue
        if line.endswith("\u00ad") and at + 1 < len(draft.lines) and draft.lines[at + 1][:1].isalpha():
            _join(draft, at)
            line = draft.lines[at]
        if _RIGHT_TO_LEFT.search(line):
            draft.lines[at] = re.sub("[\u00ad\u200b\u2060\ufeff]", "", line)
            continue
        for match in _WORD_WITH_INVISIBLE.finditer(line):
            clean = _INVISIBLE.sub("", match[0])
            if clean and clean != match[0].strip("\u00ad\u200b\u200e\u200f\u2060\ufeff"):
                draft.remove(at, match[0], "invisible-character", clean)
        draft.lines[at] = _INVISIBLE.sub("", line)


def _join(draft: Draft, at: int) -> None:
    """A word parted by a soft hyphen at the line's end stands whole on the first line."""
    rest, _, following = draft.lines[at + 1].partition(" ")
    start = draft.lines[at].rsplit(" ", 1)[-1]
    draft.remove(at, start, "soft-hyphen", start.rstrip("\u00ad") + rest)
    draft.remove(at + 1, rest, "soft-hyphen")
    draft.lines[at] = draft.lines[at].rstrip("\u00ad") + rest
    draft.lines[at + 1] = following
    if not following.strip():
        draft.delete(at + 1)  # it was that word alone; an empty line would end the paragraph


def _joiner(match: re.Match[str]) -> str:
    text, at = match.string, match.start()
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    return "" if all(_PLAIN.match(c) or c.isspace() for c in around) else match[0]


def _accents(draft: Draft, text: str) -> None:
    """`informa¸c˜ao` to `informação`; each word is recorded as it was and as it became."""
    sure = bool(_SURE.search(text))

    def mend(match: re.Match[str]) -> str:
        return _ACCENT.sub(lambda found: _compose(found, sure) or found[0], match[0])

    for at, line in enumerate(draft.lines):
        if _ACCENTS.search(line) and not draft.code[at]:
            draft.lines[at] = _PARTED.sub(lambda m, at=at: _recorded(draft, at, m, mend), line)  # type: ignore[misc]


def _recorded(draft: Draft, at: int, match: re.Match[str], mend: Callable[[re.Match[str]], str]) -> str:
    new = mend(match)
    if new != match[0]:
        draft.remove(at, match[0], "parted-accent", new)
    return new


def _compose(match: re.Match[str], sure: bool) -> str:
    """The accented letter (after a space that parts words); "" where the accent may be an apostrophe."""
    left, accent, right, letter = match.groups()
    before = match.string[max(0, match.start() - 2) : match.start()]
    if accent == "´" and not sure and not left and not right and _ELISION.search(before):
        return ""  # l´eau
    if left and not right:
        return ""  # the accent begins a word: ´70
    if (left or right) and not before[-1:].isalpha():
        return ""
    base = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    composed = unicodedata.normalize("NFC", base + _COMBINING[accent])
    return composed if len(composed) == 1 and ord(composed) < 0x180 else ""
