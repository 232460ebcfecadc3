"""Identifiers in running text, each with its offsets: ORCID iD, DOI, ISSN, e-mail addresses, subject codes.

Forms follow the registries: ISO 7064 11,2 for ORCID iDs and ISO 3297 for ISSN; ISO 26324 for DOI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jatspack.checkdigits import iso7064, issn_valid
from jatspack.recognize.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier in a text. `value` is its normal form; `valid` is False where a check digit is wrong."""

    kind: str
    value: str
    start: int
    end: int
    valid: bool = True


_DASH = "\u00ad‐‑‒–—−_-"
_S = "[^\\S\n\u2028]"  # white space inside a line
_ORCID = re.compile(
    rf"(?:https?{_S}*:{_S}*/{_S}*/{_S}*(?:www\.)?orcid{_S}*\.{_S}*org{_S}*/{_S}*)?"
    rf"(?<![\d{_DASH}])(?P<id>[0OО]{{3}}\d(?:{_S}*[{_DASH}]{_S}*[\dOО]{{4}}){{2}}{_S}*[{_DASH}]{_S}*[\dOО]{{3}}[\dOОXxХх]|"
    rf"0{{3}}\d(?:{_S}\d{{4}}){{2}}{_S}\d{{3}}[\dXxХх]|(?<=orcid\.org/)\d{{15}}[\dX])(?![\d])",
    re.IGNORECASE,
)
_PREFIX = re.compile(rf"https?{_S}*:{_S}*/{_S}*/{_S}*(?:www\.)?orcid{_S}*\.{_S}*org{_S}*/{_S}*$", re.IGNORECASE)


def find_orcids(text: str) -> Iterator[Found]:
    """ORCID iDs, bare or as URL, also with stray spaces. A wrong check digit makes `valid` False; nothing is repaired.

    The span takes in the URL before the iD. A letter O for a zero is no iD: it is reported as not valid.
    """
    for match in _ORCID.finditer(text):
        start = match.start("id")
        before = _PREFIX.search(text, 0, start)
        printed = re.sub(rf"[\s{_DASH}]", "", match["id"]).upper().replace("Х", "X")
        value = "-".join(printed[i : i + 4] for i in range(0, 16, 4))
        valid = printed[:15].isdigit() and iso7064(printed)
        yield Found("orcid", value, before.start() if before else start, match.end(), valid)


_DOI = re.compile(
    r"(?<![\d.])10\s?\.\s?\d{4,9}(?:\.\d+)*\s?/\s?(?:(?!\]\(|https?://)[^\s\"<>{}|\u2028\uFFFC【】，；。、])+",
    re.IGNORECASE,
)
_DOI_LEAD = re.compile(
    rf"(?:(?:https?{_S}*:{_S}*/{_S}*/{_S}*)?(?:dx{_S}*\.{_S}*)?doi{_S}*\.{_S}*org{_S}*/{_S}*"
    rf"|(?<!\w)DOI{_S}*[:：]?{_S}*)+$",
    re.IGNORECASE,
)
_DOI_TAIL = ".,;:!?'’”»*_"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


def find_dois(text: str) -> Iterator[Found]:
    """DOIs, bare, after ``doi:`` or as URL; the span takes in what stands before the name itself."""
    for match in _DOI.finditer(text):
        end = _doi_end(text, match.start(), match.end())
        value = re.sub(r"\s", "", text[match.start() : end]).replace("\\_", "_")
        if not re.fullmatch(r"10\.\d{4,9}(\.\d+)*/\S+", value):
            continue
        window = max(0, match.start() - 60)
        lead = _DOI_LEAD.search(text[window : match.start()])
        start = window + lead.start() if lead else match.start()
        yield Found("doi", value, start, end)


def _doi_end(text: str, start: int, end: int) -> int:
    """Without punctuation and closing brackets that belong to the sentence."""
    while end > start:
        last = text[end - 1]
        opened = _PAIRS.get(last)
        surplus = opened is not None and text.count(last, start, end) > text.count(opened, start, end)
        if last not in _DOI_TAIL and not surplus:
            break
        end -= 1
    return end


_ISSN = re.compile(r"(?<![\d-])(\d{4})[-‐‑–—](\d{3}[\dXxХх])(?![\d-])")


def find_issns(text: str) -> Iterator[Found]:
    """Numbers of the form 1234-567X; `valid` tells whether the check digit is right."""
    for match in _ISSN.finditer(text):
        value = f"{match[1]}-{match[2]}".upper().replace("Х", "X")
        yield Found("issn", value, match.start(), match.end(), issn_valid(value))


