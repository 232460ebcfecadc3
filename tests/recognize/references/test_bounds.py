"""Bounds of the parts of a reference that signs in the text leave no doubt about."""

from __future__ import annotations

import pytest

from jatspack.article import Citation
from jatspack.recognize.references import parse_reference
from jatspack.recognize.references.bounds import bounded
from jatspack.recognize.references.model import Stretch
from jatspack.recognize.references.tokens import is_function_word
from jatspack.richtext import Rich


def parts(citation: Citation) -> dict[str, str]:
    """The first part of each tag."""
    found: dict[str, str] = {}
    for part in citation.text.parts:
        found.setdefault(part.tag, citation.text.text.text[part.start : part.end])
    return found


def stretches(*labelled: tuple[str, str]) -> tuple[str, list[Stretch]]:
    text, out = "", []
    for label, piece in labelled:
        start = len(text) + bool(text)
        text = f"{text} {piece}".strip()
        out.append(Stretch(label, start, len(text)))
    return text, out


def read(*labelled: tuple[str, str]) -> list[tuple[str, str]]:
    text, given = stretches(*labelled)
    return [(s.label, text[s.start : s.end].strip()) for s in bounded(text, given)]


def test_a_quotation_is_the_whole_title_and_a_container_may_follow() -> None:
    found = read(
        ("author", "Ferro, A. and Lund, B."), ("title", "“Salt roads of the north,” in Proceedings of the Salt Days,")
    )
    assert found[1] == ("title", "“Salt roads of the north,”")
    assert found[2][0] == "book"
    assert found[2][1].startswith("in Proceedings")


def test_names_end_before_the_clause_that_holds_a_function_word() -> None:
    found = read(("author", "A. Ferro and B. Lund, Patterns of Snow,"), ("publisher", "Norden Press,"))
    assert found[:2] == [("author", "A. Ferro and B. Lund,"), ("title", "Patterns of Snow,")]


def test_names_end_at_a_full_stop_that_belongs_to_no_initial() -> None:
    found = read(("author", "Ferro, Anselm. Snow, Salt, and Sand:"), ("title", "A History."))
    assert found == [("author", "Ferro, Anselm."), ("title", "Snow, Salt, and Sand: A History.")]


def test_a_dash_stands_for_the_names_of_the_entry_before() -> None:
    assert read(("author", "———. The Long Winter."), ("place", "Oslo:"))[1] == ("title", "The Long Winter.")


def test_an_imprint_in_brackets_is_no_title() -> None:
    found = read(("author", "A. Ferro,"), ("title", "The Long Winter (Oslo: Norden Press, 1998)"))
    assert [label for label, _ in found] == ["author", "title", "place", "publisher", "year"]


def test_a_publisher_stands_behind_place_and_colon() -> None:
    citation = parse_reference(Rich.of("Ferro, A. (2017). The late workshop. Berlin: Campus.", 1))
    assert parts(citation)["publisher-loc"] == "Berlin"
    assert parts(citation)["publisher-name"] == "Campus"


def test_a_container_ends_before_its_editors() -> None:
    found = read(("title", "Snow."), ("book", "In Winters and Roads, edited by B. Lund,"))
    assert found[1:] == [("book", "In Winters and Roads,"), ("editor", "edited by B. Lund,")]


@pytest.mark.parametrize(("word", "expected"), [("of", True), ("für", True), ("and", False), ("de", False)])
def test_function_words(word: str, expected: bool) -> None:
    assert is_function_word(word) is expected


def test_a_name_between_year_and_volume_is_the_journal() -> None:
    found = read(("author", "Ferro A., Lund B.,"), ("year", "1992, NoJ,"), ("volume", "400,"), ("pages", "699"))
    assert found[1:3] == [("year", "1992,"), ("journal", "NoJ,")]


def test_a_month_behind_the_year_is_no_journal() -> None:
    assert read(("year", "1992, March,"), ("volume", "400,"))[0] == ("year", "1992, March,")


def test_volume_and_page_behind_their_words_are_found_wherever_they_stand() -> None:
    found = parts(
        parse_reference(Rich.of("Ferro A. Snow and salt. In: Winters, vol. 7. Oslo: Norden Press, 1999. p. 35.", 1))
    )
    assert (found["volume"], found["fpage"]) == ("7", "35")


