"""article.toml that is wrong, huge or deep: told with file and line, exit status 2, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from jatspack.config import ArticleConfig, entry, load
from jatspack.config.toml import line_index
from jatspack.findings import Exit, UsageError


def _refused(tmp_path: Path, toml: str) -> str:
    (tmp_path / "article.toml").write_text(toml, "utf-8")
    with pytest.raises(UsageError) as caught:
        load(article=tmp_path / "article.toml")
    assert caught.value.exit is Exit.USAGE
    return str(caught.value)


@pytest.mark.parametrize(
    ("toml", "line", "words"),
    [
        ("volume = 12\n", 1, 'in quotes: volume = "12"'),
        ('[sections]\nfind = "x"\n', 1, "write [[sections]] in two brackets"),
        ('[[sections]]\nfind = "x"\nlevle = 2\n', 3, "unknown key “sections.levle”"),
        ('\n[[sections]]\nfind = "x"\nlevel = 0\n', 4, "greater than or equal to 1"),
        ('[[citations]]\nfind = "[1]"\n', 1, "“citations.references” is missing"),
        (
            '[[contributors]]\nfind = "A"\n\n[[contributors]]\nfind = "B"\norcid = "0000-0002-1825-0098"\n',
            6,
            "check digit",
        ),
        ('[titles]\nEnglish = "x"\n', 2, "not a language tag"),
        ('[[roles]]\nfind = "x"\nrole = "affiliations"\n', 3, "'affiliation'"),
        ('[[replace]]\nfind = ""\nby = "x"\n', 2, "at least 1 character"),
        ('doi = "doi:10.1/x"\n', 1, "form"),
        ("a = [1\n", 2, "not valid TOML"),
        ('volume = "1"\nvolume = "2"\n', 2, "not valid TOML"),
        ('text = """\n[[sections]]\n"""\n[[sections]]\nfind = "x"\nlevel = "one"\n', 6, "valid integer"),
        ('[[contributors]]\nfind = "A"\nnames = { en = { surname = 1 } }\n', 3, "quotes"),
        ('[[silence]]\nfinding = "no-title"\nreason = ""\n', 3, "at least 3"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, toml: str, line: int, words: str) -> None:
    said = _refused(tmp_path, toml)
    assert f"article.toml:{line}: " in said, said
    assert words in said, said


def test_deep_nesting(tmp_path: Path) -> None:
    assert "nested too deeply" in _refused(tmp_path, "a = " + "[" * 50_000 + "]" * 50_000 + "\n")
    assert "article.toml:" in _refused(tmp_path, ".".join(["a"] * 3_000) + " = 1\n")[:2000]


def test_huge_values(tmp_path: Path) -> None:
    assert "at most 100000" in _refused(tmp_path, f'[titles]\nen = "{"x" * 200_000}"\n')
    assert "larger than" in _refused(tmp_path, "# " + "x" * 6_000_000)


def test_many_mistakes_are_not_all_told(tmp_path: Path) -> None:
    said = _refused(tmp_path, "".join(f"key{n} = 1\n" for n in range(500)))
    assert len(said.splitlines()) == 21


def test_not_text(tmp_path: Path) -> None:
    (tmp_path / "article.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="UTF-8"):
        load(article=tmp_path / "article.toml")


def test_entries_that_findings_offer_can_be_read(tmp_path: Path) -> None:
    nasty = 'quote " backslash \\ line\nend \t tab \x07 bell 日本'
    text = entry("replace", find=nasty, by="", lines="3-4", all=True)
    path = tmp_path / "article.toml"
    path.write_text(
        '[titles]\nen = "x"\n\n' + text + "\n\n" + entry("citations", find="[1]", references=["2", "3"]), "utf-8"
    )
    config = load(article=path).article
    assert config.replace[0].find == nasty
    assert config.replace[0].all
    assert config.citations[0].references == ["2", "3"]
    assert path.read_text("utf-8").split("\n")[3] == "[[replace]]"


def test_lines_of_keys() -> None:
    text = """# [[no]]
a = "[[no]]"
b = [
  "x", # ]
  "]",
]
c.d = '''
[[no]]
'''
[[e]]
f = 1
[e.g]
h = "\\"\\"\\"["
[[e]]
"quoted key".x = { y = "]" }
[k.l]
"""
    index = line_index(text)
    assert index == {
        ("a",): 2,
        ("b",): 3,
        ("c",): 7,
        ("c", "d"): 7,
        ("e", 0): 10,
        ("e", 0, "f"): 11,
        ("e", 0, "g"): 12,
        ("e", 0, "g", "h"): 13,
        ("e", 1): 14,
        ("e", 1, "quoted key"): 15,
        ("e", 1, "quoted key", "x"): 15,
        ("k", "l"): 16,
    }


def test_role_names_are_those_of_the_grammar() -> None:
    from typing import get_args

    from jatspack.config.article import RoleName
    from jatspack.recognize.decoder import grammar

    assert set(get_args(RoleName)) == set(grammar().prior)


def test_an_empty_file_says_nothing() -> None:
    assert ArticleConfig() == ArticleConfig.model_validate({})
