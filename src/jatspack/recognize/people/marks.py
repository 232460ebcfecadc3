"""Marks that tie a name to an address, however they are printed: raised, in TeX, in brackets, glued on."""

from __future__ import annotations

import re

from jatspack.richtext import Math, Rich, Run

SUPERSCRIPT = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
RAISED = "¹²³⁴⁵⁶⁷⁸⁹⁰"
STAR = "*∗＊†‡§¶#✉"
STARS = "*∗＊✉"  # those that mean the corresponding author
MARK = re.compile(rf"\d+|[^\W\d_]+|([{STAR}])\1*")
# A formula that only raises something: ${ }^{1,2*}$, $^{(a)}$, $\mathrm{^{1}}$, $^{\dagger}$.
_TEX = re.compile(r"^\s*(?:\\(?:mathrm|text|rm|bf)\s*)?[{}~\s\\,;]*\^\s*(.+)$", re.DOTALL)
# One small letter or number, or several with commas, as a formula of their own: $a$, ${ a , b }$, $\boldsymbol { b }$.
_TEX_PLAIN = re.compile(
    r"[{}~\s]*(?:\\(?:mathrm|mathbf|boldsymbol|text|rm|bf|underline)\b[{}~\s]*)*((?:[a-h\d][{}~\s,]*){1,6})"
)
_TEX_SIGNS = {r"\ast": "*", r"\star": "*", r"\dagger": "†", r"\ddagger": "‡", r"\S": "§", r"\P": "¶", r"\#": "#"}
_TEX_COMMAND = re.compile(r"\\[a-zA-Z]+|\\.")
# [1,4] or (2) behind a name. No bracket of four digits: that is a year.
_BRACKET = re.compile(
    rf"(?<=[^\W_])(\s?[\[(（](\s?(?:\d{{1,2}}|[a-z]|[{re.escape(STAR)}])(?:\s?[,;，]\s?(?:\d{{1,2}}|[a-z]|[{re.escape(STAR)}]))*\s?)[\])）])"
)


def marks_in(text: str) -> list[str]:
    """``1*`` is two marks, ``12``, ``ab`` and ``**`` are one."""
    return [found[0] for found in MARK.finditer(text.translate(SUPERSCRIPT))]


def raise_marks(text: Rich) -> Rich:
    """The text with marks in TeX and in brackets as raised characters; everything else as it was."""
    if any(isinstance(run.object, Math) for run in text):
        text = Rich(tuple(_from_tex(run) for run in text))
    found = list(_BRACKET.finditer(text.text)) if "[" in text.text or "(" in text.text or "（" in text.text else []
    if not found:
        return text
    out, at = Rich(), 0
    for match in found:
        line = text.line_at(match.start(2))
        out = out + text[at : match.start(1)] + Rich((Run(match[2].strip(), frozenset({"sup"}), line=line),))
        at = match.end()
    return out + text[at:]


def raises(run: Run) -> bool:
    """Whether a run is a formula that stands for a mark."""
    return _from_tex(run) is not run


def _from_tex(run: Run) -> Run:
    if not isinstance(run.object, Math) or run.object.display:
        return run
    raised = _TEX.match(run.object.tex) or _TEX_PLAIN.fullmatch(run.object.tex)
    if not raised or len(raised[1]) > 40:
        return run
    plain = _TEX_COMMAND.sub(lambda m: _TEX_SIGNS.get(m[0], ""), raised[1])
    plain = re.sub(r"[{}()\s~]", "", plain)
    if not plain or not re.fullmatch(rf"[\d,;a-z{re.escape(STAR)}]+", plain):
        return run
    return Run(plain, run.style | {"sup"}, line=run.line)


def leading_marks(text: Rich) -> tuple[list[str], int]:
    """Marks that an address, a note or an e-mail line begins with, and the offset behind them."""
    at, marks = 0, []
    for run in text:
        bare = run.text.strip()
        if bare and not ("sup" in run.style or all(c in RAISED for c in bare)):
            break
        if bare:
            marks += marks_in(bare)
        at += len(run.text)
    if marks:
        return marks, at
    superscript = re.match(rf"\s*([{RAISED}]+)\s*", text.text)
    if superscript:
        return marks_in(" ".join(superscript[1])), superscript.end()
    number = _NUMBER_FIRST.match(text.text)
    if number and not _POSTAL_FIRST.match(text.text):
        return re.findall(r"\d+", number[1]), number.end()
    letter = _LETTER_FIRST.match(text.text)
    if letter:
        return [letter[1] or letter[2]], letter.end()
    return [], 0


_NUMBER_FIRST = re.compile(
    r"\s*[(（\[]?\s*(\d{1,2}(?:\s*[,，]\s*\d{1,2})*)\s*(?:[)）\]][.．]?\s*|[.．、:]\s*|-\s|\s+|(?=[^\W\d_]))"
)
_POSTAL_FIRST = re.compile(r"\s*(?:[A-Z]{1,2}-)?\d{5,6}(?!\d)")
_LETTER_FIRST = re.compile(rf"\s*[(（\[]?([a-z])\s*[)）\].．]\s+|\s*([{re.escape(STAR)}]+)\s*")
