"""One article's facts against its labels: hits, found and wanted of every field.

Labels are those of expected.json: what an editor would write down of the article, keys left out where nothing
is to be measured. Texts are compared by their letters and digits; titles and sections may differ by a tenth,
affiliations and references' titles by 15 %.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import Indel

from facts import Facts, Person, Reference, Section, key, words

Labels = dict[str, Any]
Counts = tuple[int, int, int]  # hits, found, wanted
REFERENCE_FIELDS = ("year", "title", "source", "volume", "issue", "pages", "doi")


@dataclass
class Score:
    """Counts by field."""

    counts: dict[str, Counts] = field(default_factory=dict)

    def add(self, name: str, hits: int, found: int, wanted: int) -> None:
        """Count; a hit more than was found or wanted is a mistake of the caller."""
        if found or wanted:
            h, f, w = self.counts.get(name, (0, 0, 0))
            self.counts[name] = (h + hits, f + found, w + wanted)

    def pair(self, name: str, found: Iterable[str], wanted: Iterable[str], least: float = 1.0) -> None:
        """Count how many of the wanted texts are among those found, each of these used once."""
        left, hits, want = list(found), 0, list(wanted)
        total = len(left)
        for text in want:
            match = next((f for f in left if close(f, text, least)), None)
            if match is not None:
                left.remove(match)
                hits += 1
        self.add(name, hits, total, len(want))

    def number(self, name: str, found: int, wanted: int) -> None:
        """Count things that are only counted."""
        self.add(name, min(found, wanted), found, wanted)


def close(a: str, b: str, least: float = 0.9) -> bool:
    """Whether two texts are the same, up to a share of their letters and digits."""
    a, b = key(a), key(b)
    return bool(a and b) and (a == b or (least < 1 and Indel.normalized_similarity(a, b) >= least))


def measures(counts: Counts) -> tuple[float, float, float]:
    """F1, precision, recall."""
    hits, found, wanted = counts
    precision, recall = hits / found if found else 0.0, hits / wanted if wanted else 0.0
    return (2 * precision * recall / (precision + recall) if hits else 0.0), precision, recall


def score(labels: Labels, facts: Facts, source: str) -> Score:
    """Compare what was read with what the labels say."""
    out = Score()
    lang = base(labels.get("language", ""))
    if lang:
        out.add("language", facts.language == lang, 1, 1)
    titles = by_language(labels.get("titles", {}))
    out.add("title", sum(close(facts.titles.get(k, ""), v) for k, v in titles.items()), len(facts.titles), len(titles))
    _people(out, labels, facts, lang)
    _abstracts(out, labels, facts)
    keywords = by_language(labels.get("keywords", {}))
    for code in sorted({*keywords, *facts.keywords}):
        out.pair("keyword", facts.keywords.get(code, []), keywords.get(code, []))
    _body(out, labels, facts)
    references = labels.get("references") or {}
    if "count" in references:
        out.number("references split", len(facts.references), references["count"])
    for sample in references.get("sample", []):
        _reference(out, sample, facts.references)
    for kind in ("doi", "udc", "irsti", "clc", "jel"):
        want: str = labels.get("identifiers", {}).get(kind) or (labels.get("doi") if kind == "doi" else "") or ""
        have = facts.identifiers.get(kind, "")
        if want or (have and kind == "doi"):
            out.add("doi" if kind == "doi" else "code", bool(want) and key(have) == key(want), bool(have), bool(want))
    for kind in ("received", "rev-recd", "accepted"):
        if re.fullmatch(r"\d{4}(-\d\d){0,2}", labels.get(kind) or ""):
            out.add("date", facts.dates.get(kind) == labels[kind], kind in facts.dates, 1)
    want_words = words(plain(source))
    kept = sum(min(n, facts.words.get(word, 0)) for word, n in want_words.items())
    out.add("words kept", kept, want_words.total(), want_words.total())
    return out


def base(lang: str) -> str:
    """The language without script and region."""
    return lang.partition("-")[0].lower()


def by_language(value: dict[str, Any]) -> dict[str, Any]:
    """The same, keys without script and region."""
    return {base(k): v for k, v in value.items()}


def plain(source: str) -> str:
    """The words that a reader of the raw text sees: no markup, link targets, formulas or image paths."""
    for pattern, put in (
        (r"\A---\n.*?\n---\n|<!--.*?-->|\$\$.*?\$\$|\$[^$\n]+\$", " "),
        (r"!?\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)", r" \1 "),
        (r"</?su[bp]>|[*`#]|\\(?=[^\w\s])", ""),
        (r"<[^>]+>|&\w+;|\|", " "),
    ):
        source = re.sub(pattern, put, source, flags=re.S)
    return source


def _people(out: Score, labels: Labels, facts: Facts, lang: str) -> None:
    wanted, rest = labels.get("authors", []), list(facts.authors)
    pairs: list[tuple[Labels, Person | None]] = []
    for label in wanted:
        spelt = {key(label["surname"]), *(key(surname_of(n)) for n in label.get("names", {}).values() if n)}
        hit = next((p for p in rest if any(key(s) in spelt for s, _ in p.names.values())), None)
        pairs.append((label, hit))
        if hit is not None:
            rest.remove(hit)
    known = [(label, person) for label, person in pairs if person is not None]
    named = sum(any(key(s) == key(label["surname"]) for s, _ in p.names.values()) for label, p in known)
    out.add("author surname", named, len(facts.authors), len(wanted))
    ordered = [id(p) for _, p in pairs] == [id(p) for p in facts.authors]
    out.add("author order", ordered and bool(wanted), bool(facts.authors), bool(wanted))
    given = [(label, p) for label, p in known if label.get("given")]
    hits = sum(any(key(g) in givens(label) for _, g in p.names.values()) for label, p in given)
    out.add(
        "author given", hits, sum(any(g for _, g in p.names.values()) for p in facts.authors), _having(wanted, "given")
    )
    hits = sum(p.orcid == label["orcid"] for label, p in known if label.get("orcid"))
    out.add("orcid", hits, sum(bool(p.orcid) for p in facts.authors), _having(wanted, "orcid"))
    hits = sum(label["email"].lower() in p.emails for label, p in known if label.get("email"))
    out.add("email", hits, sum(len(set(p.emails)) for p in facts.authors), _having(wanted, "email"))
    hits = sum(bool(label.get("corresponding")) and p.corresponding for label, p in known)
    out.add("corresponding", hits, sum(p.corresponding for p in facts.authors), _having(wanted, "corresponding"))
    _affiliations(out, labels, facts, pairs, lang)
    other = [
        (p, base(code), name)
        for label, p in pairs
        for code, name in (label.get("names") or {}).items()
        if base(code) != lang
    ]
    hits = sum(p is not None and _same_name(p.names.get(code), name) for p, code, name in other)
    out.add("name in other language", hits, len(other), len(other))


def surname_of(name: str | list[str]) -> str:
    """The surname of a label's name: the first of a pair, or the first word."""
    return name[0] if isinstance(name, list) else name.split()[0]


