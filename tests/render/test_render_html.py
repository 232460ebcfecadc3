"""The page: valid, accessible, whole, in the languages of the article."""

from __future__ import annotations

import re
from itertools import pairwise

import html5lib
import pytest
from lxml import etree
from lxml import html as lxml_html
from render_data import jats, tree_of

from jatspack.findings import KINDS
from jatspack.render import Rendered, html, render
from jatspack.render.names import plain


def parsed(text: str) -> etree._Element:
    return lxml_html.document_fromstring(text)


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text))


@pytest.mark.parametrize("name", ["trilingual", "chinese"])
def test_is_html5_without_parse_errors(name: str, request: pytest.FixtureRequest) -> None:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(request.getfixturevalue(name).html)
    assert [(error[1], error[0]) for error in parser.errors] == []


@pytest.mark.parametrize("name", ["trilingual", "chinese"])
def test_ids_are_unique_and_inner_links_lead_somewhere(name: str, request: pytest.FixtureRequest) -> None:
    page = parsed(request.getfixturevalue(name).html)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} <= set(ids)


def test_one_h1_headings_in_order_and_landmarks(trilingual: Rendered) -> None:
    page = parsed(trilingual.html)
    levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    main = [int(heading.tag[1]) for heading in page.find(".//main").iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert main[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(main))
    assert len(page.findall(".//main")) == 1
    assert len(page.findall(".//nav")) == 1
    assert page.find(".//a[@class='skip']").get("href") == "#text"


def test_every_word_of_the_jats_is_on_the_page(trilingual: Rendered) -> None:
    tree = tree_of("article.xml")
    for hidden in tree.xpath("//tex-math | //alt-text | //journal-meta/* | //day | //month"):
        hidden.getparent().remove(hidden)
    page = parsed(trilingual.html)
    for style in page.xpath("//style"):
        style.getparent().remove(style)
    assert words(" ".join(tree.getroot().itertext())) - words(" ".join(page.itertext())) == set()


def test_languages_are_marked(trilingual: Rendered) -> None:
    page = parsed(trilingual.html)
    assert page.get("lang") == "kk"
    assert page.xpath("//section[contains(@class, 'translation')]/@lang") == ["ru", "en"]
    assert page.find(".//blockquote").get("lang") == "ru"
    assert [e.get("lang") for e in page.xpath("//li[@id='r1']//p[starts-with(@class, 'citation')]")] == ["ru", "en"]


def test_the_own_language_comes_first_and_each_has_its_people(trilingual: Rendered) -> None:
    page = parsed(trilingual.html)
    assert [e.text_content() for e in page.xpath("//header//span[@class='name']")][:2] == ["Ә. Ерғазина", "Қ. Жүнісов"]
    english = page.xpath("//section[@lang='en'][contains(@class, 'translation')]")[0]
    assert "A. Yergazina" in english.text_content()
    assert "Department of Hydrology" in english.text_content()
    assert english.xpath("./h2/text()") == ["How wells were dug on summer pastures: oral evidence and measurements"]


def test_citations_and_notes_link_both_ways(trilingual: Rendered) -> None:
    page = parsed(trilingual.html)
    cites = page.xpath("//a[contains(@class, 'bibr')]")
    assert [a.get("href") for a in cites] == ["#r1", "#r1", "#r2"]
    assert page.xpath("//li[@id='r1']//a[@role='doc-backlink']/@href") == ["#cite-1", "#" + cites[1].get("id")]
    assert "#" + cites[1].get("id") in page.xpath("//li[@id='r2']//a[@role='doc-backlink']/@href")
    note = page.xpath("//a[@role='doc-noteref']")[0]
    assert note.get("href") == "#fn1"
    assert page.xpath("//li[@id='fn1']//a[@role='doc-backlink']/@href") == ["#" + note.get("id")]
    assert page.xpath("//a[@data-rid]/@data-rid") == ["r1 r2"]  # a mark that names more than its link leads to


def test_printed_words_win_over_the_programs(trilingual: Rendered) -> None:
    page = parsed(trilingual.html)
    labels = [e.text_content() for e in page.xpath("//div[@class='keywords']/span[@class='what']")]
    assert labels == ["Түйін сөздер", "Ключевые слова", "Keywords"]
    assert page.xpath("//section[@class='references']/h2/text()") == ["Әдебиеттер"]
    assert page.xpath("//section[@class='ack']/h2/text()") == ["Алғыс"]


def test_metadata_for_search_engines(trilingual: Rendered) -> None:
    page = parsed(trilingual.html)
    meta: dict[str, list[str]] = {}
    for element in page.xpath("//meta[@name]"):
        meta.setdefault(element.get("name"), []).append(element.get("content"))
    assert meta["citation_title"][0].startswith("Көшпелі жайлаулардағы")
    assert meta["citation_author"] == ["Ә. Ерғазина", "Қ. Жүнісов"]
    assert meta["citation_doi"] == ["10.5555/dala.2024.17"]
    assert meta["citation_publication_date"] == ["2024/09/30"]
    assert meta["citation_journal_title"] == ["Дала хабаршысы"]
    assert (meta["citation_volume"], meta["citation_firstpage"]) == (["12"], ["45"])
    assert len(meta["DC.title"]) == 3
    assert meta["DC.language"] == ["kk"]
    assert meta["description"][0].startswith("Мақалада")


def test_mathml_is_kept_and_tex_is_not_shown_beside_it(trilingual: Rendered) -> None:
    page = parsed(trilingual.html)
    assert len(page.xpath("//math")) == 2
    assert page.xpath("//div[@id='eq1']//math/@display") == ["block"]
    assert "frac" not in page.find(".//main").text_content()


def test_tables_have_heads_scopes_and_a_caption(trilingual: Rendered) -> None:
    table = parsed(trilingual.html).find(".//table")
    assert table.find("caption").text_content().startswith("1-кесте.")
    assert table.xpath(".//th/@scope") == ["col", "colgroup", "col", "col", "col"]
    assert table.xpath(".//td[@class='right']")[0].text == "7,4"
    assert table.getparent().get("tabindex") == "0"


def test_images_are_in_the_page_with_their_description(trilingual: Rendered) -> None:
    image = parsed(trilingual.html).find(".//figure//img")
    assert image.get("src").startswith("data:image/svg+xml;base64,")
    assert image.get("alt") == "Bar chart of the depth of five wells"
    assert trilingual.findings == ()


def test_an_image_that_is_not_there_leaves_its_description_and_a_finding() -> None:
    made = render(jats('<fig id="f"><label>Fig. 1</label><graphic xlink:href="media/x.png"/></fig>'), {})
    assert "<img" not in made.html
    assert "[Fig. 1]" in made.html
    assert [f.code for f in made.findings] == ["image-not-shown"]
    assert all(f.code in KINDS for f in made.findings)


def test_a_citation_without_punctuation_gets_some() -> None:
    back = """<ref-list><ref id="r"><element-citation><person-group><name><surname>Hill</surname>
      <given-names>M</given-names></name><name><surname>Lee</surname><given-names>K</given-names></name></person-group>
      <article-title>Wells</article-title><source>Dry Places</source><year>2011</year><volume>4</volume><issue>2</issue>
      <fpage>11</fpage><lpage>29</lpage><pub-id pub-id-type="doi">10.5555/x</pub-id></element-citation>
      </ref></ref-list>"""
    page = parsed(html(jats(back=back), {}))
    text = page.xpath("string(//li[@id='r'])").strip()
    assert text == "Hill M, Lee K (2011). Wells. Dry Places, 4(2), 11–29. 10.5555/x."
    assert page.xpath("//li[@id='r']//a/@href") == ["https://doi.org/10.5555/x"]


def test_blocks_in_paragraphs_and_notes_in_the_text() -> None:
    body = """<sec><title>A</title><p>Before
      <list list-type="bullet"><list-item><p>one</p></list-item></list> after.</p>
      <p>Text<fn id="n"><p>A note.</p></fn>.</p></sec>"""
    text = html(jats(body), {})
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    assert parser.errors == []
    page = parsed(text)
    assert page.xpath("//a[@role='doc-noteref']/text()") == ["1"]
    assert "A note." in page.xpath("string(//section[@role='doc-endnotes'])")


def test_right_to_left() -> None:
    page = parsed(html(jats('<p>سلام</p><p xml:lang="en">Hello</p>', lang="fa"), {}))
    assert page.get("dir") == "rtl"
    assert page.xpath("//p[@lang='en']/@dir") == ["ltr"]


def test_the_same_tree_gives_the_same_page() -> None:
    assert html(tree_of("chinese.xml"), {}) == html(tree_of("chinese.xml"), {})


def test_names_of_the_east(chinese: Rendered) -> None:
    page = parsed(chinese.html)
    assert [e.text_content() for e in page.xpath("//header//ul[@class='authors']//span[@class='name']")] == [
        "林晓雨",
        "赵明",
    ]
    assert "2023年11月2日" in page.text_content()


def test_plain_text_leaves_notes_out() -> None:
    element = etree.fromstring("<p>A<xref ref-type='fn' rid='x'>1</xref> <italic>b</italic><fn><p>c</p></fn> d</p>")
    assert plain(element) == "A b d"


def test_plain_affiliations_and_heads_without_text() -> None:
    front = """<contrib-group><contrib><name><surname>A</surname><given-names>B</given-names></name>
      <xref ref-type="aff" rid="a1"/><xref ref-type="aff" rid="a2"/></contrib></contrib-group>
      <aff id="a1"><institution>X</institution><country>Y</country></aff>
      <aff id="a2"><institution>Z</institution></aff>"""
    body = """<table-wrap><table><thead><tr><th/><th>n</th></tr></thead>
      <tbody><tr><th>a</th><td>1</td></tr></tbody></table></table-wrap>"""
    page = parsed(html(jats(body, front=front), {}))
    assert page.xpath("//@id[starts-with(., 'a')]") == ["a1", "a2"]
    assert [a.text for a in page.xpath("//sup[@class='marks']/a")] == ["1", "2"]
    assert page.xpath("string(//*[@id='a1'])") == "X, Y"
    assert [cell.tag for cell in page.xpath("//thead//tr/*")] == ["td", "th"]
    assert page.xpath("//th/@scope") == ["col", "row"]


def test_section_types_are_no_classes_of_the_style_sheet() -> None:
    page = parsed(html(jats('<sec sec-type="subjects"><title>A</title><p>b</p></sec>'), {}))
    assert page.xpath("//section/@class") == ["sec-subjects"]


def test_a_mark_stands_once() -> None:
    front = """<contrib-group><contrib corresp="yes"><name><surname>A</surname></name>
      <xref ref-type="corresp" rid="c1"/><xref ref-type="corresp" rid="c2"/></contrib></contrib-group>
      <author-notes><corresp id="c1">one</corresp><corresp id="c2">two</corresp></author-notes>"""
    page = parsed(html(jats(front=front), {}))
    assert page.xpath("string(//sup[@class='marks'])") == "*"
    assert [note.text_content() for note in page.xpath("//div[@class='note']")] == ["*one", "two"]
