"""Every kind of disagreement: told, at its line; the correction that it offers settles it and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from jatspack.config import Config
from jatspack.findings import Finding
from jatspack.read import read_source
from jatspack.recognize import recognize
from jatspack.run import Package

ABSTRACT = "**Abstract.** Bees avoid cold water. We watched forty hives beside three lakes during two long summers.\n\n"
HEAD = """# The Flight of Bees over Cold Water

Anna Berg^1^, Jon Falk^1^

^1^ Institute of Insects, University of Elm, Elmtown, Norway

**Abstract.** Bees avoid cold water. We watched forty hives beside three lakes during two long summers.

**Keywords:** bees; cold water; flight

# Introduction

"""
BACK = """

# References

1. Berg A. Bees at home // Journal of Hives. 2001. V. 3. No. 2. P. 11-19.
2. Falk J. Paths in the air // Annals of Flight. 2004. V. 8. No. 1. P. 5-9.
3. Holm K. Scales for hives. Oslo: Birch Press, 1999. 200 p.
"""
CITED = "Bees fly far from home [1]. Their paths were drawn long ago [2], and weighed [3]."
KAZAKH = """# Суық су үстіндегі аралар

А. Берг

**Аңдатпа.** Аралар суық судан қашады. Біз екі жаз бойы үш көлдің жағасындағы қырық ұяны бақыладық.

**Түйін сөздер:** аралар; суық су

"""


def article(body: str, back: str = BACK) -> str:
    return f"{HEAD}{CITED}\n\n{body}\n{back}"


TABLES = """**Table 1.** Hives

| A | B |
|---|---|
| 1 | 2 |

**Table 2.** Lakes

| A | B |
|---|---|
| 3 | 4 |

**Table 4.** Winds

