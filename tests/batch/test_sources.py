"""Which articles a batch takes: folders, files, patterns, lists."""

from __future__ import annotations

from io import StringIO
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jatspack.archive.names import problem
from jatspack.batch import Options, Source, collect
from jatspack.batch.inputs import configuration
from jatspack.batch.plan import _folders
from jatspack.findings import UsageError

from .articles import write


def names(*given: object, out: Path = Path("nowhere"), stdin: str = "") -> list[str]:
    return [source.name for source in collect([str(one) for one in given], out, StringIO(stdin))]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = write(tmp_path / "inbox", a="One.", b="Two.")
    write(folder / "deep", c="Three.")
    (folder / "notes.pdf").write_bytes(b"%PDF")
    return folder


def test_a_folder_with_all_below_it(inbox: Path) -> None:
    assert names(inbox) == ["a.md", "b.md", "deep/c.md"]


def test_its_own_output_is_not_taken_in(inbox: Path) -> None:
    out = write(inbox / "out", made="Not an input.")
    assert names(inbox, out=out) == ["a.md", "b.md", "deep/c.md"]


def test_links_to_folders_are_not_followed(inbox: Path) -> None:
    (inbox / "loop").symlink_to(inbox)
    assert names(inbox) == ["a.md", "b.md", "deep/c.md"]


def test_files_patterns_and_lists(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert names(inbox / "a.md", inbox / "deep" / "c.md") == ["a.md", "deep/c.md"]
    assert names(f"{inbox}/**/*.md") == ["a.md", "b.md", "deep/c.md"]
    monkeypatch.chdir(inbox)
    assert names("-", stdin="b.md\n\ndeep/c.md\r\n") == ["b.md", "deep/c.md"]
    assert names("a.md", inbox / "a.md", inbox) == ["a.md", "b.md", "deep/c.md"]


def test_names_that_are_no_text(inbox: Path) -> None:
    (inbox / "caf\udce9.md").write_bytes(b"text")
    assert names(inbox)[2] == "caf\\xe9.md"


@pytest.mark.parametrize("given", ["none.md", "none/", "none*.md"])
def test_what_is_not_there_is_told(given: str) -> None:
    with pytest.raises(UsageError, match="none"):
        names(given)


def table(inbox: Path, text: str, name: str = "list.csv") -> Path:
    path = inbox / name
    path.write_text(text, "utf-8")
    return path


def test_a_table_with_facts(inbox: Path) -> None:
    (inbox / "a.toml").write_text("volume = '1'\nissue = '2'\n[titles]\nde = 'Eins'\n", "utf-8")
    (inbox / "other.toml").write_text("[journal.title]\nen = 'Lakes'\n", "utf-8")
    path = table(
        inbox,
        "\ufeffsource,journal,volume,doi,titles.en,keywords.en\n"
        'a.md,other.toml,7,10.5555/1,"A title, quoted",lakes; counting\n'
        "deep/c.md,,,,,\n",
    )
    first, second = collect([str(path)], inbox / "out", StringIO())
    config = configuration(first, Options())
    assert (config.article.volume, config.article.issue, config.article.doi) == ("7", "2", "10.5555/1")
    assert config.article.titles == {"de": "Eins", "en": "A title, quoted"}
    assert config.article.keywords == {"en": ["lakes", "counting"]}
    assert config.journal.journal.title == {"en": "Lakes"}
    assert set(config.files) == {"journal.toml", "article.toml", "facts.json"}
    assert second.facts == {}


def test_a_table_parted_by_tabs(inbox: Path) -> None:
    path = table(inbox, "source\tvolume\na.md\t3\n", "list.tsv")
    assert collect([str(path)], inbox / "out", StringIO())[0].facts == {"volume": "3"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,volume\na.md,1\n", "list.csv:1: has no column 'source'"),
        ("source,colour\na.md,red\n", "list.csv:1: unknown column 'colour'"),
        ("source,doi,doi\na.md,,\n", "list.csv:1: the column 'doi' is there twice"),
        ("source,doi\na.md,10.5555/1\nb.md,nonsense\n", "list.csv:3: 'doi'"),
        ("source,doi\na.md,1,2,3\n", "list.csv:2: has 4 cells"),
        ("source,doi\n,10.5555/1\n", "list.csv:2: 'source' is empty"),
        ("source\n", "names no article"),
        ('source\n"a.md\n', "is no table"),
    ],
)
def test_a_table_that_is_wrong(inbox: Path, text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        names(table(inbox, text))


PARTS = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=40).filter(
    lambda part: part not in (".", "..")
)
NAMES = st.lists(
    st.lists(st.one_of(PARTS, st.sampled_from(["a", "A", "a.md", "media", "con", "a."])), min_size=1, max_size=3),
    min_size=1,
    max_size=8,
    unique_by=tuple,
)


@given(NAMES, NAMES)
def test_folders_are_portable_and_apart(old: list[list[str]], new: list[list[str]]) -> None:
    first = list(_folders([Source(Path(), "/".join(parts)) for parts in old], []))
    second = list(_folders([Source(Path(), "/".join(parts)) for parts in new if parts not in old], first))
    folders = [PurePosixPath(folder.casefold()) for folder in [*first, *second]]
    assert len(set(folders)) == len(folders)
    for folder in [*first, *second]:
        assert not problem(folder)
    for folder in folders[: len(first)]:
        assert not set(folder.parents) & set(folders[: len(first)]), "one lies in another"
