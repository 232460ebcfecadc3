"""Where a reference list begins and ends, whatever its entries look like."""

from __future__ import annotations

import pytest
from article_reader import Read

HEAD = "# The water of small lakes\n\nAda Byron\n\n**Abstract.** Lakes.\n\n## Introduction\n\nLakes are wet.\n\n"

# Entries without the signs of an article in a journal: homepages, laws, films, archive items, a dash for the author.
ODD = [
    "Lancaster, Ida. Homepage. <http://lakes.example.org>.",
    "———. Passing Water. Translated by Jean Stone. London: Reed.",
    "The Long Lake. Dir. Hal Ash. Prod. Andrew Braun. Screenplay, J. Kos.",
    "Law on the Waters of the Republic, No. 4, 12 May.",
    "State Archive, f. 12, op. 3, d. 45, l. 6.",
    "What people think about the lake and why they do not go there in the winter any more. The Daily Lake.",
    "Lake Research Council of the Northern University, Department of Water.",
]


def numbers(read: Read, text: str) -> list[int]:
    article, _ = read(text)
    return [len(one.references) for one in article.reference_lists]


@pytest.mark.parametrize("heading", ["## References", "**Литература**", "## 参考文献", "REFERENCES", "## Kaynakça"])
@pytest.mark.parametrize("form", ["{n}. {e}\n", "{n}) {e}\n\n", "\\[{n}\\] {e}\n\n", "- {e}\n"])
def test_a_list_under_its_heading_is_a_list(read: Read, heading: str, form: str) -> None:
    entries = [form.format(n=n, e=e) for n, e in enumerate(ODD, 1)]
    assert numbers(read, f"{HEAD}{heading}\n\n{''.join(entries)}") == [len(ODD)]


@pytest.mark.parametrize(
    "heading",
    [
        "## 参考文献（References）：",
        "## Литература / References",
        "**ӘДЕБИЕТТЕР ТІЗІМІ / REFERENCES / СПИСОК ЛИТЕРАТУРЫ**",
        "## Kaynakça | References",
        "## References (Литература)",
    ],
)
def test_a_heading_in_several_languages(read: Read, heading: str) -> None:
    entries = "\n\n".join(f"[{n}] {e}" for n, e in enumerate(ODD, 1))
    assert numbers(read, f"{HEAD}{heading}\n\n{entries}\n") == [len(ODD)]


@pytest.mark.parametrize("start", ["参考文献 References  \n", "参考文献：", "**References:** ", "Литература:\n"])
def test_a_heading_in_the_first_entrys_paragraph(read: Read, start: str) -> None:
    entries = [f"[{n}] Reed A. Lakes of the north[J]. Water, 20{n}, 3: 1-9. doi: 10.5555/a{n}" for n in range(10, 15)]
    for gap in ("  \n", "\n\n"):
        assert numbers(read, f"{HEAD}{start}{gap.join(entries)}\n") == [5]


def test_dates_and_the_editors_line_end_the_list(read: Read) -> None:
    entries = "\n\n".join(f"Reed, A. ({year}). Lakes of the north. Water, 3, 1-9." for year in (2001, 2004, 2009))
    article, _ = read(f"{HEAD}## References\n\n{entries}\n\nReceived: 12.03.2020\n\nAccepted: 14.05.2020\n")
    assert [len(one.references) for one in article.reference_lists] == [3]
    assert {d.date_type for d in article.dates} == {"received", "accepted"}


def test_notes_behind_the_list_are_not_entries(read: Read) -> None:
    entries = "\n\n".join(f"REED, A. Lakes of the north. Oslo: Water Press, {year}." for year in (2001, 2004, 2009))
    note = "2\nThis is what the keeper of the lake told the people who had come to see it in the winter of that year."
    article, _ = read(f"{HEAD}## References\n\n{entries}\n\n{note}\n")
    assert [len(one.references) for one in article.reference_lists] == [3]
