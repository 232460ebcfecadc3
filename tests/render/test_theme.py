"""Themes: the program's own, a journal's own on top of them, and what is wrong with one told with its file."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from render_data import elements, jats, media, tree_of

from jatspack.config import Theme, load
from jatspack.findings import UsageError
from jatspack.render import PdfSettings, Rendered, html, pdf
from jatspack.render.fonts import families
from jatspack.render.pdf import laid_out
from jatspack.render.theme import open_theme, shipped

OWN = [*shipped()]


def texts(box: Any) -> list[str]:
    return [child.text for child in box.descendants() if hasattr(child, "text")]


def margin_box(page: Any, name: str) -> str:
    return "".join(text for box in page.children if getattr(box, "at_keyword", "") == name for text in texts(box))


def journal(folder: Path, toml: str) -> Theme:
    (folder / "journal.toml").write_text(toml)
    return load(folder / "journal.toml").journal.theme


def test_three_themes_are_shipped() -> None:
    assert OWN == ["journal", "manuscript", "two-column"]
    assert all(shipped().values())


@pytest.mark.parametrize("name", OWN)
def test_every_theme_prints_the_same_bytes_twice(name: str, trilingual: Rendered) -> None:
    settings = PdfSettings(theme=name)
    assert pdf(trilingual.html, settings=settings) == pdf(trilingual.html, settings=settings)


@pytest.mark.parametrize("name", OWN)
def test_first_page_has_journal_issue_and_no_running_head(name: str, trilingual: Rendered) -> None:
    first, second, *_ = laid_out(trilingual.html, PdfSettings(theme=name))
    words = " ".join(texts(first))
    for piece in (
        "Дала хабаршысы",
        "2024, 12(3), 45–52",
        "https://doi.org/10.5555/dala.2024.17",
        "12.03.2024",
        "CC BY",
    ):
        assert piece in words
    assert margin_box(first, "@top-left") == margin_box(first, "@top-right") == ""
    assert margin_box(first, "@bottom-right") == "1"
    assert margin_box(second, "@top-left") == "2"
    assert margin_box(second, "@top-right").startswith("Ә. Ерғазина, Қ. Жүнісов · Дала хабаршысы")


def test_running_heads_change_from_page_to_page(trilingual: Rendered) -> None:
    third = laid_out(trilingual.html)[2]
    assert margin_box(third, "@top-left").startswith("Көшпелі жайлаулардағы")
    assert margin_box(third, "@top-right") == "3"


def test_the_issue_stands_alone_where_the_journal_has_no_name() -> None:
    tree = tree_of("article.xml")
    for titles in tree.xpath("//journal-title-group"):
        titles.getparent().remove(titles)
    first, second, *_ = laid_out(html(tree, media()))
    assert "2024, 12(3), 45–52" in texts(first)
    assert margin_box(first, "@bottom-left") == "2024, 12(3), 45–52"
    assert margin_box(second, "@top-right").endswith("Қ. Жүнісов · 2024, 12(3), 45–52")


def test_two_columns_stand_side_by_side() -> None:
    page = html(jats("".join(f"<p>{'words of a paragraph ' * 30}</p>" for _ in range(9))), {})
    first = laid_out(page, PdfSettings(theme="two-column"))[0]
    columns = [box for box in first.descendants() if getattr(box, "is_column", False)]
    assert len(columns) == 2
    assert columns[0].position_x + columns[0].width < columns[1].position_x
    ends = [column.children[-1].position_y + column.children[-1].height for column in columns]
    assert abs(ends[0] - ends[1]) < 2 * 16  # two lines, in CSS pixels


def test_a_manuscript_numbers_every_line_of_its_text_once(trilingual: Rendered) -> None:
    numbers: list[int] = []
    for page in laid_out(trilingual.html, PdfSettings(theme="manuscript")):
        box = next(box for box in page.children if getattr(box, "at_keyword", "") == "@left-middle")
        heights = [line.position_y for line in box.children]
        assert heights == sorted(set(heights))
        numbers += [int(text) for text in texts(box)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 40


def test_line_numbers_are_no_part_of_the_tagged_text(trilingual: Rendered, tmp_path: Path) -> None:
    """The same tags with and without numbers: they hang on no element of the structure."""

    def tagged(theme: str) -> int:
        file = tmp_path / "m.pdf"
        file.write_bytes(pdf(trilingual.html, settings=PdfSettings(theme=open_theme(Theme(name=theme), tmp_path))))
        with pikepdf.open(file) as document:
            return sum(1 for _ in elements(document.Root.StructTreeRoot.K))

    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "theme.toml").write_text('base = "manuscript"\nline_numbers = false\n')
    assert tagged("manuscript") == tagged("plain")


def test_a_journals_own_theme_stands_on_one_of_ours(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "theme.toml").write_text('base = "two-column"\n[measures]\ntext = 200\n')
    (tmp_path / "house" / "house.css").write_text("h1 { font-size: 30pt } body { background: url(paper.png) }")
    shutil.copy(Path(__file__).parents[2] / "samples/en-tables-figures/figures/decay.png", tmp_path / "house/paper.png")
    (tmp_path / "mark.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4"/></svg>'
    )
    settings = journal(
        tmp_path, '[theme]\nname = "house"\nlogo = "mark.svg"\ncolours.accent = "#aa0000"\ncolours.links = "#00aa00"\n'
    )
    theme = open_theme(settings, tmp_path)
    assert (theme.layout.columns, theme.layout.text, theme.layout.wide) == (2, 200, 493)
    page = html(tree_of("article.xml"), media())
    first = laid_out(page, PdfSettings(theme=theme))[0]
    boxes = list(first.descendants())
    heading = next(box for box in boxes if box.element_tag == "h1")
    assert heading.style["font_size"] == 40  # 30pt in CSS pixels
    logo = next(box for box in boxes if box.element_tag == "img" and "logo" in box.element.get("class"))
    assert logo.element.get("alt") == "Дала хабаршысы"
    cite = next(box for box in boxes if box.element_tag == "cite")
    assert tuple(round(part, 2) for part in cite.style["color"].coordinates) == (0.67, 0, 0)
    assert pdf(page, settings=PdfSettings(theme=theme)).startswith(b"%PDF")


def test_fonts_of_the_journals_own(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    source = next(family for family in families() if family.name == "Fira Sans").faces[0].read()
    with TTFont(BytesIO(source)) as font:
        for record in font["name"].names:
            if record.nameID in (1, 16):
                record.string = "House Sans"
        font.save(tmp_path / "fonts" / "house.ttf")
    theme = open_theme(journal(tmp_path, '[theme.fonts]\nfolder = "fonts"\ntext = "House Sans"\n'), tmp_path)
    assert [(face.family, face.weight, face.style) for face in theme.faces] == [("House Sans", 400, "normal")]
    page = html(jats("<p>Text in a font of its own.</p>"), {})
    assert pdf(page, settings=PdfSettings(theme=theme)) != pdf(page)
    with pytest.raises(UsageError, match=r"theme\.fonts\.text = 'No Such'.*House Sans"):
        open_theme(journal(tmp_path, '[theme.fonts]\nfolder = "fonts"\ntext = "No Such"\n'), tmp_path)
    (tmp_path / "fonts" / "broken.ttf").write_bytes(b"no font")
    with pytest.raises(UsageError, match=r"broken\.ttf: no font"):
        open_theme(journal(tmp_path, '[theme.fonts]\nfolder = "fonts"\n'), tmp_path)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('[theme]\nname = "nowhere"', "nowhere does not exist.*journal, manuscript, two-column"),
        ('[theme]\nname = "../outside"', "journal.toml:2:.*theme.name"),
        ('[theme]\nlogo = "logo.exe"', "ends with .png"),
        ('[theme]\nlogo = "link.png"', "leads out of the journal's folder"),
        ('[theme]\nname = "circle"', "round in a circle"),
        ('[theme]\nname = "wrong"', "theme.toml:1: unknown key “colums”"),
        ('[theme.colours]\naccent = "red; } body { display: none"', "journal.toml:2:.*theme.colours.accent"),
        ('[theme.fonts]\ntext = "A\\"; } body { x: \\""', "journal.toml:2:.*theme.fonts.text"),
        ('[theme.fonts]\nfolder = "empty"', "0 font files"),
    ],
)
def test_what_is_wrong_is_told(toml: str, message: str, tmp_path: Path) -> None:
    room = tmp_path / "room"
    for name in ("empty", "circle", "wrong"):
        (room / name).mkdir(parents=True)
    (room / "logo.exe").write_bytes(b"")
    (tmp_path / "outside.png").write_bytes(b"")
    (room / "link.png").symlink_to(tmp_path / "outside.png")
    (room / "circle" / "theme.toml").write_text('base = "circle"')
    (room / "wrong" / "theme.toml").write_text("colums = 2")
    with pytest.raises(UsageError, match=f"(?s){message}"):
        open_theme(journal(room, toml), room)


def test_css_of_a_theme_reads_nothing_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "a.css").write_text(
        f'@import url("file://{tmp_path}/secret.css"); body {{ background: url("file://{tmp_path}/secret.png") }}'
        "h1 { background: url(../secret.png) }"
    )
    theme = open_theme(Theme(name="t"), tmp_path)
    page = html(jats("<p>Words.</p>"), {})
    assert b"secret" not in pdf(page, settings=PdfSettings(theme=theme))
