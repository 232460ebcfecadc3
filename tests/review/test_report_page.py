"""The report page as text: whole, valid, escaped, bounded; every jump leads somewhere."""

from __future__ import annotations

import hashlib
import os
import re
from base64 import b64encode
from pathlib import Path

import html5lib
import pytest
from lxml import etree
from lxml import html as lxml_html

import jatspack
import vnu
from jatspack.archive import verify
from jatspack.findings import UsageError
from jatspack.pipeline import pack
from jatspack.review import source
from jatspack.run import Package

OWN = """html head meta title style body a header h1 h2 h3 h4 p ul ol li nav div main section dl dt dd span bdi b i em
code pre details summary button label input select option table thead tbody tr th td script"""
OWN_TAGS = frozenset(re.findall(r"\w+", OWN))


def text_of(package: Package) -> str:
    return package.files[f"{package.stem}.report.html"].decode()


def parsed(package: Package) -> etree._Element:
    return lxml_html.document_fromstring(text_of(package))


def said(page: etree._Element, path: str) -> list[str]:
    """The texts of the elements, on one line each."""
    return [" ".join(element.text_content().split()) for element in page.xpath(path)]


@pytest.mark.parametrize("name", ["bees", "hostile"])
def test_is_html5_without_parse_errors(name: str, request: pytest.FixtureRequest) -> None:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text_of(request.getfixturevalue(name)))
    assert [(error[1], error[0]) for error in parser.errors] == []


def test_the_nu_checker_has_nothing_to_say(pages: dict[str, Path]) -> None:
    if lacking := vnu.missing():
        if os.environ.get("CI"):
            pytest.fail(f"{lacking} must be here for the Nu HTML Checker")
        pytest.skip(f"no {lacking}: the Nu HTML Checker needs it")
    assert vnu.faults(list(pages.values())) == []


@pytest.mark.parametrize("name", ["bees", "hostile"])
def test_every_jump_leads_somewhere(name: str, request: pytest.FixtureRequest) -> None:
    page = parsed(request.getfixturevalue(name))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    jumps = {href[1:] for href in page.xpath("//a/@href | //@data-to") if href.startswith("#")}
    assert jumps - set(ids) == set()
    assert set(page.xpath("//@data-to")) - set(ids) == set()


def test_all_lines_stand_there_with_role_and_language(bees: Package) -> None:
    page = parsed(bees)
    document = bees.document
    assert document
    lines = document.source.text.rstrip("\n").split("\n")
    assert [e.text_content() for e in page.xpath("//ol[@class='lines']/li/span[@class='x']")] == lines
    row = {n: page.get_element_by_id(f"L{n}") for n in (3, 9, 16, 29, 44)}
    roles = [row[n].find("span[@class='role']").text_content() for n in (3, 9, 16)]
    assert roles == ["authors info", "contact", "title"]
    assert row[16].find("span[@class='x']").get("lang") == "ru"
    assert (row[29].find("span[@class='x']").get("lang"), row[29].find("span[@class='x']").get("dir")) == ("ar", "auto")
    legend = said(page, "//section[@id='source']/ul[@class='legend']/li")
    assert {"title", "authors", "affiliation", "abstract", "keywords", "heading", "text", "reference"} <= set(legend)


def test_a_line_leads_to_what_it_became_and_back(bees: Package) -> None:
    page = parsed(bees)
    for line, what in ((3, "Author 1"), (9, "Author 1"), (20, "Affiliation 1"), (14, "Keywords"), (59, "Marsh")):
        ident = page.xpath(f"//li[@id='L{line}']/span[@class='x']/@data-to")[0]
        thing = page.get_element_by_id(ident)
        assert what in thing.text_content(), line
    author = page.xpath("//ol[contains(@class, 'people')]/li[1]")[0]
    assert author.xpath(".//span[@class='at']/a/@href") == ["#L3", "#L18"]
    for line in (59, 60):
        assert page.xpath(f"//li[@id='L{line}']/span[@class='role']/a/@href") != []
    section = page.get_element_by_id(page.xpath("//li[@id='L42']/span[@class='x']/@data-to")[0])
    assert "Hives" in section.text_content()


