"""Parts of the page that readers and machines use: languages, authors' cards, citations, metadata, images beside it."""

from __future__ import annotations

import json
from typing import Any

import pypdfium2
import pytest
from lxml import etree
from lxml import html as lxml_html
from render_data import jats, media, tree_of

from jatspack.findings import KINDS, UsageError
from jatspack.read.document import Media
from jatspack.render import HtmlSettings, Rendered, html, pdf, render

JOURNAL = """<journal-meta><journal-id>j</journal-id><journal-title-group><journal-title>Wells</journal-title>
  </journal-title-group><issn/></journal-meta>"""


def parsed(text: str) -> etree._Element:
    return lxml_html.document_fromstring(text)


def linked(page: etree._Element) -> Any:
    return json.loads(page.xpath("string(//script[@type='application/ld+json'])"))


def words(element: etree._Element) -> str:
    return " ".join(element.text_content().split())


def in_journal(tree: etree._ElementTree) -> etree._ElementTree:
    tree.getroot().find("front").insert(0, etree.fromstring(JOURNAL))
    return tree


# --- languages ----------------------------------------------------------------


def test_the_switch_has_every_language_by_its_own_name(trilingual: Rendered) -> None:
    switch = parsed(trilingual.html).xpath("//header/fieldset")[0]
    assert [words(label) for label in switch.iter("label")] == ["Қазақ тілі", "Русский", "English", "Барлығы"]
    assert [span.get("lang") for span in switch.iter("span")] == [None, "ru", "en", None]
    assert switch.xpath(".//input/@checked/../@class") == ["own"]
    assert words(switch.find("legend"))


def test_each_button_shows_a_part_and_says_what_is_in_it(trilingual: Rendered) -> None:
    page = parsed(trilingual.html)
    for n, lang in enumerate(("ru", "en"), 1):
        button = page.xpath(f"//fieldset//input[contains(@class, 'other n{n}')]/@class")[0].split()
        assert {"has-title", "has-authors", "has-addresses", "has-abstract", "has-keywords"} <= set(button)
        part = page.xpath(f"//article/section[contains(@class, 'translation n{n}')]")[0]
        assert part.get("lang") == lang
    assert len(page.xpath("//section[contains(@class, 'translation')]//h2[contains(@class, 'title')]")) == 2


def test_no_switch_where_there_is_one_language() -> None:
    assert parsed(html(jats("<p>a</p>"), {})).xpath("//fieldset") == []


def test_a_translation_has_its_direction() -> None:
    front = '<trans-abstract xml:lang="fa"><p>خلاصه</p></trans-abstract>'
    page = parsed(html(jats(front=front), {}))
    assert page.xpath("//section[contains(@class, 'translation')]/@dir") == ["rtl"]
    assert page.xpath("//fieldset//span[@lang='fa']/@dir") == ["rtl"]


# --- authors --------------------------------------------------------------------


def test_a_name_opens_the_card_of_its_author(trilingual: Rendered) -> None:
    page = parsed(trilingual.html)
    button = page.xpath("//header//button")[0]
    card = page.xpath(f"//*[@id='{button.get('popovertarget')}']")[0]
    assert card.get("popover") == "auto"
    for text in ("Ә. Ерғазина", "А. Ергазина", "A. Yergazina", "Дала университеті", "a.yergazina@example.edu"):
        assert text in words(card)
    assert "https://orcid.org/0000-0002-1825-0097" in card.xpath(".//a/@href")
    targets = page.xpath("//button/@popovertarget")
    assert len(targets) == len(set(targets)) == 6  # two authors in three languages
    assert set(targets) <= set(page.xpath("//@id"))


def test_what_is_for_screens_is_not_printed(trilingual: Rendered) -> None:
    document = pypdfium2.PdfDocument(pdf(trilingual.html))
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    for label in ("Барлығы", "Мақалаға сілтеме жасау", "Vancouver", "ISSN"):
        assert label not in text
    assert (
        text.count("Ә. Ерғазина")
        == parsed(trilingual.html).xpath("count(//span[@class='name'][. = 'Ә. Ерғазина'])") + 1
    )


# --- citations -------------------------------------------------------------------


