"""A JATS file read back into plain facts: what an editor would check by eye, without the tagging.

Used by bench/accuracy.py and by the tests. It knows JATS only, nothing of how jatspack makes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HREF = "{http://www.w3.org/1999/xlink}href"
APART = frozenset({"p", "sec", "title", "break", "td", "th", "institution", "city", "country", "kwd", "label"})
BETWEEN = re.compile(
    r"[\s,;،؛，、()\[\]\u2013\u2014-]*"
)  # between the citations of one group: [1, 3-4], (A, 2018; B, 2019)
STATEMENTS = {
    "COI-statement": "coi",
    "funding-statement": "funding",
    "data-availability": "data-availability",
    "author-contributions": "contributions",
    "ethics-statement": "ethics",
}
Section = tuple[str, list["Section"]]  # title, sections in it


@dataclass
class Person:
    """One author; `affiliations` are numbers of Facts.affiliations, counted from 1; 0 leads nowhere."""

    names: dict[str, tuple[str, str]]  # language: (surname, given names)
    affiliations: list[int] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    orcid: str = ""
    corresponding: bool = False


@dataclass
class Reference:
    """One work; every field holds what all its printed forms say."""

    label: str
    kinds: set[str]
    text: str
    authors: list[str]
    year: list[str]
    title: list[str]
    source: list[str]
    volume: list[str]
    issue: list[str]
    pages: list[str]
    doi: list[str]
    uri: list[str]


@dataclass
class Facts:
    """What a JATS file says."""

    language: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    authors: list[Person] = field(default_factory=list)
    affiliations: list[dict[str, str]] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    abstracts: dict[str, list[str]] = field(default_factory=dict)  # paragraphs, section titles before theirs
    abstract_sections: dict[str, list[str]] = field(default_factory=dict)
    keywords: dict[str, list[str]] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    body: list[str] = field(default_factory=list)  # text of the body's paragraphs, in order
    lists: list[int] = field(default_factory=list)  # number of items of each list of the body
    back: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    list_titles: list[str] = field(default_factory=list)
    cited: list[list[int]] = field(default_factory=list)  # one entry per citation group: numbers of references
    dangling: list[str] = field(default_factory=list)  # @rid that leads nowhere
    figures: list[tuple[str, str, str]] = field(default_factory=list)  # label, caption, file
    tables: list[tuple[str, str, list[list[str]]]] = field(default_factory=list)  # label, caption, rows of cells
    equations: list[tuple[str, str]] = field(default_factory=list)  # label, TeX
    footnotes: list[str] = field(default_factory=list)
    mentions: dict[str, int] = field(default_factory=dict)  # ref-type: number of xref
    identifiers: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)


def key(text: str) -> str:
    """Letters and digits only, compatibility forms and case folded: what must not differ between two readings."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def words(text: str) -> Counter[str]:
    """The words of a text and how often each stands in it."""
    return Counter(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


def text_of(element: etree._Element | None, without: Iterable[str] = ()) -> str:
    """The text of an element on one line, without that of the elements named."""
    if element is None:
        return ""
    skipped = set(without)

    def pieces(node: etree._Element) -> Iterator[str]:
        yield node.text or ""
        for child in node:
            if isinstance(child.tag, str) and child.tag not in skipped:
                yield from pieces(child)
                if child.tag in APART:
                    yield " "
            yield child.tail or ""

    return " ".join("".join(pieces(element)).split())


def read(source: Path | bytes) -> Facts:
    """The facts of a JATS file; etree.XMLSyntaxError where it is no XML."""
    parser = etree.XMLParser(load_dtd=False, resolve_entities=False, no_network=True, remove_comments=True)
    data = source if isinstance(source, bytes) else source.read_bytes()
    root = etree.fromstring(data, parser)
    facts = Facts(language=_base(root.get(XML_LANG)))
    meta = root.find("front/article-meta")
    if meta is not None:
        _titles(facts, meta)
        _people(facts, root, meta)
        _texts(facts, meta)
        _codes(facts, meta)
    _body(facts, root)
    _references(facts, root)
    spoken = [v for e in root.iter() for v in (e.get(HREF), e.get("alt")) if v]
    facts.words = words(" ".join([*(str(t) for t in root.itertext()), *spoken])) + words(
        "".join(map(str, root.itertext()))
    )
    return facts


def _base(lang: str | None) -> str:
    return (lang or "").partition("-")[0].lower()


def _lang(element: etree._Element, facts: Facts) -> str:
    return _base(element.get(XML_LANG)) or facts.language


def _titles(facts: Facts, meta: etree._Element) -> None:
    for title in meta.iterfind("title-group/article-title"):
        if text_of(title):
            facts.titles[_lang(title, facts)] = text_of(title, ("xref", "fn"))
    for group in meta.iterfind("title-group/trans-title-group"):
        facts.titles[_lang(group, facts)] = text_of(group.find("trans-title"), ("xref", "fn"))


def _people(facts: Facts, root: etree._Element, meta: etree._Element) -> None:
    numbers: dict[str, int] = {}
    for holder in root.iterfind("front//*"):
        if holder.tag == "aff-alternatives":
            forms = holder.findall("aff")
        elif holder.tag == "aff" and getattr(holder.getparent(), "tag", "") != "aff-alternatives":
            forms = [holder]
        else:
            continue
        facts.affiliations.append({_lang(a, facts): text_of(a, ("label", "email", "ext-link")) for a in forms})
        facts.countries.append(next((c.get("country") or "" for a in forms for c in a.iter("country")), ""))
        numbers[holder.get("id") or f"#{len(numbers)}"] = len(facts.affiliations)
    corresp = {c.get("id"): [text_of(e) for e in c.iter("email")] for c in root.iterfind("front//corresp")}
    for contrib in meta.iterfind("contrib-group/contrib"):
        if contrib.get("contrib-type", "author") != "author" or next(contrib.iter("name"), None) is None:
            continue
        rids = {kind: _rids(contrib, kind) for kind in ("aff", "corresp")}
        mails = [text_of(e) for e in contrib.iter("email")] + [m for r in rids["corresp"] for m in corresp.get(r, [])]
        facts.authors.append(
            Person(
                names={
                    _lang(n, facts): (text_of(n.find("surname")), text_of(n.find("given-names")))
                    for n in contrib.iter("name")
                },
                affiliations=[numbers.get(r, 0) for r in rids["aff"]],
                emails=[m.strip().lower() for m in mails],
                orcid=next((text_of(c).rpartition("/")[2] for c in contrib.iter("contrib-id")), ""),
                corresponding=contrib.get("corresp") == "yes" or any(r in corresp for r in rids["corresp"]),
            )
        )
    if len(facts.affiliations) == 1:
        for person in facts.authors:
            person.affiliations = person.affiliations or [1]


def _rids(element: etree._Element, kind: str) -> list[str]:
    return [r for x in element.findall("xref") if x.get("ref-type") == kind for r in (x.get("rid") or "").split()]


def _texts(facts: Facts, meta: etree._Element) -> None:
    for tag in ("abstract", "trans-abstract"):
        for abstract in meta.iterfind(tag):
            lang = _lang(abstract, facts)
            if abstract.get("abstract-type") or lang in facts.abstracts:
                continue
            own = [e for e in abstract.iter("p", "title") if e.getparent() is not abstract or e.tag == "p"]
            facts.abstracts[lang] = [text_of(e) for e in own]
            facts.abstract_sections[lang] = [text_of(s.find("title")) for s in abstract.iter("sec")]
    for group in meta.iterfind("kwd-group"):
        facts.keywords.setdefault(_lang(group, facts), []).extend(text_of(k) for k in group.iter("kwd"))


def _codes(facts: Facts, meta: etree._Element) -> None:
    for ident in meta.iterfind("article-id"):
        facts.identifiers[ident.get("pub-id-type") or ""] = text_of(ident)
    for group in meta.iterfind("article-categories/subj-group"):
        if group.get("subj-group-type") != "heading":
            facts.identifiers[group.get("subj-group-type") or ""] = text_of(group.find("subject"))
    for date in meta.iterfind("history/date"):
        parts = [text_of(date.find(tag)) for tag in ("year", "month", "day")]
        facts.dates[date.get("date-type") or ""] = "-".join(f"{int(p):02d}" for p in parts if p.isdigit())


def _section(element: etree._Element) -> Section:
    return text_of(element.find("title"), ("xref", "fn")), [_section(s) for s in element.findall("sec")]


def _body(facts: Facts, root: etree._Element) -> None:
    body, back = root.find("body"), root.find("back")
    if body is not None:
        facts.sections = [_section(s) for s in body.findall("sec")]
        facts.body = [text for p in body.iter("p") if (text := text_of(p))]
        facts.lists = [len(e.findall("list-item")) for e in body.iter("list")]
    for element in back if back is not None else ():
        if element.tag == "sec":
            facts.back.append(STATEMENTS.get(element.get("sec-type") or "", "other"))
        elif element.tag not in ("ref-list", "fn-group"):
            facts.back.append("app" if element.tag == "app-group" else str(element.tag))
    for scope in (s for s in (body, back) if s is not None):
        for fig in scope.iter("fig"):
            graphic = next(fig.iter("graphic"), None)
            href = (graphic.get(HREF) or "") if graphic is not None else ""
            facts.figures.append((text_of(fig.find("label")), text_of(fig.find("caption")), href))
        for wrap in scope.iter("table-wrap"):
            rows = [[text_of(c) for c in row] for row in wrap.iter("tr")]
            facts.tables.append((text_of(wrap.find("label")), text_of(wrap.find("caption")), rows))
        for formula in scope.iter("disp-formula"):
            facts.equations.append(
                (text_of(formula.find("label")), " ".join(text_of(t) for t in formula.iter("tex-math")))
            )
        for note in scope.iter("fn"):
            if getattr(note.getparent(), "tag", "") != "table-wrap-foot" and note.get("fn-type", "other") == "other":
                facts.footnotes.append(text_of(note, ("label",)))


def _references(facts: Facts, root: etree._Element) -> None:
    numbers: dict[str, int] = {}
    for ref in root.iterfind(".//ref-list//ref"):
        facts.references.append(_reference(ref))
        numbers[ref.get("id") or ""] = len(facts.references)
    facts.list_titles = [text_of(t) for r in root.iter("ref-list") if (t := r.find("title")) is not None]
    idents = {i for e in root.iter() if (i := e.get("id"))}
    facts.mentions = dict(Counter(x.get("ref-type") or "" for x in root.iter("xref") if x.get("ref-type") != "bibr"))
    last: etree._Element | None = None
    for xref in root.iter("xref"):
        rids = (xref.get("rid") or "").split()
        facts.dangling += [r for r in rids if r not in idents]
        if xref.get("ref-type") != "bibr":
            continue
        joined = last is not None and xref.getprevious() is last and BETWEEN.fullmatch(last.tail or "")
        if not joined or re.search(r"[\])]\s*[\[(]", (last.tail or "") if last is not None else ""):
            facts.cited.append([])
        facts.cited[-1] += [numbers[r] for r in rids if r in numbers and numbers[r] not in facts.cited[-1]]
        last = xref


def _reference(ref: etree._Element) -> Reference:
    def get(*tags: str) -> list[str]:
        return [t for tag in tags for e in ref.iter(tag) if (t := text_of(e))]

    links = [e.get(HREF) or text_of(e) for e in ref.iter("ext-link", "uri")]
    dois = [m[0].lower() for link in links if (m := re.search(r"10\.\d{4,9}/\S+", link))]
    first, last = get("fpage"), get("lpage")
    return Reference(
        label=text_of(ref.find("label")),
        kinds={e.get("publication-type") or "" for e in ref.iter("mixed-citation", "element-citation")},
        text=text_of(ref, ("label",)),
        authors=get("surname", "string-name", "collab"),
        year=get("year"),
        title=get("article-title", "chapter-title", "part-title", "data-title"),
        source=get("source", "conf-name", "publisher-name"),
        volume=get("volume"),
        issue=get("issue"),
        pages=[f"{a}-{b}" for a, b in zip(first, last, strict=False)] + get("page-range", "elocation-id") + first,
        doi=[t.lower() for t in get("pub-id") if t.startswith("10.")] + dois,
        uri=links,
    )
