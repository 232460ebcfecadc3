"""Whatever the blocks are, no word of them is lost and none is made up."""

from __future__ import annotations

import re
from collections import Counter

from body_makers import FAKE, h, ol, p, table, ul
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jatspack.article import Article, Figure, Formula, Section, TableWrap
from jatspack.recognize.body import build_back, build_body, link_mentions
from jatspack.recognize.walk import iter_article, iter_rich
from jatspack.richtext import Image, Math, Rich

PIECES = st.sampled_from(
    [
        "The rain fell",
        "and the river rose",
        "Figure 1.",
        "**Figure 2.** Rain",
        "Table 1 – Snow",
        "**Methods.** We dug",
        "*Wind:* it blew",
        "1.2 Sheep",
        "✓ one",
        "- two; - three;",
        "(1) first",
        "(2) second",
        "**Bold line**",
        "*Slanted*",
        "note^1^ here.",
        "^1^ the note",
        "![alt text](a.png)",
        "$$x=1$$ (1)",
        "$$y \\tag{2}$$",
        "in Fig. 1 and",
        "图1雨",
        "1-кесте Қар",
        "Примечание: да.",
        "INTRODUCTION",
        "2Results",
        "a, b,",
        "ends:",
        "see Table 1.",
        "3D",
        "Thumbnail",
    ]
)
LINES = st.lists(PIECES, min_size=1, max_size=4).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
BLOCKS = st.one_of(
    TEXTS.map(p),
    st.tuples(st.integers(1, 6), LINES).map(lambda pair: h(*pair)),
    st.tuples(st.integers(1, 4), st.lists(LINES, min_size=1, max_size=3)).map(lambda pair: ol(pair[0], *pair[1])),
    st.lists(LINES, min_size=1, max_size=3).map(lambda items: ul(*items)),
    st.lists(LINES, min_size=1, max_size=3).map(lambda cells: table("|".join(cells))),
)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+|\d+", text))


def of_rich(text: Rich) -> Counter[str]:
    total = words(" ".join("" if run.object else run.text for run in text) if text.runs else "")
    total = words("".join(" " if run.object else run.text for run in text))
    for run in text:
        if isinstance(run.object, Image):
            total += of_rich(run.object.alt)
        elif isinstance(run.object, Math):
            total += words(run.object.tex)
    return total


def of_article(article: Article) -> Counter[str]:
    total: Counter[str] = Counter()
    for _, text in iter_article(article):
        total += of_rich(text)

    def rest(blocks):
        nonlocal total
        for block in blocks:
            if isinstance(block, Section):
                total += words(block.label)
                rest(block.blocks)
            elif isinstance(block, Figure | TableWrap):
                total += sum((words(caption.label) for caption in block.captions), Counter())
                total += words(block.alt) if isinstance(block, Figure) else Counter()
            elif isinstance(block, Formula):
                total += words(block.tex) + words(block.label)

    rest(article.body)
    for section in article.back:
        rest(section.blocks)
    for footnote in article.footnotes:
        total += words(footnote.label)
    return total


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(BLOCKS, max_size=9), st.lists(BLOCKS, max_size=4))
def test_every_word_is_kept(blocks, late):
    before = sum((of_rich(text) for _, text in iter_rich([*blocks, *late])), Counter())
    result = build_body(blocks, FAKE, "en", {}, late=late)
    article = Article(body=[*result.blocks, *result.late], footnotes=result.footnotes)
    link_mentions(article, FAKE)
    after = of_article(article) + sum((words(row.text) for row in result.accounted), Counter())
    marks = {word for word in before if word == "tag"}
    missing = Counter({word: n for word, n in (before - after).items() if word not in marks})
    assert not missing, missing
    # numbers of list items and of notes come from marks that are no text in the blocks
    invented = {word for word in after - before if not word.isdigit()}
    assert not invented, invented


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["ack", "app", "funding"]), st.lists(BLOCKS, max_size=6))
def test_every_word_of_back_matter_is_kept(kind, blocks):
    before = sum((of_rich(text) for _, text in iter_rich(blocks)), Counter())
    section, result = build_back(kind, Rich(), blocks, FAKE)
    after = of_article(Article(back=[section], footnotes=result.footnotes))
    after += sum((words(row.text) for row in result.accounted), Counter())
    missing = {word for word in before - after if word != "tag"}
    assert not missing, missing


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCKS, max_size=9))
def test_ids_are_unique(blocks):
    result = build_body(blocks, FAKE)
    ids: list[str] = [footnote.id for footnote in result.footnotes]

    def collect(inner):
        for block in inner:
            if isinstance(block, Section | Figure | TableWrap | Formula):
                ids.append(block.id)
            if isinstance(block, Section):
                collect(block.blocks)

    collect(result.blocks)
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", ident) for ident in ids)
