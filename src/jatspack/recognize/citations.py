"""In-text citations made links: [3], [1, 4-6], [3, p. 45], superscripts, (Author, 2018), Author (2018)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from jatspack.article import Article, Part, Reference
from jatspack.findings import Finding, finding
from jatspack.recognize.people.romanize import romanize
from jatspack.recognize.walk import Place, replace_article, replace_holder
from jatspack.richtext import Rich, Run, Xref

BRACKET = re.compile(r"[\[［]([^\[\]［］]{1,60})[\]］]")
ITEM = re.compile(r"(?<![\d.,])(\d{1,3})(?:\s?[-–—~]\s?(\d{1,3}))?(?![\d.]\d)")
RAISED = re.compile(r"\[?\s*\d{1,3}(?:\s*[-–,，]\s*\d{1,3})*\s*\]?")
YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)([a-zа-г]?)(?!\d)")
MORE_YEARS = re.compile(r"\s*[,;，；]\s*")
CAPITAL_WORD = re.compile(r"[^\W\d_][^\W\d_'’ʼ-]*(?:[-‐'’ʼ][^\W\d_]+)*")
# A full stop that ends a sentence: not behind an initial or a short abbreviation.
SENTENCE_END = re.compile(r"(?<!\bal)(?<![^\W\d_]\.)(?<!\b[^\W\d_])\.\s(?=[^\W\d_a-z])")
REACH = 90  # characters between an author's name and the year
FEW = 3  # bracketed citations from which on a document cites by number


@dataclass(slots=True)
class _Index:
    """References by number and by first author and year."""

    by_number: dict[int, Reference] = field(default_factory=dict)
    by_surname: dict[str, list[tuple[Reference, str]]] = field(default_factory=lambda: defaultdict(list))
    cited: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def link_citations(article: Article) -> list[Finding]:
    """Replace citations in the text by runs with an Xref; what does not fit the list is a finding.

    A document cites by number, by superscript or by author and year: the way that it uses most is taken.
    """
    index = _index(article)
    if not index.by_number:
        return []
    style = _style(article, index)
    linker = {"number": _link_numbers, "raised": _link_raised, "author": _link_authors}[style]

    def change(text: Rich, place: Place) -> Rich:
        if place == "title" or not text:
            return text
        return linker(text, index)

    replace_article(article, change)
    for abstract in article.abstracts:
        replace_holder(abstract, change)
    _check_years(article, index)
    if index.cited:
        for one in article.reference_lists:
            for reference in one.references:
                if reference.id not in index.cited:
                    lines = reference.citations[0].origin.lines
                    index.findings.append(
                        finding("reference-never-cited", *lines, label=reference.label or reference.id)
                    )
    return index.findings


def _index(article: Article) -> _Index:
    index = _Index()
    number = 0
    for one in article.reference_lists:
        for reference in one.references:
            number += 1
            digits = re.search(r"\d+", reference.label)
            index.by_number.setdefault(int(digits[0]) if digits else number, reference)
            for citation in reference.citations:
                year = next((_text(citation.text.text, p) for p in citation.text.parts if p.tag == "year"), "")
                for group in citation.text.parts:
                    if group.tag == "person-group":
                        for name in group.parts:
                            for part in name.parts or (name,):
                                if part.tag in ("surname", "collab"):
                                    _remember(index, reference, _text(citation.text.text, part), year)
    return index


def _remember(index: _Index, reference: Reference, surname: str, year: str) -> None:
    key = romanize(surname.rsplit(maxsplit=1)[-1]) if surname else ""
    if len(key) >= 2 and (reference, year) not in index.by_surname[key]:
        index.by_surname[key].append((reference, year))


def _text(text: Rich, part: Part) -> str:
    return text.text[part.start : part.end]


def _style(article: Article, index: _Index) -> str:
    counts = {"number": 0, "raised": 0, "author": 0}

    def count(text: Rich, place: Place) -> Rich:
        if place != "title":
            counts["number"] += sum(1 for _ in _brackets(text.text, index))
            counts["raised"] += sum(1 for _ in _raised(text, index))
            counts["author"] += sum(1 for _ in _mentions(text.text, index))
        return text

    replace_article(article, count)
    if counts["number"] >= FEW or (counts["number"] and counts["number"] >= counts["author"]):
        return "number"
    if counts["raised"] >= FEW and counts["raised"] > counts["author"]:
        return "raised"
    return "author"


# --- numbers ------------------------------------------------------------------


def _brackets(text: str, index: _Index) -> Iterator[tuple[re.Match[str], list[tuple[int, int, list[int]]]]]:
    """Brackets that cite, with (start, end, numbers) of each item; a page behind a number cites nothing."""
    for bracket in BRACKET.finditer(text):
        items: list[tuple[int, int, list[int]]] = []
        at = bracket.start(1)
        for clause in re.split(r"(;|；)", bracket[1]):
            items += _items(clause, at)
            at += len(clause)
        if items and bracket[1].strip()[:1].isdigit() and all(n in index.by_number for _, _, ns in items for n in ns):
            yield bracket, items


def _items(clause: str, at: int) -> list[tuple[int, int, list[int]]]:
    out = []
    for piece in re.finditer(r"[^,，]+", clause):
        if re.search(r"[^\W\d_]", piece[0]):
            break  # "с. 45", "p. 12": pages of the number before
        for item in ITEM.finditer(piece[0]):
            first, last = int(item[1]), int(item[2] or item[1])
            if first <= last <= first + 60:
                start = at + piece.start() + item.start()
                out.append((start, start + len(item[0]), list(range(first, last + 1))))
    return out


def _link_numbers(text: Rich, index: _Index) -> Rich:
    spans: list[tuple[int, int, str]] = []
    for _, items in _brackets(text.text, index):
        for start, end, numbers in items:
            spans.append((start, end, _rid(numbers, index)))
    return _with_links(text, spans)


def _rid(numbers: list[int], index: _Index) -> str:
    ids = [index.by_number[n].id for n in numbers]
    index.cited.update(ids)
    return " ".join(ids)


def _raised(text: Rich, index: _Index) -> Iterator[tuple[int, int, list[int]]]:
    at = 0
    for run in text:
        end = at + len(run.text)
        if "sup" in run.style and run.xref is None and RAISED.fullmatch(run.text):
            before = text.text[:at].rstrip()
            exponent = before[-1:].isdigit() or re.search(r"(?<![^\W\d_])(?:[ckm]?m|s|10)$", before)
            items = _items(run.text.strip("[] "), at + len(run.text) - len(run.text.lstrip("[ ")))
            if items and not exponent and all(n in index.by_number for _, _, ns in items for n in ns):
                yield from items
        at = end


def _link_raised(text: Rich, index: _Index) -> Rich:
    return _with_links(text, [(start, end, _rid(numbers, index)) for start, end, numbers in _raised(text, index)])


# --- author and year ------------------------------------------------------------


def _mentions(text: str, index: _Index) -> Iterator[tuple[int, int, Reference | None, str, str]]:
    """(start, end, reference or None, surname, year) of names with a year behind them."""
    after = 0
    last = ""  # the name of the mention before
    for year in YEAR.finditer(text):
        if last and MORE_YEARS.fullmatch(text, after, year.start()):  # (Ruiz, 2018a, 2018b)
            value = year[1] + year[2]
            again = next((r for r, y in index.by_surname[romanize(last)] if y in (value, year[1])), None)
            if again is not None:
                after = year.end()
                yield year.start(), after, again, last, value
                continue
        window = max(after, year.start() - REACH)
        piece = text[window : year.start()]
        cut = max([piece.rfind(c) + 1 for c in ";；。!?\n"] + [m.end() for m in SENTENCE_END.finditer(piece)])
        words = [
            (m, romanize(m[0])) for m in CAPITAL_WORD.finditer(piece, cut) if m[0][:1].isupper() or not m[0].isascii()
        ]
        known = [(m, key) for m, key in words if key in index.by_surname]
        if not known:
            continue
        value = year[1] + year[2]
        choice = None
        for match, key in known:
            fits = [r for r, y in index.by_surname[key] if y in (value, year[1]) or (not year[2] and y[:4] == year[1])]
            exact = [r for r, y in index.by_surname[key] if y == value]
            if fits or exact:
                others = {k for _, k in known if k != key}
                choice = (match, _best(exact or fits, others, index))
                break
        gap = piece[known[-1][0].end() :]
        if choice is None and len(gap) > 3 + gap.count("(") * 2:
            continue
        match, reference = choice if choice else (known[-1][0], None)
        after, last = year.end(), match[0]
        start = window + match.start()
        if text[after : after + 1] in (")", "）") and re.search(r"[(（][^()（）]*$", text[start:after]):
            after += 1  # Ruiz (2018)
        yield start, after, reference, match[0], value


def _best(fits: list[Reference], others: set[str], index: _Index) -> Reference:
    """Of several works of one author and year the one whose other authors are named too."""
    return max(fits, key=lambda r: sum(any(r is q for q, _ in index.by_surname.get(k, [])) for k in others))


def _link_authors(text: Rich, index: _Index) -> Rich:
    spans = []
    for start, end, reference, _, _ in _mentions(text.text, index):
        if reference is not None:
            index.cited.add(reference.id)
            spans.append((start, end, reference.id))
    return _with_links(text, spans)


def _check_years(article: Article, index: _Index) -> None:
    """A name with a year that no work of this author in the list has."""
    seen: set[tuple[str, str, int]] = set()

    def look(text: Rich, place: Place) -> Rich:
        if place == "title":
            return text
        for start, _, reference, surname, year in _mentions(text.text, index):
            line = text.line_at(start)
            if reference is None and (surname, year, line) not in seen:
                seen.add((surname, year, line))
                wanted, dated = index.by_surname[romanize(surname)][0]
                if dated:
                    data = {"name": surname, "year": year, "label": wanted.label or wanted.id, "dated": dated}
                    index.findings.append(finding("citation-year-differs", (line, line), **data))
        return text

    replace_article(article, look)


# --- runs -----------------------------------------------------------------------


def _with_links(text: Rich, spans: list[tuple[int, int, str]]) -> Rich:
    out: list[Run] = []
    at = 0
    for start, end, rid in sorted(spans):
        if start < at:
            continue
        out += text[at:start].runs
        out += [replace(run, xref=run.xref or Xref("bibr", rid), href="") for run in text[start:end].runs]
        at = end
    out += text[at:].runs
    return Rich(tuple(out))
