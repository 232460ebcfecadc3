"""Titles, abstracts, keywords, codes, dates, people: set, replaced and removed; every word accounted for."""

from __future__ import annotations

import pytest
from corrections_run import Corrected
from lxml import etree

from jatspack.check import conservation

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def test_the_article_is_read_as_the_tests_expect(corrected: Corrected) -> None:
    run = corrected("")
    assert run.texts(".//contrib//surname") == ["Berg", "Falk"]
    assert run.texts("body/sec/title") == ["Introduction", "Results"]
    assert len(run.texts(".//ref")) == 3
    assert run.conserved()


def test_a_title_is_replaced_and_another_added(corrected: Corrected) -> None:
    run = corrected('[titles]\nen = "The Flight of Wasps over Cold Water"\nru = "Полёт ос"\n')
    assert run.text("front//article-title") == "The Flight of Wasps over Cold Water"
    assert run.text(".//trans-title") == "Полёт ос"
    assert run.conserved()
    rows = [a for a in run.package.report.words.accounts if "article.toml" in a.reason]  # type: ignore[union-attr]
    assert [(a.text, a.reason, a.line) for a in rows] == [("bees", "replaced by article.toml:2", 1)]
    field = next(f for f in run.package.report.fields if f.field == "article-title" and f.lang == "en")
    assert (field.rule, field.lines, field.confidence) == ("article.toml:2", [(1, 1)], 1.0)


def test_an_empty_value_removes(corrected: Corrected) -> None:
    run = corrected('[abstracts]\nru = ""\n[keywords]\nen = []\n[titles]\nen = ""\n')
    assert run.texts(".//trans-abstract") == run.texts(".//kwd") == []
    assert run.text("front//article-title") == ""
    assert run.conserved()


def test_an_abstract_in_parts(corrected: Corrected) -> None:
    toml = '[abstracts.en]\nBackground = "Bees avoid cold water."\nMethods = "We watched forty hives."\n'
    run = corrected(toml)
    assert run.texts(".//abstract/sec/title") == ["Background", "Methods"]
    assert run.text(".//abstract/title") == "Abstract"  # the printed label stays
    assert run.conserved()


def test_words_in_another_order_are_no_loss(corrected: Corrected) -> None:
    run = corrected('[abstracts]\nen = "We watched forty hives. Bees avoid cold water."\n')
    assert run.text(".//abstract/p").startswith("We watched")
    assert run.conserved()


def test_keywords_codes_and_dates(corrected: Corrected) -> None:
    toml = 'doi = "10.5555/bees"\nreceived = "2024-05-06"\nrevised = "2024-06"\n[keywords]\nen = ["bees", "lakes"]\n'
    run = corrected(toml + '[identifiers]\nudc = "595.79"\njel = ["Q1", "Q2"]\n')
    assert run.texts(".//kwd") == ["bees", "lakes"]
    assert run.text(".//article-id[@pub-id-type='doi']") == "10.5555/bees"
    assert run.texts(".//subj-group[@subj-group-type='jel']/subject") == ["Q1", "Q2"]
    dates = {d.get("date-type"): d.get("iso-8601-date") for d in run.root.iterfind(".//history/date")}
    assert dates == {"received": "2024-05-06", "rev-recd": "2024-06"}
    assert run.conserved()


def test_a_person_is_split_otherwise(corrected: Corrected) -> None:
    toml = """[[contributors]]
find = "Jon Falk"
names.en = { surname = "Jon Falk", given_names = "" }
names.ru = { surname = "Фальк", given_names = "Йон" }
orcid = "0000-0002-1825-0097"
email = ["jon@oak.example"]
corresponding = true
affiliations = ["1", "Department of Lakes"]
degrees.en = "PhD"
place = 1
"""
    run = corrected(toml)
    assert run.texts(".//contrib[1]//surname") == ["Jon Falk", "Фальк"]
    first = run.root.find(".//contrib")
    assert first is not None
    assert first.get("corresp") == "yes"
    assert [x.get("rid") for x in first.iterfind("xref[@ref-type='aff']")] == ["aff1", "aff2"]
    assert run.text(".//contrib[1]/contrib-id") == "https://orcid.org/0000-0002-1825-0097"
    assert run.text(".//contrib[1]/degrees") == "PhD"
    assert run.conserved()


def test_people_are_added_removed_and_unlinked(corrected: Corrected) -> None:
    toml = """[[contributors]]
find = "Falk"
remove = true

[[contributors]]
names.en = { surname = "Lind", given_names = "Maja", prefix = "Dr" }
affiliations = ["2"]

[[contributors]]
find = "anna.berg@elm.example"
affiliations = []
email = []
"""
    run = corrected(toml)
    assert run.texts(".//contrib//surname") == ["Berg", "Lind"]
    links = [[x.get("rid") for x in c.iterfind("xref[@ref-type='aff']")] for c in run.root.iterfind(".//contrib")]
    assert links == [[], ["aff2"]]
    assert run.texts(".//contrib/email") == []
    assert run.conserved()


