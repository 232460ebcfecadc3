"""Sources with names as long as a file system takes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jatspack import convert, export
from jatspack.archive import portable, portable_file, verify
from jatspack.output import SUFFIXES
from jatspack.pipeline import pack

TEXT = "# The Flight of Bees\n\nAnn Ford\n\nAbstract: Bees fly.\n\n![A bee](<{}>)\n\n## Introduction\n\nThey do.\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'
LONGEST = 255


@pytest.mark.parametrize("letter", ["a", "ж", "雪", "🦉", "e\u0301", "𐐨"])
def test_a_name_of_255_bytes(letter: str, tmp_path: Path) -> None:
    """Two of them, different in their last letter, in one folder."""
    beginning = letter * ((LONGEST - len("1.svg")) // len(letter.encode()))
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    stems = set()
    for number in "12":
        image = folder / f"{beginning}{number}.svg"
        image.write_text(SVG, "utf-8")
        source = folder / f"{beginning}{number}.md"
        source.write_text(TEXT.format(image.name), "utf-8")
        made = convert(source, output=out, only=("jats", "html", "report", "deposit", "bag"))
        assert made.exit == 0
        stems.add(made.stem)
        assert [f.data["name"] for f in made.findings if f.code == "name-changed"] == [made.stem]
        names = [p.name for p in made.written]
        assert names
        assert max(len(p.name.encode()) for p in out.rglob("*")) <= LONGEST
        assert verify(out / f"{made.stem}.bag").findings == []
        premis = (out / f"{made.stem}.bag/data/metadata/premis.xml").read_text("utf-8")
        assert f"<originalName>{source.name}</originalName>" in premis
        report = json.loads((out / f"{made.stem}.report.json").read_bytes())
        assert report["source"]["name"] == source.name
        xml = source.with_suffix(".xml")
        xml.write_bytes(made.jats)
        for name in (out / "media").iterdir():
            (folder / "media").mkdir(exist_ok=True)
            (folder / "media" / name.name).write_bytes(name.read_bytes())
        packed = pack(xml, output=tmp_path / "packed", only=("html", "bag"))
        assert packed.stem == made.stem
        exports, _ = export(xml, ["ris", "dspace"])
        assert [set(one.files) for one in exports] == [{f"{made.stem}.ris"}, {f"{made.stem}.dspace.zip"}]
    assert len(stems) == 2
    assert len({p.name for p in out.glob("*.xml")}) == 2


def test_a_name_that_fits_stays(tmp_path: Path) -> None:
    source = tmp_path / "Мақала 1.md"
    source.write_text(TEXT.format("none.svg"), "utf-8")
    made = convert(source, only=("jats",))
    assert made.stem == "Мақала 1"
    assert "name-changed" not in {f.code for f in made.findings}


@given(st.lists(st.text("aж🦉.: e\u0301", min_size=40, max_size=127), unique=True, min_size=2, max_size=2))
def test_names_that_are_cut_stay_different(names: list[str]) -> None:
    for made in (portable, portable_file):
        one, other = (made(name) for name in names)
        assert max(len((name + suffix).encode()) for name in (one, other) for suffix in SUFFIXES) <= LONGEST
        if one == other:  # none was cut: signs were exchanged only
            assert max(len(name.encode()) for name in names) <= LONGEST
            assert "-" not in one or "-" in names[0]
