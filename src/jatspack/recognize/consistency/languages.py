"""Titles, abstracts and keywords that one of the article's languages has and another has not."""

from __future__ import annotations

from collections.abc import Iterator

from jatspack.article import Abstract, Article, KeywordGroup, Title
from jatspack.findings import Finding, finding
from jatspack.read.document import Lines


def missing_languages(article: Article) -> Iterator[Finding]:
    """Languages in which a field is missing that others have, and keyword lists of different length."""
    fields: dict[str, list[Title] | list[Abstract] | list[KeywordGroup]] = {
        "title": article.titles,
        "abstract": article.abstracts,
        "keywords": article.keywords,
    }
    known = {name: {_base(one.lang): one.origin.lines[:1] for one in values} for name, values in fields.items()}
    spoken = dict.fromkeys(lang for langs in known.values() for lang in langs if lang not in ("", "und"))
    for name, langs in known.items():
        if not langs or set(langs) & {"", "und"}:
            continue  # the one of unknown language may be the one that is missed
        for lang in spoken:
            if lang not in langs:
                others = [other for other, has in known.items() if lang in has]
                lines: tuple[Lines, ...] = known[others[0]][lang]
                yield finding("language-missing", *lines, field=name, lang=lang, others=" and ".join(others))
    yield from _counts(article.keywords)


def _counts(groups: list[KeywordGroup]) -> Iterator[Finding]:
    """Lists of one article say the same in each language; a count that differs shows a keyword lost or cut."""
    if len(groups) > 1 and len({len(group.keywords) for group in groups}) > 1:
        counts = ", ".join(f"{group.lang or 'und'} {len(group.keywords)}" for group in groups)
        lines = [line for group in groups for line in group.origin.lines[:1]]
        yield finding("keyword-counts-differ", *lines, counts=counts)


def _base(lang: str) -> str:
    return lang.partition("-")[0]
