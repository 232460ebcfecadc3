"""Corrections hold on by words: through small changes, and never to the wrong thing."""

from __future__ import annotations

import pytest
from corrections_run import TEXT, Corrected

METHODS = '[[sections]]\nfind = "Methods"\nlevel = 1\n'
TWICE = TEXT.replace("They did not like the wind either.", "They did not like the wind either [2].")


@pytest.mark.parametrize(
    "change",
    [
        ("## Methods", "\n\n\n## Methods"),
        ("## Methods", "### **METHODS**"),
        ("# Introduction", "# 1. Introduction\n\nA new paragraph stands here now."),
    ],
)
def test_small_changes_of_the_source(corrected: Corrected, change: tuple[str, str]) -> None:
    run = corrected(METHODS, TEXT.replace(*change))
    assert "methods" in [t.lower() for t in run.texts("body/sec/title")]
    assert not run.told("correction-unapplied")


def test_a_mended_misprint_does_not_shake_a_correction_off(corrected: Corrected) -> None:
    toml = '[[paragraphs]]\nfind = "We sampeld forty hives every morning"\nremove = true\n'
    run = corrected(toml)
    assert not any("sampled" in p for p in run.texts(".//p"))
    assert run.conserved()


def test_what_no_longer_applies_is_told(corrected: Corrected) -> None:
    run = corrected("# a comment\n" + METHODS.replace("Methods", "Materials"))
    (told,) = run.told("correction-unapplied")
    assert (told.file, told.lines, told.severity) == ("article.toml", ((2, 2),), "warning")
    assert "Materials" in told.message
    assert run.texts("body/sec/title") == ["Introduction", "Results"]


def test_two_places_are_told_and_nothing_is_done(corrected: Corrected) -> None:
    toml = '[[citations]]\nfind = "[2]"\nreferences = ["3"]\n'
    run = corrected(toml, TWICE)
    (told,) = run.told("correction-ambiguous")
    assert told.file == "article.toml"
    assert 'lines = "' in told.remedy
    assert [x.get("rid") for x in run.root.iterfind(".//xref[@ref-type='bibr']")].count("ref-2") == 2


def test_a_line_or_the_paragraph_chooses_between_places(corrected: Corrected) -> None:
    last = len(TWICE.split("\n"))
    for more in (f'lines = "{last}"\n', 'within = "Bees turned back"\n'):
        run = corrected('[[citations]]\nfind = "[2]"\nreferences = ["3"]\n' + more, TWICE)
        rids = [x.get("rid") for x in run.root.iterfind(".//xref[@ref-type='bibr']")]
        assert rids == ["ref-1", "ref-2", "ref-3", "ref-3"]


def test_everywhere(corrected: Corrected) -> None:
    run = corrected('[[citations]]\nfind = "[2]"\nreferences = ["3"]\nall = true\n', TWICE)
    assert [x.get("rid") for x in run.root.iterfind(".//xref[@ref-type='bibr']")] == [
        "ref-1",
        "ref-3",
        "ref-3",
        "ref-3",
    ]


def test_a_role_without_a_place(corrected: Corrected) -> None:
    run = corrected('[[roles]]\nfind = "There is no such line"\nrole = "abstract"\n')
    assert run.told("correction-unapplied")


def test_an_anchor_of_marks_alone_is_nowhere(corrected: Corrected) -> None:
    run = corrected('[[paragraphs]]\nfind = "***"\nremove = true\n')
    assert run.told("correction-unapplied")


def test_the_same_bytes_twice(corrected: Corrected) -> None:
    toml = METHODS + '[[replace]]\nfind = "wei- ghed"\nby = "weighed"\n[[contributors]]\nfind = "Falk"\nplace = 1\n'
    one, two = corrected(toml), corrected(toml)
    assert one.package.files == two.package.files


def test_silence(corrected: Corrected) -> None:
    toml = """[[silence]]
finding = "author-without-orcid"
find = "Falk"
reason = "he has none"

[[silence]]
finding = "no-title"
reason = "not wanted"
"""
    run = corrected(toml)
    rows = {f.data["name"]: f.silenced for f in run.told("author-without-orcid")}
    assert rows == {"Anna Berg": "", "Jon Falk": "he has none (article.toml:1)"}
    shown = [f for f in run.package.report.findings if f.silenced]
    assert [f.code for f in shown] == ["author-without-orcid"]
    (unused,) = run.told("silence-unused")
    assert unused.lines == ((6, 6),)


def test_errors_cannot_be_silenced(corrected: Corrected, monkeypatch: pytest.MonkeyPatch) -> None:
    from jatspack import silence as module
    from jatspack.config import ArticleConfig, Config
    from jatspack.config.article import Silence
    from jatspack.findings import finding

    lost = finding("words-lost", (3, 3), count="1", words="bees")
    config = Config(article=ArticleConfig(silence=[Silence(finding="words-lost", reason="who cares")]))
    found = module.silence([lost], config)
    assert [(f.code, f.silenced) for f in found] == [("words-lost", ""), ("silence-refused", "")]


def test_precedence(corrected: Corrected) -> None:
    text = "---\ntitle: Of Hornets\n---\n\n" + TEXT
    run = corrected('[titles]\nen = "Of Wasps"\n', text)
    assert run.text("front//article-title") == "Of Wasps"
    assert run.conserved()


def test_a_correction_that_a_finding_offers_settles_it(corrected: Corrected) -> None:
    text = TEXT.replace("wei- ghed before noon", "seen in experi-\nments before")
    text = text.replace("Lakes are cold", "Experiments are rare. LakesWere Lakes Were cold")
    before = corrected("", text)
    offered = {f.code: f.correction for f in before.package.findings if f.correction}
    assert {"word-split", "space-lost"} <= offered.keys()
    after = corrected("\n\n".join(offered.values()), text)
    assert not after.told("word-split") + after.told("space-lost") + after.told("correction-unapplied")
    assert any("Each hive was seen in experiments before" in p for p in after.texts(".//p"))
    assert after.conserved()


def test_every_doubtful_role_offers_the_other_one(corrected: Corrected) -> None:
    text = TEXT.replace("# Introduction", "Notes of the house 2001\n\n# Introduction")
    doubts = corrected("", text).told("role-doubtful")
    assert doubts
    for doubt in doubts:
        run = corrected(doubt.correction, text)
        assert not run.told("correction-unapplied") + run.told("correction-ambiguous")
        (role,) = [r for r in run.package.report.roles if any(e.why == "article.toml:1" for e in r.evidence)]
        assert role.role == doubt.data["runner_up"]


def test_a_replacement_takes_whole_words(corrected: Corrected) -> None:
    run = corrected('[[replace]]\nfind = "hive"\nby = "skep"\nall = true\n')
    assert any("We sampled forty hives every morning. Each skep was" in p for p in run.texts(".//p"))
    assert run.conserved()
