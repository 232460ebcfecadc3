"""A work that does not exist, printed as a reference in a style that may exist."""

from __future__ import annotations

from random import Random

from numbers_and_places import genre, imprint, numbers, tail
from records import record
from styles import Segments, Style, authors, series, source, title, year


def printed(random: Random) -> tuple[Segments, frozenset[str]]:
    """One reference, in some style, and the labels of the parts that stand in italics."""
    work = record(random)
    style = Style(work)
    if style.chance(0.1):
        style.add("number", style.pick(["[{}]", "{}.", "({})", "{})"]).format(random.randint(1, 200)))
    title_first = work.kind == "article" and not style.gb and style.chance(0.03)
    if title_first:
        title(style)
    authors(style)
    if style.year_at == "names" and not title_first:
        year(style, style.pick([".", ".", ",", ":", "", "."]))
    untitled = work.kind == "article" and style.year_at in ("numbers", "end") and style.chance(0.09)
    if not title_first and not untitled:
        title(style)
    genre(style)
    if work.source:
        source(style)
    elif work.kind in ("book", "report") and style.chance(0.07):
        series(style)
    if work.kind in ("article", "news"):
        numbers(style)
    else:
        imprint(style)
    if style.year_at == "end" or (style.year_at == "names" and title_first):
        year(style, ".")
    tail(style)
    return style.out, style.slanted