def cited(page: etree._Element, kind: str = "own") -> dict[str, str]:
    rows = page.xpath("//details[@class='cite screen']/dl/div")
    return {words(row.find("dt")): words(row.xpath(f"dd[@class='{kind}']")[0]) for row in rows}


def test_the_article_is_cited_in_styles(trilingual: Rendered) -> None:
    own, english = cited(parsed(trilingual.html)), cited(parsed(trilingual.html), "n2")
    assert list(own) == ["APA", "Vancouver", "Chicago", "ISO 690", "ГОСТ Р 7.0.5–2008"]
    assert english["APA"] == (
        "Yergazina, A., & Zhunisov, Q. (2024). How wells were dug on summer pastures: oral evidence and measurements. "
        "Steppe Bulletin, 12(3), 45–52. https://doi.org/10.5555/dala.2024.17"
    )
    assert english["Chicago"].startswith(
        "Yergazina, A., and Q. Zhunisov. 2024. “How Wells Were Dug on Summer Pastures:"
    )
    assert "Measurements.” Steppe Bulletin 12 (3): 45–52." in english["Chicago"]
    assert own["ГОСТ Р 7.0.5–2008"].startswith("Ерғазина Ә., Жүнісов Қ. Көшпелі")
    italic = parsed(trilingual.html).xpath("//dd[@class='n2']//i/text()")
    assert "Steppe Bulletin" in italic


def test_bibtex_and_ris(trilingual: Rendered) -> None:
    bib, ris = parsed(trilingual.html).xpath("//details[@class='cite screen']/details/pre")
    assert bib.text.startswith("@article{erghazina2024,\n")
    assert "author = {Ерғазина, Ә. and Жүнісов, Қ.}" in bib.text
    assert "pages = {45--52}" in bib.text
    assert "doi = {10.5555/dala.2024.17}" in bib.text
    lines = ris.text.splitlines()
    assert lines[0] == "TY  - JOUR"
    assert "AU  - Ерғазина, Ә." in lines
    assert {"SP  - 45", "EP  - 52", "VL  - 12", "IS  - 3", "PY  - 2024", "SN  - 1234-5679"} <= set(lines)


def test_nothing_is_made_up_for_a_citation() -> None:
    page = parsed(html(jats("<p>a</p>"), {}))
    assert page.xpath("//details[@class='cite screen']/dl") == []  # no journal: no style knows what it is
    assert page.xpath("//pre")[0].text == "@article{article,\n\ttitle = {{On wells}}\n}\n"
    known = linked(page)
    assert set(known) == {"@context", "@type", "headline", "name", "inLanguage"}


def test_braces_and_markup_in_a_title_stay_text() -> None:
    tree = in_journal(jats())
    tree.getroot().find(".//article-title").text = r"<b>{x}</b> & 50% \cite"
    page = parsed(html(tree, {}))
    assert all("<b>{x}</b> & 50% \\cite" in text for text in cited(page).values() if "<B>" not in text)
    assert r"<b>\{x\}</b> \& 50\% {\textbackslash}cite" in page.xpath("//pre")[0].text
    assert linked(page)["headline"] == r"<b>{x}</b> & 50% \cite"


def test_styles_can_be_chosen_and_left_out() -> None:
    tree = in_journal(jats())
    assert list(cited(parsed(html(tree, {}, HtmlSettings(citation_styles=("ieee",)))))) == ["IEEE"]
    assert parsed(html(tree, {}, HtmlSettings(citation_styles=()))).xpath("//*[@class='cite screen']") == []
    with pytest.raises(UsageError, match=r"no style '\.\./secret'"):
        html(tree, {}, HtmlSettings(citation_styles=("../secret",)))


def test_a_style_that_fails_is_left_out_with_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    from jatspack.render import csl

    def fail(*_: object) -> None:
        raise ValueError("no such term")

    monkeypatch.setattr(csl, "_formatted", fail)
    made = render(in_journal(jats()), {}, HtmlSettings(citation_styles=("apa",)))
    assert [(f.code, f.data["style"]) for f in made.findings] == [("citation-not-made", "APA")]
    assert all(f.code in KINDS for f in made.findings)


# --- metadata ----------------------------------------------------------------------