def givens(label: Labels) -> set[str]:
    """The given names that a label accepts."""
    return {key(label[k]) for k in ("given", "full_given") if label.get(k)}


def _same_name(have: tuple[str, str] | None, want: str | list[str]) -> bool:
    if have is None:
        return False
    if isinstance(want, list):
        return key(have[0]) == key(want[0])
    return key(want) in {key(have[0]), key(have[0] + have[1]), key(have[1] + have[0])}


def _having(labels: list[Labels], name: str) -> int:
    return sum(bool(label.get(name)) for label in labels)


def _affiliations(
    out: Score, labels: Labels, facts: Facts, pairs: list[tuple[Labels, Person | None]], lang: str
) -> None:
    """Texts first; then, per author, the links to the affiliations that were told apart."""
    wanted = {
        str(k): by_language(v) if isinstance(v, dict) else {lang: v} for k, v in labels.get("affiliations", {}).items()
    }
    free = [(n, code, text) for n, forms in enumerate(facts.affiliations, 1) for code, text in forms.items() if text]
    total, hits = len(free), 0
    which: dict[str, set[int]] = {}
    for ident, forms in wanted.items():
        for code, text in forms.items():
            match = next((a for a in free if a[1] == code and close(a[2], text, 0.85)), None)
            if match is not None:
                free.remove(match)
                hits += 1
                which.setdefault(ident, set()).add(match[0])
    out.add("affiliation", hits, total, sum(len(forms) for forms in wanted.values()))
    right = sum(
        bool(which.get(str(ident), set()) & set(person.affiliations))
        for label, person in pairs
        if person is not None
        for ident in label.get("affiliations", [])
    )
    found = sum(len(set(p.affiliations)) for p in facts.authors)
    out.add("author-affiliation link", min(right, found), found, sum(len(a.get("affiliations", [])) for a, _ in pairs))


