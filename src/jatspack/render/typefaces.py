"""Font files of a journal's own, read and judged before WeasyPrint sees them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jatspack.findings import UsageError

if TYPE_CHECKING:
    from jatspack.config.theme import Fonts

LARGEST = 20_000_000  # bytes of one file
MOST = 40  # files
FONT_FILES = frozenset({".ttf", ".otf"})
_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16  # name IDs (OpenType, table name)
_RESTRICTED = 0x0002  # OS/2 fsType: must not be embedded
_ITALIC = 0x0001  # OS/2 fsSelection


@dataclass(frozen=True, slots=True)
class OwnFace:
    """One font file, and what it is called in CSS."""

    family: str
    weight: int
    style: str
    data: bytes


def read_faces(folder: Path, wanted: Fonts) -> tuple[OwnFace, ...]:
    """The faces in a folder; UsageError for files that cannot be used, and for a family that is not there."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder (theme.fonts.folder): put the font files into one")
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in FONT_FILES)
    if not paths or len(paths) > MOST:
        raise UsageError(f"{folder}: {len(paths)} font files; put 1 to {MOST} .ttf or .otf files there")
    faces = tuple(_face(path, folder) for path in paths)
    known = {face.family for face in faces}
    for key in ("text", "display", "headings"):
        name = getattr(wanted, key)
        if name and name not in known:
            raise UsageError(f"theme.fonts.{key} = {name!r}: {folder} has {', '.join(sorted(known))}")
    return faces


def _face(path: Path, folder: Path) -> OwnFace:
    from fontTools.ttLib import TTFont, TTLibError

    if not path.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{path} leads out of its folder: copy the file there instead")
    if path.stat().st_size > LARGEST:
        raise UsageError(f"{path}: larger than {LARGEST // 1_000_000} MB; use a smaller font")
    try:
        with TTFont(path, lazy=True) as font:
            return _described(path, font)
    except (TTLibError, KeyError, AssertionError, ValueError, EOFError) as error:
        raise UsageError(f"{path}: no font that can be read ({error}); use a .ttf or .otf file") from error


def _described(path: Path, font: Any) -> OwnFace:
    if "fvar" in font:
        raise UsageError(f"{path}: a variable font, with which every PDF would differ; use the family's static files")
    if font["OS/2"].fsType & _RESTRICTED:
        raise UsageError(f"{path}: its licence bits forbid embedding (OS/2 fsType); use another font")
    names = font["name"]
    family = str(names.getDebugName(_TYPOGRAPHIC_FAMILY) or names.getDebugName(_FAMILY) or "")
    if not family or not all(char.isalnum() or char in " -_" for char in family):
        raise UsageError(f"{path}: its family is called {family!r}; letters, digits, spaces and hyphens are allowed")
    style = "italic" if font["OS/2"].fsSelection & _ITALIC else "normal"
    return OwnFace(family, int(font["OS/2"].usWeightClass), style, path.read_bytes())
