"""Two lists of the same works, and lists that only look like it."""

from __future__ import annotations

import pytest
from article_reader import Read

from jatspack.recognize.walk import iter_article

HEAD = "# The water of small lakes\n\nAda Byron\n\n## Introduction\n\nLakes [1] and rivers [2] are wet [3].\n\n"
OWN = [
    "Ахметов А. Б. Озёра севера и их обитатели // Вода. – 2018. – № 1. – С. 57–62.",
    "Борисов В. Г. Реки юга. – Москва: Вода, 2001. – 123 с.",
    "Сәтбаев Қ. Көлдер тарихы. – Алматы: Су, 1998. – 200 б.",
]
ROMAN = [
    "Akhmetov A. B. Ozera severa i ikh obitateli [Lakes of the north]. Voda, 2018, no. 1, pp. 57–62.",
    "Borisov V. G. Reki yuga [Rivers of the south]. Moskva: Voda, 2001. 123 p.",
    "Satbaev K. Kolder tarikhy [History of lakes]. Almaty: Su, 1998. 200 p.",
]
OTHER = [
    "Reed A. Wells. Oslo: Water Press, 1977. 44 p.",
    "Stone B. Ice. Bonn: Water Press, 1988. 55 p.",
    "Brook C. Dew. Rome: Water Press, 1966. 66 p.",
]


def listed(entries: list[str]) -> str:
    return "\n".join(f"{n}. {e}" for n, e in enumerate(entries, 1))


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 0, 1)])
def test_twins_become_one_list(read: Read, order: tuple[int, ...]) -> None:
    twins = [ROMAN[i] for i in order]
    article, _ = read(f"{HEAD}## Литература\n\n{listed(OWN)}\n\n## References\n\n{listed(twins)}\n")
    assert [len(one.references) for one in article.reference_lists] == [3]
    for own, roman, reference in zip(OWN, ROMAN, article.reference_lists[0].references, strict=True):
        assert [c.text.text.plain for c in reference.citations] == [own, roman]


def test_lists_of_other_works_stay_two(read: Read) -> None:
    article, _ = read(f"{HEAD}## Литература\n\n{listed(OWN)}\n\n## References\n\n{listed(OTHER)}\n")
    assert [len(one.references) for one in article.reference_lists] == [3, 3]


def test_an_article_in_two_languages_keeps_a_list_each(read: Read) -> None:
    prose = "The lakes of the north are wet and deep, and many have written of them [{}]. " + "They lie still. " * 14
    second = "\n\n".join(prose.format(n) for n in (1, 2, 3))
    article, _ = read(
        f"{HEAD}## Литература\n\n{listed(OWN)}\n\n# On lakes\n\n{second}\n\n## References\n\n{listed(ROMAN)}\n"
    )
    assert [len(one.references) for one in article.reference_lists] == [3, 3]
    rids = [run.xref.rid for _, text in iter_article(article) for run in text if run.xref]
    assert rids == [f"ref-{n}" for n in range(1, 7)]


def test_lists_that_each_count_from_one_leave_a_number_open(read: Read) -> None:
    article, findings = read(f"{HEAD}## Sources\n\n{listed(OWN)}\n\n## References\n\n{listed(OTHER)}\n")
    assert not [run for _, text in iter_article(article) for run in text if run.xref]
    assert sum(f.code == "citation-ambiguous" for f in findings) == 3
