"""The ruler itself: facts out of JATS, scores out of facts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import accuracy
from facts import Facts, key, read, words
from scoring import Score, close, measures, plain, score

JATS = b"""<article xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="en"><front><article-meta>
<article-id pub-id-type="doi">10.5555/x.1</article-id>
<title-group><article-title xml:lang="en">On <italic>small</italic> rivers</article-title>
<trans-title-group xml:lang="fr"><trans-title>Des petites rivi\xc3\xa8res</trans-title></trans-title-group>
</title-group>
<contrib-group><contrib contrib-type="author" corresp="yes">
<contrib-id contrib-id-type="orcid">https://orcid.org/0000-0002-1825-0097</contrib-id>
<name-alternatives><name xml:lang="en"><surname>Ford</surname><given-names>Ann</given-names></name>
<name xml:lang="ru"><surname>\xd0\xa4\xd0\xbe\xd1\x80\xd0\xb4</surname></name></name-alternatives>
<email>ann@example.org</email><xref ref-type="aff" rid="a1"/></contrib></contrib-group>
<aff id="a1"><label>1</label>River School, <country country="NZ">New Zealand</country></aff>
<history><date date-type="received"><day>4</day><month>2</month><year>2023</year></date></history>
<abstract xml:lang="en"><title>Abstract</title><p>Small rivers matter.</p></abstract>
<kwd-group xml:lang="en"><kwd>rivers</kwd><kwd>size</kwd></kwd-group></article-meta></front>
<body><sec><title>Introduction</title><p>As said <xref ref-type="bibr" rid="r1">[1</xref>,
<xref ref-type="bibr" rid="r2">2]</xref> and <xref ref-type="bibr" rid="r2">[2]</xref>;
see <xref ref-type="fig" rid="f1">Fig. 1</xref>.</p>
<fig id="f1"><label>Fig. 1</label><caption><p>A river</p></caption><graphic xlink:href="media/r.png"/></fig>
<sec><title>Aim</title><p>Short.</p></sec></sec></body>
<back><ref-list><title>References</title>
<ref id="r1"><label>1</label><mixed-citation publication-type="journal"><name><surname>Lee</surname></name>
<year>2001</year>
<article-title>Water</article-title> <source>Flow</source> <fpage>1</fpage>-<lpage>9</lpage></mixed-citation></ref>
<ref id="r2"><mixed-citation>Ono. Rain.</mixed-citation></ref></ref-list></back></article>"""
LABELS = {
    "language": "en",
    "titles": {"en": "On small rivers", "fr": "Des petites rivières"},
    "authors": [
        {
            "surname": "Ford",
            "given": "Ann",
            "names": {"ru": "Форд"},
            "orcid": "0000-0002-1825-0097",
            "email": "ann@example.org",
            "affiliations": [1],
            "corresponding": True,
        }
    ],
    "affiliations": {"1": "River School, New Zealand"},
    "abstracts": {"en": {"starts": "Small rivers", "ends": "matter."}},
    "keywords": {"en": ["rivers", "size"]},
    "sections": ["Introduction"],
    "subsections": {"Introduction": ["Aim"]},
    "citations": 2,
    "cited": ["1 2", "2"],
    "references": {
        "count": 2,
        "sample": [
            {"index": 1, "authors": ["Lee"], "year": "2001", "title": "Water", "source": "Flow", "pages": "1-9"},
        ],
    },
    "figures": 1,
    "tables": 0,
    "footnotes": 0,
    "equations": 0,
    "doi": "10.5555/x.1",
    "received": "2023-02-04",
}
SOURCE = "# On small rivers\n\nAnn Ford^1^\n"


def test_facts_are_read_from_jats() -> None:
    facts = read(JATS)
    assert facts.titles["en"] == "On small rivers"
    assert facts.authors[0].names == {"en": ("Ford", "Ann"), "ru": ("Форд", "")}
    assert facts.affiliations == [{"en": "River School, New Zealand"}]
    assert facts.countries == ["NZ"]
    assert facts.cited == [[1, 2], [2]]
    assert facts.sections == [("Introduction", [("Aim", [])])]
    assert facts.figures == [("Fig. 1", "A river", "media/r.png")]
    assert facts.dates == {"received": "2023-02-04"}
    assert facts.dangling == []


def test_what_is_right_scores_one() -> None:
    counts = score(LABELS, read(JATS), SOURCE).counts
    assert {name: measures(c)[0] for name, c in counts.items() if measures(c)[0] < 1} == {}
    assert {"author-affiliation link", "citation target", "ref pages", "doi", "date"} <= counts.keys()


@pytest.mark.parametrize(
    ("cut", "put", "field"),
    [
        (b"Ford", b"Fjord", "author surname"),
        (b'rid="a1"', b'rid="a9"', "author-affiliation link"),
        (b"0097", b"0098", "orcid"),
        (b"<kwd>size</kwd>", b"", "keyword"),
        (b"Small rivers matter.", b"Big rivers do.", "abstract"),
        (b'<xref ref-type="bibr" rid="r2">[2]</xref>', b"[2]", "citation linked"),
        (b"<year>2001</year>", b"2001", "ref year"),
        (b"<title>Introduction</title>", b"<title>Methods</title>", "section title"),
        (b"10.5555/x.1", b"10.5555/x.2", "doi"),
        (b"</ref-list>", b'<ref id="r3"><mixed-citation>More</mixed-citation></ref></ref-list>', "references split"),
        (b"On <italic>small</italic> rivers", b"Of other things", "words kept"),
    ],
)
def test_what_is_wrong_scores_less(cut: bytes, put: bytes, field: str) -> None:
    assert cut in JATS
    assert measures(score(LABELS, read(JATS.replace(cut, put)), SOURCE).counts[field])[0] < 1


def test_nothing_found_scores_nothing() -> None:
    counts = score(LABELS, Facts(), SOURCE).counts
    assert {measures(c)[0] for c in counts.values()} == {0.0}


def test_measures() -> None:
    assert measures((1, 2, 4)) == (pytest.approx(1 / 3), 0.5, 0.25)
    assert measures((0, 0, 3)) == (0.0, 0.0, 0.0)


def test_texts_are_compared_by_letters_and_digits() -> None:
    assert key("Ｆig. 2\u00a0(b)") == "fig2b"
    assert close("The Aims of Rivers", "the aims of river")
    assert not close("The aims of rivers", "The aims of lakes")
    assert not close("", "")
    assert words(plain("**A** [b](http://x) ![c](d.png) $e$ `f` <b>g</b>")).keys() == set("abcfg")


def test_a_text_is_used_once() -> None:
    out = Score()
    out.pair("keyword", ["a"], ["a", "a"])
    assert out.counts == {"keyword": (1, 1, 2)}


def test_a_saved_run_is_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = accuracy.Run({"x": {"title": (1, 2, 2)}}, {"x": 0.1})
    monkeypatch.setattr(accuracy, "measure", lambda folders: run)
    saved = tmp_path / "run.json"
    assert accuracy.main(["--save", str(saved)]) == 0
    assert json.loads(saved.read_text("utf-8"))["total"] == {"title": [1, 2, 2]}
    run.articles["x"]["title"] = (2, 2, 2)
    capsys.readouterr()
    assert accuracy.main(["--against", str(saved), "--articles"]) == 0
    assert "+0.500" in capsys.readouterr().out


def test_labelled_articles_are_found() -> None:
    found = accuracy.labelled(accuracy.ROOT / "samples")
    assert len(found) >= 4
    assert all(labels.exists() for labels in found.values())