def test_front_matter_by_language_and_author(bees: Package) -> None:
    page = parsed(bees)
    cards = page.xpath("//div[contains(@class, 'languages')]/section")
    assert [c.find("h3").text_content().split(" ")[0].strip() for c in cards] == ["English", "Russian", "Arabic"]
    assert [p.get("lang") for p in page.xpath("//div[contains(@class, 'languages')]//p[@class='title']")] == [
        "en",
        "ru",
    ]
    assert page.xpath("//div[contains(@class, 'languages')]//ul[@class='keywords'][@lang='ar']/@dir") == ["rtl"]
    assert "not recognised: title" in cards[2].text_content()
    assert "counted the $n = 40$ bees" in cards[0].text_content()
    first = said(page, "//ol[contains(@class, 'people')]/li[1]")[0]
    for part in ("corresponding", "Anna Hollis", "Анна Холлис", "0000-0002-1825-0097", "a.hollis@oak.example", "0.95"):
        assert part in first
    assert "no citation leads here" not in said(page, "//section[@id='references']")[0]


def test_parts_of_references_are_told_in_words_too(bees: Package) -> None:
    page = parsed(bees)
    work = page.xpath("//ol[@class='works']/li[1]")[0]
    coloured = {(s.get("title"), s.text_content()) for s in work.xpath(".//span[starts-with(@class, 'part ')]")}
    listed = {(d.findtext("dt"), d.findtext("dd")) for d in work.xpath(".//dl/div")}
    assert {("year", "2011"), ("source", "Journal of Bees"), ("volume", "4")} <= coloured & listed
    assert {label for label, _ in coloured} <= set(said(page, "//section[@id='references']/ul[@class='legend']/li"))
    assert "cited 1 time: line 35" in " ".join(work.text_content().split())


def test_findings_and_what_was_silenced_and_corrected(bees: Package) -> None:
    page = parsed(bees)
    heard = page.xpath("//section[@id='findings']/ol/li")
    told = [(f.severity, f.code) for f in bees.report.findings if not f.silenced]
    assert [(e.get("data-severity"), e.get("data-code")) for e in heard] == told
    cited = next(e for e in heard if e.get("data-code") == "citation-without-reference")
    correction = next(f.correction for f in bees.report.findings if f.code == "citation-without-reference")
    assert cited.xpath(".//details/pre")[0].text_content() == correction
    assert cited.get("data-lang") == "en"
    silenced = page.xpath("//details[@class='silenced']")[0]
    assert "open" not in silenced.attrib
    assert "the figure <b>comes</b> with the next issue (bees.toml:8)" in silenced.text_content()
    corrections = said(page, "//section[@id='words']/ul[last()]/li")
    assert any("applied" in row and "Warm Hives by Cold Lakes" in row for row in corrections)


def test_promises_say_what_the_report_says(bees: Package) -> None:
    page, report = parsed(bees), bees.report
    assert report.words
    names = said(page, "//div[@class='promises']/section/h3")
    assert names == [
        "Valid ✓ kept",
        "Nothing lost, nothing made up ✓ kept",
        "Accountable ✓ kept",
        "Reproducible recorded",
    ]
    rows = dict(
        zip(said(page, "//div[@class='promises']//dt"), said(page, "//div[@class='promises']//dd"), strict=True)
    )
    assert rows["In the XML"] == f"{report.words.kept:,}"
    assert rows["Fields"] == str(len(report.fields))
    assert report.source.sha256 in text_of(bees)
    assert all(made.sha256 in text_of(bees) for made in report.outputs if made.name.endswith(".xml") and made.sha256)


def test_a_broken_promise_is_shown(tmp_path: Path) -> None:
    article = tmp_path / "broken.xml"
    article.write_text(
        "<article><front><article-meta><title-group/></article-meta></front>\n<oops/></article>", "utf-8"
    )
    page = parsed(pack(article, only=["report"]))
    assert said(page, "//header//p[contains(@class, 'verdict')]") == ["✗ has errors"]
    assert "Valid ✗ broken" in said(page, "//div[@class='promises']/section/h3")
    lines = {a.get("href") for a in page.xpath("//section[@id='findings']//span[@class='at']/a")}
    assert "#L2" in lines
    assert page.xpath("//section[@id='front']") == []


