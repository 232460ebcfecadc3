"""Random Articles: anything that the types allow, however odd."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from jatspack.article import (
    Abstract,
    Affiliation,
    Article,
    BackSection,
    Caption,
    Citation,
    Contributor,
    Figure,
    Footnote,
    Formula,
    HistoryDate,
    Identifier,
    IssueFact,
    IssueKind,
    KeywordGroup,
    Name,
    Origin,
    Part,
    Reference,
    ReferenceList,
    Section,
    TableWrap,
    Tagged,
    Title,
)
from jatspack.config import ArticleConfig, Config, Journal, JournalConfig, Licence, Output
from jatspack.config.vocabulary import ArticleType
from jatspack.jats.models import PARTS
from jatspack.read.document import Cell, Code, Definitions, Heading, ListBlock, Paragraph, Quote, Rule, Table
from jatspack.richtext import HARD_BREAK, OBJECT, Image, Math, Note, Rich, Run, Xref

HERE = Origin(((1, 1),), "test")
LINES = (1, 1)
LANGS = st.sampled_from(["en", "kk", "ru", "zh-Hans", "", "und"])
WORDS = st.text(st.sampled_from("ab<&>\"' \n\t.,;éЖ中ﬁ\x0b\ufffe\u00ad" + HARD_BREAK), min_size=0, max_size=12)
TEXTS = st.sampled_from(["", " ", "\x0b", "x", "Ж & <é>", "two\nlines"])
VISIBLE = WORDS.map(lambda text: text + "x")
STYLES = st.frozensets(
    st.sampled_from(["bold", "italic", "sup", "sub", "monospace", "strike", "underline", "sc"]), max_size=3
)
HREFS = st.sampled_from(
    ["", "", "https://a.example/?x=1&y=2", "mailto:a@example.org", "doi:10.1/x", "javascript:x()", "#p",
     "http://a.example/100%", "http://a.example/[x]#y#z", "http:", "http://a:b/c"]
)  # fmt: skip
SOURCES = st.sampled_from(["a.png", "b c.jpg", "http://x.example/y.png", "100%.png", "a[1].png", "1:2", "", "\x0b"])
XREFS = st.sampled_from([None, None, Xref("bibr", "ref-1"), Xref("bibr", "ref-1 ref-2"), Xref("fig", "fig-1")])
MATH = st.builds(Math, VISIBLE, st.booleans())


def _object_run(thing: object) -> Run:
    return Run(OBJECT, object=thing)  # type: ignore[arg-type]


RUNS = st.builds(Run, WORDS, STYLES, HREFS, XREFS)
SIMPLE = st.lists(RUNS, max_size=3).map(lambda runs: Rich(tuple(runs)))
OBJECTS = st.one_of(
    MATH,
    st.builds(Image, SOURCES, SIMPLE),
    st.builds(lambda text: Note((Paragraph(text, LINES),), "1"), SIMPLE),
).map(_object_run)
RICH = st.lists(st.one_of(RUNS, RUNS, OBJECTS), max_size=4).map(lambda runs: Rich(tuple(runs)))
PARAGRAPHS = st.builds(Paragraph, RICH, st.just(LINES))
CODES = st.builds(Code, WORDS, st.just(LINES), st.sampled_from(["", "python"]))


def _nested(inner: st.SearchStrategy) -> st.SearchStrategy:
    blocks = st.lists(inner, max_size=2).map(tuple)
    cell = st.builds(Cell, blocks, st.booleans(), st.integers(1, 2), st.integers(1, 3), st.sampled_from(["", "left"]))
    rows = st.lists(st.lists(cell, max_size=2).map(tuple), max_size=2).map(tuple)
    return st.one_of(
        st.builds(
            ListBlock,
            st.booleans(),
            st.lists(blocks, max_size=2).map(tuple),
            st.just(LINES),
            st.integers(1, 30),
            st.sampled_from(["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"]),
            st.sampled_from(["1.", "1)", "(1)"]),
        ),
        st.builds(Quote, blocks, st.just(LINES)),
        st.builds(Definitions, st.lists(st.tuples(RICH, blocks), max_size=2).map(tuple), st.just(LINES)),
        st.builds(Table, rows, rows, st.just(LINES), SIMPLE),
    )


BLOCKS = st.recursive(
    st.one_of(
        PARAGRAPHS, PARAGRAPHS, CODES, st.builds(Heading, st.integers(1, 6), RICH, st.just(LINES)), st.just(Rule(LINES))
    ),
    _nested,
    max_leaves=5,
)
CAPTIONS = st.lists(st.builds(Caption, LANGS, WORDS, RICH), max_size=2)
FLOATS = st.one_of(
    st.builds(Figure, st.just(""), CAPTIONS, st.lists(SOURCES, max_size=2), WORDS, st.just(HERE)),
    st.builds(
        TableWrap, st.just(""), CAPTIONS, st.one_of(st.none(), BLOCKS), st.just(HERE), st.lists(PARAGRAPHS, max_size=1)
    ),
    st.builds(Formula, st.just(""), VISIBLE, WORDS, st.just(HERE)),
)
SECTIONS = st.recursive(
    st.builds(
        Section,
        st.just(""),
        RICH,
        st.lists(BLOCKS, max_size=2),
        st.just(HERE),
        WORDS,
        st.sampled_from(["", "intro"]),
        LANGS,
    ),
    lambda inner: st.builds(
        Section, st.just(""), RICH, st.lists(st.one_of(BLOCKS, FLOATS, inner), max_size=3), st.just(HERE)
    ),
    max_leaves=4,
)
BODY = st.lists(st.one_of(BLOCKS, FLOATS, SECTIONS), max_size=4)
PEOPLE = (("person-group-type", "author"),)


@st.composite
def tagged(draw: st.DrawFn, tags: frozenset[str]) -> Tagged:
    """Rich text with parts, some of which may not stand where they stand."""
    text = draw(RICH)
    size = len(text.text)
    cuts = sorted(draw(st.lists(st.integers(0, size), max_size=6, unique=True)))
    parts = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        tag = draw(st.sampled_from([*sorted(tags), "name", "country"]))
        inner: tuple[Part, ...] = ()
        if tag in PARTS and end - start > 1 and PARTS[tag]:
            inner = (Part(draw(st.sampled_from(sorted(PARTS[tag]))), start, end - 1),)
            inner = tuple(p for p in inner if p.tag not in ("ext-link", "pub-id", "name"))
        link = (("ext-link-type", "uri"), ("xlink:href", draw(HREFS)))
        attributes = {"ext-link": link, "pub-id": (("pub-id-type", "doi"),), "person-group": PEOPLE}.get(tag, ())
        parts.append(Part(tag, start, end, attributes, inner))
    return Tagged(text, tuple(parts))


NAMES = st.builds(
    Name, LANGS, VISIBLE, WORDS, WORDS, WORDS, st.sampled_from(["western", "eastern", "islensk", "given-only"])
)
LANG_TEXTS = st.lists(st.tuples(LANGS, VISIBLE), max_size=1)
CONTRIBUTORS = st.builds(
    Contributor,
    st.lists(NAMES, max_size=3),
    st.just(HERE),
    st.lists(st.sampled_from(["aff-1", "aff-2"]), max_size=2, unique=True),
    st.lists(st.just("a@example.org"), max_size=2),
    st.sampled_from(["", "0000-0002-1825-0097"]),
    st.booleans(),
    st.booleans(),
    LANG_TEXTS,
    LANG_TEXTS,
    st.lists(st.sampled_from(["Software", "Writing – original draft", "Кофе"]), max_size=1),
    st.lists(st.tuples(LANGS, st.lists(BLOCKS, max_size=1).map(tuple)), max_size=1),
    st.sampled_from(["author", "editor", "translator", "reviewer", "supervisor"]),
)
CITATIONS = st.builds(Citation, LANGS, tagged(PARTS["mixed-citation"]), st.sampled_from(["", "journal"]), st.just(HERE))
PAR_LIST = st.lists(PARAGRAPHS, max_size=1)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An Article whose links all have targets: that is the recognisers' promise, all else is the writer's."""
    affiliations = [
        Affiliation(f"aff-{n}", draw(WORDS), draw(st.lists(st.tuples(LANGS, tagged(PARTS["aff"])), max_size=2)), HERE)
        for n in (1, 2)
    ]
    references = [Reference(f"ref-{n}", draw(WORDS), draw(st.lists(CITATIONS, max_size=2))) for n in (1, 2)]
    figure = Figure("fig-1", draw(CAPTIONS), ["a.png"], draw(WORDS), HERE)
    kinds = st.sampled_from(
        ["ack", "app", "coi", "funding", "data-availability", "contributions", "bio", "glossary", "ethics", "other"]
    )
    return Article(
        language=draw(LANGS),
        titles=draw(st.lists(st.builds(Title, LANGS, RICH, st.just(HERE), RICH), max_size=3)),
        contributors=draw(st.lists(CONTRIBUTORS, max_size=3)),
        affiliations=affiliations,
        abstracts=draw(st.lists(st.builds(Abstract, LANGS, RICH, BODY, st.just(HERE)), max_size=2)),
        keywords=draw(
            st.lists(st.builds(KeywordGroup, LANGS, RICH, st.lists(RICH, max_size=3), st.just(HERE)), max_size=2)
        ),
        identifiers=draw(
            st.lists(st.sampled_from([Identifier("udc", "1.2", "", HERE), Identifier("doi", "10.1234/x", "", HERE)]))
        ),
        dates=draw(
            st.lists(
                st.builds(
                    HistoryDate,
                    st.sampled_from(["received", "rev-recd", "accepted", "pub"]),
                    st.sampled_from(["2024", "2024-05", "2024-05-06"]),
                    st.just(""),
                    st.just(HERE),
                ),
                max_size=3,
            )
        ),
        subjects=draw(st.lists(st.tuples(LANGS, RICH), max_size=1)),
        author_notes=draw(PAR_LIST),
        front_notes=draw(PAR_LIST),
        unplaced=draw(PAR_LIST),
        correspondence=draw(PAR_LIST),
        licence=draw(RICH),
        licence_url=draw(HREFS),
        issue=draw(st.lists(st.builds(IssueFact, st.sampled_from(get_args(IssueKind)), TEXTS, WORDS, st.just(HERE)))),
        copyright=draw(SIMPLE),
        body=[figure, *draw(BODY)],
        back=draw(st.lists(st.builds(BackSection, st.just(""), kinds, RICH, BODY, st.just(HERE), LANGS), max_size=2)),
        reference_lists=[
            ReferenceList(
                "refs-1", draw(RICH), references, HERE, draw(LANGS), draw(st.lists(st.tuples(LANGS, RICH), max_size=1))
            )
        ],
        footnotes=draw(st.lists(st.builds(Footnote, st.just("fn-1"), WORDS, BODY, st.just(HERE)), max_size=1)),
    )


