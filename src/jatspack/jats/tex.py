"""TeX put so that pandoc's reader of formulas understands it. The article keeps the TeX as it was printed."""

from __future__ import annotations

import re
from collections.abc import Callable

_TRIGGER = re.compile(
    r"\"|\\(?:bf|it|rm|sf|tt|cal|em|thinspace|smash|[hv]phantom|text\w*|AA|tag|label|nonumber|notag|qquad|mathring|small\w*|large|tiny|scriptsize"
    r"|footnotesize|normalsize|itSigma|hfill|vspace|hspace|phantom|math\w+|hbox|mbox|hskip|llap|rlap)(?![A-Za-z])"
)
# old switches: they hold to the end of their group
_SWITCHES = {"bf": "mathbf", "it": "mathit", "rm": "mathrm", "sf": "mathsf", "tt": "mathtt", "cal": "mathcal"}
_TOKEN = re.compile(r"\\(?P<switch>bf|it|rm|sf|tt|cal)(?![A-Za-z])\s*|\\.|[{}]", re.S)
_TEXT = re.compile(r"\\(?:text|textrm|textbf|textit|textsf|textnormal|mbox|hbox)\s*\{([^{}$]*\\[^{}$]*)\}")
_CIRCLED = re.compile(r"\\textcircled\s*(\{[^{}]*\}|\S)")
_RING = re.compile(r"\\mathring\s*(\\[a-z]+\s*\{[^{}]*\})")
_ROWS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\\(?:tag|label)\*?\s*\{[^{}]*\}|\\(?:nonumber|notag|hfill)(?![A-Za-z])"), " "),
    (re.compile(r"\\[hv]space\*?\s*\{[^{}]*\}|\\hskip\s*-?[\d.]+\s*[a-z]{2}"), r"\\ "),
    (re.compile(r"\\(?:small|smaller|large|tiny|scriptsize|footnotesize|normalsize)(?![A-Za-z])"), " "),
    (_RING, r"\\mathring{\1}"),
    (re.compile(r"\\AA(?![A-Za-z])"), r"\\mathring{\\mathrm{A}}"),
    (re.compile(r"\\textdegree(?![A-Za-z])"), "{}^{\\\\circ}"),
    (re.compile(r"\\textmu(?![A-Za-z])"), r"\\mu "),
    (_CIRCLED, r"{\1}"),
    (re.compile(r"\\em(?![A-Za-z])|\\textbar(?![A-Za-z])"), " "),
    (re.compile(r"\\smash(?![A-Za-z])|\\[hv]?phantom\s*\{[^{}]*\}"), " "),
    (re.compile(r"\\thinspace(?![A-Za-z])"), r"\\,"),
    (re.compile(r"\\mathnormal(?![A-Za-z])"), r"\\mathit"),
    (re.compile(r"\\text(?:up|sc|md)(?![A-Za-z])"), r"\\mathrm"),
    (re.compile(r'"'), "''"),
    (_TEXT, r"\\mathrm{\1}"),
    (re.compile(r"\\text(sf|tt|rm|bf|it)\s*(?=\{)"), r"\\math\1 "),
)


def readable(tex: str) -> str:
    r"""The formula without what pandoc cannot read or what is nothing in MathML: `{\bf x}`, `\label`, `\AA`."""
    if not _TRIGGER.search(tex):
        return tex
    for pattern, put in _ROWS:
        tex = pattern.sub(put, tex)
    return _switches(tex)


def _switches(tex: str) -> str:
    r"""`{\bf a b}` as `{\mathbf{a b}}`."""
    out: list[str] = []
    opened = [0]  # switches that each open group has
    at = 0
    for token in _TOKEN.finditer(tex):
        out.append(tex[at : token.start()])
        at = token.end()
        if token["switch"]:
            out.append(f"\\{_SWITCHES[token['switch']]}{{")
            opened[-1] += 1
        elif token[0] == "{":
            out.append("{")
            opened.append(0)
        elif token[0] == "}":
            out.append("}" * (opened.pop() if len(opened) > 1 else 0) + "}")
        else:
            out.append(token[0])
    out.append(tex[at:] + "}" * opened[0])
    return "".join(out)
