"""Sections, floats, paragraphs, back matter, references, citations, words: each kind of correction."""

from __future__ import annotations

from corrections_run import TEXT, Corrected


def test_a_section_comes_up_and_its_type_and_title_change(corrected: Corrected) -> None:
    toml = '[[sections]]\nfind = "Methods"\nlevel = 1\ntitle = "Materials and methods"\n'
    toml += 'sec_type = "methods"\nlabel = "2"\n'
    run = corrected(toml)
    assert run.texts("body/sec/title") == ["Introduction", "Materials and methods", "Results"]
    assert run.texts("body/sec[2]/label") == ["2"]
    assert run.conserved()


def test_a_head_that_is_none_and_one_that_is_missing(corrected: Corrected) -> None:
    toml = """[[sections]]
find = "Results"
remove = true

[[sections]]
before = "We sampled forty hives"
title = "Sampling"
level = 3
"""
    run = corrected(toml)
    assert run.texts("body/sec/title") == ["Introduction"]
    assert run.texts("body/sec/sec/sec/title") == ["Sampling"]
    assert "Results" in run.texts(".//body//p")
    assert run.conserved()


def test_a_table_is_labelled_otherwise(corrected: Corrected) -> None:
    run = corrected('[[tables]]\nfind = "Table 1"\nlabel.en = "Table 7"\ncaption.en = "Lakes and hives"\n')
    assert run.text(".//table-wrap/label") == "Table 7"
    assert run.text(".//table-wrap/caption") == "Lakes and hives"
    assert run.conserved()


def test_a_table_that_is_none(corrected: Corrected) -> None:
    run = corrected('[[tables]]\nfind = "Hives and lakes"\nremove = true\n')
    assert run.root.find(".//table-wrap") is None
    assert "North 12" in run.texts(".//p")
    assert run.conserved()


def test_a_table_that_goes_on(corrected: Corrected) -> None:
    more = "\n\nThe next page shows the rest of it.\n\n| East | 4 |\n|------|-------|\n| West | 5 |\n"
    text = TEXT.replace("| South | 28 |\n", "| South | 28 |\n" + more)
    before = corrected("", text)
    assert len(before.texts(".//table-wrap")) == 2
    run = corrected('[[tables]]\nfind = "East"\ncontinues = "Table 1"\n', text)
    assert len(run.texts(".//table-wrap")) == 1
    assert len(run.texts(".//tr")) == 5
    assert run.conserved()


def test_paragraphs(corrected: Corrected) -> None:
    toml = """[[paragraphs]]
find = "Bees turned back"
text = "Bees turned back at the shore, as Table 1 shows."

[[paragraphs]]
find = "We sampled forty"
remove = true
"""
    run = corrected(toml)
    assert "Bees turned back at the shore, as Table 1 shows." in run.texts(".//p")
    assert not any("sampled" in p for p in run.texts(".//p"))
    assert run.conserved()


def test_back_matter(corrected: Corrected) -> None:
    toml = """[[back]]
find = "Funding"
text = "Lake Fund, grant 12."

[[back]]
kind = "coi"
title = "Conflict of interest"
text = "None."
"""
    run = corrected(toml)
    assert run.text("back/sec[@sec-type='funding-statement']/p") == "Lake Fund, grant 12."
    assert run.text("back/sec[@sec-type='COI-statement']/p") == "None."
    assert run.conserved()


def test_back_matter_that_is_a_section_of_the_body(corrected: Corrected) -> None:
    run = corrected('[[back]]\nfind = "Funding"\nkind = "section"\ntitle = "Of funding"\n')
    assert run.texts("body/sec/title") == ["Introduction", "Results", "Of funding"]
    assert run.root.find("back/sec") is None
    assert run.conserved()


def test_parts_of_a_reference(corrected: Corrected) -> None:
    toml = """[[references]]
find = "3"
publication_type = "book"
parts = { source = "Scales for hives", publisher-name = "Birch Press", publisher-loc = "Oslo", article-title = "" }
names = [{ surname = "Holm", given_names = "K." }]
"""
    run = corrected(toml)
    assert run.text(".//ref[@id='ref-3']//source") == "Scales for hives"
    assert run.text(".//ref[@id='ref-3']//publisher-name") == "Birch Press"
    assert run.texts(".//ref[@id='ref-3']//surname") == ["Holm"]
    assert run.texts(".//ref[@id='ref-3']//article-title") == []
    assert run.conserved()


