"""One printed reference taken apart. The text stays as printed; parts are stretches of it.

The sure things come first (facts.py), then the names at its start (authors.py); what is left between them is
title, source and publisher, told apart by the signs of the style: ``//`` (GOST R 7.0.5), ``[J]`` (GB/T 7714),
italics, quotation marks, "In", full stops.
"""

from __future__ import annotations

import re

from jatspack.article import Citation, Origin, Part, Tagged
from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.references.authors import read_names
from jatspack.recognize.references.facts import YEAR_IN_BRACKETS, Facts, find_facts
from jatspack.richtext import Rich

DOUBLE_SLASH = re.compile(r"\s*//\s*")
GB_TYPE = re.compile(r"\s*[\[［](J|M|D|C|N|P|R|S|Z|A|G|EB|DB|CP|J/OL|M/OL|C/OL|N/OL|D/OL|R/OL|EB/OL|DB/OL|CP/OL)[\]］]")
GB_KIND = {"J": "journal", "M": "book", "D": "thesis", "C": "confproc", "N": "newspaper", "P": "patent", "R": "report",
           "S": "standard", "EB": "webpage", "DB": "data", "CP": "software", "G": "book"}  # fmt: skip
STATEMENT = re.compile(r"\s*/\s*(?=[^\W\d_])(?!/)")
SENTENCE = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[)\]»”\"\d’']))[.。．]\s*(?=\S)|[?!？！]\s+|(?<=\S)\s[–—-]\s")
QUOTED = re.compile(r"[«“\"]([^«»“”\"]{8,})[»”\"]")
GROUP = re.compile(r"\s*([^\W\d_][^()（）\[\]\d/]{2,90}?)[.,]?\s*(?=[(（](?:1[5-9]|20)\d\d[a-z]?[)）][.,:]?\s)")
ROLE = re.compile(r"\s*[(（][^()（）\d]{1,20}[)）]\s*[,.:]?\s*")  # "(Eds.),"
SIZE = re.compile(r"\s*[(（][^()（）]*$")  # "(pp." before the pages
DASHED_YEAR = re.compile(r"\s[–—-]\s*(?:1[5-9]|20)\d\d\b")
EDGE = " \t\n\u2028.,;:：，。．-–—/|"
END = re.compile(r"[\s,;:(（\[|/–—=-]*$")


def parse_reference(text: Rich, lang: str = "") -> Citation:
    """The parts of a reference (JATS mixed-citation), its publication-type as in JATS4R, its language as given."""
    plain = text.text
    people, names_end = read_names(plain)
    group = None if people else GROUP.match(plain)
    if group:  # an institution before the year in brackets
        people, names_end = [Part("collab", group.start(1), group.end(1))], group.end(1)
    facts = find_facts(plain, names_end)
    parts = [_with_target(p, text) for p in facts.parts]
    if people:
        parts.append(_group(people))
    begin = _after_year(plain, names_end, facts)
    end = _first_fact(plain, begin, facts)
    kind, works = _works(text, begin, end, facts)
    parts += [p for p in works if facts.free(p.start, p.end)]
    parts.sort(key=lambda p: p.start)
    kept = tuple(p for i, p in enumerate(parts) if not i or p.start >= parts[i - 1].end)
    sure = sum(p.tag in ("year", "article-title", "source", "person-group") for p in kept)
    origin = Origin((text.lines,), f"reference: {kind or 'unknown kind'}", round(0.4 + 0.15 * sure, 2))
    return Citation(lang, Tagged(text, kept), kind, origin)


def _with_target(part: Part, text: Rich) -> Part:
    """A link goes where the source's link goes, not where a damaged print of it would."""
    href = text.run_at(part.start).href if part.tag == "ext-link" else ""
    if not href.startswith(("http://", "https://")):
        return part
    kept = tuple((k, v) for k, v in part.attributes if k != "xlink:href")
    return Part(part.tag, part.start, part.end, (*kept, ("xlink:href", href)))


