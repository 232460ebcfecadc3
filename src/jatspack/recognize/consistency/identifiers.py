"""ORCID, ISSN, ISBN with a wrong check digit, DOIs that are none, and one DOI for two works."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jatspack.article import Article
from jatspack.checkdigits import isbn_valid
from jatspack.config import entry
from jatspack.findings import Finding, finding
from jatspack.recognize.identifiers import find_issns, find_orcids
from jatspack.richtext import Rich

_AFTER_ISSN = 60  # characters behind the label in which several numbers may stand
_ISSN = re.compile(r"ISSN", re.IGNORECASE)
_ISBN = re.compile(r"ISBN(?:-1[03])?[\s:№]{0,4}((?:\d[-‐–\s]?){8,16}[\dXxХх](?![\w-]))", re.IGNORECASE)
_DOI_LABEL = re.compile(r"(?:\bdoi\.org/|(?<!\w)doi\s?[:：.]?\s?)(?=\S)", re.IGNORECASE)
_LIKE_DOI = re.compile(r"[1lI][0OoQ]\s?[.,]\s?[\dOolI]{4,9}(?:/|(?=[a-z]))\S+|[1lI][0OoQ]\.?\d{4,9}/\S+")
_TRUE_DOI = re.compile(r"10\s?\.\s?\d{4,9}(?:\.\d+)*\s?/\s?\S")
_DIGITS = str.maketrans("OoQlI", "00011")


def wrong_identifiers(article: Article, texts: Sequence[Rich], told: Sequence[Finding]) -> Iterator[Finding]:
    """Identifiers anywhere in the article that cannot be right."""
    known = {found.data["orcid"] for found in told if found.code == "orcid-checksum"}
    for text in texts:
        plain = text.text
        if "00" in plain and plain.count("-") > 2:
            for orcid in find_orcids(plain):
                printed = plain[orcid.start : orcid.end]
                if not orcid.valid and printed not in known:
                    known.add(printed)
                    line = text.line_at(orcid.start)
                    yield finding("orcid-checksum", (line, line), orcid=printed)
        folded = plain.casefold()
        if "issn" in folded:
            yield from _issns(text)
        if "isbn" in folded:
            yield from _isbns(text)
        if "doi" in folded:
            yield from _dois(text)
    yield from _repeated(article)


def _issns(text: Rich) -> Iterator[Finding]:
    seen: set[int] = set()
    for label in _ISSN.finditer(text.text):
        for issn in find_issns(text.text[label.end() : label.end() + _AFTER_ISSN]):
            start = label.end() + issn.start
            if not issn.valid and start not in seen:
                seen.add(start)
                line = text.line_at(start)
                yield finding("issn-checksum", (line, line), issn=issn.value)


def _isbns(text: Rich) -> Iterator[Finding]:
    for match in _ISBN.finditer(text.text):
        digits = re.sub(r"[^\dX]", "", match[1].upper().replace("Х", "X"))
        if len(digits) not in (10, 13) or not isbn_valid(digits):
            line = text.line_at(match.start(1))
            yield finding("isbn-checksum", (line, line), isbn=match[1].strip())


def _dois(text: Rich) -> Iterator[Finding]:
    """Behind a label something that is almost a DOI: a letter for a digit, no slash."""
    for label in _DOI_LABEL.finditer(text.text):
        match = None if _TRUE_DOI.match(text.text, label.end()) else _LIKE_DOI.match(text.text, label.end())
        if not match:
            continue
        printed = match[0].rstrip(".,;)]")
        head, slash, tail = printed.partition("/")
        prefix = re.sub(r"\s", "", head).translate(_DIGITS).replace(",", ".")
        mended = (prefix if "." in prefix else f"{prefix[:2]}.{prefix[2:]}") + slash + tail
        line = text.line_at(match.start())
        correction = ""
        if _TRUE_DOI.match(mended):
            correction = entry("replace", find=printed, by=mended, lines=str(line))
        yield finding("doi-malformed", (line, line), correction=correction, doi=printed)


def _repeated(article: Article) -> Iterator[Finding]:
    """A DOI names one work; where two references have it, one of them was copied."""
    first: dict[str, tuple[str, str]] = {}
    for group in article.reference_lists:
        for number, reference in enumerate(group.references, 1):
            for citation in reference.citations:
                for part in citation.text.parts:
                    if ("pub-id-type", "doi") not in part.attributes:
                        continue
                    doi = "".join(citation.text.text.text[part.start : part.end].split()).casefold().rstrip(".")
                    if doi.endswith("/"):
                        continue  # the rest of it stands elsewhere
                    label = reference.label.strip(" .[]()") or str(number)
                    before = first.setdefault(doi, (reference.id, label))
                    if before[0] != reference.id:
                        lines = citation.origin.lines[:1]
                        yield finding("doi-repeated", *lines, doi=doi, one=before[1], other=label)
