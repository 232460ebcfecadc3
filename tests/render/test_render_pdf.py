"""The PDF: the same bytes each time, tagged, readable in every language, nothing outside the margins."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from render_data import elements, jats, media, tree_of

from jatspack.render import PdfSettings, Rendered, fonts, html, missing_glyphs, pdf
from jatspack.render.pdf import laid_out, print_page

SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from render_data import media, tree_of
from jatspack.render import html, pdf
sys.stdout.buffer.write(pdf(html(tree_of("article.xml"), media())))
"""


@pytest.fixture(scope="module")
def printed(trilingual: Rendered) -> bytes:
    return pdf(trilingual.html)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes(child)


def test_same_page_same_bytes(trilingual: Rendered, printed: bytes) -> None:
    assert pdf(trilingual.html) == printed


def test_same_bytes_on_a_machine_without_fonts_in_another_place(printed: bytes, tmp_path: Path) -> None:
    config = tmp_path / "none.conf"
    config.write_text("<?xml version='1.0'?><fontconfig/>")
    environment = {**os.environ, "FONTCONFIG_FILE": str(config), "HOME": str(tmp_path), "TZ": "Asia/Almaty"}
    environment |= {"LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(Path(__file__).parent)],
        capture_output=True,
        env=environment,
        cwd=tmp_path,
        check=True,
    )
    assert run.stdout == printed


