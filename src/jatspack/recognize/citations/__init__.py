"""In-text citations made links: [3], [1, 4-6], [3, p. 45], superscripts, (Author, 2018), Author (2018)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from jatspack.article import Article
from jatspack.findings import Finding, finding
from jatspack.recognize.citations import numbers
from jatspack.recognize.citations.authors import Mention, mentions
from jatspack.recognize.citations.doubts import Doubts, is_linked, label_of
from jatspack.recognize.citations.works import Works, works_of
from jatspack.recognize.walk import Place, replace_article, replace_holder
from jatspack.richtext import Rich, Run, Xref

FEW = 3  # bracketed citations from which on a document cites by number


@dataclass(slots=True)
class _Linker:
    """Turns citations into links, and remembers what was cited and what could not be."""

    works: Works
    doubts: Doubts
    cited: set[str] = field(default_factory=set)
    read: dict[str, list[Mention]] = field(default_factory=dict)

    def mentions(self, text: Rich) -> list[Mention]:
        """Names with years in a text; each text is read once, though it is asked for twice."""
        if text.text not in self.read:
            self.read[text.text] = list(mentions(text.text, self.works))
        return self.read[text.text]

    def brackets(self, text: Rich) -> Rich:
        groups = list(numbers.brackets(text.text, self.works, partly=True))
        for group in groups:
            self.doubts.beside(text, group)
        return self._numbers(text, [m for group in groups for m in group])

    def raised(self, text: Rich) -> Rich:
        return self._numbers(text, [m for group in numbers.raised(text, self.works) for m in group])

    def authors(self, text: Rich) -> Rich:
        spans = []
        found = self.mentions(text)
        citing = {mention.clause for mention in found if mention.work is not None}
        for mention in found:
            if is_linked(text, mention.start, mention.end):
                continue
            if mention.work is None:
                self.doubts.mention(text, mention, citing)
            else:
                self.cited.add(mention.work.reference.id)
                spans.append((mention.start, mention.end, mention.work.reference.id))
        return _with_links(text, spans)

    def years(self, text: Rich) -> Rich:
        """Names with years beside citations by number: nothing to link, but their years can be wrong."""
        for mention in self.mentions(text):
            if mention.work is None and not mention.several:
                self.doubts.mention(text, mention)
        return text

    def _numbers(self, text: Rich, found: Sequence[numbers.Mention]) -> Rich:
        spans = []
        for mention in found:
            if is_linked(text, mention.start, mention.end):
                continue
            line = text.line_at(mention.start)
            for n in mention.between:
                if between := self.works.number(n, line):
                    self.cited.add(between.id)
            reference = self.works.number(mention.number, line)
            if reference is not None:
                self.cited.add(reference.id)
                spans.append((mention.start, mention.end, reference.id))
            elif self.works.has(mention.number):
                fitting = self.works.called(mention.number)
                self.doubts.ambiguous(text, mention.start, mention.end, str(mention.number), fitting)
            else:
                self.doubts.without(text, mention.start, mention.end, f"[{mention.number}]")
        self.cited.update(r.id for n, at in numbers.in_formulas(text) if (r := self.works.number(n, at)))
        return _with_links(text, spans)


def link_citations(article: Article) -> list[Finding]:
    """Replace citations in the text by runs with an Xref; what does not fit the list is a finding.

    A document cites by number, by superscript or by author and year: the way that it uses most is taken.
    """
    works = works_of(article)
    if not works.lists:
        return []
    linker = _Linker(works, Doubts(works))
    style = _style(article, linker)
    _change(article, {"number": linker.brackets, "raised": linker.raised, "author": linker.authors}[style])
    if style != "author":
        _change(article, linker.years)
    findings = linker.doubts.findings
    if linker.cited:
        for one in article.reference_lists:
            for reference in one.references:
                if reference.id not in linker.cited:
                    lines = reference.citations[0].origin.lines
                    findings.append(finding("reference-never-cited", *lines, label=label_of(reference)))
    return findings


def _change(article: Article, change: Callable[[Rich], Rich]) -> None:
    def everywhere(text: Rich, place: Place) -> Rich:
        return text if place == "title" or not text else change(text)

    replace_article(article, everywhere)
    for abstract in article.abstracts:
        replace_holder(abstract, everywhere)


def _style(article: Article, linker: _Linker) -> str:
    """The way of citing: a list with numbers speaks for numbers, one without for names."""
    counts, works = {"number": 0, "raised": 0, "author": 0}, linker.works

    def count(text: Rich) -> Rich:
        linker.cited.update(i for run in text if run.xref and run.xref.ref_type == "bibr" for i in run.xref.rid.split())
        counts["number"] += sum(1 for _ in numbers.brackets(text.text, works))
        counts["raised"] += sum(1 for _ in numbers.raised(text, works))
        counts["author"] += sum(m.work is not None for m in linker.mentions(text))
        return text

    _change(article, count)
    if counts["author"] >= FEW and not works.labelled and counts["author"] > counts["number"]:
        return "author"
    if counts["number"] >= FEW or (counts["number"] and counts["number"] >= counts["author"]):
        return "number"
    if counts["raised"] >= FEW and counts["raised"] > counts["author"]:
        return "raised"
    return "author"


def _with_links(text: Rich, spans: Sequence[tuple[int, int, str]]) -> Rich:
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