| A | B |
|---|---|
| 5 | 6 |
"""
BRACKETED = BACK.replace("1. B", "[1] B").replace("2. F", "\n[2] F").replace("3. H", "\n[3] H")
BRACKETED += "\n[5] Lind M. Ponds // Journal of Hives. 2010. V. 1. P. 3-4.\n"
# code, text, a word of the message, words of the correction
KINDS = [
    ("mixed-scripts", article("Первые ульи стояли у озepa, а второе озера нет."), "озepa", 'by = "озера"'),
    ("mixed-scripts", article("Some of the hivеs stood by the lake."), "е Cyrillic", 'by = "hives"'),
    ("mixed-scripts", article("Қазiргi уақытта ара шаруашылығы дамыды."), "i Latin", 'by = "Қазіргі"'),
    ("mixed-scripts", article("Η μέλισσα πετά μακριά, και η μέλιssα γυρίζει; η μέλιoσα."), "μέλιoσα", "μέλιοσα"),
    ("misread", article("The hives were counted in 2O18 and again later."), "2O18", 'by = "2018"'),
    ("misread", article("Это было в 19З8 году."), "19З8", 'by = "1938"'),
    ("misread", article("They began in l998, before the flood."), "l998", 'by = "1998"'),
    ("misread", article("The scales were old. Both sca1es were mended."), "sca1es", 'by = "scales"'),
    ("misread", article("It was later. No one came Iater than noon."), "Iater", 'by = "later"'),
    ("misread", article("The Insects department; see the lnsects of Norway. Insects fly."), "lnsects", "Insects"),
    (
        "word-split",
        article("The education of bees, an education. Their educa tion is long."),
        "educa tion",
        "education",
    ),
    ("word-split", article("Das Ergebnis war gut.\n\nErgeb-\nnis und Ergebnis."), "Ergeb-nis", 'by = "Ergebnis"'),
    ("issn-checksum", article("It is printed in a journal (ISSN 2049-3631)."), "2049-3631", "silence"),
    ("isbn-checksum", article("See the book, ISBN 978-0-306-40615-8, for more."), "978-0-306-40615-8", "silence"),
    ("isbn-checksum", article("See the book, ISBN 0-306-40615-3, for more."), "0-306-40615-3", "silence"),
    ("orcid-checksum", article("Her number there is 0000-0002-1825-0098 of course."), "0098", "silence"),
    ("doi-malformed", article("It is kept as doi:1O.5555/12345678 there."), "1O.5555", 'by = "10.5555/12345678"'),
    ("link-differs", article("[https://a.example/one](https://b.example/two)"), "b.example", "b.example/two"),
    ("number-missing", article(TABLES), "table 3", "silence"),
    ("number-missing", article("$$a=1 \\tag{1}$$\n\n$$b=2 \\tag{2}$$\n\n$$c=3 \\tag{4}$$"), "formula 3", "silence"),
    ("number-missing", article("", BRACKETED), "reference 4", "silence"),
    (
        "number-missing",
        article("## 1.1 One\n\nBees.\n\n## 1.2 Two\n\nBees.\n\n## 1.4 Four\n\nBees."),
        "section 1.3",
        "",
    ),
    ("mention-without-target", article("They fly low, as Table 9 shows."), "Table 9", "silence"),
    ("language-missing", KAZAKH + article("").replace(ABSTRACT, ""), "abstract in en", "silence"),
    ("keyword-counts-differ", KAZAKH + article(""), "kk 2", "silence"),
]


@pytest.mark.parametrize(("code", "text", "word", "correction"), KINDS)
def test_told_and_settled(converted: Callable[..., Package], code: str, text: str, word: str, correction: str) -> None:
    before = converted(text)
    (found,) = [f for f in before.findings if f.code == code and word in f.message]
    assert correction in found.correction
    after = converted(text, found.correction)
    assert left(before, found) == left(after, None)


def left(package: Package, settled: Finding | None) -> list[tuple[str, str]]:
    """All findings but the one that was settled, and those that corrections bring with them."""
    return sorted((f.code, f.message) for f in package.findings if not f.silenced and f is not settled and f != settled)


QUIET = [
    "The μm and Δt of TGFβ, the αs and the pH of H2O2 at 20l of water; Al2O3 and SiO2.",
    "PDF-файл и Wi-Fi-сеть, HTML-код, WhatsApp-тың, IT-компания, 3D-модель.",
    "The protein PTP1B, not PTPIB; the FamilyInstance and the Familylnstance.",
    "Ionic and iconic, the lion, an Iris, 1000 l, 200l of milk, 10l, h0l and 00l, I2, O2, x10.",
    "A data base in the database, a work shop in the workshop of work; in to and into it, a shop and a base of data.",
    "ISSN 2049-3630; ISBN 978-0-306-40615-7; ISBN 0-306-40615-2; pages 1021-1030; 0000-0002-1825-0097.",
    "[https://doi.org/10.5555/12345678](http://dx.doi.org/10.5555/12345678), [www.a.example](https://www.a.example/)",
    "See doi:10.5555/12345678 and https://doi.org/10.5555/abc.",
    "High levels of IFNα and IFNγ, ifna and ifng; the βγX.",
    "模式代表6月，发表4篇，如图表（2012年）所示。",
    "See Figure S2 and Table S1 of the supplement.",
    "See Supplementary Table 3 and Supplemental Fig. 11.",
    "The Nanomaterials of Nano materials; LI Jiang, LI Jiangping, and a ping of it in China.",
    "Ο μ και ο ν είναι μικρά.",
    "The I and the l of it, all in II, III and VIII of ХІ and XI.",
]
CODES = {code for code, *_ in KINDS} | {"mention-without-target"}


@pytest.mark.parametrize("body", QUIET)
def test_no_false_alarms(converted: Callable[..., Package], body: str) -> None:
    assert [f.message for f in converted(article(body)).findings if f.code in CODES] == []


def test_a_mail_address_and_its_link(
    told: Callable[[str, str], list[Finding]], converted: Callable[..., Package]
) -> None:
    text = article("").replace("**Abstract", "[anna@elm.example](mailto:anne@elm.example)\n\n**Abstract")
    (found,) = told(text, "link-differs")
    package = converted(text, found.correction)
    assert not [f for f in package.findings if f.code in ("link-differs", "correction-unapplied")]
    assert b"anne@elm.example" in package.jats


def test_two_references_with_one_doi(converted: Callable[..., Package]) -> None:
    back = BACK.replace("P. 11-19.", "P. 11-19. doi:10.5555/12345678").replace(
        "P. 5-9.", "P. 5-9. doi:10.5555/12345678"
    )
    text = article("", back)
    (found,) = [f for f in converted(text).findings if f.code == "doi-repeated"]
    assert (found.data["one"], found.data["other"]) == ("1", "2")


def test_a_repeated_number_is_given_the_next_one(converted: Callable[..., Package]) -> None:
    text = article(TABLES.replace("Table 2.", "Table 1."))
    (found,) = [f for f in converted(text).findings if f.code == "number-repeated"]
    package = converted(text, found.correction)
    assert not [f for f in package.findings if f.code in ("number-repeated", "correction-unapplied")]
    assert b"<label>Table 2.</label>" in package.jats


TWINS = """

