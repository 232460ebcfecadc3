"""How the PDF looks: the [theme] table of journal.toml, and theme.toml of a theme's folder."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from jatspack.config.base import Model

FILE_NAME = r"^[^\\/:*?\"<>|\x00-\x1f.][^\\/:*?\"<>|\x00-\x1f]{0,99}$"  # no path: it lies beside journal.toml
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$", description="such as #7a1f2b")]
FileName = Annotated[str, Field(pattern=FILE_NAME)]
FontName = Annotated[str, Field(pattern=r"^\w[\w \-]*$", max_length=100)]  # {0,99} of \w takes 10 MB


class Colours(Model):
    """Colours of the PDF; what is not given stays the theme's own."""

    accent: Annotated[Colour | None, Field(description="the journal's name, rules of the first page")] = None
    headings: Colour | None = None
    links: Colour | None = None


class Fonts(Model):
    """Fonts of the journal's own, static TrueType or OpenType files."""

    folder: Annotated[FileName | None, Field(description="folder beside journal.toml that holds the files")] = None
    text: Annotated[FontName | None, Field(description="family of the running text")] = None
    display: Annotated[FontName | None, Field(description="family of captions, tables, front matter")] = None
    headings: Annotated[FontName | None, Field(description="family of titles and headings")] = None


class Theme(Model):
    """How the PDF looks."""

    name: Annotated[
        FileName, Field(description="journal, two-column, manuscript, or a folder beside journal.toml with a theme")
    ] = "journal"
    logo: Annotated[FileName | None, Field(description="PNG, JPEG or SVG beside journal.toml")] = None
    colours: Colours = Colours()
    fonts: Fonts = Fonts()


Points = Annotated[float, Field(gt=0, le=2000, description="points")]


class Measures(Model):
    """Widths of the page that the CSS makes, in points."""

    text: Annotated[Points | None, Field(description="a column of text")] = None
    wide: Annotated[Points | None, Field(description="the widest figure or table of an upright page")] = None
    sideways: Annotated[Points | None, Field(description="a landscape page")] = None


class Setting(Model):
    """Type size of a table, and what stands beside the text of a cell, in points."""

    size: Points | None = None
    padding: Points | None = None


class FirstPage(Model):
    """Where parts of the front matter stand, by their class in the HTML."""

    margin: Annotated[list[str] | None, Field(description="in the margin, beside the title")] = None
    foot: Annotated[list[str] | None, Field(description="at the foot of the first page")] = None
    translation_margin: Annotated[
        list[str] | None, Field(description="in the margin, beside the title and abstract in another language")
    ] = None


class ThemeFile(Model):
    """theme.toml: what the program must know of a theme's CSS. What is not given is that of `base`."""

    title: Annotated[str, Field(max_length=200, description="what it looks like, in a few words")] = ""
    base: Annotated[FileName | None, Field(description="the theme whose CSS comes before this one's")] = None
    columns: Annotated[int | None, Field(ge=1, le=3)] = None
    line_numbers: Annotated[bool | None, Field(description="a number beside every line of the text")] = None
    measures: Measures = Measures()
    table: Setting = Setting()
    dense: Annotated[Setting, Field(description="of a table that would be too wide otherwise")] = Setting()
    first_page: FirstPage = FirstPage()