def test_json_ld(trilingual: Rendered) -> None:
    known = linked(parsed(trilingual.html))
    assert known["@type"] == "ScholarlyArticle"
    assert known["@id"] == "https://doi.org/10.5555/dala.2024.17"
    assert [name["@language"] for name in known["name"]] == ["kk", "ru", "en"]
    first = known["author"][0]
    assert (first["@id"], first["familyName"]) == ("https://orcid.org/0000-0002-1825-0097", "Ерғазина")
    assert [name["@value"] for name in first["alternateName"]] == ["А. Ергазина", "A. Yergazina"]
    assert first["affiliation"][0]["name"][0] == {
        "@value": "Дала университеті, Жезқазған, Қазақстан",
        "@language": "kk",
    }
    issue = known["isPartOf"]
    assert (issue["issueNumber"], issue["isPartOf"]["volumeNumber"]) == ("3", "12")
    assert issue["isPartOf"]["isPartOf"]["issn"] == ["1234-5679"]
    assert known["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert known["citation"] == [{"@type": "CreativeWork", "@id": "https://doi.org/10.5555/jdp.2011.4"}]


def test_addresses_of_the_article_come_from_the_jats_alone(trilingual: Rendered) -> None:
    page = parsed(trilingual.html)
    assert {(e.get("rel"), e.get("href")) for e in page.iter("link")} == {
        ("cite-as", "https://doi.org/10.5555/dala.2024.17"),
        ("license", "https://creativecommons.org/licenses/by/4.0/"),
    }
    front = """<self-uri xlink:href="https://example.org/a"/>
      <self-uri content-type="pdf" xlink:href="https://example.org/a.pdf"/>"""
    page = parsed(html(jats(front=front), {}))
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/a"]
    assert page.xpath("//meta[@name='citation_pdf_url']/@content") == ["https://example.org/a.pdf"]


def test_funding_that_no_section_speaks_of() -> None:
    front = """<funding-group><award-group><funding-source>Water Fund</funding-source><award-id>W-7</award-id>
      </award-group><funding-statement>Paid by the Water Fund (W-7).</funding-statement></funding-group>"""
    shown = parsed(html(jats(front=front), {})).xpath("//div[@class='funding']")
    assert [words(box) for box in shown] == ["Funding Paid by the Water Fund (W-7)."]
    back = "<ack><p>Paid by the Water Fund (W-7).</p></ack>"
    assert parsed(html(jats(front=front, back=back), {})).xpath("//div[@class='funding']") == []
    grant = linked(parsed(html(jats(front=front), {})))["funding"]
    assert grant == [{"@type": "Grant", "identifier": "W-7", "funder": {"@type": "Organization", "name": "Water Fund"}}]


def test_a_title_in_capitals_is_marked_and_stays() -> None:
    tree = jats()
    tree.getroot().find(".//article-title").text = "ОБ УСТРОЙСТВЕ КОЛОДЦЕВ (1868 гг.)"
    title = parsed(html(tree, {})).find(".//h1")
    assert (title.get("class"), title.text) == ("title capitals", "ОБ УСТРОЙСТВЕ КОЛОДЦЕВ (1868 гг.)")


def drawn(data: bytes) -> int:
    """How many things are drawn on the pages of a PDF."""
    return sum(len(list(page.get_objects())) for page in pypdfium2.PdfDocument(data))


# --- images -------------------------------------------------------------------------


def test_images_beside_the_page() -> None:
    made = render(tree_of("article.xml"), media(), HtmlSettings(images="beside"))
    page = parsed(made.html)
    assert page.xpath("//figure//img/@src") == ["media/wells.svg"]
    assert "img-src 'self' data:" in page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert list(made.images) == ["media/wells.svg"]
    embedded = drawn(pdf(html(tree_of("article.xml"), media())))
    assert drawn(pdf(made.html, made.images)) == embedded
    assert drawn(pdf(made.html, {})) != embedded


def test_an_image_beside_the_page_has_an_address() -> None:
    item = Media("images/a b.svg", "a-b.svg", media()["wells.svg"].data, "image/svg+xml")
    tree = jats('<fig><graphic xlink:href="images/./a b.svg"/></fig>')
    made = render(tree, {"images/./a b.svg": item}, HtmlSettings(images="beside"))
    assert parsed(made.html).xpath("//img/@src") == ["images/a%20b.svg"]
    assert drawn(pdf(made.html, made.images)) > drawn(pdf(made.html, {}))