_LOCAL = r"[A-Za-z0-9](?:[A-Za-z0-9!#$%&'+/=?^_`~.-]|\\_)*"
# The last label is all small or all capital letters, and no address of the web begins in it: a@b.orgORCID, a@b.cz.http://…
_DOMAIN = (
    r"(?:(?!https?:|www\.)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+(?!https?:)"
    r"(?:[a-z]{2,24}?(?=https?:|(?![a-z]))|[A-Z]{2,24}(?![A-Za-z])|[A-Z][a-z]{1,23})"
)
_AT = rf"(?:{_S}*(?:@|＠|\(at\)|\[at\]|\\@){_S}*)"
_MAIL = re.compile(rf"(?<![A-Za-z0-9._%+@-])({_LOCAL})@({_DOMAIN})(?![0-9@])")
_BRACED = re.compile(rf"\\?[{{\[(]\s*({_LOCAL}(?:\s*[,;|/]\s*{_LOCAL})+)\s*\\?[}}\])]{_AT}({_DOMAIN})")
# Broken by an extractor: spaces around @, dots, hyphens or underscores, never between two words.
_JOIN = rf"(?:{_S}?[._-]{_S}?|\\_)"
_BROKEN = re.compile(
    rf"(?<![\w.%+@-])([A-Za-z0-9][A-Za-z0-9+]*(?:(?:[._-]|\\_|{_S}[._-]{_S}?|[._]{_S}(?=[a-z0-9]))[A-Za-z0-9+]+)*)"
    rf"{_AT}([A-Za-z0-9-]+(?:{_S}?\.{_S}?[A-Za-z0-9-]+)*?{_S}?\.{_S}?[A-Za-z]{{2,12}}(?:\.[A-Za-z]{{2,3}})?)(?![A-Za-z0-9@-])"
)


def find_emails(text: str) -> list[Found]:
    """E-mail addresses in order. ``{a,b}@x.edu`` gives one row per address: the first spans the whole group's start to
    its own end, so that the rows tile the group. Spaces that an extractor left around ``@ . _ -`` are closed up."""
    out: list[Found] = []
    taken: list[tuple[int, int]] = []
    for match in _BRACED.finditer(text):
        out += _from_group(match)
        taken.append(match.span())
    for pattern in (_MAIL, _BROKEN):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            local = re.sub(r"\s|\\", "", match[1])
            domain = re.sub(r"\s", "", match[2])
            if ".." in local or local.endswith("."):
                continue
            out.append(Found("email", f"{local}@{domain.lower()}", start, end))
            taken.append((start, end))
    return sorted(out, key=lambda f: f.start)


def _from_group(match: re.Match[str]) -> Iterator[Found]:
    at = match.start()
    names = list(re.finditer(r"[^\s,;|/]+", match[1]))
    for n, name in enumerate(names):
        last = n == len(names) - 1
        end = match.end() if last else match.start(1) + names[n + 1].start()
        yield Found("email", f"{name[0].replace(chr(92), '')}@{match[2].lower()}", at, end)
        at = end


_CODES = {
    "udc": r"[\d(\"=][\d.()\"=:+/'\[\]*\u0400-\u04ff A-Za-z-]*",
    "irsti": r"\d{2}(?:\.\d{2}){1,2}(?:\s*[,;/]\s*\d{2}(?:\.\d{2}){1,2})*",
    "jel": r"[A-Z]\d{0,2}(?:\s*[,;/、，；]?\s*[A-Z]\d{1,2}(?!\d))*",
    "clc": r"[A-Z]{1,2}\d[\d.\-/]*(?:\s*[+:;；,，、]\s*[A-Z]{1,2}\d[\d.\-/]*)*",
    "document-code": r"[A-E](?![A-Za-z])",
    "bbk": r"[\dА-ЯЁA-Z][\d.()=:+/\u0400-\u04ffA-Z-]*(?:\s?[\dя73]\S*)?",
}
_AROUND_CODES = (*_CODES, "doi", "issn", "article-type", "keywords")
_VALUES = {role: re.compile(form) for role, form in _CODES.items()}


def find_codes(text: str) -> list[Found]:
    """Subject codes (UDC, IRSTI, JEL, CLC, document code, BBK) behind their labels; spans are those of the values."""
    out = []
    labels = lexicon().labels_in(text, _AROUND_CODES, bare=True)
    for n, label in enumerate(labels):
        if label.role not in _VALUES:
            continue
        stop = next((m.start for m in labels[n:] if m.start > label.start), len(text))
        match = _VALUES[label.role].match(text, label.end, stop)
        value = match[0].split("\n")[0].rstrip(" .,;:-/") if match else ""
        if value:
            out.append(Found(label.role, value, label.end, label.end + len(value)))
    return out
