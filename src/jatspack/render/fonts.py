"""Fonts of the PDF: which there are, which characters they have, which ones a text needs.

Files come from packages (fonts.toml), never from the machine: a PDF looks the same everywhere, also where no
font is installed.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from jatspack.findings import Finding, MissingDependency, finding

_SHOWN = 20  # characters that a finding names
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_SELECTORS = frozenset(chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, and what it is called in CSS."""

    path: Path
    weight: int
    style: str


@dataclass(frozen=True, slots=True)
class Family:
    """A family of faces. `companions` are loaded with it."""

    name: str
    faces: tuple[Face, ...]
    on_demand: bool
    companions: tuple[str, ...] = ()


@cache
def _table() -> Mapping[str, list[dict[str, object]]]:
    return tomllib.loads((files("jatspack.render") / "fonts.toml").read_text("utf-8"))


@cache
def families() -> tuple[Family, ...]:
    """The families at hand, in the order of trying; MissingDependency if one for all texts is not there."""
    found = []
    for row in _table()["family"]:
        on_demand = bool(row.get("demand"))
        spec = find_spec(str(row["package"]))
        if spec is None or spec.origin is None:
            if on_demand:
                continue
            raise MissingDependency(f"the fonts of {row['package']} are not installed: reinstall jatspack with pip")
        folder = Path(spec.origin).parent / str(row["folder"])
        rows = row["faces"]
        assert isinstance(rows, list)
        faces = tuple(Face(folder / r["file"], r.get("weight", 400), r.get("style", "normal")) for r in rows)
        companions = row.get("with", [])
        assert isinstance(companions, list)
        found.append(Family(str(row["name"]), faces, on_demand, tuple(companions)))
    return tuple(found)


@cache
def coverage(family: Family) -> frozenset[int]:
    """The characters of a family, by its first face."""
    from fontTools.ttLib import TTFont

    with TTFont(family.faces[0].path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _always_covered() -> frozenset[int]:
    return frozenset().union(*(coverage(family) for family in families() if not family.on_demand))


def _uncovered(text: str) -> set[int]:
    """Characters that the families which are always there lack; what leaves no mark on paper does not count."""
    return {
        ord(char)
        for char in set(text)
        if ord(char) not in _always_covered()
        and char not in _SELECTORS
        and unicodedata.category(char) not in _INVISIBLE
    }


def needed(text: str) -> tuple[Family, ...]:
    """The families to load for a text."""
    missing, names = _uncovered(text), set()
    for family in families():
        if missing and family.on_demand and missing & coverage(family):
            missing -= coverage(family)
            names.update({family.name, *family.companions})
    return tuple(family for family in families() if not family.on_demand or family.name in names)


def missing_glyphs(text: str) -> list[str]:
    """The characters of a text (or of a page's HTML) that no font at hand has, in code point order."""
    missing = _uncovered(text)
    for family in families():
        if missing and family.on_demand:
            missing -= coverage(family)
    return [chr(code) for code in sorted(missing)]


def glyph_findings(text: str) -> list[Finding]:
    """`missing_glyphs` as a finding that names the characters and what to install."""
    missing = missing_glyphs(text)
    if not missing:
        return []
    shown = " ".join(f"{char} U+{ord(char):04X}" for char in missing[:_SHOWN])
    extras = sorted(_extras(missing))
    return [
        finding(
            "glyphs-missing",
            characters=shown + (" …" if len(missing) > _SHOWN else ""),
            count=str(len(missing)),
            extra=", ".join(f"jatspack[{name}]" for name in extras) if extras else "a font package that has them",
        )
    ]


def _extras(characters: Iterable[str]) -> set[str]:
    codes = [ord(char) for char in characters]
    found = set()
    for row in _table()["extra"]:
        ranges = row["ranges"]
        assert isinstance(ranges, list)
        bounds = [(int(first, 16), int(last, 16)) for first, last in ranges]
        if any(first <= code <= last for code in codes for first, last in bounds):
            found.add(str(row["name"]))
    return found


def font_faces(chosen: Iterable[Family]) -> str:
    """The ``@font-face`` rules of some families."""
    return "\n".join(
        f'@font-face {{ font-family: "{family.name}"; src: url("{face.path.as_uri()}");'
        f" font-weight: {face.weight}; font-style: {face.style} }}"
        for family in chosen
        for face in family.faces
    )
