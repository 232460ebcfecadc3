"""Words, citations and languages anywhere in the text as article.toml has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from jatspack.article import Affiliation, Article, BodyBlock, Figure, Origin, Part, Section, TableWrap, Tagged
from jatspack.config import Config
from jatspack.config.article import Citation, Passage, Replace
from jatspack.findings import Finding
from jatspack.read.document import Lines, Paragraph
from jatspack.recognize.corrections.anchors import Place, nearest
from jatspack.recognize.corrections.blocks import holders
from jatspack.recognize.corrections.front import Spoken
from jatspack.recognize.corrections.ledger import Ledger
from jatspack.recognize.corrections.references import locate_reference, reference_places
from jatspack.recognize.corrections.sought import Sought
from jatspack.recognize.walk import Place as Kind
from jatspack.recognize.walk import replace_article, replace_holder
from jatspack.richtext import Rich, Xref
from jatspack.wording import letters

CITATIONS = "citations"
OPENING, CLOSING = "([（［ ", ")]）］ "
Edit = tuple[int, int, Rich]  # start, end, and what stands there instead
Change = Callable[[Rich], list[Edit]]


# --- all texts ------------------------------------------------------------------


def change_texts(article: Article, change: Change, *, body_only: bool = False) -> None:
    """Pass every text of the article through `change`, in an order that is always the same."""

    def rich(text: Rich, _: Kind = "text") -> Rich:
        return edited(text, change(text)) if text else text

    if not body_only:
        _front(article, rich)
        for people in article.contributors:
            for name in people.names:
                name.surname, name.given_names = rich(Rich.of(name.surname)).text, rich(Rich.of(name.given_names)).text
        for one in article.affiliations:
            one.texts = [(lang, _tagged(tagged, change)) for lang, tagged in one.texts]
        for group in article.reference_lists:
            group.title = rich(group.title)
            for reference in group.references:
                for citation in reference.citations:
                    citation.text = _tagged(citation.text, change)
    for abstract in article.abstracts:
        replace_holder(abstract, rich)
    replace_article(article, rich)
    for notes in (article.author_notes, article.front_notes, article.correspondence):
        notes[:] = [replace(note, text=rich(note.text)) for note in notes]


def every_text(article: Article) -> list[Rich]:
    """All texts that a correction of words can reach, in the order of `change_texts`."""
    out: list[Rich] = []

    def look(text: Rich) -> list[Edit]:
        out.append(text)
        return []

    change_texts(article, look)
    return out


def _front(article: Article, rich: Callable[[Rich], Rich]) -> None:
    for title in article.titles:
        title.text, title.subtitle = rich(title.text), rich(title.subtitle)
    for group in article.keywords:
        group.keywords = [rich(keyword) for keyword in group.keywords]
    article.licence, article.copyright = rich(article.licence), rich(article.copyright)


def edited(text: Rich, edits: Sequence[Edit]) -> Rich:
    """The text with stretches of it replaced."""
    if not edits:
        return text
    out: list[Rich] = []
    at = 0
    for start, end, new in sorted(edits, key=lambda e: e[0]):
        out += [text[at:start], new]
        at = end
    return Rich.join([*out, text[at:]])


def _tagged(tagged: Tagged, change: Change) -> Tagged:
    edits = change(tagged.text)
    return Tagged(edited(tagged.text, edits), _moved(tagged.parts, edits)) if edits else tagged


def _moved(parts: Sequence[Part], edits: Sequence[Edit]) -> tuple[Part, ...]:
    def at(offset: int, end: bool) -> int:
        shift = 0
        for start, stop, new in edits:
            if stop <= offset:
                shift += len(new) - (stop - start)
            elif start < offset:
                return start + shift + (len(new) if end else 0)
        return offset + shift

    return tuple(replace(p, start=at(p.start, False), end=at(p.end, True), parts=_moved(p.parts, edits)) for p in parts)


# --- occurrences ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where words stand: in which text (by the order of `change_texts`), and where in it."""

    number: int
    start: int
    end: int


def _spots(article: Article, find: str, within: str, *, body_only: bool) -> list[Place[_Spot]]:
    sought = Sought(find)
    out: list[Place[_Spot]] = []
    number = 0

    def look(text: Rich) -> list[Edit]:
        nonlocal number
        number += 1
        if not within or letters(text.text).startswith(letters(within)):
            for start, end in sought.spans(text.text):
                line = text.line_at(start)
                out.append(Place(_Spot(number, start, end), (line, line)))
        return []

    change_texts(article, look, body_only=body_only)
    return out


def _chosen(ledger: Ledger, entry: Replace | Citation, n: int, table: str) -> list[_Spot]:
    places = _spots(ledger.article, entry.find, entry.within, body_only=table == CITATIONS)
    if entry.all and places:
        return [p.target for p in places]
    found = nearest(places, entry.lines)
    if entry.lines and len({(p.target.number, p.lines) for p in found.rivals}) == 1:
        return [p.target for p in found.rivals]  # all of one line
    spot = ledger.one(found, entry.find, table, n)
    return [spot] if spot else []