BY_LANGUAGE = st.dictionaries(st.sampled_from(["en", "kk", "zh-Hans"]), TEXTS, max_size=2)
ADDRESSES = st.sampled_from(["", " ", "https://a.example/b", "b c", "100%", "http:"])


def configs() -> st.SearchStrategy[Config]:
    """Settings of a journal and an article: what their models let pass, blank or odd as it may be."""
    journals = st.builds(
        Journal,
        title=BY_LANGUAGE,
        abbreviated_title=TEXTS,
        id=TEXTS,
        issn_print=st.sampled_from([None, "1234-5679"]),
        issn_electronic=st.sampled_from([None, "2345-6787"]),
        publisher=TEXTS,
        publisher_place=TEXTS,
        url=ADDRESSES,
    )
    licences = st.builds(
        Licence,
        url=ADDRESSES,
        text=BY_LANGUAGE,
        copyright_holder=TEXTS,
        copyright_year=st.sampled_from([None, "2024"]),
    )
    versions = st.builds(Output, jats_version=st.sampled_from(["1.1", "1.2", "1.3"]))
    facts = st.builds(
        ArticleConfig,
        article_type=st.sampled_from(get_args(ArticleType)),
        volume=TEXTS,
        issue=TEXTS,
        first_page=TEXTS,
        last_page=TEXTS,
        elocation_id=TEXTS,
        subjects=BY_LANGUAGE,
    )
    return st.builds(
        Config, journal=st.builds(JournalConfig, journal=journals, licence=licences, output=versions), article=facts
    )
