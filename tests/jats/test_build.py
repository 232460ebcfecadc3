"""The Article as JATS."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from jatspack.article import Article
from jatspack.check import check_jats
from jatspack.check.schemas import schema
from jatspack.config import ArticleConfig, Config, Journal, JournalConfig, Licence, Output
from jatspack.jats import build, serialize
from jatspack.jats.inline import XLINK, XML
from jatspack.jats.mathml import MML
from jatspack.jats.numbers import number
from jatspack.jats.parse import parse
from jatspack.jats.read import facts
from jatspack.richtext import Run
from relaxng import jing

from .builders import full, par
from .strategies import articles, configs

FILLED = Config(
    journal=JournalConfig(
        journal=Journal(
            title={"en": "Bees", "ru": "Пчёлы"},
            abbreviated_title="B.",
            id="bees",
            issn_print="1234-5679",
            issn_electronic="2345-6787",
            publisher="Hive",
            publisher_place="Almaty",
            url="https://bees.example",
        ),
        licence=Licence(
            url="https://creativecommons.org/licenses/by/4.0/",
            text={"en": "CC BY"},
            copyright_holder="B",
            copyright_year="2024",
        ),
    ),
    article=ArticleConfig(
        publisher_id="b1",
        volume="3",
        issue="1",
        first_page="5",
        last_page="9",
        published="2024-05-06",
        received="2023-01-02",
        subjects={"en": "Zoology"},
    ),
)


def _problems(tree: etree._ElementTree) -> list[str]:
    found = check_jats(serialize(tree)).findings
    return [
        f"{f.code} {f.lines} {f.message}" for f in found if f.code.startswith(("xml", "dtd", "profile", "link", "id-"))
    ]


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3"])
@pytest.mark.parametrize("config", [Config(), FILLED])
def test_full_article_is_valid(version: str, config: Config) -> None:
    journal = config.journal.model_copy(update={"output": Output(jats_version=version)})  # type: ignore[arg-type]
    tree = build(full(), config.model_copy(update={"journal": journal}))
    assert tree.getroot().get("dtd-version") == version
    assert f"v{version} " in serialize(tree).decode()
    assert _problems(tree) == []


@pytest.mark.parametrize("article", [Article(), Article(language="kk")])
def test_empty_article_is_valid(article: Article) -> None:
    assert _problems(build(article, Config())) == []


def test_any_article_is_valid(tmp_path: Path) -> None:
    """To the DTD, the profile and the check of links; the profile as libxml2 reads it, and as jing does."""
    built: list[bytes] = []

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(articles(), configs())
    def check(article: Article, config: Config) -> None:
        tree = build(article, config)
        assert _problems(tree) == []
        built.append(etree.tostring(tree))

    check()
    files = [tmp_path / f"{n}.xml" for n in range(len(built))]
    for file, data in zip(files, built, strict=True):
        file.write_bytes(data)
    assert jing(schema("jatspack.rng"), files) == {}


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(articles())
def test_any_article_is_valid_under_1_3(shared: Path, article: Article) -> None:
    dtd = etree.DTD(str(shared / "schemas/jats-publishing-1.3/JATS-journalpublishing1-3.dtd"))
    assert dtd.validate(parse(serialize(build(article, Config())))), dtd.error_log


def test_running_matter_and_unplaced_words_share_one_element() -> None:
    article = full()
    article.front_notes, article.unplaced = [par("Vol. 3")], [par("left over")]
    tree = build(article, Config())
    assert _problems(tree) == []
    assert [p.text for p in tree.findall("front/notes/p")] == ["Vol. 3", "left over"]


def test_the_same_article_gives_the_same_bytes() -> None:
    assert serialize(build(full(), FILLED)) == serialize(build(full(), FILLED))


def test_indentation_adds_no_space_to_mixed_content() -> None:
    tree = build(full(), Config())
    again = parse(serialize(tree))
    for tag in ("p", "title", "mixed-citation", "aff", "corresp", "td", "kwd", "code"):
        before = [etree.tostring(e, method="text", encoding="unicode", with_tail=False) for e in tree.iter(tag)]
        after = [etree.tostring(e, method="text", encoding="unicode", with_tail=False) for e in again.iter(tag)]
        assert before == after


def test_serializing_twice_changes_nothing() -> None:
    once = serialize(build(full(), FILLED))
    assert serialize(parse(once)) == once


def test_namespaces_only_where_they_are_used() -> None:
    empty = serialize(build(Article(), Config())).decode()
    assert "xmlns:" not in empty
    assert 'xml:lang="und"' in empty


def test_what_nobody_said_is_not_there() -> None:
    root = build(Article(), Config()).getroot()
    assert "".join(root.itertext()).strip() == ""
    for tag in (
        "journal-title-group",
        "publisher",
        "volume",
        "permissions",
        "history",
        "article-id",
        "article-categories",
    ):
        assert root.find(f".//{tag}") is None


def test_mathml_stands_beside_tex() -> None:
    asked: list[list[str]] = []

    def mathml(sources: list[str]) -> list[str | None]:
        asked.append(sources)
        out: list[str | None] = [
            f'<math xmlns="{MML}"><semantics><mi intent="x">x</mi><annotation>x</annotation></semantics></math>'
        ]
        return out + [None] * (len(sources) - 1)

    tree = build(full(), Config(), mathml)
    assert len(asked) == 1
    assert sorted(asked[0]) == ["a = b", "x^2"]
    assert len(list(tree.iter("alternatives"))) == 1
    assert _problems(tree) == []


@pytest.mark.parametrize(
    "inside",
    [
        "<maction><mi>x</mi></maction>",  # not of those that are written
        "<mfrac><mi>x</mi></mfrac>",  # half a fraction
        "<mtr><mtd><mi>x</mi></mtd></mtr>",  # a row without its table
        "<mtable><mi>x</mi></mtable>",
    ],
)
def test_mathml_that_cannot_be_written_leaves_the_tex(inside: str) -> None:
    tree = build(full(), Config(), lambda sources: [f'<math xmlns="{MML}">{inside}</math>' for _ in sources])
    assert tree.find(".//alternatives") is None
    assert [e.text for e in tree.iter("tex-math")] == ["x^2", "a = b"]
    assert _problems(tree) == []


def test_blank_settings_write_nothing() -> None:
    blank = Config(
        journal=JournalConfig(
            journal=Journal(title={"en": " "}, abbreviated_title=" ", id=" ", publisher=" ", url=" "),
            licence=Licence(url=" ", text={"en": " "}, copyright_holder=" "),
        ),
        article=ArticleConfig(publisher_id=" ", volume=" ", first_page=" ", last_page="9", subjects={"en": " "}),
    )
    assert serialize(build(Article(), blank)) == serialize(build(Article(), Config()))


def test_a_role_that_is_no_credit_term_has_no_address() -> None:
    article = full()
    article.contributors[0].credit_roles = ["Writing - review & editing", "Tea making"]
    roles = build(article, Config()).findall(".//role")
    assert [(r.text, r.get("content-type"), r.get(XML + "lang")) for r in roles] == [
        ("Professor", None, "en"),
        ("Writing - review & editing", "https://credit.niso.org/contributor-roles/writing-review-editing/", None),
        ("Tea making", None, "und"),
    ]


def test_a_link_whose_address_is_none_is_its_text() -> None:
    article = full()
    article.body = [
        par("See ", Run("this", href="http://a.example:b/"), " and ", Run("that", href="http://a.example/%"))
    ]
    paragraph = build(article, Config()).find("body/p")
    assert paragraph is not None
    assert "".join(paragraph.itertext()) == "See this and that"
    assert [e.get(XLINK + "href") for e in paragraph] == ["http://a.example/%25"]


def test_list_labels() -> None:
    assert [number(4, s) for s in ("decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman")] == [
        "4", "d", "D", "iv", "IV",
    ]  # fmt: skip
    assert number(28, "lower-alpha") == "ab"


def test_facts_are_read_back() -> None:
    found = facts(parse(serialize(build(full(), FILLED))))
    assert found.language == "en"
    assert found.titles == {"en": "Bees of the steppe", "kk": "Дала аралары"}
    assert found.authors == ("A. B. Alimova", "Suharto")
    assert (found.doi, found.journal, found.publisher) == ("10.1234/b.1", "Bees", "Hive")