def _group(people: list[Part], kind: str = "author") -> Part:
    return Part("person-group", people[0].start, people[-1].end, (("person-group-type", kind),), tuple(people))


def _after_year(text: str, names_end: int, facts: Facts) -> int:
    """Where the title can begin: behind the names, and behind the year if it stands right after them."""
    year = facts.get("year")
    at = names_end
    if year and year.start - names_end < 12 and not re.search(r"[^\W\d_]{4,}", text[names_end : year.start]):
        bracket = YEAR_IN_BRACKETS.search(text, names_end)
        at = bracket.end() if bracket and bracket.start() < year.start else year.end
    while at < len(text) and text[at] in EDGE + ")":
        at += 1
    return at


def _first_fact(text: str, begin: int, facts: Facts) -> int:
    """Where title and source are over: at the first number of the volume, pages, address or later year."""
    starts = [p.start for p in facts.parts if p.start > begin]
    words = [
        m.start() for kind in ("available", "accessed") for m in [lexicon().pattern(kind).search(text, begin)] if m
    ]
    end = min([*starts, *(w for w in words if w > begin + 8), len(text)])
    before = text[begin:end]
    for kind in ("volume", "issue", "pages"):
        # The word in front of the number goes with the number: "Vol.", "№", "с."
        tail = re.search(r"(?:^|[\s,.;(–—-])([^\W\d_]{1,7}\.?|№)[\s:]*$", before)
        if tail and lexicon().pattern(kind).fullmatch(tail[1].rstrip(".")) is not None:
            before = before[: tail.start(1)]
    doi = re.search(r"(?:\bdoi\b|https?://\S*)[\s:]*$", before, re.IGNORECASE)
    before = before[: doi.start()] if doi else before
    edge = END.search(before)
    return begin + len(before) - (len(edge[0]) if edge else 0)


def _works(text: Rich, begin: int, end: int, facts: Facts) -> tuple[str, list[Part]]:
    """Title and source, and the kind of publication."""
    plain = text.text
    if end <= begin:
        return ("webpage" if facts.get("ext-link") else "other"), []
    slash = DOUBLE_SLASH.search(plain, begin)
    if slash and (slash.start() < end or _before_facts(facts, slash.start())):
        return _slashed(plain, begin, slash, facts)
    marker = GB_TYPE.search(plain, begin)
    if marker:
        return _marked(plain, begin, marker, facts)
    container = _container(plain, begin, end)
    if container:
        title = _part("chapter-title", plain, begin, container[0])
        editors, stop = read_names(plain, container[1])
        role = ROLE.match(plain, stop) if editors else None
        edited = [_group(editors, "editor")] if role else []
        size = SIZE.search(plain[:end])
        start, stop = role.end() if role else container[1], size.start() if size else end
        source = _part("source", plain, *_sentence(plain, start, max(stop, start)))
        kind = "confproc" if _names_conference(plain[container[1] : end]) else "book"
        return kind, [p for p in (title, *edited, source) if p]
    split = _italics(text, begin, end) or _quoted(plain, begin, end) or _sentences(plain, begin, end)
    return _typed(plain, split, end, facts)


def _before_facts(facts: Facts, at: int) -> bool:
    return not any(p.tag in ("volume", "issue", "fpage") and p.start < at for p in facts.parts)


def _slashed(plain: str, begin: int, slash: re.Match[str], facts: Facts) -> tuple[str, list[Part]]:
    """``Title / A. Author // Source. – 2018. – № 1``."""
    parts: list[Part] = []
    statement = STATEMENT.search(plain, begin, slash.start())
    title_end = slash.start()
    if statement and statement.start() > begin:
        people, stop = read_names(plain, statement.end())
        if people and stop <= slash.start() + 1:
            parts.append(_group(people))
            title_end = statement.start()
    title = _part("article-title", plain, begin, title_end)
    stops = [p.start for p in facts.parts if p.start >= slash.end()]
    stop = min([*stops, len(plain)])
    dated = DASHED_YEAR.search(plain, slash.end(), stop)
    stop = dated.start() if dated else stop
    source = _part("source", plain, *_source_end(plain, slash.end(), stop))
    conference = _names_conference(plain[slash.end() : stop])
    kind = "confproc" if conference else "journal"
    return kind, [p for p in (*parts, title, source) if p]


