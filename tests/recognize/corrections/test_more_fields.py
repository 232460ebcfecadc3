"""Formulas, footnotes, subtitles, licences, subjects, CRediT, biographies; and findings whose offers are accepted."""

from __future__ import annotations

from corrections_run import TEXT, Corrected

FORMULAS = TEXT.replace("They did not like", "$$a = b \\tag{1}$$\n\n$$c = d \\tag{3}$$\n\nThey did not like")
NOTED = TEXT.replace("Lakes are cold", "Lakes[^1] are[^2] cold") + "\n\n[^1]: All lakes.\n\n[^2]: Mostly in spring.\n"


def test_a_formula_is_numbered_and_written_anew(corrected: Corrected) -> None:
    run = corrected('[[formulas]]\nfind = "(3)"\nlabel = "(2)"\ntex = "c = e"\n', FORMULAS)
    assert run.texts(".//disp-formula/label") == ["(1)", "(2)"]
    assert run.texts(".//disp-formula//tex-math") == ["a = b", "c = e"]
    assert not run.told("number-missing")
    assert run.conserved()


def test_a_formula_that_is_none(corrected: Corrected) -> None:
    run = corrected('[[formulas]]\nfind = "a = b"\nremove = true\n', FORMULAS)
    assert run.texts(".//disp-formula/label") == ["(3)"]
    assert len(run.texts(".//p/inline-formula")) == 1
    assert run.conserved()


def test_footnotes(corrected: Corrected) -> None:
    toml = '[[footnotes]]\nfind = "All lakes"\ntext = "All the lakes."\n[[footnotes]]\nfind = "Mostly"\nremove = true\n'
    run = corrected(toml, NOTED)
    assert run.texts(".//fn/p") == ["All the lakes."]
    assert run.conserved()


def test_titles_and_permissions(corrected: Corrected) -> None:
    toml = 'licence = "Free for all."\ncopyright = "© Bees"\n[subtitles]\nen = "A Sketch"\n[subjects]\nen = "Zoology"\n'
    run = corrected(toml)
    assert run.text("front//subtitle") == "A Sketch"
    assert run.text("front//license-p") == "Free for all."
    assert run.text("front//copyright-statement") == "© Bees"
    assert run.texts("front//subj-group[@subj-group-type='heading']/subject") == ["Zoology"]
    assert run.conserved()
    assert corrected('[subtitles]\nkk = "x"\n').told("correction-unfit")


def test_people_say_what_they_did(corrected: Corrected) -> None:
    toml = '[[contributors]]\nfind = "Falk"\ncredit_roles = ["Conceptualization"]\nbiographies.en = "He likes lakes."\n'
    run = corrected(toml)
    assert run.text("front//contrib[2]/role") == "Conceptualization"
    assert run.text("front//contrib[2]/bio/p") == "He likes lakes."
    assert run.conserved()


MISREAD = TEXT.replace("Bees turned back", "In 2O18 and in l998 bees turned back")


def test_an_offer_is_accepted_without_being_pasted(corrected: Corrected) -> None:
    assert len(corrected("", MISREAD).told("misread")) == 2
    run = corrected('\n[[accept]]\nfinding = "misread"\n', MISREAD)
    assert any("In 2018 and in 1998 bees" in p for p in run.texts(".//p"))
    assert not run.told("misread") + run.told("correction-unapplied")
    assert [c.rule for c in run.package.report.corrections] == ["article.toml:2", "article.toml:2"]
    assert run.conserved()


def test_one_of_several_is_accepted(corrected: Corrected) -> None:
    run = corrected('[[accept]]\nfinding = "misread"\nfind = "2O18"\n', MISREAD)
    assert [f.data["word"] for f in run.told("misread")] == ["l998"]


def test_what_cannot_be_mended_is_accepted_as_it_is(corrected: Corrected) -> None:
    text = TEXT.replace("long ago by patient people [2]", "long ago")
    run = corrected('[[accept]]\nfinding = "reference-never-cited"\n', text)
    (found,) = run.told("reference-never-cited")
    assert found.silenced.endswith("(article.toml:1)")


def test_an_acceptance_of_nothing_is_told(corrected: Corrected) -> None:
    run = corrected('# nothing\n[[accept]]\nfinding = "misread"\n')
    (told,) = run.told("accept-unused")
    assert (told.file, told.lines) == ("article.toml", ((2, 2),))
    same = corrected("")
    assert run.package.jats == same.package.jats
