"""Who belongs to which address: by marks, by place, and never by guessing."""

from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.people.affiliations import Piece, split_affiliations
from jatspack.recognize.people.byline import parse_byline
from jatspack.recognize.people.contacts import find_contacts
from jatspack.recognize.people.deal import deal
from jatspack.recognize.people.groups import PeopleGroup, PlacedPerson, link_affiliations
from jatspack.recognize.people.matching import match
from jatspack.richtext import Rich


def _group(byline: str, *addresses: str, lang: str = "en", contacts: str = "") -> PeopleGroup:
    words = lexicon()
    group = PeopleGroup(lang)
    group.persons = [PlacedPerson(p, 0) for p in parse_byline(Rich.of(byline, 1), lang, words)]
    group.affiliations = split_affiliations(
        [Piece(i + 1, Rich.of(a, i + 2), True) for i, a in enumerate(addresses)], words
    )
    if contacts:
        group.contacts = find_contacts(len(addresses) + 1, Rich.of(contacts, 9), words).contacts
    link_affiliations(group)
    deal(group)
    return group


def test_links_by_marks() -> None:
    addresses = ("1 University of Northland, Northland, Norway", "2 Institute of Letters, Oslo, Norway")
    group = _group("Anna Berg1,2, Carl Roy2", *addresses)
    assert [p.affiliations for p in group.persons] == [[0, 1], [1]]


def test_the_only_address_is_everybodys() -> None:
    group = _group("Anna Berg, Carl Roy", "University of Northland, Norway")
    assert [p.affiliations for p in group.persons] == [[0], [0]]


def test_no_marks_and_several_addresses_give_no_link() -> None:
    group = _group("Anna Berg, Carl Roy", "University of Northland, Norway", "Institute of Letters, Oslo, Norway")
    assert [p.affiliations for p in group.persons] == [[], []]
    assert not group.linked


def test_addresses_in_one_bracket() -> None:
    group = _group("王晓明1，李磊2", "(1.北方大学 历史学院，北京 100000；2.南方大学，广州 510000)", lang="zh-Hans")
    assert [a.text.plain for a in group.affiliations] == ["北方大学 历史学院，北京 100000", "南方大学，广州 510000"]
    assert [p.affiliations for p in group.persons] == [[0], [1]]


def test_emails_go_to_the_names_in_them() -> None:
    mails = "c.roy@example.org, berg.anna@example.org"
    group = _group("Anna Berg, Carl Roy", "University of Northland", contacts=mails)
    assert [p.emails for p in group.persons] == [["berg.anna@example.org"], ["c.roy@example.org"]]


def test_an_email_that_fits_nobody_is_not_dealt() -> None:
    group = _group("Anna Berg, Carl Roy", "University of Northland", contacts="info@example.org")
    assert [p.emails for p in group.persons] == [[], []]
    assert [c.value for c in group.undealt] == ["info@example.org"]


def test_one_person_in_three_scripts() -> None:
    english = _group("A. Seitova*1, M. Öz2", "1 University of Northland", "2 Institute of Letters")
    kazakh = _group("Ә. Сейтова1, М. Өз2", "1 Солтүстік университеті", "2 Әдебиет институты", lang="kk")
    russian = _group("Сейтова А.1, Оз М.2", "1 Северный университет", "2 Институт литературы", lang="ru")
    people = match([english, kazakh, russian], "en")
    assert [[(n.lang, n.surname) for n in c.names] for c in people.contributors] == [
        [("en", "Seitova"), ("kk", "Сейтова"), ("ru", "Сейтова")],
        [("en", "Öz"), ("kk", "Өз"), ("ru", "Оз")],
    ]
    assert [[lang for lang, _ in a.texts] for a in people.affiliations] == [["en", "kk", "ru"]] * 2
    assert [c.affiliations for c in people.contributors] == [["aff1"], ["aff2"]]
    assert [c.corresponding for c in people.contributors] == [True, False]


def test_parts_of_an_address() -> None:
    group = _group("Anna Berg", "Department of History, University of Northland, 12345 Northtown, Norway")
    tagged = group.affiliations[0].tagged
    parts = [(p.tag, tagged.text.text[p.start : p.end]) for p in tagged.parts]
    assert ("institution", "Department of History") in parts
    assert ("institution", "University of Northland") in parts
    assert parts[-1] == ("country", "Norway")
    assert tagged.parts[-1].attributes == (("country", "NO"),)
