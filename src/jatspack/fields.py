"""The fields of an Article, one row each, for the report: what was recognised, from which lines, how surely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jatspack.article import Article, BodyBlock, Caption, Figure, Formula, Origin, Section, TableWrap
from jatspack.config import Model
from jatspack.richtext import Rich


class Field(Model):
    """A recognised field, named after its JATS element. `lines` are 1-based and inclusive."""

    field: str
    lang: str
    value: str
    lines: list[tuple[int, int]]
    rule: str
    confidence: float


def fields_of(article: Article) -> list[Field]:
    """Every recognised field, in the order of JATS: front, body, back."""
    return [*_front(article), *_people(article), *_texts(article), *_body(article.body), *_back(article)]


def _row(name: str, lang: str, value: str, origin: Origin) -> Field:
    return Field(
        field=name,
        lang=lang,
        value=value,
        lines=list(origin.lines),
        rule=origin.rule,
        confidence=round(origin.confidence, 3),
    )


def _front(article: Article) -> Iterator[Field]:
    for code in article.identifiers:
        yield _row(f"article-id[{code.kind}]", "", code.value, code.origin)
    for date in article.dates:
        yield _row(f"date[{date.date_type}]", "", date.iso, date.origin)
    for fact in article.issue:
        yield _row(fact.kind, "", fact.value, fact.origin)
    for title in article.titles:
        yield _row("article-title", title.lang, title.text.plain, title.origin)
        if title.subtitle.plain:
            yield _row("subtitle", title.lang, title.subtitle.plain, title.origin)


def _people(article: Article) -> Iterator[Field]:
    for person in article.contributors:
        for name in person.names:
            value = " ".join(p for p in (name.prefix, name.given_names, name.surname, name.suffix) if p)
            yield _row(f"contrib[{person.contrib_type}]", name.lang, value, person.origin)
        for email in person.emails:
            yield _row("email", "", email, person.origin)
        if person.orcid:
            yield _row("contrib-id[orcid]", "", person.orcid, person.origin)
        for affiliation in person.affiliations:
            yield _row("xref[aff]", "", affiliation, person.origin)
        if person.corresponding:
            yield _row("corresp", "", "yes", person.origin)
    for one in article.affiliations:
        for lang, tagged in one.texts:
            yield _row("aff", lang, tagged.text.plain, one.origin)


def _texts(article: Article) -> Iterator[Field]:
    for abstract in article.abstracts:
        yield _row("abstract", abstract.lang, abstract.title.plain, abstract.origin)
    for group in article.keywords:
        yield _row("kwd-group", group.lang, "; ".join(k.plain for k in group.keywords), group.origin)


def _body(blocks: Iterable[BodyBlock]) -> Iterator[Field]:
    for block in blocks:
        match block:
            case Section():
                name = f"sec[{block.sec_type}]" if block.sec_type else "sec"
                yield _row(name, block.lang, _labelled(block.label, block.title), block.origin)
                yield from _body(block.blocks)
            case Figure() | TableWrap():
                name = "fig" if isinstance(block, Figure) else "table-wrap"
                for caption in block.captions or [Caption("", "", Rich())]:
                    yield _row(name, caption.lang, _labelled(caption.label, caption.text), block.origin)
            case Formula():
                yield _row("disp-formula", "", f"{block.label} {block.tex}".strip(), block.origin)
            case _:
                pass


def _labelled(label: str, text: Rich) -> str:
    return f"{label} {text.plain}".strip()


def _back(article: Article) -> Iterator[Field]:
    for section in article.back:
        yield _row(f"back[{section.kind}]", section.lang, section.title.plain, section.origin)
    for note in article.footnotes:
        yield _row("fn", "", note.label, note.origin)
    for one in article.reference_lists:
        yield _row("ref-list", one.lang, one.title.plain, one.origin)
        for reference in one.references:
            for citation in reference.citations:
                yield _row("ref", citation.lang, citation.text.text.plain, citation.origin)
