"""References without a title: names, then the abbreviated name of a journal, then numbers. Phys. Rev. B 12, 345 (2010).

The signs are those of ISO 4: words cut with a full stop, joined by small words, before a volume or a year.
"""

from __future__ import annotations

import re

from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.references.authors import read_names
from jatspack.recognize.references.facts import VOLUME_PAGE
from jatspack.recognize.references.model import Stretch
from jatspack.recognize.references.stretches import starting

_UPPER = "[" + "".join(c for c in map(chr, range(0x41, 0x590)) if c.isupper()) + "]"
_CUT = rf"{_UPPER}[^\W\d_]{{0,11}}[.]"
_WORD = rf"{_UPPER}[^\W\d_]{{1,14}}"
_SMALL = rf"(?:[^\W\d_]{{1,3}}|&|{_UPPER}[^\W\d_]{{3,10}})"
_NEXT = rf"(?:{_CUT}|[^\W\d_]{{2,5}}[.])"
NAME = re.compile(  # Rev. Mod. Phys. · Angew. Chem., Int. Ed. · Proc. Inst. Mech. Eng., Part C
    rf"(?:{_WORD}\s)?{_CUT}(?:[,:]?\s?(?:{_SMALL}\s)?{_NEXT}){{0,7}}(?:\s{_WORD})?"
    r"(?:[,:]?\s(?:[A-Z]|[IVX]{1,4}|\([A-Z][a-z]+\))(?=[\s,]))?"  # section B, Ser. II
    r"(?=[\s,:]*(?:\(?\d|[^\W\d_]{1,4}\.?\s?\d))"
)
GROUP = re.compile(r"[\s,]*(?:[\[(（][^()\[\]]{3,60}[)\]）])?[\s,.:;]*(?://)?\s*")
LONGER = re.compile(r"[^\W\d_]{3}")
MOVABLE = re.compile(r"\sJ\.(?:\s[^\W\d_]{2,7})?$")
CUT_BEHIND = re.compile(rf"[.]\s{_CUT}")
NUMBERED = frozenset({"volume", "year", "pages", "doi", "url", "note", "size"})
FAMILY = re.compile(r"\s(?!\w+\.\sRev\.)")


def abbreviated(plain: str, stretches: list[Stretch]) -> list[Stretch]:
    """The abbreviated name that stands right behind the names and right before a number is the journal's."""
    if any(s.label == "title" and _worded(plain, s) for s in stretches) or any(s.label == "book" for s in stretches):
        return stretches
    number = [s for s in stretches[:1] if s.label == "number"]
    begin = number[0].end if number else 0
    begin += len(plain[begin:]) - len(plain[begin:].lstrip())
    alone = plain.startswith("J. ", begin) and NAME.match(plain, begin)
    start = begin if alone else _behind_names(plain, begin)
    name = NAME.match(plain, start)
    if name is None or not LONGER.search(name[0]) or lexicon().month(name[0].rstrip(".")) is not None:
        return stretches
    author = [Stretch("author", begin, start)] if start > begin else []
    journal = Stretch("journal", start, name.end())
    paged = VOLUME_PAGE.match(plain, name.end())
    numbers = [Stretch("volume", name.end(), paged.end())] if paged else []
    end = paged.end() if paged else name.end()
    behind = [*numbers, *(starting(s, end) for s in stretches if s.end > end + 1)]
    if behind and behind[0].label not in NUMBERED:
        behind[0] = Stretch("volume", behind[0].start, behind[0].end)
    return [*number, *author, journal, *behind]


def abbreviation(name: str) -> bool:
    """Whether a journal's name is one whose words are cut: Изв. РАН. Сер. физ. · Nucl. Instrum. Methods"""
    words = re.findall(r"[^\W\d_]+[.]?", name.strip(" .,"))
    if not any(w[0].isupper() for w in words):
        return False
    cut: int = sum(w.endswith(".") and len(w) < 9 for w in words)
    whole: int = sum(len(w) > 3 and not w.endswith(".") for w in words[:-1])
    return cut > whole


def _worded(plain: str, title: Stretch) -> bool:
    """Whether a title has words that are not cut: two of four letters or more without a full stop behind them."""
    return len(re.findall(r"[^\W\d_]{4,}(?![.\w])", plain[title.start : title.end])) > 1


def _behind_names(plain: str, begin: int) -> int:
    """Where the names end, with who stands in brackets behind them; J. before a cut word is the journal's."""
    parts, end = read_names(plain, begin)
    if not parts:
        return begin
    whole = parts[-1].parts and "." not in plain[parts[-1].start : parts[-1].end]
    if whole and len(parts) > 1 and "." in plain[begin : parts[-2].end]:
        end = parts[-2].end  # Nature Mater. is no one
    given = plain[begin:end]
    moved = MOVABLE.search(given)
    if moved and (CUT_BEHIND if moved[0][-1].isalpha() else FAMILY).match(plain, end):
        return begin + moved.start() + 1
    group = GROUP.match(plain, end)
    return group.end() if group else end