# Литература

1. Иванов И. И. Пчёлы дома // Вестник пчеловодства. 2001. № 2. С. 11-19.
2. Falk J. Paths inthe cold air // Annals of Flight. 2004. V. 8. No. 1. P. 5-9.
3. Holm K. Heavy scales for hives. Oslo: Birch Press, 1999. 200 p.

# References

1. Ivanov I. I. Bees at home // Herald of Hives. 2001. No. 2. P. 11-19.
2. Falk J. Paths in the cold air // Annals of Flight. 2004. V. 8. No. 1. P. 5-9.
3. Holm K. Heavy sca les for hives. Oslo: Birch Press, 1999. 200 p.
"""


def test_two_printings_of_a_reference(converted: Callable[..., Package]) -> None:
    before = converted(article("", TWINS))
    found = {f.code: f for f in before.findings if "printing" in f.data.get("why", "")}
    assert {code: (f.data["word"], f.data["suggestion"]) for code, f in found.items()} == {
        "space-lost": ("inthe", "in the"),
        "word-split": ("sca les", "scales"),
    }
    after = converted(article("", TWINS), "\n\n".join(f.correction for f in found.values()))
    assert not [f for f in after.findings if f.code in (*found, "correction-unapplied", "twin-title-differs")]


SQUARE = 60  # seconds of processor time: what grows with the square of these lengths takes many times as long


def test_a_title_that_is_not_the_same_in_two_printings(converted: Callable[..., Package]) -> None:
    twins = TWINS.replace("inthe", "in the").replace("sca les", "scales")
    same = converted(article("", twins))
    assert not [f for f in same.findings if f.code == "twin-title-differs"]
    other = article(
        "",
        twins.replace(
            "Paths in the cold air // Annals of Flight. 2004. V. 8.",
            "Paths in the mild air // Annals of Flight. 2004. V. 8.",
            1,
        ),
    )
    (found,) = [f for f in converted(other).findings if f.code == "twin-title-differs"]
    assert {found.data["one"], found.data["other"]} == {"Paths in the mild air", "Paths in the cold air"}
    assert not [f for f in converted(other, found.correction).findings if f.code == found.code and not f.silenced]


HOSTILE = [
    "аa" * 40_000,
    "a1" * 40_000,
    "l1" * 40_000,
    "2O" * 40_000,
    "[1, 7] " * 10_000,
    "ISSN ISBN doi: " * 5_000,
    "Falk et al. (2005) [1] " * 3_000,
    "1O.5555/" * 10_000,
    "cut ting cutting " * 5_000,
    "(Falk, 2005" * 5_000,
    "A" + "b" * 80_000 + " " + "A" + "b" * 70_000,
]


@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: body[:12])
def test_long_texts_of_one_kind_take_no_long_time(body: str, tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text(article(body), "utf-8")
    document = read_source(tmp_path / "article.md")
    start = process_time()
    recognize(document, Config())
    assert process_time() - start < SQUARE
