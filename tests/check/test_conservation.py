"""Nothing lost, nothing made up, nothing out of order: articles are damaged on purpose, and each damage is noticed."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter

import pytest
from lxml import etree

from check.damage import Damage, add, again, drop, edit, move, swap
from jatspack.article import Article, Section
from jatspack.check import Conservation, conservation, keep_unplaced
from jatspack.config import Config, load
from jatspack.jats import build
from jatspack.read import read_source
from jatspack.read.document import Document
from jatspack.read.pandoc import mathml
from jatspack.recognize import recognize

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
EN, ES, KK, ZH = "en-tables-figures", "es-en-education", "kk-ru-en-history", "zh-en-ocr"
LOST, ADDED, MOVED = "words-lost", "words-added", "words-moved"


@cache
def converted(path: Path) -> tuple[Document, Article, Config, etree._ElementTree]:
    """What the stages made of an article; nobody may change it."""
    journal = path.parent / "journal.toml"
    config = load(journal=journal if journal.exists() else None)
    document = read_source(path)
    article = recognize(document, config)[0]
    return document, article, config, build(article, config, mathml)


def account(sample: str, tree: Damage | None = None, fields: Callable[[Article], None] | None = None) -> Conservation:
    """The account of a sample's words after some damage."""
    document, article, config, built = converted(SAMPLES / sample / "article.md")
    built = deepcopy(built)
    if fields is not None:
        copy = deepcopy(article)
        fields(copy)
        built = build(copy, config, mathml)
    if tree is not None:
        tree(built.getroot())
    return conservation(document, article, built, config)


@dataclass(frozen=True)
class Break:
    """`near` is printed in the source line that a finding must name (of two that were swapped: one|other).

    It is "" where the source has no such line.
    """

    name: str
    sample: str
    damage: Damage
    code: str
    near: str