def test_tags_language_title_and_metadata(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as document:
        root = document.Root
        assert str(root.Lang) == "kk"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert root.StructTreeRoot.K is not None
        assert str(document.docinfo.Title).startswith("Көшпелі жайлаулардағы")
        assert str(document.docinfo.Author) == "Ә. Ерғазина, Қ. Жүнісов"
        assert "/CreationDate" not in document.docinfo
        with document.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
            assert xmp["dc:title"].startswith("Көшпелі")


def test_figures_and_formulas_have_alternative_texts(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as document:
        found = list(elements(document.Root.StructTreeRoot.K))
        kinds = {str(node.S) for node in found}
        assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= kinds
        assert all("/Alt" in node for node in found if str(node.S) == "/Figure")


def test_fonts_are_embedded_and_come_from_the_packages(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as document:
        names = {
            str(font.BaseFont).partition("+")[2] for page in document.pages for font in page.Resources.Font.values()
        }
    assert names
    assert all(name.startswith(("IBM-Plex", "Fira-Sans")) for name in names)


def test_text_of_every_language_can_be_read_back(printed: bytes, chinese: Rendered) -> None:
    text = text_of(printed)
    for piece in ("құдықтардың", "Ерғазина", "летних пастбищах", "summer pastures", "Wells and Water", "Үшқоңыр"):
        assert piece in text
    assert "草原水井的深度" in text_of(pdf(chinese.html)).replace(" ", "")


def test_notes_stand_at_the_foot_of_their_page(trilingual: Rendered, printed: bytes) -> None:
    assert text_of(printed).count("Ру ақсақалының рұқсатынсыз") == 1
    feet = [
        "".join(b.text for b in boxes(box) if hasattr(b, "text"))
        for page in laid_out(trilingual.html)
        for box in boxes(page)
        if type(box).__name__ == "FootnoteAreaBox"
    ]
    assert any("Ру ақсақалының" in foot for foot in feet)


def test_dates_only_when_given(trilingual: Rendered, monkeypatch: pytest.MonkeyPatch) -> None:
    def created(data: bytes) -> str:
        with pikepdf.open(io.BytesIO(data)) as document:
            return str(document.docinfo.get("/CreationDate", ""))

    assert created(pdf(trilingual.html, settings=PdfSettings(created=datetime(2024, 5, 6, tzinfo=UTC)))).startswith(
        "D:20240506"
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert created(pdf(trilingual.html)).startswith("D:19700102")


def test_no_hyphens_for_kazakh_and_some_for_russian(trilingual: Rendered) -> None:
    lines = [
        line
        for page in laid_out(trilingual.html, PdfSettings(theme="two-column"))
        for line in boxes(page)
        if type(line).__name__ == "LineBox"
    ]
    ends: dict[str, list[bool]] = {}
    for line in lines:
        for box in boxes(line):
            if hasattr(box, "text") and box.style["lang"]:
                ends.setdefault(box.style["lang"], []).append(box.text[-2:-1].isalpha() and box.text[-1] == "-")
    assert any(ends["ru"])
    assert not any(ends["kk"])


@pytest.mark.parametrize("name", ["article.xml", "chinese.xml"])
def test_nothing_stands_outside_the_margins(name: str) -> None:
    for page in laid_out(html(tree_of(name), media())):
        right = page.content_box_x() + page.width
        for box in boxes(page):
            if type(box).__name__ == "TextBox":
                assert box.position_x + box.width <= right + 1, box.text


def test_a_wide_table_stays_inside_the_margins() -> None:
    cells = "".join(f"<td>Verylongwordwithoutabreak{n}</td>" for n in range(14))
    table = f"<table-wrap><label>Table 1</label><table><tbody><tr>{cells}</tr></tbody></table></table-wrap>"
    for page in laid_out(html(jats(table), {})):
        for box in boxes(page):
            if type(box).__name__ == "TextBox":
                assert box.position_x + box.width <= page.content_box_x() + page.width + 1


def test_no_line_of_one_word_within_a_paragraph() -> None:
    """Paragraphs whose first run ends with a space, ever a full stop's width nearer to the end of the line."""
    words = "the level of water in the deeper wells of the eastern pasture was higher"
    paragraphs = "".join(f"<p>A{'.' * n} {words} <italic>{words}</italic> {words}</p>" for n in range(70))
    lines = [
        "".join(b.text for b in boxes(line) if hasattr(b, "text"))
        for page in laid_out(html(jats(paragraphs), {}))
        for block in boxes(page)
        if getattr(block, "element_tag", "") == "p" and type(block).__name__ == "BlockBox"
        for line in block.children[:-1]
    ]
    assert min(map(len, lines)) > 40


def test_every_script_has_its_own_font_and_can_be_read_back() -> None:
    page = html(tree_of("scripts.xml"), {})
    printed = print_page(page)
    assert printed.findings == ()
    with pikepdf.open(io.BytesIO(printed.pdf)) as document:
        used = {str(f.BaseFont).partition("+")[2] for page in document.pages for f in page.Resources.Font.values()}
    for name in ("Amiri", "Frank-Ruhl-Libre", "Mukta", "FiraGO", "DejaVu-Serif"):
        assert name in used
    for region in ("SC", "TC", "JP", "KR"):
        assert {f"Noto-Serif-{region}", f"Noto-Sans-{region}"} <= used
    text = text_of(printed.pdf).replace(" ", "")
    for piece in ("Zażółć", "Құдықтың", "Ελληνικά", "ქართული", "Հայերեն", "हिन्दी", "简体中文", "日本語", "한국어"):
        assert piece in text
    assert set("بئرالسهل") <= set(text)
    assert set("באר") <= set(text)


def test_pages_from_right_to_left() -> None:
    words = "آب چاه در بهار بالا می‌آید و در پاییز پایین می‌رود (Smith, 2019). " * 6
    page = html(jats(f"<sec><title>چاه</title><p>{words}</p><p>{words}</p></sec>", lang="fa"), {})
    (sheet,) = laid_out(page, PdfSettings(theme="manuscript"))
    lines = [box for box in boxes(sheet) if type(box).__name__ == "LineBox" and "چاه در" in text_in(box)]
    texts = [[b for b in boxes(line) if hasattr(b, "text")] for line in (lines[0], *lines[1:])]
    right = sheet.content_box_x() + sheet.width
    ends = [max(b.position_x + b.width for b in inside) for inside in texts]
    first, second = [end for line, end in zip(lines, ends, strict=True) if text_in(line).startswith("آب")][:2]
    assert abs(first - right) < 1
    assert 10 < right - second < 40  # the indent
    assert min(b.position_x for inside in texts for b in inside) >= sheet.content_box_x() - 1
    assert {"Smith", "2019"} <= set(re.findall(r"\w+", text_of(pdf(page))))


def text_in(box: Any) -> str:
    return "".join(b.text for b in boxes(box) if hasattr(b, "text"))


def test_fonts_that_are_not_there_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(*names: str) -> tuple[fonts.Family, ...]:
        return tuple(family for family in known if not any(name in family.name for name in names))

    known = fonts.families()
    page = html(jats('<p>Գիրք</p><p xml:lang="ja">骨かな</p><p xml:lang="ko">물</p>'), {})
    monkeypatch.setattr(fonts, "families", lambda: without("DejaVu", "JP", "KR"))
    missing, foreign = fonts.font_findings(page)
    assert missing.data["extra"] == "jatspack[armenian], jatspack[korean]"
    assert "ք U+0584" in missing.data["characters"]
    assert (foreign.code, foreign.data) == (
        "glyphs-of-another-language",
        {"language": "ja", "extra": "jatspack[japanese]"},
    )
    monkeypatch.setattr(fonts, "families", lambda: without("DejaVu", "Noto"))
    assert fonts.font_findings(page)[0].data["extra"] == "jatspack[armenian], jatspack[japanese], jatspack[korean]"


def test_missing_characters_are_named() -> None:
    assert missing_glyphs("Қазақ ğüş 水井 α ✓") == []
    assert missing_glyphs("a\U00012000b") == ["\U00012000"]
    page = html(jats("<p>\U00012000</p>"), {})
    findings = print_page(page).findings
    assert [f.code for f in findings] == ["glyphs-missing", "pdf-below-standard"]
    assert "U+12000" in findings[0].data["characters"]