def test_references_split_joined_added_removed(corrected: Corrected) -> None:
    toml = """[[references]]
find = "Berg A. Bees at home"
split = ["2001."]

[[references]]
find = "2"
remove = true

[[references]]
text = "Lind M. Ponds // Journal of Hives. 2010. V. 1. P. 3-4."
after = "3"
"""
    run = corrected(toml)
    refs = run.texts(".//ref//mixed-citation")
    assert [r.split()[0] for r in refs] == ["Berg", "2001.", "Holm", "Lind"]
    assert [r.get("id") for r in run.root.iterfind(".//ref")] == ["ref-1", "ref-2", "ref-3", "ref-4"]
    assert run.conserved()
    joined = corrected('[[references]]\nfind = "2"\njoin = true\n')
    assert len(joined.texts(".//ref")) == 2
    assert joined.texts(".//mixed-citation")[0].endswith("P. 5-9.")
    assert joined.conserved()


def test_a_whole_reference_is_read_anew(corrected: Corrected) -> None:
    text = "Falk J. The roads of the air // Annals of Flight. 2005. V. 9. No. 1. P. 5-9."
    run = corrected(f'[[references]]\nfind = "2"\ntext = "{text}"\n')
    assert run.text(".//ref[@id='ref-2']//year") == "2005"
    assert run.text(".//ref[@id='ref-2']//article-title") == "The roads of the air"
    assert run.conserved()


def test_citations(corrected: Corrected) -> None:
    toml = """[[citations]]
find = "[2]"
references = ["Holm K. Scales"]

[[citations]]
find = "[1]"
references = []

[[citations]]
find = "patient people"
references = ["1", "2"]
"""
    run = corrected(toml)
    rids = {x.text: x.get("rid") for x in run.root.iterfind(".//body//xref[@ref-type='bibr']")}
    assert rids == {"2": "ref-3", "3": "ref-3", "patient people": "ref-1 ref-2"}
    assert run.conserved()


def test_words(corrected: Corrected) -> None:
    run = corrected('[[replace]]\nfind = "wei- ghed"\nby = "weighed"\n')
    assert any("Each hive was weighed before noon [3]" in p for p in run.texts(".//p"))
    assert run.conserved()


def test_words_keep_links_and_parts_in_place(corrected: Corrected) -> None:
    run = corrected('[[replace]]\nfind = "Bees at home"\nby = "Wasps far from their own home"\n')
    assert run.text(".//ref[@id='ref-1']//article-title") == "Wasps far from their own home"
    assert run.text(".//ref[@id='ref-1']//source") == "Journal of Hives"
    assert run.conserved()


def test_a_role_is_obeyed_and_frees_its_neighbours(corrected: Corrected) -> None:
    run = corrected('[[roles]]\nfind = "We sampled forty hives"\nrole = "abstract"\n')
    assert any("sampled" in p for p in run.texts(".//front//p"))
    assert not any("sampled" in p for p in run.texts(".//body//p"))
    evidence = [e for r in run.package.report.roles for e in r.evidence if e.why == "article.toml:1"]
    assert [e.role for e in evidence] == ["abstract"]
    assert run.conserved()


def test_a_role_for_a_part_of_a_line(corrected: Corrected) -> None:
    run = corrected('[[roles]]\nfind = "Lakes are cold"\nto = "in spring"\nrole = "note"\n')
    assert run.texts("body/sec/p")[0].endswith("patient people [2].")
    assert any(p == "Lakes are cold in spring." for p in run.texts(".//front//p"))
    assert run.conserved()


def test_a_role_for_several_lines(corrected: Corrected) -> None:
    line = next(n for n, row in enumerate(TEXT.split("\n"), 1) if row.startswith("We sampled"))
    run = corrected(f'[[roles]]\nfind = "We sampled"\nlines = "{line}-{line + 7}"\nrole = "note"\n')
    assert run.root.find("body//table-wrap") is None
    assert run.conserved()
