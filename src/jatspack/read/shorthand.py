"""Long stretches of a text without any mark put as one short word, so that pandoc has less to read.

A stretch stands behind the first word of its line, begins with a letter, ends with a letter or digit, and has nothing
in it that CommonMark or the extensions of server.lua know: letters to pandoc as well as to the marks around it, it
changes no structure. The rest of a line that begins a block of HTML is another such stretch. What pandoc answers has
the words in it, and `restored` puts the stretches back.
"""

from __future__ import annotations

import json
import re

from jatspack.read.outline import ENDS_BY_MARK, HTML_TAGS

_MARK = "\ua66e"  # CYRILLIC LETTER MULTIOCULAR O: one word in one manuscript has it
_PLAIN = r"[^\s\x00-\x1f\x7f-\x9f\u2028\u2029\"$&*<>\[-`{-~]"  # no mark, and nothing that JSON escapes
_STRETCH = re.compile(rf"(?<=[^\W\d_][^\W\d_])[^\W\d_](?:{_PLAIN}| (?={_PLAIN})){{8,}}(?<=[^\W_])")
_HTML = re.compile(rf"^( {{0,3}}</?(?:{HTML_TAGS})\s*>)(.{{20,}})$", re.I | re.M)
_LEFT = ("<", "&", "](", "]:", "[^", "```", "~~~", ":::")  # lines in which words are more than words
_PUT = re.compile(f"{_MARK}(\\d+){_MARK}")


def shortened(text: str) -> tuple[str, list[str]]:
    """The text with words for stretches, and the stretches as they stand in JSON."""
    stretches: list[str] = []
    if _MARK in text:
        return text, stretches

    def put(stretch: str) -> str:
        stretches.append(stretch)
        return f"{_MARK}{len(stretches) - 1}{_MARK}"

    if not ENDS_BY_MARK.search(text):
        text = _HTML.sub(lambda m: m[1] + put(json.dumps(m[2], ensure_ascii=False)[1:-1]), text)
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if len(line) > 20 and not any(mark in line for mark in _LEFT):
            lines[at] = _STRETCH.sub(lambda m: put(m[0]), line)
    return "\n".join(lines), stretches


def restored(document: str, stretches: list[str]) -> str:
    """pandoc's JSON of a shortened text with the stretches back in their places."""
    return _PUT.sub(lambda m: stretches[int(m[1])], document) if stretches else document
