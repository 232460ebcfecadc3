"""Configuration: what is wrong is told with its line, and the published schemas are those of the models."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jatspack.config import discover, load
from jatspack.findings import UsageError
from schemas import schemas

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"


@pytest.mark.parametrize("name", ["journal.schema.json", "article.schema.json", "report.schema.json"])
def test_published_schemas_are_current(name: str) -> None:
    assert (SCHEMAS / name).read_text("utf-8") == schemas()[name], "run python bench/schemas.py"


def test_everything_that_init_writes_is_known(tmp_path: Path) -> None:
    template = Path(__file__).resolve().parents[1] / "src" / "jatspack" / "journal.toml"
    lines = template.read_text("utf-8").splitlines()
    filled = [line.removeprefix("# ") if re.match(r"# (\[|.* = )", line) else line for line in lines]
    (tmp_path / "journal.toml").write_text("\n".join(filled), "utf-8")
    config = load(tmp_path / "journal.toml")
    assert config.journal.journal.title["kk"] == "Мысалдар журналы"
    assert config.journal.output.bagging_date == "2026-01-31"
    assert [target.kind for target in config.journal.targets.values()] == [
        "invenio",
        "dspace",
        "sword2",
        "s3",
        "folder",
    ]


def test_everything_in_the_commented_article_toml_is_known(tmp_path: Path) -> None:
    template = Path(__file__).resolve().parents[1] / "src" / "jatspack" / "article.toml"
    filled, inside = [], False
    for line in template.read_text("utf-8").splitlines():
        bare = line.removeprefix("# ").removeprefix("# ")
        opens = re.match(r"\[\[|[\w.-]+ = ", bare) is not None
        filled.append(bare if opens or inside or bare == '"""' else line)
        inside = (inside or bare.endswith('= """')) and bare != '"""'
    text = "\n".join(filled)
    (tmp_path / "article.toml").write_text(text, "utf-8")
    article = load(article=tmp_path / "article.toml").article
    assert article.model_fields_set == set(type(article).model_fields)
    assert article.contributors[0].affiliations == ["1", "Institute of Examples"]
    assert article.references[0].split == ["Falk J. Paths"]
    load(article=template)


def test_files_beside_the_article_are_found(tmp_path: Path) -> None:
    (tmp_path / "journal.toml").write_text("[journal]\npublisher = 'P'\n", "utf-8")
    (tmp_path / "one.toml").write_text("doi = '10.5555/one'\n", "utf-8")
    config = discover(tmp_path / "one.md")
    assert (config.journal.journal.publisher, config.article.doi) == ("P", "10.5555/one")


def test_an_unknown_key_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "journal.toml").write_text("[journal]\npublisher = 'P'\n\n[licence]\nurll = 'x'\n", "utf-8")
    with pytest.raises(UsageError, match=r"journal\.toml:5: unknown key “licence\.urll”"):
        load(tmp_path / "journal.toml")


def test_a_wrong_value_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "article.toml").write_text("volume = '1'\ndoi = 'ten'\n", "utf-8")
    with pytest.raises(UsageError, match=r"article\.toml:2"):
        load(article=tmp_path / "article.toml")


@pytest.mark.parametrize(
    "line",
    ['article_type = "Case study"', 'published = "2024-02-30"', 'received = "2024-13"', 'doi = "10.1234"',
     '[[sections]]\nfind = "Methods"\nsec_type = "metods"', '[[references]]\nfind = "1"\npublication_type = "paper"'],
)  # fmt: skip
def test_a_value_that_the_profile_would_refuse_is_told_with_its_line(line: str, tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text("# Bees")
    (tmp_path / "article.toml").write_text(line)
    with pytest.raises(UsageError, match=rf"article.toml:{line.count(chr(10)) + 1}: ") as told:
        discover(tmp_path / "article.md")
    assert str(told.value).count("article.toml:") == 1
