"""The front matter of the Article, out of decided units."""

from __future__ import annotations

from collections.abc import Sequence

from jatspack.article import LABELLED, Accounted, Article, Section, Title
from jatspack.findings import Finding, finding
from jatspack.read.document import Paragraph
from jatspack.recognize.decoder import Decision
from jatspack.recognize.front import fields, matter
from jatspack.recognize.front.issue import issue_facts
from jatspack.recognize.front.languages import passage_language
from jatspack.recognize.front.people import Gathered, gather
from jatspack.recognize.front.permissions import licence_address
from jatspack.recognize.lexicon import Lexicon
from jatspack.recognize.people.matching import match
from jatspack.recognize.segments import Segment
from jatspack.richtext import EMPTY, Rich

LEAST_TITLE = 3  # words
SHORT_ABSTRACT = 4  # times that the real abstract is longer than a line taken for one


def _of(parts: Sequence[Segment], *roles: str) -> list[Segment]:
    return [s for s in parts if s.role in roles]


def fill_front(
    article: Article,
    parts: Sequence[Segment],
    decisions: Sequence[Decision],
    known: list[str],
    lexicon: Lexicon,
    findings: list[Finding],
) -> None:
    """Put titles, people, abstracts, keywords, codes, dates, issue, notes into the article; doubts go to `findings`."""
    roles = [d.role for d in decisions]
    article.abstracts = list(fields.abstracts(_of(parts, "abstract-head", "abstract"), known, roles))
    _take_out_notes(article)
    _untitle_structured(article)
    languages = list(dict.fromkeys([*known, *(a.lang for a in article.abstracts if a.lang != "und")]))
    _titles(article, _of(parts, "title"), languages)
    _titles_in_abstracts(article, lexicon)
    near = {d.unit.index: passage_language(d.unit.text.plain, languages, d) for d in decisions if d.role == "abstract"}
    article.keywords = list(fields.keywords(_of(parts, "keywords-head", "keywords"), languages, near))
    for segment in _of(parts, "title", "keywords-head"):
        for decision in segment.decisions:
            if segment.role == "title" and (row := fields.label_words(decision, "label made an element")):
                article.accounted.append(row)
    languages = list(dict.fromkeys([*languages, *(t.lang for t in article.titles)]))
    _people(article, gather(decisions, languages, lexicon), findings)
    around = matter.collect(decisions, lexicon)
    article.identifiers, article.dates = around.identifiers, around.dates
    article.copyright, article.licence = around.copyright, around.licence
    article.licence_url = licence_address(article.licence)
    article.issue = issue_facts(decisions, [t.text.plain for t in article.titles], lexicon)
    article.accounted += around.accounted
    article.author_notes += matter.paragraphs(around.notes, "note")
    article.front_notes += matter.paragraphs(around.notes, "running-matter")


def _take_out_notes(article: Article) -> None:
    """A line without a label that reads as an abstract beside the real one of its language is a note."""
    size = {id(a): sum(len(b.text.text) for b in a.blocks if isinstance(b, Paragraph)) for a in article.abstracts}
    longest = {a.lang: max(size[id(b)] for b in article.abstracts if b.lang == a.lang) for a in article.abstracts}
    for abstract in list(article.abstracts):
        short = size[id(abstract)] * SHORT_ABSTRACT < longest[abstract.lang]
        if short and not abstract.title.plain and all(isinstance(b, Paragraph) for b in abstract.blocks):
            article.author_notes += [b for b in abstract.blocks if isinstance(b, Paragraph)]
            article.abstracts.remove(abstract)


def _untitle_structured(article: Article) -> None:
    """The titles of a structured abstract are the heads of its sections; its label became the element."""
    for abstract in article.abstracts:
        if abstract.title.plain and any(isinstance(block, Section) for block in abstract.blocks):
            line = abstract.title.lines[0]
            article.accounted.append(Accounted(line, abstract.title.plain, "label made an element"))
            abstract.title = EMPTY


