"""Volume, issue and pages out of what journals print around an article."""

from __future__ import annotations

from pathlib import Path

import pytest

from jatspack.article import Article
from jatspack.config import Config
from jatspack.config.article import ArticleConfig
from jatspack.jats import build
from jatspack.read import read_source
from jatspack.recognize import recognize

ARTICLE = """{line}

# Depth of rivers in spring and settlement

Anna Reed, Carl Brook

Institute of Rivers, Oak College, Springfield

**Abstract.** The paper treats the depth of rivers in spring. The river is deeper in spring.

**Keywords:** river, depth, spring

# Introduction

Rivers shape the land through which they run, and people settle where water is near.

{end}
"""


def read(tmp_path: Path, line: str, end: str = "") -> Article:
    path = tmp_path / "article.md"
    path.write_text(ARTICLE.format(line=line, end=end), "utf-8")
    return recognize(read_source(path), Config())[0]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("River Journal. Vol. 12, No 3 (2021). P. 45–58", {"volume": "12", "issue": "3", "fpage": "45", "lpage": "58"}),
        ("River Journal 12(3): 45-58, 2021", {"volume": "12", "issue": "3", "fpage": "45", "lpage": "58"}),
        ("River Journal 12 (2021) 101–115", {"volume": "12", "fpage": "101", "lpage": "115"}),
        ("Cilt 7, Sayı 2, 2021, s. 45-58", {"volume": "7", "issue": "2", "fpage": "45", "lpage": "58"}),
        ("第 35 卷 第 4 期", {"volume": "35", "issue": "4"}),
        ("Вестник рек. 2019. Т. 25, № 3", {"volume": "25", "issue": "3"}),
        ("Folyók 12. évf. 3. sz. 2020", {"volume": "12", "issue": "3"}),
        ("River Journal. Vol. 12, No 3. P. 1101-15", {"volume": "12", "issue": "3"}),
        ("River Journal, ISSN 0378-5955", {}),
    ],
)
def test_running_matter(tmp_path: Path, line: str, wanted: dict[str, str]) -> None:
    found = read(tmp_path, line)
    assert {fact.kind: fact.value for fact in found.issue} == wanted
    assert all(fact.origin.lines == ((1, 1),) for fact in found.issue)


def test_two_lines_that_differ_say_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, "River Journal. Vol. 12, No 3 (2021)\n\nRiver Journal. Vol. 12, No 4 (2021)")
    assert {fact.kind: fact.value for fact in found.issue} == {"volume": "12"}


def test_how_to_cite_counts_if_it_names_this_article(tmp_path: Path) -> None:
    line = "For citation: Reed A., Brook C. {title} // River Journal. 2021. Vol. 12, No 3. P. 45–58."
    found = read(tmp_path, line.format(title="Depth of rivers in spring and settlement"))
    assert {fact.kind: fact.value for fact in found.issue} == {
        "volume": "12", "issue": "3", "fpage": "45", "lpage": "58",
    }  # fmt: skip
    assert read(tmp_path, line.format(title="Roads of the northern hills in winter")).issue == []


def test_the_configuration_wins(tmp_path: Path) -> None:
    found = read(tmp_path, "River Journal. Vol. 12, No 3 (2021). P. 45–58")
    config = Config(article=ArticleConfig(volume="13", elocation_id="e7"))
    meta = build(found, config).getroot().find("front/article-meta")
    assert meta is not None
    values = {tag: meta.findtext(tag) for tag in ("volume", "issue", "fpage", "elocation-id")}
    assert values == {"volume": "13", "issue": "3", "fpage": None, "elocation-id": "e7"}