def test_a_place_in_a_long_line_is_quoted(tmp_path: Path) -> None:
    article = tmp_path / "long.xml"
    article.write_text(f"<article><!-- {'x' * 9000} --><front/><oops/></article>", "utf-8")
    page = parsed(pack(article, only=["report"]))
    assert any("<front/>" in quote for quote in said(page, "//pre[@class='quote']"))


def test_nothing_of_a_hostile_source_is_markup(hostile: Package) -> None:
    page = parsed(hostile)
    assert {e.tag for e in page.iter() if isinstance(e.tag, str)} <= OWN_TAGS
    assert len(page.xpath("//script")) == len(page.xpath("//style")) == 1
    assert [name for e in page.iter() for name in e.attrib if name.startswith("on") or name == "style"] == []
    links = {str(href) for href in page.xpath("//@href | //@src | //@action")}
    assert {href for href in links if not href.startswith(("#", ".%2F", "./", "https://orcid.org/"))} == set()
    assert "49" not in said(page, "//div[contains(@class, 'languages')]")[0]
    for harm in ("alert(20)", "alert(21)", "{{ 7 * 7 }}", "javascript:alert(11)"):
        assert harm in page.text_content()


def test_the_policy_allows_the_own_style_and_script_only(bees: Package) -> None:
    page = parsed(bees)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style, script = (page.find(f".//{tag}").text for tag in ("style", "script"))
    hashes = [b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"url\(|@import|http", style)


def test_what_html_cannot_hold_is_shown_otherwise(tmp_path: Path) -> None:
    article = tmp_path / "controls.md"
    article.write_text("# A title\n\nA bell\x07 and a\x85 next line \ufdd0 here.\n", "utf-8")
    package = jatspack.convert(article, only=["report"])
    text = text_of(package)
    assert "A bell␇ and a" in text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0]", text)


def test_a_very_long_source_stays_bounded(bees: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    from jatspack.review.page import Subject, report_page

    monkeypatch.setattr(source, "MOST_LINES", 20)
    assert bees.article
    assert bees.document
    subject = Subject(bees.report, bees.document.source.text, bees.jats, "bees.xml", bees.article)
    page = lxml_html.document_fromstring(report_page(subject).decode())
    assert len(page.xpath("//ol[@class='lines']/li/span[@class='x']")) == 20
    gaps = [int(text.split()[0]) for text in said(page, "//li[@class='gap']")]
    assert sum(gaps) + 20 == bees.document.source.text.rstrip("\n").count("\n") + 1
    ids = set(page.xpath("//@id"))
    assert set(page.xpath("//span[@class='at']/a/@href")) - {f"#{i}" for i in ids} == set()


def test_a_long_line_is_cut(tmp_path: Path) -> None:
    article = tmp_path / "long.xml"
    article.write_text(f"<article><!-- {'x' * 50_000} --></article>", "utf-8")
    text = text_of(pack(article, only=["report"]))
    assert len(text) < 60_000
    assert "more characters" in text


def test_it_is_part_of_the_run(tmp_path: Path, bees: Package) -> None:
    article = Path(__file__).parent / "data" / "bees.md"
    package = jatspack.convert(article, output=tmp_path / "out", only=["bag"])
    assert (tmp_path / "out/bees.report.html").read_bytes() == package.files["bees.report.html"]
    assert (tmp_path / "out/bees.bag/data/bees.report.html").is_file()
    assert verify(tmp_path / "out/bees.bag").valid
    assert "bees.report.html" in [made.name for made in package.report.outputs]
    with pytest.raises(UsageError, match="exists already"):
        jatspack.convert(article, output=tmp_path / "out")


def test_jats_alone_is_made_without_it() -> None:
    package = jatspack.convert(Path(__file__).parent / "data" / "bees.md", only=["jats"])
    assert "bees.report.html" not in package.files
    assert package.report.outputs
