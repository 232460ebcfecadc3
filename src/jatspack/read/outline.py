"""A text's lines cut short, so that pandoc tells quickly where its blocks are.

CommonMark finds blocks by how lines begin (0.31, sections 3 and 4), so what stands behind the first word of a line
changes none. Left whole is what is an exception: rows of tables, fences, paragraphs that may begin with the definition
of a link, and lines of a text with HTML that ends where a mark stands in a line (comments, `pre`).
"""

from __future__ import annotations

import re

HTML_TAGS = "html|body|table|thead|tbody|tr|th|td|div|center|p"  # begin HTML that ends at an empty line (4.6, kind 6)
ENDS_BY_MARK = re.compile(r"<(?:[!?]|script|pre|style|textarea)", re.I)
# Two letters are no mark of a list, a heading or a rule.
_BEGIN = re.compile(rf"[^\W\d_]{{2}}|</?(?:{HTML_TAGS})\s*>|(<)", re.I)
_WHOLE = ("|", "```", "~~~", ":::")
_DEFINES = "]:"
_SHORT = 20  # characters that it would not pay to cut


def outline(text: str) -> str:
    """As many lines with the same blocks in them."""
    whole = (*_WHOLE, "<", ">") if ENDS_BY_MARK.search(text) else _WHOLE

    def cut(line: str) -> str:
        if len(line) < _SHORT or any(mark in line for mark in whole):
            return line
        begin = _BEGIN.search(line)
        return line if begin is None or begin[1] else line[: begin.end()]

    runs = text.split("\n\n")
    return "\n\n".join(run if _DEFINES in run else "\n".join(map(cut, run.split("\n"))) for run in runs)
