"""Fonts of the PDF: which there are, which characters they have, which ones a text needs.

Files come from packages (fonts.toml), never from the machine: a PDF looks the same everywhere, also where no
font is installed.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, TypeVar

from jatspack.findings import Finding, MissingDependency, finding

_SHOWN = 20  # characters that a finding names
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_LANGUAGE = re.compile(r"""\blang=["']([A-Za-z0-9-]+)["']""")
_SELECTORS = frozenset(chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))


@dataclass(frozen=True, slots=True)
class Face:
    """One font, and what it is called in CSS. `place` is a file, or the name of a module that holds the font;
    `axes` are the values at which a variable font is pinned."""

    place: Path | str
    weight: int
    style: str
    axes: tuple[tuple[str, float], ...] = ()

    @property
    def address(self) -> str:
        """What the face is called in ``@font-face``; never asked from a network (RFC 2606)."""
        name = self.place.name if isinstance(self.place, Path) else self.place
        return f"http://fonts.invalid/{'/'.join([name, *(f'{axis}={value:g}' for axis, value in self.axes)])}"

    def read(self) -> bytes:
        """The font, static."""
        return _pinned(self) if self.axes else _stored(self.place)


def _stored(place: Path | str) -> bytes:
    if isinstance(place, Path):
        return place.read_bytes()
    data = import_module(place).fontbuffer
    assert isinstance(data, bytes)
    return data


def _pinned(face: Face) -> bytes:
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(BytesIO(_stored(face.place)), recalcTimestamp=False)
    instantiateVariableFont(font, dict(face.axes), inplace=True)
    pinned = BytesIO()
    font.save(pinned)
    return pinned.getvalue()


@dataclass(frozen=True, slots=True)
class Family:
    """A family of faces; the fields are those of fonts.toml."""

    name: str
    faces: tuple[Face, ...]
    on_demand: bool
    kind: Literal["serif", "sans"] | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extra:
    """An extra of jatspack that brings fonts: for which languages, and blocks of characters."""

    name: str
    languages: tuple[str, ...]
    ranges: tuple[tuple[int, int], ...]

    def holds(self, code: int) -> bool:
        """Whether it brings fonts for a character."""
        return any(first <= code <= last for first, last in self.ranges)


_Row = TypeVar("_Row", Family, Extra)


@cache
def _table() -> Mapping[str, list[dict[str, Any]]]:
    return tomllib.loads((files("jatspack.render") / "fonts.toml").read_text("utf-8"))


@cache
def families() -> tuple[Family, ...]:
    """The families at hand, in the order of trying; MissingDependency if one for all texts is not there."""
    found = []
    for row in _table()["family"]:
        spec = find_spec(row["package"])
        if spec is None or spec.origin is None:
            if row.get("demand"):
                continue
            raise MissingDependency(f"the fonts of {row['package']} are not installed: reinstall jatspack with pip")
        folder = Path(spec.origin).parent / row.get("folder", "")
        faces = tuple(_face(face, folder, row["package"]) for face in row["faces"])
        languages = tuple(row.get("languages", ()))
        found.append(Family(row["name"], faces, bool(row.get("demand")), row.get("kind"), languages))
    return tuple(found)


def _face(row: Mapping[str, Any], folder: Path, package: str) -> Face:
    place = folder / row["file"] if "file" in row else f"{package}.{row['module']}"
    return Face(place, row.get("weight", 400), row.get("style", "normal"), tuple(row.get("axes", {}).items()))


@cache
def coverage(family: Family) -> frozenset[int]:
    """The characters of a family, by its first face."""
    from fontTools.ttLib import TTFont

    place = family.faces[0].place
    with TTFont(place if isinstance(place, Path) else BytesIO(_stored(place)), lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _always_covered() -> frozenset[int]:
    return frozenset().union(*(coverage(family) for family in families() if not family.on_demand))


def _drawn(text: str) -> set[int]:
    """The characters of a text that leave a mark on paper."""
    return {ord(char) for char in set(text) if char not in _SELECTORS and unicodedata.category(char) not in _INVISIBLE}


def languages_of(html_text: str) -> frozenset[str]:
    """The languages of a page's passages (BCP 47, in lower case)."""
    return frozenset(tag.lower() for tag in _LANGUAGE.findall(html_text))


def _of_language(rows: Iterable[_Row], tag: str) -> list[_Row]:
    """Those for a language, or for what it is a kind of (zh-sg: zh) where none names it."""
    while tag:
        if found := [row for row in rows if tag in row.languages]:
            return found
        tag = tag.rpartition("-")[0]
    return []


def needed(html_text: str) -> tuple[Family, ...]:
    """The families to load for a page's HTML: those of its languages, then what its other characters ask for.

    The family of a language is loaded where it has a character that the first families for all texts lack, so that
    Greek is set in a serif though another sans serif family has it.
    """
    characters = _drawn(html_text)
    always = [family for family in families() if not family.on_demand]
    chosen = set(always)
    for family in {family for tag in languages_of(html_text) for family in _of_language(families(), tag)}:
        first = next((first for first in always if first.kind == family.kind), always[0])
        if (characters - coverage(first)) & coverage(family):
            chosen.add(family)
    missing = characters - _always_covered()
    for kind in ("serif", "sans"):
        kinds = (kind, None)
        lacking = missing.difference(*(coverage(family) for family in chosen if family.kind in kinds))
        for family in families():
            if lacking and family not in chosen and family.kind in kinds and lacking & coverage(family):
                chosen.add(family)
                lacking -= coverage(family)
    return tuple(family for family in families() if family in chosen)


def missing_glyphs(text: str) -> list[str]:
    """The characters of a text (or of a page's HTML) that no font at hand has, in code point order."""
    missing = _drawn(text) - _always_covered()
    for family in families():
        if missing and family.on_demand:
            missing -= coverage(family)
    return [chr(code) for code in sorted(missing)]


@cache
def _extras() -> tuple[Extra, ...]:
    return tuple(
        Extra(row["name"], tuple(row["languages"]), tuple((int(a, 16), int(b, 16)) for a, b in row["ranges"]))
        for row in _table()["extra"]
    )


def font_findings(html_text: str) -> list[Finding]:
    """What the fonts at hand cannot do for a page: characters that none has, languages set in another one's shapes."""
    missing = missing_glyphs(html_text)
    tags = languages_of(html_text)
    found = []
    if missing:
        shown = " ".join(f"{char} U+{ord(char):04X}" for char in missing[:_SHOWN])
        names = sorted({name for char in missing if (name := _extra_for(ord(char), tags))})
        found.append(
            finding(
                "glyphs-missing",
                characters=shown + (" …" if len(missing) > _SHOWN else ""),
                count=str(len(missing)),
                extra=", ".join(f"jatspack[{name}]" for name in names) if names else "a font package that has them",
            )
        )
    drawn = _drawn(html_text).difference(map(ord, missing))
    for tag in sorted(tags):
        for extra in _of_language(_extras(), tag):
            at_hand = any(set(extra.languages) & set(family.languages) for family in families())
            if not at_hand and any(map(extra.holds, drawn)):
                found.append(finding("glyphs-of-another-language", language=tag, extra=f"jatspack[{extra.name}]"))
    return found


def _extra_for(code: int, tags: Collection[str]) -> str:
    """The extra that brings a font for a character, one of the page's languages first; "" if none does."""
    own = [extra for tag in sorted(tags) for extra in _of_language(_extras(), tag)]
    return next((extra.name for extra in [*own, *_extras()] if extra.holds(code)), "")