def _source_end(plain: str, start: int, stop: int) -> tuple[int, int]:
    """A source ends before `` – 2018``, before "Т. 5", before the first fact."""
    piece = plain[start:stop]
    for kind in ("volume", "issue", "pages"):
        tail = re.search(r"[\s,.;(–—-]([^\W\d_]{1,7}\.?|№)[\s:]*$", piece)
        if tail and lexicon().pattern(kind).fullmatch(tail[1].rstrip(".")) is not None:
            piece = piece[: tail.start(1)]
    found = END.search(piece)
    return start, start + len(piece) - (len(found[0]) if found else 0)


def _marked(plain: str, begin: int, marker: re.Match[str], facts: Facts) -> tuple[str, list[Part]]:
    """GB/T 7714: ``题名[J]. 刊名, 年, 卷(期): 页``."""
    kind = GB_KIND.get(marker[1].split("/")[0], "other")
    tail = marker.end()
    while tail < len(plain) and plain[tail] in " .。．,，:：/":
        tail += 1
    stops = [p.start for p in facts.parts if p.start > tail]
    _, stop = _source_end(plain, tail, min([*stops, len(plain)]))
    rest = _part("source" if kind in ("journal", "confproc", "newspaper") else "publisher-name", plain, tail, stop)
    tag = "article-title" if kind in ("journal", "confproc", "newspaper") else "source"
    title = _part(tag, plain, begin, marker.start())
    if rest and rest.tag == "publisher-name":
        place = re.match(r"([^:：]{2,30})[:：]\s*", plain[rest.start : rest.end])
        if place:
            location = _part("publisher-loc", plain, rest.start, rest.start + place.end(1))
            name = _part("publisher-name", plain, rest.start + place.end(), rest.end)
            return kind, [p for p in (title, location, name) if p]
    return kind, [p for p in (title, rest) if p]


def _container(plain: str, begin: int, end: int) -> tuple[int, int] | None:
    """(end of the chapter's title, start of the book's) where "In" stands between the two."""
    for match in lexicon().pattern("in").finditer(plain, begin):
        if match.start() >= end or match.start() < begin + 6:
            continue
        before = plain[: match.start()].rstrip()
        if before.endswith((".", "?", "!", "”", '"', "»", ",")) and plain[match.start()].isupper():
            after = match.end()
            colon = re.compile(r"\s*[:：]?\s*").match(plain, after)
            return match.start(), colon.end() if colon else after
    return None


def _italics(text: Rich, begin: int, end: int) -> tuple[tuple[int, int], tuple[int, int] | None] | None:
    """Title and source by their italics; (title, source) offsets."""
    spans: list[tuple[int, int]] = []
    at = 0
    for run in text:
        stop = at + len(run.text)
        if "italic" in run.style and run.text.strip():
            gap = text.text[spans[-1][1] : at] if spans else "x"
            if spans and not gap.strip():
                spans[-1] = (spans[-1][0], stop)
            else:
                spans.append((at, stop))
        at = stop
    spans = [(max(a, begin), min(b, end)) for a, b in spans if b > begin + 3 and a < end]
    spans = [s for s in spans if s[1] - s[0] > 2]
    if not spans:
        return None
    first = spans[0]
    lead = text.text[begin : first[0]].strip(EDGE + '“”"«»')
    if len(lead) > 3:
        return (begin, first[0]), (first[0], first[1])
    if len(spans) > 1:
        return first, (spans[1][0], spans[-1][1])
    rest = text.text[first[1] : end].strip(EDGE)
    if first[1] >= end - 1:
        return _sentences(text.text, begin, end)
    return first, (first[1], end) if len(rest) > 2 else None