BREAKS = [
    # lost
    Break("a line", EN, edit("Infiltration was measured with a double-ring", ""), LOST, "double-ring infiltrometer"),
    Break("a paragraph", EN, drop("body/sec[4]/p[1]"), LOST, "The decay constants agree"),
    Break("a sentence", ES, edit("Ningún aula tenía más de diecisiete alumnos", ""), LOST, "Ningún aula tenía"),
    Break("a footnote", EN, drop("back/fn-group/fn", 1), LOST, "The inner ring is"),
    Break("a short word", KK, edit("как о средстве", "о средстве"), LOST, "как о средстве"),
    Break("a word that stands often", EN, edit("much of the loss", "much the loss"), LOST, "how much of the loss"),
    Break("a keyword", EN, drop("front//kwd-group/kwd", 2), LOST, "**Keywords:**"),
    Break("a keyword of another language", KK, drop("front//kwd-group[2]/kwd", 3), LOST, "**Ключевые слова:**"),
    Break("an author", ES, drop("front//contrib", 1), LOST, "Martín Quiroga Saldívar<sup>2</sup>"),
    Break("a given name", ZH, edit("Zhiheng", "", "front//contrib-group"), LOST, "GAO Zhiheng2"),
    Break("a word of an affiliation", EN, edit("Department of Soil and Water", "Department of Soil"), LOST,
          "Department of Soil and Water"),
    Break("a translated affiliation", KK, drop("front//aff-alternatives[1]/aff", 1), LOST, "Тарих ғылымдарының"),
    Break("a title", ES, edit("Peer tutoring in multigrade rural schools", "Peer tutoring"), LOST, "## *Peer tutoring"),
    Break("a sentence of an abstract", KK, edit("отсюда развозили письма", ""), LOST, "отсюда развозили"),
    Break("a section's title", EN, edit("Measurements and model", "Measurements"), LOST, "### 2.2"),
    Break("a section's number", EN, edit("2.2", "2"), LOST, "### 2.2"),
    Break("a table's cell", EN, edit("0.44", "", "body/sec[2]//table-wrap"), LOST, "| C      |"),
    Break("a row of a table", ES, drop("body//tbody/tr", 1), LOST, "| Quillay"),
    Break("a caption", EN, drop("body//fig[1]/caption"), LOST, "**Figure 1.** Layout"),
    Break("a table's note", ES, edit("siguieron las clases ordinarias", ""), LOST, "Nota: los alumnos"),
    Break("an item of a list", EN, drop("body//list/list-item"), LOST, "- the gardens are young"),
    Break("a formula's letter", EN, edit("\\lambda", "", "body//tex-math"), LOST, "$$ K_{n+1}"),
    Break("a reference", EN, drop("back/ref-list/ref", 4), LOST, "Osei, N. (2020)"),
    Break("an author of a reference", EN, edit("Oyelaran-Reyes", ""), LOST, "Oyelaran-Reyes"),
    Break("a page of a reference", KK, edit("31", "", "back//ref[2]"), LOST, "Вересова М.И."),
    Break("a romanised reference", KK, drop("back//ref[1]/citation-alternatives/mixed-citation", 1), LOST,
          "Abdiev K.T."),
    Break("an acknowledgement", EN, drop("back/ack"), LOST, "street crews"),
    Break("an e-mail address", ES, drop("front//contrib[2]/email"), LOST, "mquiroga@quillay"),
    Break("an ORCID iD", EN, drop("front//contrib[1]/contrib-id"), LOST, "Marisol A. Whitcombe^1"),
    Break("a date", EN, drop("front//history/date", 1), LOST, "Revised: 21 May 2023"),
    Break("a DOI", EN, drop("front//article-id[@pub-id-type='doi']"), LOST, "DOI: <https"),
    Break("a description of a picture", EN, edit("with nine test points", "", "body//fig[1]"), LOST, "![Plan of"),
    # changed
    Break("a diacritic", ES, edit("Fernández", "Fernandez"), LOST, "Lucía Fernández"),
    Break("a diacritic's invention", ES, edit("se planifica", "se plánifica"), ADDED, "rara vez se planifica"),
    Break("a number", EN, edit("from 61 to 38", "from 61 to 39"), LOST, "from 61 to 38"),
    Break("a number of a table", EN, edit("0.61", "0.67", "body/sec[3]/table-wrap"), ADDED, "<td>Mixed</td>"),
    Break("a date's day", EN, edit("19", "18", "front//history"), LOST, "Accepted: 19 June"),
    Break("a letter", KK, edit("Вересова", "Бересова"), ADDED, "Вересова М.И."),
    Break("a letter of another script", KK, edit("Карта дорог", "Kарта дорог"), ADDED, "Карта дорог 1893"),
    Break("words merged", EN, edit("soak away", "soakaway"), LOST, "let it soak away"),
    Break("a word split", KK, edit("станционные книги", "станци онные книги"), LOST, "*станционные книги*"),
    Break("a mark behind a name", EN, edit("2", "1", "front//contrib[3]/xref"), LOST, "Jun-ho Barrow^2^"),
    Break("an affiliation's label", EN, edit("2", "3", "front//aff[2]/label"), LOST, "^2^ Institute for"),
    Break("a character without spaces around", ZH, edit("茶树喜铵", "茶树喜氮"), LOST, "茶树喜铵"),
    # twice, or made up
    Break("a word twice", EN, edit("take in street runoff", "take in street street runoff"), ADDED, "take in street"),
    Break("a name twice", EN, edit("Whitcombe", "Whitcombe Whitcombe", "front//contrib"), ADDED, "Marisol A."),
    Break("a paragraph twice", KK, again("body/sec[1]/p", 1), ADDED, "Станция открылась весной"),
    Break("a row twice", EN, again("body/sec[2]//table-wrap//tbody/tr", 3), ADDED, "| D      |"),
    Break("a reference twice", ES, again("back//ref", 2), ADDED, "Muñoz Ferrer, A., Salas"),
    Break("a keyword made up", ES, add("front//kwd-group[2]", "<kwd>school meals</kwd>"), ADDED, "**Keywords:**"),
    Break("a paragraph made up", EN, add("body/sec[3]", "<p>Nobody said so.</p>"), ADDED, "*Note.* Standard errors"),
    Break("a DOI made up", ES, add("front/article-meta", "<article-id pub-id-type='doi'>10.5555/no.1</article-id>"),
          ADDED, ""),
    Break("an ORCID iD made up", ZH, add("front//contrib", "<contrib-id>https://orcid.org/0000-0002-1825-0097</contrib-id>"),
          ADDED, ""),
    Break("a volume made up", ES, add("front/article-meta", "<volume>4242</volume>"), ADDED, ""),
    Break("a funder made up", EN, edit("Alder Falls Water Fund", "Alder Falls Beer Fund", "front//funding-group"),
          ADDED, ""),
    # in another order
    Break("two words", EN, edit("soils slowly lose", "slowly soils lose"), MOVED, "soils slowly lose"),
    Break("two short words", KK, edit("Как долго ждал", "долго Как ждал"), MOVED, "Как долго ждал"),
    Break("two halves of a sentence", KK,
          edit("Станция открылась весной 1868 года и закрылась осенью 1914 года",
               "закрылась осенью 1914 года и Станция открылась весной 1868 года"), MOVED, "Станция открылась весной"),
    Break("two paragraphs", EN, swap("body/sec[1]/p", 0, 1), MOVED, "Small rain gardens take|This paper asks"),
    Break("two paragraphs of an abstract", KK, swap("front//abstract/p", 0, 1), MOVED, "В статье рассматривается"),
    Break("a paragraph moved away", KK, move("body/sec[1]/p", "body/sec[3]", 1), MOVED, "Станция открылась весной"),
    Break("two sections", EN, swap("body/sec", 3, 4), MOVED, "Salt takes away more"),
    Break("two keywords", KK, swap("front//kwd-group[1]/kwd", 0, 1), MOVED, "**Ключевые слова:**|**Кілт сөздер:**"),
    Break("two cells", EN, swap("body/sec[2]//table-wrap//tbody/tr[1]/td", 1, 2), MOVED, "A      |         12"),
    Break("two rows", ES, swap("body//tbody/tr", 0, 2), MOVED, "Arlanza Alta |Quillay  |Tres Peñas "),
    Break("two references", EN, swap("back//ref", 2, 3), MOVED, "Dunmore, A. K.|Kestrel Bay City Council. (2021)"),
    Break("two footnotes", EN, swap("back/fn-group/fn", 0, 1), MOVED, "[^1]: By|[^2]: The inner"),
    Break("two items of a list", EN, swap("body//list/list-item", 0, 1), MOVED, "the gardens are young|five winters"),
    Break("two words of a keyword", EN, edit("urban drainage", "drainage urban"), MOVED, "**Keywords:**"),
    Break("two words of a reference", EN, edit("winter salting: A", "salting winter: A"), MOVED, "Dunmore, A. K."),
]  # fmt: skip