def _abstracts(out: Score, labels: Labels, facts: Facts) -> None:
    wanted, hits = by_language(labels.get("abstracts", {})), 0
    for code, label in wanted.items():
        text = key(" ".join(facts.abstracts.get(code, [])))
        start, end = key(label["starts"]), key(label["ends"])
        hits += bool(text) and close(text[: len(start)], start) and close(text[-len(end) :], end)
    out.add("abstract", hits, len(facts.abstracts), len(wanted))


def _body(out: Score, labels: Labels, facts: Facts) -> None:
    if "sections" in labels:
        run_in = [t for t in labels.get("run_in", []) if not any(close(t, w) for w in labels["sections"])]
        found = [title for title, _ in facts.sections if title and not any(close(title, t) for t in run_in)]
        out.pair("section title", found, labels["sections"], 0.9)
    if "subsections" in labels:
        wanted = [t for titles in labels["subsections"].values() for t in titles]
        parents = {key(p) for p in labels["subsections"]}
        below = [t for section in facts.sections if key(section[0]) in parents for t in _below(section)]
        out.pair("subsection title", below, wanted, 0.9)
    if "citations" in labels:
        out.number("citation linked", len(facts.cited), labels["citations"])
    if "cited" in labels:
        out.pair("citation target", [" ".join(map(str, sorted(c))) for c in facts.cited], labels["cited"])
    for name, found_number in (
        ("figures", len(facts.figures)),
        ("tables", len(facts.tables)),
        ("footnotes", len(facts.footnotes)),
        ("equations", len(facts.equations)),
    ):
        if name in labels:
            out.number(name, found_number, labels[name])


def _below(section: Section) -> list[str]:
    return [t for sub in section[1] for t in (sub[0], *_below(sub))]


def _reference(out: Score, label: Labels, references: list[Reference]) -> None:
    title = key(label.get("title") or "")
    best: Reference | None = None
    if title:
        best = next((r for r in references if title in key(r.text)), None) or max(
            references, key=lambda r: Indel.normalized_similarity(title, key(r.text)[: 3 * len(title)]), default=None
        )
    elif 0 < label.get("index", 0) <= len(references):
        best = references[label["index"] - 1]
    authors = [a.split()[-1] for a in label.get("authors") or []]  # the last word: "van Rooij" may be tagged "Rooij"
    if authors:
        have = [key(a) for a in best.authors] if best else []
        out.add(
            "ref authors",
            sum(any(key(a) in h for h in have) for a in authors),
            min(len(have), len(authors)),
            len(authors),
        )
    for name in REFERENCE_FIELDS:
        if label.get(name):
            values: list[str] = getattr(best, name) if best else []
            out.add(f"ref {name}", any(SAME[name](v, str(label[name])) for v in values), bool(values), 1)


def _same_pages(have: str, want: str) -> bool:
    dash = re.compile(r"[-\u2010-\u2015]")
    return key(have) == key(want) or (not dash.search(want) and key(dash.split(have)[0]) == key(want))


SAME: dict[str, Callable[[str, str], bool]] = {
    **dict.fromkeys(REFERENCE_FIELDS, lambda have, want: key(have) == key(want)),
    "title": lambda have, want: close(have, want, 0.85),
    "source": lambda have, want: close(have, want, 0.85),
    "pages": _same_pages,
}
