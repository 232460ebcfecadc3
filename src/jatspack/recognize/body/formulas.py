"""Display formulas, numbered by a tag or by a number in brackets at the right."""

from __future__ import annotations

import re

from jatspack.article import Formula, Origin
from jatspack.read.document import Paragraph
from jatspack.recognize.body.context import Item, Work, span
from jatspack.richtext import Math, Rich

_TAG = re.compile(r"\\tag\*?\s*\{([^{}]*)\}")
# A number in brackets at the end of the TeX, pushed to the right by space commands.
_PUSHED = re.compile(
    r"(?:\\(?:qquad|quad|hfill|eqno|leqno|hspace\s*\{[^{}]*\}|[ ;,])|~|\s)+([(（]\s*[\dA-Za-z.\-– ]{1,9}\s*[)）])\s*$"
)
_PUSH = re.compile(r"\\(?:qquad|quad|hfill|eqno|leqno|hspace)")
_NUMBER = re.compile(r"[\s.…·,;]*([(（]\s*(?:[A-Z]\.?)?\d+(?:[.\-–]\d+)?[a-zа-я]?\s*[)）])\s*")
_MARKS = re.compile(r"[\s.,;:，。；：]*")


def lift_formulas(items: list[Item], work: Work) -> list[Item]:
    """Take display formulas out of their paragraphs; a formula with a number beside it is one too."""
    out: list[Item] = []
    for item in items:
        if isinstance(item, Paragraph):
            out.extend(_lift(item, work))
        else:
            out.append(item)
    return _numbers_below(out)


def _lift(paragraph: Paragraph, work: Work) -> list[Item]:
    text = paragraph.text
    out: list[Item] = []
    start = at = 0
    for run in text:
        end = at + len(run.text)
        if isinstance(run.object, Math) and (run.object.display or _alone(text, at, end)):
            before = text[start:at].strip()
            if before:
                out.append(Paragraph(before, before.lines))
            formula, start = _formula(run.object, text, end, work)
            formula.origin = Origin(((run.line, run.line),) if run.line else (paragraph.lines,), "display-formula")
            out.append(formula)
        at = end
    rest = text[start:].strip()
    if not out:
        return [paragraph]
    if rest:
        out.append(Paragraph(rest, rest.lines))
    return out


def _alone(text: Rich, start: int, end: int) -> bool:
    """Inline mathematics with nothing but a number at its right is a display formula."""
    return not text.text[:start].strip() and bool(_NUMBER.fullmatch(text.text[end:]))


def _formula(math: Math, text: Rich, end: int, work: Work) -> tuple[Formula, int]:
    """The formula at the text before `end`, and where the text after it and its number starts."""
    tex, label = number_in(math.tex)
    if label and (push := _PUSH.search(math.tex, len(tex))):
        work.account(push.group(), text.line_at(end - 1), "space before a formula's number")
    follows = _NUMBER.match(text.text, end)
    line_end = follows and (follows.end() == len(text) or "\n" in follows.group())
    if not label and follows and line_end:
        label, end = follows[1], follows.end()
    marks = _MARKS.match(text.text, end)
    if marks and marks.group().strip():
        tex, end = f"{tex} {marks.group().strip()}", marks.end()
    return Formula(work.ids.next("eq"), tex, label, Origin((), "display-formula")), end


def number_in(tex: str) -> tuple[str, str]:
    """TeX without its number, and the number as printed: ``\\tag{1}`` prints "(1)"."""
    if match := _TAG.search(tex):
        printed = "".join(match[1].split())
        label = printed if printed.startswith(("(", "（")) or "*" in match.group()[:6] else f"({printed})"
        return (tex[: match.start()] + tex[match.end() :]).strip(), label
    match = _PUSHED.search(tex)
    if match and _PUSH.search(match.group()):
        return tex[: match.start()].strip(), "".join(match[1].split())
    return tex.strip(), ""


def _numbers_below(items: list[Item]) -> list[Item]:
    """A paragraph that is nothing but a number belongs to the formula before it."""
    out: list[Item] = []
    for item in items:
        last = out[-1] if out else None
        alone = _NUMBER.fullmatch(item.text.text) if isinstance(item, Paragraph) else None
        if alone and isinstance(last, Formula) and not last.label and isinstance(item, Paragraph):
            last.label = alone[1]
            last.origin = Origin((span(*last.origin.lines, item.lines),), "display-formula-number-below")
        else:
            out.append(item)
    return out