def test_nothing_is_noticed_where_nothing_happened() -> None:
    for sample in (EN, ES, KK, ZH):
        result = account(sample)
        assert result.complete, (sample, result.findings)
        assert result.findings == []
        assert result.total == result.kept + result.accounted_words > 500


@pytest.mark.parametrize("broken", BREAKS, ids=lambda b: f"{b.code}: {b.name}")
def test_damage_is_noticed_at_its_line(broken: Break) -> None:
    result = account(broken.sample, broken.damage)
    found = [f for f in result.findings if f.code == broken.code]
    assert found, result.findings
    source = converted(SAMPLES / broken.sample / "article.md")[0].source.text.splitlines()
    near = broken.near.split("|") if broken.code == MOVED else [broken.near] * bool(broken.near)
    wanted = {n for n, line in enumerate(source, 1) if any(text in line for text in near)}
    assert bool(wanted) == bool(near)
    assert not wanted or wanted & {n for f in found for first, last in f.lines for n in range(first, last + 1)}, found


def _lose_author(article: Article) -> None:
    del article.contributors[1]


def _lose_note(article: Article) -> None:
    article.footnotes.pop()


def _lose_section(article: Article) -> None:
    section = article.body[2]
    assert isinstance(section, Section)
    section.blocks.clear()


def _lose_keyword(article: Article) -> None:
    del article.keywords[0].keywords[0]


def _lose_reference(article: Article) -> None:
    del article.reference_lists[0].references[2]


def _lose_subsection_title(article: Article) -> None:
    section = article.body[1]
    assert isinstance(section, Section)
    inner = next(block for block in section.blocks if isinstance(block, Section))
    inner.title = inner.title[:2]


def _turn_keywords(article: Article) -> None:
    article.keywords[0].keywords.reverse()


def _turn_body(article: Article) -> None:
    article.body.reverse()


FIELDS = [
    (_lose_author, LOST), (_lose_note, LOST), (_lose_section, LOST), (_lose_keyword, LOST), (_lose_reference, LOST),
    (_lose_subsection_title, LOST), (_turn_keywords, MOVED), (_turn_body, MOVED),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "code"), FIELDS, ids=lambda v: getattr(v, "__name__", v).strip("_"))
def test_what_the_writer_was_not_given_is_noticed(damage: Callable[[Article], None], code: str) -> None:
    result = account(EN, fields=damage)
    assert code in {f.code for f in result.findings}
    assert all(f.lines for f in result.findings)


@pytest.mark.parametrize("sample", [EN, ES, KK, ZH])
def test_no_false_alarm_on_the_samples(sample: str) -> None:
    assert account(sample).complete


@pytest.mark.parametrize("corpus", ["seed", "dev", "dev-jats"])
def test_no_false_alarm_on_real_articles(shared: Path, corpus: str) -> None:
    for path in sorted((shared / corpus).glob("**/article.md")):
        document, article, config, tree = converted(path)
        start = perf_counter()
        result = conservation(document, article, tree, config)
        print(f"{path.parent.name}: {result.total} words in {(perf_counter() - start) * 1000:.1f} ms")
        assert kept(path, result).complete, (path, result.findings)


FRONTS = sorted((Path(__file__).resolve().parents[1] / "recognize" / "fronts").rglob("*.md"))


@pytest.mark.parametrize("path", FRONTS, ids=lambda path: path.stem)
def test_no_false_alarm_on_many_manners_of_printing(path: Path) -> None:
    document, article, config, built = converted(path)
    assert kept(path, conservation(document, article, built, config)).findings == []


def kept(path: Path, result: Conservation) -> Conservation:
    """What no element took stands in the notes, and the account is complete with it."""
    if not result.missing:
        return result
    document, article, config, _ = converted(path)
    copied = deepcopy(article)
    keep_unplaced(copied, result)
    return conservation(document, copied, build(copied, config, mathml), config)
