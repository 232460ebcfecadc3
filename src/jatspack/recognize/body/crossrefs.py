"""Mentions of figures, tables, formulas and sections in the text: "Figs. 2-3", "Таблица 1", "1-кесте", "图1"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from jatspack.article import Article, Figure, Formula, Section, TableWrap
from jatspack.findings import Finding, finding
from jatspack.recognize.body.captions import KINDS, label_at
from jatspack.recognize.walk import Place, replace_article
from jatspack.richtext import Rich, Run, Xref

if TYPE_CHECKING:
    from jatspack.recognize.lexicon import Lexicon

RefType = Literal["fig", "table", "disp-formula", "sec"]
_TYPES: dict[str, RefType] = {"figure": "fig", "table": "table", "formula": "disp-formula", "section-mark": "sec"}
_TYPES.update({role: "fig" if kind == "figure" else "table" for role, kind in KINDS.items()})

_NAMES = {"fig": "figure", "disp-formula": "formula", "sec": "section"}

# A year may be glued to the number of a caption: 图22009 is figure 2; 表（2012 names none.
_DIGITS = r"(?:\d{1,3}(?!\d)|\d{1,2}(?=(?:19|20)\d\d(?!\d)))"
_ONE = rf"(?:[A-ZА-Я]\.?)?{_DIGITS}(?:\.\d{{1,2}})*|[IVX]{1, 4}(?![^\W\d_])"
_PART = r"(?:\s?[(]?[a-hа-д]\b[)]?(?:\s?[,–-]\s?[(]?[a-h]\b[)]?)*)?"
_BETWEEN = r"\s*(?:[,;、，]|[-–—~～至]|&|[^\W\d_]{1,3}\s)\s*"
# A word (with its full stop), then numbers: "Figs. 2, 3", "рисунках 1 и 2", "Eq. (1)".
_AFTER_WORD = re.compile(
    rf"(?<![^\W\d_])(?P<word>§|[^\W\d_]+)(?P<gap>[.\s\u00a0№(（]*)(?P<numbers>(?:{_ONE}){_PART}(?:{_BETWEEN}[(（]?(?:{_ONE}){_PART}[)）]?)*)"
)
_BEFORE_WORD = re.compile(rf"(?<![\w.,-])(?P<numbers>{_ONE})(?P<gap>[-‐– ]\s?)(?P<word>[^\W\d_]+)")
_NUMBER = re.compile(rf"(?<![\w.])({_ONE})")
_WORD_BEFORE = 24  # characters
_HAN = re.compile(r"[\u3400-\u9fff]+$")
_LEAST_SHARED = 4  # letters of a label that an inflected form must share
_LONGEST_ENDING = 3
_SECTION_WORD = 6  # shorter words for a section are common words (part)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names one figure, table, formula or section."""

    start: int
    end: int
    type: RefType
    number: str
    exact: bool  # the word is a label as it stands in the lexicon, not a form of one


def link_mentions(article: Article, lexicon: Lexicon) -> list[Finding]:
    """Give every mention of a figure, table, formula or section an Xref, in place.

    Runs that already have an Xref or a link elsewhere are left alone, so that a second call changes nothing.
    Mentions in so many words of what is not in the article are findings.
    """
    targets = _targets(article, lexicon)
    missing: dict[tuple[RefType, str], Run] = {}

    def link(text: Rich, place: Place) -> Rich:
        if place in ("title", "term") or not text:
            return text
        return _link(text, targets, lexicon, missing)

    replace_article(article, link)
    kinds = {kind for kind, _ in targets}
    return [
        finding(
            "mention-without-target",
            (run.line, run.line),
            mention=run.text.strip(),
            kind=_NAMES.get(kind, kind),
            number=number,
        )
        for (kind, number), run in missing.items()
        if kind in kinds or kind in ("fig", "table")
    ]


def _link(
    text: Rich, targets: dict[tuple[RefType, str], str], lexicon: Lexicon, missing: dict[tuple[RefType, str], Run]
) -> Rich:
    out: list[Run] = []
    at = 0
    for mention in mentions(text.text, lexicon):
        if mention.start < at:
            continue
        runs = text[mention.start : mention.end].runs
        if any(run.xref or run.object for run in runs) or _of_supplement(text.text, mention.start, lexicon):
            continue
        ident = targets.get((mention.type, mention.number))
        if ident is None:
            if mention.exact and mention.type in ("fig", "table") and not _supplement(mention.number, targets):
                missing.setdefault(
                    (mention.type, mention.number), replace(runs[0], text=text.text[mention.start : mention.end])
                )
            continue
        out.extend(text[at : mention.start].runs)
        out.extend(replace(run, xref=Xref(mention.type, ident), href="") for run in runs)
        at = mention.end
    return Rich((*out, *text[at:].runs)) if at else text


def _supplement(number: str, targets: Mapping[tuple[RefType, str], str]) -> bool:
    """Whether a number with a letter is of another document: S1, where nothing here is numbered like that."""
    return number[0].isalpha() and not any(known[0] == number[0] for _, known in targets)


