"""The printed copyright line and licence: ``© 2022 The Authors. This is an open access article under CC BY 4.0.``"""

from __future__ import annotations

import re

from jatspack.recognize.lexicon import Lexicon
from jatspack.richtext import EMPTY, Rich

_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/[a-z-]+(?:/\d\.\d)?/?", re.I
)
_SHORT = re.compile(r"\bCC[\s-]?(BY(?:-NC)?(?:-(?:ND|SA))?)[\s-]*(?:v\.?\s?)?(\d\.\d)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[^\W_]{2}[.!?)])\s+(?=[^\W\d_a-z])|\s*[\n\u2028]\s*")


def permissions(text: Rich, lexicon: Lexicon) -> tuple[Rich, Rich]:
    """(copyright statement, licence) of a note, either empty; both are empty where it is something else."""
    marked = "©" in text.text
    licensed = licence_address(text) or (marked and lexicon.labels_in(text.text, ("licence",), bare=True))
    if not licensed and not marked:
        return EMPTY, EMPTY
    if not licensed:
        return text, EMPTY
    starts = [0, *(m.end() for m in _SENTENCE.finditer(text.text))]
    ends = [*starts[1:], len(text)]
    at = 0
    for start, end in zip(starts, ends, strict=True):
        sentence = text[start:end]
        told = licence_address(sentence) or lexicon.labels_in(sentence.text, ("licence",), bare=True)
        if told and "©" not in sentence.text:
            break
        at = end
    if not marked or at == len(text):  # one sentence says both
        return EMPTY, text
    return text[:at].strip(), text[at:].strip()


def licence_address(text: Rich) -> str:
    """The address of the Creative Commons licence that a text links to, prints, or names with its version."""
    for run in text:
        if "creativecommons.org/" in run.href:
            return run.href
    printed = _ADDRESS.search(text.text)
    if printed:
        address = printed[0] if printed[0].startswith("http") else f"https://{printed[0]}"
        return address if address.endswith("/") else f"{address}/"
    short = _SHORT.search(text.text)
    return f"https://creativecommons.org/licenses/{short[1].lower()}/{short[2]}/" if short else ""