def test_a_word_with_an_ampersand_is_whole() -> None:
    text = "Snow lines. N&N, 531, 64"
    cut = text.index("&")
    given = [Stretch("title", 0, cut), Stretch("journal", cut, cut + 2), Stretch("volume", cut + 4, len(text))]
    assert [text[s.start : s.end].strip() for s in bounded(text, given)][:2] == ["Snow lines.", "N&N"]


def test_a_container_in_small_letters_stands_behind_the_double_slash() -> None:
    found = parts(
        parse_reference(Rich.of("Wang S. [et al.] Saltroads: wandering keepers //roads preprint 24.14. 2024."))
    )
    assert found["article-title"] == "Saltroads: wandering keepers"
    assert found["source"].startswith("roads preprint")


@pytest.mark.parametrize(
    ("text", "title", "book"),
    [
        (
            "Marsh, T. 2009. Tolls of the pass. In : I. Kornfeld & P. Renner (eds.). Road Biology . 2ª ed. Graz, Pass.",
            "Tolls of the pass",
            "Road Biology",
        ),
        (
            "Marsh, T. (2001). Roads of salt. In I. Kornfeld & P. Renner (Eds.), Handbook of trade: "
            "Ways and tolls (pp. 3–9). London: Road Press.",
            "Roads of salt",
            "Handbook of trade: Ways and tolls",
        ),
        (
            "SOUZA, A. Pedágios do sal. In: LIMA, B. (Org.). Caminhos do sal. São Paulo: Serra, 2010. p. 3-9.",
            "Pedágios do sal",
            "Caminhos do sal",
        ),
    ],
)
def test_a_chapter_stands_before_its_editors_and_the_book_behind_them(text: str, title: str, book: str) -> None:
    found = parts(parse_reference(Rich.of(text)))
    assert (found["chapter-title"], found["source"]) == (title, book)


@pytest.mark.parametrize(
    ("text", "author", "act"),
    [
        (
            "Brasil. Lei nº 19.985, de 18 de julho de 2000. Disponível em http://leis.example.org",
            "Brasil",
            "Lei nº 19.985",
        ),
        ("España. Real Decreto n.º 77, de 3 de mayo de 1999. Boletín de Caminos.", "España", "Real Decreto n.º 77"),
        (
            "Ministry of Roads. Order no. 12 of 5 May 2004. Available at http://roads.example.org",
            "Ministry",
            "Order no. 12",
        ),
    ],
)
def test_a_legal_act_is_the_work_and_who_made_it_the_author(text: str, author: str, act: str) -> None:
    found = parts(parse_reference(Rich.of(text)))
    assert found["person-group"].startswith(author)
    assert found.get("source", found.get("article-title", "")).startswith(act)


def test_a_country_behind_a_newspaper_is_no_part_of_its_name() -> None:
    text = "CAMPOS, J. Se encara mal el tema de la sal. El Camino, Argentina, 24 dic. 2015."
    found = parts(parse_reference(Rich.of(text)))
    assert found["source"] == "El Camino"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Irvine MA, Njenga SM, et al. Salt and the tolls of microfilariae. Trans R Soc Trop Med Hyg. 1979;73.",
            "Trans R Soc",
        ),
        (
            "Wilson, G. (2014). Salt roads: Lessons learned. Roads1000, 3, 62. https: //doi.org/10.5555/road.3-62",
            "Roads1000",
        ),
    ],
)
def test_a_container_is_whole_and_no_address(text: str, source: str) -> None:
    assert parts(parse_reference(Rich.of(text)))["source"].startswith(source)


@pytest.mark.parametrize(
    ("text", "volume", "issue"),
    [
        ("Marsh, Ida. “Sound and Salt.” Road Comment 40.1 (January–February 2004): 17.", "40", "1"),
        ("Wright, A. K. Simple tolls of the pass. Roads and Symbolic Carts 8, 4 (Dec. 1995), 343-356.", "8", "4"),
        ("Samuel Marsh. ‘Salt and the Toll Keeper’. Alpine Roads 20, no. 3 (November 1948): 305–312.", "20", "3"),
    ],
)
def test_a_number_behind_the_journal_is_its_volume(text: str, volume: str, issue: str) -> None:
    found = parts(parse_reference(Rich.of(text)))
    assert (found["volume"], found["issue"]) == (volume, issue)
    assert not found["source"].endswith((" ", volume))