def _titles(article: Article, parts: Sequence[Segment], known: Sequence[str]) -> None:
    """One title a language, that with the best evidence: the article's own first, then in printed order. One that is
    printed again is accounted for; what reads otherwise is kept as a note."""
    best: dict[str, fields.PrintedTitle] = {}
    printed = list(fields.titles(parts, known))
    for title in sorted(printed, key=lambda t: -t.weight):
        best.setdefault(title.lang, title)
    for title in printed:
        chosen = best[title.lang]
        if title is not chosen and _same(title.text, chosen.text):
            article.accounted.append(Accounted(title.origin.lines[0][0], title.text.plain, "title printed again"))
        elif title is not chosen:
            article.front_notes.append(Paragraph(title.text, title.origin.lines[0]))
    own = article.language.split("-")[0]
    kept = [t for t in printed if t is best[t.lang]]
    article.titles = [Title(t.lang, t.text, t.origin) for t in sorted(kept, key=lambda t: t.lang.split("-")[0] != own)]


def _titles_in_abstracts(article: Article, lexicon: Lexicon) -> None:
    """Abstract – *The title.* Text: the one head of an abstract that names no part, where its language has no title."""
    for abstract in article.abstracts:
        head = abstract.blocks[0] if len(abstract.blocks) == 1 else None
        if not isinstance(head, Section) or any(t.lang == abstract.lang for t in article.titles):
            continue
        if len(head.title.plain.split()) >= LEAST_TITLE and not lexicon.section_type(head.title.plain)[0]:
            article.titles.append(
                Title(abstract.lang, head.title.strip(" .:").without("italic", "bold"), abstract.origin)
            )
            abstract.blocks = list(head.blocks)


def _same(one: Rich, other: Rich) -> bool:
    """Whether every word of one title stands in the other."""
    ours, theirs = (set(t.plain.casefold().split()) for t in (one, other))
    return len(ours - theirs) <= len(ours) / 5


def _people(article: Article, gathered: Gathered, findings: list[Finding]) -> None:
    people = match(gathered.groups, article.language)
    article.contributors, article.affiliations = people.contributors, people.affiliations
    article.accounted += [*gathered.accounted, *people.accounted]
    findings += gathered.findings
    for group in gathered.groups:
        for placed in group.persons:
            marks = [m for m in placed.person.marks if m.isalnum()]
            if placed.person.misread and "1" in marks:
                marks.remove("1")  # the text prints a letter, which is accounted for with its word
            if marks:
                article.accounted.append(Accounted(placed.person.line, " ".join(marks), "mark made a link"))
        for affiliation in group.affiliations:
            for mark in affiliation.marks:
                if mark.isalnum():
                    article.accounted.append(Accounted(affiliation.text.lines[0], mark, LABELLED))
        if group.persons and not group.linked:
            lines = tuple((p.person.line, p.person.line) for p in group.persons[:1])
            findings.append(finding("affiliations-unlinked", *lines, lang=group.lang))
        for contact in group.undealt:
            findings.append(finding("contact-undealt", (contact.line, contact.line), value=contact.value))
            article.correspondence.append(Paragraph(Rich.of(contact.value, contact.line), (contact.line, contact.line)))
    for line, orcid in people.spare:
        findings.append(finding("contact-undealt", (line, line), value=orcid))
    _repeated_contacts(article, gathered)
    for lang, placed in people.unmatched:
        line = placed.person.line
        findings.append(finding("author-unmatched", (line, line), name=placed.person.printed, lang=lang))
        article.accounted.append(Accounted(line, placed.person.printed, "name that matches no author"))
    article.author_notes += [Paragraph(text, text.lines) for text in gathered.notes]
    for _, text in gathered.loose:
        article.correspondence.append(Paragraph(text, text.lines))


def _repeated_contacts(article: Article, gathered: Gathered) -> None:
    seen: set[str] = set()
    for group in gathered.groups:
        for contact in group.contacts:
            if contact.value in seen:
                article.accounted.append(Accounted(contact.line, contact.value, "contact printed again"))
            seen.add(contact.value)
