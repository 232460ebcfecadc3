"""Titles, abstracts, keywords, codes and dates as article.toml has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from jatspack.article import Abstract, BodyBlock, HistoryDate, Identifier, KeywordGroup, Section, Title
from jatspack.config import ArticleConfig
from jatspack.read.document import Paragraph
from jatspack.recognize.corrections.ledger import Ledger, rich_words
from jatspack.recognize.front.permissions import licence_address
from jatspack.recognize.walk import iter_rich
from jatspack.richtext import EMPTY, Rich

EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")
DATES = {"received": "received", "revised": "rev-recd", "accepted": "accepted", "published": "pub"}


class Spoken(Protocol):
    """Something in one language."""

    lang: str


S = TypeVar("S", bound=Spoken)


def correct_front(ledger: Ledger, config: ArticleConfig) -> None:
    """Set, replace or remove the fields of article-meta that are no people."""
    _titles(ledger, config)
    _subtitles(ledger, config)
    _subjects(ledger, config)
    _permissions(ledger, config)
    _abstracts(ledger, config)
    _keywords(ledger, config)
    _identifiers(ledger, config)
    _dates(ledger, config)


def in_language(items: Sequence[S], lang: str) -> S | None:
    """The one in a language; where none has just this tag, one of the same language in another script or country."""
    base = lang.partition("-")[0]
    exact = next((i for i in items if i.lang == lang), None)
    return exact or next((i for i in items if i.lang.partition("-")[0] == base), None)


def paragraphs(text: str, line: int) -> list[BodyBlock]:
    """The paragraphs of a text of the configuration."""
    return [
        Paragraph(Rich.of(" ".join(piece.split()), line), (line, line))
        for piece in EMPTY_LINE.split(text.strip())
        if piece.strip()
    ]


def words_of(blocks: Iterable[BodyBlock]) -> str:
    """All words of blocks, in reading order."""
    out = []
    for block in blocks:
        if isinstance(block, Section):
            out.append(block.label)
        out += [rich_words(text) for _, text in iter_rich([block])]
    return " ".join(out)


def _titles(ledger: Ledger, config: ArticleConfig) -> None:
    article = ledger.article
    for lang, text in config.titles.items():
        old, rule = in_language(article.titles, lang), ledger.rule("titles", lang)
        line = old.origin.lines[0][0] if old and old.origin.lines else 0
        before = f"{rich_words(old.text)} {rich_words(old.subtitle)}" if old else ""
        ledger.replaced(before, text, line, rule)
        new = Title(lang, Rich.of(text.strip(), line), ledger.origin(old.origin if old else None, "titles", lang))
        _put(article.titles, old, new if text.strip() else None)
    own = article.language.partition("-")[0]
    article.titles.sort(key=lambda t: t.lang.partition("-")[0] != own)


def _subtitles(ledger: Ledger, config: ArticleConfig) -> None:
    for lang, text in config.subtitles.items():
        title = in_language(ledger.article.titles, lang)
        if title is None:
            ledger.unfit(f"there is no title in {lang}", f"give it: [titles] {lang} = …", "subtitles", 0)
            continue
        line = title.origin.lines[0][0] if title.origin.lines else 0
        ledger.replaced(title.subtitle, text, line, ledger.rule("subtitles", lang))
        title.subtitle = Rich.of(text.strip(), line)


def _subjects(ledger: Ledger, config: ArticleConfig) -> None:
    """What is given takes the place of what was read in the same language."""
    for lang in config.subjects:
        base = lang.partition("-")[0]
        for known, text in ledger.article.subjects:
            if known.partition("-")[0] == base:
                ledger.replaced(text, "", text.lines[0], ledger.rule("subjects", lang))
        ledger.article.subjects = [s for s in ledger.article.subjects if s[0].partition("-")[0] != base]


def _permissions(ledger: Ledger, config: ArticleConfig) -> None:
    article = ledger.article
    for key, text in (("licence", config.licence), ("copyright", config.copyright)):
        if text is not None:
            before: Rich = getattr(article, key)
            ledger.replaced(before, text, before.lines[0], ledger.rule(key))
            setattr(article, key, Rich.of(text.strip(), before.lines[0]))
    article.licence_url = licence_address(article.licence)


def _abstracts(ledger: Ledger, config: ArticleConfig) -> None:
    article = ledger.article
    for lang, text in config.abstracts.items():
        old, rule = in_language(article.abstracts, lang), ledger.rule("abstracts", lang)
        origin = ledger.origin(old.origin if old else None, "abstracts", lang)
        line = old.origin.lines[0][0] if old and old.origin.lines else 0
        blocks: list[BodyBlock] = []
        if isinstance(text, str):
            blocks = paragraphs(text, line)
        else:
            for head, words in text.items():
                blocks.append(Section("", Rich.of(head, line), paragraphs(words, line), origin))
        _replaced_abstract(ledger, old, blocks, line, rule)
        _put(article.abstracts, old, Abstract(lang, old.title if old else EMPTY, blocks, origin) if blocks else None)


def _replaced_abstract(ledger: Ledger, old: Abstract | None, blocks: list[BodyBlock], line: int, rule: str) -> None:
    before = words_of(old.blocks) if old else ""
    if old and not blocks:
        before = f"{rich_words(old.title)} {before}"
    ledger.replaced(before, words_of(blocks), line, rule)


def _keywords(ledger: Ledger, config: ArticleConfig) -> None:
    article = ledger.article
    for lang, given in config.keywords.items():
        old, rule = in_language(article.keywords, lang), ledger.rule("keywords", lang)
        line = old.origin.lines[0][0] if old and old.origin.lines else 0
        before = " ".join(rich_words(k) for k in old.keywords) if old else ""
        if old and not given:
            before = f"{rich_words(old.title)} {before}"
        ledger.replaced(before, " ".join(given), line, rule)
        keywords = [Rich.of(k.strip(), line) for k in given if k.strip()]
        origin = ledger.origin(old.origin if old else None, "keywords", lang)
        title = old.title if old else EMPTY
        _put(article.keywords, old, KeywordGroup(lang, title, keywords, origin) if keywords else None)


def _put(items: list[S], old: S | None, new: S | None) -> None:
    """The new one in the place of the old; at the end where there was none."""
    at = items.index(old) if old is not None else len(items)
    items[at : at + 1] = [new] if new is not None else []


def _identifiers(ledger: Ledger, config: ArticleConfig) -> None:
    """Each kind as a whole: all values that were read of it go."""
    given: dict[str, tuple[list[str], tuple[str, ...]]] = {}
    if config.doi is not None:
        given["doi"] = ([config.doi], ("doi",))
    if config.publisher_id:
        given["publisher-id"] = ([config.publisher_id], ("publisher_id",))
    for kind, value in config.identifiers.items():
        given[kind] = ([value] if isinstance(value, str) else value, ("identifiers", kind))
    for kind, (texts, path) in given.items():
        old = [i for i in ledger.article.identifiers if i.kind == kind]
        line = old[0].origin.lines[0][0] if old and old[0].origin.lines else 0
        values = [v.strip() for v in texts if v.strip()]
        ledger.replaced(" ".join(i.value for i in old), " ".join(values), line, ledger.rule(*path), ordered=False)
        origin = ledger.origin(old[0].origin if old else None, *path)
        ledger.article.identifiers = [i for i in ledger.article.identifiers if i.kind != kind]
        ledger.article.identifiers += [Identifier(kind, value, value, origin) for value in values]


def _dates(ledger: Ledger, config: ArticleConfig) -> None:
    for key, kind in DATES.items():
        given: str | None = getattr(config, key)
        if given is None:
            continue
        old = [d for d in ledger.article.dates if d.date_type == kind]
        line = old[0].origin.lines[0][0] if old and old[0].origin.lines else 0
        ledger.replaced(" ".join(d.printed for d in old), "", line, ledger.rule(key), ordered=False)
        ledger.article.dates = [d for d in ledger.article.dates if d.date_type != kind]
        if given:
            origin = ledger.origin(old[0].origin if old else None, key)
            ledger.article.dates.append(HistoryDate(kind, given, given, origin))  # type: ignore[arg-type]