def _edit(article: Article, spots: Sequence[_Spot], new: Callable[[Rich], Rich], *, body_only: bool) -> None:
    number = 0

    def change(text: Rich) -> list[Edit]:
        nonlocal number
        number += 1
        return [(s.start, s.end, new(text[s.start : s.end])) for s in spots if s.number == number]

    change_texts(article, change, body_only=body_only)


# --- words ------------------------------------------------------------------------


def correct_words(ledger: Ledger, given: Sequence[Replace]) -> None:
    """Words that were misread, where they stand; style and links of the first character go on."""
    for n, entry in enumerate(given):
        spots = _chosen(ledger, entry, n, "replace")

        def new(old: Rich, entry: Replace = entry, n: int = n) -> Rich:
            run = old.runs[0]
            ledger.replaced(old, entry.by, run.line, ledger.rule("replace", n))
            return Rich((replace(run, text=entry.by, object=None),)) if entry.by else Rich()

        if spots:
            _edit(ledger.article, spots, new, body_only=False)


def answered(found: Finding, config: Config) -> bool:
    """Whether a doubt about a word of the source is answered by a replacement of it."""
    if found.code not in ("word-split", "space-lost", "mixed-scripts", "misread"):
        return False
    return any(letters(found.data["word"]) in letters(entry.find) for entry in config.article.replace)


# --- citations --------------------------------------------------------------------


def correct_citations(ledger: Ledger, given: Sequence[Citation]) -> None:
    """Links made before the citations are linked, which leave alone what has a link; one to nothing is none."""
    places = list(reference_places(ledger.article)) if given else []
    for n, entry in enumerate(given):
        found = [ledger.one(locate_reference(one, "", places), one, CITATIONS, n) for one in entry.references]
        targets = [one.reference.id for one in found if one is not None]
        spots = _chosen(ledger, entry, n, CITATIONS) if len(targets) == len(found) else []

        def new(old: Rich, ids: str = " ".join(dict.fromkeys(targets))) -> Rich:
            inner = len(old) - len(old.text.lstrip(OPENING))
            stop = len(old.text.rstrip(CLOSING))
            linked = [replace(run, xref=Xref("bibr", ids), href="") for run in old[inner:stop]]
            return old[:inner] + Rich(tuple(linked)) + old[stop:]

        if spots:
            _edit(ledger.article, spots, new, body_only=True)


# --- languages --------------------------------------------------------------------


def correct_languages(ledger: Ledger, given: Sequence[Passage]) -> None:
    """The language of whatever begins with these words and says what language it is in."""
    for n, entry in enumerate(given):
        setter = ledger.locate(entry, _spoken(ledger.article), "passages", n)
        if setter is not None:
            setter(entry.lang, ledger.rule("passages", n))


def _spoken(article: Article) -> Iterator[Place[Callable[[str, str], None]]]:
    for title in article.titles:
        yield _place(title, title.origin.lines, title.text.plain)
    for abstract in article.abstracts:
        yield _place(abstract, abstract.origin.lines, abstract.title.plain, *_start(abstract.blocks))
    for group in article.keywords:
        words = ", ".join(k.plain for k in group.keywords)
        yield _place(group, group.origin.lines, words, f"{group.title.plain} {words}")
    for one in article.affiliations:
        for n, (_, tagged) in enumerate(one.texts):
            yield Place(partial(_affiliation_language, one, n), _span(one.origin.lines), (), (tagged.text.plain,))
    for section in article.back:
        yield _place(section, section.origin.lines, section.title.plain, *_start(section.blocks))
    for blocks in holders(article):
        for block in blocks:
            if isinstance(block, Section):
                yield _place(block, block.origin.lines, block.title.plain, f"{block.label} {block.title.plain}")
            elif isinstance(block, Figure | TableWrap):
                for caption in block.captions:
                    text = caption.text.plain
                    yield _place(caption, block.origin.lines, text, f"{caption.label} {text}")
    for one_list in article.reference_lists:
        yield _place(one_list, one_list.origin.lines, one_list.title.plain)
        for reference in one_list.references:
            for citation in reference.citations:
                yield _place(citation, citation.origin.lines, citation.text.text.plain)


def _place(thing: Spoken, lines: Sequence[Lines], *texts: str) -> Place[Callable[[str, str], None]]:
    return Place(partial(_speak, thing), _span(lines), (), tuple(t for t in texts if t.strip()))


def _speak(thing: Spoken, lang: str, rule: str) -> None:
    thing.lang = lang
    origin = getattr(thing, "origin", None)  # a caption has none of its own
    if isinstance(origin, Origin):
        thing.origin = replace(origin, rule=rule, confidence=1.0)  # type: ignore[attr-defined]


def _affiliation_language(one: Affiliation, n: int, lang: str, rule: str) -> None:
    one.texts[n] = (lang, one.texts[n][1])
    one.origin = replace(one.origin, rule=rule, confidence=1.0)


def _span(lines: Sequence[Lines]) -> Lines:
    return (lines[0][0], lines[-1][1]) if lines else (0, 0)


def _start(blocks: Sequence[BodyBlock]) -> Iterator[str]:
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph):
        yield first.text.plain
    elif isinstance(first, Section):
        yield first.title.plain
