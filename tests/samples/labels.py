"""What a sample's labels say, held against the facts of the JATS made from it: field by field, and exactly.

A sample whose labels have the key "looks" with the value "none: why" is not laid out in other ways (tests/metamorphic).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from facts import Facts, Section, key
from jatspack.config import Config, load

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NAMES = sorted(p.name for p in SAMPLES.iterdir() if (p / "article.md").exists())
PARTS = ("year", "title", "source", "volume", "issue", "pages", "doi", "uri")
Labels = dict[str, Any]


def labels_of(folder: Path) -> Labels:
    """The labels of a folder with an article."""
    name = "expected.json" if (folder / "expected.json").exists() else "gold.json"
    return json.loads((folder / name).read_text("utf-8"))


def varied() -> list[str]:
    """The samples that are laid out in other ways."""
    return [name for name in NAMES if not labels_of(SAMPLES / name).get("looks", "").startswith("none: ")]


def configuration(folder: Path) -> Config:
    """The configuration that lies beside an article."""
    files = (folder / name for name in ("journal.toml", "article.toml"))
    journal, article = (file if file.exists() else None for file in files)
    return load(journal=journal, article=article)


def differences(field: str, labels: Labels, facts: Facts) -> list[str]:
    """What is wrong in one field; nothing where all is right. Texts count by letters and digits."""
    return list(FIELDS[field](labels, facts))


def _keys(value: Any) -> Any:
    """The same value with every text folded."""
    if isinstance(value, str):
        return key(value)
    if isinstance(value, dict):
        return {k: _keys(v) for k, v in value.items()}
    return [_keys(v) for v in value] if isinstance(value, list | tuple) else value


def _same(what: str, have: object, want: object) -> Iterator[str]:
    if _keys(have) != _keys(want):
        yield f"{what}: {have!r}, not {want!r}"


def _language(labels: Labels, facts: Facts) -> Iterator[str]:
    yield from _same("language", facts.language, labels["language"])


def _titles(labels: Labels, facts: Facts) -> Iterator[str]:
    yield from _same("titles", facts.titles, labels["titles"])


def _authors(labels: Labels, facts: Facts) -> Iterator[str]:
    want = labels["authors"]
    yield from _same("number of authors", len(facts.authors), len(want))
    for n, (label, person) in enumerate(zip(want, facts.authors, strict=False), 1):
        own = person.names.get(labels["language"], ("", ""))
        yield from _same(f"author {n}", own, (label["surname"], label.get("given", "")))
        for lang, name in label.get("names", {}).items():
            have = person.names.get(lang, ("", ""))
            yield from _same(f"author {n} in {lang}", have if isinstance(name, list) else "".join(have), name)
        yield from _same(f"ORCID of author {n}", person.orcid, label.get("orcid", ""))
        yield from _same(
            f"e-mail of author {n}", sorted(set(person.emails)), [label["email"]] if "email" in label else []
        )
        yield from _same(f"author {n} corresponding", person.corresponding, label.get("corresponding", False))


def _affiliations(labels: Labels, facts: Facts) -> Iterator[str]:
    own = labels["language"]
    want = [v if isinstance(v, dict) else {own: v} for v in labels["affiliations"].values()]
    yield from _same("affiliations", facts.affiliations, want)
    if "countries" in labels:
        yield from _same("countries", facts.countries, list(labels["countries"].values()))


def _links(labels: Labels, facts: Facts) -> Iterator[str]:
    have = [person.affiliations for person in facts.authors]
    yield from _same("links to affiliations", have, [a["affiliations"] for a in labels["authors"]])


def _abstracts(labels: Labels, facts: Facts) -> Iterator[str]:
    yield from _same("languages of abstracts", sorted(facts.abstracts), sorted(labels["abstracts"]))
    for lang, label in labels["abstracts"].items():
        paragraphs = facts.abstracts.get(lang, [])
        titles = label.get("sections", [])
        text = key(" ".join(paragraphs))
        if not text.startswith(key(label["starts"])):
            yield f"abstract ({lang}) starts {' '.join(paragraphs)[:80]!r}"
        if not text.endswith(key(label["ends"])):
            yield f"abstract ({lang}) ends {' '.join(paragraphs)[-80:]!r}"
        yield from _same(f"paragraphs of the abstract ({lang})", len(paragraphs) - len(titles), label["paragraphs"])
        yield from _same(f"sections of the abstract ({lang})", facts.abstract_sections.get(lang, []), titles)


def _keywords(labels: Labels, facts: Facts) -> Iterator[str]:
    yield from _same("keywords", facts.keywords, labels["keywords"])


def _sections(labels: Labels, facts: Facts) -> Iterator[str]:
    below = labels.get("subsections", {})
    want: list[Section] = [(title, [(sub, []) for sub in below.get(title, [])]) for title in labels["sections"]]
    yield from _same("sections", facts.sections, want)


def _back(labels: Labels, facts: Facts) -> Iterator[str]:
    yield from _same("back matter", facts.back, labels.get("back", []))


def _lists(labels: Labels, facts: Facts) -> Iterator[str]:
    have = facts.lists if "lists" in labels else [n for n in facts.lists if n > 1]
    yield from _same("lists in the body", have, labels.get("lists", []))


def _references(labels: Labels, facts: Facts) -> Iterator[str]:
    want = labels["references"]
    yield from _same("number of references", len(facts.references), want["count"])
    for title in want.get("list_titles", []):
        if not any(key(title) in key(t) for t in facts.list_titles):
            yield f"title of a reference list: {facts.list_titles!r}, not {title!r}"
    for label in want["sample"]:
        n = label["index"]
        if n > len(facts.references):
            yield f"reference {n} is missing"
            continue
        have = facts.references[n - 1]
        if label.get("text") and key(label["text"]) not in key(have.text):
            yield f"reference {n}: {have.text!r}"
        for author in label.get("authors", []):
            if not any(key(author) == key(a) or (len(a.split()) > 1 and key(author) in key(a)) for a in have.authors):
                yield f"reference {n}, authors: {have.authors!r}, not {author!r}"
        if "work" in label and key(label["work"]) not in map(key, have.title + have.source):
            yield f"reference {n}, title of the whole work: {have.title + have.source!r}, not {label['work']!r}"
        for part in PARTS:
            if part in label and key(label[part]) not in map(key, getattr(have, part)):
                yield f"reference {n}, {part}: {getattr(have, part)!r}, not {label[part]!r}"


def _citations(labels: Labels, facts: Facts) -> Iterator[str]:
    have = [" ".join(map(str, sorted(group))) for group in facts.cited]
    if "cited" in labels:
        yield from _same("citations", have, labels["cited"])
    yield from _same("number of citations", len(have), labels["citations"])
    yield from _same("links that lead nowhere", facts.dangling, [])


def _floats(labels: Labels, facts: Facts) -> Iterator[str]:
    for name in ("figures", "tables", "footnotes", "equations"):
        yield from _same(f"number of {name}", len(getattr(facts, name)), labels[name])
    for label, caption, file in facts.figures:
        if not (label and caption and file):
            yield f"a figure without label, caption or file: {(label, caption, file)!r}"
    for label, caption, rows in facts.tables:
        if not (label and caption and rows):
            yield f"a table without label, caption or rows: {(label, caption, rows)!r}"
    for kind, number in labels.get("mentions", {}).items():
        yield from _same(f"links to {kind}", facts.mentions.get(kind, 0), number)


def _codes(labels: Labels, facts: Facts) -> Iterator[str]:
    want = {**labels.get("identifiers", {}), **({"doi": labels["doi"]} if "doi" in labels else {})}
    for kind, value in want.items():
        yield from _same(kind, facts.identifiers.get(kind, ""), value)
    dates = {kind: labels[kind] for kind in ("received", "rev-recd", "accepted") if kind in labels}
    yield from _same("dates", facts.dates, dates)


FIELDS: dict[str, Callable[[Labels, Facts], Iterator[str]]] = {
    "language": _language,
    "titles": _titles,
    "authors": _authors,
    "affiliations": _affiliations,
    "links": _links,
    "abstracts": _abstracts,
    "keywords": _keywords,
    "sections": _sections,
    "back": _back,
    "lists": _lists,
    "references": _references,
    "citations": _citations,
    "floats": _floats,
    "codes": _codes,
}
