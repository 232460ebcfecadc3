"""Themes of the PDF: a folder with theme.toml and CSS, on top of the folder that it names as its base.

The program's own lie in themes/; a journal's lies beside its journal.toml, which may also give a logo, colours and
fonts ([theme]). Nothing is read from outside that folder, and nothing of the article's text comes into the CSS.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from jatspack.config import Theme as Settings
from jatspack.config import ThemeFile, read_toml
from jatspack.findings import UsageError
from jatspack.render.typefaces import FONT_FILES, OwnFace, read_faces

LARGEST_STYLE = 1_000_000  # bytes of all style sheets of a folder
LARGEST_IMAGE = 2_000_000  # bytes of the logo, or of an image that the CSS names
_IMAGES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
_MOST_BASES = 5
_HIDDEN = {"base", "web"}  # folders of themes/ that are none by themselves


@dataclass(frozen=True, slots=True)
class Setting:
    """Type size of a table, and what stands beside the text of a cell; in points."""

    size: float
    padding: float


@dataclass(frozen=True, slots=True)
class Layout:
    """What must be known of a theme's CSS before it is applied (theme.toml); widths in points."""

    columns: int
    line_numbers: bool
    text: float
    wide: float
    sideways: float
    table: Setting
    dense: Setting
    margin: tuple[str, ...]
    foot: tuple[str, ...]
    translation_margin: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, all of it read. `logo` is a data: address, `images` are what its CSS may name."""

    name: str
    css: str
    layout: Layout
    logo: str = ""
    faces: tuple[OwnFace, ...] = ()
    images: tuple[tuple[str, bytes], ...] = ()


def shipped() -> dict[str, str]:
    """Names of the program's own themes, and what each looks like."""
    folder = files("jatspack.render") / "themes"
    names = sorted(entry.name for entry in folder.iterdir() if entry.is_dir() and entry.name not in _HIDDEN)
    return {name: _theme_file(name).title for name in names}


@cache
def own_theme(name: str) -> Theme:
    """A theme of the program's own; UsageError where there is none of that name."""
    return open_theme(Settings(name=name))


def open_theme(settings: Settings, folder: Path | None = None) -> Theme:
    """The theme that journal.toml asks for; `folder` is where journal.toml lies.

    Raises UsageError, with the file and a remedy, for a theme, logo or font that is not there or cannot be used.
    """
    chain = list(_chain(settings.name, folder))
    table = [file for file, _, _ in chain]
    images: dict[str, bytes] = {}
    for _, _, found in reversed(chain):
        images |= found
    fonts = settings.fonts
    faces = read_faces(_beside(folder, fonts.folder, "fonts.folder"), fonts) if fonts.folder else ()
    css = "\n".join([*(text for _, text, _ in reversed(chain)), _chosen(settings)])
    logo = _logo(_beside(folder, settings.logo, "logo")) if settings.logo else ""
    return Theme(settings.name, css, _layout(settings.name, table), logo, faces, tuple(sorted(images.items())))


def belongings(settings: Settings, folder: Path) -> list[Path]:
    """The files beside journal.toml that `open_theme` reads; UsageError as there."""
    places: list[Path] = []
    name = settings.name
    while name and name not in {*shipped(), "base"} and len(places) < _MOST_BASES:
        place = _beside(folder, name, "name")
        places.append(place)
        file = place / "theme.toml"
        name = (read_toml(file, ThemeFile)[0].base if file.is_file() else None) or ""
    fonts = [_beside(folder, settings.fonts.folder, "fonts.folder")] if settings.fonts.folder else []
    logo = [_beside(folder, settings.logo, "logo")] if settings.logo else []
    kinds = {".css", ".toml", *_IMAGES}
    inside = [path for place in places for path in _inside(place, "*") if path.suffix.lower() in kinds]
    faces = [path for place in fonts for path in _inside(place, "*") if path.suffix.lower() in FONT_FILES]
    return [*inside, *faces, *logo]


def _chosen(settings: Settings) -> str:
    """Colours and font families of journal.toml as custom properties; the models let nothing else through."""
    colours, fonts = settings.colours, settings.fonts
    rows = {
        "--accent": colours.accent,
        "--headings": colours.headings,
        "--links": colours.links,
        "--own-text": fonts.text and f'"{fonts.text}", "IBM Plex Serif"',
        "--own-display": fonts.display and f'"{fonts.display}", "Fira Sans"',
        "--own-headings": fonts.headings and f'"{fonts.headings}", "IBM Plex Serif"',
    }
    given = " ".join(f"{name}: {value};" for name, value in rows.items() if value)
    return f":root {{ {given} }}" if given else ""