def _quoted(plain: str, begin: int, end: int) -> tuple[tuple[int, int], tuple[int, int] | None] | None:
    found = QUOTED.search(plain, begin, end)
    if not found or found.start() > begin + 3:
        return None
    return (found.start(1), found.end(1)), (found.end(), end) if end - found.end() > 3 else None


def _sentences(plain: str, begin: int, end: int) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """The first sentence is the title, the next the source."""
    first, stop = _sentence(plain, begin, end)
    rest = plain[stop:end].strip(EDGE)
    return (first, stop), (stop, end) if len(rest) > 1 else None


def _sentence(plain: str, begin: int, end: int) -> tuple[int, int]:
    for match in SENTENCE.finditer(plain, begin, end):
        if match.start() - begin >= 4:
            keep = 1 if match[0][0] in "?!？！" else 0
            return begin, match.start() + keep
    return begin, end


def _typed(
    plain: str, split: tuple[tuple[int, int], tuple[int, int] | None], end: int, facts: Facts
) -> tuple[str, list[Part]]:
    """Tags by kind: an article in a journal, or a work of its own whose title is the source (JATS4R)."""
    title, source = split
    periodical = facts.get("volume", "issue") is not None or (source is not None and facts.get("fpage", "pub-id"))
    words = plain[title[0] : end]
    if periodical and source is None and facts.get("volume", "issue") is None:
        periodical = None
    if periodical:
        kind = "confproc" if source and _names_conference(plain[source[0] : source[1]]) else "journal"
        parts = [_part("article-title", plain, *title)]
        if source:
            parts.append(_part("source", plain, *_first_clause(plain, *source)))
        return kind, [p for p in parts if p]
    if lexicon().pattern("thesis").search(words):
        kind = "thesis"
    elif facts.get("fpage") and source is None:
        return "journal", [p for p in (_part("article-title", plain, *title),) if p]
    elif facts.get("ext-link") and source is None:
        kind = "webpage"
    elif source is not None and lexicon().pattern("journal").search(plain[source[0] : source[1]]):
        return "journal", [p for p in (_part("article-title", plain, *title), _part("source", plain, *source)) if p]
    else:
        kind = "book"
    parts = [_part("source", plain, *title)]
    if source and kind in ("book", "thesis"):
        parts += _publisher(plain, *source)
    return kind, [p for p in parts if p]


def _first_clause(plain: str, start: int, end: int) -> tuple[int, int]:
    stop = re.compile(r"[;；]|,\s(?=\d)").search(plain, start, end)
    return start, stop.start() if stop else end


def _publisher(plain: str, start: int, end: int) -> list[Part | None]:
    """``Place: Publisher`` or the publisher alone."""
    while start < end and plain[start] in EDGE:
        start += 1
    found = re.compile(r"([^:：.]{2,40})\s?[:：]\s?").match(plain, start, end)
    if found:
        stop = _sentence(plain, found.end(), end)[1]
        return [_part("publisher-loc", plain, start, found.end(1)), _part("publisher-name", plain, found.end(), stop)]
    return [_part("publisher-name", plain, *_sentence(plain, start, end))]


def _names_conference(text: str) -> bool:
    return lexicon().pattern("conference").search(text) is not None


def _part(tag: str, plain: str, start: int, end: int) -> Part | None:
    while start < end and (plain[start] in EDGE or plain[start] in '“”«»"'):
        start += 1
    while end > start and (plain[end - 1] in EDGE or plain[end - 1] in '“”"'):
        end -= 1
    if end - start < 2 or not any(c.isalpha() for c in plain[start:end]):
        return None
    return Part(tag, start, end)