def _of_supplement(text: str, start: int, lexicon: Lexicon) -> bool:
    """Whether the word before a mention says that it is of another document: Supplementary Table 3."""
    before = text[max(0, start - _WORD_BEFORE) : start].rstrip().casefold()
    return before.endswith(tuple(lexicon.words("of-supplement")))


def _targets(article: Article, lexicon: Lexicon) -> dict[tuple[RefType, str], str]:
    """Ids by type and number, of everything that can be mentioned."""
    out: dict[tuple[RefType, str], str] = {}

    def visit(blocks: list[object]) -> None:
        for block in blocks:
            if isinstance(block, Section):
                number = _key(block.label.strip("§ .)"))
                if number and re.fullmatch(r"[\d.]+|[ivx]+|[a-z](?:\.\d+)*", number):
                    out.setdefault(("sec", number), block.id)
                visit(list(block.blocks))
            elif isinstance(block, Figure | TableWrap):
                kind: RefType = "fig" if isinstance(block, Figure) else "table"
                for caption in block.captions:
                    label = label_at(caption.label, lexicon)
                    if label:
                        out.setdefault((kind, label.number), block.id)
            elif isinstance(block, Formula) and block.label:
                out.setdefault(("disp-formula", _key(block.label.strip("()（） "))), block.id)

    visit(list(article.body))
    for section in article.back:
        visit(list(section.blocks))
    return out


def _key(number: str) -> str:
    return re.sub(r"\s", "", number).rstrip(".").casefold()


def mentions(text: str, lexicon: Lexicon) -> Iterator[Mention]:
    """What the text names: one mention per number, in order."""
    found: list[Mention] = []
    for match in _AFTER_WORD.finditer(text):
        role, exact, back = _role(match["word"], lexicon)
        if role:
            found.extend(_numbers(match, role, match.start("word") + back, exact=exact))
    for match in _BEFORE_WORD.finditer(text):
        role, exact, back = _role(match["word"], lexicon)
        if role and back == 0:
            number = _key(match["numbers"])
            found.append(Mention(match.start(), match.end(), role, number, exact))
    yield from sorted(found, key=lambda mention: (mention.start, -mention.end))


def _numbers(match: re.Match[str], role: RefType, start: int, *, exact: bool) -> Iterator[Mention]:
    """One mention per number; the first takes the word with it. A list goes on only after a plain separator."""
    base = match.start("numbers")
    for n, number in enumerate(_NUMBER.finditer(match["numbers"])):
        begin, end = base + number.start(), base + number.end()
        between = match["numbers"][: number.start()]
        if n and re.search(r"[^\W\d_]{2,}", between) and role == "disp-formula":
            return
        yield Mention(start if n == 0 else begin, end, role, _key(number[1]), exact and n == 0)


def _role(word: str, lexicon: Lexicon) -> tuple[RefType | None, bool, int]:
    """The kind that a word names, whether by a form in the lexicon, and where in the word the label starts."""
    han = _HAN.search(word)
    if han and any(word.endswith(other) for other in _no_labels(lexicon)):
        return None, False, 0  # 代表6: no table
    if han:
        for back in range(max(0, len(word) - 3), len(word)):
            role, exact = _role_of(word[back:], lexicon)
            if role and exact:
                return role, exact, back
        return None, False, 0
    role, exact = _role_of(word, lexicon)
    return role, exact, 0


@cache
def _no_labels(lexicon: Lexicon) -> tuple[str, ...]:
    """Words that end with a label and are none."""
    return tuple(lexicon.words("label-inside"))


@lru_cache(16384)
def _role_of(word: str, lexicon: Lexicon) -> tuple[RefType | None, bool]:
    """The kind of a word that is a label, or (not exact) an inflected form of one."""
    folded = word.casefold()
    labels = _labels(lexicon)
    if folded in labels:
        kind = labels[folded]
        return (None, False) if kind == "sec" and len(word) < _SECTION_WORD and word != "§" else (kind, True)
    if len(folded) < _LEAST_SHARED:
        return None, False
    for label, kind in _alike(lexicon).get(folded[:_LEAST_SHARED], ()):
        shared = _shared(label, folded)
        needed = max(_LEAST_SHARED, len(label) - 2)
        if shared >= needed and len(folded) - shared <= _LONGEST_ENDING:
            return kind, False
    return None, False


def _shared(a: str, b: str) -> int:
    """How many letters two words share from their start."""
    least = min(len(a), len(b))
    return next((n for n in range(least) if a[n] != b[n]), least)


@cache
def _alike(lexicon: Lexicon) -> dict[str, list[tuple[str, RefType]]]:
    """Labels that have inflected forms, by the letters that all forms share."""
    out: dict[str, list[tuple[str, RefType]]] = {}
    for label, kind in _labels(lexicon).items():
        if kind != "sec":
            out.setdefault(label[:_LEAST_SHARED], []).append((label, kind))
    return out


@cache
def _labels(lexicon: Lexicon) -> dict[str, RefType]:
    """Labels of one word, casefolded, without their full stop."""
    out: dict[str, RefType] = {}
    for role, kind in _TYPES.items():
        for word in lexicon.words(f"{role}-label"):
            if " " not in word:
                out.setdefault(word.rstrip(".*"), kind)
    return out
