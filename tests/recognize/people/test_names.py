"""Single names and lists of names, in the orders and scripts that journals print."""

import pytest

from jatspack.recognize.lexicon import lexicon
from jatspack.recognize.people.byline import parse_byline
from jatspack.recognize.people.likeness import looks_like_byline
from jatspack.recognize.people.names import parse_name
from jatspack.richtext import Rich, Run


@pytest.mark.parametrize(
    ("printed", "lang", "surname", "given"),
    [
        ("A.Karimova", "en", "Karimova", "A."),
        ("Karimova A.", "en", "Karimova", "A."),
        ("Karimova A. B.", "en", "Karimova", "A. B."),
        ("А.Б. Сейтова", "kk", "Сейтова", "А.Б."),
        ("Сейтова А.Б.", "ru", "Сейтова", "А.Б."),
        ("Anna Lindqvist", "en", "Lindqvist", "Anna"),
        ("ORTIZ Marina", "en", "ORTIZ", "Marina"),
        ("Murat Can DEMİR", "tr", "DEMİR", "Murat Can"),
        ("Jan van der Berg", "nl", "van der Berg", "Jan"),
        ("Иванова Мария Петровна", "ru", "Иванова", "Мария Петровна"),
        ("Мария Петровна Иванова", "ru", "Иванова", "Мария Петровна"),
        ("王晓明", "zh-Hans", "王", "晓明"),
        ("欧阳明", "zh-Hans", "欧阳", "明"),
        ("Suharto", "id", "Suharto", ""),
        ("María López García", "es", "López García", "María"),
    ],
)
def test_name(printed: str, lang: str, surname: str, given: str) -> None:
    name = parse_name(printed, lang, lexicon())
    assert (name.surname, name.given_names) == (surname, given)


@pytest.mark.parametrize(
    ("printed", "prefix", "surname"),
    [("Assoc. Prof. Elif YILMAZ", "Assoc. Prof.", "YILMAZ"), ("Dr. Peter Novak", "Dr.", "Novak")],
)
def test_titles_are_no_part_of_the_name(printed: str, prefix: str, surname: str) -> None:
    name = parse_name(printed, "en", lexicon())
    assert (name.prefix, name.surname) == (prefix, surname)


def _byline(text: str) -> list[tuple[str, str, list[str]]]:
    rich = Rich.of(text)
    return [(p.name.surname, p.name.given_names, p.marks) for p in parse_byline(rich, "en", lexicon())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A.Karimova*1, M.Öz2", [("Karimova", "A.", ["*", "1"]), ("Öz", "M.", ["2"])]),
        ("Anna Berg¹ · Candice Roy¹", [("Berg", "Anna", ["1"]), ("Roy", "Candice", ["1"])]),
        ("Berg A.1,2, Roy F. P.2", [("Berg", "A.", ["1", "2"]), ("Roy", "F. P.", ["2"])]),
        ("Berg, A. B., Roy, C. D.", [("Berg", "A. B.", []), ("Roy", "C. D.", [])]),
        ("Anna Berg and Candice Roy", [("Berg", "Anna", []), ("Roy", "Candice", [])]),
        ("王晓明1，李 磊2，欧阳静1,2*", [("王", "晓明", ["1"]), ("李", "磊", ["2"]), ("欧阳", "静", ["1", "2", "*"])]),
        ("王晓明 李静雯", [("王", "晓明", []), ("李", "静雯", [])]),
        ("1Anna Berg, 2Candice Roy", [("Berg", "Anna", ["1"]), ("Roy", "Candice", ["2"])]),
    ],
)  # fmt: skip
def test_byline(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert _byline(text) == expected


def test_superscript_letters_are_marks() -> None:
    sup = frozenset({"sup"})
    rich = Rich((Run("Anna Berg"), Run("a,b", sup), Run(", Candice Roy"), Run("b", sup)))
    persons = parse_byline(rich, "en", lexicon())
    assert [(p.name.surname, p.marks) for p in persons] == [("Berg", ["a", "b"]), ("Roy", ["b"])]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg, Candice Roy, Rafael Lima",
        "Берг А.*1, Рой К.2",
        "王晓明1，李磊2",
        "Anna Berg¹ · Candice Roy²",
        "John Adeyemi Smith",
    ],
)
def test_reads_as_names(text: str) -> None:
    assert looks_like_byline(Rich.of(text), lexicon()) > 0.5


@pytest.mark.parametrize(
    "text",
    [
        "The growth of cities in the nineteenth century",
        "Department of History, University of Northland, Northland",
        "Keywords: history, cities, growth",
        "Введение в историю городов",
        "基于密度的聚类算法研究",
        "Results and Discussion",
    ],
)
def test_does_not_read_as_names(text: str) -> None:
    assert looks_like_byline(Rich.of(text), lexicon()) < 0.6
