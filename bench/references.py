"""Accuracy of the reference parser on a file of labelled references (AnyStyle's format), as a table.

    python bench/references.py DATASET.xml [--misses FIELD] [--save FILE]

The file is <dataset><sequence><author>..</author><date>..</date><title>..</title>..</sequence>..</dataset>; the
printed reference is the text of its sequence. Counted per field: hits, found, wanted.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from lxml import etree

from jatspack.article import Citation, Part
from jatspack.read.document import ListBlock, Paragraph
from jatspack.recognize.references import parse_reference, split_entries
from jatspack.richtext import Rich

FIELDS = ("authors", "title", "source", "year", "volume", "issue", "fpage", "doi", "publisher")
SOFT = ("authors", "title", "source", "publisher")
OWN_TITLE = ("book", "thesis", "report", "webpage", "other", "")


def key(text: str) -> str:
    """Letters and digits only, case aside."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def same(field: str, got: str, want: str) -> bool:
    """Whether a field is right: texts by likeness of 0.85, numbers exactly."""
    if field == "year":
        return want in got
    a, b = key(got), key(want)
    if field not in SOFT or a == b:
        return bool(a) and a == b
    if not a or not b or min(len(a), len(b)) / max(len(a), len(b)) < 0.5:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.85


def wanted(sequence: etree._Element) -> dict[str, str]:
    """The labels of one reference."""

    def get(*tags: str) -> str:
        return " ".join("".join(map(str, e.itertext())).strip() for e in sequence if e.tag in tags).strip()

    out = {"authors": get("author"), "title": get("title"), "source": get("container-title", "journal")}
    out["publisher"] = get("publisher")
    numbers, pages = re.findall(r"\d+", get("volume")), re.findall(r"[A-Za-z]?\d+", get("pages"))
    year = re.search(r"\b(1[4-9]\d\d|20\d\d)\b", get("date"))
    doi = re.search(r"10\.\d{4,9}/\S+", get("doi"))
    out["year"] = year[1] if year else ""
    out["volume"] = numbers[0] if numbers else ""
    out["issue"] = numbers[1] if len(numbers) > 1 else ""
    out["fpage"] = pages[0] if pages else ""
    out["doi"] = doi[0].rstrip(".,;)").lower() if doi else ""
    return {k: v for k, v in out.items() if v}


def walk(parts: tuple[Part, ...]) -> Iterator[Part]:
    """All parts, those inside others too."""
    for part in parts:
        yield part
        yield from walk(part.parts)


def found(citation: Citation) -> dict[str, str]:
    """The fields as tagged."""
    text, parts = citation.text.text.text, list(walk(citation.text.parts))

    def said(part: Part) -> str:
        return " ".join(text[part.start : part.end].split())

    def get(*tags: str) -> str:
        return next((said(p) for tag in tags for p in parts if p.tag == tag), "")

    groups = [p for p in parts if p.tag == "person-group" and dict(p.attributes)["person-group-type"] == "author"]
    names = [said(n) for g in groups for n in g.parts if n.tag in ("name", "string-name", "collab")]
    doi = next((said(p) for p in parts if p.tag == "pub-id" and ("pub-id-type", "doi") in p.attributes), "")
    out = {
        "authors": " ".join(names),
        "title": get("article-title", "chapter-title", "part-title", "data-title"),
        "source": get("source", "conf-name"),
        "publisher": get("publisher-name"),
        "year": get("year"),
        "volume": get("volume"),
        "issue": get("issue"),
        "fpage": get("fpage", "elocation-id") or get("page-range").split("-")[0],
        "doi": doi.lower(),
    }
    if not out["title"] and citation.publication_type in OWN_TITLE:
        out["title"], out["source"] = out["source"], ""
    return {k: v for k, v in out.items() if v}


def measure(path: Path) -> tuple[dict[str, list[int]], list[tuple[str, str, str, str]], float]:
    """Counts per field, what went wrong (field, wanted, found, reference), and seconds for a reference."""
    sequences = etree.parse(str(path)).getroot().findall("sequence")
    printed = [" ".join(" ".join("".join(map(str, e.itertext())).strip() for e in s).split()) for s in sequences]
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    misses = []
    begin = time.perf_counter()
    items = tuple((Paragraph(Rich.of(text, n), (n, n)),) for n, text in enumerate(printed, 1))
    entries = split_entries([ListBlock(True, items, (1, len(items)))])
    counts["references split"] = [min(len(entries), len(printed)), len(entries), len(printed)]
    citations = [parse_reference(entry.text) for entry in entries]
    seconds = (time.perf_counter() - begin) / max(len(printed), 1)
    for sequence, citation, text in zip(sequences, citations, printed, strict=False):
        want, got, whole = wanted(sequence), found(citation), True
        for field in FIELDS:
            if field not in want and field not in got:
                continue
            hit = field in want and field in got and same(field, got[field], want[field])
            for i, value in enumerate((hit, field in got, field in want)):
                counts[field][i] += value
            whole &= hit
            if not hit:
                misses.append((field, want.get(field, ""), got.get(field, ""), text))
        counts["whole reference"] = [a + b for a, b in zip(counts["whole reference"], (whole, 1, 1), strict=True)]
    return counts, misses, seconds


def main() -> int:
    """Print the table; with --misses also what is wrong in one field."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--misses", default="", help="show what is wrong in this field")
    parser.add_argument("--save", type=Path, help="write counts and misses as JSON")
    options = parser.parse_args()
    counts, misses, seconds = measure(options.dataset)
    print(f"{'field':18s} {'F1':>6s} {'prec':>6s} {'rec':>6s}   hits/found/wanted")
    for field, (hits, have, want) in counts.items():
        precision, recall = hits / have if have else 0.0, hits / want if want else 0.0
        f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
        print(f"{field:18s} {f1:6.3f} {precision:6.3f} {recall:6.3f}   {hits}/{have}/{want}")
    print(f"{1000 * seconds:.2f} ms a reference")
    for field, want_, got, text in misses:
        if field == options.misses:
            print(f"- want {want_!r}\n  got  {got!r}\n  {text}")
    if options.save:
        options.save.write_text(json.dumps({"counts": counts, "misses": misses}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