def _chain(name: str, folder: Path | None) -> Iterator[tuple[ThemeFile, str, dict[str, bytes]]]:
    """A theme and its bases: theme.toml, CSS, images. A base of a journal's theme may be its neighbour."""
    seen: list[str] = []
    while name:
        if name in seen or len(seen) == _MOST_BASES:
            raise UsageError(f"theme {seen[0]!r}: its bases go round in a circle ({' → '.join([*seen, name])})")
        seen.append(name)
        if name in {*shipped(), "base"}:
            file, css = _own(name)
            images: dict[str, bytes] = {}
        else:
            place = _beside(folder, name, "name", known=", ".join(shipped()))
            file = read_toml(place / "theme.toml", ThemeFile)[0] if (place / "theme.toml").is_file() else ThemeFile()
            css, images = _style(place), _images(place)
            if file.base is None:
                file = file.model_copy(update={"base": "journal"})
        yield file, css, images
        name = file.base or ""


@cache
def _own(name: str) -> tuple[ThemeFile, str]:
    with as_file(files("jatspack.render") / "themes" / name) as place:
        return _theme_file(name), _style(place)


@cache
def _theme_file(name: str) -> ThemeFile:
    with as_file(files("jatspack.render") / "themes" / name) as place:
        return read_toml(place / "theme.toml", ThemeFile)[0]


def _beside(folder: Path | None, name: str | None, key: str, known: str = "") -> Path:
    """A file or folder beside journal.toml; links that lead out of it are refused."""
    there = f"; themes that jatspack has are {known}" if known else ""
    if folder is None or not name:
        raise UsageError(f"theme.{key} = {name!r}: there is no journal.toml beside which it could lie{there}")
    place = folder / name
    if not place.exists():
        raise UsageError(f"{place} does not exist (theme.{key}): put it beside journal.toml{there}")
    if not place.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{place} leads out of the journal's folder (theme.{key}): copy it there instead")
    return place


def _inside(place: Path, pattern: str) -> list[Path]:
    """The files of a folder, by name; links that lead out of it are refused."""
    if not place.is_dir():
        raise UsageError(f"{place} is no folder: a theme is a folder with CSS and theme.toml")
    found = sorted(path for path in place.glob(pattern) if path.is_file())
    for path in found:
        if not path.resolve().is_relative_to(place.resolve()):
            raise UsageError(f"{path} leads out of its folder: copy the file there instead")
    return found


def _style(place: Path) -> str:
    sheets = _inside(place, "*.css")
    if sum(sheet.stat().st_size for sheet in sheets) > LARGEST_STYLE:
        raise UsageError(f"{place}: more than {LARGEST_STYLE // 1000} KB of CSS; this is no theme")
    try:
        return "\n".join(sheet.read_text("utf-8") for sheet in sheets)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{place}: its CSS cannot be read ({error}); save it as UTF-8") from error


def _image(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_IMAGE:
        raise UsageError(f"{path}: larger than {LARGEST_IMAGE // 1_000_000} MB; make the image smaller")
    return path.read_bytes()


def _images(place: Path) -> dict[str, bytes]:
    return {path.name: _image(path) for path in _inside(place, "*") if path.suffix.lower() in _IMAGES}


def _logo(path: Path) -> str:
    kind = _IMAGES.get(path.suffix.lower())
    if kind is None or not path.is_file():
        raise UsageError(f"{path}: a logo is a file that ends with {', '.join(_IMAGES)}")
    return f"data:{kind};base64,{b64encode(_image(path)).decode('ascii')}"


def _layout(name: str, chain: list[ThemeFile]) -> Layout:
    """Each value from the first of the chain that gives it."""

    def value(*path: str) -> object:
        for file in chain:
            found: object = file
            for key in path:
                found = getattr(found, key)
            if found is not None:
                return found
        raise UsageError(f"theme {name!r}: theme.toml does not say {'.'.join(path)}, nor does any of its bases")

    def number(*path: str) -> float:
        return float(str(value(*path)))

    def names(key: str) -> tuple[str, ...]:
        found = value("first_page", key)
        return tuple(map(str, found)) if isinstance(found, list) else ()

    def setting(key: str) -> Setting:
        return Setting(number(key, "size"), number(key, "padding"))

    return Layout(
        columns=int(number("columns")),
        line_numbers=bool(value("line_numbers")),
        text=number("measures", "text"),
        wide=number("measures", "wide"),
        sideways=number("measures", "sideways"),
        table=setting("table"),
        dense=setting("dense"),
        margin=names("margin"),
        foot=names("foot"),
        translation_margin=names("translation_margin"),
    )
