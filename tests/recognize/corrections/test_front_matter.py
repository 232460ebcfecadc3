"""YAML front matter wins over the text, article.toml over it; in the manners of pandoc, JOSS, Quarto and MyST."""

from __future__ import annotations

import pytest
from corrections_run import TEXT, Corrected

BODY = TEXT[TEXT.index("# Introduction") :]
PANDOC = """title: Of Hornets
author:
  - Maja Lind
  - Ole Berg Hansen
date: 2024-05-06
keywords: [hornets, cold sand]
abstract: Hornets sleep until noon.
"""
JOSS = """title: 'Of Hornets'
tags:
  - hornets
  - cold sand
authors:
  - name: Maja Lind
    orcid: 0000-0002-1825-0097
    corresponding: true
    affiliation: "1, 2"
  - name: Ole Berg Hansen
    affiliation: 2
affiliations:
  - name: Academy of Ponds, Elmtown, Norway
    index: 1
  - name: Oak College, Oakville, Canada
    index: 2
date: 6 May 2024
abstract: Hornets sleep until noon.
"""
QUARTO = """title: Of Hornets
lang: en
author:
  - name:
      given: Maja
      family: Lind
    email: maja@pond.example
    affiliations:
      - ref: pond
  - name: {given: Ole, family: Berg Hansen}
    affiliations: [{name: Oak College, city: Oakville, country: Canada}]
affiliations:
  - {id: pond, name: Academy of Ponds, city: Elmtown, country: Norway}
keywords: hornets, cold sand
abstract: |
  Hornets sleep until noon.
doi: 10.5555/hornets
"""


@pytest.mark.parametrize("matter", [PANDOC, JOSS, QUARTO])
@pytest.mark.parametrize("text", [BODY, TEXT])
def test_beside_and_instead_of_the_text(corrected: Corrected, matter: str, text: str) -> None:
    run = corrected("", f"---\n{matter}---\n\n{text}")
    assert run.text("front//article-title") == "Of Hornets"
    assert run.texts(".//contrib//surname")[:1] == ["Lind"]
    assert len(run.texts(".//contrib")) == 2
    assert run.texts(".//kwd") == ["hornets", "cold sand"]
    assert run.text(".//abstract/p") == "Hornets sleep until noon."
    assert run.conserved()
    field = next(f for f in run.package.report.fields if f.field == "article-title")
    assert field.rule == "front matter"


def test_persons_have_their_details(corrected: Corrected) -> None:
    run = corrected("", f"---\n{JOSS}---\n\n{TEXT}")
    links = [[x.get("rid") for x in c.iterfind("xref[@ref-type='aff']")] for c in run.root.iterfind(".//contrib")]
    assert [len(x) for x in links] == [2, 1]
    assert links[1][0] == links[0][1]
    assert run.text(".//contrib[1]/contrib-id").endswith("0000-0002-1825-0097")
    assert [c.get("corresp") for c in run.root.iterfind(".//contrib")] == ["yes", None]
    quarto = corrected("", f"---\n{QUARTO}---\n\n{BODY}")
    assert quarto.text(".//contrib[1]/email") == "maja@pond.example"
    assert [c.get("country") for c in quarto.root.iterfind(".//aff/country")] == ["NO", "CA"]
    assert quarto.text(".//article-id[@pub-id-type='doi']") == "10.5555/hornets"


def test_article_toml_wins(corrected: Corrected) -> None:
    run = corrected('[titles]\nen = "Of Wasps"\n', f"---\n{JOSS}---\n\n{TEXT}")
    assert run.text("front//article-title") == "Of Wasps"
    assert run.texts(".//kwd") == ["hornets", "cold sand"]
    assert run.conserved()


def test_one_person_in_text_and_front_matter(corrected: Corrected) -> None:
    matter = "author:\n  - name: Jon Falk\n    orcid: 0000-0002-1825-0097\n  - name: Anna Berg\n"
    run = corrected("", f"---\n{matter}---\n\n{TEXT}")
    assert run.texts(".//contrib//surname") == ["Falk", "Berg"]
    assert [c.find("xref").get("rid") for c in run.root.iterfind(".//contrib")] == ["aff2", "aff1"]  # type: ignore[union-attr]
    assert run.conserved()


def test_what_cannot_be_is_not_used(corrected: Corrected) -> None:
    matter = "title: [1, {a: b}]\ndoi: none\ndate: tomorrow\nlang: English\nauthor:\n"
    matter += "  - name: Maja Lind\n    orcid: 0000-0002-1825-0098\n    email: nobody\n  - 7\n  - {}\n  - [[x]]\n"
    run = corrected("", f"---\n{matter}---\n\n{TEXT}")
    assert run.text("front//article-title") == "The Flight of Bees over Cold Water"
    assert run.texts(".//contrib//surname") == ["Lind"]
    assert run.root.find(".//contrib-id") is None
    assert run.root.find(".//article-id") is None
    assert run.root.find(".//contrib/email") is None
    assert run.conserved()
