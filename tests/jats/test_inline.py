"""Rich text as mixed content."""

from __future__ import annotations

from lxml import etree

from jatspack.article import Part
from jatspack.jats.inline import Writer
from jatspack.read.document import Media
from jatspack.richtext import HARD_BREAK, OBJECT, Image, Math, Rich, Run, Xref

from .builders import rich, styled


def _xml(tag: str, text: Rich, *parts: Part) -> str:
    writer = Writer({"a.png": Media("a.png", "a.png", b"", "image/png")})
    element = etree.Element(tag)
    if parts:
        writer.fill_tagged(element, text, parts)
    else:
        writer.fill(element, text)
    etree.cleanup_namespaces(element)
    return (
        etree.tostring(element, encoding="unicode")
        .replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
        .replace(' xmlns:ns0="http://www.w3.org/1999/xlink"', "")
    )


def test_neighbours_of_one_style_share_their_element() -> None:
    text = rich(styled("a", "italic"), styled(" b", "italic"), styled("c", "italic", "bold"))
    assert _xml("p", text) == "<p><italic>a b<bold>c</bold></italic></p>"


def test_space_is_styled_only_where_both_sides_are() -> None:
    assert _xml("p", rich(styled("a ", "bold"), "b")) == "<p><bold>a</bold> b</p>"
    assert _xml("p", rich(styled("a", "bold"), " ", styled("b", "bold"))) == "<p><bold>a b</bold></p>"


def test_a_link_is_one_element_however_its_text_is_styled() -> None:
    text = rich(Run("see ", href="https://a.example"), styled("this", "italic", href="https://a.example"))
    assert "<ext-link" in _xml("p", text)
    assert _xml("p", text).count("<ext-link") == 1


def test_mail_links_are_email_where_their_text_is_an_address() -> None:
    assert _xml("p", rich(Run("a@b.example", href="mailto:c@d.example"))) == "<p><email>a@b.example</email></p>"
    assert "ext-link" in _xml("p", rich(Run("write to us", href="mailto:c@d.example")))


def test_harmful_links_are_text() -> None:
    assert _xml("p", rich(Run("x", href="javascript:alert(1)"))) == "<p>x</p>"


def test_line_ends_and_hard_breaks() -> None:
    assert _xml("p", rich(f"a\nb{HARD_BREAK}c")) == "<p>a b c</p>"
    assert _xml("title", rich(f"a{HARD_BREAK}b")) == "<title>a<break/>b</title>"


def test_what_an_element_may_not_hold_stays_as_characters() -> None:
    text = rich(Run("1", xref=Xref("bibr", "r")), Run(OBJECT, object=Math("x^2")), styled("b", "bold"))
    assert _xml("kwd", text) == "<kwd>1x^2<bold>b</bold></kwd>"
    assert _xml("surname", text) == "<surname>1x^2b</surname>"


def test_pictures_in_text() -> None:
    assert "media/a.png" in _xml("p", rich(Run(OBJECT, object=Image("a.png", rich("a bee")))))
    assert _xml("kwd", rich(Run(OBJECT, object=Image("a.png", rich("a bee"))))) == "<kwd>a bee</kwd>"


def test_parts_cut_styled_runs() -> None:
    text = rich(styled("Hive, 3", "italic"), ".")
    xml = _xml("mixed-citation", text, Part("source", 0, 4), Part("volume", 6, 7))
    assert xml == "<mixed-citation><source><italic>Hive</italic></source>, <volume>3</volume>.</mixed-citation>"


def test_parts_nest_and_those_that_may_not_stand_give_way() -> None:
    parts = Part(
        "person-group", 0, 9, (), (Part("name", 0, 9, (), (Part("surname", 0, 6), Part("given-names", 7, 9))),)
    )
    xml = _xml("mixed-citation", rich("Ivanov I."), parts)
    assert "<name><surname>Ivanov</surname> <given-names>I.</given-names></name>" in xml
    assert _xml("mixed-citation", rich("abc"), Part("sec", 0, 3, (), (Part("year", 1, 2),))) == (
        "<mixed-citation>a<year>b</year>c</mixed-citation>"
    )


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    assert _xml("p", rich("a\x0bb\ufffe")) == "<p>ab</p>"