def test_a_person_who_is_there_already_is_not_added_twice(corrected: Corrected) -> None:
    run = corrected('[[contributors]]\nnames.en = { surname = "Falk", given_names = "Jon" }\ncorresponding = true\n')
    assert run.texts(".//contrib//surname") == ["Berg", "Falk"]
    assert [c.get("corresp") for c in run.root.iterfind(".//contrib")] == [None, "yes"]


def test_all_people_anew(corrected: Corrected) -> None:
    toml = """discard = ["contributors", "affiliations"]
[[affiliations]]
text.en = "Academy of Ponds, Elmtown, Norway"
text.no = "Akademiet for dammer, Elmtown, Norge"
parts.en = { institution = "Academy of Ponds", city = "Elmtown", country = "Norway" }
[[contributors]]
names.en = { surname = "Lind", given_names = "Maja" }
affiliations = ["Academy of Ponds"]
"""
    run = corrected(toml)
    assert run.texts(".//contrib//surname") == ["Lind"]
    assert run.texts(".//aff[@xml:lang='en']/institution".replace("xml:lang", XML_LANG)) == ["Academy of Ponds"]
    assert run.root.find(".//aff/country").get("country") == "NO"  # type: ignore[union-attr]
    assert run.root.find(".//contrib/xref").get("rid") == "aff1"  # type: ignore[union-attr]
    assert run.conserved()


def test_affiliations(corrected: Corrected) -> None:
    toml = """[[affiliations]]
find = "2"
text.en = "Department of Ponds, Oak College, Oakville, Canada"
parts.en = { dept = "Department of Ponds", institution = "Oak College", country = "Canada" }
country = "CA"

[[affiliations]]
find = "Institute of Insects"
remove = true
"""
    run = corrected(toml)
    assert run.texts(".//aff/institution[@content-type='dept']") == ["Department of Ponds"]
    assert len(run.texts(".//aff")) == 1
    links = [[x.get("rid") for x in c.iterfind("xref[@ref-type='aff']")] for c in run.root.iterfind(".//contrib")]
    assert links == [[], ["aff2"]]
    assert run.conserved()


def test_parts_that_the_address_has_not(corrected: Corrected) -> None:
    run = corrected('[[affiliations]]\nfind = "2"\nparts.en = { city = "Paris" }\n')
    (told,) = run.told("correction-unfit")
    assert "Paris" in told.message
    assert told.file == "article.toml"
    assert told.lines == ((1, 1),)


@pytest.mark.parametrize("lang", ["no", "kk"])
def test_the_language_of_a_passage(corrected: Corrected, lang: str) -> None:
    run = corrected(f'[[passages]]\nfind = "Пчёлы избегают"\nlang = "{lang}"\n')
    assert run.root.find(".//trans-abstract").get(XML_LANG) == lang  # type: ignore[union-attr]
    assert run.conserved()


def test_the_report_lists_every_entry(corrected: Corrected) -> None:
    toml = """volume = "3"
discard = ["dates"]
[titles]
en = "Of Wasps"
[[contributors]]
find = "Falk"
place = 1
[[contributors]]
names.en = { surname = "Lind", given_names = "Maja" }
[[replace]]
find = "no such words"
by = ""
[[roles]]
find = "Lakes are cold"
role = "note"
[[silence]]
finding = "no-title"
reason = "never mind"
"""
    rows = [(c.rule, c.field, c.value, c.lines, c.applied) for c in corrected(toml).package.report.corrections]
    assert rows == [
        ("article.toml:1", "volume", "3", [], True),
        ("article.toml:2", "discard", "dates", [], True),
        ("article.toml:4", "titles.en", "Of Wasps", [], True),
        ("article.toml:5", "contributors", "Falk", [(3, 3)], True),
        ("article.toml:8", "contributors", "Lind Maja", [], True),
        ("article.toml:10", "replace", "no such words", [], False),
        ("article.toml:13", "roles", "Lakes are cold", [(19, 19)], True),
    ]


@pytest.mark.parametrize("lost", ["bees", "flight", "water"])
def test_corrections_hide_no_loss(corrected: Corrected, lost: str) -> None:
    """Words that a correction replaced pay for themselves, not for others like them."""
    run = corrected(
        '[titles]\nen = "The March of Wasps over Cold Sand"\n[keywords]\nen = ["bees", "water", "flight"]\n'
    )
    assert run.conserved()
    keyword = next(k for k in run.root.iterfind(".//kwd") if k.text == lost)
    keyword.text = ""
    document, article = run.package.document, run.package.article
    assert document is not None
    assert article is not None
    found = conservation(document, article, etree.ElementTree(run.root))
    assert lost in [w.text for w in found.missing]


def test_corrections_hide_no_word_that_is_made_up(corrected: Corrected) -> None:
    run = corrected('[titles]\nen = "The Flight of Wasps over Cold Water"\n')
    document, article = run.package.document, run.package.article
    assert document is not None
    assert article is not None
    run.root.find(".//kwd").text = "bees wasps"  # type: ignore[union-attr]
    found = conservation(document, article, etree.ElementTree(run.root))
    assert [w.text for w in found.invented] == ["wasps"]
